//! `zhuchao doctor`: examines the database and says what is wrong; exit status 1 when anything is.

use std::fmt;

use serde::Serialize;

use super::{Common, Stop, setup, show};
use crate::acts::care;
use crate::domain::fault::Fault;

/// What was examined.
#[derive(Debug, Serialize)]
pub struct Examined {
    /// True when nothing is wrong.
    pub healthy: bool,
    /// Names of the checks made.
    pub checks: Vec<&'static str>,
    /// What is wrong.
    pub faults: Vec<Fault>,
}

impl fmt::Display for Examined {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "examined: {}", self.checks.join(", "))?;
        if self.healthy {
            return f.write_str("nothing is wrong");
        }
        write!(f, "{} things are wrong", self.faults.len())?;
        for fault in &self.faults {
            write!(f, "\n  {fault}")?;
        }
        Ok(())
    }
}

/// Runs the verb.
pub fn run(common: &Common) -> Result<(), Stop> {
    let desk = setup::usual_desk(common)?;
    let (checks, faults) = care::examine(&desk)?;
    let examined = Examined {
        healthy: faults.is_empty(),
        checks,
        faults,
    };
    show::result(&examined, common.json)?;
    if examined.healthy {
        Ok(())
    } else {
        Err(Stop::Wrong)
    }
}
