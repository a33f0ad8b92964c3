//! Prices as whole numbers, and what an option is worth at them.
//!
//! Prices are rounded down to multiples of 2^-k and everything is counted in units of 2^-k in
//! 128 bits. k is the largest number up to 96 for which no sum can overflow: with
//! W = sum price x capacity + [`MAX_TOTAL`](super::instance::MAX_TOTAL)-bounded sum of |values|,
//! every partial sum lies within +-4 W, because uses of an option are within capacities, so
//! |net of one option| <= W and the bests of all agents add up to at most the values. (Options
//! of different agents each cost up to W, but a negative best counts only for a required agent;
//! those sums use checked addition.) So k = min(96, 122 - log2 W). A caller with more to add up
//! says how much more.
//!
//! Not here: bounds (`certificate`, `certificate_blocks`).

use super::instance::{Agent, Instance, Lodging, Opt};
use std::collections::HashMap;

/// Lodging gains of one agent by site, so that each is computed once.
pub(super) type Gains = HashMap<i64, i128>;

/// Largest safe number of binary digits, see the head of the file.
fn scale(size: f64) -> Option<u32> {
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

/// W of the head of the file.
fn size(instance: &Instance, prices: &[f64], capacity: &[i64]) -> f64 {
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
    size
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
pub(super) struct Market {
    price: Vec<i128>,
    capacity: Vec<i64>,
    /// Binary digits after the point.
    pub(super) scale: u32,
}

impl Market {
    /// Rounds the prices; `more` is added to W and the sum taken `times`. None if it is too large.
    pub(super) fn new(instance: &Instance, prices: &[f64], more: f64, times: f64) -> Option<Self> {
        let capacity: Vec<i64> = instance.resources().iter().map(|r| r.capacity).collect();
        let scale = scale((size(instance, prices, &capacity) + more) * times)?;
        let price = prices.iter().map(|&p| units(p, scale)).collect();
        Some(Self {
            price,
            capacity,
            scale,
        })
    }

    /// A number of any sign that is part of W, rounded towards 0.
    pub(super) fn signed(&self, number: f64) -> i128 {
        let size = units(number.abs(), self.scale);
        if number < 0.0 { -size } else { size }
    }

    /// Capacity of a resource.
    pub(super) fn capacity(&self, position: u32) -> i64 {
        at(&self.capacity, position)
    }

    /// Sum of price x capacity.
    pub(super) fn stock(&self) -> Option<i128> {
        let mut total = 0i128;
        for (p, &c) in self.price.iter().zip(&self.capacity) {
            if c > 0 {
                total = total.checked_add(p.checked_mul(i128::from(c))?)?;
            }
        }
        Some(total)
    }

    /// Whether the option fits every capacity alone.
    pub(super) fn possible(&self, o: &Opt) -> bool {
        o.uses.iter().all(|&(r, n)| n <= at(&self.capacity, r))
    }

    /// Value of an option of `a` less what it uses, with its lodging gain.
    pub(super) fn worth(&self, a: &Agent, o: &Opt, gains: &mut Gains) -> Option<i128> {
        let mut net = i128::from(o.value).checked_mul(1i128 << self.scale)?;
        for &(r, n) in &o.uses {
            let price = self.price_of(r);
            if price > 0 {
                net = net.checked_sub(price.checked_mul(i128::from(n))?)?;
            }
        }
        let gain = match gains.get(&o.site) {
            Some(&gain) => gain,
            None => {
                let gain = self.gain(a, o.site)?;
                gains.insert(o.site, gain);
                gain
            }
        };
        net.checked_add(gain)
    }

    /// Lodging gain of an agent at a site.
    pub(super) fn gain(&self, a: &Agent, site: i64) -> Option<i128> {
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

    /// Price of one unit of a resource.
    pub(super) fn price_of(&self, position: u32) -> i128 {
        usize::try_from(position)
            .ok()
            .and_then(|p| self.price.get(p))
            .copied()
            .unwrap_or(0)
    }
}
