//! What one packed resource can hold when some agents have one place in the whole block.
//!
//! A filling is (amount, profit, agents used), the agents as bits. One beats another if it uses no
//! more, gains no less and needs no other of these agents. Beyond the limit of fillings nobody is
//! held here, which only raises the profit. Not here: the block (`certificate_frontier`).

use super::certificate_pack::{self as pack, Item, Work};

/// A way to fill a resource.
#[derive(Clone, Copy, Debug)]
pub(super) struct Filling {
    pub(super) amount: i64,
    pub(super) profit: i128,
    pub(super) used: u64,
}

const EMPTY: Filling = Filling {
    amount: 0,
    profit: 0,
    used: 0,
};
/// Most fillings.
const LIMIT: usize = 1_000;

/// The bit of an agent that is held; 0 of others.
pub(super) fn bit(held: &[usize], agent: usize) -> u64 {
    held.iter().position(|&a| a == agent).map_or(0, |k| 1 << k)
}

/// All fillings within a capacity that may be best with whoever else is in the block.
pub(super) fn fillings(
    items: &[Item],
    capacity: i64,
    held: &[usize],
    work: &mut Work,
) -> Vec<Filling> {
    let mut list = vec![EMPTY];
    for class in items.chunk_by(|a, b| a.agent == b.agent) {
        let used = bit(held, class[0].agent);
        let mut next = list.clone();
        for old in &list {
            let fitting = class.iter().filter(|i| i.amount <= capacity - old.amount);
            next.extend(fitting.map(|item| Filling {
                amount: old.amount + item.amount,
                profit: old.profit + item.profit,
                used: old.used | used,
            }));
        }
        list = unbeaten(next);
        work.spend(list.len() * list.len());
        if list.len() > work.limit(LIMIT) {
            return free(items, capacity, work);
        }
    }
    list
}

/// The fillings if nobody is held.
fn free(items: &[Item], capacity: i64, work: &mut Work) -> Vec<Filling> {
    let table = pack::table(items, capacity, work);
    let filling = |(amount, profit)| Filling {
        amount,
        profit,
        used: 0,
    };
    table.into_iter().map(filling).collect()
}

fn unbeaten(mut list: Vec<Filling>) -> Vec<Filling> {
    list.sort_by_key(|f| (f.amount, std::cmp::Reverse(f.profit), f.used));
    let mut kept: Vec<Filling> = Vec::new();
    for f in list {
        if !kept
            .iter()
            .any(|k| k.profit >= f.profit && k.used & !f.used == 0)
        {
            kept.push(f);
        }
    }
    kept
}
