//! The best that one agent can take of what is free: an option and apartments, exactly.
//!
//! Apartments of one agent: each is worth what its demand says, whichever pool it comes from, so the
//! demands are filled in order of worth and each takes whatever it can reach, moving earlier grants to
//! other pools where that helps (augmenting paths; the sets that can be granted form a matroid, for
//! which this order is best).
//!
//! Not here: what others take.

use std::collections::VecDeque;

use crate::planning::lots::{at, count};
use crate::planning::taken::Chosen;
use crate::solve::instance::{Agent, Opt};

/// The best choice of an agent among these options and its worth; the first of equals, `None` when
/// nothing fits or nothing is worth points. A required agent takes what fits, whatever it is worth.
pub fn best(
    agent: &Agent,
    free: &[i64],
    options: impl Iterator<Item = usize>,
) -> Option<(Chosen, i64)> {
    let mut found: Option<(Chosen, i64)> = None;
    let nothing = if agent.required { i64::MIN } else { 0 };
    for o in options {
        let Some(option) = agent.options.get(o).filter(|o| fits(o, free)) else {
            continue;
        };
        // No use in dealing apartments to an option that cannot win even with all of them.
        let most = agent
            .lodging
            .iter()
            .map(|d| d.value.max(0).saturating_mul(d.need));
        let most = most.fold(option.value, i64::saturating_add);
        let least = found.as_ref().map_or(nothing, |(_, worth)| *worth);
        if most <= least {
            continue;
        }
        let (lodging, homes) = lodge(agent, option, free);
        let worth = option.value.saturating_add(homes);
        if worth > least {
            let option = count(o);
            found = Some((Chosen { option, lodging }, worth));
        }
    }
    found
}

/// Whether all that an option uses is free.
pub fn fits(option: &Opt, free: &[i64]) -> bool {
    let enough = |(r, n): &(u32, i64)| free.get(at(*r)).is_some_and(|f| f >= n);
    option.uses.iter().all(enough)
}

/// Apartments of an agent at an option, by demand, and their worth.
pub fn lodge(agent: &Agent, option: &Opt, free: &[i64]) -> (Vec<Vec<(u32, i64)>>, i64) {
    let mut deal = Deal::of(agent, option, free);
    let mut order: Vec<usize> = (0..agent.lodging.len()).collect();
    order.sort_by_key(|d| -agent.lodging.get(*d).map_or(0, |l| l.value));
    let mut worth = 0_i64;
    for d in order {
        let Some(demand) = agent.lodging.get(d).filter(|l| l.value > 0) else {
            continue;
        };
        let mut open = demand.need;
        while open > 0 {
            let more = deal.augment(d, open);
            if more == 0 {
                break;
            }
            open -= more;
            worth = worth.saturating_add(demand.value.saturating_mul(more));
        }
    }
    (deal.grants(), worth)
}

/// Grants of demands from pools, with what is left of each pool.
struct Deal {
    pools: Vec<u32>,
    left: Vec<i64>,
    /// Which pools are open to a demand, by place in `pools`.
    open: Vec<Vec<usize>>,
    granted: Vec<Vec<i64>>,
}

impl Deal {
    fn of(agent: &Agent, option: &Opt, free: &[i64]) -> Deal {
        let lists: Vec<&[u32]> = (agent.lodging.iter())
            .map(|d| d.pools.get(&option.site).map_or(&[][..], Vec::as_slice))
            .collect();
        let mut pools: Vec<u32> = lists.iter().flat_map(|l| l.iter().copied()).collect();
        pools.sort_unstable();
        pools.dedup();
        let used = |p: u32| option.uses.iter().find(|(r, _)| *r == p).map_or(0, |u| u.1);
        let left = pools
            .iter()
            .map(|p| free.get(at(*p)).copied().unwrap_or(0) - used(*p));
        let place = |p: &u32| pools.binary_search(p).ok();
        Deal {
            left: left.collect(),
            open: lists
                .iter()
                .map(|l| l.iter().filter_map(place).collect())
                .collect(),
            granted: vec![vec![0; pools.len()]; lists.len()],
            pools,
        }
    }

    /// Grants up to `most` more to a demand along one path; 0 when there is none.
    fn augment(&mut self, demand: usize, most: i64) -> i64 {
        // How each pool was reached: from which demand, and through which pool that demand was.
        let mut reached: Vec<Option<(usize, Option<usize>)>> = vec![None; self.pools.len()];
        let mut queue = VecDeque::from([(demand, None)]);
        while let Some((d, via)) = queue.pop_front() {
            for p in self.open.get(d).cloned().unwrap_or_default() {
                if reached.get(p).is_none_or(Option::is_some) {
                    continue;
                }
                reached[p] = Some((d, via));
                if self.left[p] > 0 {
                    return self.shift(p, most, &reached);
                }
                for (other, granted) in self.granted.iter().enumerate() {
                    if other != d && granted[p] > 0 {
                        queue.push_back((other, Some(p)));
                    }
                }
            }
        }
        0
    }

    /// Moves along the path that ends at a pool with room.
    fn shift(&mut self, end: usize, most: i64, reached: &[Option<(usize, Option<usize>)>]) -> i64 {
        let mut path = Vec::new();
        let mut pool = end;
        let mut amount = most.min(self.left[end]);
        while let Some((d, via)) = reached.get(pool).copied().flatten() {
            path.push((d, pool, via));
            let Some(from) = via else { break };
            amount = amount.min(self.granted[d][from]);
            pool = from;
        }
        self.left[end] -= amount;
        for (d, to, via) in path {
            self.granted[d][to] += amount;
            if let Some(from) = via {
                self.granted[d][from] -= amount;
            }
        }
        amount
    }

    fn grants(&self) -> Vec<Vec<(u32, i64)>> {
        let of = |row: &Vec<i64>| {
            let pairs = self.pools.iter().copied().zip(row.iter().copied());
            pairs.filter(|(_, n)| *n > 0).collect()
        };
        self.granted.iter().map(of).collect()
    }
}
