//! Everything that can be wrong with an instance, collected in one pass.
//!
//! Not here: what a sound instance looks like (`instance`), JSON.

use super::finding::{Code, Finding};
use super::instance::{Agent, Lodging, MAX_TOTAL, Opt, Resource};
use std::collections::{BTreeSet, HashSet};

/// Two resources have the same id.
pub const RESOURCE_REPEATS: Code = Code("SV101");
/// Two agents have the same id.
pub const AGENT_REPEATS: Code = Code("SV102");
/// A capacity is negative.
pub const CAPACITY_NEGATIVE: Code = Code("SV103");
/// Two options of an agent have the same id.
pub const OPTION_REPEATS: Code = Code("SV104");
/// A use names a resource that does not exist.
pub const USE_UNKNOWN: Code = Code("SV105");
/// A used amount is not positive.
pub const USE_NOT_POSITIVE: Code = Code("SV106");
/// An option uses a resource twice.
pub const USE_REPEATS: Code = Code("SV107");
/// A lodging need is negative.
pub const NEED_NEGATIVE: Code = Code("SV108");
/// A lodging demand names a pool that does not exist.
pub const POOL_UNKNOWN: Code = Code("SV109");
/// The values of the instance add up to more than the arithmetic carries.
pub const TOTAL_TOO_LARGE: Code = Code("SV110");
/// More resources, agents or options than positions can name.
pub const TOO_MANY: Code = Code("SV111");

/// All findings; empty if the instance is sound.
pub(super) fn check(resources: &[Resource], agents: &[Agent]) -> Vec<Finding> {
    let mut found = Vec::new();
    counts(resources, agents, &mut found);
    for id in repeats(resources.iter().map(|r| r.id.as_str())) {
        found.push(Finding::new(
            RESOURCE_REPEATS,
            format!("resources/{id}"),
            "the id repeats",
        ));
    }
    for r in resources.iter().filter(|r| r.capacity < 0) {
        let text = format!("capacity {} is below 0", r.capacity);
        found.push(Finding::new(
            CAPACITY_NEGATIVE,
            format!("resources/{}", r.id),
            text,
        ));
    }
    for id in repeats(agents.iter().map(|a| a.id.as_str())) {
        found.push(Finding::new(
            AGENT_REPEATS,
            format!("agents/{id}"),
            "the id repeats",
        ));
    }
    for a in agents {
        agent(resources, a, &mut found);
    }
    total(resources, agents, &mut found);
    found
}

fn counts(resources: &[Resource], agents: &[Agent], found: &mut Vec<Finding>) {
    let options: usize = agents.iter().map(|a| a.options.len()).sum();
    let limit = usize::try_from(u32::MAX - 1).unwrap_or(usize::MAX);
    for (what, n) in [
        ("resources", resources.len()),
        ("agents", agents.len()),
        ("options", options),
    ] {
        if n > limit {
            found.push(Finding::new(
                TOO_MANY,
                what,
                format!("{n} are more than {limit}"),
            ));
        }
    }
}

/// Ids that occur more than once, each named once, in order.
fn repeats<'a>(ids: impl Iterator<Item = &'a str>) -> BTreeSet<&'a str> {
    let mut seen = HashSet::new();
    ids.filter(|id| !seen.insert(*id)).collect()
}

fn agent(resources: &[Resource], a: &Agent, found: &mut Vec<Finding>) {
    for id in repeats(a.options.iter().map(|o| o.id.as_str())) {
        let place = format!("agents/{}/options/{id}", a.id);
        found.push(Finding::new(
            OPTION_REPEATS,
            place,
            "the id repeats within the agent",
        ));
    }
    for o in &a.options {
        option(resources.len(), &a.id, o, found);
    }
    for (k, d) in a.lodging.iter().enumerate() {
        lodging(
            resources.len(),
            &format!("agents/{}/lodging/{k}", a.id),
            d,
            found,
        );
    }
}

fn option(known: usize, agent: &str, o: &Opt, found: &mut Vec<Finding>) {
    let mut add = |code, text: String| {
        found.push(Finding::new(
            code,
            format!("agents/{agent}/options/{}", o.id),
            text,
        ));
    };
    let mut seen = HashSet::new();
    for &(r, n) in &o.uses {
        if at(r) >= known {
            add(
                USE_UNKNOWN,
                format!("resource {r} does not exist, there are {known}"),
            );
        }
        if n <= 0 {
            add(
                USE_NOT_POSITIVE,
                format!("uses {n} of resource {r}, must be positive"),
            );
        }
        if !seen.insert(r) {
            add(USE_REPEATS, format!("resource {r} is used twice"));
        }
    }
}

fn lodging(known: usize, place: &str, d: &Lodging, found: &mut Vec<Finding>) {
    if d.need < 0 {
        found.push(Finding::new(
            NEED_NEGATIVE,
            place,
            format!("need {} is below 0", d.need),
        ));
    }
    let pools: BTreeSet<u32> = d.pools.values().flatten().copied().collect();
    for p in pools.into_iter().filter(|&p| at(p) >= known) {
        let text = format!("pool {p} does not exist, there are {known} resources");
        found.push(Finding::new(POOL_UNKNOWN, place, text));
    }
}

/// Saturating 128-bit sums: each term is below 2^126, so a saturated sum is above the limit.
fn total(resources: &[Resource], agents: &[Agent], found: &mut Vec<Finding>) {
    let mut sum = 0i128;
    for a in agents {
        let best = a
            .options
            .iter()
            .map(|o| i128::from(o.value).abs())
            .max()
            .unwrap_or(0);
        sum = sum.saturating_add(best);
        for d in &a.lodging {
            let grant = reach(resources, d).min(i128::from(d.need.max(0)));
            sum = sum.saturating_add(grant * i128::from(d.value).abs());
        }
    }
    if sum > MAX_TOTAL {
        let text = format!("the values add up to {sum}, more than 2^60; use a coarser unit");
        found.push(Finding::new(TOTAL_TOO_LARGE, "", text));
    }
}

/// Apartments in all pools that a demand could ever be granted from.
fn reach(resources: &[Resource], d: &Lodging) -> i128 {
    let pools: BTreeSet<u32> = d.pools.values().flatten().copied().collect();
    pools
        .iter()
        .filter_map(|&p| resources.get(at(p)))
        .map(|r| i128::from(r.capacity.max(0)))
        .sum()
}

/// A position as an index; one that does not fit is beyond any list.
fn at(position: u32) -> usize {
    usize::try_from(position).unwrap_or(usize::MAX)
}
