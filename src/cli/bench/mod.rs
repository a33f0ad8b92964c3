//! `zhuchao bench import|candidates|nearest [--size N] [--seed S]` and `bench solve`: figures of this
//! machine.
//!
//! Not here: what the first three measure and how (`acts::bench`).

mod child;
mod grid;
mod reasons;
mod row;
mod solve;
mod source;
mod table;
mod year;

use clap::Subcommand;

use super::{Common, Stop, show};
use crate::acts::bench::{candidates, import, nearest};

/// Measure import, candidates, nearest queries and the solver.
#[derive(Debug, clap::Args)]
pub struct Bench {
    /// What to measure.
    #[command(subcommand)]
    what: What,
}

/// What to measure.
#[derive(Debug, Subcommand)]
enum What {
    /// Read a table of units and write it to an empty embedded database.
    Import {
        /// Rows of the table.
        #[arg(long, default_value_t = 50_000, value_parser = clap::value_parser!(u32).range(1..=60_000))]
        size: u32,
        /// Seed of the city.
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// Find the candidates of every application; about 0.85 units and 0.05 housing projects a firm.
    Candidates {
        /// Firms of the city.
        #[arg(long, default_value_t = 20_000, value_parser = clap::value_parser!(u32).range(1..=100_000))]
        size: u32,
        /// Seed of the city.
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// Find the nearest of about 17,000 units, by index and by scan.
    Nearest {
        /// Queries.
        #[arg(long, default_value_t = 1_000_000, value_parser = clap::value_parser!(u32).range(1..=100_000_000))]
        size: u32,
        /// Seed of city and places.
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// Solve synthetic cities, or the instances of a folder: value, bound, gap, time, memory.
    Solve(solve::SolveBench),
    /// Seconds of every kind of question about a plan.
    Reasons(reasons::ReasonsBench),
    /// Years of arrivals placed by prices, against hindsight and against first come.
    Year(year::YearBench),
}

impl Bench {
    /// Runs the verb.
    pub fn run(self, common: &Common) -> Result<(), Stop> {
        match self.what {
            What::Import { size, seed } => {
                let folder = std::env::temp_dir();
                show::result(&import::run(size, seed, &folder)?, common.json)
            }
            What::Candidates { size, seed } => {
                show::result(&candidates::run(size, seed)?, common.json)
            }
            What::Nearest { size, seed } => show::result(&nearest::run(size, seed)?, common.json),
            What::Solve(verb) => verb.run(common),
            What::Reasons(verb) => verb.run(common),
            What::Year(verb) => verb.run(common),
        }
    }
}
