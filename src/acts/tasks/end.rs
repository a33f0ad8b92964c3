//! Ending a task: its result and its end are one act; or it has failed, waits again, or is called off.

use chrono::TimeDelta;
use serde_json::json;

use super::super::act::{Done, Owner};
use super::super::plan::STALE;
use super::super::powers::tasks::WORK_TASK;
use super::super::{Desk, refuse};
use super::hold::{Claim, forget, held};
use super::jobs::{self, Job};
use super::{failure, subject};
use crate::domain::fault::{Fault, Faults};
use crate::domain::task::{ATTEMPTS, Task, TaskState};
use crate::planning::run::Run;
use crate::store::{self, Writing};

/// How long a task rests after so many attempts: 15 s, doubled each time, at most an hour.
pub(super) fn back_off(attempts: u32) -> TimeDelta {
    TimeDelta::seconds(15 << attempts.min(8)).min(TimeDelta::hours(1))
}

/// Ends a held task; `change` writes what belongs to it.
fn end(
    desk: &Desk,
    claim: &Claim,
    how: &str,
    change: impl FnOnce(&mut Writing<'_>, &mut Task) -> Result<(), Faults>,
) -> Result<Task, Faults> {
    let asked = json!({ "task": claim.task.id, "token": claim.token, "end": how });
    desk.act(&WORK_TASK, &asked, |tx| {
        let before = held(tx, claim)?;
        let mut task = before.clone();
        change(tx, &mut task)?;
        if task.state.is_over() {
            task.ended_at = Some(desk.now());
        }
        store::upsert_many(tx, std::slice::from_ref(&task))?;
        forget(tx, &task.id)?;
        let about = subject(&task.id);
        Ok(Done::new(task.clone(), about, Owner::city())
            .before(&before)?
            .after(&task)?)
    })
}

/// Stores the plan and ends the task, both or neither. AC121 when the snapshot in force or the
/// scenario changed meanwhile, AC341 when the task is another's.
pub fn finish(desk: &Desk, claim: &Claim, job: &Job, run: &Run) -> Result<Task, Faults> {
    end(desk, claim, "done", |tx, task| {
        task.result = Some(jobs::store(tx, desk, job, run)?);
        task.state = TaskState::Done;
        task.failure = None;
        Ok(())
    })
}

/// Ends a task that offered what is free to the next in line, with the digest of the plan; none when it served
/// nobody. The offers are an act of their own, which only one of several workers can have done.
pub fn offered(desk: &Desk, claim: &Claim, plan: Option<String>) -> Result<Task, Faults> {
    end(desk, claim, "done", |_, task| {
        task.result = plan;
        task.state = TaskState::Done;
        task.failure = None;
        Ok(())
    })
}

/// Notes why the task cannot be done. What others caused (AC121, AC015, the store) is tried again later, up
/// to the limit; what the facts or the program caused would only happen again.
pub fn fail(desk: &Desk, claim: &Claim, fault: &Fault) -> Result<Task, Faults> {
    let others = [STALE, refuse::CHANGED].contains(&fault.code);
    let again = others || fault.code.0.starts_with("ST");
    end(desk, claim, "failed", |_, task| {
        task.failure = Some(failure(fault));
        task.state = TaskState::Failed;
        if task.cancel.is_some() {
            task.state = TaskState::Cancelled;
        } else if again && task.attempts < ATTEMPTS {
            task.state = TaskState::Queued;
            task.not_before = desk.now() + back_off(task.attempts);
        }
        Ok(())
    })
}

/// Ends a task that somebody called off, without a result.
pub fn call_off(desk: &Desk, claim: &Claim) -> Result<Task, Faults> {
    end(desk, claim, "cancelled", |_, task| {
        task.state = TaskState::Cancelled;
        Ok(())
    })
}

/// Hands a task back unfinished: it waits again and this attempt does not count.
pub fn hand_back(desk: &Desk, claim: &Claim) -> Result<Task, Faults> {
    end(desk, claim, "handed back", |_, task| {
        task.state = match task.cancel {
            Some(_) => TaskState::Cancelled,
            None => TaskState::Queued,
        };
        task.attempts = task.attempts.saturating_sub(1);
        Ok(())
    })
}
