//! `zhuchao policy ..`: show, examine, compare, try and publish policy documents. Only `publish`, and `show`
//! without a file, use the database.
//!
//! Not here: what a policy says (acts, policy).

mod compare;
mod effect;
mod examine;
mod publish;

use std::path::{Path, PathBuf};

use clap::Subcommand;

use super::{Common, Stop, files, setup, show};
use crate::acts::policy::{self, Document};
use crate::planning::files as formats;

/// Work on policy documents.
#[derive(Debug, clap::Args)]
pub struct Policy {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Show every rule with its values, evidence and basis.
    Show {
        /// Policy document (TOML); without it the stored version that is in force today.
        file: Option<PathBuf>,
    },
    /// Find cliffs, gaps, overlaps, unreachable and contradictory rules, missing or expired basis.
    Lint {
        /// Policy document (TOML).
        file: PathBuf,
    },
    /// Show what changes from one document to another, rule by rule.
    Diff {
        /// Old document.
        before: PathBuf,
        /// New document.
        after: PathBuf,
    },
    /// Show what a document would have done to a past round, without the solver.
    Simulate {
        /// The document to try.
        file: PathBuf,
        /// snapshot.json of the round, plain or gzip; it holds the policy that was in force.
        #[arg(long, value_name = "SNAPSHOT")]
        snapshot: PathBuf,
        /// plan.json of the round, plain or gzip; without it no money is compared.
        #[arg(long, value_name = "PLAN")]
        plan: Option<PathBuf>,
    },
    /// Publish a version: refused when the lint finds an error.
    Publish {
        /// Policy document (TOML).
        file: PathBuf,
        /// Examine only, write nothing.
        #[arg(long)]
        dry_run: bool,
    },
    /// Print the JSON Schema of a policy document.
    Schema,
}

impl Policy {
    /// Runs the verb.
    pub fn run(self, common: &Common) -> Result<(), Stop> {
        match self.verb {
            Verb::Show { file } => {
                let document = match file {
                    Some(file) => read(&file)?,
                    None => policy::in_force(&setup::usual_desk(common)?)?,
                };
                show::result(&examine::Shown::of(&document), common.json)
            }
            Verb::Lint { file } => lint(&file, common),
            Verb::Diff { before, after } => {
                let (before, after) = (read(&before)?, read(&after)?);
                show::result(&compare::Compared::of(&before, &after), common.json)
            }
            Verb::Simulate {
                file,
                snapshot,
                plan,
            } => simulate(&file, &snapshot, plan.as_deref(), common),
            Verb::Publish { file, dry_run } => {
                let bytes = files::read(&file)?;
                let desk = setup::usual_desk(common)?;
                let published = policy::publish(&desk, &bytes, dry_run)?;
                show::result(&publish::Outcome(published), common.json)
            }
            Verb::Schema => show::result(&Schema(policy::schema()), false),
        }
    }
}

/// The schema is JSON already, with or without `--json`.
#[derive(serde::Serialize)]
struct Schema(&'static str);

impl std::fmt::Display for Schema {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

/// Reads a document; every fault names the file.
fn read(file: &Path) -> Result<Document, Stop> {
    let bytes = files::read(file)?;
    policy::read(&bytes).map_err(|mut faults| {
        for fault in &mut faults.0 {
            let name = file.display().to_string();
            fault.place.source.get_or_insert(name);
        }
        Stop::Faults(faults)
    })
}

fn lint(file: &Path, common: &Common) -> Result<(), Stop> {
    let findings = policy::lint(&read(file)?);
    let bars = policy::bars(&findings);
    show::result(&examine::Linted::of(findings), common.json)?;
    if bars { Err(Stop::Wrong) } else { Ok(()) }
}

fn simulate(
    file: &Path,
    snapshot: &Path,
    plan: Option<&Path>,
    common: &Common,
) -> Result<(), Stop> {
    let after = read(file)?;
    let snapshot = formats::read_snapshot(&files::read(snapshot)?)?;
    let plan = match plan {
        Some(path) => Some(formats::read_plan(&files::read(path)?)?),
        None => None,
    };
    let effect = policy::simulate(&snapshot, plan.as_ref(), &after)?;
    show::result(&effect::Shown(effect), common.json)
}
