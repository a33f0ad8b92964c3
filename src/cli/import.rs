//! `zhuchao import KIND FILE`: every fault of the file at once, all of it or nothing.

use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::{Common, Stop, files, setup, show};
use crate::acts::books::fence::Fence;
use crate::acts::books::marked;
use crate::acts::books::take::{self, Meant, Sent};
use crate::acts::import::{self, Manner, Refused};
use crate::acts::kinds::{self, Format, Kind};
use crate::acts::{city, documents};
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
    /// districts, stations, lines, clusters, sites, units, apartments, firms, applications, quotas;
    /// or policy, round, city (a snapshot file, into a database without sites).
    #[arg(value_parser = what)]
    what: What,
    /// CSV (UTF-8 or GB18030), GeoJSON or a workbook (.xlsx); TOML for policy and round; JSON, plain or
    /// packed, for a city.
    file: PathBuf,
    /// Prove and count, write nothing.
    #[arg(long)]
    dry_run: bool,
    /// Datum of the positions whose row names none.
    #[arg(long, value_enum)]
    datum: Option<DatumName>,
    /// Where to write a copy of a workbook that is refused, with a note in every faulty cell.
    #[arg(long, value_name = "FILE")]
    marked: Option<PathBuf>,
}

/// What can be imported.
#[derive(Debug, Clone, Copy)]
enum What {
    Table(Kind),
    Policy,
    Round,
    City,
}

fn what(name: &str) -> Result<What, String> {
    match (name, Kind::named(name)) {
        (_, Some(kind)) => Ok(What::Table(kind)),
        ("policy", _) => Ok(What::Policy),
        ("round", _) => Ok(What::Round),
        ("city", _) => Ok(What::City),
        _ => Err(format!(
            "give one of: {}, policy, round, city",
            kinds::names().join(", ")
        )),
    }
}

/// GeoJSON by the ending of the name (before .gz), else CSV.
pub fn format(path: &Path) -> Format {
    let name = path.to_string_lossy().to_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    if name.ends_with(".geojson") || name.ends_with(".json") {
        Format::GeoJson
    } else {
        Format::Csv
    }
}

/// Whether the name is that of a workbook.
pub fn is_book(path: &Path) -> bool {
    path.to_string_lossy().to_lowercase().ends_with(".xlsx")
}

impl Import {
    /// Runs the verb.
    pub fn run(self, common: &Common) -> Result<(), Stop> {
        match self.what {
            What::Table(kind) if is_book(&self.file) => self.book(kind, common),
            What::Table(kind) => self.table(kind, common),
            What::Policy | What::Round => self.document(common),
            What::City => self.city(common),
        }
    }

    fn document(&self, common: &Common) -> Result<(), Stop> {
        let bytes = files::read(&self.file)?;
        let desk = setup::usual_desk(common)?;
        let stored = match self.what {
            What::Policy => documents::policy(&desk, &bytes, self.dry_run)?,
            _ => documents::round(&desk, &bytes, self.dry_run)?,
        };
        show::result(&stored, common.json)
    }

    fn city(&self, common: &Common) -> Result<(), Stop> {
        let bytes = files::read(&self.file)?;
        let desk = setup::usual_desk(common)?;
        show::result(&city::load(&desk, &bytes, self.dry_run)?, common.json)
    }

    fn table(&self, kind: Kind, common: &Common) -> Result<(), Stop> {
        let mut source = files::open(&self.file)?;
        let desk = setup::usual_desk(common)?;
        let manner = Manner {
            format: format(&self.file),
            datum: self.datum.map(Datum::from),
            dry_run: self.dry_run,
        };
        let imported = import::import(&desk, kind, &mut source, manner)
            .map_err(|refused| self.refused(refused))?;
        show::result(&imported, common.json)
    }

    fn book(&self, kind: Kind, common: &Common) -> Result<(), Stop> {
        let bytes = files::read(&self.file)?;
        let desk = setup::usual_desk(common)?;
        let sheet = Fence::around_me().read(&bytes)?;
        let meant = Meant {
            datum: self.datum.map(Datum::from),
            dry_run: self.dry_run,
        };
        match take::take(&desk, kind, &Sent::Book(&sheet), meant) {
            Ok(taken) => show::result(&taken, common.json),
            Err(refused) => {
                if let Some(path) = &self.marked {
                    let copy = marked::made(&desk, kind, &sheet, &refused)?;
                    files::write(path, &copy)?;
                }
                Err(self.refused(refused))
            }
        }
    }

    /// Every fault with the name of the file, and how many more there are.
    fn refused(&self, refused: Refused) -> Stop {
        let mut faults = refused.faults;
        for fault in &mut faults.0 {
            let name = self.file.display().to_string();
            fault.place.source.get_or_insert(name);
        }
        if refused.more > 0 {
            let cause = format!("and {} more faults that are not listed", refused.more);
            let action = "mend those listed and import again";
            faults.0.push(Fault::new(MORE_FAULTS, cause, action));
        }
        Stop::Faults(faults)
    }
}
