//! The quick answer to demands: a guarantee from the prices of the plan, and a plan that is really there
//! from the firms around.
//!
//! Not here: the exact answer (`answer`).

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use serde::Serialize;

use super::demand::{Bound, Demand, bind};
use crate::domain::fault::Faults;
use crate::planning::ask::again::{Answer, Effort};
use crate::planning::ask::bad;
use crate::planning::ask::footing::Footing;
use crate::planning::ask::near::near;
use crate::planning::ask::range::Range;
use crate::solve::quote::Quote;

/// The quick answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Screened {
    /// Demands that no option meets; with any of these the answer is no.
    pub hopeless: Vec<Demand>,
    /// True when a plan that meets all demands was found; false says only that none was found yet.
    pub found: bool,
    /// The change of points.
    pub change: Range,
}

/// Screens demands. PL201, PL202 for the prices, PL204.
pub fn screen(
    footing: &Footing<'_>,
    quote: &Quote<'_>,
    demands: &[Demand],
    effort: &Effort,
    stop: &Arc<AtomicBool>,
) -> Result<Screened, Faults> {
    let bound = bind(footing, demands)?;
    if demands.is_empty() {
        return Err(bad("nothing is demanded").into());
    }
    if !bound.hopeless.is_empty() {
        return Ok(Screened {
            hopeless: bound.hopeless,
            found: false,
            change: Range {
                low: None,
                high: None,
            },
        });
    }
    let found = around(footing, &bound, effort, stop)?;
    let value = found.and_then(|a| a.value);
    Ok(Screened {
        hopeless: Vec::new(),
        found: value.is_some(),
        change: Range::of(value, guaranteed(footing, quote, &bound), footing.value),
    })
}

/// The best plan that meets the demands when only the firms around may move.
pub(super) fn around(
    footing: &Footing<'_>,
    bound: &Bound,
    effort: &Effort,
    stop: &Arc<AtomicBool>,
) -> Result<Option<Answer>, Faults> {
    near(footing, &bound.edit, &bound.agents, effort, stop)
}

/// No plan that meets the demands is worth more: from the prices, and from the bound of the plan.
pub(super) fn guaranteed(footing: &Footing<'_>, quote: &Quote<'_>, bound: &Bound) -> Option<i64> {
    let lists: Vec<(usize, Vec<usize>)> = (bound.edit.bound.iter())
        .map(|(n, options)| (*n, options.iter().copied().collect()))
        .collect();
    let forced: Vec<(usize, &[usize])> = lists.iter().map(|(n, o)| (*n, o.as_slice())).collect();
    let by_prices = quote.bound_with(&forced);
    [by_prices, footing.bound].into_iter().flatten().min()
}
