//! More quota of a district or more apartments of a type: the gain of each by itself, ranked.
//!
//! The prices limit every gain. That ranks all of them at once; the first few are solved again.
//!
//! Not here: quotas over a range of totals (`front`).

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use serde::Serialize;

use crate::domain::fault::{Fault, Faults};
use crate::domain::ids::{ApartmentTypeId, ApplicationId};
use crate::domain::money::Fen;
use crate::domain::place::DistrictCode;
use crate::domain::points::Points;
use crate::planning::ask::again::{Effort, again};
use crate::planning::ask::edit::Edit;
use crate::planning::ask::footing::Footing;
use crate::planning::ask::moves::{Kind, moves};
use crate::planning::ask::range::Range;
use crate::planning::ask::{bad, unknown};
use crate::planning::lots::{at, count};
use crate::solve::instance::Instance;
use crate::solve::quote::Quote;

/// More of what.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case", tag = "more")]
pub enum More {
    /// Subsidy quota of the year of the round.
    Quota {
        /// District.
        district: DistrictCode,
        /// How much more.
        amount: Fen,
    },
    /// Apartments.
    Apartments {
        /// Type.
        apartment: ApartmentTypeId,
        /// How many more.
        count: u32,
    },
}

/// What it is worth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Gain {
    /// More of what.
    pub more: More,
    /// The gain over the plan.
    pub gain: Range,
    /// Applications that gain a place in the plan found; empty when it was not solved again.
    pub placed: Vec<ApplicationId>,
}

/// The resource of something more, with the amount. PL201, or PL202 where nothing limits: a pro-rata
/// quota is cut afterwards and holds nobody back.
fn resource(footing: &Footing<'_>, more: &More) -> Result<(u32, i64), Fault> {
    let year = footing.snapshot.round.subsidy_year;
    let name = match more {
        More::Quota { district, .. } => format!("quota:{district}:{year}"),
        More::Apartments { apartment, .. } => format!("apartment:{apartment}"),
    };
    let all = footing.instance().resources();
    let amount = match more {
        More::Quota { amount, .. } => amount.0,
        More::Apartments { count, .. } => i64::from(*count),
    };
    if amount <= 0 {
        return Err(bad("more than nothing must be asked for"));
    }
    let place = all.iter().position(|r| r.id == name);
    place.map(|n| (count(n), amount)).ok_or_else(|| match more {
        More::Quota { district, .. } => bad(format!("{district} has no hard quota in this round")),
        More::Apartments { apartment, .. } => unknown("apartment type", apartment.as_str()),
    })
}

/// The instance with more of something.
fn raised(footing: &Footing<'_>, more: &More) -> Result<Instance, Faults> {
    let (resource, amount) = resource(footing, more)?;
    let all = footing.instance().resources();
    let had = all.get(at(resource)).map_or(0, |r| r.capacity);
    let mut edit = Edit::default();
    edit.capacity.insert(resource, had.saturating_add(amount));
    edit.apply(footing.instance())
}

/// What the prices guarantee that more of something gains at most. They are counted anew: an option that
/// was too large for what there was may be possible now, so bound + price x more would not do.
pub fn limit(footing: &Footing<'_>, more: &More) -> Result<Range, Faults> {
    let changed = raised(footing, more)?;
    let bound = Quote::of(&changed, &footing.prices).map(|q| q.bound());
    Ok(Range::of(Some(footing.value), bound, footing.value))
}

/// The gain of something more, solved again.
pub fn gain(
    footing: &Footing<'_>,
    more: &More,
    effort: &Effort,
    stop: &Arc<AtomicBool>,
) -> Result<Gain, Faults> {
    let changed = raised(footing, more)?;
    let answer = again(&changed, &footing.choices, effort, stop);
    let by_prices = Quote::of(&changed, &footing.prices).map(|q| q.bound());
    let bound = [answer.bound, by_prices].into_iter().flatten().min();
    let gained = moves(footing, &answer.choices);
    let placed = gained.iter().filter(|m| m.kind == Kind::Placed);
    let kept = Range {
        low: Some(Points::ZERO),
        high: None,
    };
    Ok(Gain {
        more: more.clone(),
        gain: Range::of(answer.value, bound, footing.value).and(kept),
        placed: placed.map(|m| m.application.clone()).collect(),
    })
}

/// Ranks several: those with the largest possible gain are solved again, `most` of them; the largest
/// gain that is certain comes first.
pub fn rank(
    footing: &Footing<'_>,
    all: &[More],
    (most, effort): (usize, &Effort),
    stop: &Arc<AtomicBool>,
) -> Result<Vec<Gain>, Faults> {
    let mut gains = Vec::new();
    for more in all {
        gains.push(Gain {
            more: more.clone(),
            gain: limit(footing, more)?,
            placed: Vec::new(),
        });
    }
    gains.sort_by(|a, b| {
        b.gain
            .high
            .cmp(&a.gain.high)
            .then_with(|| a.more.cmp(&b.more))
    });
    for place in gains.iter_mut().take(most) {
        *place = gain(footing, &place.more.clone(), effort, stop)?;
    }
    gains.sort_by(|a, b| {
        b.gain
            .low
            .cmp(&a.gain.low)
            .then_with(|| a.more.cmp(&b.more))
    });
    Ok(gains)
}
