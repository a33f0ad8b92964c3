//! Best profit of one block: every floor's knapsack, and the options that use several floors.
//!
//! Floor by floor, the state is what is left of the floors ahead. At a floor the options that begin
//! there are taken or not; then the floor closes and what is left of it is worth its knapsack
//! (`pack`). For runs of whole floors this is the recursion of weighted interval scheduling. An
//! agent is held to one option on a floor, but may appear on several: that only raises the value,
//! so it stays an upper bound, and the agent's price pays for it. If states grow beyond [`LIMIT`],
//! they are joined to the best of everything, again an upper bound.
//! Not here: profits of options (`lagrange`).

use super::pack::{Item, Packer};
use super::problem::at;
use super::shape::Block;

/// Most states between two floors.
const LIMIT: usize = 1024;
const ROOT: u32 = u32::MAX;

struct State {
    left: Vec<i64>,
    profit: f64,
    step: u32,
}

enum Step {
    /// Takes an option that uses several floors.
    Take(u32),
    /// Closes a floor at a state of its knapsack.
    Close(u32),
}

/// Buffers of one thread.
#[derive(Default)]
pub(super) struct Solver {
    packer: Packer,
    items: Vec<Item>,
    steps: Vec<(Step, u32)>,
    live: Vec<(usize, f64)>,
    /// Floors of which a live option uses a part.
    shared: Vec<bool>,
}

impl Solver {
    /// Best profit of a block; the options that reach it are added to `found`.
    pub(super) fn best(
        &mut self,
        block: &Block,
        agent: &[u32],
        profit: &[f64],
        found: &mut Vec<u32>,
    ) -> f64 {
        self.live.clear();
        self.shared.clear();
        self.shared.resize(block.floors.len(), false);
        for (k, multi) in block.multis.iter().enumerate() {
            if profit[at(multi.option)] > 0.0 {
                self.live.push((k, profit[at(multi.option)]));
                for &(f, n) in &multi.uses {
                    self.shared[at(f)] |= n < block.floors[at(f)].capacity;
                }
            }
        }
        self.packer.clear();
        for (f, floor) in block.floors.iter().enumerate() {
            self.items.clear();
            let worth = floor.singles.iter().filter(|s| profit[at(s.0)] > 0.0);
            self.items.extend(worth.map(|&(option, amount)| Item {
                agent: agent[at(option)],
                option,
                amount,
                profit: profit[at(option)],
            }));
            self.packer
                .floor(floor.capacity, &self.items, !self.shared[f]);
        }
        if self.live.is_empty() {
            return self.floors_alone(block, found);
        }
        self.together(block, found)
    }

    fn floors_alone(&mut self, block: &Block, found: &mut Vec<u32>) -> f64 {
        let mut total = 0.0;
        for (f, floor) in block.floors.iter().enumerate() {
            let (profit, state) = self.packer.best(f, floor.capacity);
            total += profit;
            self.packer.options(state, found);
        }
        total
    }

    fn together(&mut self, block: &Block, found: &mut Vec<u32>) -> f64 {
        self.steps.clear();
        let left = block.floors.iter().map(|f| f.capacity).collect();
        let mut states = vec![State {
            left,
            profit: 0.0,
            step: ROOT,
        }];
        let mut next = 0;
        for floor in 0..block.floors.len() {
            while next < self.live.len() {
                let (k, profit) = self.live[next];
                let multi = &block.multis[k];
                if at(multi.uses[0].0) != floor {
                    break;
                }
                self.take(&mut states, &multi.uses, multi.option, profit);
                next += 1;
            }
            self.close(&mut states, floor);
        }
        let best = states
            .into_iter()
            .max_by(|a, b| a.profit.total_cmp(&b.profit));
        let Some(best) = best else { return 0.0 };
        self.tell(best.step, found);
        best.profit
    }

    /// Every state also with the option taken, where it fits.
    fn take(&mut self, states: &mut Vec<State>, uses: &[(u32, i64)], option: u32, profit: f64) {
        for s in 0..states.len() {
            let state = &states[s];
            if uses.iter().all(|&(f, n)| n <= state.left[at(f)]) {
                let mut left = state.left.clone();
                uses.iter().for_each(|&(f, n)| left[at(f)] -= n);
                let step = self.step(Step::Take(option), state.step);
                let profit = state.profit + profit;
                states.push(State { left, profit, step });
            }
        }
        if states.len() > 4 * LIMIT {
            join(states);
        }
    }

    /// What is left of the floor is worth its knapsack; states equal from here on are joined.
    fn close(&mut self, states: &mut Vec<State>, floor: usize) {
        for state in states.iter_mut() {
            let (profit, node) = self.packer.best(floor, state.left[floor]);
            state.profit += profit;
            state.step = self.step(Step::Close(node), state.step);
            state.left[floor] = 0;
        }
        if states.len() == 1 {
            return;
        }
        states.sort_by(|a, b| b.left.cmp(&a.left).then(b.profit.total_cmp(&a.profit)));
        states.dedup_by(|later, kept| later.left == kept.left);
        if states.len() > LIMIT {
            join(states);
        }
    }

    fn step(&mut self, step: Step, before: u32) -> u32 {
        self.steps.push((step, before));
        u32::try_from(self.steps.len() - 1).unwrap_or(ROOT)
    }

    fn tell(&self, mut step: u32, found: &mut Vec<u32>) {
        while step != ROOT {
            let (what, before) = &self.steps[at(step)];
            match *what {
                Step::Take(option) => found.push(option),
                Step::Close(node) => self.packer.options(node, found),
            }
            step = *before;
        }
    }
}

/// Joins all states to one with the best profit and the most left of everything.
fn join(states: &mut Vec<State>) {
    states.sort_by(|a, b| b.profit.total_cmp(&a.profit));
    let mut rest = states.split_off(1);
    for state in rest.drain(..) {
        for (best, left) in states[0].left.iter_mut().zip(state.left) {
            *best = (*best).max(left);
        }
    }
}
