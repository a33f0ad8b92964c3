//! Showing results and errors: for people as text, with `--json` as the typed result itself.
//!
//! Not here: what is shown.

use std::fmt::Display;
use std::io::{self, Write};
use std::process::ExitCode;

use serde::Serialize;

use crate::domain::fault::{Code, Fault, Faults, Place};
use crate::solve::finding::Finding;

/// How a verb ends: done, done but what was examined is wrong, or not done.
#[derive(Debug)]
pub enum Stop {
    /// Bad input or a refusal; every fault is listed. Exit status 1.
    Faults(Faults),
    /// What was examined is wrong, and the result that says so is already shown. Exit status 1.
    Wrong,
    /// The machine failed: disk, database, network. Exit status 2.
    Broken(anyhow::Error),
}

impl From<Faults> for Stop {
    fn from(faults: Faults) -> Self {
        Stop::Faults(faults)
    }
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Stop::Faults(fault.into())
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Stop::Broken(error.into())
    }
}

/// Shows a result. A closed pipe is not an error of ours.
pub fn result<T: Serialize + Display>(value: &T, json: bool) -> Result<(), Stop> {
    let text = if json {
        serde_json::to_string_pretty(value).map_err(|e| Stop::Broken(e.into()))?
    } else {
        value.to_string()
    };
    match writeln!(io::stdout().lock(), "{}", text.trim_end()) {
        Err(e) if e.kind() != io::ErrorKind::BrokenPipe => Err(e.into()),
        _ => Ok(()),
    }
}

/// Says a line on the error stream. Nobody may be listening there, and that is no error of ours.
pub fn say(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Shows why a verb stopped and gives its exit status.
pub fn stop(stop: &Stop, json: bool) -> ExitCode {
    match stop {
        Stop::Wrong => ExitCode::from(1),
        Stop::Faults(faults) if json => {
            let body = serde_json::json!({ "faults": faults.0 });
            say(&body.to_string());
            ExitCode::from(1)
        }
        Stop::Faults(faults) => {
            say(&faults.to_string());
            ExitCode::from(1)
        }
        Stop::Broken(error) => {
            say(&format!("zhuchao: {error:#}"));
            ExitCode::from(2)
        }
    }
}

impl From<Vec<Finding>> for Stop {
    fn from(findings: Vec<Finding>) -> Self {
        let fault = |f: &Finding| {
            Fault::new(
                Code(f.code.0),
                f.text.clone(),
                "correct the file, or write it anew with this program",
            )
            .at(Place {
                column: (!f.place.is_empty()).then(|| f.place.clone()),
                ..Place::default()
            })
        };
        Stop::Faults(Faults(findings.iter().map(fault).collect()))
    }
}

impl From<Finding> for Stop {
    fn from(finding: Finding) -> Self {
        vec![finding].into()
    }
}
