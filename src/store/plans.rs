//! Plans: the text of the canonical file, named by its SHA-256, never changed. A plan names its
//! snapshot and its parent, and the act that stores it names it in the journal.
//!
//! Not here: whether a plan is right (`planning::check` proves it before it is stored).

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::dsl::{exists as exists_of, sql};
use diesel::sql_types::Bool;
use diesel::{
    ExpressionMethods, Insertable, OptionalExtension, QueryDsl, Queryable, RunQueryDsl, Selectable,
    SelectableHelper,
};

use super::error::StoreError;
use super::schema::plans;
use super::snapshots::proved_digest;
use super::tx::{Reading, Writing};
use crate::domain::ids::RoundId;
use crate::domain::plan::Plan;

/// A plan as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredPlan {
    /// SHA-256 of the text, hex.
    pub digest: String,
    /// Digest of its snapshot.
    pub snapshot: String,
    /// Digest of the plan it was made from, if any.
    pub parent: Option<String>,
    /// Its round.
    pub round: RoundId,
    /// When it was stored, to the microsecond.
    pub created_at: DateTime<Utc>,
    /// The canonical file.
    pub text: String,
}

impl StoredPlan {
    /// The plan itself.
    pub fn plan(&self) -> Result<Plan, StoreError> {
        serde_json::from_str(&self.text).map_err(|e| StoreError::bad_row("plans", &self.digest, e))
    }
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = plans)]
struct Row {
    digest: String,
    snapshot: String,
    parent: Option<String>,
    round_id: String,
    created_at: NaiveDateTime,
    body: String,
}

fn noun(row: Row) -> Result<StoredPlan, StoreError> {
    let round = row
        .round_id
        .parse()
        .map_err(|e| StoreError::bad_row("plans", &row.digest, e))?;
    Ok(StoredPlan {
        digest: row.digest,
        snapshot: row.snapshot,
        parent: row.parent,
        round,
        created_at: row.created_at.and_utc(),
        text: row.body,
    })
}

/// Stores a plan; `false` when it is there already. ST125 when the digest is not that of the text,
/// ST103 when its snapshot, parent or round is not stored.
pub fn put(tx: &mut Writing<'_>, plan: &StoredPlan) -> Result<bool, StoreError> {
    proved_digest(&plan.digest, plan.text.as_bytes())?;
    if get(tx, &plan.digest)?.is_some() {
        return Ok(false);
    }
    let row = Row {
        digest: plan.digest.clone(),
        snapshot: plan.snapshot.clone(),
        parent: plan.parent.clone(),
        round_id: plan.round.to_string(),
        created_at: plan.created_at.naive_utc(),
        body: plan.text.clone(),
    };
    tx.change(|c| diesel::insert_into(plans::table).values(&row).execute(c))?;
    Ok(true)
}

/// A plan, if it is there.
pub fn get(tx: &mut Reading<'_>, digest: &str) -> Result<Option<StoredPlan>, StoreError> {
    let row = tx.run(|c| {
        plans::table
            .find(digest)
            .select(Row::as_select())
            .first(c)
            .optional()
    })?;
    row.map(noun).transpose()
}

/// Whether a plan is there.
pub fn exists(tx: &mut Reading<'_>, digest: &str) -> Result<bool, StoreError> {
    tx.run(|c| diesel::select(exists_of(plans::table.find(digest))).get_result(c))
}

/// A plan; ST101 when it is not there.
pub fn need(tx: &mut Reading<'_>, digest: &str) -> Result<StoredPlan, StoreError> {
    get(tx, digest)?.ok_or_else(|| StoreError::not_found("plan", digest))
}

/// Digests of the plans of a round, the newest first; plans of variants are not among them.
pub fn of_round(tx: &mut Reading<'_>, round: &RoundId) -> Result<Vec<String>, StoreError> {
    tx.run(|c| {
        plans::table
            .filter(plans::round_id.eq(round.as_str()))
            .filter(sql::<Bool>("snapshot NOT IN (SELECT id FROM variants)"))
            .order((plans::created_at.desc(), plans::digest))
            .select(plans::digest)
            .load(c)
    })
}

/// All digests, in order.
pub fn digests(tx: &mut Reading<'_>) -> Result<Vec<String>, StoreError> {
    tx.run(|c| {
        plans::table
            .order(plans::digest)
            .select(plans::digest)
            .load(c)
    })
}
