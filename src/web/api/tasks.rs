//! Tasks: plan requests, where they stand, calling them off. How they go is `task_events`.

use actix_web::{HttpResponse, web};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::stated::{Listed, next, stage};
use crate::acts::Bounds;
use crate::acts::act::tag;
use crate::acts::powers::tasks::{CANCEL_TASK, REQUEST_PLAN, SEE_TASK};
use crate::acts::tasks::{self, Filters, Request};
use crate::domain::fault::Faults;
use crate::domain::task::{Failure, Progress, Task, TaskState, Work};
use crate::web::caller::Caller;
use crate::web::doc::Doc;
use crate::web::links::path_to;
use crate::web::reply::Reply;
use crate::web::routes::{Route, Who};
use crate::web::tables;

/// A request for a plan.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanRequest {
    /// Key of a scenario; left out for the round as it is.
    scenario: Option<String>,
    /// Limit in nominal seconds of work, 1 to 86400.
    work: u32,
    /// Higher goes first.
    #[serde(default)]
    priority: i32,
    /// Why.
    #[serde(default)]
    reason: String,
}

/// A wish to end a task.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CancelTask {
    /// Store the best plan found until then.
    #[serde(default)]
    keep_best: bool,
    /// Why.
    #[serde(default)]
    reason: String,
}

/// Why a task failed.
#[derive(Debug, Serialize, ToSchema)]
pub struct TaskFailure {
    /// Code of the fault.
    code: String,
    /// Cause.
    cause: String,
    /// What to do.
    action: String,
}

impl From<Failure> for TaskFailure {
    fn from(f: Failure) -> TaskFailure {
        TaskFailure {
            code: f.code,
            cause: f.cause,
            action: f.action,
        }
    }
}

/// A task.
#[derive(Debug, Serialize, ToSchema)]
pub struct TaskView {
    /// Key.
    id: String,
    /// `plan_round`, `offer_next`.
    kind: String,
    /// The round.
    round: String,
    /// The scenario.
    scenario: Option<String>,
    /// Limit in nominal seconds of work, of a plan.
    work: Option<u32>,
    /// `queued`, `running`, `done`, `failed`, `cancelled`.
    state: String,
    /// Higher goes first.
    priority: i32,
    /// Not begun before this moment.
    not_before: DateTime<Utc>,
    /// How often a worker began.
    attempts: u32,
    /// Who holds or held it.
    owner: Option<String>,
    /// Who asked.
    asked_by: String,
    /// When.
    asked_at: DateTime<Utc>,
    /// Why.
    reason: String,
    /// Who called it off.
    cancelled_by: Option<String>,
    /// Whether the best until then is kept.
    keep_best: Option<bool>,
    /// Digest of the plan it made.
    result: Option<String>,
    /// Why it failed last.
    failure: Option<TaskFailure>,
    /// When it ended.
    ended_at: Option<DateTime<Utc>>,
}

impl From<Task> for TaskView {
    fn from(task: Task) -> TaskView {
        let kind = task.work.kind().to_owned();
        let (round, scenario, work) = match task.work {
            Work::PlanRound {
                round,
                scenario,
                work,
            } => (round, scenario, Some(work)),
            Work::OfferNext { round } => (round, None, None),
        };
        TaskView {
            id: task.id.to_string(),
            kind,
            round: round.to_string(),
            scenario: scenario.map(|s| s.to_string()),
            work,
            state: task.state.name().to_owned(),
            priority: task.priority,
            not_before: task.not_before,
            attempts: task.attempts,
            owner: task.owner,
            asked_by: task.asked.by,
            asked_at: task.asked.at,
            reason: task.asked.reason,
            cancelled_by: task.cancel.as_ref().map(|c| c.by.by.clone()),
            keep_best: task.cancel.map(|c| c.keep_best),
            result: task.result,
            failure: task.failure.map(TaskFailure::from),
            ended_at: task.ended_at,
        }
    }
}

/// A page of tasks.
#[derive(Debug, Serialize, ToSchema)]
pub struct TaskPage {
    /// Tasks in the order of asking.
    items: Vec<TaskView>,
    /// Where the next page begins; null at the end.
    next: Option<String>,
}

/// One step of a task.
#[derive(Debug, Serialize, ToSchema)]
pub struct TaskStep {
    /// Number within the task, from 1; also the id of its event.
    number: u32,
    /// When.
    at: DateTime<Utc>,
    /// What is being done.
    phase: String,
    /// Best points so far, milli-points.
    value: Option<i64>,
    /// Best proven bound so far, milli-points.
    bound: Option<i64>,
    /// Gap in parts per million of the value.
    gap_ppm: Option<i64>,
}

impl From<Progress> for TaskStep {
    fn from(p: Progress) -> TaskStep {
        TaskStep {
            number: p.number,
            at: p.at,
            phase: p.phase,
            value: p.value,
            bound: p.bound,
            gap_ppm: p.gap_ppm,
        }
    }
}

/// The routes.
pub const ROUTES: &[Route] = &[
    Route::post(
        "/api/v1/rounds/{id}/plan-requests",
        Who::Power(&REQUEST_PLAN),
        "ask for a plan of a round",
        Doc::gives::<TaskView>("tasks")
            .takes::<PlanRequest>()
            .status(202),
        |r| r.to(request),
    ),
    Route::get(
        "/api/v1/tasks",
        Who::Power(&SEE_TASK),
        "tasks",
        Doc::gives::<TaskPage>("tasks")
            .lists::<Task>()
            .table(&tables::TASKS),
        |r| r.to(list),
    ),
    Route::get(
        "/api/v1/tasks/{id}",
        Who::Power(&SEE_TASK),
        "one task",
        Doc::gives::<TaskView>("tasks"),
        |r| r.to(show),
    ),
    Route::post(
        "/api/v1/tasks/{id}/cancel",
        Who::Power(&CANCEL_TASK),
        "call a task off",
        Doc::gives::<TaskView>("tasks").takes::<CancelTask>(),
        |r| r.to(cancel),
    ),
    Route::get(
        "/api/v1/tasks/{id}/events",
        Who::Power(&SEE_TASK),
        "steps of a task as they come (server-sent events)",
        Doc::file("tasks", "text/event-stream"),
        |r| r.to(super::task_events::stream),
    ),
];

/// A task as answered: its own tag, its address.
pub(super) fn answer(task: Task) -> Result<Reply, Faults> {
    let tag = tag(&task)?;
    Ok(Reply::ok(&TaskView::from(task))?.tagged(tag))
}

/// A task that was put into the queue.
pub(super) fn accepted(task: Task) -> Result<Reply, Faults> {
    let (tag, path) = (tag(&task)?, path_to("/api/v1/tasks/{}", &[&task.id]));
    Ok(Reply::accepted(&TaskView::from(task), path)?.tagged(tag))
}

async fn request(
    caller: Caller,
    path: web::Path<String>,
    body: web::Json<PlanRequest>,
) -> HttpResponse {
    caller
        .ask(move |desk| {
            let body = body.into_inner();
            let asked = Request {
                work: Work::PlanRound {
                    round: path.parse()?,
                    scenario: body.scenario.map(|s| s.parse()).transpose()?,
                    work: body.work,
                },
                priority: body.priority,
                reason: body.reason,
            };
            accepted(tasks::request(desk, &asked)?)
        })
        .await
}

async fn list(caller: Caller, mut query: Listed<Task>) -> HttpResponse {
    caller
        .ask(move |desk| {
            let state = query.word("state");
            let state = stage(state.as_ref(), &TaskState::ALL, TaskState::name)?;
            let Bounds {
                after,
                limit,
                sort,
                only,
            } = query.bounds();
            let wanted = Filters {
                state,
                after,
                limit,
                sort,
                only,
                ..Filters::default()
            };
            let found = tasks::list(desk, &wanted)?;
            let keys: Vec<String> = found.iter().map(|t| t.id.to_string()).collect();
            let next = next(&keys, limit);
            let items = found.into_iter().map(TaskView::from).collect();
            Reply::ok(&TaskPage { items, next })
        })
        .await
}

async fn show(caller: Caller, path: web::Path<String>) -> HttpResponse {
    caller
        .ask(move |desk| answer(tasks::see(desk, &path.parse()?)?))
        .await
}

async fn cancel(
    caller: Caller,
    path: web::Path<String>,
    body: web::Json<CancelTask>,
) -> HttpResponse {
    caller
        .ask(move |desk| {
            let id = path.parse()?;
            answer(tasks::cancel(desk, &id, body.keep_best, &body.reason)?)
        })
        .await
}
