//! Holding a task: claim by lease, renew, note progress, take back what nobody renews.
//!
//! All writers of a database take turns (`store::pool`), so that reading the queue and taking its
//! first task in one transaction is exclusive on both databases.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;

use super::super::act::{Done, Owner};
use super::super::powers::tasks::WORK_TASK;
use super::super::{Desk, refuse};
use super::end::back_off;
use super::{GIVEN_UP, LEASE_LOST, failure, need, subject};
use crate::domain::fault::{Fault, Faults};
use crate::domain::ids::TaskId;
use crate::domain::task::{ATTEMPTS, Cancel, Lease, Progress, Task, TaskState};
use crate::store::{self, Filter, Reading, Writing, having, remove};

/// How long a claim holds without a heartbeat.
pub const LEASE: TimeDelta = TimeDelta::seconds(60);

/// A task in the hands of a worker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The task as it was claimed.
    pub task: Task,
    /// Fencing token.
    pub token: u64,
}

/// The task that is next: highest priority, then the one asked for first.
fn next(tx: &mut Reading<'_>, now: DateTime<Utc>) -> Result<Option<Task>, Faults> {
    let queued: Vec<Task> = having(tx, "state", TaskState::Queued.name())?;
    let ready = queued.into_iter().filter(|t| t.not_before <= now);
    Ok(ready.min_by(|a, b| (-i64::from(a.priority), &a.id).cmp(&(-i64::from(b.priority), &b.id))))
}

/// Claims the next task for a worker; `None` when none waits.
pub fn claim(desk: &Desk, owner: &str) -> Result<Option<Claim>, Faults> {
    // A look first: an idle worker shall not keep writers waiting.
    if desk.store().read(|tx| next(tx, desk.now()))?.is_none() {
        return Ok(None);
    }
    let claimed = desk.act(&WORK_TASK, &json!({ "claim": owner }), |tx| {
        let before = next(tx, desk.now())?.ok_or_else(|| refuse::absent("task", "that waits"))?;
        let mut task = before.clone();
        task.state = TaskState::Running;
        task.owner = Some(owner.to_owned());
        task.token += 1;
        task.attempts += 1;
        store::upsert_many(tx, std::slice::from_ref(&task))?;
        store::keep(tx, &lease(desk, &task, owner))?;
        let about = subject(&task.id);
        Ok(Done::new(task.clone(), about, Owner::city())
            .before(&before)?
            .after(&task)?)
    });
    match claimed {
        Ok(task) => Ok(Some(Claim {
            token: task.token,
            task,
        })),
        // Another worker was quicker.
        Err(faults) if faults.0.iter().all(|f| f.code == refuse::ABSENT) => Ok(None),
        Err(faults) => Err(faults),
    }
}

fn lease(desk: &Desk, task: &Task, owner: &str) -> Lease {
    Lease {
        task: task.id.clone(),
        owner: owner.to_owned(),
        token: task.token,
        until: desk.now() + LEASE,
    }
}

/// The task of a claim, if it is still this worker's; else AC341.
pub(super) fn held(tx: &mut Reading<'_>, claim: &Claim) -> Result<Task, Faults> {
    let task = need(tx, &claim.task.id)?;
    if task.state == TaskState::Running && task.token == claim.token {
        return Ok(task);
    }
    Err(Fault::new(
        LEASE_LOST,
        format!("{} is no longer this worker's", subject(&task.id)),
        "drop the work; whoever holds the task now does it again",
    )
    .into())
}

/// Renews the lease; the wish to cancel, if there is one. AC341 when the task is another's.
pub fn beat(desk: &Desk, claim: &Claim) -> Result<Option<Cancel>, Faults> {
    desk.may(&WORK_TASK)?;
    desk.store().write(|tx| {
        let task = held(tx, claim)?;
        let owner = task.owner.clone().unwrap_or_default();
        store::keep(tx, &lease(desk, &task, &owner))?;
        Ok(task.cancel)
    })
}

/// Keeps a step of the run. AC341 when the task is another's.
pub fn note(desk: &Desk, claim: &Claim, step: &Progress) -> Result<(), Faults> {
    desk.may(&WORK_TASK)?;
    desk.store().write(|tx| {
        held(tx, claim)?;
        Ok(store::keep(tx, step)?)
    })
}

/// Takes back the tasks whose lease ran out: they wait again, later each time, or have failed.
pub fn sweep(desk: &Desk) -> Result<Vec<TaskId>, Faults> {
    let filter = Filter::default();
    let leases: Vec<Lease> = desk.store().read(|tx| store::select(tx, &filter))?;
    let over = leases.into_iter().filter(|l| l.until < desk.now());
    over.filter_map(|lease| take_back(desk, &lease).transpose())
        .collect()
}

fn take_back(desk: &Desk, lease: &Lease) -> Result<Option<TaskId>, Faults> {
    let id = lease.task.clone();
    let taken = desk.act(&WORK_TASK, &json!({ "sweep": id }), |tx| {
        let before = need(tx, &id)?;
        let now: Option<Lease> = store::get(tx, id.as_str())?;
        if now.is_none_or(|l| l.until >= desk.now()) || before.state != TaskState::Running {
            let needs = ["running, its lease over"];
            return Err(refuse::wrong_state(subject(&id), before.state.name(), &needs).into());
        }
        let task = given_back(desk, before.clone());
        store::upsert_many(tx, std::slice::from_ref(&task))?;
        forget(tx, &id)?;
        Ok(Done::new(id.clone(), subject(&id), Owner::city())
            .before(&before)?
            .after(&task)?)
    });
    match taken {
        Ok(id) => Ok(Some(id)),
        // Renewed or ended between the look and the act.
        Err(faults) if faults.0.iter().all(|f| f.code == refuse::WRONG_STATE) => Ok(None),
        Err(faults) => Err(faults),
    }
}

/// The lease of a task that is not held any more.
pub(super) fn forget(tx: &mut Writing<'_>, id: &TaskId) -> Result<(), Faults> {
    remove::<Lease>(tx, id.as_str())?;
    Ok(())
}

fn given_back(desk: &Desk, mut task: Task) -> Task {
    if task.cancel.is_some() {
        task.state = TaskState::Cancelled;
        task.ended_at = Some(desk.now());
    } else if task.attempts >= ATTEMPTS {
        task.state = TaskState::Failed;
        task.ended_at = Some(desk.now());
        let cause = format!("its worker fell silent {} times", task.attempts);
        let fault = Fault::new(GIVEN_UP, cause, "look at the log of the workers; ask again");
        task.failure = Some(failure(&fault));
    } else {
        task.state = TaskState::Queued;
        task.not_before = desk.now() + back_off(task.attempts);
    }
    task
}
