//! Asking for a task, looking at it, calling it off.

use serde::Serialize;
use serde_json::json;

use super::super::act::{Done, Owner};
use super::super::powers::rounds::SUCCEED;
use super::super::powers::tasks::{CANCEL_TASK, REQUEST_PLAN, SEE_TASK};
use super::super::{Bounds, Desk, freeze, refuse, rounds, scenarios};
use super::{jobs, need, subject};
use crate::domain::fault::Faults;
use crate::domain::ids::{RoundId, TaskId};
use crate::domain::procedure::Step;
use crate::domain::signature::Signature;
use crate::domain::task::{Cancel, Progress, Task, TaskState, Work};
use crate::store::{self, Writing, tasks};

/// Priority of what somebody waits for.
const AT_ONCE: i32 = 100;

/// What is asked for.
#[derive(Debug, Clone, Serialize)]
pub struct Request {
    /// The work.
    pub work: Work,
    /// Higher goes first.
    pub priority: i32,
    /// Why; may be empty.
    pub reason: String,
}

/// Asks for a plan of a round. AC112 without the round, AC120 when it is not frozen, AC014 once it is
/// confirmed, DM240.
pub fn request(desk: &Desk, asked: &Request) -> Result<Task, Faults> {
    desk.act(&REQUEST_PLAN, asked, |tx| {
        let task = queue(tx, desk, asked.clone())?;
        let about = subject(&task.id);
        Ok(Done::new(task.clone(), about, Owner::city()).after(&task)?)
    })
}

/// Puts a task into the queue, within an act.
pub(crate) fn queue(tx: &mut Writing<'_>, desk: &Desk, asked: Request) -> Result<Task, Faults> {
    let work = asked.work.proved()?;
    freeze::round_of(tx, work.round())?;
    if let Work::PlanRound { .. } = work {
        undecided(tx, work.round())?;
    }
    jobs::in_force(tx, work.round())?;
    let told = match &work {
        Work::PlanRound { scenario, .. } => scenario.as_ref(),
        Work::OfferNext { .. } => None,
    };
    let told = told.map(|id| scenarios::need(tx, id, work.round()));
    let told = told.transpose()?;
    let task = Task {
        id: format!("T-{}", uuid::Uuid::now_v7().simple()).parse()?,
        work,
        state: TaskState::Queued,
        priority: asked.priority,
        not_before: desk.now(),
        attempts: 0,
        token: 0,
        owner: None,
        asked: Signature {
            by: desk.actor().to_owned(),
            at: desk.now(),
            reason: asked.reason,
        },
        cancel: None,
        result: None,
        failure: None,
        ended_at: None,
    };
    store::upsert_many(tx, std::slice::from_ref(&task))?;
    if let Some(mut scenario) = told {
        scenario.task = Some(task.id.clone());
        store::upsert_many(tx, &[scenario])?;
    }
    Ok(task)
}

/// AC014 once the plan of a round is confirmed: no other can take its place.
fn undecided(tx: &mut Writing<'_>, round: &RoundId) -> Result<(), Faults> {
    let step = rounds::procedure(tx, round)?.step;
    match step {
        Step::Confirmed | Step::Closed => {
            let about = format!("round {round}");
            Err(refuse::wrong_state(about, step.name(), &["not confirmed"]).into())
        }
        _ => Ok(()),
    }
}

/// Asks a worker to offer what is free in a round to the next in line; `None` while that is asked already and no
/// worker has begun. It goes before plans, for somebody waits for an answer.
///
/// # Errors
/// AC112 without the round, AC120 when it is not frozen.
pub fn offer_next(desk: &Desk, round: &RoundId) -> Result<Option<Task>, Faults> {
    desk.act(&SUCCEED, &json!({ "round": round, "by": "task" }), |tx| {
        let work = Work::OfferNext {
            round: round.clone(),
        };
        let all: Vec<Task> = store::having(tx, "round_id", round.as_str())?;
        let waits = |t: &&Task| t.state == TaskState::Queued && t.work == work;
        if let Some(task) = all.iter().find(waits) {
            let done = Done::new(None, subject(&task.id), Owner::city());
            return Ok(done.before(task)?.after(task)?);
        }
        let asked = Request {
            work,
            priority: AT_ONCE,
            reason: String::new(),
        };
        let task = queue(tx, desk, asked)?;
        let done = Done::new(Some(task.clone()), subject(&task.id), Owner::city());
        Ok(done.after(&task)?)
    })
}

/// A task; AC013.
pub fn see(desk: &Desk, id: &TaskId) -> Result<Task, Faults> {
    desk.look(&SEE_TASK, |tx| Ok((Owner::city(), need(tx, id)?)))
}

/// The steps of a task after a number; AC013.
pub fn progress(desk: &Desk, id: &TaskId, after: u32) -> Result<(Task, Vec<Progress>), Faults> {
    desk.look(&SEE_TASK, |tx| {
        let task = need(tx, id)?;
        let steps = tasks::steps(tx, id, after)?;
        Ok((Owner::city(), (task, steps)))
    })
}

/// Which tasks a list shows.
#[derive(Debug, Clone, Default)]
pub struct Filters {
    /// Only of this round.
    pub round: Option<RoundId>,
    /// Only in this state.
    pub state: Option<TaskState>,
    /// Only after this key.
    pub after: Option<String>,
    /// At most so many.
    pub limit: u32,
    /// The order, as [`Bounds::sort`].
    pub sort: Option<String>,
    /// What else each must be, as [`Bounds::only`].
    pub only: Vec<(String, String)>,
}

/// Tasks by key, which is by time of asking.
pub fn list(desk: &Desk, wanted: &Filters) -> Result<Vec<Task>, Faults> {
    desk.scope(&SEE_TASK)?;
    let round = wanted.round.as_ref().map(|r| ("round_id", r.to_string()));
    let state = wanted.state.map(|s| ("state", s.name().to_owned()));
    let bounds = Bounds {
        after: wanted.after.clone(),
        limit: wanted.limit,
        sort: wanted.sort.clone(),
        only: wanted.only.clone(),
    };
    let filter = bounds.filter::<Task>(round.into_iter().chain(state).collect())?;
    Ok(desk.store().read(|tx| store::select(tx, &filter))?)
}

#[derive(Serialize)]
struct CallOff<'a> {
    task: &'a TaskId,
    keep_best: bool,
    reason: &'a str,
}

/// Calls a task off: at once while it waits; while it runs, the worker sees it at its next
/// heartbeat. AC014 when it is over.
pub fn cancel(desk: &Desk, id: &TaskId, keep_best: bool, reason: &str) -> Result<Task, Faults> {
    let asked = CallOff {
        task: id,
        keep_best,
        reason,
    };
    desk.act(&CANCEL_TASK, &asked, |tx| {
        let before = need(tx, id)?;
        if before.state.is_over() {
            let needs = ["queued", "running"];
            return Err(refuse::wrong_state(subject(id), before.state.name(), &needs).into());
        }
        let mut task = before.clone();
        task.cancel = Some(Cancel {
            by: Signature {
                by: desk.actor().to_owned(),
                at: desk.now(),
                reason: reason.to_owned(),
            },
            keep_best,
        });
        if before.state == TaskState::Queued {
            task.state = TaskState::Cancelled;
            task.ended_at = Some(desk.now());
        }
        store::upsert_many(tx, std::slice::from_ref(&task))?;
        Ok(Done::new(task.clone(), subject(id), Owner::city())
            .before(&before)?
            .after(&task)?)
    })
}
