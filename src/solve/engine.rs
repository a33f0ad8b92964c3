//! Which engine a run uses: branch and bound by HiGHS if compiled in, else prices and search.
//!
//! The only file besides `mod.rs` that knows the feature `highs`. Not here: the engines.

use super::run::{Ended, Run};

/// Improves the run until it is proven, close enough, out of time or stopped.
#[cfg(feature = "highs")]
pub(super) fn finish(run: &mut Run) -> Ended {
    if run.finished() {
        return ended("prices and search");
    }
    super::milp::finish(run)
}

/// Improves the run until it is proven, close enough, out of time or stopped.
#[cfg(not(feature = "highs"))]
pub(super) fn finish(run: &mut Run) -> Ended {
    by_prices(run);
    ended("prices and search")
}

/// A few rounds of better prices and better choices along them.
#[cfg(not(feature = "highs"))]
fn by_prices(run: &mut Run) {
    for _ in 0..8 {
        if run.finished() {
            return;
        }
        run.better_prices(super::control::Phase::Relax, 300);
        run.construct(super::control::Phase::Relax, 400_000);
    }
}

/// An end without a bound from branching.
pub(super) fn ended(name: &'static str) -> Ended {
    Ended {
        name,
        bound: None,
        infeasible: false,
        columns: 0,
        note: String::new(),
    }
}
