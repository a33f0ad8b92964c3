//! The report on justified envy of a plan: who could complain about whom, by which rule, and the figures.
//!
//! Not here: what a pair is (`envy`), who may read it (`acts`).

use serde::Serialize;

use super::envy::{Pair, pairs};
use super::measure::{Measure, measure};
use super::rank::{Rank, rank};
use super::serial::Taken;
use crate::domain::fault::Fault;
use crate::domain::ids::ApplicationId;
use crate::domain::points::Points;
use crate::planning::ask::footing::Footing;

/// One firm could complain about another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Complaint {
    /// Who could complain.
    pub envious: ApplicationId,
    /// Place of its priority, 1 = first.
    pub priority: usize,
    /// Who holds what it would rather have.
    pub envied: ApplicationId,
    /// Place of the other's priority.
    pub lower: usize,
    /// How many points more it would have.
    pub more: Points,
    /// What it would take.
    pub option: String,
    /// The rule: `score_card` of the policy, or `best_worth` where the policy has none.
    pub rule: String,
}

/// Who could complain about whom in a plan, and the figures of fairness.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Envy {
    /// Figures.
    pub measure: Measure,
    /// The pairs.
    pub pairs: Vec<Complaint>,
}

/// The report of a plan. DM130 when points overflow.
pub fn report(footing: &Footing<'_>) -> Result<Envy, Fault> {
    let (snapshot, built) = (footing.snapshot, footing.built);
    let rank = rank(snapshot, built)?;
    let taken = Taken::of(&built.instance, footing.chosen.clone());
    let found = pairs(&built.instance, &taken, &rank).into_iter();
    Ok(Envy {
        measure: measure(snapshot, built, &taken, &rank),
        pairs: found.filter_map(|p| complaint(footing, &rank, p)).collect(),
    })
}

fn complaint(footing: &Footing<'_>, rank: &Rank, pair: Pair) -> Option<Complaint> {
    let place = |n: usize| rank.place.get(n).map_or(0, |p| p + 1);
    let rule = if rank.by_card {
        "score_card"
    } else {
        "best_worth"
    };
    Some(Complaint {
        envious: footing.case_of(pair.envious)?.application.clone(),
        priority: place(pair.envious),
        envied: footing.case_of(pair.envied)?.application.clone(),
        lower: place(pair.envied),
        more: pair.more,
        option: pair.option,
        rule: rule.to_owned(),
    })
}
