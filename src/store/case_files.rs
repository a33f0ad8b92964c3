//! Bytes of evidence: named by whose they are and by their SHA-256, never changed. What was never seen by
//! an officer may be taken out again.
//!
//! Not here: what a file may be and who may read it (`acts::cases`).

use diesel::{Insertable, OptionalExtension, QueryDsl, RunQueryDsl};

use super::digest::sha256;
use super::error::StoreError;
use super::schema::case_files;
use super::tx::{Reading, Writing};
use crate::domain::ids::{ApplicationId, FirmId};

#[derive(Insertable)]
#[diesel(table_name = case_files)]
struct Row<'a> {
    id: String,
    holder: &'a str,
    digest: &'a str,
    bytes: &'a [u8],
}

/// The holder of a case's files.
pub fn of_case(case: &ApplicationId) -> String {
    format!("case {case}")
}

/// The holder of the files of a firm's profile.
pub fn of_firm(firm: &FirmId) -> String {
    format!("firm {firm}")
}

/// The holder of the files of templates of notices.
pub const OF_TEMPLATES: &str = "template notice";

fn key(holder: &str, digest: &str) -> String {
    format!("{holder}/{digest}")
}

/// The name of a file: the SHA-256 of its bytes.
pub fn digest(bytes: &[u8]) -> String {
    sha256(bytes)
}

/// Stores the bytes of a file for a holder, unless he has them already.
pub fn put(tx: &mut Writing<'_>, holder: &str, bytes: &[u8]) -> Result<String, StoreError> {
    let digest = sha256(bytes);
    let id = key(holder, &digest);
    let known: Option<String> = tx.run(|c| {
        (case_files::table.find(&id))
            .select(case_files::id)
            .first(c)
            .optional()
    })?;
    if known.is_none() {
        let row = Row {
            id,
            holder,
            digest: &digest,
            bytes,
        };
        tx.change(|c| {
            diesel::insert_into(case_files::table)
                .values(&row)
                .execute(c)
        })?;
    }
    Ok(digest)
}

/// Whether a holder has a file.
pub fn has(tx: &mut Reading<'_>, holder: &str, digest: &str) -> Result<bool, StoreError> {
    let id = key(holder, digest);
    let known: Option<String> = tx.run(|c| {
        (case_files::table.find(&id))
            .select(case_files::id)
            .first(c)
            .optional()
    })?;
    Ok(known.is_some())
}

/// The bytes of a file of a holder, if they are there.
pub fn get(
    tx: &mut Reading<'_>,
    holder: &str,
    digest: &str,
) -> Result<Option<Vec<u8>>, StoreError> {
    let id = key(holder, digest);
    tx.run(|c| {
        (case_files::table.find(&id))
            .select(case_files::bytes)
            .first(c)
            .optional()
    })
}

/// Takes a file out; `false` when it was not there.
pub fn remove(tx: &mut Writing<'_>, holder: &str, digest: &str) -> Result<bool, StoreError> {
    let id = key(holder, digest);
    Ok(tx.change(|c| diesel::delete(case_files::table.find(&id)).execute(c))? > 0)
}

/// Takes a file out by its key; `false` when it was not there.
pub(super) fn take_out(tx: &mut Writing<'_>, key: &str) -> Result<bool, StoreError> {
    Ok(tx.change(|c| diesel::delete(case_files::table.find(key)).execute(c))? > 0)
}

/// Keys of the files whose bytes are not those of their name. One at a time: they are large.
pub(super) fn differing(tx: &mut Reading<'_>) -> Result<Vec<String>, StoreError> {
    let names: Vec<(String, String)> = tx.run(|c| {
        case_files::table
            .order(case_files::id)
            .select((case_files::id, case_files::digest))
            .load(c)
    })?;
    let mut bad = Vec::new();
    for (id, digest) in names {
        let bytes: Vec<u8> = tx.run(|c| {
            (case_files::table.find(&id))
                .select(case_files::bytes)
                .first(c)
        })?;
        if sha256(&bytes) != digest {
            bad.push(id);
        }
    }
    Ok(bad)
}

/// Keys of all files.
pub fn keys(tx: &mut Reading<'_>) -> Result<Vec<String>, StoreError> {
    tx.run(|c| {
        case_files::table
            .order(case_files::id)
            .select(case_files::id)
            .load(c)
    })
}

/// The key under which a holder keeps a file.
pub fn key_of(holder: &str, digest: &str) -> String {
    key(holder, digest)
}
