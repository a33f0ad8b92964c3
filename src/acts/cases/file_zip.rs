//! The directory of a zip archive, as far as it tells an office document from anything else. Nothing is
//! unpacked.
//!
//! Law: the archive is the whole file. Its first entry begins at byte 0, its directory is followed by its end
//! record, and that by nothing; so no other file hides before, between or after.
//!
//! Not here: other kinds of files (`file_kind`).

use super::file_kind::{DOCX, XLSX, bad};
use crate::domain::fault::Fault;

/// Bytes of the end record without its comment.
const END: usize = 22;
/// Bytes of an entry of the directory without its names.
const ENTRY: usize = 46;
/// Most entries of a document; more is no document.
const ENTRIES_MAX: usize = 10_000;
/// Most bytes that a document may claim to unpack to.
const UNPACKED_MAX: u64 = 512 * 1024 * 1024;
/// Most bytes of contents for a packed byte.
const RATIO_MAX: u64 = 1_000;

/// Where the directory of an archive is.
pub(super) struct End {
    entries: usize,
    size: usize,
    start: usize,
    at: usize,
}

/// The end record that closes the file, if there is one.
pub(super) fn end(bytes: &[u8]) -> Option<End> {
    let from = bytes.len().saturating_sub(END + usize::from(u16::MAX));
    let until = bytes.len().checked_sub(END)?;
    (from..=until).rev().find_map(|at| {
        let record = bytes.get(at..)?;
        let closes = record.starts_with(b"PK\x05\x06") && small(record, 20)? + END == record.len();
        closes.then_some(())?;
        Some(End {
            entries: small(record, 10)?,
            size: wide(record, 12)?,
            start: wide(record, 16)?,
            at,
        })
    })
}

/// The media type of an office document.
pub(super) fn office(bytes: &[u8]) -> Result<&'static str, Fault> {
    let end = end(bytes).ok_or_else(|| bad("the archive is cut off, or something follows it"))?;
    if end.start.checked_add(end.size) != Some(end.at) || end.entries > ENTRIES_MAX {
        return Err(bad("the directory of the archive is not where it says"));
    }
    let listed = bytes.get(end.start..end.at).unwrap_or_default();
    let names = names(listed, end.entries)?;
    let has = |name: &str| names.iter().any(|n| n == name);
    if names
        .iter()
        .any(|n| n.to_lowercase().ends_with("vbaproject.bin"))
    {
        return Err(bad("it holds macros"));
    }
    match (
        has("[Content_Types].xml"),
        has("word/document.xml"),
        has("xl/workbook.xml"),
    ) {
        (true, true, false) => Ok(DOCX),
        (true, false, true) => Ok(XLSX),
        _ => Err(bad("the archive is neither a docx nor an xlsx")),
    }
}

/// The names of the entries; refused when they claim to unpack to more than a document does.
fn names(mut listed: &[u8], entries: usize) -> Result<Vec<String>, Fault> {
    let broken = || bad("the directory of the archive is broken");
    let (mut names, mut packed, mut unpacked) = (Vec::new(), 0_u64, 0_u64);
    for n in 0..entries {
        let entry = listed.get(..ENTRY).ok_or_else(broken)?;
        let here = |at| wide(entry, at).and_then(|v| u64::try_from(v).ok());
        let long = |at| small(entry, at);
        if !entry.starts_with(b"PK\x01\x02") || (n == 0 && here(42) != Some(0)) {
            return Err(broken());
        }
        packed += here(20).ok_or_else(broken)?;
        unpacked += here(24).ok_or_else(broken)?;
        let lengths = [long(28), long(30), long(32)];
        let [name, extra, comment] = lengths.map(Option::unwrap_or_default);
        let text = listed.get(ENTRY..ENTRY + name).ok_or_else(broken)?;
        names.push(String::from_utf8_lossy(text).into_owned());
        let next = ENTRY + name + extra + comment;
        listed = listed.get(next..).ok_or_else(broken)?;
    }
    if unpacked > UNPACKED_MAX || unpacked > packed.saturating_mul(RATIO_MAX).max(1 << 20) {
        return Err(bad("it claims to unpack to far more than a document does"));
    }
    match listed.is_empty() {
        true => Ok(names),
        false => Err(broken()),
    }
}

fn small(bytes: &[u8], at: usize) -> Option<usize> {
    let two: [u8; 2] = bytes.get(at..at + 2)?.try_into().ok()?;
    Some(usize::from(u16::from_le_bytes(two)))
}

fn wide(bytes: &[u8], at: usize) -> Option<usize> {
    let four: [u8; 4] = bytes.get(at..at + 4)?.try_into().ok()?;
    usize::try_from(u32::from_le_bytes(four)).ok()
}
