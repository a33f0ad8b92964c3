//! The bound that prices prove, in exact integer arithmetic.
//!
//! Bound = sum over resources of price x capacity + sum over agents of the best of 0 (not if
//! required) and, over its options, value - sum of price x use + lodging gain at its site. The
//! gain takes the cheapest pools first, up to the need, while value exceeds price. Options that
//! exceed a capacity alone are left out and a pool grants at most its capacity: both only
//! tighten. Source: Lagrangian relaxation of the capacities; any prices >= 0 give a bound.
//!
//! Prices are rounded down to multiples of 2^-k and everything is counted in units of 2^-k in
//! 128 bits. k is the largest number up to 96 for which no sum can overflow: with
//! W = sum price x capacity + [`MAX_TOTAL`](super::instance::MAX_TOTAL)-bounded sum of |values|,
//! every partial sum lies within +-4 W, because uses of an option are within capacities, so
//! |net of one option| <= W and the bests of all agents add up to at most the values. (Options
//! of different agents each cost up to W, but a negative best counts only for a required agent;
//! those sums use checked addition.) So k = min(96, 122 - log2 W).
//!
//! This file shares no code with the engine. Not here: feasibility (`verify`).

use super::finding::{Code, Finding};
use super::instance::{Agent, Instance, Lodging};

/// There is not exactly one price per resource.
pub const PRICE_COUNT: Code = Code("SV221");
/// A price is negative or not a finite number.
pub const PRICE_RANGE: Code = Code("SV222");
/// The prices are so large that the bound does not fit the arithmetic.
pub const PRICE_HUGE: Code = Code("SV223");

/// What prices prove.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// No feasible value is above `total / 2^scale`.
    Bound {
        /// Bound in units of 2^-scale.
        total: i128,
        /// Binary digits after the point.
        scale: u32,
    },
    /// A required agent has no option that fits any capacity: nothing is feasible.
    Infeasible,
}

impl Proof {
    /// The bound rounded down; values are integers, so it still holds.
    pub fn floor(self) -> Option<i128> {
        match self {
            Proof::Bound { total, scale } => Some(total >> scale),
            Proof::Infeasible => None,
        }
    }
}

/// Computes the bound that `prices` prove.
///
/// # Errors
/// A wrong number of prices, a price that is negative or not finite, prices too large.
pub fn price_bound(instance: &Instance, prices: &[f64]) -> Result<Proof, Finding> {
    let resources = instance.resources();
    if prices.len() != resources.len() {
        let text = format!("{} given for {} resources", prices.len(), resources.len());
        return Err(Finding::new(PRICE_COUNT, "prices", text));
    }
    if let Some(bad) = prices.iter().position(|p| !p.is_finite() || *p < 0.0) {
        let text = format!("{} is not a finite number of at least 0", prices[bad]);
        return Err(Finding::new(PRICE_RANGE, format!("prices/{bad}"), text));
    }
    let capacity: Vec<i64> = resources.iter().map(|r| r.capacity).collect();
    let huge = || {
        Finding::new(
            PRICE_HUGE,
            "prices",
            "price x capacity exceeds 128-bit arithmetic",
        )
    };
    let scale = scale(instance, prices, &capacity).ok_or_else(huge)?;
    let price: Vec<i128> = prices.iter().map(|&p| units(p, scale)).collect();
    let market = Market {
        price,
        capacity,
        scale,
    };
    market.bound(instance).ok_or_else(huge)
}

/// Largest safe number of binary digits, see the head of the file.
fn scale(instance: &Instance, prices: &[f64], capacity: &[i64]) -> Option<u32> {
    let mut size: f64 = prices
        .iter()
        .zip(capacity)
        .map(|(p, &c)| p * c as f64)
        .sum();
    for a in instance.agents() {
        size += a
            .options
            .iter()
            .map(|o| o.value.unsigned_abs())
            .max()
            .unwrap_or(0) as f64;
        size += a
            .lodging
            .iter()
            .map(|d| most(d, capacity) * d.value.unsigned_abs() as f64)
            .sum::<f64>();
    }
    if !size.is_finite() {
        return None;
    }
    // Twice the size covers the rounding of the floating-point sum.
    let digits = 122.0 - (2.0 * size.max(1.0)).log2().ceil();
    if digits < 0.0 {
        None
    } else {
        Some(digits.min(96.0) as u32)
    }
}

/// Apartments that the pools of a demand could ever grant, at most the need.
fn most(d: &Lodging, capacity: &[i64]) -> f64 {
    let pools: std::collections::BTreeSet<u32> = d.pools.values().flatten().copied().collect();
    let all: f64 = pools.iter().map(|&p| at(capacity, p) as f64).sum();
    all.min(d.need as f64)
}

/// floor(price x 2^scale), exact; capped at 2^125, which only a resource of capacity 0 can reach.
fn units(price: f64, scale: u32) -> i128 {
    let bits = price.to_bits();
    let exponent = i32::try_from((bits >> 52) & 0x7ff).unwrap_or(0);
    let fraction = i128::from(bits & ((1 << 52) - 1));
    let (mantissa, power) = if exponent == 0 {
        (fraction, -1074)
    } else {
        (fraction | (1 << 52), exponent - 1075)
    };
    let shift = power + i32::try_from(scale).unwrap_or(0);
    match shift {
        s if s > 72 => {
            if mantissa == 0 {
                0
            } else {
                1 << 125
            }
        }
        s if s >= 0 => mantissa << s,
        s if s > -127 => mantissa >> -s,
        _ => 0,
    }
}

fn at(list: &[i64], position: u32) -> i64 {
    usize::try_from(position)
        .ok()
        .and_then(|p| list.get(p))
        .copied()
        .unwrap_or(0)
}

/// Prices in units of 2^-scale, with the capacities.
struct Market {
    price: Vec<i128>,
    capacity: Vec<i64>,
    scale: u32,
}

impl Market {
    fn bound(&self, instance: &Instance) -> Option<Proof> {
        let mut total = 0i128;
        for (p, &c) in self.price.iter().zip(&self.capacity) {
            if c > 0 {
                total = total.checked_add(p.checked_mul(i128::from(c))?)?;
            }
        }
        for a in instance.agents() {
            match self.best(a)? {
                Some(best) => total = total.checked_add(best)?,
                None => return Some(Proof::Infeasible),
            }
        }
        Some(Proof::Bound {
            total,
            scale: self.scale,
        })
    }

    /// Best net value of an agent; `Some(None)` if it must take an option and none fits.
    fn best(&self, a: &Agent) -> Option<Option<i128>> {
        let mut best = if a.required { None } else { Some(0i128) };
        let mut gains: std::collections::HashMap<i64, i128> = std::collections::HashMap::new();
        for o in &a.options {
            if o.uses.iter().any(|&(r, n)| n > at(&self.capacity, r)) {
                continue;
            }
            let mut net = i128::from(o.value).checked_mul(1i128 << self.scale)?;
            for &(r, n) in &o.uses {
                net = net.checked_sub(self.price_of(r).checked_mul(i128::from(n))?)?;
            }
            let gain = match gains.get(&o.site) {
                Some(&g) => g,
                None => {
                    let g = self.gain(a, o.site)?;
                    gains.insert(o.site, g);
                    g
                }
            };
            net = net.checked_add(gain)?;
            best = Some(best.map_or(net, |b| b.max(net)));
        }
        Some(best)
    }

    fn gain(&self, a: &Agent, site: i64) -> Option<i128> {
        let mut sum = 0i128;
        for d in &a.lodging {
            sum = sum.checked_add(self.demand_gain(d, site)?)?;
        }
        Some(sum)
    }

    fn demand_gain(&self, d: &Lodging, site: i64) -> Option<i128> {
        let mut pools: Vec<u32> = d.pools.get(&site).cloned().unwrap_or_default();
        pools.sort_by_key(|&p| self.price_of(p));
        let value = i128::from(d.value).checked_mul(1i128 << self.scale)?;
        let (mut gain, mut rest) = (0i128, d.need);
        for p in pools {
            let net = value.checked_sub(self.price_of(p))?;
            if net <= 0 || rest <= 0 {
                break;
            }
            let take = rest.min(at(&self.capacity, p));
            gain = gain.checked_add(net.checked_mul(i128::from(take))?)?;
            rest -= take;
        }
        Some(gain)
    }

    fn price_of(&self, position: u32) -> i128 {
        usize::try_from(position)
            .ok()
            .and_then(|p| self.price.get(p))
            .copied()
            .unwrap_or(0)
    }
}
