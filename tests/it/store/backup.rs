//! A backup is whole, replaces nothing, and comes back.

use std::fs;

use zhuchao::domain::round::Round;
use zhuchao::domain::space::Unit;
use zhuchao::store::backup::{backup, restore};
use zhuchao::store::doctor::examine;
use zhuchao::store::{BUSY, NO_TARGET, Store, TOOL_FAILED, UNFIT_BACKUP, count, raw, upsert_many};

use super::sample::{fill, the_round, write};
use crate::support::pg::{Fresh, postgres, say, sqlite, stores};

fn units(store: &Store) -> u64 {
    store.read(count::<Unit>).expect("units are counted")
}

/// `false`, said aloud, when the tools of PostgreSQL are not on the PATH.
fn tools_for(db: &Fresh) -> bool {
    let there = db.name == "sqlite"
        || std::process::Command::new("pg_restore")
            .arg("--version")
            .output()
            .is_ok();
    if !there {
        say("pg_restore not found: backup was tested on SQLite only");
    }
    there
}

#[test]
fn a_backup_comes_back() {
    for db in stores() {
        if !tools_for(&db) {
            continue;
        }
        fill(&db.store);
        let file = db.folder.path().join("backup");
        backup(&db.store, &file).unwrap_or_else(|e| panic!("{}: {e} {}", db.name, e.detail()));
        let later = Round {
            id: "R2".parse().expect("a key"),
            ..the_round()
        };
        write(&db.store, |tx| upsert_many(tx, &[later])).expect("stored");
        let Fresh {
            store,
            url,
            folder,
            name,
        } = db;
        drop(store);
        let aside = restore(&url, &file).unwrap_or_else(|e| panic!("{name}: {e} {}", e.detail()));
        let aside = aside.expect("the old database is kept");
        assert!(fs::metadata(&aside).expect("it is there").len() > 0);
        let store = Store::open(&url).expect("opens");
        assert_eq!(
            store.read(count::<Round>),
            Ok(1),
            "{name}: R2 came after the backup"
        );
        assert_eq!(units(&store), 22);
        let health = examine(&store).expect("doctor works");
        assert!(health.faults.is_empty(), "{name}: {:?}", health.faults);
        drop(store);
        // And back again to what was there before the restore.
        restore(&url, &aside).unwrap_or_else(|e| panic!("{name}: {e} {}", e.detail()));
        assert_eq!(
            Store::open(&url).expect("opens").read(count::<Round>),
            Ok(2),
            "{name}"
        );
        drop(folder);
    }
}

#[test]
fn a_backup_replaces_nothing() {
    for db in stores() {
        let file = db.folder.path().join("backup");
        fs::write(&file, "precious").expect("written");
        let error = backup(&db.store, &file).expect_err("the file is there");
        assert_eq!(error.code(), NO_TARGET);
        assert_eq!(fs::read_to_string(&file).expect("read"), "precious");
        let nowhere = db.folder.path().join("no/such/folder/backup");
        assert!(backup(&db.store, &nowhere).is_err());
    }
}

#[test]
fn what_is_no_backup_is_refused_and_nothing_changes() {
    for db in stores() {
        if !tools_for(&db) {
            continue;
        }
        fill(&db.store);
        let rubbish = db.folder.path().join("rubbish");
        fs::write(&rubbish, vec![7_u8; 20_000]).expect("written");
        let Fresh {
            store,
            url,
            folder,
            name,
        } = db;
        drop(store);
        let missing = folder.path().join("missing");
        for file in [&rubbish, &missing] {
            let error = restore(&url, file).expect_err("no backup");
            assert_eq!(error.code(), UNFIT_BACKUP, "{name}: {}", error.detail());
        }
        assert_eq!(units(&Store::open(&url).expect("opens")), 22, "{name}");
        let left: Vec<_> = fs::read_dir(folder.path())
            .expect("read")
            .flatten()
            .filter(|e| e.file_name().to_string_lossy().contains("restore"))
            .collect();
        assert!(left.is_empty(), "{name}: {left:?}");
    }
}

#[test]
fn a_foreign_or_newer_sqlite_file_is_refused() {
    let db = sqlite();
    fill(&db.store);
    let file = db.folder.path().join("backup");
    backup(&db.store, &file).expect("backed up");
    let other = Store::open(&format!("sqlite://{}", file.display())).expect("opens");
    raw::execute(
        &other,
        "INSERT INTO __diesel_schema_migrations (version) VALUES ('99999999999999')",
    )
    .expect("marked");
    drop(other);
    let url = db.url.clone();
    drop(db.store);
    assert_eq!(
        restore(&url, &file).expect_err("newer").code(),
        UNFIT_BACKUP
    );
    let foreign = db.folder.path().join("foreign.db");
    let store = Store::open(&format!("sqlite://{}", foreign.display())).expect("opens");
    raw::execute(&store, "CREATE TABLE t (a)").expect("created");
    drop(store);
    assert_eq!(
        restore(&url, &foreign).expect_err("foreign").code(),
        UNFIT_BACKUP
    );
}

#[test]
fn a_database_in_use_is_not_replaced() {
    let db = sqlite();
    fill(&db.store);
    let file = db.folder.path().join("backup");
    backup(&db.store, &file).expect("backed up");
    let error = restore(&db.url, &file).expect_err("the store is open");
    assert_eq!(error.code(), BUSY, "{}", error.detail());
    assert_eq!(units(&db.store), 22);
}

#[test]
fn a_restore_makes_a_database_where_none_was() {
    let db = sqlite();
    fill(&db.store);
    let file = db.folder.path().join("backup");
    backup(&db.store, &file).expect("backed up");
    let url = format!("sqlite://{}/new.db", db.folder.path().display());
    assert_eq!(restore(&url, &file), Ok(None));
    assert_eq!(units(&Store::open(&url).expect("opens")), 22);
}

#[test]
fn a_failing_tool_is_said_so() {
    let Some(db) = postgres() else { return };
    if !tools_for(&db) {
        return;
    }
    let file = db.folder.path().join("backup");
    backup(&db.store, &file).expect("backed up");
    let url = db.url.replace("postgres:///t", "postgres:///absent");
    let error = restore(&url, &file).expect_err("no such database");
    assert_eq!(error.code(), TOOL_FAILED);
    assert!(
        !error
            .to_string()
            .contains(db.folder.path().to_str().expect("a path"))
    );
}
