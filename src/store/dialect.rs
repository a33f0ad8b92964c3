//! What the two databases say differently: sessions, transactions, migrations, catalogues.
//!
//! Not here: queries that both understand; those are written once.

use diesel::QueryResult;
use diesel::connection::{AnsiTransactionManager, SimpleConnection};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::connection::{Backend, Link, Purpose};
use super::error::{BROKEN, NO_BTREE_GIST, StoreError};

#[cfg(feature = "sqlite")]
const SQLITE_MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
#[cfg(feature = "postgres")]
const POSTGRES_MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations/postgres");

/// Kinds of transactions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Begin {
    /// One view of everything, no writes.
    Read,
    /// The one writer. Immediate on SQLite: a deferred transaction that turns to writing is
    /// refused at once, whatever the busy timeout.
    Write,
    /// The one writer, serializable.
    Serial,
}

/// Statements that set up a session.
pub(super) fn session(backend: Backend, purpose: Purpose) -> &'static [&'static str] {
    const SQLITE: [&str; 4] = [
        "PRAGMA busy_timeout = 5000",
        // FULL: a decision must survive a loss of power; NORMAL may drop the last commits.
        "PRAGMA synchronous = FULL",
        "PRAGMA foreign_keys = ON",
        "PRAGMA trusted_schema = OFF",
    ];
    const SQLITE_READ: [&str; 5] = [
        SQLITE[0],
        SQLITE[1],
        SQLITE[2],
        SQLITE[3],
        "PRAGMA query_only = ON",
    ];
    match (backend, purpose) {
        (Backend::Sqlite, Purpose::Write) => &SQLITE,
        (Backend::Sqlite, Purpose::Read) => &SQLITE_READ,
        (Backend::Postgres, _) => &["SET TIME ZONE 'UTC'", "SET lock_timeout = '60s'"],
    }
}

/// Begins a transaction. On PostgreSQL a writer takes its turn before it sees anything.
pub(super) fn begin(link: &mut Link, kind: Begin) -> QueryResult<()> {
    match link {
        #[cfg(feature = "sqlite")]
        Link::Sqlite(c) => {
            let sql = if kind == Begin::Read {
                "BEGIN"
            } else {
                "BEGIN IMMEDIATE"
            };
            AnsiTransactionManager::begin_transaction_sql(c, sql)
        }
        #[cfg(feature = "postgres")]
        Link::Postgres(c) => {
            let sql = match kind {
                Begin::Read => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
                Begin::Write => "BEGIN ISOLATION LEVEL READ COMMITTED",
                Begin::Serial => "BEGIN ISOLATION LEVEL SERIALIZABLE",
            };
            AnsiTransactionManager::begin_transaction_sql(c, sql)
        }
    }
}

/// What a writer says first inside its transaction.
pub(super) fn take_turn(backend: Backend) -> Option<&'static str> {
    match backend {
        Backend::Sqlite => None,
        Backend::Postgres => Some("LOCK TABLE writer_turn IN EXCLUSIVE MODE"),
    }
}

/// Once per SQLite file, before any pool: write-ahead log, so that readers never wait.
pub(super) fn prepare(link: &mut Link) -> QueryResult<()> {
    match link.backend() {
        Backend::Sqlite => link.batch_execute("PRAGMA journal_mode = WAL"),
        Backend::Postgres => Ok(()),
    }
}

/// Runs what is missing of the migrations, all or nothing; returns the names of those run.
pub(super) fn migrate(link: &mut Link) -> Result<Vec<String>, StoreError> {
    if link.backend() == Backend::Postgres {
        // Two programs that start at once migrate one after the other.
        link.batch_execute("SELECT pg_advisory_xact_lock(7748226)")?;
        link.batch_execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
            .map_err(no_btree_gist)?;
    }
    let ran = match link {
        #[cfg(feature = "sqlite")]
        Link::Sqlite(c) => names(c.run_pending_migrations(SQLITE_MIGRATIONS)),
        #[cfg(feature = "postgres")]
        Link::Postgres(c) => names(c.run_pending_migrations(POSTGRES_MIGRATIONS)),
    };
    ran.map_err(|detail| migration_failed(&detail))
}

/// Names of the migrations that are missing in the database.
pub(super) fn pending(link: &mut Link) -> Result<Vec<String>, StoreError> {
    use diesel::migration::Migration;
    let list = match link {
        #[cfg(feature = "sqlite")]
        Link::Sqlite(c) => c
            .pending_migrations(SQLITE_MIGRATIONS)
            .map(|all| all.iter().map(|m| m.name().to_string()).collect()),
        #[cfg(feature = "postgres")]
        Link::Postgres(c) => c
            .pending_migrations(POSTGRES_MIGRATIONS)
            .map(|all| all.iter().map(|m| m.name().to_string()).collect()),
    };
    list.map_err(|e| migration_failed(&e.to_string()))
}

/// The versions of all migrations of this program, as the database records them.
pub(super) fn versions(backend: Backend) -> Result<Vec<String>, StoreError> {
    let all = match backend {
        #[cfg(feature = "sqlite")]
        Backend::Sqlite => known::<diesel::sqlite::Sqlite>(SQLITE_MIGRATIONS),
        #[cfg(feature = "postgres")]
        Backend::Postgres => known::<diesel::pg::Pg>(POSTGRES_MIGRATIONS),
        #[cfg(not(all(feature = "sqlite", feature = "postgres")))]
        _ => Ok(Vec::new()),
    };
    all.map_err(|detail| migration_failed(&detail))
}

fn known<B: diesel::backend::Backend>(
    source: impl diesel::migration::MigrationSource<B>,
) -> Result<Vec<String>, String> {
    let all = source.migrations().map_err(|e| e.to_string())?;
    Ok(all.iter().map(|m| m.name().version().to_string()).collect())
}

fn names(
    ran: diesel::migration::Result<Vec<diesel::migration::MigrationVersion<'_>>>,
) -> Result<Vec<String>, String> {
    ran.map(|all| all.iter().map(ToString::to_string).collect())
        .map_err(|e| e.to_string())
}

fn migration_failed(detail: &str) -> StoreError {
    StoreError::broken(
        BROKEN,
        "the tables could not be brought up to date; nothing was changed",
        "look into the log; the database may be newer than this program",
        detail,
    )
}

fn no_btree_gist(error: diesel::result::Error) -> StoreError {
    StoreError::broken(
        NO_BTREE_GIST,
        "PostgreSQL cannot create the extension btree_gist, without which double letting is not excluded",
        "install postgresql-contrib and let an administrator run CREATE EXTENSION btree_gist in this database",
        &error.to_string(),
    )
}

/// A query for the names of all guards (triggers that are enabled), one column `value`.
pub(super) fn guards(backend: Backend) -> &'static str {
    match backend {
        Backend::Sqlite => {
            "SELECT name AS value FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
        }
        Backend::Postgres => {
            "SELECT tgname::text AS value FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid \
             WHERE NOT tgisinternal AND tgenabled IN ('O', 'A') \
             AND c.relnamespace = current_schema()::regnamespace \
             UNION ALL SELECT conname::text FROM pg_constraint WHERE contype = 'x' ORDER BY 1"
        }
    }
}

/// The guards that must be there.
pub(super) fn guards_wanted(backend: Backend) -> &'static [&'static str] {
    match backend {
        Backend::Sqlite => &[
            "apartment_allocations_fit_insert",
            "apartment_allocations_fit_update",
            "apartment_types_let_insert",
            "apartment_types_let_update",
            "erasures_no_delete",
            "erasures_no_replace",
            "erasures_no_update",
            "journal_in_order",
            "journal_no_delete",
            "journal_no_replace",
            "journal_no_update",
            "ledger_entries_balance",
            "ledger_entries_in_order",
            "ledger_entries_no_delete",
            "ledger_entries_no_update",
            "plans_no_delete",
            "plans_no_replace",
            "plans_no_update",
            "quotas_as_granted",
            "records_no_delete",
            "records_no_replace",
            "records_no_update",
            "snapshots_no_delete",
            "snapshots_no_replace",
            "snapshots_no_update",
            "unit_allocations_fit_insert",
            "unit_allocations_fit_update",
            "units_let_insert",
            "units_let_update",
        ],
        Backend::Postgres => &[
            "apartment_allocations_fit",
            "apartment_allocations_turn",
            "apartment_types_let",
            "erasures_no_change",
            "erasures_no_truncate",
            "journal_in_order",
            "journal_no_change",
            "journal_no_truncate",
            "ledger_entries_balance",
            "ledger_entries_no_change",
            "ledger_entries_no_truncate",
            "plans_no_change",
            "plans_no_truncate",
            "quotas_as_granted",
            "records_no_change",
            "records_no_truncate",
            "snapshots_no_change",
            "snapshots_no_truncate",
            "unit_allocations_fit",
            "unit_allocations_turn",
            "unit_allocations_whole_once",
            "units_let",
        ],
    }
}

/// A query for damage of the file, one column `value` with `ok` when there is none; and one for
/// rows whose parent is missing.
pub(super) fn integrity(backend: Backend) -> (&'static str, &'static str) {
    match backend {
        Backend::Sqlite => (
            "SELECT integrity_check AS value FROM pragma_integrity_check",
            "SELECT \"table\" || ' -> ' || parent AS value FROM pragma_foreign_key_check",
        ),
        Backend::Postgres => (
            "SELECT 'ok'::text AS value",
            "SELECT conname::text AS value FROM pg_constraint WHERE contype = 'f' AND NOT convalidated",
        ),
    }
}
