//! `zhuchao generate --firms N --seed S -o SNAPSHOT`: a synthetic city on the real map.

use std::fmt;
use std::path::PathBuf;

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::{Common, Stop, files, show};
use crate::acts::{embedded, generate};
use crate::planning::{files as formats, format};

/// Make a synthetic city.
#[derive(Debug, clap::Args)]
pub struct Generate {
    /// Number of firms, 1 to 100000.
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    firms: u32,
    /// Seed; the same seed gives the same city.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Where to write the snapshot; a name ending in .gz is packed.
    #[arg(short, long, value_name = "SNAPSHOT")]
    output: PathBuf,
}

/// What was made.
#[derive(Debug, Serialize)]
pub struct Generated {
    /// Always true: no firm, unit or quota of it is real.
    pub synthetic: bool,
    /// File.
    pub file: PathBuf,
    /// Digest of the snapshot.
    pub digest: String,
    /// Firms and applications.
    pub firms: usize,
    /// Units.
    pub units: usize,
    /// Apartment types.
    pub apartment_types: usize,
}

impl fmt::Display for Generated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "a synthetic city: no firm, unit, apartment or quota of it is real"
        )?;
        writeln!(
            f,
            "{} firms, {} units, {} apartment types",
            self.firms, self.units, self.apartment_types
        )?;
        writeln!(f, "digest  {}", self.digest)?;
        write!(f, "file    {}", self.file.display())
    }
}

impl Generate {
    /// Runs the verb.
    pub fn run(self, common: &Common) -> Result<(), Stop> {
        let ground = embedded::ground()?;
        // A fixed moment: the same seed must give the same bytes on any day.
        let frozen_at = DateTime::<Utc>::UNIX_EPOCH;
        let spec = generate::Spec {
            firms: self.firms,
            seed: self.seed,
            frozen_at,
        };
        let snapshot = generate::city(&ground, embedded::POLICY, &spec)?;
        let bytes = formats::write_snapshot(&snapshot);
        let digest = formats::digest(&bytes);
        let packing = format::Packing::for_name(&self.output.to_string_lossy());
        files::write(&self.output, &formats::packed(bytes, packing)?)?;
        let made = Generated {
            synthetic: true,
            file: self.output,
            digest,
            firms: snapshot.firms.len(),
            units: snapshot.inventory.units.len(),
            apartment_types: snapshot.inventory.apartments.len(),
        };
        show::result(&made, common.json)
    }
}
