//! Feasible choices under construction: who takes what, and what is left of each resource.
//!
//! Every change keeps all capacities respected. Sums fit 64 bits: what is used stays within a
//! capacity, and values within the total that the instance proves. Not here: which change to make.

use super::instance::{Agent, Instance, Opt};

/// Granted apartments per demand: pairs of pool and count.
pub(super) type Grants = Vec<Vec<(u32, i64)>>;

/// What one agent takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pick {
    /// Position of the option.
    pub(super) option: usize,
    /// Apartments.
    pub(super) grants: Grants,
}

/// Choices of all agents.
#[derive(Clone)]
pub(super) struct State<'i> {
    pub(super) instance: &'i Instance,
    pub(super) free: Vec<i64>,
    pub(super) picks: Vec<Option<Pick>>,
    pub(super) value: i64,
}

impl<'i> State<'i> {
    /// Nobody takes anything.
    pub(super) fn empty(instance: &'i Instance) -> Self {
        let free = instance.resources().iter().map(|r| r.capacity).collect();
        Self {
            instance,
            free,
            picks: vec![None; instance.agents().len()],
            value: 0,
        }
    }

    pub(super) fn agent(&self, a: usize) -> &'i Agent {
        &self.instance.agents()[a]
    }

    /// Whether the option fits into what is left.
    pub(super) fn fits(&self, option: &Opt) -> bool {
        option.uses.iter().all(|&(r, n)| n <= self.free[at(r)])
    }

    /// Takes a fitting option with as many worthwhile apartments as are left; returns the gain.
    pub(super) fn place(&mut self, a: usize, option: usize) -> i64 {
        let agent = self.agent(a);
        let taken = &agent.options[option];
        for &(r, n) in &taken.uses {
            self.free[at(r)] -= n;
        }
        let mut pick = Pick {
            option,
            grants: vec![Vec::new(); agent.lodging.len()],
        };
        let gain = taken.value + self.grant(agent, &mut pick);
        self.value += gain;
        self.picks[a] = Some(pick);
        gain
    }

    /// Adds apartments to a pick: dearest demand first, fullest pool first.
    fn grant(&mut self, agent: &Agent, pick: &mut Pick) -> i64 {
        let site = agent.options[pick.option].site;
        let mut order: Vec<usize> = (0..agent.lodging.len()).collect();
        order.sort_by_key(|&d| std::cmp::Reverse(agent.lodging[d].value));
        let mut gain = 0;
        for d in order {
            let demand = &agent.lodging[d];
            let mut rest = demand.need - pick.grants[d].iter().map(|g| g.1).sum::<i64>();
            let Some(pools) = demand.pools.get(&site).filter(|_| demand.value > 0) else {
                continue;
            };
            let mut pools = pools.clone();
            pools.sort_by_key(|&p| (std::cmp::Reverse(self.free[at(p)]), p));
            for p in pools {
                let take = rest.min(self.free[at(p)]);
                if take > 0 {
                    self.free[at(p)] -= take;
                    rest -= take;
                    gain += take * demand.value;
                    add(&mut pick.grants[d], p, take);
                }
            }
        }
        gain
    }

    /// Gives an agent more apartments if any are left.
    pub(super) fn top_up(&mut self, a: usize) {
        if let Some(mut pick) = self.picks[a].take() {
            self.value += self.grant(self.agent(a), &mut pick);
            self.picks[a] = Some(pick);
        }
    }

    /// Frees what an agent takes.
    pub(super) fn remove(&mut self, a: usize) -> Option<Pick> {
        let pick = self.picks[a].take()?;
        self.shift(a, &pick, 1);
        Some(pick)
    }

    /// Puts back exactly what was removed; nothing else may have taken its place.
    pub(super) fn restore(&mut self, a: usize, pick: Option<Pick>) {
        if let Some(pick) = pick {
            self.shift(a, &pick, -1);
            self.picks[a] = Some(pick);
        }
    }

    /// Adds (1) or takes (-1) the amounts of a pick to what is left.
    fn shift(&mut self, a: usize, pick: &Pick, sign: i64) {
        let agent = self.agent(a);
        let option = &agent.options[pick.option];
        self.value -= sign * option.value;
        for &(r, n) in &option.uses {
            self.free[at(r)] += sign * n;
        }
        for (d, grants) in agent.lodging.iter().zip(&pick.grants) {
            for &(p, n) in grants {
                self.free[at(p)] += sign * n;
                self.value -= sign * n * d.value;
            }
        }
    }
}

/// Adds to the count of a pool.
pub(super) fn add(grants: &mut Vec<(u32, i64)>, pool: u32, count: i64) {
    match grants.iter_mut().find(|g| g.0 == pool) {
        Some(g) => g.1 += count,
        None => grants.push((pool, count)),
    }
}

/// Position as index; the instance has proven that it exists.
pub(super) fn at(position: u32) -> usize {
    position as usize
}
