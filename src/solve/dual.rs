//! Prices fit for publication: short numbers, and the bound that they prove exactly.
//!
//! Whatever the engine believes in floating point, only the number that `certificate` counts from
//! the published prices is stated. Not here: how prices are found.

use super::certificate::{self, Proof};
use super::instance::Instance;

/// Prices and the bound that they prove exactly.
#[derive(Clone, Debug)]
pub(super) struct Priced {
    pub(super) prices: Vec<f64>,
    pub(super) bound: i64,
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
