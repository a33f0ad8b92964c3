//! Numbers only: an instance goes in, an outcome comes out, with a bound that anyone can check.
//!
//! - `instance`, `outcome`, `finding`: the values; `control`: limits, stop flag, progress.
//! - `certificate*`, `recount`, `verify`: the independent check; shares nothing with the search.
//! - `quote`: what each option is worth at prices, and the bounds of questions about a few agents.
//! - `run`: the frame of a run; `engine`: who runs when; `adopt`: between the two forms of choices.
//! - `problem`: the instance in flat arrays after presolve; `shape`: which resources are packed.
//! - Bound: `soft` (first prices), `lagrange` (exact pricing) with `block`, `once` and `pack`, `ascent`
//!   (volume algorithm), `master` (column generation), `bounds` (their order), `dual` (publication).
//! - Value: `construct`, `greedy`, `anneal`, `paths`, `lodge`, `primal` (their order), `standing`,
//!   `state`, `random`.
//! - `milp*`: HiGHS: branch and bound when small, linear programs.
//!
//! Not here: firms, floors, files, JSON. Nothing but std, except in `milp*`.

mod adopt;
mod anneal;
mod ascent;
mod block;
mod bounds;
pub mod certificate;
mod certificate_blocks;
mod certificate_frontier;
mod certificate_market;
mod certificate_once;
mod certificate_pack;
mod construct;
pub mod control;
mod dual;
mod engine;
pub mod finding;
mod greedy;
pub mod instance;
mod instance_check;
mod lagrange;
mod lodge;
#[cfg(feature = "highs")]
mod master;
#[cfg(not(feature = "highs"))]
#[path = "master_absent.rs"]
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
mod milp_pattern;
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
mod once;
pub mod outcome;
mod pack;
mod path_label;
mod paths;
mod pricing;
mod primal;
mod problem;
pub mod quote;
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
pub use run::{solve, solve_from};

/// Codes of findings, for tables and tests.
pub mod codes {
    pub use super::certificate::{PRICE_COUNT, PRICE_HUGE, PRICE_RANGE};
    pub use super::certificate_blocks::{
        AGENT_PRICE_COUNT, AGENT_PRICE_RANGE, HELD_WRONG, PACKED_POOL, PACKED_PRICED, PACKED_TWICE,
        PACKED_UNKNOWN,
    };
    pub use super::instance_check::{
        AGENT_REPEATS, CAPACITY_NEGATIVE, NEED_NEGATIVE, OPTION_REPEATS, POOL_UNKNOWN,
        RESOURCE_REPEATS, TOO_MANY, TOTAL_TOO_LARGE, USE_NOT_POSITIVE, USE_REPEATS, USE_UNKNOWN,
    };
    pub use super::recount::{
        AGENT_TWICE, AGENT_UNKNOWN, CAPACITY_EXCEEDED, GRANT_ABOVE_NEED, GRANT_NEGATIVE,
        LODGING_EXTRA, LODGING_WITHOUT_OPTION, OPTION_UNKNOWN, POOL_CLOSED, REQUIRED_LEFT,
    };
    pub use super::verify::{
        BOUND_BELOW_PRICES, BOUND_BELOW_VALUE, CONFLICT_UNKNOWN, CONFLICT_WITHOUT_STATUS,
        DUAL_WRONG, NOT_A_NUMBER, OPTIMAL_WITH_GAP, OPTIMAL_WITHOUT_BOUND, OTHER_INSTANCE,
        PRICES_WITHOUT_BOUND, PROOF_WITHOUT_BOUND, PROOF_WRONG, TRACE_BOUND, TRACE_ORDER,
        TRACE_VALUE, VALUE_WITHOUT_STATUS, VALUE_WRONG,
    };
}
