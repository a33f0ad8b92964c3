//! The order of priority of a snapshot's agents: by the score card of the policy (queue, points, ties, key)
//! where there is one; else by the worth of each firm's best option, then by key. Whom the card does
//! not rank (below the least score) comes after all others.
//!
//! Papers do not count here: whoever is in a snapshot was verified.
//!
//! Not here: who gets what (`serial`).

use std::cmp::Reverse;

use crate::domain::fault::Fault;
use crate::domain::snapshot::Snapshot;
use crate::planning::build::Built;
use crate::planning::lots::at;
use crate::planning::why::viewer::firm_of;
use crate::policy::condition::Facts;
use crate::policy::score_card::{self, Filled};

/// Priorities of agents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rank {
    /// Agents, the first first.
    pub order: Vec<usize>,
    /// Place of each agent in the order.
    pub place: Vec<usize>,
    /// True when a score card made the order.
    pub by_card: bool,
}

/// The order. DM130 when points overflow.
pub fn rank(snapshot: &Snapshot, built: &Built) -> Result<Rank, Fault> {
    let agents = built.instance.agents();
    let mut order: Vec<usize> = (0..agents.len()).collect();
    let cards = cards(snapshot, built)?;
    match &cards {
        Some(cards) => order.sort_by(|a, b| match (cards.get(*a), cards.get(*b)) {
            (Some(Some(a)), Some(Some(b))) => b
                .ranked
                .cmp(&a.ranked)
                .then_with(|| score_card::order(a, b)),
            (a, b) => a.is_none().cmp(&b.is_none()),
        }),
        None => order.sort_by_key(|n| {
            let best = agents
                .get(*n)
                .and_then(|a| a.options.iter().map(|o| o.value).max());
            (Reverse(best), *n)
        }),
    }
    let mut place = vec![0; order.len()];
    for (at, agent) in order.iter().enumerate() {
        if let Some(place) = place.get_mut(*agent) {
            *place = at;
        }
    }
    Ok(Rank {
        order,
        place,
        by_card: cards.is_some(),
    })
}

/// The filled card of each agent; `None` without a card.
fn cards(snapshot: &Snapshot, built: &Built) -> Result<Option<Vec<Option<Filled>>>, Fault> {
    let Some(card) = &built.policy.score_card else {
        return Ok(None);
    };
    let held: Vec<&str> = built
        .policy
        .evidence_kinds
        .iter()
        .map(|k| k.id.as_str())
        .collect();
    let mut filled: Vec<Option<Filled>> = vec![None; built.instance.agents().len()];
    for case in &built.cases {
        let Some(agent) = case.agent else { continue };
        let place = snapshot
            .applications
            .binary_search_by(|a| a.id.cmp(&case.application));
        let application = place.ok().and_then(|n| snapshot.applications.get(n));
        let firm = firm_of(snapshot, &case.application);
        let (Some(application), Some(firm)) = (application, firm) else {
            continue;
        };
        let facts = Facts {
            firm,
            application: Some(application),
            day: snapshot.round.cut_off_day(),
        };
        if let Some(slot) = filled.get_mut(at(agent)) {
            *slot = Some(card.fill(&case.application, &facts, &held)?);
        }
    }
    Ok(Some(filled))
}
