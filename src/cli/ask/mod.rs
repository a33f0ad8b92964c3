//! `zhuchao ask QUESTION PLAN SNAPSHOT`: reasons of a plan and questions about it, from the files alone.
//!
//! Not here: plans in a database (REST), how answers are found (`planning`).

mod certificate;
mod shown;
mod what_if;

use std::path::PathBuf;

use clap::Subcommand;
use serde::Serialize;

use self::shown::Shown;
use super::{Common, Stop, files, show};
use crate::domain::plan::Plan;
use crate::domain::snapshot::Snapshot;
use crate::planning::ask::again::Effort;
use crate::planning::ask::footing::{Footing, prices_of};
use crate::planning::build::{self, Built};
use crate::planning::files as formats;
use crate::planning::format;
use crate::planning::why::book::Text;
use crate::planning::why::name::Names;

/// Ask about a plan.
#[derive(Debug, clap::Args)]
pub struct Ask {
    /// What is asked.
    #[command(subcommand)]
    what: What,
}

/// The questions.
#[derive(Debug, Subcommand)]
enum What {
    /// Why is an application where it is; without an application, all of them.
    Why(certificate::Why),
    /// What if a firm had a unit, a district, a place, or kept its own.
    Foil(what_if::Foil),
    /// Who should get a unit that is given back.
    Freed(what_if::Freed),
    /// What more quota, more apartments or a second building are worth.
    More(what_if::More),
    /// Which demands, pins and limits cannot all hold.
    Conflict(what_if::Conflict),
    /// Points against moves after a change.
    Frontier(what_if::Frontier),
    /// Who could complain about whom.
    Envy(what_if::Envy),
    /// The price of fairness, one row a mode.
    Fairness(what_if::Fairness),
    /// Points against the total quota, and the next yuan of every district.
    Money(what_if::Money),
}

impl Ask {
    /// Runs the verb.
    pub fn run(self, common: &Common) -> Result<(), Stop> {
        match self.what {
            What::Why(verb) => verb.run(common),
            What::Foil(verb) => verb.run(common),
            What::Freed(verb) => verb.run(common),
            What::More(verb) => verb.run(common),
            What::Conflict(verb) => verb.run(common),
            What::Frontier(verb) => verb.run(common),
            What::Envy(verb) => verb.run(common),
            What::Fairness(verb) => verb.run(common),
            What::Money(verb) => verb.run(common),
        }
    }
}

/// Seconds of a run that was given no limit.
const SECONDS: f64 = 10.0;

/// The plan that is asked about.
#[derive(Debug, clap::Args)]
struct About {
    /// plan.json, plain or gzip.
    plan: PathBuf,
    /// snapshot.json, plain or gzip.
    snapshot: PathBuf,
    /// outcome.json of the run, whose prices are used; without it a short run looks for some.
    #[arg(long, value_name = "OUTCOME")]
    outcome: Option<PathBuf>,
    /// Most seconds of one run; 10 unless given, 1 for a quick answer.
    #[arg(long, value_parser = super::solve::limit_seconds)]
    seconds: Option<f64>,
    /// Threads of one run.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=256))]
    threads: u32,
    /// English instead of Chinese.
    #[arg(long)]
    english: bool,
}

/// A plan, read.
struct Read {
    snapshot: Snapshot,
    plan: Plan,
    built: Built,
    prices: Option<Vec<f64>>,
    effort: Effort,
}

impl About {
    /// Prints an answer, for people as its sentences.
    fn show<T: Serialize>(&self, answer: T, told: Vec<Text>, common: &Common) -> Result<(), Stop> {
        let lines = told.into_iter().map(|t| self.said(t)).collect();
        show::result(&Shown { answer, lines }, common.json)
    }

    fn said(&self, text: Text) -> String {
        if self.english { text.en } else { text.zh }
    }

    fn read(&self) -> Result<Read, Stop> {
        let plan = formats::read_plan(&files::read(&self.plan)?)?;
        let snapshot = formats::read_snapshot(&files::read(&self.snapshot)?)?;
        let built = build::build(&snapshot)?;
        let prices = match &self.outcome {
            Some(file) => {
                let bytes = files::read(file)?;
                prices_of(&format::read_outcome(&bytes, format::UNPACKED_LIMIT)?)
            }
            None => None,
        };
        let effort = Effort {
            seconds: self.seconds.unwrap_or(SECONDS),
            threads: self.threads,
            seed: snapshot.round.seed,
            gap: 0.0,
            work: None,
        };
        Ok(Read {
            snapshot,
            plan,
            built,
            prices,
            effort,
        })
    }
}

impl Read {
    fn names(&self) -> Names<'_> {
        Names {
            snapshot: &self.snapshot,
            policy: &self.built.policy,
        }
    }

    fn footing(&self) -> Result<Footing<'_>, Stop> {
        let prices = Effort {
            gap: 0.02,
            ..self.effort.clone()
        };
        let (snapshot, built) = (&self.snapshot, &self.built);
        Ok(Footing::of(
            snapshot,
            built,
            &self.plan,
            self.prices.clone(),
            &prices,
        )?)
    }
}
