//! The encoding of a file: UTF-8 when the whole of it is UTF-8, else GB18030 when the whole of it
//! is that, else a fault. Nothing is replaced or guessed cell by cell.

use std::borrow::Cow;

use encoding_rs::{DecoderResult, GB18030};

use crate::domain::fault::{Fault, Place};

use super::codes;
use super::report::Encoding;

const UTF8_MARK: [u8; 3] = [0xEF, 0xBB, 0xBF];
const GB18030_MARK: [u8; 4] = [0x84, 0x31, 0x95, 0x33];

/// The encoding and the bytes after a byte-order mark.
pub(super) fn recognised(bytes: &[u8]) -> Result<(Encoding, &[u8]), Fault> {
    if let Some(rest) = bytes.strip_prefix(&UTF8_MARK) {
        return match std::str::from_utf8(rest) {
            Ok(_) => Ok((Encoding::Utf8Bom, rest)),
            Err(error) => {
                let cause = "the file begins as UTF-8 and this line is not UTF-8";
                Err(broken(rest, error.valid_up_to(), cause))
            }
        };
    }
    let Err(error) = std::str::from_utf8(bytes) else {
        return Ok((Encoding::Utf8, bytes));
    };
    if is_damaged_utf8(bytes, error.valid_up_to()) {
        let cause = "the file is UTF-8 up to this line, which is not";
        return Err(broken(bytes, error.valid_up_to(), cause));
    }
    let rest = bytes.strip_prefix(&GB18030_MARK).unwrap_or(bytes);
    match first_broken_byte(rest) {
        None => Ok((Encoding::Gb18030, rest)),
        Some(at) => Err(broken(rest, at, "this line is neither UTF-8 nor GB18030")),
    }
}

/// Whether the bytes before the first that is not UTF-8 are so clearly UTF-8 that GB18030 would
/// give rubbish: a pair of characters of three bytes does not happen by chance in Chinese GB18030
/// text, while single ones of two bytes do (联通).
fn is_damaged_utf8(bytes: &[u8], valid_up_to: usize) -> bool {
    let valid = bytes.get(..valid_up_to).unwrap_or_default();
    let text = std::str::from_utf8(valid).unwrap_or_default();
    text.chars().filter(|c| c.len_utf8() >= 3).nth(1).is_some()
}

fn broken(bytes: &[u8], at: usize, cause: &str) -> Fault {
    let before = bytes.get(..at).unwrap_or(bytes);
    let breaks = before.iter().filter(|b| **b == b'\n').count();
    let place = Place {
        row: u64::try_from(breaks + 1).ok(),
        ..Place::default()
    };
    Fault::new(
        codes::BAD_ENCODING,
        cause,
        "save the table as CSV in UTF-8 or GB18030",
    )
    .at(place)
}

/// Offset near which the bytes stop being GB18030; decodes into a small buffer that is thrown away.
fn first_broken_byte(bytes: &[u8]) -> Option<usize> {
    let mut decoder = GB18030.new_decoder_without_bom_handling();
    let mut sink = vec![0_u8; 16 << 10];
    let mut at = 0;
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        let (result, read, _) = decoder.decode_to_utf8_without_replacement(rest, &mut sink, true);
        at += read;
        match result {
            DecoderResult::InputEmpty => return None,
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(_, _) => return Some(at.saturating_sub(1)),
        }
    }
}

/// The text of a cell; `None` when it is not of the encoding.
pub(super) fn text(bytes: &[u8], encoding: Encoding) -> Option<Cow<'_, str>> {
    match encoding {
        Encoding::Utf8 | Encoding::Utf8Bom => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
        Encoding::Gb18030 => GB18030.decode_without_bom_handling_and_without_replacement(bytes),
    }
}
