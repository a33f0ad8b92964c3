//! `zhuchao bench reasons [--sizes S,M] [--seed N]`: seconds of every kind of question on synthetic cities:
//! build, certificate of all, screening and answer of a foil, freed unit, frontier, envy, conflict.
//!
//! Not here: whether the answers are right (tests compare them with brute force).

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use serde::Serialize;

use super::source::Size;
use crate::acts::bench;
use crate::cli::solve::limit_seconds;
use crate::cli::{Common, Stop, show};
use crate::domain::snapshot::Snapshot;
use crate::planning::ask::again::Effort;
use crate::planning::ask::footing::{Footing, prices_of};
use crate::planning::build::{self, Built};
use crate::planning::disrupt::{self, Event};
use crate::planning::facts::Facts;
use crate::planning::fair::envy::pairs;
use crate::planning::fair::rank::rank;
use crate::planning::fair::serial::Taken;
use crate::planning::foil::{self, Demand};
use crate::planning::inverse::freed::{Depth, freed};
use crate::planning::run::{self, Settings, Watch};
use crate::planning::why::certificate::Office;
use crate::planning::why::viewer::Viewer;

/// What is measured.
#[derive(Debug, clap::Args)]
pub struct ReasonsBench {
    /// Sizes of the cities: S, M, L, XL or a number of firms.
    #[arg(long, value_delimiter = ',', default_value = "S,M")]
    sizes: Vec<Size>,
    /// Seed of the cities.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Seconds for the plan that is asked about.
    #[arg(long, default_value_t = 20.0, value_parser = limit_seconds)]
    plan: f64,
    /// Seconds for one run of an answer.
    #[arg(long, default_value_t = 10.0, value_parser = limit_seconds)]
    seconds: f64,
    /// Threads.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=256))]
    threads: u32,
    /// Foils, freed units and frontiers of each city; the seconds are the mean and the most.
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u8).range(1..=50))]
    times: u8,
}

/// Seconds of one kind of question.
#[derive(Debug, Serialize)]
struct Row {
    size: String,
    question: &'static str,
    times: usize,
    mean: f64,
    most: f64,
    note: String,
}

#[derive(Debug, Serialize)]
struct Table(Vec<Row>);

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "| size | question | times | mean s | most s | note |")?;
        writeln!(f, "|---|---|---|---|---|---|")?;
        for r in &self.0 {
            writeln!(
                f,
                "| {} | {} | {} | {:.3} | {:.3} | {} |",
                r.size, r.question, r.times, r.mean, r.most, r.note
            )?;
        }
        Ok(())
    }
}

impl ReasonsBench {
    /// Runs the verb.
    pub fn run(self, common: &Common) -> Result<(), Stop> {
        let mut rows = Vec::new();
        for size in &self.sizes {
            let snapshot = bench::city(size.firms(), self.seed)?;
            let begin = Instant::now();
            let built = build::build(&snapshot)?;
            let seconds = begin.elapsed().as_secs_f64();
            let label = size.label();
            rows.push(row(&label, "build the instance", &[seconds], String::new()));
            self.city(&label, &snapshot, &built, &mut rows)?;
        }
        show::result(&Table(rows), common.json)
    }

    fn effort(&self, seed: u64) -> Effort {
        Effort {
            seconds: self.seconds,
            threads: self.threads,
            seed,
            gap: 0.0,
            work: None,
        }
    }

    fn city(
        &self,
        size: &str,
        snapshot: &Snapshot,
        built: &Built,
        rows: &mut Vec<Row>,
    ) -> Result<(), Stop> {
        let quiet = |_| {};
        let watch = Watch::start(self.plan, go(), &quiet);
        let settings = Settings {
            threads: self.threads,
            ..Settings::official(self.plan, snapshot.round.seed)
        };
        let made = run::run(snapshot, &settings, &watch)?;
        let gap = made.plan.proof.gap_ppm().unwrap_or(-1);
        let effort = self.effort(snapshot.round.seed);
        let prices = prices_of(&made.outcome);
        let footing = Footing::of(snapshot, built, &made.plan, prices, &effort)?;
        rows.push(row(
            size,
            "(the plan)",
            &[self.plan],
            format!("gap {gap} ppm"),
        ));
        self.reasons(size, snapshot, &footing, rows)?;
        self.foils(size, &footing, &effort, rows)?;
        self.inverse(size, &footing, &effort, rows)?;
        self.frontiers(size, &footing, &effort, rows)?;
        let begin = Instant::now();
        let order = rank(snapshot, built)?;
        let taken = Taken::of(&built.instance, footing.chosen.clone());
        let found = pairs(&built.instance, &taken, &order).len();
        let seconds = begin.elapsed().as_secs_f64();
        rows.push(row(
            size,
            "envy report",
            &[seconds],
            format!("{found} pairs"),
        ));
        Ok(())
    }

    fn reasons(
        &self,
        size: &str,
        snapshot: &Snapshot,
        footing: &Footing<'_>,
        rows: &mut Vec<Row>,
    ) -> Result<(), Stop> {
        let facts = Facts::of(snapshot)?;
        let office = Office::of(&facts, footing)?;
        let mut each = Vec::new();
        for application in snapshot.applications.iter().take(200) {
            let begin = Instant::now();
            office.sheet(&application.id, &Viewer::All)?;
            each.push(begin.elapsed().as_secs_f64());
        }
        rows.push(row(size, "certificate", &each, String::new()));
        Ok(())
    }

    fn foils(
        &self,
        size: &str,
        footing: &Footing<'_>,
        effort: &Effort,
        rows: &mut Vec<Row>,
    ) -> Result<(), Stop> {
        let quote = footing.quote()?;
        let quick = Effort {
            seconds: 1.0,
            ..effort.clone()
        };
        let (mut screened, mut answered, mut exact, mut width) = (Vec::new(), Vec::new(), 0, 0);
        for n in waiting(footing).into_iter().take(self.times.into()) {
            let Some(case) = footing.case_of(n) else {
                continue;
            };
            let demands = [Demand::Place {
                application: case.application.clone(),
            }];
            let begin = Instant::now();
            foil::screen(footing, &quote, &demands, &quick, &go())?;
            screened.push(begin.elapsed().as_secs_f64());
            let begin = Instant::now();
            let answer = foil::ask(footing, &quote, &demands, effort, &go())?;
            answered.push(begin.elapsed().as_secs_f64());
            exact += usize::from(answer.change.exact().is_some());
            let ends = answer.change.high.zip(answer.change.low);
            width += ends.map_or(0, |(high, low)| high.0 - low.0);
        }
        let times = i64::try_from(answered.len()).unwrap_or(1).max(1);
        rows.push(row(size, "foil: screening", &screened, String::new()));
        let note = format!("{exact} exact, mean width {} milli-points", width / times);
        rows.push(row(size, "foil: answer", &answered, note));
        Ok(())
    }

    fn inverse(
        &self,
        size: &str,
        footing: &Footing<'_>,
        effort: &Effort,
        rows: &mut Vec<Row>,
    ) -> Result<(), Stop> {
        let depth = Depth {
            most: 3,
            exact: false,
            effort: Effort {
                seconds: 3.0,
                ..effort.clone()
            },
        };
        let units = &footing.snapshot.inventory.units;
        let mut each = Vec::new();
        let mut ranked = 0;
        for unit in units
            .iter()
            .step_by((units.len() / usize::from(self.times)).max(1))
        {
            let begin = Instant::now();
            ranked += freed(footing, &unit.id, &depth, &go())?.ranking.len();
            each.push(begin.elapsed().as_secs_f64());
        }
        let note = format!("{ranked} applications ranked, 3 with others moving");
        rows.push(row(size, "inverse: freed unit", &each, note));
        Ok(())
    }

    fn frontiers(
        &self,
        size: &str,
        footing: &Footing<'_>,
        effort: &Effort,
        rows: &mut Vec<Row>,
    ) -> Result<(), Stop> {
        let held = footing.snapshot.inventory.units.iter();
        let lost = held.skip(1).step_by(7).take(usize::from(self.times.min(3)));
        let (mut each, mut points) = (Vec::new(), 0);
        for unit in lost {
            let event = Event::Lost {
                unit: unit.id.clone(),
            };
            let begin = Instant::now();
            let found = disrupt::frontier(footing, &[event], (4, effort), &go())?;
            each.push(begin.elapsed().as_secs_f64());
            points += found.points.len();
        }
        let note = format!("{points} points in all");
        rows.push(row(size, "frontier after a lost unit", &each, note));
        Ok(())
    }
}

/// Applications that wait although they have options.
fn waiting(footing: &Footing<'_>) -> Vec<usize> {
    let agents = 0..footing.instance().agents().len();
    agents.filter(|n| footing.taken(*n).is_none()).collect()
}

fn row(size: &str, question: &'static str, each: &[f64], note: String) -> Row {
    let times = each.len();
    Row {
        size: size.to_owned(),
        question,
        times,
        mean: each.iter().sum::<f64>() / times.max(1) as f64,
        most: each.iter().copied().fold(0.0, f64::max),
        note,
    }
}

fn go() -> Arc<AtomicBool> {
    Arc::new(AtomicBool::new(false))
}
