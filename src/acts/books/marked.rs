//! The copy of a workbook that is returned when it cannot be taken in: what was sent, a note in every
//! faulty cell, and a sheet that lists all faults. Rows keep their numbers, and the stamps stay, so
//! that it can be mended and sent again.
//!
//! Not here: the faults (`take`).

use std::collections::BTreeMap;

use rust_xlsxwriter::{Color, Format, Note, Workbook, Worksheet};

use crate::acts::import::Refused;
use crate::acts::tables::cells::{broken, look, write};
use crate::acts::tables::xlsx::{head, named};
use crate::acts::tables::{Column, Kind as Holds, nouns};
use crate::domain::fault::Fault;
use crate::intake::Kind;
use crate::intake::sheet::Sheet;
use crate::intake::workbook::HIDDEN;

/// Name of the sheet of faults.
const SUMMARY: &str = "faults 错误";
/// Most characters of a note.
const NOTE_MAX: usize = 900;

/// The copy.
///
/// # Errors
/// AC500 when a workbook cannot hold it.
pub fn copy(kind: Kind, sheet: &Sheet, refused: &Refused) -> Result<Vec<u8>, Fault> {
    let mut book = Workbook::new();
    let notes = notes(kind, sheet, &refused.faults.0);
    body(book.add_worksheet(), kind, sheet, &notes)?;
    summary(book.add_worksheet(), refused)?;
    stamps(book.add_worksheet(), sheet)?;
    book.save_to_buffer().map_err(|e| broken(&e))
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
    sheet: &Sheet,
    notes: &BTreeMap<(u32, u16), String>,
) -> Result<(), Fault> {
    named(out, kind.name())?;
    let at = sheet.header(kind).unwrap_or(0);
    let holds = kinds(kind, sheet, at);
    let bad = bad();
    for (n, row) in sheet.rows.iter().enumerate() {
        let line = u32::try_from(row.line.saturating_sub(1)).unwrap_or(u32::MAX);
        for (column, cell) in (0_u16..).zip(&row.cells) {
            let holds = holds.get(usize::from(column)).filter(|_| n > at);
            let holds = holds.copied().unwrap_or(Holds::Text);
            let look = match (notes.contains_key(&(line, column)), n > at) {
                (true, _) => bad.clone(),
                (false, true) => look(holds),
                (false, false) => head(),
            };
            write(out, (line, column), holds, cell, &look)?;
        }
    }
    for ((line, column), text) in notes {
        let note = Note::new(text.trim_end())
            .set_author("Zhuchao")
            .set_width(320);
        out.insert_note(*line, *column, &note)
            .and_then(|s| s.set_cell_format(*line, *column, &bad))
            .map_err(|e| broken(&e))?;
    }
    Ok(())
}

/// What each column of the sheet holds.
fn kinds(kind: Kind, sheet: &Sheet, at: usize) -> Vec<Holds> {
    let columns = nouns::columns(kind);
    let known = |name: &String| {
        let found = columns.iter().find(|c: &&Column| c.key == name.trim());
        found.map_or(Holds::Text, |c| c.kind)
    };
    let names = sheet.rows.get(at).map(|r| r.cells.as_slice());
    names.unwrap_or_default().iter().map(known).collect()
}

fn bad() -> Format {
    Format::new().set_background_color(Color::RGB(0xFF_CC_C7))
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
