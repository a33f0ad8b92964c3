//! What a workbook may ask of the machine, found before any of it is read: readers of workbooks have
//! no bound of their own. Sizes are counted while unpacking into nothing, because the directory of a
//! zip may lie.
//!
//! Not here: the cells (`workbook`).

use std::io::{self, Cursor, Read};

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

/// Parts that run something or reach for other files.
const ACTIVE: [&str; 6] = [
    "xl/vbaproject",
    "xl/externallinks/",
    "xl/embeddings/",
    "xl/activex/",
    "xl/macrosheets/",
    "xl/connections",
];

/// Refuses a file that is no workbook, or too large, or packed too well to be honest, or that holds
/// more than tables.
///
/// # Errors
/// IN170, IN171, IN172.
pub fn inspect(bytes: &[u8]) -> Result<(), Fault> {
    if bytes.len() > FILE_MAX {
        return Err(too_large(format!(
            "the file has more than {FILE_MAX} bytes"
        )));
    }
    if !bytes.starts_with(b"PK\x03\x04") {
        return Err(no_workbook("it does not begin like one"));
    }
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(unreadable)?;
    if zip.len() > PARTS_MAX {
        return Err(too_large(format!("it has more than {PARTS_MAX} parts")));
    }
    let (mut total, mut book) = (0_u64, false);
    for at in 0..zip.len() {
        let mut part = zip.by_index(at).map_err(unreadable)?;
        let name = part.name().map_err(unreadable)?.to_lowercase();
        passive(&name)?;
        book |= name == "xl/workbook.xml";
        let packed = part.compressed_size().max(1);
        let room = UNPACKED_MAX.saturating_sub(total);
        let size = unpacked(&mut part, room, packed)?;
        total += size;
    }
    match book {
        true => Ok(()),
        false => Err(no_workbook("it has no workbook part")),
    }
}

fn passive(name: &str) -> Result<(), Fault> {
    match ACTIVE.iter().any(|bad| name.starts_with(bad)) {
        false => Ok(()),
        true => Err(Fault::new(
            codes::ACTIVE_BOOK,
            "the workbook holds macros, embedded objects or links to other files",
            "copy the values into a plain .xlsx workbook",
        )),
    }
}

/// The true size of a part, as far as there is room for it.
fn unpacked(part: &mut impl Read, room: u64, packed: u64) -> Result<u64, Fault> {
    let honest = packed.saturating_mul(RATIO_MAX).max(1 << 20);
    let most = room.min(honest);
    let size = io::copy(&mut part.take(most + 1), &mut io::sink()).map_err(unreadable)?;
    match size > most {
        true => Err(too_large("it unpacks to too much".to_owned())),
        false => Ok(size),
    }
}

fn too_large(cause: String) -> Fault {
    Fault::new(
        codes::BOOK_TOO_LARGE,
        cause,
        "split the table, or send it as CSV",
    )
}

fn unreadable(error: impl std::fmt::Display) -> Fault {
    no_workbook(&error.to_string())
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
