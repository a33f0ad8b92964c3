//! Who takes what, in flat form: choices, apartments, what is left of each resource.
//!
//! Every change keeps all capacities respected; sums fit 64 bits because the instance proves its
//! totals. Not here: which change to make.

use super::instance::Instance;
use super::outcome::Choice;
use super::problem::{NONE, Problem, at, small};

/// Apartments granted to one agent: demand of its stay, pool, count.
pub(super) type Grant = (u32, u32, i64);

/// A feasible choice of the problem (required agents may be missing while it is being made).
#[derive(Clone)]
pub(super) struct Standing {
    /// Option of each agent, or [`NONE`].
    pub(super) option: Vec<u32>,
    pub(super) grants: Vec<Vec<Grant>>,
    pub(super) free: Vec<i64>,
    pub(super) value: i64,
    /// Required agents without an option.
    pub(super) missing: usize,
}

impl Standing {
    /// Nobody takes anything.
    pub(super) fn empty(problem: &Problem) -> Self {
        Self {
            option: vec![NONE; problem.agents()],
            grants: vec![Vec::new(); problem.agents()],
            free: problem.capacity.clone(),
            value: 0,
            missing: problem.required.iter().filter(|r| **r).count(),
        }
    }

    pub(super) fn complete(&self) -> bool {
        self.missing == 0
    }

    /// Whether the option fits into what is left.
    pub(super) fn fits(&self, problem: &Problem, option: usize) -> bool {
        problem
            .uses(option)
            .iter()
            .all(|&(r, n)| n <= self.free[at(r)])
    }

    /// Enters an option with given apartments; the caller knows that they fit.
    pub(super) fn enter(&mut self, problem: &Problem, option: usize, grants: Vec<Grant>) {
        let a = at(problem.agent[option]);
        debug_assert_eq!(self.option[a], NONE, "the agent holds nothing");
        self.option[a] = small(option);
        self.grants[a] = grants;
        self.missing -= usize::from(problem.required[a]);
        self.shift(problem, a, 1);
    }

    /// Takes an option and all worthwhile apartments that are left; returns the gain.
    pub(super) fn place(&mut self, problem: &Problem, option: usize) -> i64 {
        let before = self.value;
        self.enter(problem, option, Vec::new());
        self.top_up(problem, at(problem.agent[option]));
        self.value - before
    }

    /// Gives an agent more apartments, dearest demand first, fullest pool first.
    pub(super) fn top_up(&mut self, problem: &Problem, a: usize) {
        if self.option[a] == NONE {
            return;
        }
        for (d, demand) in problem.demands(at(self.option[a])).iter().enumerate() {
            let given: i64 = self.grants[a]
                .iter()
                .filter(|g| at(g.0) == d)
                .map(|g| g.2)
                .sum();
            let mut rest = demand.need - given;
            while rest > 0 {
                let open = demand
                    .pools
                    .iter()
                    .copied()
                    .filter(|&p| self.free[at(p)] > 0);
                let Some(pool) = open.max_by_key(|&p| (self.free[at(p)], std::cmp::Reverse(p)))
                else {
                    break;
                };
                let take = rest.min(self.free[at(pool)]);
                rest -= take;
                self.free[at(pool)] -= take;
                self.value += take * demand.value;
                match self.grants[a]
                    .iter_mut()
                    .find(|g| at(g.0) == d && g.1 == pool)
                {
                    Some(g) => g.2 += take,
                    None => self.grants[a].push((small(d), pool, take)),
                }
            }
        }
    }

    /// Frees what an agent takes.
    pub(super) fn remove(&mut self, problem: &Problem, a: usize) -> Option<(u32, Vec<Grant>)> {
        if self.option[a] == NONE {
            return None;
        }
        self.shift(problem, a, -1);
        self.missing += usize::from(problem.required[a]);
        let grants = std::mem::take(&mut self.grants[a]);
        Some((std::mem::replace(&mut self.option[a], NONE), grants))
    }

    fn shift(&mut self, problem: &Problem, a: usize, sign: i64) {
        let option = at(self.option[a]);
        self.value += sign * problem.value[option];
        for &(r, n) in problem.uses(option) {
            self.free[at(r)] -= sign * n;
        }
        for &(d, p, n) in &self.grants[a] {
            self.free[at(p)] -= sign * n;
            self.value += sign * n * problem.demands(option)[at(d)].value;
        }
    }

    /// The choices in the words of an outcome.
    pub(super) fn choices(&self, instance: &Instance, problem: &Problem) -> Vec<Choice> {
        let agents = instance.agents().iter().enumerate();
        agents
            .filter(|(a, _)| self.option[*a] != NONE)
            .map(|(a, agent)| {
                let option = at(self.option[a]);
                let mut lodging = vec![Vec::new(); agent.lodging.len()];
                for &(d, p, n) in &self.grants[a] {
                    lodging[at(problem.demands(option)[at(d)].origin)].push((i64::from(p), n));
                }
                lodging.iter_mut().for_each(|l| l.sort_unstable());
                Choice {
                    agent: agent.id.clone(),
                    option: Some(agent.options[at(problem.origin[option])].id.clone()),
                    lodging,
                }
            })
            .collect()
    }
}
