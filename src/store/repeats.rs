//! Acts that a client marked with a key: what was answered, so that asking twice does once.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::error::StoreError;
use super::noun::{Cell, Noun};
use super::rows::{remove_before, upsert_many};
use super::tx::Writing;

/// An act done under a client's key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Repeat {
    /// Actor and key, digested.
    pub id: String,
    /// When it was done.
    pub at: DateTime<Utc>,
    /// Digest of what was asked.
    pub asked: String,
    /// What was answered, as JSON.
    pub answer: String,
}

impl Noun for Repeat {
    const NOUN: &'static str = "repeated act";
    const TABLE: &'static str = "repeats";
    const COLUMNS: &'static [&'static str] = &["at"];

    fn key(&self) -> String {
        self.id.clone()
    }

    fn cells(&self) -> Vec<Cell> {
        vec![Cell::Text(stamp(self.at))]
    }
}

/// A moment as columns of text hold it: in the order of time.
pub(super) fn stamp(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(chrono::SecondsFormat::Micros, true)
}

/// Stores an act, and forgets those before a moment.
pub fn put(
    tx: &mut Writing<'_>,
    repeat: &Repeat,
    forget_before: DateTime<Utc>,
) -> Result<(), StoreError> {
    remove_before::<Repeat>(tx, "at", &stamp(forget_before))?;
    upsert_many(tx, std::slice::from_ref(repeat)).map(drop)
}
