//! Brute force on small instances: every choice of options, and for each the best deal of apartments by
//! dynamic programming over what is left in the pools. Shares nothing with the engine.

use std::collections::BTreeMap;

use zhuchao::solve::instance::{Agent, Instance, Opt};

fn index(n: u32) -> usize {
    usize::try_from(n).expect("small")
}

/// The most that an instance gives; `None` when required agents cannot all be placed.
pub fn most(instance: &Instance) -> Option<i64> {
    let left = instance.resources().iter().map(|r| r.capacity).collect();
    of(instance.agents(), left)
}

/// The same for agents and what is left.
pub fn of(agents: &[Agent], mut left: Vec<i64>) -> Option<i64> {
    let mut taken = Vec::new();
    walk(agents, &mut left, &mut taken)
}

fn walk<'a>(
    agents: &'a [Agent],
    left: &mut Vec<i64>,
    taken: &mut Vec<(&'a Agent, &'a Opt)>,
) -> Option<i64> {
    let Some((agent, rest)) = agents.split_first() else {
        let space: i64 = taken.iter().map(|(_, o)| o.value).sum();
        return Some(space + homes(taken, left));
    };
    let mut best = match agent.required {
        true => None,
        false => walk(rest, left, taken),
    };
    for option in &agent.options {
        if option.uses.iter().all(|(r, n)| left[index(*r)] >= *n) {
            option.uses.iter().for_each(|(r, n)| left[index(*r)] -= n);
            taken.push((agent, option));
            best = best.max(walk(rest, left, taken));
            taken.pop();
            option.uses.iter().for_each(|(r, n)| left[index(*r)] += n);
        }
    }
    best
}

/// The best deal of apartments: states are what is left in each pool that anybody may use.
fn homes(taken: &[(&Agent, &Opt)], left: &[i64]) -> i64 {
    let mut states: BTreeMap<BTreeMap<u32, i64>, i64> = BTreeMap::from([(BTreeMap::new(), 0)]);
    for (agent, option) in taken {
        for demand in &agent.lodging {
            let pools = demand.pools.get(&option.site).cloned().unwrap_or_default();
            if demand.value <= 0 {
                continue;
            }
            let mut next: BTreeMap<BTreeMap<u32, i64>, i64> = BTreeMap::new();
            for (used, worth) in &states {
                for (used, count) in deals(used, &pools, left, demand.need) {
                    let worth = worth + count * demand.value;
                    let best = next.entry(used).or_insert(worth);
                    *best = worth.max(*best);
                }
            }
            states = next;
        }
    }
    states.values().copied().max().unwrap_or(0)
}

/// All ways to take up to `most` apartments from pools.
fn deals(
    used: &BTreeMap<u32, i64>,
    pools: &[u32],
    left: &[i64],
    most: i64,
) -> Vec<(BTreeMap<u32, i64>, i64)> {
    let mut all = vec![(used.clone(), 0)];
    for pool in pools {
        let mut more = Vec::new();
        for (used, count) in &all {
            let open = left[index(*pool)] - used.get(pool).copied().unwrap_or(0);
            for take in 1..=open.min(most - count) {
                let mut used = used.clone();
                *used.entry(*pool).or_default() += take;
                more.push((used, count + take));
            }
        }
        all.extend(more);
    }
    all
}

/// The instance with agents changed.
pub fn changed(instance: &Instance, change: impl Fn(usize, &mut Agent)) -> Instance {
    resized(instance, change, |_, capacity| capacity)
}

/// The instance with agents and capacities changed.
pub fn resized(
    instance: &Instance,
    change: impl Fn(usize, &mut Agent),
    capacity: impl Fn(&str, i64) -> i64,
) -> Instance {
    let mut agents = instance.agents().to_vec();
    agents
        .iter_mut()
        .enumerate()
        .for_each(|(n, a)| change(n, a));
    let mut resources = instance.resources().to_vec();
    for r in &mut resources {
        r.capacity = capacity(&r.id, r.capacity);
    }
    Instance::new(instance.name().to_owned(), resources, agents).expect("a sound change")
}
