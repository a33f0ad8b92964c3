//! `zhuchao verify OUTCOME INSTANCE`: recomputes value and bound, and says what is wrong.

use std::fmt;
use std::path::PathBuf;

use serde::Serialize;

use super::solve::{Bound, status};
use super::{Common, Stop, files, show};
use crate::planning::format;
use crate::solve::verify::verify;

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
    /// Everything that is wrong: code, place, text.
    pub wrong: Vec<String>,
}

impl fmt::Display for Verified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let head = if self.ok { "ok" } else { "WRONG" };
        let or_none = |v: Option<String>| v.unwrap_or_else(|| "none".to_owned());
        writeln!(f, "{head}  {}  {}", self.instance, self.status)?;
        writeln!(f, "value  {} (recomputed)", or_none(self.value.clone()))?;
        writeln!(
            f,
            "bound  {} (as stated)",
            or_none(self.upper_bound.map(|b| b.to_string()))
        )?;
        write!(
            f,
            "prices prove  {}",
            self.price_bound
                .as_deref()
                .unwrap_or("nothing: none are published")
        )?;
        for line in &self.wrong {
            write!(f, "\n  {line}")?;
        }
        Ok(())
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
