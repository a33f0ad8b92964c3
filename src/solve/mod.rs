//! Numbers only: an instance goes in, an outcome comes out, with a bound that anyone can check.
//!
//! - `instance`, `outcome`, `finding`: the values; `control`: limits, stop flag, progress.
//! - `certificate`, `recount`, `verify`: the independent check; shares nothing with the search.
//! - `run`: the frame of a run; `engine` chooses the engine; `greedy`, `improve`, `pricing`,
//!   `dual`, `state`, `random`: parts of the search; `milp*`: branch and bound by HiGHS.
//!
//! Not here: firms, floors, files, JSON. Nothing but std, except in `milp*`.

mod anneal;
mod ascent;
mod block;
pub mod certificate;
mod chains;
mod construct;
pub mod control;
mod dual;
mod engine;
pub mod finding;
mod greedy;
pub mod lab;
mod lagrange;
mod lodge;
mod improve;
pub mod instance;
mod instance_check;
#[cfg(feature = "highs")]
mod master;
#[cfg(feature = "highs")]
mod milp;
#[cfg(feature = "highs")]
mod milp_call;
#[cfg(feature = "highs")]
mod milp_conflict;
#[cfg(feature = "highs")]
mod milp_crowd;
#[cfg(feature = "highs")]
mod milp_decode;
#[cfg(feature = "highs")]
mod milp_model;
#[cfg(feature = "highs")]
mod milp_piece;
#[cfg(feature = "highs")]
mod milp_placing;
#[cfg(feature = "highs")]
mod milp_raw;
#[cfg(feature = "highs")]
mod milp_thread;
#[cfg(feature = "highs")]
mod milp_tighten;
#[cfg(feature = "highs")]
mod milp_together;
pub mod outcome;
mod pack;
mod paths;
#[cfg(feature = "highs")]
mod pieces;
mod pricing;
mod problem;
mod random;
mod recount;
mod run;
mod shape;
mod soft;
mod standing;
mod state;
pub mod verify;

#[cfg(feature = "highs")]
pub use milp_conflict::{Conflict, any_conflict, conflict};
pub use run::solve;

/// Codes of findings, for tables and tests.
pub mod codes {
    pub use super::certificate::{PRICE_COUNT, PRICE_HUGE, PRICE_RANGE};
    pub use super::instance_check::{
        AGENT_REPEATS, CAPACITY_NEGATIVE, NEED_NEGATIVE, OPTION_REPEATS, POOL_UNKNOWN,
        RESOURCE_REPEATS, TOO_MANY, TOTAL_TOO_LARGE, USE_NOT_POSITIVE, USE_REPEATS, USE_UNKNOWN,
    };
    pub use super::recount::{
        AGENT_TWICE, AGENT_UNKNOWN, CAPACITY_EXCEEDED, GRANT_ABOVE_NEED, GRANT_NEGATIVE,
        LODGING_EXTRA, LODGING_WITHOUT_OPTION, OPTION_UNKNOWN, POOL_CLOSED, REQUIRED_LEFT,
    };
    pub use super::verify::{
        BOUND_BELOW_PRICES, BOUND_BELOW_VALUE, DUAL_WRONG, NOT_A_NUMBER, OPTIMAL_WITH_GAP,
        OPTIMAL_WITHOUT_BOUND, OTHER_INSTANCE, PRICES_WITHOUT_BOUND, TRACE_BOUND, TRACE_ORDER,
        TRACE_VALUE, VALUE_WITHOUT_STATUS, VALUE_WRONG,
    };
}
