//! Columns of the master program: what one block holds, or one option outside of all blocks.
//!
//! Not here: the program (`master`).

use super::problem::{Problem, at};

/// A column: options, with apartments per option, demand and pool.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct Pattern {
    pub(super) block: u32,
    pub(super) options: Vec<u32>,
    /// Position in `options`, demand of the stay, pool, count.
    pub(super) grants: Vec<(u32, u32, u32, i64)>,
}

impl Pattern {
    /// Agents that the pattern takes twice.
    pub(super) fn twice(&self, problem: &Problem) -> Vec<u32> {
        let options = self.options.iter();
        let mut agents: Vec<u32> = options.map(|&o| problem.agent[at(o)]).collect();
        agents.sort_unstable();
        let pairs = agents.windows(2).filter(|p| p[0] == p[1]);
        let mut twice: Vec<u32> = pairs.map(|p| p[0]).collect();
        twice.dedup();
        twice
    }
}

/// Keeps what is not dropped.
pub(super) fn keep<T>(list: &mut Vec<T>, drop: &[bool]) {
    let mut drop = drop.iter();
    list.retain(|_| drop.next().is_none_or(|d| !d));
}
