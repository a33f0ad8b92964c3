//! Erasures, and the erasing itself: the content goes, its digest stays and is known to be erased.
//!
//! Not here: what is erased when (`acts::record`).

use super::error::StoreError;
use super::noun::{Cell, Noun};
use super::rows::{self, upsert_many};
use super::tx::{Reading, Writing};
use super::{case_files, records};
use crate::domain::erasure::{Erased, Erasure};

impl Noun for Erasure {
    const NOUN: &'static str = "erasure";
    const TABLE: &'static str = "erasures";
    const COLUMNS: &'static [&'static str] = &["kind", "digest", "rule"];

    fn key(&self) -> String {
        Erasure::key(self)
    }

    fn cells(&self) -> Vec<Cell> {
        vec![
            Cell::Text(self.kind.name().to_owned()),
            Cell::Text(self.digest.clone()),
            Cell::Text(self.rule.clone()),
        ]
    }
}

/// Erases what an erasure names, and stores the erasure. `false` when it is gone already.
pub fn erase(tx: &mut Writing<'_>, erasure: &Erasure) -> Result<bool, StoreError> {
    if rows::get::<Erasure>(tx, &erasure.key())?.is_some() {
        return Ok(false);
    }
    upsert_many(tx, std::slice::from_ref(erasure))?;
    match erasure.kind {
        Erased::File => case_files::take_out(tx, &erasure.of),
        Erased::Record => records::take_out(tx, &erasure.of),
    }
}

/// A record, or what an erasure left of it.
pub fn record(tx: &mut Reading<'_>, digest: &str) -> Result<Option<Kept>, StoreError> {
    if let Some(text) = records::get(tx, digest)? {
        return Ok(Some(Kept {
            text,
            erased: false,
        }));
    }
    let gone: Option<Erasure> = rows::get(tx, &format!("record {digest}"))?;
    Ok(gone
        .and_then(|e| e.left)
        .map(|text| Kept { text, erased: true }))
}

/// A record as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// JSON.
    pub text: String,
    /// True when personal data was erased from it, so that its digest cannot be computed again.
    pub erased: bool,
}
