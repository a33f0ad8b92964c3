//! What is stored of a round: the snapshot that proposals start from, and snapshots and plans by digest.
//!
//! Not here: who may see them, making them.

use super::{refuse, rounds};
use crate::domain::fault::Faults;
use crate::domain::ids::RoundId;
use crate::domain::plan::Plan;
use crate::domain::procedure::Step;
use crate::domain::snapshot::Snapshot;
use crate::planning::files;
use crate::store::{Reading, plans, snapshots};

/// Digest of the snapshot that plans are made of: that of the procedure, also while a plan of an
/// adopted variant of it is chosen; the newest where there is no procedure yet. AC013 without the
/// round.
pub(super) fn in_force(tx: &mut Reading<'_>, round: &RoundId) -> Result<Option<String>, Faults> {
    let procedure = rounds::procedure(tx, round)?;
    match procedure.step {
        Step::Preparing => Ok(snapshots::of_round(tx, round)?.into_iter().next()),
        _ => Ok(procedure.base().map(str::to_owned)),
    }
}

/// A stored snapshot. AC013 when it is not there.
pub(super) fn snapshot(tx: &mut Reading<'_>, digest: &str) -> Result<Snapshot, Faults> {
    let stored = snapshots::get(tx, digest)?;
    let stored = stored.ok_or_else(|| refuse::absent("snapshot", digest))?;
    files::read_snapshot(&stored.bytes)
}

/// A stored plan. AC013 when it is not there.
pub(super) fn plan(tx: &mut Reading<'_>, digest: &str) -> Result<Plan, Faults> {
    let stored = plans::get(tx, digest)?;
    let stored = stored.ok_or_else(|| refuse::absent("plan", digest))?;
    files::read_plan(stored.text.as_bytes())
}

/// AC013 when there is no such plan.
pub(super) fn plan_is_there(tx: &mut Reading<'_>, digest: &str) -> Result<(), Faults> {
    match plans::exists(tx, digest)? {
        true => Ok(()),
        false => Err(refuse::absent("plan", digest).into()),
    }
}
