//! The two sets of migrations are one schema.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use zhuchao::store::raw;

use crate::support::pg::{postgres, sqlite, stores};

fn names(database: &str) -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("migrations")
        .join(database);
    let entries = fs::read_dir(folder).expect("the folder is there");
    entries
        .map(|e| {
            e.expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect()
}

#[test]
fn both_databases_have_the_same_migrations() {
    assert_eq!(names("sqlite"), names("postgres"));
    assert!(!names("sqlite").is_empty());
}

#[test]
fn both_databases_have_the_same_columns() {
    let Some(pg) = postgres() else { return };
    let lite = sqlite();
    let in_sqlite = raw::texts(
        &lite.store,
        "SELECT m.name || '.' || c.name || CASE WHEN c.\"notnull\" THEN '' ELSE ' null' END AS value \
         FROM sqlite_master m JOIN pragma_table_info(m.name) c \
         WHERE m.type = 'table' AND m.name NOT LIKE '\\_\\_%' ESCAPE '\\' AND m.name NOT LIKE 'sqlite%' ORDER BY 1",
    );
    // The turn of writers is a table lock on PostgreSQL and BEGIN IMMEDIATE on SQLite.
    let in_postgres = raw::texts(
        &pg.store,
        "SELECT (table_name || '.' || column_name || CASE is_nullable WHEN 'NO' THEN '' ELSE ' null' END) COLLATE \"C\" AS value \
         FROM information_schema.columns WHERE table_schema = 'public' \
         AND table_name NOT IN ('writer_turn', '__diesel_schema_migrations') ORDER BY 1",
    );
    let in_sqlite = in_sqlite.expect("SQLite lists its columns");
    assert!(in_sqlite.len() > 80, "{}", in_sqlite.len());
    assert_eq!(Ok(in_sqlite), in_postgres);
}

#[test]
fn migrating_twice_does_nothing() {
    for db in stores() {
        assert_eq!(db.store.pending(), Ok(Vec::new()), "{}", db.name);
        assert_eq!(db.store.migrate(), Ok(Vec::new()), "{}", db.name);
    }
}

#[test]
fn sqlite_is_set_up_for_loss_of_power() {
    let db = sqlite();
    let mode = raw::texts(
        &db.store,
        "SELECT journal_mode AS value FROM pragma_journal_mode",
    );
    assert_eq!(mode, Ok(vec!["wal".to_owned()]));
    let full = raw::texts(
        &db.store,
        "SELECT CAST(synchronous AS TEXT) AS value FROM pragma_synchronous",
    );
    assert_eq!(full, Ok(vec!["2".to_owned()]));
    let keys = raw::texts(
        &db.store,
        "SELECT CAST(foreign_keys AS TEXT) AS value FROM pragma_foreign_keys",
    );
    assert_eq!(keys, Ok(vec!["1".to_owned()]));
}

/// The table of tasks is made anew on SQLite; run again on rows that are there, it keeps them.
#[test]
fn tasks_and_what_refers_to_them_come_through_the_change_of_their_kinds() {
    for db in stores() {
        let rows = "INSERT INTO rounds (id, state, body) VALUES ('R1', 'open', '{}'); \
                    INSERT INTO tasks (id, kind, round_id, state, body) VALUES ('T', 'plan_round', 'R1', 'running', '{}'); \
                    INSERT INTO leases (id, until, body) VALUES ('T', '2026-01-01', '{}'); \
                    INSERT INTO task_progress (id, task_id, body) VALUES ('T/1', 'T', '{}'); ";
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
        let file = folder
            .join(db.name)
            .join("00000000000019_offer_next/up.sql");
        let change = fs::read_to_string(file).expect("the migration is there");
        raw::batch(&db.store, &format!("{rows}{change}")).expect("it runs on rows");
        let kept = "SELECT l.id || p.id AS value FROM tasks t JOIN leases l ON l.id = t.id \
                    JOIN task_progress p ON p.task_id = t.id";
        assert_eq!(
            raw::texts(&db.store, kept),
            Ok(vec!["TT/1".to_owned()]),
            "{}",
            db.name
        );
        let offer = "INSERT INTO tasks (id, kind, round_id, state, body) VALUES ('N', 'KIND', 'R1', 'queued', '{}')";
        let put = |kind: &str| raw::batch(&db.store, &offer.replace("KIND", kind));
        assert!(put("anything").is_err(), "{}", db.name);
        put("offer_next").expect("a kind of task");
        let orphan = "INSERT INTO leases (id, until, body) VALUES ('X', '2026-01-01', '{}')";
        assert!(raw::batch(&db.store, orphan).is_err(), "{}", db.name);
    }
}
