//! `zhuchao solve INSTANCE -o OUTCOME`: choices for an instance with a proven bound. Ctrl-C keeps
//! the best choices and the best bound.

use std::fmt;
use std::path::PathBuf;

use serde::Serialize;

use super::interrupt::Interrupt;
use super::progress::Shown;
use super::{Common, Stop, files, show};
use crate::acts::bench::peak_mib;
use crate::planning::format;
use crate::solve::control::{Settings, Watch};
use crate::solve::outcome::{Number, Outcome, Status};

/// Solve an instance.
#[derive(Debug, clap::Args)]
pub struct Solve {
    /// instance.json, plain or gzip.
    instance: PathBuf,
    /// Where to write the outcome; a name ending in .gz is packed.
    #[arg(short, long, value_name = "OUTCOME")]
    output: PathBuf,
    /// Start from the choices of an earlier outcome; what does not fit any more is left out.
    #[arg(long, value_name = "OUTCOME")]
    start: Option<PathBuf>,
    /// Limits of the run.
    #[command(flatten)]
    limits: Limits,
}

/// Seconds of a run that was given no limit.
const SECONDS: f64 = 60.0;

/// Limits of a run of the solver.
#[derive(Debug, Clone, clap::Args)]
pub struct Limits {
    /// Longest time in seconds of the wall clock [default: 60, or ample when work is the limit].
    #[arg(long, value_parser = limit_seconds)]
    pub seconds: Option<f64>,
    /// Threads: one improves the bound while the others search.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=256))]
    pub threads: u32,
    /// Seed. Of a plan the default is the seed that the round announced.
    #[arg(long)]
    pub seed: Option<u64>,
    /// Relative gap at which to stop, for example 0.01; 0 asks for a proof.
    #[arg(long, default_value_t = 0.0, value_parser = gap)]
    pub gap: f64,
    /// Limit by work instead of time, in nominal seconds: the same instance, seed, threads and work
    /// give the same outcome, byte for byte. A plan is always limited so [default: half of the
    /// seconds]; the time limit then only ends a run that takes too long.
    #[arg(long, value_parser = limit_seconds)]
    pub work: Option<f64>,
}

impl Limits {
    /// Longest time on the wall clock: a run limited by work gets ample time, unless told.
    pub fn wall(&self) -> f64 {
        let ample = self.work.map_or(SECONDS, |w| SECONDS + 20.0 * w);
        self.seconds.unwrap_or(ample)
    }

    /// The limits of an official run: by work, so that it repeats exactly.
    pub fn official(&self) -> Limits {
        let usual = self.seconds.unwrap_or(SECONDS) / 2.0;
        Limits {
            work: self.work.or(Some(usual)),
            ..self.clone()
        }
    }

    /// The settings of the solver; `seed` when none was given.
    pub fn settings(&self, seed: u64) -> Settings {
        Settings {
            seconds: self.wall(),
            threads: self.threads,
            seed: self.seed.unwrap_or(seed),
            gap: self.gap,
            work: self.work,
        }
    }
}

/// Seconds as a flag gives them.
pub fn limit_seconds(text: &str) -> Result<f64, String> {
    ranged(text, 0.0, 1e7, "seconds from 0 to 10000000")
}

fn gap(text: &str) -> Result<f64, String> {
    ranged(text, 0.0, 1.0, "a share from 0 to 1")
}

fn ranged(text: &str, low: f64, high: f64, what: &str) -> Result<f64, String> {
    let number: Option<f64> = text.parse().ok();
    number
        .filter(|n| (low..=high).contains(n))
        .ok_or_else(|| format!("give {what}"))
}

/// The line that is printed.
#[derive(Debug, Serialize)]
pub struct Solved {
    /// File.
    pub file: PathBuf,
    /// `optimal`, `feasible`, `infeasible` or `unknown`.
    pub status: &'static str,
    /// Value.
    pub value: Option<i64>,
    /// Proven bound.
    pub upper_bound: Option<Bound>,
    /// What proves the bound: `prices`, `blocks` or `branching`; `none` without a bound.
    pub bound_by: &'static str,
    /// Seconds taken.
    pub seconds: f64,
    /// Method.
    pub engine: Option<String>,
    /// Peak of memory of this process in MiB, where the system says it.
    pub peak_mib: Option<u64>,
}

impl Solved {
    fn of(outcome: &Outcome, file: PathBuf) -> Solved {
        Solved {
            file,
            status: status(outcome.status),
            value: outcome.value,
            upper_bound: outcome.upper_bound.map(Bound),
            bound_by: bound_by(outcome),
            seconds: outcome.seconds,
            engine: outcome.engine.as_ref().map(|e| e.name.clone()),
            peak_mib: peak_mib(),
        }
    }
}

/// A bound as stated: exact when it is whole.
#[derive(Debug, Clone, Copy)]
pub struct Bound(pub Number);

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Number::Whole(n) => write!(f, "{n}"),
            Number::Real(x) => write!(f, "{x}"),
        }
    }
}

impl Serialize for Bound {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Number::Whole(n) => s.serialize_i64(n),
            Number::Real(x) => s.serialize_f64(x),
        }
    }
}

/// What proves the bound of an outcome of ours.
fn bound_by(outcome: &Outcome) -> &'static str {
    let blocks = outcome.proof.as_ref().map(|p| Number::Whole(p.bound));
    match outcome.upper_bound {
        None => "none",
        Some(_) if outcome.prices.is_some() => "prices",
        bound if bound == blocks => "blocks",
        Some(_) => "branching",
    }
}

/// The name of a status in the format.
pub fn status(status: Status) -> &'static str {
    match status {
        Status::Optimal => "optimal",
        Status::Feasible => "feasible",
        Status::Infeasible => "infeasible",
        Status::Unknown => "unknown",
    }
}

impl fmt::Display for Solved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = |v: Option<String>| v.unwrap_or_else(|| "none".to_owned());
        let gap = match (self.value, self.upper_bound) {
            (Some(v), Some(b)) => {
                let open = (b.0.as_f64() - v as f64).max(0.0);
                format!("{:.4} %", 100.0 * open / (v as f64).abs().max(1.0))
            }
            _ => "none".to_owned(),
        };
        writeln!(f, "status  {}", self.status)?;
        writeln!(f, "value   {}", text(self.value.map(|v| v.to_string())))?;
        let how = match self.bound_by {
            "blocks" => "by block prices",
            "prices" => "by prices",
            _ => "by branching",
        };
        match self.upper_bound {
            Some(b) => writeln!(f, "bound   {b} ({how})")?,
            None => writeln!(f, "bound   none")?,
        }
        writeln!(f, "gap     {gap}")?;
        writeln!(f, "time    {:.2} s", self.seconds)?;
        write!(f, "file    {}", self.file.display())
    }
}

impl Solve {
    /// Runs the verb.
    pub fn run(self, common: &Common) -> Result<(), Stop> {
        let instance =
            format::read_instance(&files::read(&self.instance)?, format::UNPACKED_LIMIT)?;
        let start = match &self.start {
            Some(file) => {
                format::read_outcome(&files::read(file)?, format::UNPACKED_LIMIT)?.choices
            }
            None => Vec::new(),
        };
        let stop = Interrupt::install();
        let shown = Shown::begin(common.progress);
        let sink = |p| shown.solver(&p);
        let watch = Watch::start(self.limits.wall(), stop.flag(), &sink);
        let settings = self.limits.settings(1);
        let outcome = crate::solve::solve_from(&instance, &settings, &watch, &start);
        shown.end();
        let packing = format::Packing::for_name(&self.output.to_string_lossy());
        files::write(&self.output, &format::write_outcome(&outcome, packing)?)?;
        show::result(&Solved::of(&outcome, self.output), common.json)
    }
}
