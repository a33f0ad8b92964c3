//! Given prices, what each agent would do: its best net value, in floating point.
//!
//! For speed only; what is published is computed again by `certificate`. An agent's best is the
//! largest of 0 (not if required) and, over its options, value - price x use + lodging gain,
//! cheapest pools first. Not here: the engine's own pricing (`lagrange`).

use super::instance::{Agent, Instance, Lodging};
use super::state::at;

/// Whether the option fits the full capacities.
pub(super) fn possible(instance: &Instance, uses: &[(u32, i64)]) -> bool {
    uses.iter()
        .all(|&(r, n)| n <= instance.resources()[at(r)].capacity)
}

/// Best net value of an agent: 0 if it takes nothing, none at all if it must and cannot.
pub(super) fn best(instance: &Instance, a: &Agent, prices: &[f64]) -> f64 {
    let mut gains = Gains::default();
    let possible = (0..a.options.len()).filter(|&k| possible(instance, &a.options[k].uses));
    let least = if a.required { f64::NEG_INFINITY } else { 0.0 };
    possible
        .map(|k| net(instance, a, k, prices, &mut gains))
        .fold(least, f64::max)
}

/// Lodging gain per site, computed once per agent.
#[derive(Default)]
pub(super) struct Gains(Vec<(i64, f64)>);

/// Net value of an option at prices.
pub(super) fn net(
    instance: &Instance,
    a: &Agent,
    option: usize,
    prices: &[f64],
    gains: &mut Gains,
) -> f64 {
    let o = &a.options[option];
    let cost: f64 = o.uses.iter().map(|&(r, n)| prices[at(r)] * n as f64).sum();
    let mut net = o.value as f64 - cost;
    if !a.lodging.is_empty() {
        net += gain(instance, a, o.site, prices, gains);
    }
    net
}

fn gain(instance: &Instance, a: &Agent, site: i64, prices: &[f64], gains: &mut Gains) -> f64 {
    if let Some(known) = gains.0.iter().find(|g| g.0 == site) {
        return known.1;
    }
    let mut sum = 0.0;
    for d in &a.lodging {
        grants(instance, d, site, prices, |p, n| {
            sum += (d.value as f64 - prices[p]) * n
        });
    }
    gains.0.push((site, sum));
    sum
}

/// Apartments that one demand would take at a site: cheapest pools first while worth it.
fn grants(
    instance: &Instance,
    d: &Lodging,
    site: i64,
    prices: &[f64],
    mut take: impl FnMut(usize, f64),
) {
    let Some(pools) = d.pools.get(&site) else {
        return;
    };
    let mut order: Vec<usize> = pools.iter().map(|&p| at(p)).collect();
    order.sort_by(|&x, &y| prices[x].total_cmp(&prices[y]));
    let mut rest = d.need;
    for p in order {
        if prices[p] >= d.value as f64 || rest <= 0 {
            break;
        }
        let count = rest.min(instance.resources()[p].capacity);
        take(p, count as f64);
        rest -= count;
    }
}

/// Lagrangian bound at prices.
pub(super) fn bound(instance: &Instance, prices: &[f64]) -> f64 {
    let resources = prices.iter().zip(instance.resources());
    let stock: f64 = resources.map(|(p, r)| p * r.capacity as f64).sum();
    let agents = instance.agents().iter();
    stock + agents.map(|a| best(instance, a, prices)).sum::<f64>()
}
