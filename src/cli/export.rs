//! `zhuchao export KIND [-o FILE]`: a table as CSV, GeoJSON or a workbook, a snapshot or a plan as it is
//! stored.

use std::fmt;
use std::io::Write;
use std::path::PathBuf;

use serde::Serialize;

use super::{Common, Stop, files, import, setup, show};
use crate::acts::books::template;
use crate::acts::kinds::{self, Format, Kind};
use crate::acts::{Desk, export};
use crate::domain::fault::{Code, Fault};
use crate::domain::ids::RoundId;
use crate::planning::files as formats;
use crate::planning::format::Packing;

/// A snapshot or plan is asked for without saying of which round.
pub const NO_ROUND_NAMED: Code = Code("CL120");
/// There is nothing of this name to export.
pub const UNKNOWN_KIND: Code = Code("CL121");

/// Write a table, a snapshot or a plan.
#[derive(Debug, clap::Args)]
pub struct Export {
    /// A kind of table (units, firms ..), `rounds`, `snapshot` or `plan`.
    kind: String,
    /// Where to write; without it to the standard output. .geojson gives GeoJSON, .xlsx a workbook, .gz packs.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The round of a snapshot or plan.
    #[arg(long, value_name = "ID")]
    round: Option<RoundId>,
}

/// What was written.
#[derive(Debug, Serialize)]
pub struct Exported {
    /// What.
    pub kind: String,
    /// Bytes.
    pub bytes: usize,
    /// File.
    pub file: PathBuf,
}

impl fmt::Display for Exported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: {} bytes in {}",
            self.kind,
            self.bytes,
            self.file.display()
        )
    }
}

impl Export {
    /// Runs the verb.
    pub fn run(self, common: &Common) -> Result<(), Stop> {
        let desk = setup::usual_desk(common)?;
        let bytes = self.bytes(&desk)?;
        let Some(path) = self.output else {
            std::io::stdout().lock().write_all(&bytes)?;
            return Ok(());
        };
        let packing = Packing::for_name(&path.to_string_lossy());
        let bytes = formats::packed(bytes, packing)?;
        files::write(&path, &bytes)?;
        let exported = Exported {
            kind: self.kind,
            bytes: bytes.len(),
            file: path,
        };
        show::result(&exported, common.json)
    }

    fn bytes(&self, desk: &Desk) -> Result<Vec<u8>, Stop> {
        if let Some(kind) = Kind::named(&self.kind) {
            if self.output.as_deref().is_some_and(import::is_book) {
                return Ok(template::made(desk, kind)?);
            }
            let format = self.output.as_deref().map_or(Format::Csv, import::format);
            return Ok(export::table(desk, kind, format)?);
        }
        match self.kind.as_str() {
            "rounds" => Ok(export::rounds(desk)?),
            "snapshot" => Ok(export::snapshot(desk, self.round()?)?),
            "plan" => Ok(export::plan(desk, self.round()?)?),
            other => {
                let known = kinds::names().join(", ");
                let fault = Fault::new(
                    UNKNOWN_KIND,
                    format!("there is no {other:?} to export"),
                    format!("give one of: {known}, rounds, snapshot, plan"),
                );
                Err(fault.into())
            }
        }
    }

    fn round(&self) -> Result<&RoundId, Stop> {
        self.round
            .as_ref()
            .ok_or_else(|| Fault::new(NO_ROUND_NAMED, "no round is named", "add --round ID").into())
    }
}
