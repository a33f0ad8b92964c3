//! Only the firms around a question: everybody else keeps what the plan gives, and the few around it are
//! solved to the end in little time. What comes out is a plan that is really there (a value reached,
//! never a bound), which is what a quick answer needs.
//!
//! Around means: the agents in question, those that hold what these could use, then those that want what
//! these hold, in rings until the ring would be too large.
//!
//! Not here: bounds.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::again::{Answer, Effort, again};
use super::edit::sound;
use super::footing::Footing;
use crate::domain::fault::Faults;
use crate::planning::lots::{at, count};
use crate::solve::instance::{Agent, Instance, Resource};
use crate::solve::outcome::Choice;

/// Most options of the agents that are freed: branching is quick up to here.
const OPTIONS_MOST: usize = 3_000;

/// Solves `changed` for the agents around `centre` alone. The positions of agents and resources are
/// those of the footing. `None` when the others already break a changed capacity.
pub fn near(
    footing: &Footing<'_>,
    changed: &Instance,
    centre: &BTreeSet<usize>,
    effort: &Effort,
    stop: &Arc<AtomicBool>,
) -> Result<Option<Answer>, Faults> {
    let free = around(footing, changed, centre);
    let mut left: Vec<i64> = changed.resources().iter().map(|r| r.capacity).collect();
    let mut kept = 0_i64;
    for (n, agent) in changed.agents().iter().enumerate() {
        if free.contains(&n) || agent.options.is_empty() {
            continue;
        }
        kept = kept.saturating_add(footing.worth(n));
        for (resource, amount) in footing.uses(n) {
            if let Some(open) = left.get_mut(at(resource)) {
                *open = open.saturating_sub(amount);
            }
        }
    }
    if left.iter().any(|l| *l < 0) {
        return Ok(None);
    }
    let small = reduced(changed, &free, &left)?;
    let answer = again(&small, &footing.choices, effort, stop);
    Ok(answer.value.map(|value| Answer {
        value: Some(value.saturating_add(kept)),
        bound: None,
        infeasible: false,
        chosen: Vec::new(),
        choices: joined(footing, changed, &free, answer.choices),
        prices: None,
        conflict: Vec::new(),
    }))
}

/// The instance of the free agents and of what the others leave.
fn reduced(changed: &Instance, free: &BTreeSet<usize>, left: &[i64]) -> Result<Instance, Faults> {
    let resources = changed.resources().iter().zip(left);
    let resources = resources.map(|(r, left)| Resource {
        id: r.id.clone(),
        capacity: *left,
    });
    let agents: Vec<Agent> = (free.iter())
        .filter_map(|n| changed.agents().get(*n).cloned())
        .collect();
    sound(changed.name(), resources.collect(), agents)
}

/// The choices of the free agents with those of all others.
fn joined(
    footing: &Footing<'_>,
    changed: &Instance,
    free: &BTreeSet<usize>,
    mut choices: Vec<Choice>,
) -> Vec<Choice> {
    let names: BTreeSet<&str> = (changed.agents().iter().enumerate())
        .filter(|(n, a)| free.contains(n) || a.options.is_empty())
        .map(|(_, a)| a.id.as_str())
        .collect();
    let others = footing.choices.iter();
    choices.extend(
        others
            .filter(|c| !names.contains(c.agent.as_str()))
            .cloned(),
    );
    choices
}

/// The agents in rings around the centre, as many as the limit allows.
fn around(footing: &Footing<'_>, changed: &Instance, centre: &BTreeSet<usize>) -> BTreeSet<usize> {
    let spaces = spaces(footing);
    let mut holders: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    let mut wanting: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (n, agent) in changed.agents().iter().enumerate() {
        for (r, _) in footing.uses(n) {
            holders.entry(r).or_default().push(n);
        }
        let wanted: BTreeSet<u32> = wants(agent).filter(|r| spaces.contains(r)).collect();
        for r in wanted {
            wanting.entry(r).or_default().push(n);
        }
    }
    let mut free = centre.clone();
    let mut ring = centre.clone();
    let mut size = options(changed, &free);
    for _ in 0..4 {
        let mut next = BTreeSet::new();
        for n in &ring {
            let Some(agent) = changed.agents().get(*n) else {
                continue;
            };
            let wanted: BTreeSet<u32> = wants(agent).filter(|r| spaces.contains(r)).collect();
            next.extend(wanted.iter().flat_map(|r| holders.get(r)).flatten());
            let held = footing
                .uses(*n)
                .into_iter()
                .filter(|(r, _)| spaces.contains(r));
            next.extend(held.filter_map(|(r, _)| wanting.get(&r)).flatten());
        }
        next.retain(|n| !free.contains(n));
        for n in &next {
            let more = changed.agents().get(*n).map_or(0, |a| a.options.len());
            if size + more > OPTIONS_MOST {
                return free;
            }
            size += more;
            free.insert(*n);
        }
        ring = next;
    }
    free
}

fn options(instance: &Instance, agents: &BTreeSet<usize>) -> usize {
    let of = |n: &usize| instance.agents().get(*n).map_or(0, |a| a.options.len());
    agents.iter().map(of).sum()
}

fn wants(agent: &Agent) -> impl Iterator<Item = u32> + '_ {
    agent.options.iter().flat_map(|o| &o.uses).map(|(r, _)| *r)
}

/// Resources that are space: what everybody shares (quotas, reserves, apartments) makes no neighbours.
fn spaces(footing: &Footing<'_>) -> BTreeSet<u32> {
    (0..count(footing.snapshot.inventory.units.len())).collect()
}
