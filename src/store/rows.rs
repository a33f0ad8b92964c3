//! Writing and reading nouns of any kind, in batches. The statements are plain SQL that both
//! databases understand, because diesel's multi-connection knows no ON CONFLICT.
//!
//! Not here: which columns a noun has (`ground`, `inventory`, `firms`, ..).

use std::collections::{HashMap, HashSet};

use diesel::query_builder::{BoxedSqlQuery, SqlQuery};
use diesel::sql_types::{BigInt, Integer, Nullable, Text};
use diesel::{QueryableByName, RunQueryDsl};
use serde::Serialize;

use super::connection::{Backend, MultiBackend};
use super::error::{StoreError, TAKEN};
use super::noun::{Bookkept, Cell, Noun};
use super::tx::{Reading, Writing};

/// What a batch did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Changed {
    /// New rows.
    pub inserted: usize,
    /// Rows that were different before.
    pub updated: usize,
    /// Rows that were equal already.
    pub unchanged: usize,
}

impl std::ops::AddAssign for Changed {
    fn add_assign(&mut self, other: Changed) {
        self.inserted += other.inserted;
        self.updated += other.updated;
        self.unchanged += other.unchanged;
    }
}

#[derive(QueryableByName)]
pub(super) struct Stored {
    #[diesel(sql_type = Text)]
    id: String,
    #[diesel(sql_type = Text)]
    body: String,
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    value: i64,
}

#[derive(QueryableByName)]
pub(super) struct Word {
    #[diesel(sql_type = Text)]
    pub(super) value: String,
}

pub(super) type Statement<'f> = BoxedSqlQuery<'f, MultiBackend, SqlQuery>;

/// Rows per statement: SQLite allows 32,766 parameters, and small statements are parsed once more
/// often but fit the cache of the processor.
const ROWS: usize = 400;

pub(super) fn statement<'f>(sql: String) -> Statement<'f> {
    diesel::sql_query(sql).into_boxed::<MultiBackend>()
}

fn bind(query: Statement<'_>, cell: Cell) -> Statement<'_> {
    match cell {
        Cell::Text(v) => query.bind::<Text, _>(v),
        Cell::MaybeText(v) => query.bind::<Nullable<Text>, _>(v),
        Cell::Int(v) => query.bind::<Integer, _>(v),
        Cell::Big(v) => query.bind::<BigInt, _>(v),
        Cell::MaybeBig(v) => query.bind::<Nullable<BigInt>, _>(v),
    }
}

/// `($1, $2), ($3, $4)`: groups of placeholders. SQLite gets `?`, because it looks a name such as
/// `$2800` up among all names before it.
fn placeholders(backend: Backend, groups: usize, each: usize) -> String {
    let one = |n: usize| match backend {
        Backend::Sqlite => "?".to_owned(),
        Backend::Postgres => format!("${n}"),
    };
    let group = |g: usize| {
        let names: Vec<String> = (1..=each).map(|n| one(g * each + n)).collect();
        format!("({})", names.join(", "))
    };
    (0..groups).map(group).collect::<Vec<_>>().join(", ")
}

/// Inserts what is new and updates what differs, all or nothing within the transaction.
/// ST102 when a key is in the batch twice, ST103 when a named noun is missing.
pub fn upsert_many<T: Noun>(tx: &mut Writing<'_>, nouns: &[T]) -> Result<Changed, StoreError> {
    let mut seen = HashSet::with_capacity(nouns.len());
    if let Some(twice) = nouns
        .iter()
        .map(Noun::key)
        .find(|k| !seen.insert(k.clone()))
    {
        let cause = format!("{} {twice:?} is given twice", T::NOUN);
        return Err(StoreError::conflict(TAKEN, cause, "give it once"));
    }
    let mut changed = Changed::default();
    let mut relink: Vec<&T> = Vec::new();
    for chunk in nouns.chunks(ROWS) {
        let (different, counts) = sort_out(tx, chunk)?;
        changed += counts;
        if !different.is_empty() {
            upsert::<T>(tx, &different)?;
        }
        relink.extend(different.into_iter().map(|(noun, _)| noun));
    }
    // After all rows: a link may lead to a later one.
    for (at, table) in T::LINKS.iter().enumerate() {
        link(tx, table, at, &relink)?;
    }
    Ok(changed)
}

/// Stores a row of bookkeeping; no journal entry is owed for it (see [`Bookkept`]).
pub fn keep<T: Bookkept>(tx: &mut Writing<'_>, noun: &T) -> Result<(), StoreError> {
    let owed = tx.changed;
    let kept = upsert_many(tx, std::slice::from_ref(noun));
    tx.changed = owed;
    kept.map(drop)
}

fn body_of<T: Noun>(noun: &T) -> Result<String, StoreError> {
    serde_json::to_string(noun).map_err(|e| StoreError::bad_row(T::TABLE, &noun.key(), e))
}

type Different<'n, T> = Vec<(&'n T, String)>;

fn sort_out<'n, T: Noun>(
    tx: &mut Reading<'_>,
    chunk: &'n [T],
) -> Result<(Different<'n, T>, Changed), StoreError> {
    let backend = tx.backend();
    let keys = chunk.iter().map(Noun::key).collect();
    let sql = format!("SELECT id, body FROM {} WHERE id IN ", T::TABLE);
    let stored: Vec<Stored> = tx.run(|c| among(backend, sql, keys).load(c))?;
    let stored: HashMap<String, String> = stored.into_iter().map(|s| (s.id, s.body)).collect();
    let mut counts = Changed::default();
    let mut different = Vec::new();
    for noun in chunk {
        let body = body_of(noun)?;
        match stored.get(&noun.key()) {
            Some(old) if *old == body => {
                counts.unchanged += 1;
                continue;
            }
            Some(_) => counts.updated += 1,
            None => counts.inserted += 1,
        }
        different.push((noun, body));
    }
    Ok((different, counts))
}

pub(super) fn among<'f>(backend: Backend, sql: String, keys: Vec<String>) -> Statement<'f> {
    let query = statement(format!("{sql}{}", placeholders(backend, 1, keys.len())));
    keys.into_iter()
        .fold(query, |q, key| q.bind::<Text, _>(key))
}

fn upsert<T: Noun>(tx: &mut Writing<'_>, rows: &[(&T, String)]) -> Result<(), StoreError> {
    let columns = [&["id"], T::COLUMNS, &["body"]].concat();
    let set: Vec<String> = columns
        .iter()
        .skip(1)
        .map(|c| format!("{c} = excluded.{c}"))
        .collect();
    let mut query = statement(format!(
        "INSERT INTO {} ({}) VALUES {} ON CONFLICT (id) DO UPDATE SET {}",
        T::TABLE,
        columns.join(", "),
        placeholders(tx.backend(), rows.len(), columns.len()),
        set.join(", "),
    ));
    for (noun, body) in rows {
        query = query.bind::<Text, _>(noun.key());
        query = noun.cells().into_iter().fold(query, bind);
        query = query.bind::<Text, _>(body.clone());
    }
    tx.change(|c| query.execute(c)).map(drop)
}

fn link<T: Noun>(
    tx: &mut Writing<'_>,
    table: &str,
    at: usize,
    nouns: &[&T],
) -> Result<(), StoreError> {
    let backend = tx.backend();
    let mut links: Vec<(String, i32, String)> = Vec::new();
    for chunk in nouns.chunks(ROWS) {
        let owners = chunk.iter().map(|n| n.key()).collect();
        let sql = format!("DELETE FROM {table} WHERE owner IN ");
        tx.change(|c| among(backend, sql, owners).execute(c))?;
        for noun in chunk {
            let targets = noun.targets().into_iter().nth(at).unwrap_or_default();
            links.extend(
                (0_i32..)
                    .zip(targets)
                    .map(|(rank, target)| (noun.key(), rank, target)),
            );
        }
    }
    for chunk in links.chunks(ROWS) {
        let values = placeholders(tx.backend(), chunk.len(), 3);
        let mut query = statement(format!(
            "INSERT INTO {table} (owner, rank, target) VALUES {values}"
        ));
        for (owner, rank, target) in chunk.iter().cloned() {
            query = query
                .bind::<Text, _>(owner)
                .bind::<Integer, _>(rank)
                .bind::<Text, _>(target);
        }
        tx.change(|c| query.execute(c))?;
    }
    Ok(())
}

pub(super) fn read<T: Noun>(stored: Vec<Stored>) -> Result<Vec<T>, StoreError> {
    let noun = |s: Stored| {
        serde_json::from_str(&s.body).map_err(|e| StoreError::bad_row(T::TABLE, &s.id, e))
    };
    stored.into_iter().map(noun).collect()
}

/// All nouns of a kind, by key.
pub fn all<T: Noun>(tx: &mut Reading<'_>) -> Result<Vec<T>, StoreError> {
    let query = statement(format!("SELECT id, body FROM {} ORDER BY id", T::TABLE));
    read(tx.run(|c| query.load(c))?)
}

/// At most `limit` nouns after a key, by key: the next page begins after the last key of this.
pub fn page<T: Noun>(
    tx: &mut Reading<'_>,
    after: Option<&str>,
    limit: u32,
) -> Result<Vec<T>, StoreError> {
    let query = statement(format!(
        "SELECT id, body FROM {} WHERE id > $1 ORDER BY id LIMIT $2",
        T::TABLE
    ))
    .bind::<Text, _>(after.unwrap_or_default().to_owned())
    .bind::<BigInt, _>(i64::from(limit));
    read(tx.run(|c| query.load(c))?)
}

/// One noun, if it is there.
pub fn get<T: Noun>(tx: &mut Reading<'_>, key: &str) -> Result<Option<T>, StoreError> {
    Ok(having(tx, "id", key)?.into_iter().next())
}

/// One noun; ST101 when it is not there.
pub fn need<T: Noun>(tx: &mut Reading<'_>, key: &str) -> Result<T, StoreError> {
    get(tx, key)?.ok_or_else(|| StoreError::not_found(T::NOUN, key))
}

/// How many there are.
pub fn count<T: Noun>(tx: &mut Reading<'_>) -> Result<u64, StoreError> {
    number(tx, &format!("SELECT COUNT(*) AS value FROM {}", T::TABLE))
}

/// Takes a noun out; `false` when it was not there.
pub fn remove<T: Noun>(tx: &mut Writing<'_>, key: &str) -> Result<bool, StoreError> {
    for table in T::LINKS {
        let links = statement(format!("DELETE FROM {table} WHERE owner = $1")).bind::<Text, _>(key);
        tx.change(|c| links.execute(c))?;
    }
    let sql = format!("DELETE FROM {} WHERE id = $1", T::TABLE);
    let query = statement(sql).bind::<Text, _>(key.to_owned());
    Ok(tx.change(|c| query.execute(c))? > 0)
}

/// Takes out the nouns whose column of text is before a value.
pub(super) fn remove_before<T: Noun>(
    tx: &mut Writing<'_>,
    column: &'static str,
    value: &str,
) -> Result<usize, StoreError> {
    let sql = format!("DELETE FROM {} WHERE {column} < $1", T::TABLE);
    let query = statement(sql).bind::<Text, _>(value.to_owned());
    tx.change(|c| query.execute(c))
}

/// Nouns with a value in a column of text, by key.
pub fn having<T: Noun>(
    tx: &mut Reading<'_>,
    column: &'static str,
    value: &str,
) -> Result<Vec<T>, StoreError> {
    let sql = format!(
        "SELECT id, body FROM {} WHERE {column} = $1 ORDER BY id",
        T::TABLE
    );
    let query = statement(sql).bind::<Text, _>(value.to_owned());
    read(tx.run(|c| query.load(c))?)
}

/// Keys of the rows whose columns are not what their body says, or whose body is unreadable.
pub(super) fn drifted<T: Noun>(tx: &mut Reading<'_>) -> Result<Vec<String>, StoreError> {
    let query = statement(format!("SELECT id, body FROM {} ORDER BY id", T::TABLE));
    let stored: Vec<Stored> = tx.run(|c| query.load(c))?;
    let mut bad = Vec::new();
    for chunk in stored.chunks(ROWS / 4) {
        let mut nouns: Vec<T> = Vec::new();
        for row in chunk {
            match serde_json::from_str::<T>(&row.body) {
                Ok(noun) if noun.key() == row.id => nouns.push(noun),
                _ => bad.push(row.id.clone()),
            }
        }
        bad.extend(projected_wrongly(tx, nouns)?);
    }
    Ok(bad)
}

fn projected_wrongly<T: Noun>(
    tx: &mut Reading<'_>,
    nouns: Vec<T>,
) -> Result<Vec<String>, StoreError> {
    if nouns.is_empty() {
        return Ok(Vec::new());
    }
    let width = T::COLUMNS.len() + 1;
    let same = |row: usize| {
        let cells = T::COLUMNS.iter().enumerate();
        let rest =
            cells.map(|(n, c)| format!(" AND {c} IS NOT DISTINCT FROM ${}", row * width + n + 2));
        format!("(id = ${}{})", row * width + 1, rest.collect::<String>())
    };
    let wheres: Vec<String> = (0..nouns.len()).map(same).collect();
    let mut query = statement(format!(
        "SELECT id AS value FROM {} WHERE {}",
        T::TABLE,
        wheres.join(" OR ")
    ));
    let mut keys = Vec::new();
    for noun in nouns {
        keys.push(noun.key());
        query = query.bind::<Text, _>(noun.key());
        query = noun.cells().into_iter().fold(query, bind);
    }
    let right: Vec<Word> = tx.run(|c| query.load(c))?;
    let right: HashSet<String> = right.into_iter().map(|w| w.value).collect();
    Ok(keys.into_iter().filter(|k| !right.contains(k)).collect())
}

/// A query for one number `value`.
pub(super) fn number(tx: &mut Reading<'_>, sql: &str) -> Result<u64, StoreError> {
    let row: Number = tx.run(|c| diesel::sql_query(sql).get_result(c))?;
    Ok(u64::try_from(row.value).unwrap_or(0))
}

/// A query for words `value`.
pub(super) fn words(tx: &mut Reading<'_>, sql: &str) -> Result<Vec<String>, StoreError> {
    let rows: Vec<Word> = tx.run(|c| diesel::sql_query(sql).load(c))?;
    Ok(rows.into_iter().map(|w| w.value).collect())
}
