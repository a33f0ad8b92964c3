//! Randomness: secrets of sessions and tokens, one-time codes, initial passwords, keys of nouns. All
//! from the machine's generator.
//!
//! Not here: hashing passwords (`hash`), sealing (`vault`).

use std::str::FromStr;

use super::refuse;
use crate::acts::Desk;
use crate::domain::fault::{Fault, Faults};
use crate::domain::key::{Key, Kind};
use crate::store::records;

/// Letters and digits that are not mistaken for each other; 32 of them.
const SIGNS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz23456789A";

/// Random bytes; AC226 when the machine gives none.
pub fn bytes<const N: usize>() -> Result<[u8; N], Fault> {
    let mut all = [0; N];
    getrandom::fill(&mut all).map_err(|_| {
        Fault::new(
            refuse::NO_RANDOM,
            "the machine gives no randomness",
            "look after the machine",
        )
    })?;
    Ok(all)
}

/// A secret of 256 bits, as hexadecimal text.
pub fn secret() -> Result<String, Fault> {
    Ok(hex(&bytes::<32>()?))
}

/// A one-time code of 100 bits in four groups, to be read aloud or typed.
pub fn code() -> Result<String, Fault> {
    Ok(grouped(&bytes::<20>()?).to_uppercase())
}

/// An initial password: 100 bits in four groups, with a capital and a digit whatever comes.
pub fn password() -> Result<String, Fault> {
    Ok(format!("Z{}9", grouped(&bytes::<20>()?)))
}

fn grouped(bytes: &[u8]) -> String {
    let sign = |b: &u8| char::from(SIGNS[usize::from(*b) % SIGNS.len()]);
    let group = |five: &[u8]| five.iter().map(sign).collect::<String>();
    bytes.chunks(5).map(group).collect::<Vec<_>>().join("-")
}

/// Bytes as hexadecimal text.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing into a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Bytes of hexadecimal text.
pub fn unhex(text: &str) -> Option<Vec<u8>> {
    let all = text.as_bytes();
    if !all.len().is_multiple_of(2) || !text.is_ascii() {
        return None;
    }
    let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    all.chunks(2).map(byte).collect()
}

/// What is stored of a secret or code: its SHA-256. Codes are compared without case and dashes.
pub fn digest(secret: &str) -> String {
    records::digest(secret)
}

/// The digest of a code as a person may type it.
pub fn code_digest(code: &str) -> String {
    let bare: String = code.chars().filter(|c| c.is_alphanumeric()).collect();
    records::digest(&format!("code:{}", bare.to_uppercase()))
}

/// A key of a noun, in time order.
pub fn key<K: Kind>(letter: &str, desk: &Desk) -> Result<Key<K>, Faults> {
    // The moment is the desk's, so that keys stand in the order of the acts.
    let at = desk.now();
    let seconds = u64::try_from(at.timestamp()).unwrap_or(0);
    let stamp = uuid::Timestamp::from_unix_time(seconds, at.timestamp_subsec_nanos(), 0, 0);
    let id = uuid::Uuid::new_v7(stamp).simple();
    Ok(Key::from_str(&format!("{letter}-{id}"))?)
}
