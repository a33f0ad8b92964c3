//! Searches that are not by equal columns: by numbers, and by any of several texts.
//!
//! Not here: searches by key and equal columns (`rows`).

use diesel::RunQueryDsl;
use diesel::sql_types::BigInt;

use super::error::StoreError;
use super::noun::Noun;
use super::rows::{Word, among, read, statement};
use super::tx::Reading;

/// Nouns by a condition on numbers `$1`, `$2` ..
pub(super) fn within<T: Noun>(
    tx: &mut Reading<'_>,
    condition: &str,
    numbers: &[i64],
) -> Result<Vec<T>, StoreError> {
    let sql = format!("SELECT id, body FROM {} WHERE {condition}", T::TABLE);
    let query = (numbers.iter()).fold(statement(sql), |q, n| q.bind::<BigInt, _>(*n));
    read(tx.run(|c| query.load(c))?)
}

/// A query for words `value` whose condition ends in a list of texts; none for an empty list.
pub(super) fn words_among(
    tx: &mut Reading<'_>,
    sql: &str,
    texts: Vec<String>,
) -> Result<Vec<String>, StoreError> {
    if texts.is_empty() {
        return Ok(Vec::new());
    }
    let backend = tx.backend();
    let rows: Vec<Word> = tx.run(|c| among(backend, sql.to_owned(), texts).load(c))?;
    Ok(rows.into_iter().map(|w| w.value).collect())
}
