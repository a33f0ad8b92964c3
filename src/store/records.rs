//! Records: canonical JSON of what an act left behind, named by its SHA-256, never changed.
//!
//! Not here: what is recorded (`acts`).

use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, RunQueryDsl};

use super::digest::sha256;
use super::error::StoreError;
use super::schema::records;
use super::tx::{Reading, Writing};

/// The digest of a text, as records are named.
pub fn digest(text: &str) -> String {
    sha256(text.as_bytes())
}

/// Stores a text unless it is there; its digest.
pub fn put(tx: &mut Writing<'_>, text: &str) -> Result<String, StoreError> {
    let digest = digest(text);
    if get(tx, &digest)?.is_none() {
        let row = (records::digest.eq(&digest), records::body.eq(text));
        tx.change(|c| diesel::insert_into(records::table).values(row).execute(c))?;
    }
    Ok(digest)
}

/// A record, if it is there.
pub fn get(tx: &mut Reading<'_>, digest: &str) -> Result<Option<String>, StoreError> {
    tx.run(|c| {
        records::table
            .find(digest)
            .select(records::body)
            .first(c)
            .optional()
    })
}

/// Takes a record out. The schema refuses it (ST107) unless its erasure is stored.
pub(super) fn take_out(tx: &mut Writing<'_>, digest: &str) -> Result<bool, StoreError> {
    Ok(tx.change(|c| diesel::delete(records::table.find(digest)).execute(c))? > 0)
}

/// The digests of all records whose text is not that of the digest.
pub(super) fn differing(tx: &mut Reading<'_>) -> Result<Vec<String>, StoreError> {
    const PAGE: i64 = 500;
    let (mut after, mut bad) = (String::new(), Vec::new());
    loop {
        let rows: Vec<(String, String)> = tx.run(|c| {
            records::table
                .filter(records::digest.gt(&after))
                .order(records::digest)
                .limit(PAGE)
                .select((records::digest, records::body))
                .load(c)
        })?;
        let Some((last, _)) = rows.last() else {
            return Ok(bad);
        };
        after.clone_from(last);
        bad.extend(
            rows.into_iter()
                .filter(|(d, b)| digest(b) != *d)
                .map(|(d, _)| d),
        );
    }
}
