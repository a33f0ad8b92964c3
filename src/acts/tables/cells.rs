//! Cells of a workbook: a text that is a number or a day becomes one, so that a spreadsheet can
//! count with it, but only where nothing is lost: a spreadsheet keeps 15 digits and no day before
//! 1900. Every other text stays text, formulas among them.
//!
//! Not here: which cells there are.

use rust_xlsxwriter::{ExcelDateTime, Format, Worksheet, XlsxError};

use super::{Kind, NO_ROOM};
use crate::domain::fault::Fault;
use crate::intake::cell::is_plain_number;

/// Most characters of a cell.
const TEXT_MAX: usize = 32_767;
/// Digits that a number keeps.
const DIGITS: usize = 15;

/// The look of the cells of a kind.
pub fn look(kind: Kind) -> Format {
    let format = Format::new();
    match kind {
        Kind::Text | Kind::Flag => format.set_num_format("@"),
        Kind::Integer => format.set_num_format("0"),
        Kind::Scaled(places) | Kind::Decimal(places) => {
            let zeros = "0".repeat(usize::from(places));
            let dot = if places == 0 { "" } else { "." };
            format.set_num_format(format!("#,##0{dot}{zeros}"))
        }
        Kind::Day => format.set_num_format("yyyy-mm-dd"),
        Kind::Moment => format.set_num_format("yyyy-mm-dd hh:mm:ss"),
    }
}

/// Writes a text as a cell of a kind.
///
/// # Errors
/// AC500 when the text is too long for a cell.
pub fn write(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    kind: Kind,
    text: &str,
    look: &Format,
) -> Result<(), Fault> {
    let done = match value(kind, text) {
        Value::Nothing => sheet.write_blank(row, column, look),
        Value::Number(number) => sheet.write_number_with_format(row, column, number, look),
        Value::Moment(at) => sheet.write_datetime_with_format(row, column, &at, look),
        Value::Text if text.chars().count() > TEXT_MAX => return Err(too_long(row, column)),
        Value::Text => sheet.write_string_with_format(row, column, text, look),
    };
    done.map(drop).map_err(|e| broken(&e))
}

enum Value {
    Nothing,
    Number(f64),
    Moment(ExcelDateTime),
    Text,
}

fn value(kind: Kind, text: &str) -> Value {
    if text.is_empty() {
        return Value::Nothing;
    }
    let found = match kind {
        Kind::Integer | Kind::Scaled(_) | Kind::Decimal(_) => number(text).map(Value::Number),
        Kind::Day | Kind::Moment => moment(text).map(Value::Moment),
        Kind::Text | Kind::Flag => None,
    };
    found.unwrap_or(Value::Text)
}

/// The number of a text, when a spreadsheet keeps every digit of it.
fn number(text: &str) -> Option<f64> {
    let whole = text.trim_start_matches('-').split('.').next()?;
    let padded = whole.len() > 1 && whole.starts_with('0');
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    if !is_plain_number(text) || padded || digits > DIGITS || text.starts_with("-0") {
        return None;
    }
    text.parse().ok()
}

fn moment(text: &str) -> Option<ExcelDateTime> {
    let shape = matches!(text.len(), 10 | 19);
    let at = shape.then(|| ExcelDateTime::parse_from_str(text))?.ok()?;
    // Before March 1900 a spreadsheet counts a day that never was.
    (text >= "1900-03-01").then_some(at)
}

fn too_long(row: u32, column: u16) -> Fault {
    Fault::new(
        NO_ROOM,
        format!(
            "a text is too long for a cell: row {}, column {}",
            row + 1,
            column + 1
        ),
        "take the table as CSV",
    )
}

/// The fault of a workbook that cannot be written.
pub fn broken(error: &XlsxError) -> Fault {
    Fault::new(NO_ROOM, error.to_string(), "take the table as CSV")
}
