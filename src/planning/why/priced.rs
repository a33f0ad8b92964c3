//! Options with their prices: what each is worth, what the prices of the plan ask for it, by how much it
//! is missed, what is not free, and who would have to give way.
//!
//! Net of an option = worth - price of what it uses + gain of its apartments at their prices. A firm
//! whose best net is not above 0 is priced out: for any such prices the proof of the plan loses that
//! much when the firm is placed. The guarantee is stated as `at_least`: no plan that places the firm is
//! worth more than the plan less that.
//!
//! Not here: solving again (`foil`).

use std::collections::BTreeSet;

use serde::Serialize;

use crate::domain::points::Points;
use crate::planning::ask::footing::Footing;
use crate::planning::build::Case;
use crate::planning::lots::at;
use crate::solve::quote::Quote;

/// Kind of a resource, as people know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Scarcity {
    /// A unit.
    Unit,
    /// Apartments of a type.
    Apartment,
    /// The subsidy quota of a district.
    Quota,
    /// The area that firms which are not small may take.
    Reserve,
}

/// A resource by its name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Named {
    /// Kind.
    pub kind: Scarcity,
    /// Key of the unit, type, district or reserve.
    pub key: String,
}

/// The price of one resource that an option uses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    /// The resource.
    #[serde(flatten)]
    pub resource: Named,
    /// Points asked for what the option uses of it.
    pub price: Points,
}

/// An option with its price.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Priced {
    /// Units, `@` the area of a part, joined by `+`; `|subsidy` with subsidy.
    pub option: String,
    /// Its worth without apartments.
    pub worth: Points,
    /// What apartments would add, less their prices.
    pub apartments: Points,
    /// Price of all it uses.
    pub price: Points,
    /// By how much it is missed; 0 when it is worth its price.
    pub missed: Points,
    /// What it uses, the dearest first.
    pub parts: Vec<Part>,
    /// What it needs and is not free; empty never happens for a firm that waits.
    pub lacking: Vec<Named>,
}

/// Name of a resource.
pub fn named(footing: &Footing<'_>, resource: u32) -> Option<Named> {
    let id = &footing.instance().resources().get(at(resource))?.id;
    let (kind, rest) = id.split_once(':')?;
    let (kind, key) = match kind {
        "unit" => (Scarcity::Unit, rest),
        "apartment" => (Scarcity::Apartment, rest),
        "quota" => (Scarcity::Quota, rest.split(':').next()?),
        _ => (Scarcity::Reserve, rest),
    };
    Some(Named {
        kind,
        key: key.to_owned(),
    })
}

/// All options of a case with their prices, the least missed first; ties the worthier, then by name.
pub fn priced(footing: &Footing<'_>, quote: &Quote<'_>, case: &Case) -> Vec<Priced> {
    let Some((n, _)) = footing.agent(case) else {
        return Vec::new();
    };
    let nets = quote.nets(n).unwrap_or_default();
    let mut all = Vec::new();
    for (o, net) in nets.iter().enumerate() {
        if let Some(net) = net {
            all.extend(one(footing, quote, case, (n, o, *net)));
        }
    }
    all.sort_by(|a: &Priced, b| {
        let by_worth = b.worth.cmp(&a.worth);
        a.missed
            .cmp(&b.missed)
            .then(by_worth)
            .then_with(|| a.option.cmp(&b.option))
    });
    all
}

fn one(
    footing: &Footing<'_>,
    quote: &Quote<'_>,
    case: &Case,
    (n, o, net): (usize, usize, i128),
) -> Option<Priced> {
    let option = case.options.get(o)?;
    let mut parts = Vec::new();
    let mut price = 0_i64;
    for (resource, amount) in &option.uses {
        let cost = quote.cost(*resource, *amount);
        price = price.saturating_add(cost);
        if cost > 0 {
            let resource = named(footing, *resource)?;
            let price = Points(cost);
            parts.push(Part { resource, price });
        }
    }
    parts.sort_by(|a, b| {
        b.price
            .cmp(&a.price)
            .then_with(|| a.resource.cmp(&b.resource))
    });
    let worth = option.value.0.saturating_add(option.kept.0);
    let missed = quote.missed(net);
    Some(Priced {
        option: option.id.clone(),
        worth: Points(worth),
        apartments: Points(quote.gain(n, option.site.into())),
        price: Points(price),
        missed: Points(missed),
        parts,
        lacking: (lacking(footing, n, o).iter())
            .filter_map(|(r, _)| named(footing, *r))
            .collect(),
    })
}

/// What an option of an agent needs beyond what is left and what the agent itself holds.
pub fn lacking(footing: &Footing<'_>, agent: usize, option: usize) -> Vec<(u32, i64)> {
    let own = footing.uses(agent);
    let held = |r: u32| own.iter().find(|(o, _)| *o == r).map_or(0, |(_, n)| *n);
    let found = footing.instance().agents().get(agent);
    let uses = found
        .and_then(|a| a.options.get(option))
        .map(|o| o.uses.as_slice());
    let short = uses.unwrap_or_default().iter().map(|(r, need)| {
        let left = footing.left.get(at(*r)).copied().unwrap_or(0);
        (*r, need - left - held(*r))
    });
    short.filter(|(_, missing)| *missing > 0).collect()
}

/// Agents that would have to give way for an option: for each resource that is short, those that hold
/// most of it, until it suffices. `None` when even all together do not hold enough.
pub fn displaced(footing: &Footing<'_>, agent: usize, option: usize) -> Option<BTreeSet<usize>> {
    let mut out: BTreeSet<usize> = BTreeSet::new();
    for (resource, missing) in lacking(footing, agent, option) {
        let mut missing = missing;
        let mut holders: Vec<(i64, usize)> = Vec::new();
        for n in 0..footing.chosen.len() {
            let amount = footing
                .uses(n)
                .iter()
                .find(|(r, _)| *r == resource)
                .map_or(0, |u| u.1);
            match amount {
                0 => {}
                _ if n == agent => {}
                _ if out.contains(&n) => missing -= amount,
                _ => holders.push((amount, n)),
            }
        }
        holders.sort_by_key(|(amount, n)| (-amount, *n));
        for (amount, n) in holders {
            if missing <= 0 {
                break;
            }
            missing -= amount;
            out.insert(n);
        }
        if missing > 0 {
            return None;
        }
    }
    Some(out)
}

/// What placing an agent at all costs at least: no plan that does is worth more than this plan less
/// that. 0 when the prices guarantee nothing.
pub fn at_least(footing: &Footing<'_>, quote: &Quote<'_>, agent: usize) -> Points {
    let options: Vec<usize> = (0..options(footing, agent)).collect();
    let bound = quote.bound_with(&[(agent, options.as_slice())]);
    Points(bound.map_or(0, |b| footing.value.saturating_sub(b)).max(0))
}

fn options(footing: &Footing<'_>, agent: usize) -> usize {
    footing
        .instance()
        .agents()
        .get(agent)
        .map_or(0, |a| a.options.len())
}
