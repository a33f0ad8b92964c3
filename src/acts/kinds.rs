//! The kinds of tables that can be imported and exported, as the doors name them.

use crate::domain::place::Datum;
use crate::intake::words::Word;

pub use crate::intake::{Format, Kind};

/// Names of all kinds, in an order in which references are known before they are used.
pub fn names() -> Vec<&'static str> {
    Kind::ALL.iter().map(|k| k.name()).collect()
}

/// The datum of a word: `wgs84`, `cgcs2000`, `gcj02`, `bd09`.
pub fn datum(word: &str) -> Option<Datum> {
    Datum::read(word)
}
