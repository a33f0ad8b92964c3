//! Justified envy (有理由的不满): a firm of higher priority would rather have what it could make of its own
//! place, of what is left, and of what one firm of lower priority holds. Each pair is found by trying:
//! the best option and apartments of the one with the other's given back. Pins are nobody's fault and
//! make no pair; a firm without a place can complain too.
//!
//! Not here: the order of priority (`rank`), who may see whom.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::rank::Rank;
use super::serial::Taken;
use crate::domain::points::Points;
use crate::planning::ask::bundle::best;
use crate::planning::ask::footing::{used, worth};
use crate::planning::lots::at;
use crate::planning::taken::Chosen;
use crate::solve::instance::{Agent, Instance};

/// One firm could complain about another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Pair {
    /// Agent that could complain.
    pub envious: usize,
    /// Agent of lower priority that holds what it would rather have.
    pub envied: usize,
    /// How many points more the first would have.
    pub more: Points,
    /// The option that it would take.
    pub option: String,
}

/// All pairs, by the envious and the envied in the order of the instance.
pub fn pairs(instance: &Instance, taken: &Taken, rank: &Rank) -> Vec<Pair> {
    let search = Search::of(instance, taken);
    let mut free = taken.left.clone();
    let mut found = Vec::new();
    for (n, agent) in instance.agents().iter().enumerate() {
        if agent.required {
            continue;
        }
        let own = search.uses.get(n).cloned().unwrap_or_default();
        let has = search.worth(n);
        give(&mut free, &own, 1);
        let lower = |g: &usize| rank.place.get(*g) > rank.place.get(n);
        let others = search.suspects(n, agent, &free, has);
        for g in others.into_iter().filter(lower) {
            let theirs = search.uses.get(g).cloned().unwrap_or_default();
            give(&mut free, &theirs, 1);
            if let Some((chosen, worth)) = best(agent, &free, 0..agent.options.len())
                && worth > has
            {
                let option = agent.options.get(at(chosen.option));
                found.push(Pair {
                    envious: n,
                    envied: g,
                    more: Points(worth - has),
                    option: option.map(|o| o.id.clone()).unwrap_or_default(),
                });
            }
            give(&mut free, &theirs, -1);
        }
        give(&mut free, &own, -1);
    }
    found
}

fn give(free: &mut [i64], uses: &[(u32, i64)], sign: i64) {
    for (r, amount) in uses {
        if let Some(left) = free.get_mut(at(*r)) {
            *left += sign * amount;
        }
    }
}

struct Search<'i> {
    instance: &'i Instance,
    chosen: &'i [Option<Chosen>],
    uses: Vec<Vec<(u32, i64)>>,
    holders: BTreeMap<u32, Vec<(usize, i64)>>,
}

impl<'i> Search<'i> {
    fn of(instance: &'i Instance, taken: &'i Taken) -> Search<'i> {
        let agents = instance.agents().iter().zip(&taken.chosen);
        let uses: Vec<Vec<(u32, i64)>> = agents
            .map(|(a, c)| c.as_ref().map(|c| used(a, c)).unwrap_or_default())
            .collect();
        let mut holders: BTreeMap<u32, Vec<(usize, i64)>> = BTreeMap::new();
        for (n, uses) in uses.iter().enumerate() {
            let pinned = instance.agents().get(n).is_none_or(|a| a.required);
            for (r, amount) in uses.iter().filter(|_| !pinned) {
                holders.entry(*r).or_default().push((n, *amount));
            }
        }
        Search {
            instance,
            chosen: &taken.chosen,
            uses,
            holders,
        }
    }

    fn worth(&self, n: usize) -> i64 {
        let agent = self.instance.agents().get(n);
        let chosen = self.chosen.get(n).and_then(Option::as_ref);
        agent.zip(chosen).map_or(0, |(a, c)| worth(a, c))
    }

    /// Whoever holds something that could let an agent do better: all that a better option lacks, or
    /// apartments that it could use.
    fn suspects(&self, n: usize, agent: &Agent, free: &[i64], has: i64) -> BTreeSet<usize> {
        let homes: i64 = agent.lodging.iter().map(|d| d.value.max(0) * d.need).sum();
        let mut found = BTreeSet::new();
        for option in agent
            .options
            .iter()
            .filter(|o| o.value.saturating_add(homes) > has)
        {
            let left = |r: u32| free.get(at(r)).copied().unwrap_or(0);
            let lacking = option.uses.iter().find(|(r, need)| *need > left(*r));
            if let Some((r, need)) = lacking {
                let enough = need - left(*r);
                let holders = self.holders.get(r).into_iter().flatten();
                found.extend(holders.filter(|(_, has)| *has >= enough).map(|(g, _)| *g));
            }
            if lacking.is_none() {
                let pools = agent
                    .lodging
                    .iter()
                    .filter_map(|d| d.pools.get(&option.site));
                let holders = pools
                    .flatten()
                    .filter_map(|p| self.holders.get(p))
                    .flatten();
                found.extend(holders.map(|(g, _)| *g));
            }
        }
        found.remove(&n);
        found
    }
}
