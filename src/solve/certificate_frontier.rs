//! Most profit of one block, exact: the packed resources in rising position.
//!
//! State: what is left of every resource. At a resource the options that use several and begin
//! there (it is their lowest) are taken or not, at most one of each agent; then the resource
//! closes and what is left of it is worth its knapsack (`certificate_pack`). States with the same
//! left ahead are joined to the better. For runs of whole floors this is the recursion of
//! weighted interval scheduling. An agent is held to one option that uses only this resource and
//! one that begins here with others; it may appear elsewhere in the block again: that only raises
//! the profit, so it stays an upper bound of every feasible packing. An agent that the certificate
//! holds to one place in the block is a bit of the state, and then counts once in all of it.
//!
//! More states than the limit are joined in pairs to (more left, larger profit), again an upper
//! bound. Not here: which resources are a block (`certificate_blocks`).

use super::certificate_once::{self as once, Filling};
use super::certificate_pack::{self as pack, Item, Work};

/// Most states between two resources, and most numbers in them.
const LIMIT: usize = 4096;
const NUMBERS: usize = 1 << 20;
/// Beyond this many states not every state is compared with every other.
const COMPARED: usize = 128;
/// Beyond this many amounts left a table is made of all of them.
const ASKED: usize = 8;

/// An option that uses several packed resources.
#[derive(Clone, Debug)]
pub(super) struct Several {
    /// Position of the agent; options of an agent stand together.
    pub(super) agent: usize,
    /// At least 1.
    pub(super) profit: i128,
    /// Resource by its place in the block, and amount; rising, no resource twice.
    pub(super) uses: Vec<(usize, i64)>,
}

/// One packed resource of a block.
#[derive(Clone, Debug, Default)]
pub(super) struct Part {
    /// Capacity.
    pub(super) capacity: i64,
    /// Options that use this packed resource alone.
    pub(super) alone: Vec<Item>,
    /// Options that use others too, and begin here.
    pub(super) several: Vec<Several>,
}

#[derive(Clone)]
struct State {
    left: Vec<i64>,
    profit: i128,
    /// Held agents that have a place, as bits.
    used: u64,
}

/// Most agents that are held in one block.
pub(super) const HELD: usize = 24;

/// An upper bound of the profit of a block; exact within the limits, but that agents who are not
/// `held` may appear in several places.
pub(super) fn best(block: &[Part], held: &[usize], work: &mut Work) -> i128 {
    if held.is_empty() && block.iter().all(|part| part.several.is_empty()) {
        let parts = block.iter();
        return parts.map(|p| pack::best(&p.alone, p.capacity, work)).sum();
    }
    let ahead = ahead(block, held);
    let left = block.iter().map(|part| part.capacity).collect();
    let mut states = vec![State {
        left,
        profit: 0,
        used: 0,
    }];
    for (place, part) in block.iter().enumerate() {
        for group in part.several.chunk_by(|a, b| a.agent == b.agent) {
            let bit = once::bit(held, group[0].agent);
            take(&mut states, group, bit, work);
        }
        if part.alone.iter().any(|i| once::bit(held, i.agent) != 0) {
            fill(
                &mut states,
                place,
                once::fillings(&part.alone, part.capacity, held, work),
                work,
            );
        } else {
            close(&mut states, place, part, work);
        }
        states.iter_mut().for_each(|s| s.used &= ahead[place + 1]);
        tidy(&mut states, work);
    }
    states.iter().map(|s| s.profit).max().unwrap_or(0)
}

/// Held agents that are met at a place or later.
fn ahead(block: &[Part], held: &[usize]) -> Vec<u64> {
    let mut ahead = vec![0; block.len() + 1];
    for (place, part) in block.iter().enumerate().rev() {
        let alone = part.alone.iter().map(|i| i.agent);
        let agents = alone.chain(part.several.iter().map(|s| s.agent));
        ahead[place] = agents.fold(ahead[place + 1], |bits, a| bits | once::bit(held, a));
    }
    ahead
}

/// Every state with every filling of what is left of the resource that needs nobody again.
fn fill(states: &mut Vec<State>, place: usize, fillings: Vec<Filling>, work: &mut Work) {
    let mut filled: Vec<State> = Vec::new();
    for state in states.iter() {
        let fits = |f: &&Filling| f.amount <= state.left[place] && f.used & state.used == 0;
        for filling in fillings.iter().filter(fits) {
            let mut state = state.clone();
            state.left[place] = 0;
            state.profit += filling.profit;
            state.used |= filling.used;
            filled.push(state);
        }
        work.spend(fillings.len() * state.left.len());
        if filled.len() > 4 * limit(&filled, work) {
            tidy(&mut filled, work);
        }
    }
    *states = filled;
}

/// Numbers in a list of states.
fn numbers(states: &[State]) -> usize {
    states.len() * states.first().map_or(1, |s| s.left.len())
}

fn limit(states: &[State], work: &Work) -> usize {
    let width = states.first().map_or(1, |s| s.left.len()).max(1);
    work.limit(LIMIT.min(NUMBERS / width).max(1))
}

/// Every state also with one of the options taken, where it fits.
fn take(states: &mut Vec<State>, group: &[Several], bit: u64, work: &mut Work) {
    let before = states.clone();
    work.spend(numbers(states));
    for option in group {
        let fits = |s: &&State| option.uses.iter().all(|&(k, n)| n <= s.left[k]);
        for state in before.iter().filter(fits).filter(|s| s.used & bit == 0) {
            let mut taken = state.clone();
            option.uses.iter().for_each(|&(k, n)| taken.left[k] -= n);
            taken.profit += option.profit;
            taken.used |= bit;
            states.push(taken);
            work.spend(state.left.len());
        }
        work.spend(before.len());
        if states.len() > 4 * limit(states, work) {
            tidy(states, work);
        }
    }
}

/// What is left of the resource is worth its knapsack.
fn close(states: &mut [State], place: usize, part: &Part, work: &mut Work) {
    let mut asked: Vec<i64> = states.iter().map(|s| s.left[place]).collect();
    asked.sort_unstable();
    asked.dedup();
    let table = if asked.len() > ASKED {
        pack::table(&part.alone, part.capacity, work)
    } else {
        let best = asked
            .iter()
            .map(|&left| (left, pack::best(&part.alone, left, work)));
        best.collect()
    };
    for state in states.iter_mut() {
        state.profit += pack::look(&table, state.left[place]);
        state.left[place] = 0;
    }
}

/// Joins states that are equal from here on, drops beaten ones, and joins pairs above the limit.
fn tidy(states: &mut Vec<State>, work: &mut Work) {
    work.spend(numbers(states));
    states.sort_unstable_by(|a, b| {
        let first = b.left.cmp(&a.left).then(b.profit.cmp(&a.profit));
        first.then(a.used.cmp(&b.used))
    });
    same(states, work);
    if states.len() <= COMPARED {
        work.spend(states.len() * numbers(states));
        let all = states.clone();
        let beats = |a: &State, b: &State| {
            a.profit >= b.profit
                && a.left != b.left
                && a.used & !b.used == 0
                && a.left.iter().zip(&b.left).all(|(a, b)| a >= b)
        };
        states.retain(|s| !all.iter().any(|other| beats(other, s)));
    }
    let limit = limit(states, work);
    while states.len() > limit {
        let pairs = states.chunks(2).map(|pair| {
            let mut joined = pair[0].clone();
            if let Some(other) = pair.get(1) {
                joined.profit = joined.profit.max(other.profit);
                joined.used &= other.used;
                let both = joined.left.iter_mut().zip(&other.left);
                both.for_each(|(a, b)| *a = (*a).max(*b));
            }
            joined
        });
        *states = pairs.collect();
    }
}

/// Of states that leave the same (they stand together, most profit first) keeps those that need
/// fewer held agents than all that gain more.
fn same(states: &mut Vec<State>, work: &mut Work) {
    let (mut kept, mut from): (Vec<State>, usize) = (Vec::new(), 0);
    for state in states.drain(..) {
        if kept.last().is_some_and(|k| k.left != state.left) {
            from = kept.len();
        }
        work.spend(kept.len() - from);
        if !kept[from..].iter().any(|k| k.used & !state.used == 0) {
            kept.push(state);
        }
    }
    *states = kept;
}
