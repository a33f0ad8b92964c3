//! Workbooks (.xlsx) into sheets. Cells are read one by one, never as a dense range: one cell in the
//! last column of the last row would ask for gigabytes. Meant to run in a process of its own
//! with a limit on memory (`acts::books::fence`).
//!
//! Not here: what the cells mean (`sheet`).

use std::io::Cursor;

use calamine::{Data, DataRef, Reader, SheetVisible, Xlsx};

use crate::domain::fault::{Fault, Place};

use super::codes;
use super::limits::Limits;
use super::sheet::{Sheet, SheetRow, Stamp};
use super::workbook_guard::{inspect, no_workbook};

/// Name of the hidden sheet that carries the stamps.
pub const HIDDEN: &str = "zhuchao";

/// Most filled cells of a sheet.
const CELLS_MAX: usize = 4_000_000;

type Book<'b> = Xlsx<Cursor<&'b [u8]>>;

/// Reads the first visible sheet of a workbook, and its stamps.
pub fn open(bytes: &[u8], limits: &Limits) -> Result<Sheet, Fault> {
    inspect(bytes)?;
    let mut book: Book<'_> =
        Xlsx::new(Cursor::new(bytes)).map_err(|e| no_workbook(&e.to_string()))?;
    let name = book
        .sheets_metadata()
        .iter()
        .find(|s| s.visible == SheetVisible::Visible && s.name != HIDDEN)
        .map(|s| s.name.clone())
        .ok_or_else(|| no_workbook("no sheet is visible"))?;
    let rows = rows(&mut book, &name, limits)?;
    let hidden = book.sheet_names().iter().any(|n| n == HIDDEN);
    let stamps = match hidden {
        true => self::rows(&mut book, HIDDEN, limits)?,
        false => Vec::new(),
    };
    Ok(Sheet {
        rows,
        stamps: stamps.into_iter().filter_map(stamp).collect(),
    })
}

fn stamp(row: SheetRow) -> Option<Stamp> {
    let mut cells = row.cells.into_iter();
    let (key, tag) = (cells.next()?, cells.next()?);
    (tag.len() == 64).then_some(Stamp { key, tag })
}

fn rows(book: &mut Book<'_>, name: &str, limits: &Limits) -> Result<Vec<SheetRow>, Fault> {
    let mut cells = book
        .worksheet_cells_reader(name)
        .map_err(|e| no_workbook(&e.to_string()))?;
    let mut rows: Vec<SheetRow> = Vec::new();
    let mut count = 0_usize;
    while let Some(cell) = cells
        .next_cell()
        .map_err(|e| no_workbook(&e.to_string()))?
    {
        let (row, column) = cell.get_position();
        let text = text(cell.get_value());
        if text.trim().is_empty() {
            continue;
        }
        count += 1;
        let line = u64::from(row) + 1;
        let at = usize::try_from(column).unwrap_or(usize::MAX);
        if at >= limits.columns || line > limits.rows || count > CELLS_MAX {
            return Err(far_out(line, at));
        }
        if rows.last().is_none_or(|last| last.line != line) {
            rows.push(SheetRow {
                line,
                cells: Vec::new(),
            });
        }
        if let Some(last) = rows.last_mut() {
            let width = last.cells.len().max(at + 1);
            last.cells.resize(width, String::new());
            if let Some(slot) = last.cells.get_mut(at) {
                *slot = text;
            }
        }
    }
    Ok(rows)
}

fn far_out(line: u64, at: usize) -> Fault {
    Fault::new(
        codes::BOOK_TOO_LARGE,
        "a cell stands too far out, or there are too many",
        "clear what stands beside and below the table",
    )
    .at(Place::cell(line, &format!("{}", at.saturating_add(1))))
}

/// A value as it would be typed: whole numbers without a point, days as 2026-01-31.
fn text(value: &DataRef<'_>) -> String {
    match Data::from(value.clone()) {
        Data::Empty => String::new(),
        Data::String(s) | Data::DateTimeIso(s) | Data::DurationIso(s) => s,
        Data::Bool(b) => b.to_string(),
        Data::Int(n) => n.to_string(),
        Data::Float(f) => f.to_string(),
        Data::DateTime(moment) => match date_of(&moment) {
            Some(at) if at.time() == chrono::NaiveTime::MIN => at.date().to_string(),
            Some(at) => at.format("%Y-%m-%dT%H:%M:%S").to_string(),
            None => moment.as_f64().to_string(),
        },
        Data::Error(e) => e.to_string(),
        other => other.to_string(),
    }
}
