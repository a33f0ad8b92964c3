//! A workbook of what is stored, to be changed and sent back: headings in both languages, the names
//! of the columns, one row for each noun. Key and context columns of stored rows are locked and grey,
//! all else may be changed, and new rows are typed below. A hidden sheet carries the version of the
//! whole and a stamp for each row, by which a change by somebody else is seen when it comes back.
//!
//! Sheet 1, row 1: headings; row 2: names; from row 3: nouns. Sheet `zhuchao`: version; stamps.
//!
//! Not here: reading it (`intake::sheet`), the drop-down words (`lists`).

use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, Format, Formula, ProtectionOptions, Workbook,
    Worksheet,
};

use super::lists::{self, Lists};
use super::{key, tag};
use crate::acts::Desk;
use crate::acts::export::NOT_WRITABLE;
use crate::acts::export::batch;
use crate::acts::powers::tables::SEE_TABLE;
use crate::acts::tables::cells::{broken, look, write};
use crate::acts::tables::xlsx::{head, named, width};
use crate::acts::tables::{Access, Column, Kind as Holds, Row, nouns};
use crate::domain::fault::{Fault, Faults};
use crate::intake::Kind;
use crate::intake::workbook::HIDDEN;
use crate::intake::write::rows;

/// Format of the hidden sheet.
const VERSION: &str = "zhuchao-book/1";
/// Name of the hidden sheet of words.
const WORDS: &str = "zhuchao-words";
/// First row of nouns, from 0.
const FIRST: u32 = 2;
/// Last row of a sheet, from 0.
const LAST: u32 = 1_048_575;

/// The workbook of a kind.
///
/// # Errors
/// AC010 to AC012 when the actor may not see it, AC500 when a workbook cannot hold it.
pub fn made(desk: &Desk, kind: Kind) -> Result<Vec<u8>, Faults> {
    desk.may(&SEE_TABLE)?;
    let (batch, lists) = desk
        .store()
        .read(|tx| -> Result<_, Faults> { Ok((batch(tx, kind)?, lists::of(tx, kind)?)) })?;
    let rows = rows(&batch).map_err(|e| Fault::new(NOT_WRITABLE, e.to_string(), "report this"))?;
    Ok(book(kind, &rows, &lists)?)
}

/// The workbook of rows of a kind.
///
/// # Errors
/// AC500 when a workbook cannot hold it.
pub fn book(kind: Kind, rows: &[Row], lists: &Lists) -> Result<Vec<u8>, Fault> {
    let columns = nouns::columns(kind);
    let mut book = Workbook::new();
    // Low memory would forbid the widths and rules that are set after the rows.
    let sheet = book.add_worksheet();
    named(sheet, kind.name())?;
    headed(sheet, &columns)?;
    filled(sheet, &columns, rows)?;
    fenced(sheet);
    let columns: Vec<Option<&Column>> = columns.iter().map(Some).collect();
    let long = ruled(sheet, FIRST, &columns, lists)?;
    stamped(book.add_worksheet(), kind, rows)?;
    worded(book.add_worksheet(), &long)?;
    book.save_to_buffer().map_err(|e| broken(&e))
}

/// Locks what is locked; rows may be added, taken out and sorted.
pub(super) fn fenced(sheet: &mut Worksheet) {
    sheet.protect_with_options(&ProtectionOptions {
        insert_rows: true,
        delete_rows: true,
        sort: true,
        use_autofilter: true,
        format_columns: true,
        format_rows: true,
        ..ProtectionOptions::new()
    });
}

/// Headings, names, widths; an empty cell of a column may be filled.
fn headed(sheet: &mut Worksheet, columns: &[Column]) -> Result<(), Fault> {
    for (at, column) in (0_u16..).zip(columns) {
        let open = look(column.kind).set_unlocked();
        sheet
            .set_column_format(at, &open)
            .and_then(|s| s.set_column_width(at, width(column.kind)))
            .map_err(|e| broken(&e))?;
        write(sheet, (0, at), Holds::Text, &column.heading(), &head())?;
        write(sheet, (1, at), Holds::Text, column.key, &head())?;
    }
    let frozen = sheet.set_freeze_panes(FIRST, 0);
    frozen.map(drop).map_err(|e| broken(&e))
}

fn filled(sheet: &mut Worksheet, columns: &[Column], rows: &[Row]) -> Result<(), Fault> {
    let looks: Vec<Format> = columns.iter().map(cell_look).collect();
    for (line, row) in (FIRST..).zip(rows) {
        let cells = columns.iter().zip(&looks).zip(row);
        for (at, ((column, look), cell)) in (0_u16..).zip(cells) {
            write(sheet, (line, at), column.kind, cell, look)?;
        }
    }
    Ok(())
}

/// How a cell of a stored row looks.
pub(super) fn cell_look(column: &Column) -> Format {
    let look = look(column.kind);
    match column.access {
        Access::Editable => look.set_unlocked(),
        Access::Locked => look.set_bold().set_background_color(Color::RGB(0xF0_F0_F0)),
        Access::Context => look.set_background_color(Color::RGB(0xF0_F0_F0)),
    }
}

/// Gives the columns their drop-downs, from a row on; the lists that are too long to stand in a rule.
pub(super) fn ruled(
    sheet: &mut Worksheet,
    first: u32,
    columns: &[Option<&Column>],
    lists: &Lists,
) -> Result<Vec<Vec<String>>, Fault> {
    let mut long: Vec<Vec<String>> = Vec::new();
    for (at, column) in (0_u16..).zip(columns) {
        let words = column.and_then(|column| lists.get(column.key));
        let Some(words) = words.filter(|words| !words.is_empty()) else {
            continue;
        };
        let rule = DataValidation::new();
        let rule = match words.iter().map(|w| w.len() + 1).sum::<usize>() {
            ..=250 => rule.allow_list_strings(words).map_err(|e| broken(&e))?,
            _ => {
                long.push(words.clone());
                rule.allow_list_formula(Formula::new(range(long.len(), words.len())))
            }
        };
        // A warning only: the importer decides, and a list may have grown since.
        let rule = rule.set_error_style(DataValidationErrorStyle::Warning);
        let placed = sheet.add_data_validation(first, at, LAST, at, &rule);
        placed.map_err(|e| broken(&e))?;
    }
    Ok(long)
}

/// Where the n-th long list stands, n from 1.
fn range(n: usize, words: usize) -> String {
    // There are fewer long lists than letters: only references are long.
    let letter = u8::try_from(n).map_or('A', |n| char::from(b'A' + (n - 1) % 26));
    format!("'{WORDS}'!${letter}$1:${letter}${words}")
}

/// The lists that are too long to stand in a rule, on a sheet of their own.
pub(super) fn worded(sheet: &mut Worksheet, long: &[Vec<String>]) -> Result<(), Fault> {
    named(sheet, WORDS)?;
    sheet.set_hidden(true);
    let plain = Format::new();
    for (at, words) in (0_u16..).zip(long) {
        for (line, word) in (0_u32..).zip(words) {
            write(sheet, (line, at), Holds::Text, word, &plain)?;
        }
    }
    Ok(())
}

/// Version of the whole, then key and digest of each row.
fn stamped(sheet: &mut Worksheet, kind: Kind, rows: &[Row]) -> Result<(), Fault> {
    named(sheet, HIDDEN)?;
    sheet.set_very_hidden(true);
    let tags: Vec<String> = rows.iter().map(|row| tag(row)).collect();
    let plain = Format::new();
    for (at, text) in (0_u16..).zip([VERSION, kind.name(), &tag(&tags)]) {
        write(sheet, (0, at), Holds::Text, text, &plain)?;
    }
    for (line, (row, tag)) in (1_u32..).zip(rows.iter().zip(&tags)) {
        write(sheet, (line, 0), Holds::Text, &key(kind, row), &plain)?;
        write(sheet, (line, 1), Holds::Text, tag, &plain)?;
    }
    Ok(())
}
