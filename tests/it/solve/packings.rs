//! The formula of the block certificate by trying everything, for very small instances.
//! All prices are whole quarters, so that the answer is exact.

use std::collections::{BTreeMap, BTreeSet};
use zhuchao::solve::instance::{Agent, Instance, Opt};

/// Options of which at most one is taken, with their profits.
type Group<'i> = Vec<(i64, &'i Opt)>;

/// Prices in quarters.
pub struct Quarters {
    /// Positions of the packed resources.
    pub packed: Vec<u32>,
    /// One per agent.
    pub agents: Vec<i64>,
    /// One per resource, 0 for packed ones.
    pub resources: Vec<i64>,
}

/// The bound in quarters; none if a required agent has no option that fits alone.
pub fn bound(instance: &Instance, prices: &Quarters) -> Option<i64> {
    counted(instance, prices, false)
}

/// The bound if every agent has one place in each block.
pub fn held(instance: &Instance, prices: &Quarters) -> Option<i64> {
    counted(instance, prices, true)
}

fn counted(instance: &Instance, prices: &Quarters, held: bool) -> Option<i64> {
    let block = blocks(instance, prices);
    let stock = instance.resources().iter().zip(&prices.resources);
    let mut total: i64 = stock.map(|(r, p)| r.capacity * p).sum();
    // Options worth something in a block, by what an agent may take one of.
    let mut groups: BTreeMap<(u32, bool, usize), Group> = BTreeMap::new();
    for (k, a) in instance.agents().iter().enumerate() {
        let mut term = (!a.required).then_some(0);
        for o in a.options.iter().filter(|o| possible(instance, o)) {
            let worth = worth(instance, prices, a, o);
            let mut uses = o.uses.iter().filter(|u| prices.packed.contains(&u.0));
            match uses.clone().map(|u| u.0).min() {
                None => term = term.max(Some(worth)),
                Some(lowest) => {
                    term = term.max(Some(prices.agents[k]));
                    let group = if held {
                        (block[lowest as usize], false, k)
                    } else {
                        (lowest, uses.nth(1).is_some(), k)
                    };
                    let profit = worth - prices.agents[k];
                    groups.entry(group).or_default().push((profit, o));
                }
            }
        }
        total += term?;
    }
    let mut free: Vec<i64> = instance.resources().iter().map(|r| r.capacity).collect();
    let groups: Vec<Group> = groups.into_values().collect();
    Some(total + packing(&groups, &prices.packed, &mut free))
}

/// A name of the block of each resource: packed resources that an option worth something joins.
fn blocks(instance: &Instance, prices: &Quarters) -> Vec<u32> {
    let count = u32::try_from(instance.resources().len()).expect("few");
    let mut block: Vec<u32> = (0..count).collect();
    for (k, a) in instance.agents().iter().enumerate() {
        for o in a.options.iter().filter(|o| possible(instance, o)) {
            if worth(instance, prices, a, o) <= prices.agents[k] {
                continue;
            }
            let uses = o.uses.iter().map(|u| u.0);
            let inside: Vec<u32> = uses.filter(|r| prices.packed.contains(r)).collect();
            for r in &inside {
                let (from, to) = (block[*r as usize], block[inside[0] as usize]);
                block
                    .iter_mut()
                    .filter(|b| **b == from)
                    .for_each(|b| *b = to);
            }
        }
    }
    block
}

/// The best of all blocks together: they share no packed resource.
fn packing(groups: &[Group], packed: &[u32], free: &mut [i64]) -> i64 {
    let Some((group, rest)) = groups.split_first() else {
        return 0;
    };
    let mut best = packing(rest, packed, free);
    for (profit, option) in group {
        let uses = option.uses.iter().filter(|u| packed.contains(&u.0));
        if uses.clone().all(|&(r, n)| n <= free[r as usize]) {
            uses.clone().for_each(|&(r, n)| free[r as usize] -= n);
            best = best.max(profit + packing(rest, packed, free));
            uses.clone().for_each(|&(r, n)| free[r as usize] += n);
        }
    }
    best
}

fn possible(instance: &Instance, o: &Opt) -> bool {
    let fits = |&(r, n): &(u32, i64)| n <= instance.resources()[r as usize].capacity;
    o.uses.iter().all(fits)
}

/// Value less priced use, with lodging from the cheapest pools.
fn worth(instance: &Instance, prices: &Quarters, a: &Agent, o: &Opt) -> i64 {
    let costs = o
        .uses
        .iter()
        .map(|&(r, n)| prices.resources[r as usize] * n);
    let mut worth = 4 * o.value - costs.sum::<i64>();
    for d in &a.lodging {
        let mut rest = d.need;
        let pools = d.pools.get(&o.site).into_iter().flatten();
        let priced: BTreeSet<(i64, u32)> =
            pools.map(|&p| (prices.resources[p as usize], p)).collect();
        for (price, p) in priced.into_iter().filter(|(price, _)| *price < 4 * d.value) {
            let take = rest.min(instance.resources()[p as usize].capacity);
            worth += take * (4 * d.value - price);
            rest -= take;
        }
    }
    worth
}
