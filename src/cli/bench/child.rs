//! One run of the solver in a process of its own: `solve`, then `verify`, as anyone would call them.
//! The solver states its own peak of memory.
//!
//! Ctrl-C in a terminal reaches the child too, which ends with its best. A child that does not end
//! after a stop, or long after its limit, is ended.
//!
//! Not here: what is solved (`source`), tables (`row`).

use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::Context;
use serde_json::Value;

use crate::cli::{Stop, files};
use crate::planning::format;
use crate::solve::outcome::Outcome;

/// The flag that Ctrl-C sets.
pub type Flag = Arc<AtomicBool>;

/// How long a child may take after a stop.
const PATIENCE: Duration = Duration::from_secs(15);
/// How often a child is looked at.
const LOOK: Duration = Duration::from_millis(20);

/// A run to be done.
pub struct Child<'a> {
    /// The instance file.
    pub instance: &'a Path,
    /// Where the outcome goes.
    pub outcome: &'a Path,
    /// Time limit.
    pub seconds: f64,
    /// Threads.
    pub threads: u32,
}

/// What became of it.
pub struct Ran {
    /// The outcome, when one was written.
    pub outcome: Option<Outcome>,
    /// Peak of memory of the solver.
    pub peak_mib: Option<u64>,
    /// Whether value and bound were confirmed.
    pub verified: bool,
    /// Seconds from start to end of the process, reading and writing included.
    pub wall: f64,
}

impl Child<'_> {
    /// Solves and verifies.
    pub fn run(&self, stop: &Flag) -> Result<Ran, Stop> {
        // An outcome of an earlier run must not be taken for this one's.
        if self.outcome.exists() {
            std::fs::remove_file(self.outcome)?;
        }
        let begin = Instant::now();
        let limit = Duration::try_from_secs_f64(self.seconds * 2.0 + 600.0).ok();
        let said = run(self.solve()?, limit, stop)?;
        let wall = begin.elapsed().as_secs_f64();
        let Some(said) = said.filter(|_| self.outcome.exists()) else {
            return Ok(Ran {
                outcome: None,
                peak_mib: None,
                verified: false,
                wall,
            });
        };
        let bytes = files::read(self.outcome)?;
        Ok(Ran {
            outcome: Some(format::read_outcome(&bytes, format::UNPACKED_LIMIT)?),
            peak_mib: said["peak_mib"].as_u64(),
            verified: run(self.verify()?, None, stop)?.is_some_and(|v| v["ok"] == true),
            wall,
        })
    }

    fn solve(&self) -> Result<Command, Stop> {
        let mut command = own("solve")?;
        command.arg(self.instance).arg("-o").arg(self.outcome);
        command.args(["--seconds", &self.seconds.to_string()]);
        command.args(["--threads", &self.threads.to_string()]);
        Ok(command)
    }

    fn verify(&self) -> Result<Command, Stop> {
        let mut command = own("verify")?;
        command.arg(self.outcome).arg(self.instance);
        Ok(command)
    }
}

/// A verb of this program.
fn own(verb: &str) -> Result<Command, Stop> {
    let program = std::env::current_exe().context("where this program lies");
    let mut command = Command::new(program.map_err(Stop::Broken)?);
    command.args([verb, "--json", "--progress", "none"]);
    Ok(command)
}

/// Runs a verb to its end and gives its result; `None` when it failed or was ended.
fn run(mut command: Command, limit: Option<Duration>, stop: &Flag) -> Result<Option<Value>, Stop> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()?;
    let begin = Instant::now();
    let mut stopped: Option<Instant> = None;
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        if stop.load(Ordering::Relaxed) {
            stopped.get_or_insert_with(Instant::now);
        }
        let late = limit.is_some_and(|l| begin.elapsed() > l);
        if late || stopped.is_some_and(|s| s.elapsed() > PATIENCE) {
            child.kill()?;
            break child.wait()?;
        }
        std::thread::sleep(LOOK);
    };
    // A result is shorter than a pipe holds, so the child never waited for us to read.
    let mut said = String::new();
    if let Some(mut pipe) = child.stdout.take() {
        pipe.read_to_string(&mut said)?;
    }
    let result = serde_json::from_str(&said).ok();
    Ok(result.filter(|_| status.success()))
}
