//! `zhuchao plan --round ID`: freezes the round, solves it, proves the plan and stores it. Ctrl-C
//! ends the solving; the best plan so far is proved and stored with its bound.

use std::fmt;
use std::path::PathBuf;

use serde::Serialize;

use super::figures::Figures;
use super::interrupt::Interrupt;
use super::progress::Shown;
use super::solve::Limits;
use super::{Common, Stop, files, setup, show};
use crate::acts::plan::{self, Made};
use crate::acts::{Desk, freeze};
use crate::domain::ids::RoundId;
use crate::planning::files as formats;
use crate::planning::format::{self, Packing};
use crate::planning::summary::Summary;
use crate::solve::control::Watch;

/// Freeze, solve, prove and store.
#[derive(Debug, clap::Args)]
pub struct PlanArgs {
    /// The round.
    #[arg(long, value_name = "ID")]
    round: RoundId,
    /// Plan the newest snapshot as it is, do not freeze anew.
    #[arg(long)]
    keep_snapshot: bool,
    /// Also write snapshot, instance, outcome and plan into this folder.
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Limits of the run.
    #[command(flatten)]
    limits: Limits,
}

/// A stored plan in figures.
#[derive(Debug, Serialize)]
pub struct Planned {
    /// The round.
    pub round: RoundId,
    /// Digest of the plan.
    pub plan: String,
    /// Digest of the snapshot.
    pub snapshot: String,
    /// Seconds of the solver.
    pub seconds: f64,
    /// The figures.
    pub summary: Summary,
    /// Folder with the files that anyone needs to check it.
    pub files: Option<PathBuf>,
}

impl fmt::Display for Planned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "round     {}", self.round)?;
        writeln!(f, "{}", Figures(&self.summary))?;
        writeln!(f, "time      {:.2} s", self.seconds)?;
        writeln!(f, "plan      {}", self.plan)?;
        write!(f, "snapshot  {}", self.snapshot)?;
        if let Some(folder) = &self.files {
            let d = folder.display();
            write!(
                f,
                "\ncheck it  zhuchao check {d}/plan.json {d}/snapshot.json.gz"
            )?;
            write!(
                f,
                "\n          zhuchao verify {d}/outcome.json {d}/instance.json.gz"
            )?;
        }
        Ok(())
    }
}

impl PlanArgs {
    /// Runs the verb.
    pub fn run(self, common: &Common) -> Result<(), Stop> {
        let desk = setup::usual_desk(common)?;
        let stop = Interrupt::install();
        let shown = Shown::begin(common.progress);
        if !self.keep_snapshot {
            shown.step("freezing the round");
            freeze::freeze(&desk, &self.round)?;
        }
        let made = make(&desk, &self.round, &self.limits, &shown, &stop)?;
        shown.end();
        if let Some(folder) = &self.output {
            write_files(folder, &made)?;
        }
        show::result(&planned(self.round, &made, self.output)?, common.json)
    }
}

/// Solves and stores, with progress and Ctrl-C.
pub fn make(
    desk: &Desk,
    round: &RoundId,
    limits: &Limits,
    shown: &Shown,
    stop: &Interrupt,
) -> Result<Made, Stop> {
    shown.step("solving");
    let limits = limits.official();
    let (_, snapshot) = plan::newest_snapshot(desk, round)?;
    let sink = |p| shown.solver(&p);
    let watch = Watch::start(limits.wall(), stop.flag(), &sink);
    Ok(plan::plan(
        desk,
        round,
        &limits.settings(snapshot.round.seed),
        &watch,
    )?)
}

/// The figures of a plan that was made.
pub fn planned(round: RoundId, made: &Made, files: Option<PathBuf>) -> Result<Planned, Stop> {
    Ok(Planned {
        round,
        plan: made.digest.clone(),
        snapshot: made.run.plan.snapshot.clone(),
        seconds: made.run.outcome.seconds,
        summary: Summary::of(&made.snapshot, &made.run.plan)?,
        files,
    })
}

/// Writes everything that anyone needs to check a plan.
pub fn write_files(folder: &std::path::Path, made: &Made) -> Result<(), Stop> {
    std::fs::create_dir_all(folder)?;
    let snapshot = formats::packed(formats::write_snapshot(&made.snapshot), Packing::Gzip)?;
    files::write(&folder.join("snapshot.json.gz"), &snapshot)?;
    files::write(
        &folder.join("instance.json.gz"),
        &format::write_instance(&made.run.instance, Packing::Gzip)?,
    )?;
    files::write(
        &folder.join("outcome.json"),
        &format::write_outcome(&made.run.outcome, Packing::Plain)?,
    )?;
    files::write(
        &folder.join("plan.json"),
        &formats::write_plan(&made.run.plan),
    )
}
