//! How a noun becomes a row. Each noun table holds the key, the columns that constraints and
//! searches need, and the whole noun as canonical JSON in `body`. The body is the truth, the
//! columns are projections of it (doctor compares them): so a new attribute of a noun needs no
//! migration, no table grows wide, and noun -> row -> noun is the identity by construction.
//! Lists that name other nouns go to link tables `(owner, rank, target)`, for foreign keys.
//!
//! Not here: the statements (`rows`).

use serde::Serialize;
use serde::de::DeserializeOwned;

/// A value of a column.
pub enum Cell {
    /// TEXT.
    Text(String),
    /// TEXT or NULL.
    MaybeText(Option<String>),
    /// INTEGER.
    Int(i32),
    /// BIGINT.
    Big(i64),
    /// BIGINT or NULL.
    MaybeBig(Option<i64>),
}

/// A noun whose writes are bookkeeping: they decide nothing, say only that something is still going
/// on, and come every few seconds. They need no journal entry, because thousands of them would bury
/// the acts; whatever decides is written by an act beside them.
pub trait Bookkept: Noun {}

/// A noun that has a table of its own.
pub trait Noun: Serialize + DeserializeOwned {
    /// The noun, for messages.
    const NOUN: &'static str;
    /// Its table.
    const TABLE: &'static str;
    /// The columns besides `id` and `body`.
    const COLUMNS: &'static [&'static str];
    /// Those of them that may be NULL: no list is put in order by them.
    const MAYBE: &'static [&'static str] = &[];
    /// Its link tables.
    const LINKS: &'static [&'static str] = &[];

    /// The key.
    fn key(&self) -> String;

    /// Values of [`Noun::COLUMNS`], in that order.
    fn cells(&self) -> Vec<Cell>;

    /// Targets per table of [`Noun::LINKS`], in that order.
    fn targets(&self) -> Vec<Vec<String>> {
        Vec::new()
    }
}
