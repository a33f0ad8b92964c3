//! `zhuchao verify OUTCOME INSTANCE`: recomputes value and bound, and says what is wrong.

use std::fmt;
use std::path::PathBuf;

use serde::Serialize;

use super::solve::{Bound, status};
use super::{Common, Stop, files, show};
use crate::planning::format;
use crate::solve::verify::{BoundBy, verify};

/// Recompute value and bound of an outcome.
#[derive(Debug, clap::Args)]
pub struct Verify {
    /// outcome.json, plain or gzip.
    outcome: PathBuf,
    /// instance.json, plain or gzip.
    instance: PathBuf,
}

/// What was recomputed.
#[derive(Debug, Serialize)]
pub struct Verified {
    /// True when nothing is wrong.
    pub ok: bool,
    /// Name of the instance.
    pub instance: String,
    /// Status as stated.
    pub status: &'static str,
    /// Value, recomputed.
    pub value: Option<String>,
    /// Bound as stated.
    pub upper_bound: Option<Bound>,
    /// Bound that the published prices prove, recomputed in integers.
    pub price_bound: Option<String>,
    /// Bound that the block certificate proves, recomputed in integers.
    pub proof_bound: Option<String>,
    /// What confirms the stated bound: `prices`, `blocks`, `branching` (nothing does) or `none`.
    pub bound_by: &'static str,
    /// Everything that is wrong: code, place, text.
    pub wrong: Vec<String>,
}

impl fmt::Display for Verified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let head = if self.ok { "ok" } else { "WRONG" };
        let or_none = |v: Option<String>| v.unwrap_or_else(|| "none".to_owned());
        writeln!(f, "{head}  {}  {}", self.instance, self.status)?;
        writeln!(f, "value  {} (recomputed)", or_none(self.value.clone()))?;
        write!(f, "bound  {}", self.bound_line())?;
        for line in &self.wrong {
            write!(f, "\n  {line}")?;
        }
        Ok(())
    }
}

impl Verified {
    /// The stated bound and what confirms it.
    fn bound_line(&self) -> String {
        let Some(bound) = self.upper_bound else {
            return "none".to_owned();
        };
        let numbers = [&self.price_bound, &self.proof_bound].into_iter().flatten();
        let proven = numbers.filter_map(|n| n.parse::<i128>().ok()).min();
        match (self.bound_by, proven) {
            ("prices", _) => format!("{bound} (confirmed: by prices)"),
            ("blocks", _) => format!("{bound} (confirmed: by block prices)"),
            (_, Some(n)) => format!("{bound} (stated by branching; arithmetic confirms {n})"),
            (_, None) => format!("{bound} (stated; no arithmetic confirms it)"),
        }
    }
}

/// The name of what confirms a bound.
fn bound_by(by: BoundBy) -> &'static str {
    match by {
        BoundBy::Prices => "prices",
        BoundBy::Blocks => "blocks",
        BoundBy::Branching => "branching",
        BoundBy::None => "none",
    }
}

impl Verify {
    /// Runs the verb.
    pub fn run(self, common: &Common) -> Result<(), Stop> {
        let instance =
            format::read_instance(&files::read(&self.instance)?, format::UNPACKED_LIMIT)?;
        let outcome = format::read_outcome(&files::read(&self.outcome)?, format::UNPACKED_LIMIT)?;
        let report = verify(&instance, &outcome);
        let verified = Verified {
            ok: report.ok(),
            instance: outcome.instance.clone(),
            status: status(outcome.status),
            value: report.value.map(|v| v.to_string()),
            upper_bound: outcome.upper_bound.map(Bound),
            price_bound: report.price_bound.map(|b| b.to_string()),
            proof_bound: report.proof_bound.map(|b| b.to_string()),
            bound_by: bound_by(report.bound_by),
            wrong: report.findings.iter().map(ToString::to_string).collect(),
        };
        show::result(&verified, common.json)?;
        if verified.ok {
            Ok(())
        } else {
            Err(Stop::Wrong)
        }
    }
}
