//! Backup and restore. SQLite: online, by VACUUM INTO a draft that then gets its name; restore
//! proves the file, keeps the old database aside and replaces it in one step. PostgreSQL: by its
//! own tools (`pg_tools`).
//!
//! Not here: when backups are made.

use std::fs;
use std::path::{Path, PathBuf};

use diesel::RunQueryDsl;
use diesel::connection::SimpleConnection;
use diesel::sql_types::Text;

use super::connection::{Backend, Link, Purpose};
use super::dialect;
use super::error::{BUSY, StoreError, UNFIT_BACKUP};
use super::files::{beside, failed, keep_aside, must_be_free, publish, replace};
use super::pg_tools;
use super::pool::Store;
use super::rows::words;
use super::tx::Reading;
use super::url::Address;

/// Writes a backup to a new file. ST134 when the file exists, ST132 without the tools.
pub fn backup(store: &Store, target: &Path) -> Result<(), StoreError> {
    must_be_free(target)?;
    let draft = beside(target, ".part");
    discard(&draft)?;
    let written = match store.address() {
        Address::Sqlite(_) => vacuum_into(store, &draft),
        Address::Postgres(url) => pg_tools::dump(url, &draft),
    };
    let published = written.and_then(|()| publish(&draft, target));
    if published.is_err() {
        discard(&draft)?;
    }
    published
}

/// Puts a backup in the place of the database; where the old one is kept, if there was one.
/// ST135 when the file is not a whole backup of this program, ST110 when the database is in use.
pub fn restore(url: &str, from: &Path) -> Result<Option<PathBuf>, StoreError> {
    match Address::read(url)? {
        Address::Sqlite(path) => restore_sqlite(&path, from),
        Address::Postgres(url) => {
            let aside = aside_name(from);
            pg_tools::restore(&url, from, &aside)?;
            Ok(Some(aside))
        }
    }
}

fn aside_name(from: &Path) -> PathBuf {
    let names = (1_u32..).map(|n| beside(from, &format!(".before-restore-{n}")));
    names
        .into_iter()
        .find(|p| p.symlink_metadata().is_err())
        .unwrap_or_default()
}

fn discard(draft: &Path) -> Result<(), StoreError> {
    match fs::remove_file(draft) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(failed(draft, &e)),
        _ => Ok(()),
    }
}

fn vacuum_into(store: &Store, draft: &Path) -> Result<(), StoreError> {
    let mut link = Link::establish(store.address(), Purpose::Write)?;
    let name = draft.to_string_lossy().into_owned();
    diesel::sql_query("VACUUM INTO $1")
        .bind::<Text, _>(name)
        .execute(&mut link)?;
    Ok(())
}

fn restore_sqlite(path: &Path, from: &Path) -> Result<Option<PathBuf>, StoreError> {
    let draft = beside(path, ".restore");
    for suffix in ["", "-wal", "-shm", "-journal"] {
        discard(&beside(&draft, suffix))?;
    }
    fs::copy(from, &draft).map_err(|e| unfit(from, &e.to_string()))?;
    let restored = prove(&draft, from).and_then(|()| swap(path, &draft));
    if restored.is_err() {
        discard(&draft)?;
    }
    restored
}

/// Integrity, foreign keys, and migrations that this program knows.
fn prove(draft: &Path, from: &Path) -> Result<(), StoreError> {
    let address = Address::Sqlite(draft.to_owned());
    let mut link =
        Link::establish(&address, Purpose::Write).map_err(|e| unfit(from, e.detail()))?;
    link.batch_execute("PRAGMA journal_mode = DELETE")
        .map_err(|e| unfit(from, &e.to_string()))?;
    let mut tx = Reading::new(&mut link);
    let (damage, orphans) = dialect::integrity(Backend::Sqlite);
    let known = "SELECT version AS value FROM __diesel_schema_migrations";
    let no_words = |e: StoreError| unfit(from, e.detail());
    if words(&mut tx, damage).map_err(no_words)? != ["ok"] {
        return Err(unfit(from, "integrity_check"));
    }
    if !words(&mut tx, orphans).map_err(no_words)?.is_empty() {
        return Err(unfit(from, "foreign_key_check"));
    }
    let ours = dialect::versions(Backend::Sqlite)?;
    let its = words(&mut tx, known).map_err(no_words)?;
    if its.is_empty() || its.iter().any(|v| !ours.contains(v)) {
        return Err(unfit(
            from,
            "its tables are not known to this program; it may be newer",
        ));
    }
    Ok(())
}

/// The old database loses its log, gets a second name, and is replaced.
fn swap(path: &Path, draft: &Path) -> Result<Option<PathBuf>, StoreError> {
    if path.symlink_metadata().is_err() {
        replace(draft, path)?;
        return Ok(None);
    }
    // Leaving the write-ahead log needs the file for oneself: it fails while anybody else has
    // it open, and folds the log into the file, which then is all there is to keep.
    if let Ok(mut link) = Link::establish(&Address::Sqlite(path.to_owned()), Purpose::Write) {
        let left = link.batch_execute("PRAGMA busy_timeout = 200; PRAGMA journal_mode = DELETE");
        let in_use = left
            .err()
            .map(StoreError::from)
            .filter(|e| e.code() == BUSY);
        if let Some(error) = in_use {
            return Err(error);
        }
    }
    let aside = keep_aside(path)?;
    for suffix in ["-wal", "-shm"] {
        // Only there when the old file is damaged; they must not be applied to the new one.
        let log = beside(path, suffix);
        if log.symlink_metadata().is_ok() {
            fs::rename(&log, beside(&aside, suffix)).map_err(|e| failed(&log, &e))?;
        }
    }
    replace(draft, path)?;
    Ok(Some(aside))
}

fn unfit(from: &Path, detail: &str) -> StoreError {
    StoreError::broken(
        UNFIT_BACKUP,
        format!(
            "{} is not a whole backup that this program can read",
            from.display()
        ),
        "choose another backup, or a newer version of this program; nothing was changed",
        detail,
    )
}
