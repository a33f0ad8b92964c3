//! Questions about a plan (质询): what all of them stand on, how an instance is changed by one, and how it
//! is solved again from the plan.
//!
//! - `footing`: the plan in numbers, with the prices that bound it.
//! - `edit`: a changed instance. `again`: solved again. `near`: only the firms around a question.
//! - `bundle`: the best for one firm of what is free.
//! - `range`: what is proven about a change of points. `moves`: who moves, what becomes of the quotas.
//!
//! Not here: the questions themselves (`why`, `foil`, `inverse`, `conflict`, `disrupt`, `fair`).

pub mod again;
pub mod bundle;
pub mod edit;
pub mod footing;
pub mod moves;
pub mod near;
pub mod range;

use crate::domain::fault::{Code, Fault};

/// A question names an application, unit, district or apartment type that the snapshot does not have.
pub const UNKNOWN: Code = Code("PL201");
/// A question cannot be put as it stands: it contradicts itself or changes nothing.
pub const BAD_QUESTION: Code = Code("PL202");
/// The plan is not one of this snapshot, or holds an award that is none of its options.
pub const OTHER_PLAN: Code = Code("PL203");
/// The numbers of the changed instance are not sound.
pub const UNSOUND_CHANGE: Code = Code("PL204");

pub(super) fn unknown(what: &str, key: &str) -> Fault {
    Fault::new(
        UNKNOWN,
        format!("the snapshot has no {what} {key}"),
        "name one of the snapshot that the plan is for",
    )
}

/// PL202 with what is wrong with a question.
pub fn bad(cause: impl Into<String>) -> Fault {
    Fault::new(BAD_QUESTION, cause, "put the question in another way")
}
