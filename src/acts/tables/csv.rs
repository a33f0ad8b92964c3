//! Tables as CSV: UTF-8 with byte-order mark, CRLF, and cells that a spreadsheet would run made
//! harmless in a way that can be taken back (`intake::cell`).

use super::super::export::NOT_WRITABLE;
use super::{Column, Row};
use crate::domain::fault::Fault;
use crate::intake::cell::escape;

/// The whole file.
///
/// # Errors
/// AC132 when it cannot be put together.
pub fn written(columns: &[Column], rows: &[Row]) -> Result<Vec<u8>, Fault> {
    let failed = |e: csv::Error| Fault::new(NOT_WRITABLE, e.to_string(), "report this");
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer("\u{feff}".as_bytes().to_vec());
    let headings = columns.iter().map(|c| escape(&c.heading()));
    writer.write_record(headings).map_err(failed)?;
    for row in rows {
        let cells = row.iter().map(|cell| escape(cell));
        writer.write_record(cells).map_err(failed)?;
    }
    let bytes = writer.into_inner();
    bytes.map_err(|e| Fault::new(NOT_WRITABLE, e.to_string(), "report this"))
}
