//! A row of the solver's benchmark: one run.
//!
//! Gap = (bound - value) / |value| in percent. `known` says how the run stands to the literature:
//! `proven` (the known optimum, with proof), `optimal` (found, not proven), `best known`, the percent
//! below the best known value, or `WRONG` (a value above what is possible, or a bound below a value
//! that is known).
//!
//! Not here: how a run is made (`child`), the table (`table`).

use serde::Serialize;

use super::child::Ran;
use super::grid;
use super::source::Case;
use crate::acts::bench::known::Known;
use crate::cli::solve::status;
use crate::solve::outcome::{Outcome, Status, TraceRow};

/// Moments of the profile, in seconds.
pub const MOMENTS: [u32; 5] = [1, 5, 20, 60, 300];

/// One run.
#[derive(Debug, Serialize)]
pub struct Row {
    /// Name of the instance.
    pub name: String,
    /// Agents.
    pub agents: usize,
    /// Options.
    pub options: usize,
    /// Resources.
    pub resources: usize,
    /// Time limit.
    pub limit: f64,
    /// `optimal`, `feasible`, `infeasible`, `unknown`, or `failed` when there is no outcome.
    pub status: &'static str,
    /// Value.
    pub value: Option<i64>,
    /// Proven bound.
    pub bound: Option<f64>,
    /// Gap in percent of the value.
    pub gap_percent: Option<f64>,
    /// Seconds of the solver.
    pub seconds: f64,
    /// Peak of memory of its process in MiB.
    pub peak_mib: Option<u64>,
    /// Whether `verify` confirms value and bound.
    pub verified: bool,
    /// Against the known value.
    pub known: Option<String>,
    /// Value and bound over time.
    pub profile: Vec<Moment>,
}

/// What was known at a moment.
#[derive(Debug, Clone, Serialize)]
pub struct Moment {
    /// Seconds since the start.
    pub at: u32,
    /// Best value.
    pub value: Option<f64>,
    /// Best bound.
    pub bound: Option<f64>,
}

impl Row {
    /// The row of a run.
    pub fn of(case: &Case, limit: f64, ran: &Ran) -> Row {
        let outcome = ran.outcome.as_ref();
        let value = outcome.and_then(|o| o.value);
        let bound = outcome.and_then(|o| o.upper_bound).map(|b| b.as_f64());
        let [agents, options, resources] = case.shape;
        Row {
            name: case.name.clone(),
            agents,
            options,
            resources,
            limit,
            status: outcome.map_or("failed", |o| status(o.status)),
            value,
            bound,
            gap_percent: gap(value.map(|v| v as f64), bound),
            seconds: outcome.map_or(ran.wall, |o| o.seconds),
            peak_mib: ran.peak_mib,
            verified: ran.verified,
            known: outcome.zip(case.known).map(|(o, k)| against(o, bound, k)),
            profile: outcome.map_or_else(Vec::new, |o| profile(&o.trace, limit)),
        }
    }

    /// The row in one line, said when it is done.
    pub fn line(&self) -> String {
        self.cells().join("  ")
    }

    /// The cells of the row, as [`HEAD`] names them.
    pub fn cells(&self) -> Vec<String> {
        let mut cells = vec![
            self.name.clone(),
            self.agents.to_string(),
            self.options.to_string(),
            self.resources.to_string(),
        ];
        cells.extend([
            grid::or_dash(self.value),
            grid::or_dash(self.bound.map(|b| format!("{b:.0}"))),
            grid::or_dash(self.gap_percent.map(|g| format!("{g:.3}"))),
            format!("{:.1}", self.seconds),
            grid::or_dash(self.peak_mib),
            self.status.to_owned(),
            if self.verified { "yes" } else { "NO" }.to_owned(),
            grid::or_dash(self.known.as_deref()),
        ]);
        cells
    }
}

/// Names of the cells.
pub const HEAD: [&str; 12] = [
    "name",
    "agents",
    "options",
    "resources",
    "value",
    "bound",
    "gap %",
    "seconds",
    "peak MiB",
    "status",
    "verified",
    "known",
];

/// (bound - value) / |value| in percent.
pub fn gap(value: Option<f64>, bound: Option<f64>) -> Option<f64> {
    let (value, bound) = (value?, bound?);
    Some(100.0 * (bound - value).max(0.0) / value.abs().max(1.0))
}

fn against(outcome: &Outcome, bound: Option<f64>, known: Known) -> String {
    let Some(value) = outcome.value else {
        return "no value".to_owned();
    };
    let beaten = bound.is_some_and(|b| b + 0.5 < known.value as f64);
    if beaten || known.bound.is_some_and(|b| value > b) {
        return "WRONG".to_owned();
    }
    let best = known.bound == Some(known.value);
    match (value >= known.value, outcome.status) {
        (true, Status::Optimal) => "proven".to_owned(),
        (true, _) if best => "optimal".to_owned(),
        (true, _) => "best known".to_owned(),
        (false, _) => {
            let below = (known.value - value) as f64 / (known.value as f64).abs().max(1.0);
            format!("{:.4} % below", 100.0 * below)
        }
    }
}

/// The state at each moment that the limit allows.
fn profile(trace: &[TraceRow], limit: f64) -> Vec<Moment> {
    let allowed = MOMENTS.into_iter().filter(|at| f64::from(*at) <= limit);
    let moment = |at: u32| {
        let last = trace.iter().rev().find(|r| r.seconds <= f64::from(at));
        Moment {
            at,
            value: last.and_then(|r| r.value).map(|v| v.as_f64()),
            bound: last.and_then(|r| r.bound).map(|b| b.as_f64()),
        }
    };
    allowed.map(moment).collect()
}
