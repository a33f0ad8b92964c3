//! Solving a plan again: the same snapshot, seed, work and start must give the same plan, byte for byte.
//!
//! The limit of work is that of the task or succession that made it. A run from the command line enters
//! it when it repeats: on one thread and limited by work; else it must be named.

use super::report::{Replay, Solved};
use crate::acts::rounds::succession;
use crate::acts::tasks::jobs;
use crate::acts::{Desk, stored};
use crate::domain::fault::Faults;
use crate::domain::plan::Plan;
use crate::domain::snapshot::Snapshot;
use crate::domain::task::{Task, Work};
use crate::domain::waiting_list::Succession;
use crate::planning::files;
use crate::planning::run::{self, Settings, Watch};
use crate::store::{self, Reading};

/// How a plan is solved again.
pub struct Again<'a> {
    /// Limit in nominal seconds of work, where the record states none.
    pub work: Option<u32>,
    /// Ends the run early; then nothing is compared.
    pub stop: std::sync::Arc<std::sync::atomic::AtomicBool>,
    /// Hears of progress.
    pub told: &'a dyn Fn(run::Progress),
}

struct Old {
    snapshot: Snapshot,
    plan: Plan,
    start: Option<Plan>,
    settings: Option<Settings>,
}

/// Solves the plan of a replay again and compares.
pub fn again(desk: &Desk, how: &Again<'_>, report: &mut Replay) -> Result<(), Faults> {
    let Some(digest) = report.plan.clone().filter(|_| report.snapshot.is_some()) else {
        return Ok(());
    };
    let old = desk.store().read(|tx| read(tx, &digest, how.work))?;
    let Some(settings) = &old.settings else {
        report.solved = Some(not(&old.plan, "the limit of work is not recorded; name it"));
        return Ok(());
    };
    let watch = Watch::start(settings.seconds, how.stop.clone(), how.told);
    let run = run::run_from(&old.snapshot, settings, &watch, old.start.as_ref())?;
    if how.stop.load(std::sync::atomic::Ordering::SeqCst) {
        report.solved = Some(not(&old.plan, "it was stopped"));
        return Ok(());
    }
    if run.plan.engine != old.plan.engine {
        report.proves(format!(
            "solved again by another engine, {}",
            run.plan.engine
        ));
    }
    let new = files::plan_digest(&run.plan);
    if report.same("plan, solved again", digest, new.clone()) {
        report.proves("solved again it is the same, byte for byte");
    }
    report.solved = Some(Solved {
        plan: Some(new),
        work: work(settings),
        seed: settings.seed,
        not: None,
    });
    Ok(())
}

fn not(plan: &Plan, why: &str) -> Solved {
    Solved {
        plan: None,
        work: None,
        seed: plan.seed,
        not: Some(why.to_owned()),
    }
}

/// Nominal seconds as whole numbers; every limit was one.
fn work(settings: &Settings) -> Option<u32> {
    let text = format!("{:.0}", settings.work?);
    text.parse().ok()
}

fn read(tx: &mut Reading<'_>, digest: &str, named: Option<u32>) -> Result<Old, Faults> {
    let plan = stored::plan(tx, digest)?;
    let snapshot = stored::snapshot(tx, &plan.snapshot)?;
    let start = match &plan.parent {
        Some(parent) => Some(stored::plan(tx, parent)?),
        None => None,
    };
    let round = snapshot.round.id.clone();
    let tasks: Vec<Task> = store::having(tx, "round_id", round.as_str())?;
    let task = tasks
        .into_iter()
        .find(|t| t.result.as_deref() == Some(digest));
    let successions: Vec<Succession> = store::having(tx, "round_id", round.as_str())?;
    let succeeds = successions.iter().any(|s| s.plan == digest);
    let settings = match (task.map(|t| t.work), succeeds, named) {
        (Some(Work::PlanRound { work, .. }), _, _) => Some(jobs::official(plan.seed, work)),
        (Some(Work::OfferNext { .. }), _, _) | (None, true, _) => {
            Some(succession::settings(plan.seed))
        }
        (None, false, Some(work)) => Some(jobs::official(plan.seed, work)),
        (None, false, None) => crate::acts::plan::limit_of(tx, digest)?.map(|limit| Settings {
            gap: limit.gap,
            work: Some(limit.work),
            ..Settings::official(60.0 + 20.0 * limit.work, plan.seed)
        }),
    };
    Ok(Old {
        snapshot,
        plan,
        start,
        settings,
    })
}
