//! `zhuchao retention plan | apply [--settings FILE]`: what is due to be erased, and erasing it.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use serde::Serialize;

use super::{Common, Stop, files, setup, show};
use crate::acts::record::retention::{self, Applied, Due, Retention};
use crate::domain::fault::Fault;

/// Erase what need not be kept.
#[derive(Debug, clap::Args)]
pub struct RetentionArgs {
    /// `plan` shows what is due, `apply` erases it.
    #[arg(value_enum)]
    step: Step,
    /// Settings (TOML) instead of the defaults in data/policy/retention.toml.
    #[arg(long, value_name = "FILE")]
    settings: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Step {
    /// A dry run.
    Plan,
    /// Erase.
    Apply,
}

#[derive(Serialize)]
#[serde(transparent)]
struct Planned(Due);

impl fmt::Display for Planned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for item in &self.0.items {
            *counts.entry(item.what().name()).or_default() += 1;
        }
        write!(f, "{} things are due to be erased", self.0.items.len())?;
        for (what, count) in counts {
            write!(f, "\n  {what:<18} {count}")?;
        }
        Ok(())
    }
}

#[derive(Serialize)]
#[serde(transparent)]
struct Erased(Applied);

impl fmt::Display for Erased {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "erased: {} contents, {} drafts, {} objectors, {} sessions",
            self.0.erased.len(),
            self.0.drafts.len(),
            self.0.masked.len(),
            self.0.sessions
        )
    }
}

impl RetentionArgs {
    /// Runs the verb.
    pub fn run(self, common: &Common) -> Result<(), Stop> {
        let settings = self.read()?;
        let desk = setup::usual_desk(common)?;
        match self.step {
            Step::Plan => show::result(&Planned(retention::plan(&desk, &settings)?), common.json),
            Step::Apply => show::result(&Erased(retention::apply(&desk, &settings)?), common.json),
        }
    }

    fn read(&self) -> Result<Retention, Stop> {
        let Some(path) = &self.settings else {
            return Ok(retention::default_settings()?);
        };
        let text = String::from_utf8(files::read(path)?).map_err(|_| {
            let cause = format!("{} is not UTF-8", path.display());
            Fault::new(setup::NOT_TEXT, cause, "save the settings as UTF-8")
        })?;
        Ok(retention::read_settings(&text)?)
    }
}
