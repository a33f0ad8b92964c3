//! What a file is, by its own bytes: PDF, PNG, JPEG, docx or xlsx, whole and with nothing after its end. The
//! name and the declared media type are never believed.
//!
//! A file that is two things at once (a picture that is an archive too) is refused: whatever is not a zip
//! must not end like one, and a picture must end where its format says.
//!
//! Not here: reading what is inside. Archives are not unpacked, so no bomb goes off.

use super::file_zip;
use crate::domain::fault::{Code, Fault};

/// The file is none of the kinds that may be filed, or not whole.
pub const NOT_EVIDENCE: Code = Code("AC245");
/// The file is larger than allowed.
pub const EVIDENCE_TOO_LARGE: Code = Code("AC246");

/// Most bytes of a file.
pub const FILE_MAX: usize = 10 * 1024 * 1024;

/// Media type of a Word document.
pub const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
/// Media type of an Excel workbook.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The media type of a whole file.
///
/// # Errors
/// AC245 for anything else, AC246 above [`FILE_MAX`].
pub fn media_type(bytes: &[u8]) -> Result<&'static str, Fault> {
    if bytes.len() > FILE_MAX {
        let cause = format!("the file is larger than {FILE_MAX} bytes");
        return Err(Fault::new(EVIDENCE_TOO_LARGE, cause, "send a smaller one"));
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return file_zip::office(bytes);
    }
    if file_zip::end(bytes).is_some() {
        return Err(bad("it is a document and an archive at once"));
    }
    let found = [
        (
            "application/pdf",
            b"%PDF-".as_slice(),
            is_pdf as fn(&[u8]) -> bool,
        ),
        ("image/png", b"\x89PNG\r\n\x1a\n", is_png),
        ("image/jpeg", b"\xff\xd8\xff", is_jpeg),
    ];
    let kind = found.iter().find(|(_, magic, _)| bytes.starts_with(magic));
    match kind {
        Some((media, _, whole)) if whole(bytes) => Ok(media),
        Some(_) => Err(bad("it is cut off, or something follows its end")),
        None => Err(bad("it is none of PDF, PNG, JPEG, docx, xlsx")),
    }
}

/// AC245.
pub(super) fn bad(cause: &str) -> Fault {
    let action = "save it anew as PDF, PNG, JPEG, docx or xlsx";
    Fault::new(NOT_EVIDENCE, cause, action)
}

/// Ends with its mark; writers add at most white space or a kilobyte of their own.
fn is_pdf(bytes: &[u8]) -> bool {
    let tail = bytes.get(bytes.len().saturating_sub(1024)..);
    let tail = tail.unwrap_or_default();
    tail.windows(5).any(|w| w == b"%%EOF")
}

/// Chunk after chunk from IHDR to IEND, and nothing after.
fn is_png(bytes: &[u8]) -> bool {
    let mut rest = bytes.get(8..).unwrap_or_default();
    let mut first = true;
    while let (Some(length), Some(kind)) = (big_endian(rest), rest.get(4..8)) {
        if first && kind != b"IHDR" {
            return false;
        }
        first = false;
        let Some(after) = usize::try_from(length)
            .ok()
            .and_then(|n| rest.get(n + 12..))
        else {
            return false;
        };
        if kind == b"IEND" {
            return after.is_empty();
        }
        rest = after;
    }
    false
}

fn big_endian(bytes: &[u8]) -> Option<u32> {
    let four: [u8; 4] = bytes.get(..4)?.try_into().ok()?;
    Some(u32::from_be_bytes(four))
}

/// Ends with its mark.
fn is_jpeg(bytes: &[u8]) -> bool {
    bytes.len() > 4 && bytes.ends_with(b"\xff\xd9")
}
