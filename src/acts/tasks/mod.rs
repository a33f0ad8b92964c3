//! Tasks: asking, calling off, holding, ending, by lease and fencing token.
//!
//! Not here: running one (`worker`), what a plan run reads and leaves (`jobs`).

mod ask;
mod end;
mod hold;
pub mod jobs;

pub(crate) use ask::queue;
pub use ask::{Filters, Request, cancel, list, offer_next, progress, request, see};
pub use end::{call_off, fail, finish, hand_back, offered};
pub use hold::{Claim, LEASE, beat, claim, note, sweep};

use crate::domain::fault::{Code, Fault, Faults};
use crate::domain::ids::TaskId;
use crate::domain::task::{Failure, Task};
use crate::store::{self, Reading};

use super::refuse;

/// The task was claimed by another worker since, or is over: what this one brings is refused.
pub const LEASE_LOST: Code = Code("AC341");
/// The run broke off inside the program.
pub const BROKE_OFF: Code = Code("AC342");
/// The lease ran out as often as a task may be tried.
pub const GIVEN_UP: Code = Code("AC343");

/// More streams of steps are open than a process allows.
pub const TOO_MANY_STREAMS: Code = Code("AC344");

/// The subject of a task in the journal.
pub(crate) fn subject(id: &TaskId) -> String {
    format!("task {id}")
}

/// The task of a key; AC013.
pub(crate) fn need(tx: &mut Reading<'_>, id: &TaskId) -> Result<Task, Faults> {
    store::get(tx, id.as_str())?.ok_or_else(|| refuse::absent("task", id).into())
}

/// A fault as a task keeps it.
fn failure(fault: &Fault) -> Failure {
    Failure {
        code: fault.code.0.to_owned(),
        cause: fault.cause.clone(),
        action: fault.action.clone(),
    }
}
