//! The journal: who did what to what, when, from which state to which. One row per act, in the
//! act's own transaction; `hash = SHA-256(canonical row with the hash before it)`, so that no row
//! can be changed, dropped or put in later unseen.
//!
//! Canonical row: the format name, then each field as its length in bytes, a colon and its text;
//! an absent field is a `-`. Time in UTC to the microsecond.
//!
//! Not here: what an act does (`acts`).

use chrono::{DateTime, NaiveDateTime, SecondsFormat, SubsecRound, Utc};
use diesel::{
    ExpressionMethods, Insertable, OptionalExtension, QueryDsl, Queryable, RunQueryDsl, Selectable,
    SelectableHelper,
};
use serde::Serialize;

use super::digest::sha256;
use super::error::StoreError;
use super::schema::journal;
use super::tx::{Reading, Writing};

/// The hash before the first row.
pub const BEGINNING: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// What an act reports of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub actor: String,
    /// What, for example `import units`.
    pub act: String,
    /// To what, for example `round 2026-1` or the digest of a plan.
    pub subject: String,
    /// Digest of the state before, where there is one.
    pub before: Option<String>,
    /// Digest of the state after, where there is one.
    pub after: Option<String>,
}

/// A row of the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Insertable, Queryable, Selectable)]
#[diesel(table_name = journal)]
struct Row {
    seq: i64,
    at: NaiveDateTime,
    actor: String,
    act: String,
    subject: String,
    before_digest: Option<String>,
    after_digest: Option<String>,
    prev_hash: String,
    hash: String,
}

/// An entry with its place in the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entered {
    /// Number from 1.
    pub seq: i64,
    /// The entry, its time cut to the microsecond.
    pub entry: Entry,
    /// Hash of the row before.
    pub prev_hash: String,
    /// Hash of this row.
    pub hash: String,
}

impl Entered {
    /// True when the hash is that of the row.
    pub fn is_whole(&self) -> bool {
        self.hash == hash(self.seq, &self.entry, &self.prev_hash)
    }
}

impl From<Row> for Entered {
    fn from(row: Row) -> Entered {
        Entered {
            seq: row.seq,
            entry: Entry {
                at: row.at.and_utc(),
                actor: row.actor,
                act: row.act,
                subject: row.subject,
                before: row.before_digest,
                after: row.after_digest,
            },
            prev_hash: row.prev_hash,
            hash: row.hash,
        }
    }
}

/// The hash of an entry at its place in the chain.
fn hash(seq: i64, entry: &Entry, prev_hash: &str) -> String {
    let field = |text: Option<&str>| match text {
        Some(text) => format!("{}:{text}", text.len()),
        None => "-".to_owned(),
    };
    let fields = [
        field(Some(&seq.to_string())),
        field(Some(&entry.at.to_rfc3339_opts(SecondsFormat::Micros, true))),
        field(Some(&entry.actor)),
        field(Some(&entry.act)),
        field(Some(&entry.subject)),
        field(entry.before.as_deref()),
        field(entry.after.as_deref()),
        field(Some(prev_hash)),
    ];
    sha256(format!("zhuchao-journal/1\n{}", fields.concat()).as_bytes())
}

fn last(tx: &mut Reading<'_>) -> Result<Option<Row>, StoreError> {
    tx.run(|c| {
        journal::table
            .order(journal::seq.desc())
            .select(Row::as_select())
            .first(c)
            .optional()
    })
}

/// Appends an entry; the writer's turn keeps the chain from forking.
pub fn append(tx: &mut Writing<'_>, entry: &Entry) -> Result<Entered, StoreError> {
    let before = last(tx)?;
    let seq = before.as_ref().map_or(1, |row| row.seq + 1);
    let prev_hash = before.map_or(BEGINNING.to_owned(), |row| row.hash);
    let entry = Entry {
        // The precision of both databases.
        at: entry.at.trunc_subsecs(6),
        ..entry.clone()
    };
    let row = Row {
        seq,
        at: entry.at.naive_utc(),
        actor: entry.actor.clone(),
        act: entry.act.clone(),
        subject: entry.subject.clone(),
        before_digest: entry.before.clone(),
        after_digest: entry.after.clone(),
        hash: hash(seq, &entry, &prev_hash),
        prev_hash,
    };
    tx.change(|c| diesel::insert_into(journal::table).values(&row).execute(c))?;
    tx.journaled = true;
    Ok(Entered::from(row))
}

/// At most `limit` rows after number `after` (0 = from the first), in order.
pub fn page(tx: &mut Reading<'_>, after: i64, limit: u32) -> Result<Vec<Entered>, StoreError> {
    let rows: Vec<Row> = tx.run(|c| {
        journal::table
            .filter(journal::seq.gt(after))
            .order(journal::seq)
            .limit(i64::from(limit))
            .select(Row::as_select())
            .load(c)
    })?;
    Ok(rows.into_iter().map(Entered::from).collect())
}

/// The rows about a subject, in order.
pub fn about(tx: &mut Reading<'_>, subject: &str) -> Result<Vec<Entered>, StoreError> {
    let rows: Vec<Row> = tx.run(|c| {
        journal::table
            .filter(journal::subject.eq(subject))
            .order(journal::seq)
            .select(Row::as_select())
            .load(c)
    })?;
    Ok(rows.into_iter().map(Entered::from).collect())
}

/// The first row of an act that left this digest behind.
pub fn leaving(tx: &mut Reading<'_>, digest: &str) -> Result<Option<Entered>, StoreError> {
    let row: Option<Row> = tx.run(|c| {
        journal::table
            .filter(journal::after_digest.eq(digest))
            .order(journal::seq)
            .select(Row::as_select())
            .first(c)
            .optional()
    })?;
    Ok(row.map(Entered::from))
}

/// True when some act left this digest behind.
pub(super) fn names(tx: &mut Reading<'_>, digest: &str) -> Result<bool, StoreError> {
    let seq: Option<i64> = tx.run(|c| {
        journal::table
            .filter(journal::after_digest.eq(digest))
            .select(journal::seq)
            .first(c)
            .optional()
    })?;
    Ok(seq.is_some())
}

/// The numbers of the rows where the chain is broken: a wrong number, a wrong hash, or a row that
/// does not continue the one before. Empty when the journal is whole.
pub fn broken_links(tx: &mut Reading<'_>) -> Result<Vec<i64>, StoreError> {
    let mut broken = Vec::new();
    walk(tx, |row, whole| {
        if !whole {
            broken.push(row.seq);
        }
    })?;
    Ok(broken)
}

/// Walks the whole chain in order and tells of each row whether it is whole: its number and hash are
/// right and it continues the one before.
pub fn walk(tx: &mut Reading<'_>, mut seen: impl FnMut(&Entered, bool)) -> Result<(), StoreError> {
    const PAGE: u32 = 1000;
    let (mut seq, mut prev) = (0, BEGINNING.to_owned());
    loop {
        // By the stored number, so that a gap cannot stop the walk.
        let rows = page(tx, seq, PAGE)?;
        if rows.is_empty() {
            return Ok(());
        }
        for row in rows {
            let whole = row.seq == seq + 1 && row.prev_hash == prev && row.is_whole();
            seen(&row, whole);
            (seq, prev) = (row.seq, row.hash);
        }
    }
}
