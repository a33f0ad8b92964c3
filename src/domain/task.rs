//! Tasks (任务): long work that somebody asked for, done once by one of several workers.
//!
//! A worker holds a task by a lease and a fencing token: whoever claims it next gets a higher token,
//! and what comes with a lower one is refused. Not here: who may ask or work (`acts`).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::fault::{Code, Fault};
use super::ids::{RoundId, ScenarioId, TaskId};
use super::signature::Signature;

/// The limits of a run are not plausible.
pub const BAD_LIMITS: Code = Code("DM240");

/// Most nominal seconds of work of one run: a day.
pub const WORK_MOST: u32 = 86_400;

/// How often a task is tried before it has failed.
pub const ATTEMPTS: u32 = 3;

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind", deny_unknown_fields)]
pub enum Work {
    /// Plan the snapshot in force of a round, or the variant that a scenario makes of it.
    PlanRound {
        /// The round.
        round: RoundId,
        /// The scenario; `None` plans the round as it is.
        scenario: Option<ScenarioId>,
        /// Limit in nominal seconds of work, so that the run repeats exactly.
        work: u32,
    },
    /// Offer what is free in a confirmed round to the next in line.
    OfferNext {
        /// The round.
        round: RoundId,
    },
}

impl Work {
    /// The name in tables and files.
    pub fn kind(&self) -> &'static str {
        match self {
            Work::PlanRound { .. } => "plan_round",
            Work::OfferNext { .. } => "offer_next",
        }
    }

    /// The round that it is about.
    pub fn round(&self) -> &RoundId {
        match self {
            Work::PlanRound { round, .. } | Work::OfferNext { round } => round,
        }
    }

    /// The laws of what is asked; DM240.
    pub fn proved(self) -> Result<Work, Fault> {
        if let Work::PlanRound { work, .. } = &self
            && !(1..=WORK_MOST).contains(work)
        {
            return Err(Fault::new(
                BAD_LIMITS,
                format!("{work} seconds of work"),
                format!("ask for 1 to {WORK_MOST} nominal seconds"),
            ));
        }
        Ok(self)
    }
}

/// Where a task stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskState {
    /// Waits for a worker.
    Queued,
    /// A worker holds it.
    Running,
    /// Its result is stored.
    Done,
    /// It cannot be done, or was tried too often.
    Failed,
    /// Somebody called it off.
    Cancelled,
}

impl TaskState {
    /// All of them, in order.
    pub const ALL: [TaskState; 5] = [
        TaskState::Queued,
        TaskState::Running,
        TaskState::Done,
        TaskState::Failed,
        TaskState::Cancelled,
    ];

    /// The name in tables and files.
    pub fn name(self) -> &'static str {
        match self {
            TaskState::Queued => "queued",
            TaskState::Running => "running",
            TaskState::Done => "done",
            TaskState::Failed => "failed",
            TaskState::Cancelled => "cancelled",
        }
    }

    /// True when nothing will change any more.
    pub fn is_over(self) -> bool {
        !matches!(self, TaskState::Queued | TaskState::Running)
    }
}

/// Why a task failed, as its fault said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Failure {
    /// Code of the fault.
    pub code: String,
    /// Cause.
    pub cause: String,
    /// What to do.
    pub action: String,
}

/// A wish to end a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cancel {
    /// Who, when, why.
    pub by: Signature,
    /// Store the best plan found until then.
    pub keep_best: bool,
}

/// A task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Task {
    /// Key.
    pub id: TaskId,
    /// What is asked.
    pub work: Work,
    /// Where it stands.
    pub state: TaskState,
    /// Higher goes first.
    pub priority: i32,
    /// Not to be claimed before this moment.
    pub not_before: DateTime<Utc>,
    /// How often a worker began.
    pub attempts: u32,
    /// Fencing token of the last claim; rises with each.
    pub token: u64,
    /// Who holds or held it.
    pub owner: Option<String>,
    /// Who asked, when.
    pub asked: Signature,
    /// The wish to end it.
    pub cancel: Option<Cancel>,
    /// Digest of what it made.
    pub result: Option<String>,
    /// Why it failed last.
    pub failure: Option<Failure>,
    /// When it ended.
    pub ended_at: Option<DateTime<Utc>>,
}

/// Who holds a running task, and until when unless the lease is renewed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lease {
    /// The task.
    pub task: TaskId,
    /// The worker.
    pub owner: String,
    /// Fencing token of the claim.
    pub token: u64,
    /// Over at this moment.
    pub until: DateTime<Utc>,
}

/// One step of a run, as the engine told it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Progress {
    /// The task.
    pub task: TaskId,
    /// Number within the task, from 1.
    pub number: u32,
    /// When.
    pub at: DateTime<Utc>,
    /// What is being done.
    pub phase: String,
    /// Best points so far, milli-points.
    pub value: Option<i64>,
    /// Best proven bound so far, milli-points.
    pub bound: Option<i64>,
    /// Gap in parts per million of the value, rounded up.
    pub gap_ppm: Option<i64>,
}
