//! Only the firms around a question: everybody else keeps what the plan gives, and the few around it are
//! solved to the end in little time. What comes out is a plan that is really there (a value reached,
//! never a bound), which is what a quick answer needs.
//!
//! Around means: the agents in question, those that hold what these could use, then those that want what
//! these hold, in rings until the ring would be too large.
//!
//! Not here: bounds.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::again::{Answer, Effort, again};
use super::edit::{Edit, sound};
use super::footing::Footing;
use crate::domain::fault::Faults;
use crate::planning::lots::{at, count};
use crate::solve::instance::{Agent, Instance, Resource};
use crate::solve::outcome::Choice;

/// Most options of the agents that are freed: branching is quick up to here.
const OPTIONS_MOST: usize = 3_000;

/// Who holds and who wants each unit; the same for every question about a plan.
pub struct Neighbours {
    holders: Vec<Vec<usize>>,
    wanting: Vec<Vec<usize>>,
}

impl Neighbours {
    /// The neighbours of a plan. Only units make neighbours: what everybody shares (quotas, reserves,
    /// apartments) does not.
    pub fn of(footing: &Footing<'_>) -> Neighbours {
        let units = footing.snapshot.inventory.units.len();
        let mut all = Neighbours {
            holders: vec![Vec::new(); units],
            wanting: vec![Vec::new(); units],
        };
        for (n, agent) in footing.instance().agents().iter().enumerate() {
            for (r, _) in footing.uses(n) {
                if let Some(holders) = all.holders.get_mut(at(r)) {
                    holders.push(n);
                }
            }
            for r in wants(agent) {
                // Agents come in order, so one that wants a unit twice is its last.
                if let Some(w) = all.wanting.get_mut(at(r)).filter(|w| w.last() != Some(&n)) {
                    w.push(n);
                }
            }
        }
        all
    }
}

/// Solves what an edit leaves for the agents around `centre` alone; all bound agents must be in it. The
/// positions of agents and resources are those of the footing. `None` when the others already break a
/// changed capacity.
pub fn near(
    footing: &Footing<'_>,
    edit: &Edit,
    centre: &BTreeSet<usize>,
    effort: &Effort,
    stop: &Arc<AtomicBool>,
) -> Result<Option<Answer>, Faults> {
    let free = around(footing, edit, centre);
    let resources = footing.instance().resources().iter().enumerate();
    let mut left: Vec<i64> = resources
        .map(|(n, r)| edit.capacity_of(count(n), r))
        .collect();
    let mut kept = 0_i64;
    for n in 0..footing.chosen.len() {
        if free.contains(&n) || edit.gone.contains(&n) {
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
    let small = reduced(footing, edit, &free, &left)?;
    let answer = again(&small, &footing.choices, effort, stop);
    Ok(answer.value.map(|value| Answer {
        value: Some(value.saturating_add(kept)),
        bound: None,
        infeasible: false,
        chosen: Vec::new(),
        choices: joined(footing, edit, &free, answer.choices),
        prices: None,
        conflict: Vec::new(),
    }))
}

/// The instance of the free agents and of what the others leave.
fn reduced(
    footing: &Footing<'_>,
    edit: &Edit,
    free: &BTreeSet<usize>,
    left: &[i64],
) -> Result<Instance, Faults> {
    let instance = footing.instance();
    let resources = instance.resources().iter().zip(left);
    let resources = resources.map(|(r, left)| Resource {
        id: r.id.clone(),
        capacity: *left,
    });
    let agents: Vec<Agent> = (free.iter())
        .filter_map(|n| Some(edit.agent(*n, instance.agents().get(*n)?)))
        .collect();
    sound(instance.name(), resources.collect(), agents)
}

/// The choices of the free agents with those of all others.
fn joined(
    footing: &Footing<'_>,
    edit: &Edit,
    free: &BTreeSet<usize>,
    mut choices: Vec<Choice>,
) -> Vec<Choice> {
    let names: BTreeSet<&str> = (footing.instance().agents().iter().enumerate())
        .filter(|(n, _)| free.contains(n) || edit.gone.contains(n))
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
fn around(footing: &Footing<'_>, edit: &Edit, centre: &BTreeSet<usize>) -> BTreeSet<usize> {
    let neighbours = footing.neighbours();
    let mut free = centre.clone();
    let mut ring = centre.clone();
    let mut size: usize = free.iter().map(|n| options(footing, edit, *n)).sum();
    for _ in 0..4 {
        let mut next = BTreeSet::new();
        for n in &ring {
            let Some(agent) = footing.instance().agents().get(*n) else {
                continue;
            };
            let free = |o: usize| edit.allows(*n, o);
            let wanted = agent.options.iter().enumerate().filter(|(o, _)| free(*o));
            let wanted = wanted.flat_map(|(_, o)| &o.uses).map(|(r, _)| at(*r));
            next.extend(wanted.filter_map(|r| neighbours.holders.get(r)).flatten());
            let held = footing.uses(*n).into_iter().map(|(r, _)| at(r));
            next.extend(held.filter_map(|r| neighbours.wanting.get(r)).flatten());
        }
        next.retain(|n| !free.contains(n) && !edit.gone.contains(n));
        for n in &next {
            let more = options(footing, edit, *n);
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

/// How many options an edit leaves an agent.
fn options(footing: &Footing<'_>, edit: &Edit, n: usize) -> usize {
    let agent = footing.instance().agents().get(n);
    let all = agent.map_or(0, |a| a.options.len());
    (0..all).filter(|o| edit.allows(n, *o)).count()
}

fn wants(agent: &Agent) -> impl Iterator<Item = u32> + '_ {
    agent.options.iter().flat_map(|o| &o.uses).map(|(r, _)| *r)
}
