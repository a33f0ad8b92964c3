//! Policy documents by version. A version, once stored, keeps its text.
//!
//! Not here: what a policy says (`policy`).

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::{
    ExpressionMethods, Insertable, OptionalExtension, QueryDsl, Queryable, RunQueryDsl, Selectable,
    SelectableHelper,
};

use super::error::{IMMUTABLE, StoreError};
use super::schema::policies;
use super::tx::{Reading, Writing};

/// A stored policy document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyText {
    /// Version.
    pub version: String,
    /// When it was stored, to the microsecond.
    pub created_at: DateTime<Utc>,
    /// The document (TOML), whole.
    pub text: String,
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = policies)]
struct Row {
    id: String,
    created_at: NaiveDateTime,
    body: String,
}

impl From<Row> for PolicyText {
    fn from(row: Row) -> PolicyText {
        PolicyText {
            version: row.id,
            created_at: row.created_at.and_utc(),
            text: row.body,
        }
    }
}

/// Stores a version; `false` when it is there with the same text, ST107 with another text.
pub fn put(tx: &mut Writing<'_>, policy: &PolicyText) -> Result<bool, StoreError> {
    match get(tx, &policy.version)? {
        Some(old) if old.text == policy.text => Ok(false),
        Some(_) => Err(another_text(&policy.version)),
        None => {
            let row = Row {
                id: policy.version.clone(),
                created_at: policy.created_at.naive_utc(),
                body: policy.text.clone(),
            };
            tx.change(|c| diesel::insert_into(policies::table).values(&row).execute(c))?;
            Ok(true)
        }
    }
}

/// ST107: a version is stored with another text.
pub fn another_text(version: &str) -> StoreError {
    StoreError::conflict(
        IMMUTABLE,
        format!("policy version {version:?} is stored with another text"),
        "give the changed policy a new version",
    )
}

/// A version, if it is there.
pub fn get(tx: &mut Reading<'_>, version: &str) -> Result<Option<PolicyText>, StoreError> {
    let row = tx.run(|c| {
        policies::table
            .find(version)
            .select(Row::as_select())
            .first(c)
            .optional()
    })?;
    Ok(row.map(PolicyText::from))
}

/// The version stored last, if any.
pub fn latest(tx: &mut Reading<'_>) -> Result<Option<PolicyText>, StoreError> {
    let row = tx.run(|c| {
        policies::table
            .order((policies::created_at.desc(), policies::id.desc()))
            .select(Row::as_select())
            .first(c)
            .optional()
    })?;
    Ok(row.map(PolicyText::from))
}

/// All versions by name.
pub fn all(tx: &mut Reading<'_>) -> Result<Vec<PolicyText>, StoreError> {
    let rows = tx.run(|c| {
        policies::table
            .order(policies::id)
            .select(Row::as_select())
            .load(c)
    })?;
    Ok(rows.into_iter().map(PolicyText::from).collect())
}
