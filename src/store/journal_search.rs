//! Browsing the journal: rows by act, subject, actor and time, the newest first or the oldest.
//!
//! Not here: the chain (`journal`), who may browse (`acts`).

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::sql_types::{BigInt, Nullable, Text, Timestamp};
use diesel::{QueryableByName, RunQueryDsl};

use super::error::StoreError;
use super::journal::{Entered, Entry};
use super::rows::{Statement, statement};
use super::tx::Reading;

/// Which rows are wanted.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Only of this act.
    pub act: Option<String>,
    /// Only about this subject.
    pub subject: Option<String>,
    /// Only by this actor.
    pub actor: Option<String>,
    /// Not before this moment.
    pub from: Option<DateTime<Utc>>,
    /// Before this moment.
    pub until: Option<DateTime<Utc>>,
    /// Only numbers after this one, before it where the newest come first; 0 = from the first on.
    pub after: i64,
    /// The newest first.
    pub newest: bool,
    /// At most so many.
    pub limit: u32,
}

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = BigInt)]
    seq: i64,
    #[diesel(sql_type = Timestamp)]
    at: NaiveDateTime,
    #[diesel(sql_type = Text)]
    actor: String,
    #[diesel(sql_type = Text)]
    act: String,
    #[diesel(sql_type = Text)]
    subject: String,
    #[diesel(sql_type = Nullable<Text>)]
    before_digest: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    after_digest: Option<String>,
    #[diesel(sql_type = Text)]
    prev_hash: String,
    #[diesel(sql_type = Text)]
    hash: String,
}

impl From<Found> for Entered {
    fn from(row: Found) -> Entered {
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

/// The rows that are wanted, in order of their numbers.
pub fn select(tx: &mut Reading<'_>, wanted: &Wanted) -> Result<Vec<Entered>, StoreError> {
    let (sql, texts) = wheres(wanted);
    let mut query: Statement<'_> = statement(sql).bind::<BigInt, _>(begins(wanted));
    for text in texts {
        query = query.bind::<Text, _>(text);
    }
    for moment in [wanted.from, wanted.until].into_iter().flatten() {
        query = query.bind::<Timestamp, _>(moment.naive_utc());
    }
    let rows: Vec<Found> = tx.run(|c| query.load(c))?;
    Ok(rows.into_iter().map(Entered::from).collect())
}

/// The number beside which the rows begin.
fn begins(wanted: &Wanted) -> i64 {
    match (wanted.newest, wanted.after) {
        (true, 0) => i64::MAX,
        (_, after) => after,
    }
}

/// The statement, and the texts of its parameters from the second on.
fn wheres(wanted: &Wanted) -> (String, Vec<String>) {
    let (than, way) = if wanted.newest {
        ('<', " DESC")
    } else {
        ('>', "")
    };
    let mut sql = format!(
        "SELECT seq, at, actor, act, subject, before_digest, after_digest, prev_hash, \
         hash FROM journal WHERE seq {than} $1"
    );
    let mut texts = Vec::new();
    let equal = [
        ("act", &wanted.act),
        ("subject", &wanted.subject),
        ("actor", &wanted.actor),
    ];
    for (column, value) in equal {
        if let Some(value) = value {
            texts.push(value.clone());
            sql += &format!(" AND {column} = ${}", texts.len() + 1);
        }
    }
    let mut number = texts.len() + 1;
    for (moment, sign) in [(wanted.from, ">="), (wanted.until, "<")] {
        if moment.is_some() {
            number += 1;
            sql += &format!(" AND at {sign} ${number}");
        }
    }
    // SQLite numbers parameters as they come: the limit, last in the text, is no parameter.
    sql += &format!(" ORDER BY seq{way} LIMIT {}", wanted.limit);
    (sql, texts)
}
