//! `zhuchao migrate`: creates or updates the tables.

use std::fmt;

use serde::Serialize;

use super::{Common, Stop, setup, show};
use crate::acts::care;

/// What was done.
#[derive(Debug, Serialize)]
pub struct Migrated {
    /// Steps taken, in order.
    pub steps: Vec<String>,
}

impl fmt::Display for Migrated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.steps.is_empty() {
            return f.write_str("the tables are up to date");
        }
        write!(f, "steps taken: {}", self.steps.join(", "))
    }
}

/// Runs the verb.
pub fn run(common: &Common) -> Result<(), Stop> {
    let desk = setup::usual_desk(common)?;
    let steps = care::migrate(&desk)?;
    show::result(&Migrated { steps }, common.json)
}
