//! `zhuchao bench year [--firms N] [--seeds 1,2,..]`: simulated years of arrivals placed by prices and by
//! who comes first, each against the best that hindsight could have made of the year; and a points card
//! fitted to the first cities and measured on the others.
//!
//! Not here: the years (`acts::bench::year`), the rules (`planning::roll`, `planning::card`).

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use serde::Serialize;

use crate::acts::bench::{self, year};
use crate::cli::solve::limit_seconds;
use crate::cli::{Common, Stop, show};
use crate::domain::snapshot::Snapshot;
use crate::planning::ask::again::{Effort, again};
use crate::planning::build::{self, Built};
use crate::planning::card::{self, Deck, QUESTIONS};
use crate::planning::lots::at;
use crate::planning::roll::year::{Budget, Year};

/// What is simulated.
#[derive(Debug, clap::Args)]
pub struct YearBench {
    /// Firms that arrive in a year.
    #[arg(long, default_value_t = 400, value_parser = clap::value_parser!(u32).range(2..=20_000))]
    firms: u32,
    /// Seeds of the years.
    #[arg(long, value_delimiter = ',', default_value = "1,2,3,4,5,6,7,8,9,10")]
    seeds: Vec<u64>,
    /// Steps of a year: those who arrive in one are placed together.
    #[arg(long, default_value_t = 12, value_parser = clap::value_parser!(u16).range(1..=366))]
    steps: u16,
    /// Earlier years whose applicants are known; what is expected is drawn from them.
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..=50))]
    earlier: u32,
    /// Draws of the expected rest at each step.
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u16).range(1..=50))]
    draws: u16,
    /// Seconds for the prices of one draw, and for placing one step.
    #[arg(long, default_value_t = 0.5, value_parser = limit_seconds)]
    seconds: f64,
    /// Seconds for the hindsight optimum.
    #[arg(long, default_value_t = 20.0, value_parser = limit_seconds)]
    hindsight: f64,
    /// Firms of each city for the points card; 0 leaves it out.
    #[arg(long, default_value_t = 200)]
    card: u32,
}

/// One year, in milli-points.
#[derive(Debug, Serialize)]
struct Row {
    seed: u64,
    greedy: i64,
    prices: i64,
    best_found: i64,
    bound: i64,
    placed: [usize; 2],
}

/// All years, and the card.
#[derive(Debug, Serialize)]
struct Table {
    years: Vec<Row>,
    card: Option<Carded>,
}

/// The points card and what it loses.
#[derive(Debug, Serialize)]
struct Carded {
    points: Vec<(&'static str, u8)>,
    fitted_on: usize,
    measured_on: usize,
    card_share: f64,
    first_come_share: f64,
}

fn share(value: i64, of: i64) -> f64 {
    100.0 * value as f64 / of.max(1) as f64
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "| seed | by prices, % of best found | % of bound | first come, % of best found | placed by prices / first come |"
        )?;
        writeln!(f, "|---|---|---|---|---|")?;
        for r in &self.years {
            let (prices, bound, greedy) = (
                share(r.prices, r.best_found),
                share(r.prices, r.bound),
                share(r.greedy, r.best_found),
            );
            let [a, b] = r.placed;
            writeln!(
                f,
                "| {} | {prices:.2} | {bound:.2} | {greedy:.2} | {a} / {b} |",
                r.seed
            )?;
        }
        let mean = |of: &dyn Fn(&Row) -> f64| {
            self.years.iter().map(of).sum::<f64>() / self.years.len().max(1) as f64
        };
        writeln!(
            f,
            "mean: by prices {:.2} % of the best found in hindsight ({:.2} % of its bound), first come {:.2} %",
            mean(&|r| share(r.prices, r.best_found)),
            mean(&|r| share(r.prices, r.bound)),
            mean(&|r| share(r.greedy, r.best_found)),
        )?;
        if let Some(card) = &self.card {
            writeln!(f, "points card: {:?}", card.points)?;
            writeln!(
                f,
                "fitted on {} cities; on {} others {:.2} % of the bound, without a card {:.2} %",
                card.fitted_on, card.measured_on, card.card_share, card.first_come_share
            )?;
        }
        Ok(())
    }
}

fn go() -> Arc<AtomicBool> {
    Arc::new(AtomicBool::new(false))
}

impl YearBench {
    /// Runs the verb.
    pub fn run(self, common: &Common) -> Result<(), Stop> {
        let mut years = Vec::new();
        for seed in &self.seeds {
            let row = self.year(*seed)?;
            show::say(&format!("{row:?}"));
            years.push(row);
        }
        let card = match self.card {
            0 => None,
            firms => Some(self.carded(firms)?),
        };
        show::result(&Table { years, card }, common.json)
    }

    fn effort(&self, seconds: f64, seed: u64, gap: f64) -> Effort {
        Effort {
            seconds,
            threads: 1,
            seed,
            gap,
            work: None,
        }
    }

    fn year(&self, seed: u64) -> Result<Row, Stop> {
        let snapshot = year::city(self.firms, self.earlier, seed)?;
        let built = build::build(&snapshot)?;
        let (this_year, earlier) = self.by_year(&snapshot, &built);
        let plot = year::Plot {
            steps: self.steps.into(),
            draws: self.draws.into(),
            seed,
        };
        let drawn = year::draw(this_year, &earlier, plot);
        let year = Year {
            instance: &built.instance,
            steps: drawn.steps,
            expected: drawn.expected,
        };
        let greedy = year.greedy();
        let budget = Budget {
            prices: &self.effort(self.seconds, seed, 0.005),
            placing: &self.effort(self.seconds, seed, 0.0),
        };
        let prices = year.by_prices(&budget, &go())?;
        let better = if prices.value > greedy.value {
            &prices
        } else {
            &greedy
        };
        let best = year.hindsight(better, &self.effort(self.hindsight, seed, 0.0), &go())?;
        let points = |p: Option<crate::domain::points::Points>| p.map_or(0, |p| p.0);
        Ok(Row {
            seed,
            placed: [year.placed(&prices), year.placed(&greedy)],
            greedy: greedy.value,
            prices: prices.value,
            best_found: points(best.low).max(better.value),
            bound: points(best.high),
        })
    }

    /// Agents of this year and of earlier ones: applications are sorted by key, years follow each other.
    fn by_year(&self, snapshot: &Snapshot, built: &Built) -> (Vec<usize>, Vec<usize>) {
        let first = at(self.firms);
        let last = snapshot.applications.get(first.saturating_sub(1));
        let cases = built.cases.iter();
        let agents = cases.filter_map(|c| Some((c.agent.map(at)?, &c.application)));
        let (this, earlier): (Vec<_>, Vec<_>) =
            agents.partition(|(_, id)| last.is_some_and(|last| **id <= last.id));
        let places = |all: Vec<(usize, _)>| all.into_iter().map(|(n, _)| n).collect();
        (places(this), places(earlier))
    }

    /// Fits a card on half of the cities and measures it on the others.
    fn carded(&self, firms: u32) -> Result<Carded, Stop> {
        let mut cities: Vec<(Snapshot, Built)> = Vec::new();
        for seed in &self.seeds {
            let snapshot = bench::city(firms, *seed)?;
            let built = build::build(&snapshot)?;
            cities.push((snapshot, built));
        }
        let decks: Vec<Deck<'_>> = cities.iter().map(|(s, b)| Deck::of(s, b)).collect();
        let half = decks.len() / 2;
        let (train, test) = decks.split_at(half);
        let card = card::fit(train);
        let (mut served, mut plain, mut bound) = (0, 0, 0);
        for (deck, (_, built)) in test.iter().zip(cities.iter().skip(half)) {
            let effort = self.effort(self.hindsight / 2.0, 1, 0.005);
            let best = again(&built.instance, &[], &effort, &go());
            served += deck.served(&card).value;
            plain += deck.served(&card::Card::default()).value;
            bound += best.bound.unwrap_or(0);
        }
        Ok(Carded {
            points: QUESTIONS.into_iter().zip(card.points).collect(),
            fitted_on: train.len(),
            measured_on: test.len(),
            card_share: share(served, bound),
            first_come_share: share(plain, bound),
        })
    }
}
