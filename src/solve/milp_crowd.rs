//! The required agents by themselves: the ways in which each may be placed, and what they use.
//!
//! Whether all of them can be placed depends on nothing else: others may stay out and nobody must
//! be granted an apartment. Left out is what cannot matter: options that fit no capacity, resources
//! that all agents together cannot exhaust, agents that need none of the others, ways that use at
//! least as much of everything as another way of the same agent.
//!
//! Not here: whether a set of agents fits (`milp_together`), which set to name (`milp_conflict`).

use super::instance::{Agent, Instance};
use super::shape::Union;
use std::collections::{BTreeMap, BTreeSet};

/// Resources and amounts of one way, by resource.
pub(super) type Uses = Vec<(u32, i64)>;

/// Ways are compared pairwise up to this many per agent.
const COMPARED: usize = 100;
/// Rounds of leaving out; more are rare and only make the crowd smaller.
const ROUNDS: usize = 10;

/// Required agents that may be in each other's way.
pub(super) struct Crowd {
    /// Capacities of all resources of the instance.
    pub(super) capacity: Vec<i64>,
    /// Position of each agent in the instance, ascending.
    pub(super) agent: Vec<usize>,
    /// The ways of each agent; none if it can never be placed.
    pub(super) ways: Vec<Vec<Uses>>,
}

impl Crowd {
    /// The crowd of an instance.
    pub(super) fn of(instance: &Instance) -> Self {
        let capacity: Vec<i64> = instance.resources().iter().map(|r| r.capacity).collect();
        let required = instance.agents().iter().enumerate();
        let required = required.filter(|(_, a)| a.required);
        let (agent, ways) = required.map(|(k, a)| (k, ways(a, &capacity))).unzip();
        let mut crowd = Self {
            capacity,
            agent,
            ways,
        };
        for _ in 0..ROUNDS {
            if !crowd.leave_out() {
                break;
            }
        }
        crowd
    }

    /// Leaves out resources that cannot run out, then agents that need none; whether any was.
    fn leave_out(&mut self) -> bool {
        let mut most = vec![0i128; self.capacity.len()];
        for ways in &self.ways {
            let mut largest: BTreeMap<u32, i64> = BTreeMap::new();
            for &(r, n) in ways.iter().flatten() {
                let known = largest.entry(r).or_insert(n);
                *known = n.max(*known);
            }
            for (r, n) in largest {
                most[at(r)] += i128::from(n);
            }
        }
        let scarce = |r: u32| most[at(r)] > i128::from(self.capacity[at(r)]);
        for ways in &mut self.ways {
            ways.iter_mut().for_each(|w| w.retain(|u| scarce(u.0)));
            *ways = thin(std::mem::take(ways));
        }
        let before = self.agent.len();
        let stays: Vec<bool> = self
            .ways
            .iter()
            .map(|w| w.iter().all(|w| !w.is_empty()))
            .collect();
        let mut stay = stays.iter();
        self.agent.retain(|_| *stay.next().unwrap_or(&true));
        let mut stay = stays.iter();
        self.ways.retain(|_| *stay.next().unwrap_or(&true));
        self.agent.len() < before
    }

    /// Agents that share no resource with others stand apart; by their smallest agent.
    pub(super) fn components(&self) -> Vec<Vec<usize>> {
        let mut union = Union::new(self.capacity.len());
        for ways in &self.ways {
            let mut all = ways.iter().flatten().map(|u| at(u.0));
            let Some(first) = all.next() else { continue };
            all.for_each(|r| union.join(first, r));
        }
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (k, ways) in self.ways.iter().enumerate() {
            if let Some(&(r, _)) = ways.iter().flatten().next() {
                groups.entry(union.root(at(r))).or_default().push(k);
            }
        }
        let mut groups: Vec<Vec<usize>> = groups.into_values().collect();
        groups.sort();
        groups
    }

    /// The fewest agents of the set that must all use one resource and together exceed it.
    pub(super) fn counted(&self, set: &[usize]) -> Option<Vec<usize>> {
        let mut musts: BTreeMap<u32, Vec<(i64, usize)>> = BTreeMap::new();
        for &k in set {
            for (r, n) in musts_of(&self.ways[k]) {
                musts.entry(r).or_default().push((n, k));
            }
        }
        let exceeding = |(r, mut list): (u32, Vec<(i64, usize)>)| {
            list.sort_by_key(|&(n, k)| (std::cmp::Reverse(n), k));
            let mut sum = 0i128;
            let count = list.iter().position(|&(n, _)| {
                sum += i128::from(n);
                sum > i128::from(self.capacity[at(r)])
            })?;
            list.truncate(count + 1);
            Some(list.into_iter().map(|(_, k)| k).collect::<Vec<_>>())
        };
        let mut found = musts
            .into_iter()
            .filter_map(exceeding)
            .min_by_key(Vec::len)?;
        found.sort_unstable();
        Some(found)
    }
}

/// The ways of an agent that fit into empty resources.
fn ways(agent: &Agent, capacity: &[i64]) -> Vec<Uses> {
    let fits = |uses: &Uses| uses.iter().all(|&(r, n)| n <= capacity[at(r)]);
    let ways = agent.options.iter().map(|o| o.uses.clone()).filter(fits);
    ways.map(|mut uses| {
        uses.sort_unstable();
        uses
    })
    .collect()
}

/// Without ways that use at least as much of everything as another.
fn thin(ways: Vec<Uses>) -> Vec<Uses> {
    let distinct: BTreeSet<Uses> = ways.into_iter().collect();
    let all: Vec<Uses> = distinct.into_iter().collect();
    if all.len() > COMPARED {
        return all;
    }
    let of = |uses: &Uses, r: u32| uses.iter().find(|u| u.0 == r).map_or(0, |u| u.1);
    let less = |a: &Uses, b: &Uses| a.iter().all(|&(r, n)| n <= of(b, r));
    let worse = |w: &Uses| all.iter().any(|o| o != w && less(o, w));
    all.iter().filter(|w| !worse(w)).cloned().collect()
}

/// Resources that every way uses, with the smallest amount.
fn musts_of(ways: &[Uses]) -> Vec<(u32, i64)> {
    let mut seen: BTreeMap<u32, (usize, i64)> = BTreeMap::new();
    for &(r, n) in ways.iter().flatten() {
        let known = seen.entry(r).or_insert((0, n));
        *known = (known.0 + 1, n.min(known.1));
    }
    let all = seen.into_iter().filter(|(_, s)| s.0 == ways.len());
    all.map(|(r, (_, n))| (r, n)).collect()
}

/// A position as an index; a sound instance has only positions that exist.
pub(super) fn at(position: u32) -> usize {
    usize::try_from(position).unwrap_or(usize::MAX)
}
