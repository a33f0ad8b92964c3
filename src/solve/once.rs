//! Best profit of one block in which some agents are held to one option in the whole block.
//!
//! As `block`, floor by floor, but a state also knows which of these agents have a place already, as
//! bits; a floor offers its fillings with the bits that they need. One state or filling beats
//! another if it leaves as much, gains no less and uses no other agents. Which agents are held is
//! found out as it goes: those that would have appeared twice (Boland, Dethridge and Dumitrescu
//! 2006; Righini and Salani 2008). If states or fillings grow beyond their limits, agents are let go
//! again: that only raises the profit. Not here: who is held (`lagrange`, `master`).

use super::pack::Item;
use super::problem::at;
use super::shape::{Block, Multi};

/// Most agents that are held in one block.
pub(super) const HELD: usize = 24;
/// Most states between two floors, and most fillings of a floor.
const STATES: usize = 400;
const FILLINGS: usize = 120;
const ROOT: u32 = u32::MAX;

#[derive(Clone, Copy)]
struct Filling {
    amount: i64,
    profit: f64,
    bits: u32,
    node: u32,
}

struct State {
    left: Vec<i64>,
    profit: f64,
    bits: u32,
    step: u32,
}

enum Step {
    Take(u32),
    /// A filling of a floor, as a chain of nodes.
    Close(u32),
}

/// Buffers of one thread.
#[derive(Default)]
pub(super) struct Held {
    nodes: Vec<(u32, u32)>,
    fillings: Vec<Filling>,
    next: Vec<Filling>,
    steps: Vec<(Step, u32)>,
    items: Vec<Item>,
}

/// What the block is and what everything is worth.
pub(super) struct Case<'c> {
    pub(super) block: &'c Block,
    pub(super) agent: &'c [u32],
    pub(super) profit: &'c [f64],
    /// Agents that are held, rising.
    pub(super) held: &'c [u32],
}

impl Case<'_> {
    fn bit(&self, option: u32) -> u32 {
        let place = self.held.binary_search(&self.agent[at(option)]);
        place.map_or(0, |k| 1 << k)
    }

    /// Multis that are worth something, with their profits.
    fn live(&self) -> impl Iterator<Item = (&Multi, f64)> {
        let all = self.block.multis.iter();
        all.map(|m| (m, self.profit[at(m.option)]))
            .filter(|m| m.1 > 0.0)
    }

    /// Agents that are met again after each floor.
    fn ahead(&self) -> Vec<u32> {
        let floors = self.block.floors.len();
        let mut ahead = vec![0u32; floors + 1];
        for (f, floor) in self.block.floors.iter().enumerate() {
            let worth = floor.singles.iter().filter(|s| self.profit[at(s.0)] > 0.0);
            ahead[f] |= worth.fold(0, |bits, s| bits | self.bit(s.0));
        }
        for (multi, _) in self.live() {
            ahead[at(multi.uses[0].0)] |= self.bit(multi.option);
        }
        for f in (0..floors).rev() {
            ahead[f] |= ahead[f + 1];
        }
        ahead
    }
}

impl Held {
    /// Best profit; the options that reach it are added to `found`.
    pub(super) fn best(&mut self, case: &Case, found: &mut Vec<u32>) -> f64 {
        self.nodes.clear();
        self.steps.clear();
        let ahead = case.ahead();
        let live: Vec<(&Multi, f64)> = case.live().collect();
        let mut shared = vec![false; case.block.floors.len()];
        for &(f, n) in live.iter().flat_map(|m| &m.0.uses) {
            shared[at(f)] |= n < case.block.floors[at(f)].capacity;
        }
        let left = case.block.floors.iter().map(|f| f.capacity).collect();
        let mut states = vec![State {
            left,
            profit: 0.0,
            bits: 0,
            step: ROOT,
        }];
        let mut watched = u32::MAX;
        let mut next = 0;
        for floor in 0..case.block.floors.len() {
            while next < live.len() && at(live[next].0.uses[0].0) == floor {
                let (multi, profit) = live[next];
                self.take(&mut states, multi, profit, case.bit(multi.option) & watched);
                next += 1;
            }
            self.fill(case, floor, (watched, shared[floor]));
            states = self.close(&states, floor, watched & ahead[floor + 1]);
            thin(&mut states, &mut watched);
        }
        let best = states
            .into_iter()
            .max_by(|a, b| a.profit.total_cmp(&b.profit));
        let Some(best) = best else { return 0.0 };
        self.tell(best.step, found);
        best.profit
    }

    /// Every state also with the option taken, where it fits and its agent has no place.
    fn take(&mut self, states: &mut Vec<State>, multi: &Multi, profit: f64, bit: u32) {
        let many = states.len();
        for s in 0..many {
            let state = &states[s];
            let fits = multi.uses.iter().all(|&(f, n)| n <= state.left[at(f)]);
            if fits && state.bits & bit == 0 {
                let mut left = state.left.clone();
                multi.uses.iter().for_each(|&(f, n)| left[at(f)] -= n);
                let step = self.step(Step::Take(multi.option), state.step);
                let (profit, bits) = (state.profit + profit, state.bits | bit);
                states.push(State {
                    left,
                    profit,
                    bits,
                    step,
                });
            }
        }
        if states.len() > 8 * STATES {
            unbeaten(states);
        }
    }

    /// The fillings of a floor.
    fn fill(&mut self, case: &Case, floor: usize, (watched, shared): (u32, bool)) {
        let floor = &case.block.floors[floor];
        let mut items = std::mem::take(&mut self.items);
        items.clear();
        let worth = floor.singles.iter().filter(|s| case.profit[at(s.0)] > 0.0);
        items.extend(worth.map(|&(option, amount)| Item {
            agent: case.agent[at(option)],
            option,
            amount,
            profit: case.profit[at(option)],
        }));
        let mut watched = watched;
        while !self.fillings(case, floor.capacity, &items, watched) {
            // Too many: one after the other is let go on this floor.
            let bits = items.iter().fold(0, |b, i| b | case.bit(i.option)) & watched;
            let lowest = bits & bits.wrapping_neg();
            watched = if lowest == 0 { 0 } else { watched & !lowest };
        }
        if !shared {
            let list = &mut self.fillings;
            list.sort_by(|x, y| y.profit.total_cmp(&x.profit).then(x.bits.cmp(&y.bits)));
            let mut kept: Vec<Filling> = Vec::new();
            for x in list.iter() {
                // The empty filling stays, for floors that are taken whole.
                if x.amount == 0 || !kept.iter().any(|k| k.bits & !x.bits == 0) {
                    kept.push(*x);
                }
            }
            *list = kept;
        }
        self.items = items;
    }

    fn fillings(&mut self, case: &Case, capacity: i64, items: &[Item], watched: u32) -> bool {
        self.fillings.clear();
        self.fillings.push(Filling {
            amount: 0,
            profit: 0.0,
            bits: 0,
            node: ROOT,
        });
        let limit = if watched == 0 { 4 * FILLINGS } else { FILLINGS };
        for class in items.chunk_by(|a, b| a.agent == b.agent) {
            let bit = case.bit(class[0].option) & watched;
            let mut next = std::mem::take(&mut self.next);
            next.clear();
            for &filling in &self.fillings {
                next.push(filling);
                for item in class
                    .iter()
                    .filter(|i| i.amount <= capacity - filling.amount)
                {
                    self.nodes.push((item.option, filling.node));
                    next.push(Filling {
                        amount: filling.amount + item.amount,
                        profit: filling.profit + item.profit,
                        bits: filling.bits | bit,
                        node: super::problem::small(self.nodes.len() - 1),
                    });
                }
            }
            unbeaten_fillings(&mut next, &mut self.fillings);
            self.next = next;
            if self.fillings.len() > limit {
                if watched != 0 {
                    return false;
                }
                // Nobody is held: neighbours are joined, optimistically.
                let joined = self.fillings.chunks(2).map(|pair| Filling {
                    amount: pair[0].amount,
                    ..pair[pair.len() - 1]
                });
                self.fillings = joined.collect();
            }
        }
        true
    }

    /// Every state with every filling that fits it and needs nobody who has a place.
    fn close(&mut self, states: &[State], floor: usize, ahead: u32) -> Vec<State> {
        let fillings = std::mem::take(&mut self.fillings);
        let mut closed = Vec::with_capacity(states.len());
        for state in states {
            let fits = |f: &&Filling| f.amount <= state.left[floor] && f.bits & state.bits == 0;
            for filling in fillings.iter().filter(fits) {
                let mut left = state.left.clone();
                left[floor] = 0;
                closed.push(State {
                    left,
                    profit: state.profit + filling.profit,
                    bits: (state.bits | filling.bits) & ahead,
                    step: self.step(Step::Close(filling.node), state.step),
                });
            }
            if closed.len() > 16 * STATES {
                unbeaten(&mut closed);
            }
        }
        self.fillings = fillings;
        closed
    }

    fn step(&mut self, step: Step, before: u32) -> u32 {
        self.steps.push((step, before));
        super::problem::small(self.steps.len() - 1)
    }

    fn tell(&self, mut step: u32, found: &mut Vec<u32>) {
        while step != ROOT {
            let (what, before) = &self.steps[at(step)];
            match *what {
                Step::Take(option) => found.push(option),
                Step::Close(mut node) => {
                    while node != ROOT {
                        let (option, parent) = self.nodes[at(node)];
                        found.push(option);
                        node = parent;
                    }
                }
            }
            step = *before;
        }
    }
}

/// The unbeaten ones, amounts rising.
fn unbeaten_fillings(list: &mut [Filling], kept: &mut Vec<Filling>) {
    list.sort_by(|x, y| {
        let rest = y.profit.total_cmp(&x.profit).then(x.bits.cmp(&y.bits));
        x.amount.cmp(&y.amount).then(rest).then(x.node.cmp(&y.node))
    });
    kept.clear();
    for x in list.iter() {
        let beats = |k: &Filling| k.profit >= x.profit && k.bits & !x.bits == 0;
        if !kept.iter().any(beats) {
            kept.push(*x);
        }
    }
}

/// Drops beaten states among those that leave the same.
fn unbeaten(states: &mut Vec<State>) {
    states.sort_by(|a, b| {
        let first = b.left.cmp(&a.left).then(b.profit.total_cmp(&a.profit));
        first.then(a.bits.cmp(&b.bits)).then(a.step.cmp(&b.step))
    });
    let mut kept: Vec<State> = Vec::new();
    let mut from = 0;
    for state in states.drain(..) {
        if kept.last().is_some_and(|k: &State| k.left != state.left) {
            from = kept.len();
        }
        if !kept[from..].iter().any(|k| k.bits & !state.bits == 0) {
            kept.push(state);
        }
    }
    *states = kept;
}

/// Lets agents go until there are few enough states.
fn thin(states: &mut Vec<State>, watched: &mut u32) {
    unbeaten(states);
    while states.len() > STATES && *watched != 0 {
        let used = states.iter().fold(0, |b, s| b | s.bits);
        let lowest = used & used.wrapping_neg();
        if lowest == 0 {
            break;
        }
        *watched &= !lowest;
        states.iter_mut().for_each(|s| s.bits &= *watched);
        unbeaten(states);
    }
    if states.len() > STATES {
        let mut rest = states.split_off(1);
        for state in rest.drain(..) {
            for (best, left) in states[0].left.iter_mut().zip(state.left) {
                *best = (*best).max(left);
            }
            states[0].profit = states[0].profit.max(state.profit);
        }
    }
}
