//! Better prices by subgradient steps, and prices fit for publication.
//!
//! Polyak's step (Polyak 1969): prices move along use - capacity with length
//! theta x (bound - target) / |direction|^2, resources scaled to capacity 1; theta is halved
//! when the bound has not improved for a while. Only the best prices are kept. Work is limited
//! by counted steps, not by the clock, so that runs repeat exactly. Not here: the linear program.

use super::certificate::{self, Proof};
use super::control::Watch;
use super::instance::Instance;
use super::pricing;

/// Prices and the bound that they prove exactly.
#[derive(Clone, Debug)]
pub(super) struct Priced {
    pub(super) prices: Vec<f64>,
    pub(super) bound: i64,
}

/// Amounts of all options and pools: the work of one step.
fn work(instance: &Instance) -> usize {
    let per = |a: &super::instance::Agent| {
        let uses: usize = a.options.iter().map(|o| o.uses.len() + 1).sum();
        uses + a
            .lodging
            .iter()
            .flat_map(|d| d.pools.values())
            .map(Vec::len)
            .sum::<usize>()
    };
    instance.agents().iter().map(per).sum::<usize>().max(1)
}

/// At most `most` steps, fewer on large instances.
pub(super) fn steps(instance: &Instance, most: usize) -> usize {
    (400_000_000 / work(instance)).clamp(10, most.max(10))
}

/// Improves `start` towards `target`; the result is never worse than the start.
pub(super) fn improve(
    instance: &Instance,
    start: Vec<f64>,
    target: Option<i64>,
    steps: usize,
    watch: &Watch,
) -> Vec<f64> {
    let capacity: Vec<f64> = instance
        .resources()
        .iter()
        .map(|r| r.capacity as f64)
        .collect();
    let mut at = start.clone();
    let (mut best, mut best_bound) = (start, f64::INFINITY);
    let (mut theta, mut since) = (1.0, 0);
    for _ in 0..steps {
        let reply = pricing::reply(instance, &at);
        if reply.bound < best_bound {
            since = if reply.bound < best_bound - 1e-6 * best_bound.abs() {
                0
            } else {
                since + 1
            };
            best_bound = reply.bound;
            best.clone_from(&at);
        } else {
            since += 1;
        }
        if since >= 12 {
            (theta, since) = (theta / 2.0, 0);
            at.clone_from(&best);
        }
        if theta < 1e-4 || watch.over() {
            break;
        }
        let goal = target.map_or(best_bound - 0.05 * best_bound.abs(), |t| t as f64);
        if !walk(&mut at, &reply, &capacity, theta * (reply.bound - goal)) {
            break;
        }
    }
    best
}

/// One step of length `size / |direction|^2`; false if there is nowhere to go.
fn walk(at: &mut [f64], reply: &pricing::Reply, capacity: &[f64], size: f64) -> bool {
    let direction = |r: usize, price: f64| {
        let d = if capacity[r] > 0.0 {
            reply.used[r] / capacity[r] - 1.0
        } else {
            0.0
        };
        if price <= 0.0 && d < 0.0 { 0.0 } else { d }
    };
    let norm: f64 = at
        .iter()
        .enumerate()
        .map(|(r, &p)| direction(r, p).powi(2))
        .sum();
    if norm <= 1e-18 || size <= 0.0 || !size.is_finite() {
        return false;
    }
    for r in 0..at.len() {
        let move_by = size / norm * direction(r, at[r]);
        if capacity[r] > 0.0 {
            at[r] = (at[r] + move_by / capacity[r]).max(0.0);
        }
    }
    true
}

/// Rounds prices to what every JSON reader reads back exactly, and proves their bound.
pub(super) fn publish(instance: &Instance, prices: &[f64]) -> Option<Priced> {
    let prices: Vec<f64> = prices.iter().map(|&p| short(p)).collect();
    match certificate::price_bound(instance, &prices) {
        Ok(Proof::Bound { total, scale }) => {
            let bound = i64::try_from(total >> scale).ok()?;
            Some(Priced { prices, bound })
        }
        Ok(Proof::Infeasible) | Err(_) => None,
    }
}

/// At most 15 significant digits and 22 decimals: such a number is an integer below 2^53 divided
/// by a power of ten up to 10^22, which even simple readers convert with one correct rounding.
pub(super) fn short(price: f64) -> f64 {
    if price < 0.0 && price.is_finite() {
        return -short(-price);
    }
    if !(price.is_finite() && price > 0.0) {
        return 0.0;
    }
    let text = if price < 1e-8 {
        format!("{price:.22}")
    } else {
        format!("{price:.14e}")
    };
    text.parse().unwrap_or(0.0)
}
