//! Workbooks (.xlsx) into sheets. Cells are read one by one, never as a dense range: one cell in the
//! last column of the last row would ask for gigabytes. Meant to run in a process of its own
//! with a limit on memory (`acts::books::fence`).
//!
//! Hidden rows and hidden columns are read like any other: what is filtered away is still meant.
//!
//! Not here: what the cells mean (`sheet`).

use std::io::Cursor;

use calamine::{Data, DataRef, ExcelDateTime, Reader, SheetVisible, Xlsx};

use crate::domain::fault::{Fault, Place};

use super::codes;
use super::limits::Limits;
use super::sheet::{Odd, Sheet, SheetRow, Stamp, Why};
use super::workbook_guard::{inspect, no_workbook};

/// Name of the hidden sheet that carries the stamps.
pub const HIDDEN: &str = "zhuchao";

/// Most filled cells of a sheet.
const CELLS_MAX: usize = 4_000_000;
/// Most cells of all rows, the empty ones to the left of a filled one among them.
const SLOTS_MAX: usize = 8_000_000;
/// Most bytes of text of a sheet: one shared text may be named by every cell.
const TEXT_MAX: usize = 64 << 20;

type Book<'b> = Xlsx<Cursor<&'b [u8]>>;

/// Reads the first visible sheet of a workbook, and its stamps.
///
/// # Errors
/// IN170 when it is no workbook, IN171 when it asks for too much, IN172 when it holds macros or
/// links to other files.
pub fn open(bytes: &[u8], limits: &Limits) -> Result<Sheet, Fault> {
    inspect(bytes)?;
    let mut book: Book<'_> = Xlsx::new(Cursor::new(bytes)).map_err(unreadable)?;
    let name = book
        .sheets_metadata()
        .iter()
        .find(|s| s.visible == SheetVisible::Visible && s.name != HIDDEN)
        .map(|s| s.name.clone())
        .ok_or_else(|| no_workbook("no sheet is visible"))?;
    let mut taken = Taken::of(&mut book, &name, limits)?;
    taken.merged(&mut book, &name)?;
    let hidden = book.sheet_names().iter().any(|n| n == HIDDEN);
    let stamps = match hidden {
        true => Taken::of(&mut book, HIDDEN, limits)?.rows,
        false => Vec::new(),
    };
    Ok(Sheet {
        rows: taken.rows,
        odd: taken.odd,
        stamps: stamps.into_iter().filter_map(stamp).collect(),
    })
}

fn unreadable(error: impl std::fmt::Display) -> Fault {
    no_workbook(&error.to_string())
}

fn stamp(row: SheetRow) -> Option<Stamp> {
    let mut cells = row.cells.into_iter();
    let (key, tag) = (cells.next()?, cells.next()?);
    (tag.len() == 64).then_some(Stamp { key, tag })
}

/// What is taken from a worksheet.
#[derive(Default)]
struct Taken {
    rows: Vec<SheetRow>,
    odd: Vec<Odd>,
    cells: usize,
    slots: usize,
    text: usize,
}

impl Taken {
    fn of(book: &mut Book<'_>, name: &str, limits: &Limits) -> Result<Taken, Fault> {
        let mut taken = Taken::default();
        let mut cells = book.worksheet_cells_reader(name).map_err(unreadable)?;
        while let Some(cell) = cells
            .next_cell_with_formula_metadata()
            .map_err(unreadable)?
        {
            let text = text(&cell.value);
            if text.is_empty() && cell.formula.is_none() {
                continue;
            }
            let (line, at) = place(cell.pos);
            if at >= limits.columns || line > limits.rows {
                return Err(far_out(line, at));
            }
            if cell.formula.is_some() {
                let why = Why::Formula;
                taken.odd.push(Odd { line, at, why });
            }
            taken.put(line, at, text)?;
        }
        // Spaces are text beside other text; alone they are no row.
        let filled = |row: &SheetRow| row.cells.iter().any(|cell| !cell.trim().is_empty());
        taken.rows.retain(filled);
        Ok(taken)
    }

    /// Sets a cell; IN171 when it is one too many. A row that is told twice continues the first.
    fn put(&mut self, line: u64, at: usize, text: String) -> Result<(), Fault> {
        if self.rows.last().is_none_or(|last| last.line != line) {
            let cells = Vec::new();
            self.rows.push(SheetRow { line, cells });
        }
        let Some(last) = self.rows.last_mut() else {
            return Ok(());
        };
        let width = last.cells.len().max(at + 1);
        self.cells += 1;
        self.slots += width - last.cells.len();
        self.text += text.len();
        if self.cells > CELLS_MAX || self.slots > SLOTS_MAX || self.text > TEXT_MAX {
            return Err(far_out(line, at));
        }
        last.cells.resize(width, String::new());
        if let Some(slot) = last.cells.get_mut(at) {
            *slot = text;
        }
        Ok(())
    }

    fn merged(&mut self, book: &mut Book<'_>, name: &str) -> Result<(), Fault> {
        let all = book.merge_cells_by_sheet_name(name).map_err(unreadable)?;
        self.odd.extend(all.into_iter().map(|area| {
            let (line, at) = place(area.start);
            let why = Why::Merged;
            Odd { line, at, why }
        }));
        Ok(())
    }
}

/// Row from 1 and column from 0.
fn place((row, column): (u32, u32)) -> (u64, usize) {
    let at = usize::try_from(column).unwrap_or(usize::MAX);
    (u64::from(row) + 1, at)
}

fn far_out(line: u64, at: usize) -> Fault {
    Fault::new(
        codes::BOOK_TOO_LARGE,
        "a cell stands too far out, or there is too much in the sheet",
        "clear what stands beside and below the table, or split it",
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
        Data::Float(f) => number(f),
        Data::DateTime(moment) => moment_text(&moment),
        other => other.to_string(),
    }
}

/// A number to the 15 digits that a spreadsheet shows and keeps.
fn number(value: f64) -> String {
    let rounded = format!("{value:.14e}").parse::<f64>();
    rounded.unwrap_or(value).to_string()
}

/// A day or a moment, counted from 1900 or 1904 as the workbook says.
fn moment_text(moment: &ExcelDateTime) -> String {
    let at = moment.is_datetime().then(|| moment.as_datetime()).flatten();
    match at {
        Some(at) if at.time() == chrono::NaiveTime::MIN => at.date().to_string(),
        Some(at) => at.format("%Y-%m-%dT%H:%M:%S").to_string(),
        None => number(moment.as_f64()),
    }
}
