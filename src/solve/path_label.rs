//! What a path search keeps of each agent it reaches, and where a path ends.
//!
//! Not here: the search (`paths`).

use super::problem::{Problem, at};
use super::standing::{Grant, Standing};
use std::cmp::Ordering;

/// An agent and what it held before.
pub(super) type Touched = (u32, Option<(u32, Vec<Grant>)>);

/// How an agent was reached.
#[derive(Clone, Copy, Default)]
pub(super) struct Label {
    pub(super) round: u32,
    pub(super) done: bool,
    /// True loss so far, the agent's own place included.
    pub(super) cost: f64,
    /// Agent before, the option that it takes, and a second one that has to leave.
    pub(super) from: u32,
    pub(super) option: u32,
    pub(super) second: u32,
}

#[derive(PartialEq)]
pub(super) struct Entry {
    pub(super) key: f64,
    pub(super) agent: u32,
}

impl Eq for Entry {}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Entry {
    fn cmp(&self, other: &Self) -> Ordering {
        other
            .key
            .total_cmp(&self.key)
            .then(other.agent.cmp(&self.agent))
    }
}

/// Where a path ends.
#[derive(Clone, Copy)]
pub(super) struct End {
    pub(super) cost: f64,
    pub(super) agent: u32,
    /// Option of the last agent, or [`NONE`] if it stays out.
    pub(super) option: u32,
}

/// Worth of the apartments that an option would get from what is free.
pub(super) fn lodging(problem: &Problem, standing: &Standing, o: usize) -> f64 {
    let mut sum = 0;
    for demand in problem.demands(o) {
        let open: i64 = demand.pools.iter().map(|&p| standing.free[at(p)]).sum();
        sum += demand.value * demand.need.min(open);
    }
    sum as f64
}

/// Best value of an agent in what is free, apart from one resource.
pub(super) fn elsewhere(problem: &Problem, standing: &Standing, c: usize, r: u32) -> f64 {
    let fitting = problem
        .of_agent(c)
        .filter(|&o| standing.fits(problem, o) && problem.uses(o).iter().all(|u| u.0 != r));
    fitting.map(|o| problem.value[o] as f64).fold(0.0, f64::max)
}
