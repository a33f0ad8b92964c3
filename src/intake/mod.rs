//! Intake: outside bytes (CSV in UTF-8 or GB18030, GeoJSON, sheets of workbooks) into proved nouns. Every fault of the
//! whole file is reported at once, with code, row, column, cause and action; a file is taken
//! whole or not at all. Nothing here panics on outside input and every allocation has a limit.
//!
//! Not here: databases, conversion of datums and outlines (both come in through [`outside`]).

mod apartments;
mod applications;
mod bytes;
pub mod cell;
pub mod choices;
mod clusters;
pub mod codes;
pub mod columns;
mod csv_rows;
mod encoding;
mod firms;
mod found;
mod gather;
mod geojson_rows;
mod ground;
pub mod headings;
mod json_split;
mod limits;
mod line_scan;
mod located;
mod outlines;
pub mod outside;
mod quotas;
mod report;
mod row;
pub mod sheet;
mod sites;
mod units;
pub mod words;
pub mod workbook;
pub mod workbook_guard;
pub mod write;
mod write_cells;

use std::io::Read;

use crate::domain::fault::Fault;
use crate::domain::place::Datum;

pub use found::Remark;
pub use limits::Limits;
pub use report::{Batch, Encoding, Format, Kind, Report};

use found::Found;
use outside::{Context, Ground, Known};

/// Reads a file of a kind of noun. `datum` is the datum of positions whose row names none.
/// A reader error is a fault like any other.
pub fn read(
    kind: Kind,
    source: &mut dyn Read,
    format: Format,
    datum: Option<Datum>,
    ground: &dyn Ground,
    known: &dyn Known,
    limits: &Limits,
) -> Report {
    let mut found = Found::new(limits.faults);
    let context = Context {
        ground,
        known,
        datum,
    };
    let taken = match format {
        Format::Csv => csv_rows::take(kind, source, &context, limits, &mut found),
        Format::GeoJson => geojson_rows::take(kind, source, &context, limits, &mut found),
    };
    report(kind, taken, found)
}

/// Reads a sheet of a kind of noun, as [`read`] reads a file.
pub fn read_sheet(
    kind: Kind,
    sheet: &sheet::Sheet,
    datum: Option<Datum>,
    ground: &dyn Ground,
    known: &dyn Known,
    limits: &Limits,
) -> Report {
    let mut found = Found::new(limits.faults);
    let context = Context {
        ground,
        known,
        datum,
    };
    let taken = sheet::take(kind, sheet, &context, limits, &mut found);
    report(kind, taken, found)
}

fn report(kind: Kind, taken: Result<report::Taken, Fault>, mut found: Found) -> Report {
    let (taken, stop): (report::Taken, Option<Fault>) = match taken {
        Ok(taken) => (taken, None),
        Err(fault) => (report::Taken::nothing(kind), Some(fault)),
    };
    found.faults.extend(stop);
    Report::of(taken, found)
}
