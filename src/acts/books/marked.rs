//! The copy of a workbook that is returned when it cannot be taken in: what was sent, a note in every
//! faulty cell, and a sheet that lists all faults. Rows keep their numbers, and the stamps stay, so
//! that it can be mended and sent again.
//!
//! Not here: the faults (`take`).

use std::collections::{BTreeMap, BTreeSet};

use rust_xlsxwriter::{Color, Format, Note, Workbook, Worksheet};

use super::lists::{self, Lists};
use super::template;
use crate::acts::Desk;
use crate::acts::import::Refused;
use crate::acts::tables::cells::{broken, look, write};
use crate::acts::tables::xlsx::{head, named};
use crate::acts::tables::{Column, Kind as Holds, nouns};
use crate::domain::fault::{Fault, Faults};
use crate::intake::Kind;
use crate::intake::sheet::Sheet;
use crate::intake::workbook::HIDDEN;

/// Name of the sheet of faults.
const SUMMARY: &str = "faults 错误";
/// Most characters of a note.
const NOTE_MAX: usize = 900;

/// The copy, with the drop-downs of today.
///
/// # Errors
/// AC500 when a workbook cannot hold it, those of reading the words.
pub fn made(desk: &Desk, kind: Kind, sheet: &Sheet, refused: &Refused) -> Result<Vec<u8>, Faults> {
    let lists = desk.store().read(|tx| lists::of(tx, kind))?;
    Ok(copy(kind, sheet, refused, &lists)?)
}

/// The copy.
///
/// # Errors
/// AC500 when a workbook cannot hold it.
pub fn copy(kind: Kind, sheet: &Sheet, refused: &Refused, lists: &Lists) -> Result<Vec<u8>, Fault> {
    let mut book = Workbook::new();
    let notes = notes(kind, sheet, &refused.faults.0);
    let columns = nouns::columns(kind);
    let frame = Frame::of(kind, sheet, &columns);
    let out = book.add_worksheet();
    body(out, kind, &frame, sheet, &notes)?;
    let first = u32::try_from(frame.head + 1).unwrap_or(u32::MAX);
    let long = template::ruled(out, first, &frame.columns, lists)?;
    if !sheet.stamps.is_empty() {
        template::fenced(out);
    }
    summary(book.add_worksheet(), refused)?;
    stamps(book.add_worksheet(), sheet)?;
    template::worded(book.add_worksheet(), &long)?;
    book.save_to_buffer().map_err(|e| broken(&e))
}

/// Where the header of the sheet stands, which column each of its columns is, and which rows are stored.
struct Frame<'a> {
    head: usize,
    columns: Vec<Option<&'a Column>>,
    stored: BTreeSet<u64>,
}

impl<'a> Frame<'a> {
    fn of(kind: Kind, sheet: &Sheet, all: &'a [Column]) -> Frame<'a> {
        let head = sheet.header(kind).unwrap_or(0);
        let names = sheet.rows.get(head).map(|r| r.cells.as_slice());
        let known = |name: &String| all.iter().find(|c| c.key == name.trim());
        let stamps: BTreeSet<&str> = sheet.stamps.iter().map(|s| s.key.as_str()).collect();
        let stored = sheet.keys(kind).into_iter();
        Frame {
            head,
            columns: names.unwrap_or_default().iter().map(known).collect(),
            stored: stored
                .filter(|(key, _)| stamps.contains(key.as_str()))
                .map(|(_, line)| line)
                .collect(),
        }
    }

    /// How a cell below the header looks: what is locked in the template is locked here.
    fn look(&self, line: u64, column: u16) -> Format {
        match self.columns.get(usize::from(column)) {
            Some(Some(column)) if self.stored.contains(&line) => template::cell_look(column),
            Some(Some(column)) => look(column.kind).set_unlocked(),
            _ => Format::new().set_unlocked(),
        }
    }
}

/// Notes by row and column, both from 0; a fault of a whole row stands in its first cell.
fn notes(kind: Kind, sheet: &Sheet, faults: &[Fault]) -> BTreeMap<(u32, u16), String> {
    let header = sheet.header(kind).and_then(|at| sheet.rows.get(at));
    let at = |column: &str| {
        let cells = header.map(|h| h.cells.as_slice()).unwrap_or_default();
        let named = cells.iter().position(|c| c.trim() == column);
        let number = || column.parse::<usize>().ok()?.checked_sub(1);
        named.or_else(number).and_then(|n| u16::try_from(n).ok())
    };
    let mut all: BTreeMap<(u32, u16), String> = BTreeMap::new();
    for fault in faults {
        let Some(row) = fault.place.row.and_then(|r| u32::try_from(r).ok()) else {
            continue;
        };
        let column = fault.place.column.as_deref().and_then(at).unwrap_or(0);
        let note = all.entry((row.saturating_sub(1), column)).or_default();
        let text = format!("{}: {}\n{}\n", fault.code.0, fault.cause, fault.action);
        if note.chars().count() + text.chars().count() <= NOTE_MAX {
            note.push_str(&text);
        }
    }
    all
}

fn body(
    out: &mut Worksheet,
    kind: Kind,
    frame: &Frame<'_>,
    sheet: &Sheet,
    notes: &BTreeMap<(u32, u16), String>,
) -> Result<(), Fault> {
    named(out, kind.name())?;
    let at = frame.head;
    for (n, row) in sheet.rows.iter().enumerate() {
        let line = u32::try_from(row.line.saturating_sub(1)).unwrap_or(u32::MAX);
        for (column, cell) in (0_u16..).zip(&row.cells) {
            let holds = frame.columns.get(usize::from(column)).copied().flatten();
            let holds = holds.filter(|_| n > at).map_or(Holds::Text, |c| c.kind);
            let look = match n > at {
                true => frame.look(row.line, column),
                false => head(),
            };
            let look = match notes.contains_key(&(line, column)) {
                true => marked(look),
                false => look,
            };
            write(out, (line, column), holds, cell, &look)?;
        }
    }
    for ((line, column), text) in notes {
        let note = Note::new(text.trim_end())
            .set_author("Zhuchao")
            .set_width(320);
        let look = marked(frame.look(u64::from(*line) + 1, *column));
        out.insert_note(*line, *column, &note)
            .and_then(|s| s.set_cell_format(*line, *column, &look))
            .map_err(|e| broken(&e))?;
    }
    Ok(())
}

fn marked(look: Format) -> Format {
    look.set_background_color(Color::RGB(0xFF_CC_C7))
}

/// Every fault with its place; how many more there are.
fn summary(out: &mut Worksheet, refused: &Refused) -> Result<(), Fault> {
    named(out, SUMMARY)?;
    let headings = [
        "行 Row",
        "列 Column",
        "代码 Code",
        "原因 Cause",
        "处理 Action",
    ];
    for (at, (heading, wide)) in (0_u16..).zip(headings.into_iter().zip([8, 18, 10, 60, 60])) {
        out.set_column_width(at, wide).map_err(|e| broken(&e))?;
        write(out, (0, at), Holds::Text, heading, &head())?;
    }
    let plain = Format::new().set_text_wrap();
    let mut line = 0;
    for fault in &refused.faults.0 {
        line += 1;
        let row = fault.place.row.map(|r| r.to_string()).unwrap_or_default();
        let column = fault.place.column.clone().unwrap_or_default();
        write(out, (line, 0), Holds::Integer, &row, &plain)?;
        let texts = [column.as_str(), fault.code.0, &fault.cause, &fault.action];
        for (at, text) in (1_u16..).zip(texts) {
            write(out, (line, at), Holds::Text, text, &plain)?;
        }
    }
    if refused.more > 0 {
        let text = format!("另有 {0} 处 / and {0} more", refused.more);
        write(out, (line + 1, 3), Holds::Text, &text, &plain)?;
    }
    Ok(())
}

fn stamps(out: &mut Worksheet, sheet: &Sheet) -> Result<(), Fault> {
    named(out, HIDDEN)?;
    out.set_very_hidden(true);
    let plain = Format::new();
    for (line, stamp) in (0_u32..).zip(&sheet.stamps) {
        write(out, (line, 0), Holds::Text, &stamp.key, &plain)?;
        write(out, (line, 1), Holds::Text, &stamp.tag, &plain)?;
    }
    Ok(())
}
