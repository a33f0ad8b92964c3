//! One connection of either database, chosen by the URL. Together with `dialect` the only file
//! that knows which databases are built in.
//!
//! Not here: pools and transactions (`pool`, `tx`).

use diesel::connection::SimpleConnection;

use super::dialect;
use super::error::{StoreError, unreachable_database};
use super::url::Address;

#[cfg(not(any(feature = "sqlite", feature = "postgres")))]
compile_error!("zhuchao needs a database: build with the feature `sqlite`, `postgres` or both");

/// A connection to SQLite or PostgreSQL with one query language for both.
#[derive(diesel::MultiConnection)]
pub enum Link {
    /// SQLite.
    #[cfg(feature = "sqlite")]
    Sqlite(diesel::SqliteConnection),
    /// PostgreSQL.
    #[cfg(feature = "postgres")]
    Postgres(diesel::PgConnection),
}

/// Which database a connection speaks to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backend {
    /// SQLite.
    Sqlite,
    /// PostgreSQL.
    Postgres,
}

/// What a connection is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Reading only; SQLite refuses writes on it.
    Read,
    /// Reading and writing.
    Write,
}

impl Link {
    /// Connects and sets the session; ST131 when the database is not built in.
    pub fn establish(address: &Address, purpose: Purpose) -> Result<Link, StoreError> {
        let mut link = match address {
            Address::Sqlite(path) => open_sqlite(&path.to_string_lossy())?,
            Address::Postgres(url) => open_postgres(url)?,
        };
        for statement in dialect::session(link.backend(), purpose) {
            link.batch_execute(statement)?;
        }
        Ok(link)
    }

    /// Which database this is.
    pub fn backend(&self) -> Backend {
        match self {
            #[cfg(feature = "sqlite")]
            Link::Sqlite(_) => Backend::Sqlite,
            #[cfg(feature = "postgres")]
            Link::Postgres(_) => Backend::Postgres,
        }
    }
}

#[cfg(feature = "sqlite")]
fn open_sqlite(path: &str) -> Result<Link, StoreError> {
    <diesel::SqliteConnection as diesel::Connection>::establish(path)
        .map(Link::Sqlite)
        .map_err(|e| unreachable_database(&e.to_string()))
}

#[cfg(feature = "postgres")]
fn open_postgres(url: &str) -> Result<Link, StoreError> {
    <diesel::PgConnection as diesel::Connection>::establish(url)
        .map(Link::Postgres)
        .map_err(|e| unreachable_database(&e.to_string()))
}

#[cfg(not(feature = "sqlite"))]
fn open_sqlite(_path: &str) -> Result<Link, StoreError> {
    Err(not_built("SQLite", "sqlite"))
}

#[cfg(not(feature = "postgres"))]
fn open_postgres(_url: &str) -> Result<Link, StoreError> {
    Err(not_built("PostgreSQL", "postgres"))
}

#[cfg(not(all(feature = "sqlite", feature = "postgres")))]
fn not_built(database: &str, feature: &str) -> StoreError {
    StoreError::unsupported(
        super::error::NOT_BUILT,
        format!("this program is built without {database}"),
        &format!("use another database URL, or build with the feature `{feature}`"),
    )
}
