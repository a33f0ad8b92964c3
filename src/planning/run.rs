//! A whole run: snapshot to instance to outcome to plan, proved before it is handed out. The door
//! through which acts plan, so that they need not know the solver.
//!
//! Not here: storing the plan, signals, terminals.

use crate::domain::fault::Faults;
use crate::domain::plan::Plan;
use crate::domain::snapshot::Snapshot;
use crate::solve::instance::Instance;
use crate::solve::outcome::Outcome;

use super::fair::mode;
use super::{assemble, build, check, retold};

pub use crate::solve::control::{Phase, Progress, Settings, Watch};

/// A proved plan and the numbers it was made of.
pub struct Run {
    /// The plan; no law is broken.
    pub plan: Plan,
    /// The numbers that were solved.
    pub instance: Instance,
    /// The answer of the solver.
    pub outcome: Outcome,
}

/// Plans a snapshot in the mode of its policy. Faults: those of build and assemble, and everything that `check` finds.
pub fn run(snapshot: &Snapshot, settings: &Settings, watch: &Watch<'_>) -> Result<Run, Faults> {
    run_from(snapshot, settings, watch, None)
}

/// As [`run`], starting from an earlier plan, which becomes the parent. What of it does not fit any
/// more is left out; it is a start, not a pin.
pub fn run_from(
    snapshot: &Snapshot,
    settings: &Settings,
    watch: &Watch<'_>,
    start: Option<&Plan>,
) -> Result<Run, Faults> {
    let built = build::build(snapshot)?;
    let choices = start.map(|plan| retold::outcome(snapshot, &built, plan).choices);
    let choices = choices.unwrap_or_default();
    let priced = mode::priced(&built, &choices)?;
    let solved = priced.as_ref().unwrap_or(&built.instance);
    let limits = mode::settings(&built, settings);
    let mut outcome = crate::solve::solve_from(solved, &limits, watch, &choices);
    if priced.is_some() {
        outcome = mode::plain(&built, outcome);
    }
    let outcome = mode::follow(snapshot, &built, outcome, settings, &watch.flag())?;
    let parent = start.map(super::files::plan_digest);
    let plan = assemble::plan(snapshot, &built, &outcome, parent, settings.seed)?;
    Faults(check::check(snapshot, &plan)).or(Run {
        plan,
        instance: built.instance,
        outcome,
    })
}
