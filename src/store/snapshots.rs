//! Frozen snapshots: the bytes of the canonical file, named by their SHA-256, never changed.
//!
//! Not here: how the file is written and read (`planning::files`).

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::dsl::sql;
use diesel::sql_types::Bool;
use diesel::{
    ExpressionMethods, Insertable, OptionalExtension, QueryDsl, Queryable, RunQueryDsl, Selectable,
    SelectableHelper,
};

use super::digest::sha256;
use super::error::{StoreError, WRONG_DIGEST};
use super::schema::snapshots;
use super::tx::{Reading, Writing};
use crate::domain::ids::RoundId;

/// A snapshot as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredSnapshot {
    /// SHA-256 of the bytes, hex.
    pub digest: String,
    /// Its round.
    pub round: RoundId,
    /// When it was frozen, to the microsecond.
    pub frozen_at: DateTime<Utc>,
    /// The canonical file, not packed.
    pub bytes: Vec<u8>,
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = snapshots)]
struct Row {
    digest: String,
    round_id: String,
    frozen_at: NaiveDateTime,
    bytes: Vec<u8>,
}

fn noun(row: Row) -> Result<StoredSnapshot, StoreError> {
    let round = row
        .round_id
        .parse()
        .map_err(|e| StoreError::bad_row("snapshots", &row.digest, e))?;
    Ok(StoredSnapshot {
        digest: row.digest,
        round,
        frozen_at: row.frozen_at.and_utc(),
        bytes: row.bytes,
    })
}

/// Stores a snapshot; `false` when it is there already. ST125 when the digest is not that of the
/// bytes.
pub fn put(tx: &mut Writing<'_>, snapshot: &StoredSnapshot) -> Result<bool, StoreError> {
    proved_digest(&snapshot.digest, &snapshot.bytes)?;
    if is_there(tx, &snapshot.digest)? {
        return Ok(false);
    }
    let row = Row {
        digest: snapshot.digest.clone(),
        round_id: snapshot.round.to_string(),
        frozen_at: snapshot.frozen_at.naive_utc(),
        bytes: snapshot.bytes.clone(),
    };
    tx.change(|c| {
        diesel::insert_into(snapshots::table)
            .values(&row)
            .execute(c)
    })?;
    Ok(true)
}

pub(super) fn proved_digest(digest: &str, bytes: &[u8]) -> Result<(), StoreError> {
    if sha256(bytes) == digest {
        return Ok(());
    }
    Err(StoreError::conflict(
        WRONG_DIGEST,
        "the digest is not that of the bytes",
        "compute the digest from the bytes that are stored",
    ))
}

fn is_there(tx: &mut Reading<'_>, digest: &str) -> Result<bool, StoreError> {
    let found: Option<String> = tx.run(|c| {
        snapshots::table
            .find(digest)
            .select(snapshots::digest)
            .first(c)
            .optional()
    })?;
    Ok(found.is_some())
}

/// A snapshot, if it is there.
pub fn get(tx: &mut Reading<'_>, digest: &str) -> Result<Option<StoredSnapshot>, StoreError> {
    let row = tx.run(|c| {
        snapshots::table
            .find(digest)
            .select(Row::as_select())
            .first(c)
            .optional()
    })?;
    row.map(noun).transpose()
}

/// Digests of the snapshots of a round, the newest first; variants are not among them.
pub fn of_round(tx: &mut Reading<'_>, round: &RoundId) -> Result<Vec<String>, StoreError> {
    tx.run(|c| {
        snapshots::table
            .filter(snapshots::round_id.eq(round.as_str()))
            .filter(sql::<Bool>("digest NOT IN (SELECT id FROM variants)"))
            .order((snapshots::frozen_at.desc(), snapshots::digest))
            .select(snapshots::digest)
            .load(c)
    })
}

/// All digests, in order.
pub fn digests(tx: &mut Reading<'_>) -> Result<Vec<String>, StoreError> {
    tx.run(|c| {
        snapshots::table
            .order(snapshots::digest)
            .select(snapshots::digest)
            .load(c)
    })
}
