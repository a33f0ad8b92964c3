//! What a workbook may ask of the machine, read from the directory of its zip before anything is
//! unpacked: readers of workbooks have no bound of their own.
//!
//! Not here: the cells (`workbook`).

use std::io::Cursor;

use zip::ZipArchive;

use crate::domain::fault::Fault;

use super::codes;

/// Largest file in bytes.
pub const FILE_MAX: usize = 20 << 20;
/// Largest size of all parts unpacked, in bytes.
const UNPACKED_MAX: u64 = 200 << 20;
/// Most parts.
const PARTS_MAX: usize = 200;
/// Largest ratio of unpacked to packed size of a part of more than 1 MiB.
const RATIO_MAX: u64 = 100;

/// Refuses a file that is no workbook, or too large, or packed too well to be honest.
pub fn inspect(bytes: &[u8]) -> Result<(), Fault> {
    if bytes.len() > FILE_MAX {
        return Err(too_large(format!("the file has more than {FILE_MAX} bytes")));
    }
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|e| no_workbook(&e.to_string()))?;
    if zip.len() > PARTS_MAX {
        return Err(too_large(format!("it has more than {PARTS_MAX} parts")));
    }
    let mut total = 0_u64;
    let mut book = false;
    for at in 0..zip.len() {
        let part = zip
            .by_index_raw(at)
            .map_err(|e| no_workbook(&e.to_string()))?;
        book |= part.name().eq_ignore_ascii_case("xl/workbook.xml");
        total = total.saturating_add(part.size());
        let dense = part.size() > 1 << 20
            && part.size() / part.compressed_size().max(1) > RATIO_MAX;
        if dense || total > UNPACKED_MAX {
            return Err(too_large("it unpacks to too much".to_owned()));
        }
    }
    match book {
        true => Ok(()),
        false => Err(no_workbook("it has no workbook part")),
    }
}

fn too_large(cause: String) -> Fault {
    Fault::new(
        codes::BOOK_TOO_LARGE,
        cause,
        "split the table, or send it as CSV",
    )
}

/// The fault of a file that is no workbook.
pub fn no_workbook(why: &str) -> Fault {
    let why: String = why.chars().take(120).collect();
    Fault::new(
        codes::NO_WORKBOOK,
        format!("the file is no .xlsx workbook: {why}"),
        "save the table as .xlsx or as CSV in UTF-8",
    )
}
