//! `zhuchao draw verify FILE`: repeats a draw of spot checks from its published file. Needs no database.

use std::fmt;
use std::path::PathBuf;

use clap::Subcommand;
use serde::Serialize;

use super::{Common, Stop, files, show};
use crate::acts::supervision::published::{self, Repeated};

/// Work on draws of spot checks.
#[derive(Debug, clap::Args)]
pub struct Draw {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Repeat a draw from its published file: digest, seed, and what was drawn.
    Verify {
        /// The file, as `GET /api/v1/draws/ID` gives it.
        file: PathBuf,
    },
}

/// A draw that was repeated.
#[derive(Debug, Serialize)]
struct Shown(Repeated);

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let draw = &self.0;
        writeln!(f, "ok  draw {}", draw.id)?;
        writeln!(
            f,
            "list   {} contracts, weight {}",
            draw.listed, draw.weight
        )?;
        writeln!(f, "digest {}", draw.list_digest)?;
        writeln!(f, "value  {}", draw.value)?;
        write!(f, "seed   {}", draw.seed)?;
        for (n, pick) in (1..).zip(&draw.drawn) {
            let officers: Vec<String> = pick.officers.iter().map(u32::to_string).collect();
            let (contract, officers) = (&pick.contract, officers.join(", "));
            write!(f, "\n{n}. {contract}  officers {officers}")?;
        }
        Ok(())
    }
}

impl Draw {
    /// Runs the verb.
    pub fn run(self, common: &Common) -> Result<(), Stop> {
        match self.verb {
            Verb::Verify { file } => {
                let repeated = published::repeat(&files::read(&file)?)?;
                show::result(&Shown(repeated), common.json)
            }
        }
    }
}
