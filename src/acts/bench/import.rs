//! Import: a table of synthetic units, read and proved by intake, then written to an empty embedded
//! database, as `zhuchao import units` does it.
//!
//! Not here: making the database's folder sure against other programs; its name holds the process.

use std::fmt;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::{forget_peak, inventory, peak_mib, peak_text, per_second, timed};
use crate::acts::import::{self as act, Manner, Refused};
use crate::acts::{Desk, seed};
use crate::domain::fault::{Code, Fault, Faults};
use crate::domain::place::Datum;
use crate::domain::snapshot::Inventory;
use crate::intake::{Batch, Format, Kind, write};

/// The folder or the table of the benchmark cannot be written.
pub const NO_FOLDER: Code = Code("AC210");

/// What was measured.
#[derive(Debug, Clone, Serialize)]
pub struct Imported {
    /// Rows of the table.
    pub rows: u64,
    /// Bytes of the table.
    pub bytes: u64,
    /// Seconds to read and prove all rows and take everything back (a dry run).
    pub dry_run_seconds: f64,
    /// Seconds to read, prove and write.
    pub seconds: f64,
    /// Rows per second of the latter.
    pub rows_per_second: f64,
    /// Units in the database afterwards.
    pub stored: u64,
    /// Peak of memory in MiB.
    pub peak_mib: Option<u64>,
}

impl fmt::Display for Imported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "import: {} units ({} bytes) in {:.2} s = {:.0} rows/s (dry run {:.2} s), {} stored, peak {}",
            self.rows,
            self.bytes,
            self.seconds,
            self.rows_per_second,
            self.dry_run_seconds,
            self.stored,
            peak_text(self.peak_mib)
        )
    }
}

/// Measures the import of so many units. The database is made below `folder` and removed again.
pub fn run(rows: u32, seed: u64, folder: &Path) -> Result<Imported, Faults> {
    let (sites, units) = tables(rows, seed)?;
    let folder = Folder::make(folder)?;
    let desk = folder.desk()?;
    seed::ground(&desk)?;
    take(&desk, Kind::Sites, &sites, false)?;
    drop(sites);
    forget_peak();
    let (dry, dry_run) = timed(|| take(&desk, Kind::Units, &units, true));
    dry?;
    let (wet, time) = timed(|| take(&desk, Kind::Units, &units, false));
    let done = wet?;
    Ok(Imported {
        rows: done.rows,
        bytes: u64::try_from(units.len()).unwrap_or(u64::MAX),
        dry_run_seconds: dry_run.as_secs_f64(),
        seconds: time.as_secs_f64(),
        rows_per_second: per_second(done.rows, time),
        stored: u64::try_from(done.inserted).unwrap_or(u64::MAX),
        peak_mib: peak_mib(),
    })
}

fn take(desk: &Desk, kind: Kind, table: &[u8], dry_run: bool) -> Result<act::Imported, Faults> {
    let manner = Manner {
        format: Format::Csv,
        datum: Some(Datum::Wgs84),
        dry_run,
    };
    let refused = |r: Refused| r.faults;
    act::import(desk, kind, &mut &table[..], manner).map_err(refused)
}

/// The tables of sites and of exactly so many units.
fn tables(rows: u32, seed: u64) -> Result<(Vec<u8>, Vec<u8>), Faults> {
    // A city has about 0.85 units a firm; a few more are made and cut off.
    let firms = (rows.saturating_mul(3) / 2).clamp(1, crate::acts::generate::FIRMS_MAX);
    let (_, stock) = inventory(firms, seed)?;
    let Inventory {
        sites,
        buildings,
        floors,
        mut units,
        ..
    } = stock;
    units.truncate(usize::try_from(rows).unwrap_or(usize::MAX));
    let units = Batch::Units {
        buildings,
        floors,
        units,
    };
    Ok((csv(&Batch::Sites(sites))?, csv(&units)?))
}

fn csv(batch: &Batch) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    write::csv(batch, &mut bytes).map_err(no_folder)?;
    Ok(bytes)
}

#[expect(clippy::needless_pass_by_value, reason = "fits map_err")]
fn no_folder(error: std::io::Error) -> Fault {
    let action = "choose a folder that can be written, with TMPDIR";
    Fault::new(
        NO_FOLDER,
        format!("the benchmark cannot write: {error}"),
        action,
    )
}

/// A folder of our own, removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn make(parent: &Path) -> Result<Folder, Fault> {
        let path = parent.join(format!("zhuchao-bench-{}", std::process::id()));
        std::fs::create_dir_all(&path).map_err(no_folder)?;
        Ok(Folder(path))
    }

    fn desk(&self) -> Result<Desk, Faults> {
        let url = format!("sqlite:{}", self.0.join("bench.sqlite").display());
        let desk = Desk::open(&url, "benchmark")?;
        desk.store().migrate()?;
        Ok(desk)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // Left behind, it only takes room in the folder for temporary files.
        std::fs::remove_dir_all(&self.0).ok();
    }
}
