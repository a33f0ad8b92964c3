//! `zhuchao scenario run ID --work S`: asks for a run of a scenario; a worker does it.

use std::fmt;

use clap::Subcommand;
use serde::Serialize;

use super::{Common, Stop, setup, show};
use crate::acts::scenarios;
use crate::domain::ids::TaskId;

/// Run scenarios of a round.
#[derive(Debug, clap::Args)]
pub struct ScenarioArgs {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Ask for a run.
    Run {
        /// The scenario.
        id: String,
        /// Limit in nominal seconds of work.
        #[arg(long, value_name = "S", default_value_t = 60)]
        work: u32,
    },
}

/// A run that was asked for.
#[derive(Debug, Serialize)]
struct Asked {
    task: TaskId,
}

impl fmt::Display for Asked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "task {}", self.task)
    }
}

impl ScenarioArgs {
    /// Runs the verb.
    pub fn run(self, common: &Common) -> Result<(), Stop> {
        let desk = setup::usual_desk(common)?;
        let Verb::Run { id, work } = self.verb;
        let task = scenarios::run(&desk, &id.parse()?, work)?.id;
        show::result(&Asked { task }, common.json)
    }
}
