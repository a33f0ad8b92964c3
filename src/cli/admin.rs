//! `zhuchao admin`: one-time codes for the administrators (三员) that are missing. Each is handed to
//! another person, who takes his role up at `/api/v1/setup` within a day.
//!
//! Not here: every later account (the system administrator makes them).

use std::fmt;

use serde::Serialize;

use super::{Common, Stop, setup, show};
use crate::acts::people::setup as first;

/// The codes.
#[derive(Serialize)]
pub struct Codes {
    /// One for each role that nobody holds.
    codes: Vec<Code>,
}

#[derive(Serialize)]
struct Code {
    role: &'static str,
    code: String,
    until: String,
}

impl fmt::Display for Codes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "hand each code to another person; it is shown once and works once"
        )?;
        for code in &self.codes {
            writeln!(f, "  {:<15} {}  until {}", code.role, code.code, code.until)?;
        }
        write!(
            f,
            "he sends it with login, name and password to POST /api/v1/setup"
        )
    }
}

/// Runs the verb.
pub fn run(common: &Common) -> Result<(), Stop> {
    let desk = setup::usual_desk(common)?;
    let issued = first::issue(&desk)?;
    let codes = issued.into_iter().map(|one| Code {
        role: one.role.name(),
        code: one.code,
        until: one.until.format("%Y-%m-%d %H:%M UTC").to_string(),
    });
    let codes = Codes {
        codes: codes.collect(),
    };
    show::result(&codes, common.json)
}
