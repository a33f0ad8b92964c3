//! All or nothing, the owed journal entry, readers that cannot write, one view.

use zhuchao::domain::round::Round;
use zhuchao::domain::round::RoundState;
use zhuchao::store::{
    BROKEN, Changed, NOT_FOUND, NOT_MIGRATED, Store, StoreError, UNJOURNALED, count, get, journal,
    need, upsert_many,
};

use super::sample::{entry, fill, the_round, write};
use crate::support::pg::stores;

fn rounds(store: &Store) -> u64 {
    store.read(count::<Round>).expect("rounds are counted")
}

#[test]
fn a_failed_write_leaves_nothing() {
    for db in stores() {
        let failed = write(&db.store, |tx| {
            upsert_many(tx, &[the_round()])?;
            need::<Round>(tx, "R2")
        });
        let error = failed.expect_err("R2 is not there");
        assert_eq!(error.code(), NOT_FOUND);
        assert!(matches!(error, StoreError::NotFound(_)));
        assert_eq!(rounds(&db.store), 0, "{}", db.name);
        let entries = db
            .store
            .read(|tx| journal::page(tx, 0, 10))
            .expect("the journal is read");
        assert!(entries.is_empty(), "{}", db.name);
    }
}

#[test]
fn a_write_owes_a_journal_entry() {
    for db in stores() {
        let error = db
            .store
            .write(|tx| upsert_many(tx, &[the_round()]))
            .expect_err("the entry is missing");
        assert_eq!(error.code(), UNJOURNALED);
        assert_eq!(rounds(&db.store), 0, "{}", db.name);
        let nothing: Result<(), StoreError> = db.store.write(|_| Ok(()));
        assert_eq!(nothing, Ok(()), "who writes nothing owes nothing");
    }
}

#[test]
fn upserting_tells_new_changed_and_equal_apart() {
    for db in stores() {
        let once = |round: Round| write(&db.store, |tx| upsert_many(tx, &[round])).expect("stored");
        let changed = |inserted, updated, unchanged| Changed {
            inserted,
            updated,
            unchanged,
        };
        assert_eq!(once(the_round()), changed(1, 0, 0));
        assert_eq!(once(the_round()), changed(0, 0, 1));
        let frozen = Round {
            state: RoundState::Frozen,
            ..the_round()
        };
        assert_eq!(once(frozen.clone()), changed(0, 1, 0));
        let stored = db.store.read(|tx| get::<Round>(tx, "R1")).expect("read");
        assert_eq!(stored, Some(frozen));
    }
}

#[test]
fn a_panic_inside_a_write_leaves_nothing_and_no_lock() {
    for db in stores() {
        let store = &db.store;
        let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            write(store, |tx| -> Result<(), StoreError> {
                upsert_many(tx, &[the_round()])?;
                panic!("on purpose")
            })
        }));
        assert!(panicked.is_err());
        assert_eq!(rounds(store), 0, "{}", db.name);
        fill(store);
        assert_eq!(rounds(store), 1, "{}", db.name);
    }
}

#[test]
fn a_reader_sees_one_state() {
    for db in stores() {
        let store = &db.store;
        let seen = store.read(|tx| {
            let before = count::<Round>(tx)?;
            write(store, |tx| upsert_many(tx, &[the_round()]))?;
            Ok::<_, StoreError>((before, count::<Round>(tx)?))
        });
        assert_eq!(seen, Ok((0, 0)), "{}", db.name);
        assert_eq!(rounds(store), 1);
    }
}

#[test]
fn missing_tables_say_migrate() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let store =
        Store::open(&format!("sqlite://{}/new.db", folder.path().display())).expect("opens");
    let error = store.read(count::<Round>).expect_err("no tables");
    assert_eq!(error.code(), NOT_MIGRATED);
    assert_ne!(error.code(), BROKEN);
    assert!(!store.pending().expect("pending").is_empty());
    assert!(!store.migrate().expect("migrates").is_empty());
    assert!(store.migrate().expect("migrates again").is_empty());
    assert_eq!(rounds(&store), 0);
    let appended = store.write(|tx| journal::append(tx, &entry("first")));
    assert_eq!(appended.map(|e| e.seq), Ok(1));
}
