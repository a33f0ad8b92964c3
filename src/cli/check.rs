//! `zhuchao check PLAN SNAPSHOT`: proves a plan against its snapshot from the laws alone.

use std::fmt;
use std::path::PathBuf;

use serde::Serialize;

use super::{Common, Stop, files, show};
use crate::domain::fault::Fault;
use crate::planning::{check, files as formats};

/// Prove a plan.
#[derive(Debug, clap::Args)]
pub struct Check {
    /// plan.json, plain or gzip.
    plan: PathBuf,
    /// snapshot.json, plain or gzip.
    snapshot: PathBuf,
}

/// What the proof found.
#[derive(Debug, Serialize)]
pub struct Checked {
    /// True when no law is broken.
    pub ok: bool,
    /// Digest of the plan.
    pub plan: String,
    /// Digest of the snapshot.
    pub snapshot: String,
    /// Awards examined.
    pub awards: usize,
    /// Waiting applications examined.
    pub waiting: usize,
    /// Everything that is wrong.
    pub faults: Vec<Fault>,
}

impl fmt::Display for Checked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ok {
            writeln!(
                f,
                "the plan keeps every law: {} awards, {} waiting",
                self.awards, self.waiting
            )?;
        } else {
            writeln!(f, "the plan is refused: {} faults", self.faults.len())?;
        }
        for fault in &self.faults {
            writeln!(f, "  {fault}")?;
        }
        writeln!(f, "plan      {}", self.plan)?;
        write!(f, "snapshot  {}", self.snapshot)
    }
}

impl Check {
    /// Runs the verb.
    pub fn run(self, common: &Common) -> Result<(), Stop> {
        let plan = formats::read_plan(&files::read(&self.plan)?)?;
        let snapshot = formats::read_snapshot(&files::read(&self.snapshot)?)?;
        let faults = check::check(&snapshot, &plan);
        let checked = Checked {
            ok: faults.is_empty(),
            plan: formats::plan_digest(&plan),
            snapshot: formats::snapshot_digest(&snapshot),
            awards: plan.awards.len(),
            waiting: plan.waiting.len(),
            faults,
        };
        show::result(&checked, common.json)?;
        if checked.ok { Ok(()) } else { Err(Stop::Wrong) }
    }
}
