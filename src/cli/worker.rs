//! `zhuchao worker`: does the tasks of the queue until told to stop. Ctrl-C hands the running task
//! back, so that another worker does it whole.

use std::fmt;

use serde::Serialize;

use super::interrupt::Interrupt;
use super::{Common, Stop, setup, show};
use crate::acts::care;
use crate::domain::fault::Fault;
use crate::domain::task::Task;
use crate::worker::Worker as Hands;

/// Work on tasks.
#[derive(Debug, clap::Args)]
pub struct Worker {
    /// Do at most one task, then end.
    #[arg(long)]
    once: bool,
    /// Name of this worker in the journal. Default: one made of the number of the process.
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
}

/// What the worker did.
#[derive(Debug, Serialize)]
pub struct Worked {
    /// The task; `None` when none waited.
    pub task: Option<Task>,
}

impl fmt::Display for Worked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.task {
            Some(task) => write!(f, "task {}  {}", task.id, task.state.name()),
            None => write!(f, "no task waits"),
        }
    }
}

impl Worker {
    /// Runs the verb.
    pub fn run(self, common: &Common) -> Result<(), Stop> {
        let desk = setup::usual_desk(common)?;
        if !care::pending(&desk)?.is_empty() {
            let cause = "the tables are missing or older than this program";
            return Err(
                Fault::new(super::serve::NOT_MIGRATED, cause, "run `zhuchao migrate`").into(),
            );
        }
        let name = self.name.unwrap_or_else(|| std::process::id().to_string());
        let hands = Hands::new(&desk, &name, Interrupt::install().flag());
        if self.once {
            return show::result(
                &Worked {
                    task: hands.once()?,
                },
                common.json,
            );
        }
        show::say(&format!("worker {name} waits for tasks  (Ctrl-C ends)"));
        hands.work();
        Ok(())
    }
}
