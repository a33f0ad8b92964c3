//! What a plan run reads, with no transaction left open, and what it leaves behind.

use super::super::plan::{NOT_FROZEN, STALE};
use super::super::{Desk, freeze, refuse, scenarios};
use crate::acts::{prices, stored};
use crate::domain::fault::{Fault, Faults};
use crate::domain::ids::RoundId;
use crate::domain::plan::Plan;
use crate::domain::round::RoundState;
use crate::domain::scenario::{Scenario, Variant};
use crate::domain::snapshot::Snapshot;
use crate::domain::task::{Task, Work};
use crate::planning::files;
use crate::planning::run::{Run, Settings};
use crate::store::journal::{self, Entry};
use crate::store::plans::{self, StoredPlan};
use crate::store::snapshots::{self, StoredSnapshot};
use crate::store::{self, Reading, Writing};

/// Everything that one run needs.
pub struct Job {
    /// The snapshot to plan: the one in force or the variant of it.
    pub snapshot: Snapshot,
    /// Its digest.
    pub digest: String,
    /// Digest of the snapshot in force.
    pub base: String,
    /// The scenario, as it was read.
    pub scenario: Option<Scenario>,
    /// The plan to start from.
    pub start: Option<Plan>,
    /// Limits of the run.
    pub settings: Settings,
}

/// The digest of the snapshot in force; AC120 when there is none.
pub fn in_force(tx: &mut Reading<'_>, round: &RoundId) -> Result<String, Faults> {
    stored::in_force(tx, round)?.ok_or_else(|| {
        let cause = format!("round {round} is not frozen");
        Fault::new(NOT_FROZEN, cause, "freeze it first").into()
    })
}

/// Reads what a task needs that plans. AC014 for another, AC120, AC345 and the faults of the files.
pub fn prepare(desk: &Desk, task: &Task) -> Result<Job, Faults> {
    let Work::PlanRound {
        round,
        scenario,
        work,
    } = &task.work
    else {
        let about = super::subject(&task.id);
        return Err(refuse::wrong_state(about, task.work.kind(), &["plan_round"]).into());
    };
    desk.store().read(|tx| {
        let base = in_force(tx, round)?;
        let mut job = Job {
            snapshot: stored::snapshot(tx, &base)?,
            digest: base.clone(),
            base,
            scenario: None,
            start: None,
            settings: official(0, *work),
        };
        job.settings.seed = job.snapshot.round.seed;
        if let Some(id) = scenario {
            let scenario = scenarios::need(tx, id, round)?;
            if let Some(parent) = &scenario.parent {
                job.start = Some(stored::plan(tx, parent)?);
            }
            job.snapshot = scenarios::derive(tx, &scenario, job.snapshot, job.start.as_ref())?;
            job.digest = files::snapshot_digest(&job.snapshot);
            job.settings.seed = job.snapshot.round.seed;
            job.scenario = Some(scenario);
        }
        Ok(job)
    })
}

/// One thread and a limit by work: the same snapshot, seed and limit give the same plan. The wall
/// clock only ends a run that takes far too long.
pub(in crate::acts) fn official(seed: u64, work: u32) -> Settings {
    let work = f64::from(work);
    Settings {
        seconds: 60.0 + 20.0 * work,
        threads: 1,
        seed,
        gap: 0.0,
        work: Some(work),
    }
}

/// Stores the plan of a job, within an act; its digest. AC121.
pub(super) fn store(
    tx: &mut Writing<'_>,
    desk: &Desk,
    job: &Job,
    run: &Run,
) -> Result<String, Faults> {
    let plan = &run.plan;
    let round = job.snapshot.round.id.clone();
    if in_force(tx, &round)? != job.base || plan.snapshot != job.digest {
        return Err(stale(&round).into());
    }
    let bytes = files::write_plan(plan);
    let digest = files::digest(&bytes);
    match &job.scenario {
        Some(scenario) => keep_variant(tx, job, scenario, &digest)?,
        None => {
            let mut planned = freeze::round_of(tx, &round)?;
            planned.state = RoundState::Planned;
            store::upsert_many(tx, &[planned])?;
        }
    }
    let stored = StoredPlan {
        digest: digest.clone(),
        snapshot: job.digest.clone(),
        parent: plan.parent.clone(),
        round: round.clone(),
        created_at: desk.now(),
        text: String::from_utf8(bytes)
            .map_err(|e| Fault::new(STALE, e.to_string(), "report this"))?,
    };
    if plans::put(tx, &stored)? {
        // Doctor looks for every plan in the journal by its own digest.
        let entry = Entry {
            at: desk.now(),
            actor: desk.actor().to_owned(),
            act: "plan".to_owned(),
            subject: format!("round {round}"),
            before: Some(job.digest.clone()),
            after: Some(digest.clone()),
        };
        journal::append(tx, &entry)?;
        prices::keep(tx, &digest, run)?;
    }
    Ok(digest)
}

/// Stores the variant of a scenario that is still as it was when the run began.
fn keep_variant(
    tx: &mut Writing<'_>,
    job: &Job,
    scenario: &Scenario,
    plan: &str,
) -> Result<(), Faults> {
    let now = scenarios::need(tx, &scenario.id, &scenario.round)?;
    if now.changes != scenario.changes || now.parent != scenario.parent {
        return Err(stale(&scenario.round).into());
    }
    let stored = StoredSnapshot {
        digest: job.digest.clone(),
        round: scenario.round.clone(),
        frozen_at: job.snapshot.frozen_at,
        bytes: files::write_snapshot(&job.snapshot),
    };
    if job.digest == job.base {
        // Nothing but the start was changed: the plan is one of the base.
        return Ok(());
    }
    snapshots::put(tx, &stored)?;
    let known: Option<Variant> = store::get(tx, &job.digest)?;
    // Whom the second signature answered stays named, also when others make the same changes.
    let (signed, adopted) = match known {
        Some(v) if v.adopted.is_some() => (v.scenario, v.adopted),
        _ => (now, None),
    };
    let variant = Variant {
        digest: job.digest.clone(),
        round: scenario.round.clone(),
        scenario: signed,
        base: job.base.clone(),
        plan: Some(plan.to_owned()),
        adopted,
    };
    store::upsert_many(tx, &[variant])?;
    Ok(())
}

fn stale(round: &RoundId) -> Fault {
    Fault::new(
        STALE,
        format!("the snapshot or the scenario of round {round} changed while it was planned"),
        "plan it again",
    )
}
