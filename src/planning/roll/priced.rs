//! A firm at prices: its options are worth what they bring less what they use, so that an instance of
//! such firms is solved for the good of all, those to come included. Apartments are open where their
//! price leaves something of their worth.
//!
//! Not here: where the prices come from (`year`).

use std::collections::BTreeMap;

use crate::planning::lots::at;
use crate::solve::instance::{Agent, Opt};

/// The agent at prices.
pub fn priced(agent: &Agent, prices: &[f64]) -> Agent {
    let price = |r: u32| prices.get(at(r)).copied().unwrap_or(0.0);
    let mut agent = agent.clone();
    for option in &mut agent.options {
        option.value = option.value.saturating_sub(cost(option, &price));
    }
    for demand in &mut agent.lodging {
        let worth = demand.value as f64;
        let mut paid = (0.0, 0.0);
        let mut pools: BTreeMap<i64, Vec<u32>> = BTreeMap::new();
        for (site, all) in &demand.pools {
            let open: Vec<u32> = all.iter().copied().filter(|p| price(*p) < worth).collect();
            for p in &open {
                paid = (paid.0 + price(*p), paid.1 + 1.0);
            }
            if !open.is_empty() {
                pools.insert(*site, open);
            }
        }
        demand.pools = pools;
        // One demand has one worth: less the mean price of the pools that are open to it.
        let mean = if paid.1 > 0.0 { paid.0 / paid.1 } else { 0.0 };
        demand.value = demand.value.saturating_sub(mean as i64);
    }
    agent
}

fn cost(option: &Opt, price: &dyn Fn(u32) -> f64) -> i64 {
    let all = option.uses.iter().map(|(r, n)| price(*r) * *n as f64);
    // Saturates by definition.
    all.sum::<f64>().round() as i64
}
