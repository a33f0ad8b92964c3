//! Verbs of the command line: one verb, one file, each with a typed, serialisable result.
//!
//! Not here: decisions (acts), HTTP (the binary hands the server in).

mod admin;
mod ask;
mod backup;
mod bench;
mod check;
mod demo;
mod demo_people;
mod doctor;
mod draw;
mod export;
mod figures;
mod files;
mod generate;
mod history;
mod import;
mod import_worker;
mod instance;
mod interrupt;
mod journal;
mod migrate;
mod plan;
mod policy;
mod progress;
mod replay;
mod restore;
mod retention;
mod round;
mod scenario;
mod serve;
mod setup;
mod show;
mod solve;
mod template;
mod undo;
mod verify;
mod worker;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

pub use serve::Serve;
pub use setup::tools;
pub use show::Stop;

/// Zhuchao (筑巢): allocates innovative industrial floor space, talent apartments and rent subsidy.
#[derive(Debug, Parser)]
#[command(name = "zhuchao", version, about, max_term_width = 100)]
pub struct Args {
    /// What every verb understands.
    #[command(flatten)]
    pub common: Common,
    /// The verb.
    #[command(subcommand)]
    pub verb: Verb,
}

/// What every verb understands.
#[derive(Debug, clap::Args)]
pub struct Common {
    /// Configuration file (TOML).
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Database: sqlite:PATH or postgres://USER@HOST/NAME. Default: DATABASE_URL, else .zhuchao/zhuchao.sqlite.
    #[arg(long, global = true, value_name = "URL")]
    pub database: Option<String>,
    /// Print the result as JSON.
    #[arg(long, global = true)]
    pub json: bool,
    /// How progress is shown.
    #[arg(long, global = true, value_enum, default_value = "auto")]
    pub progress: progress::Mode,
}

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Show everything on real data: an embedded database, one round solved, then a served page.
    Demo(demo::Demo),
    /// Serve the pages.
    Serve(serve::ServeArgs),
    /// Do the tasks of the queue.
    Worker(worker::Worker),
    /// Print one-time codes for the administrators that are missing.
    Admin,
    /// Create or update the tables of the database.
    Migrate,
    /// Examine the database: schema, references, journal chain, double allocation, digests.
    Doctor,
    /// Copy the database into a file while it is in use.
    Backup(backup::Backup),
    /// Replace the database by a backup.
    Restore(restore::Restore),
    /// Read a file of sites, units, apartments, firms, applications or quotas.
    Import(import::Import),
    /// Put back what an import changed; without a key, list the latest imports.
    Undo(undo::Undo),
    /// Write a table, a snapshot or a plan to a file.
    Export(export::Export),
    /// Write a workbook of a table, to be changed and imported again.
    Template(template::Template),
    /// The fenced reader of workbooks; the program starts it itself.
    #[command(hide = true)]
    ImportWorker,
    /// Freeze a round, solve it, prove the plan and store it.
    Plan(plan::PlanArgs),
    /// Show, examine, compare, try and publish policy documents.
    Policy(policy::Policy),
    /// Repeat draws of spot checks.
    Draw(draw::Draw),
    /// Prove a plan against its snapshot from the laws alone.
    Check(check::Check),
    /// Ask about a plan: why, what if, who should get it, what conflicts, who could complain.
    Ask(ask::Ask),
    /// Make a synthetic city on the real map.
    Generate(generate::Generate),
    /// Turn a snapshot into an instance of pure numbers.
    Instance(instance::InstanceArgs),
    /// Solve an instance.
    Solve(solve::Solve),
    /// Recompute value and bound of an outcome.
    Verify(verify::Verify),
    /// Rebuild decisions from what is stored and say whether they match.
    Replay(replay::ReplayArgs),
    /// Show who did what to a noun, with its state after each act.
    History(history::HistoryArgs),
    /// Browse the journal; export and verify the daily heads of its chain.
    Journal(journal::Journal),
    /// Show or erase what need not be kept any longer.
    Retention(retention::RetentionArgs),
    /// Show where a round stands; let offers lapse, offer to the next in line, end contracts by the clock.
    Round(round::RoundArgs),
    /// Ask for runs of scenarios.
    Scenario(scenario::ScenarioArgs),
    /// Measure import, candidates, nearest queries and the solver on this machine.
    Bench(bench::Bench),
}

/// Runs a verb; `server` is the door to the pages.
pub fn run(args: Args, server: &Serve) -> ExitCode {
    let json = args.common.json;
    match dispatch(args, server) {
        Ok(()) => ExitCode::SUCCESS,
        Err(stop) => show::stop(&stop, json),
    }
}

fn dispatch(args: Args, server: &Serve) -> Result<(), Stop> {
    let common = &args.common;
    match args.verb {
        Verb::Demo(verb) => verb.run(common, server),
        Verb::Serve(verb) => verb.run(common, server),
        Verb::Worker(verb) => verb.run(common),
        Verb::Admin => admin::run(common),
        Verb::Migrate => migrate::run(common),
        Verb::Doctor => doctor::run(common),
        Verb::Backup(verb) => verb.run(common),
        Verb::Restore(verb) => verb.run(common),
        Verb::Import(verb) => verb.run(common),
        Verb::Undo(verb) => verb.run(common),
        Verb::Export(verb) => verb.run(common),
        Verb::Template(verb) => verb.run(common),
        Verb::ImportWorker => import_worker::run(),
        Verb::Plan(verb) => verb.run(common),
        Verb::Policy(verb) => verb.run(common),
        Verb::Draw(verb) => verb.run(common),
        Verb::Check(verb) => verb.run(common),
        Verb::Ask(verb) => verb.run(common),
        Verb::Generate(verb) => verb.run(common),
        Verb::Instance(verb) => verb.run(common),
        Verb::Solve(verb) => verb.run(common),
        Verb::Verify(verb) => verb.run(common),
        Verb::Replay(verb) => verb.run(common),
        Verb::History(verb) => verb.run(common),
        Verb::Journal(verb) => verb.run(common),
        Verb::Retention(verb) => verb.run(common),
        Verb::Round(verb) => verb.run(common),
        Verb::Scenario(verb) => verb.run(common),
        Verb::Bench(verb) => verb.run(common),
    }
}
