//! `zhuchao import KIND FILE`: every fault of the file at once, all of it or nothing.

use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::{Common, Stop, files, setup, show};
use crate::acts::import::{self, Manner};
use crate::acts::kinds::{self, Format, Kind};
use crate::domain::fault::{Code, Fault};
use crate::domain::place::Datum;

/// More faults than are listed.
pub const MORE_FAULTS: Code = Code("CL110");

/// Datum of positions.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum DatumName {
    /// WGS-84.
    Wgs84,
    /// CGCS2000.
    Cgcs2000,
    /// GCJ-02.
    Gcj02,
    /// BD-09.
    Bd09,
}

impl From<DatumName> for Datum {
    fn from(name: DatumName) -> Datum {
        match name {
            DatumName::Wgs84 => Datum::Wgs84,
            DatumName::Cgcs2000 => Datum::Cgcs2000,
            DatumName::Gcj02 => Datum::Gcj02,
            DatumName::Bd09 => Datum::Bd09,
        }
    }
}

/// Read a file.
#[derive(Debug, clap::Args)]
pub struct Import {
    /// districts, stations, lines, clusters, sites, units, apartments, firms, applications or quotas.
    #[arg(value_parser = kind)]
    kind: Kind,
    /// CSV (UTF-8 or GB18030) or GeoJSON.
    file: PathBuf,
    /// Prove and count, write nothing.
    #[arg(long)]
    dry_run: bool,
    /// Datum of the positions whose row names none.
    #[arg(long, value_enum)]
    datum: Option<DatumName>,
}

/// Reads the name of a kind.
pub fn kind(name: &str) -> Result<Kind, String> {
    Kind::named(name).ok_or_else(|| format!("give one of: {}", kinds::names().join(", ")))
}

/// GeoJSON by the ending of the name, else CSV.
pub fn format(path: &Path) -> Format {
    let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase());
    match ending.as_deref() {
        Some("geojson" | "json") => Format::GeoJson,
        _ => Format::Csv,
    }
}

impl Import {
    /// Runs the verb.
    pub fn run(self, common: &Common) -> Result<(), Stop> {
        let mut source = files::open(&self.file)?;
        let desk = setup::usual_desk(common)?;
        let manner = Manner {
            format: format(&self.file),
            datum: self.datum.map(Datum::from),
            dry_run: self.dry_run,
        };
        let imported =
            import::import(&desk, self.kind, &mut source, manner).map_err(|refused| {
                let mut faults = refused.faults;
                for fault in &mut faults.0 {
                    fault
                        .place
                        .source
                        .get_or_insert_with(|| self.file.display().to_string());
                }
                if refused.more > 0 {
                    let cause = format!("and {} more faults that are not listed", refused.more);
                    faults.0.push(Fault::new(
                        MORE_FAULTS,
                        cause,
                        "mend those listed and import again",
                    ));
                }
                Stop::Faults(faults)
            })?;
        show::result(&imported, common.json)
    }
}
