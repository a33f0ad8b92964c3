//! `zhuchao history NOUN`: who did what to a noun, with its state after each act, masked.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::{Common, Stop, setup, show};
use crate::acts::record::history::{self, History, Until};

/// Show a history.
#[derive(Debug, clap::Args)]
pub struct HistoryArgs {
    /// As the journal names it, for example "case A-1" or "round 2026-1".
    noun: String,
    /// Up to this entry.
    #[arg(long, conflicts_with = "at")]
    entry: Option<i64>,
    /// Up to this moment (RFC 3339).
    #[arg(long)]
    at: Option<DateTime<Utc>>,
}

#[derive(Serialize)]
#[serde(transparent)]
struct Shown(History);

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.subject)?;
        for e in &self.0.events {
            let by = e.by.as_deref().unwrap_or("-");
            let role = e.role.unwrap_or("-");
            let mark = if e.genuine { "" } else { "  (no record)" };
            write!(
                f,
                "\n{:>6}  {}  {}  {by} ({role}){mark}",
                e.entry, e.at, e.act
            )?;
        }
        if let Some(state) = &self.0.state {
            write!(f, "\n{state:#}")?;
        }
        Ok(())
    }
}

impl HistoryArgs {
    /// Runs the verb.
    pub fn run(self, common: &Common) -> Result<(), Stop> {
        let desk = setup::usual_desk(common)?;
        let until = match (self.entry, self.at) {
            (Some(entry), _) => Until::Entry(entry),
            (None, Some(at)) => Until::At(at),
            (None, None) => Until::Now,
        };
        let told = history::of(&desk, &self.noun, until)?;
        show::result(&Shown(told), common.json)
    }
}
