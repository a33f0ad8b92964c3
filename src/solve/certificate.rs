//! The bound that prices prove, in exact integer arithmetic.
//!
//! Bound = sum over resources of price x capacity + sum over agents of the best of 0 (not if
//! required) and, over its options, value - sum of price x use + lodging gain at its site. The
//! gain takes the cheapest pools first, up to the need, while value exceeds price. Options that
//! exceed a capacity alone are left out and a pool grants at most its capacity: both only
//! tighten. Source: Lagrangian relaxation of the capacities; any prices >= 0 give a bound.
//!
//! This file and those it uses share no code with the engine. Not here: whole numbers
//! (`certificate_market`), the stronger bound (`certificate_blocks`), feasibility (`verify`).

use super::certificate_market::{Gains, Market};
use super::finding::{Code, Finding};
use super::instance::{Agent, Instance};

pub use super::certificate_blocks::{block_bound, proof_bound};

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
    check_prices(instance, prices, "prices")?;
    let market = Market::new(instance, prices, 0.0, 1.0);
    let bound = market.and_then(|market| bound(&market, instance));
    bound.ok_or_else(|| huge("prices"))
}

/// One finite price of at least 0 per resource.
pub(super) fn check_prices(
    instance: &Instance,
    prices: &[f64],
    place: &str,
) -> Result<(), Finding> {
    let resources = instance.resources();
    if prices.len() != resources.len() {
        let text = format!("{} given for {} resources", prices.len(), resources.len());
        return Err(Finding::new(PRICE_COUNT, place, text));
    }
    if let Some(bad) = prices.iter().position(|p| !p.is_finite() || *p < 0.0) {
        let text = format!("{} is not a finite number of at least 0", prices[bad]);
        return Err(Finding::new(PRICE_RANGE, format!("{place}/{bad}"), text));
    }
    Ok(())
}

/// The numbers do not fit.
pub(super) fn huge(place: &str) -> Finding {
    let text = "price x capacity exceeds 128-bit arithmetic";
    Finding::new(PRICE_HUGE, place, text)
}

fn bound(market: &Market, instance: &Instance) -> Option<Proof> {
    let mut total = market.stock()?;
    for a in instance.agents() {
        match best(market, a)? {
            Some(best) => total = total.checked_add(best)?,
            None => return Some(Proof::Infeasible),
        }
    }
    let scale = market.scale;
    Some(Proof::Bound { total, scale })
}

/// Best net value of an agent; `Some(None)` if it must take an option and none fits.
fn best(market: &Market, a: &Agent) -> Option<Option<i128>> {
    let mut best = if a.required { None } else { Some(0i128) };
    let mut gains = Gains::new();
    for o in a.options.iter().filter(|o| market.possible(o)) {
        best = best.max(Some(market.worth(a, o, &mut gains)?));
    }
    Some(best)
}
