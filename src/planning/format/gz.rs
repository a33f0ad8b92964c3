//! Gzip by its first two bytes; unpacking stops at a limit. Not here: JSON.

use super::{PACKING_BROKEN, TOO_LARGE};
use crate::solve::finding::Finding;
use flate2::read::MultiGzDecoder;
use flate2::{Compression, GzBuilder};
use std::borrow::Cow;
use std::io::{Read, Write};

/// Whether a file is written plain or packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packing {
    /// JSON text.
    Plain,
    /// Gzip without a time, so that equal contents give equal bytes.
    Gzip,
}

impl Packing {
    /// Gzip for names that end in `.gz`.
    pub fn for_name(name: &str) -> Self {
        if name.ends_with(".gz") {
            Packing::Gzip
        } else {
            Packing::Plain
        }
    }
}

/// The contents of a file, unpacked if it is packed.
pub(in crate::planning) fn unpack(bytes: &[u8], limit: u64) -> Result<Cow<'_, [u8]>, Finding> {
    let large = |n: u64| {
        Err(Finding::new(
            TOO_LARGE,
            "",
            format!("more than {limit} bytes unpacked ({n} read)"),
        ))
    };
    let size = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return if size(bytes.len()) > limit {
            large(size(bytes.len()))
        } else {
            Ok(bytes.into())
        };
    }
    let mut text = Vec::new();
    let mut reader = MultiGzDecoder::new(bytes).take(limit.saturating_add(1));
    match reader.read_to_end(&mut text) {
        Err(e) => Err(Finding::new(
            PACKING_BROKEN,
            "",
            format!("the gzip stream is broken: {e}"),
        )),
        Ok(_) if size(text.len()) > limit => large(size(text.len())),
        Ok(_) => Ok(text.into()),
    }
}

/// Packs a text if asked to.
pub(in crate::planning) fn pack(text: Vec<u8>, packing: Packing) -> Result<Vec<u8>, Finding> {
    if packing == Packing::Plain {
        return Ok(text);
    }
    let mut writer = GzBuilder::new()
        .mtime(0)
        .write(Vec::new(), Compression::new(6));
    let done = writer.write_all(&text).and_then(|()| writer.finish());
    done.map_err(|e| Finding::new(PACKING_BROKEN, "", format!("could not pack: {e}")))
}
