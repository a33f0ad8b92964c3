//! A whole run: snapshot to instance to outcome to plan, proved before it is handed out. The door
//! through which acts plan, so that they need not know the solver.
//!
//! Not here: storing the plan, signals, terminals.

use crate::domain::fault::Faults;
use crate::domain::plan::Plan;
use crate::domain::snapshot::Snapshot;
use crate::solve::instance::Instance;
use crate::solve::outcome::Outcome;

use super::{assemble, build, check};

pub use crate::solve::control::{Settings, Watch};

/// A proved plan and the numbers it was made of.
pub struct Run {
    /// The plan; no law is broken.
    pub plan: Plan,
    /// The numbers that were solved.
    pub instance: Instance,
    /// The answer of the solver.
    pub outcome: Outcome,
}

/// Plans a snapshot. Faults: those of build and assemble, and everything that `check` finds.
pub fn run(snapshot: &Snapshot, settings: &Settings, watch: &Watch<'_>) -> Result<Run, Faults> {
    let built = build::build(snapshot)?;
    let outcome = crate::solve::solve(&built.instance, settings, watch);
    let plan = assemble::plan(snapshot, &built, &outcome, None, settings.seed)?;
    Faults(check::check(snapshot, &plan)).or(Run {
        plan,
        instance: built.instance,
        outcome,
    })
}
