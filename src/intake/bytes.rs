//! Bytes from a reader, never more than the limits allow, scanned while they come.

use std::io::{ErrorKind, Read};

use crate::domain::fault::Fault;

use super::codes;
use super::limits::Limits;
use super::line_scan::LineScan;
use super::report::Format;

const CHUNK: usize = 64 << 10;

/// All bytes of the source, or the fault that ended the reading.
pub(super) fn read(
    source: &mut dyn Read,
    format: Format,
    limits: &Limits,
) -> Result<Vec<u8>, Fault> {
    let most = match format {
        Format::Csv => limits.file_bytes,
        Format::GeoJson => limits.json_bytes,
    };
    let mut chunk = vec![0_u8; CHUNK];
    let mut bytes: Vec<u8> = Vec::new();
    let mut scan = LineScan::new();
    let mut total: u64 = 0;
    loop {
        let fresh = match source.read(&mut chunk) {
            Ok(0) => break,
            Ok(count) => chunk.get(..count).unwrap_or_default(),
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(unreadable(&error.to_string())),
        };
        total = total.saturating_add(u64::try_from(fresh.len()).unwrap_or(u64::MAX));
        if total > most {
            return Err(too_large(most));
        }
        bytes.extend_from_slice(fresh);
        refuse_utf16(&bytes)?;
        if format == Format::Csv {
            scan.feed(fresh, limits)?;
        }
    }
    if format == Format::Csv {
        scan.end(limits)?;
    }
    Ok(bytes)
}

/// The fault of a source that fails.
pub(super) fn unreadable(why: &str) -> Fault {
    Fault::new(
        codes::UNREADABLE,
        format!("the file cannot be read: {why}"),
        "check the file and its permissions",
    )
}

fn too_large(most: u64) -> Fault {
    Fault::new(
        codes::FILE_TOO_LARGE,
        format!("the file has more than {most} bytes"),
        "split the file",
    )
}

fn refuse_utf16(start: &[u8]) -> Result<(), Fault> {
    if start.starts_with(&[0xFF, 0xFE]) || start.starts_with(&[0xFE, 0xFF]) {
        return Err(Fault::new(
            codes::UTF16,
            "the file is UTF-16",
            "save the table as CSV in UTF-8 or GB18030",
        ));
    }
    Ok(())
}
