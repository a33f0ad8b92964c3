//! Tasks, the leases on them and how they go.
//!
//! A lease that is renewed and a step of progress are bookkeeping (see [`Bookkept`]).

use chrono::{DateTime, SecondsFormat, Utc};

use super::error::StoreError;
use super::noun::{Bookkept, Cell, Noun};
use super::select::{Filter, select};
use super::tx::Reading;
use crate::domain::ids::TaskId;
use crate::domain::task::{Lease, Progress, Task};

fn stamp(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Micros, true)
}

impl Noun for Task {
    const NOUN: &'static str = "task";
    const TABLE: &'static str = "tasks";
    const COLUMNS: &'static [&'static str] = &["kind", "round_id", "state"];

    fn key(&self) -> String {
        self.id.to_string()
    }

    fn cells(&self) -> Vec<Cell> {
        vec![
            Cell::Text(self.work.kind().to_owned()),
            Cell::Text(self.work.round().to_string()),
            Cell::Text(self.state.name().to_owned()),
        ]
    }
}

impl Noun for Lease {
    const NOUN: &'static str = "lease";
    const TABLE: &'static str = "leases";
    const COLUMNS: &'static [&'static str] = &["until"];

    fn key(&self) -> String {
        self.task.to_string()
    }

    fn cells(&self) -> Vec<Cell> {
        vec![Cell::Text(stamp(self.until))]
    }
}

impl Bookkept for Lease {}

impl Noun for Progress {
    const NOUN: &'static str = "step of a task";
    const TABLE: &'static str = "task_progress";
    const COLUMNS: &'static [&'static str] = &["task_id"];

    fn key(&self) -> String {
        step(&self.task, self.number)
    }

    fn cells(&self) -> Vec<Cell> {
        vec![Cell::Text(self.task.to_string())]
    }
}

impl Bookkept for Progress {}

/// Keys of steps sort by number.
fn step(task: &TaskId, number: u32) -> String {
    format!("{task}/{number:010}")
}

/// The steps of a task after a number, in order.
pub fn steps(tx: &mut Reading<'_>, task: &TaskId, after: u32) -> Result<Vec<Progress>, StoreError> {
    let filter = Filter {
        order: None,
        equal: vec![("task_id", task.to_string())],
        after: Some(step(task, after)),
        limit: 0,
    };
    select(tx, &filter)
}
