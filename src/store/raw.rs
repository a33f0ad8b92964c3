//! Plain SQL past every law of this program: for tests that prove what the schema itself refuses.
//! Each call opens a connection of its own, like a stranger would.

use diesel::RunQueryDsl;

use super::connection::{Link, Purpose};
use super::error::StoreError;
use super::pool::Store;
use super::rows::words;
use super::tx::Reading;

/// Executes one statement; the number of rows it changed.
pub fn execute(store: &Store, sql: &str) -> Result<usize, StoreError> {
    let mut link = Link::establish(store.address(), Purpose::Write)?;
    Ok(diesel::sql_query(sql).execute(&mut link)?)
}

/// Executes several statements on one connection, transactions included.
pub fn batch(store: &Store, sql: &str) -> Result<(), StoreError> {
    let mut link = Link::establish(store.address(), Purpose::Write)?;
    Ok(diesel::connection::SimpleConnection::batch_execute(
        &mut link, sql,
    )?)
}

/// The rows of a query with one column of text named `value`.
pub fn texts(store: &Store, sql: &str) -> Result<Vec<String>, StoreError> {
    let mut link = Link::establish(store.address(), Purpose::Read)?;
    words(&mut Reading::new(&mut link), sql)
}
