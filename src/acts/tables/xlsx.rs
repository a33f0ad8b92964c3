//! Tables as workbooks. Rows go to a temporary file while they are written, so that a long list
//! costs no memory.
//!
//! Not here: workbooks that are filled in and come back (`acts::books`).

use rust_xlsxwriter::{Color, Format, Workbook, Worksheet};

use super::cells::{broken, look, write};
use super::{Column, Kind, Row};
use crate::domain::fault::Fault;

/// The whole file: one sheet, the headings frozen.
///
/// # Errors
/// AC500 when a workbook cannot hold it.
pub fn written(name: &str, columns: &[Column], rows: &[Row]) -> Result<Vec<u8>, Fault> {
    let mut book = Workbook::new();
    let sheet = book
        .add_worksheet_with_constant_memory()
        .map_err(|e| broken(&e))?;
    named(sheet, name)?;
    sheet.set_freeze_panes(1, 0).map_err(|e| broken(&e))?;
    let looks: Vec<Format> = columns.iter().map(|c| look(c.kind)).collect();
    for (at, column) in (0_u16..).zip(columns) {
        let width = width(column.kind);
        sheet.set_column_width(at, width).map_err(|e| broken(&e))?;
        write(sheet, (0, at), Kind::Text, &column.heading(), &head())?;
    }
    for (line, row) in (1_u32..).zip(rows) {
        let cells = columns.iter().zip(&looks).zip(row);
        for (at, ((column, look), cell)) in (0_u16..).zip(cells) {
            write(sheet, (line, at), column.kind, cell, look)?;
        }
    }
    book.save_to_buffer().map_err(|e| broken(&e))
}

/// Names a sheet.
pub(in crate::acts) fn named(sheet: &mut Worksheet, name: &str) -> Result<(), Fault> {
    sheet.set_name(name).map(drop).map_err(|e| broken(&e))
}

/// The look of a heading.
pub(in crate::acts) fn head() -> Format {
    Format::new()
        .set_bold()
        .set_text_wrap()
        .set_background_color(Color::RGB(0xE6_F4_FF))
}

/// Width of a column in characters.
pub(in crate::acts) fn width(kind: Kind) -> f64 {
    match kind {
        Kind::Text => 18.0,
        Kind::Moment => 20.0,
        _ => 13.0,
    }
}
