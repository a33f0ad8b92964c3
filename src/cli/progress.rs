//! Progress of long verbs: a live line on a terminal, one JSON line per event on request, or
//! nothing. Everything goes to the error stream, so that results stay clean.

use std::io::IsTerminal;

use clap::ValueEnum;
use indicatif::{ProgressBar, ProgressStyle};

use super::show;
use crate::domain::points::Points;
use crate::solve::control::{Phase, Progress};

/// How progress is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Mode {
    /// A live line when the error stream is a terminal, else nothing.
    Auto,
    /// One JSON object per line and event.
    Json,
    /// Nothing.
    None,
}

/// Shows the progress of one run.
pub struct Shown {
    mode: Mode,
    line: Option<ProgressBar>,
}

impl Shown {
    /// Begins to show.
    pub fn begin(mode: Mode) -> Shown {
        let live = mode == Mode::Auto && std::io::stderr().is_terminal();
        let line = live.then(|| {
            let bar = ProgressBar::new_spinner();
            if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}") {
                bar.set_style(style);
            }
            bar.enable_steady_tick(std::time::Duration::from_millis(120));
            bar
        });
        Shown { mode, line }
    }

    /// A named step that has no figures.
    pub fn step(&self, text: &str) {
        if let Some(line) = &self.line {
            line.set_message(text.to_owned());
        }
        if self.mode == Mode::Json {
            show::say(&serde_json::json!({ "event": "step", "step": text }).to_string());
        }
    }

    /// An event of the solver.
    pub fn solver(&self, p: &Progress) {
        if let Some(line) = &self.line {
            line.set_message(sentence(p));
        }
        if self.mode == Mode::Json {
            let event = serde_json::json!({
                "event": "solve", "phase": phase(p.phase), "value": p.value, "bound": p.bound,
                "gap": p.gap, "seconds": p.seconds,
            });
            show::say(&event.to_string());
        }
    }

    /// Ends the live line.
    pub fn end(&self) {
        if let Some(line) = &self.line {
            line.finish_and_clear();
        }
    }
}

fn phase(phase: Phase) -> &'static str {
    match phase {
        Phase::Start => "start",
        Phase::Relax => "relax",
        Phase::Search => "search",
        Phase::Branch => "branch",
        Phase::Done => "done",
    }
}

fn sentence(p: &Progress) -> String {
    let points = |v: Option<i64>| v.map_or_else(|| "-".to_owned(), |n| Points(n).to_string());
    let gap = p
        .gap
        .map_or_else(|| "-".to_owned(), |g| format!("{:.3} %", g * 100.0));
    format!(
        "{:<7} value {}  bound {}  gap {}  {:.1} s",
        phase(p.phase),
        points(p.value),
        points(p.bound),
        gap,
        p.seconds
    )
}
