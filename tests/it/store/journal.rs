//! The journal is only ever continued, and shows when somebody did otherwise.

use zhuchao::store::journal::{self, Entered, Entry};
use zhuchao::store::{APPEND_ONLY, CHECK_BROKEN, Store, StoreError, raw};

use super::sample::{entry, moment};
use crate::support::pg::{Fresh, stores};

fn append(store: &Store, entry: &Entry) -> Entered {
    store
        .write(|tx| journal::append(tx, entry))
        .expect("appended")
}

fn broken(store: &Store) -> Vec<i64> {
    store
        .read(journal::broken_links)
        .expect("the journal is read")
}

fn three(db: &Fresh) {
    for act in ["one", "two", "three"] {
        append(&db.store, &entry(act));
    }
}

#[test]
fn entries_are_chained_and_come_back() {
    for db in stores() {
        let first = append(&db.store, &entry("one"));
        let second = Entry {
            at: moment("2026-03-01T09:00:00.123456789Z"),
            before: Some("b".repeat(64)),
            after: Some(String::new()),
            subject: "round R1, \"第一批\"".to_owned(),
            ..entry("two")
        };
        let second = append(&db.store, &second);
        assert_eq!((first.seq, second.seq), (1, 2));
        assert_eq!(second.prev_hash, first.hash);
        assert_eq!(second.entry.at, moment("2026-03-01T09:00:00.123456Z"));
        let all = db.store.read(|tx| journal::page(tx, 0, 10)).expect("read");
        assert_eq!(all, vec![first, second.clone()]);
        let next = db.store.read(|tx| journal::page(tx, 1, 10)).expect("read");
        assert_eq!(next, vec![second.clone()]);
        let about = db
            .store
            .read(|tx| journal::about(tx, "round R1, \"第一批\""))
            .expect("read");
        assert_eq!(about, vec![second]);
        assert!(broken(&db.store).is_empty());
    }
}

#[test]
fn both_databases_give_the_same_hash() {
    let hashes: Vec<String> = stores()
        .iter()
        .map(|db| append(&db.store, &entry("one")).hash)
        .collect();
    assert!(hashes.windows(2).all(|w| w[0] == w[1]), "{hashes:?}");
    // Computed by sha256sum over the documented text.
    assert_eq!(hashes[0], EXPECTED);
}

const EXPECTED: &str = "2cd3d6475fae8eee7e04f65adaa9e2dddbbdf7505768a6c039653b2db2317998";

#[test]
fn nothing_is_changed_taken_out_or_forked() {
    for db in stores() {
        three(&db);
        let insert = |seq: &str, prev: &str| {
            format!(
                "INSERT INTO journal (seq, at, actor, act, subject, prev_hash, hash) VALUES \
                 ({seq}, '2026-01-01 00:00:00', 'x', 'x', 'x', {prev}, '{}')",
                "f".repeat(64)
            )
        };
        let last = "(SELECT hash FROM journal WHERE seq = 3)";
        let mut statements = vec![
            "UPDATE journal SET actor = 'x' WHERE seq = 2".to_owned(),
            "UPDATE journal SET actor = actor".to_owned(),
            "DELETE FROM journal WHERE seq = 3".to_owned(),
            "DELETE FROM journal".to_owned(),
            insert("5", last),
            insert("4", "(SELECT hash FROM journal WHERE seq = 2)"),
            insert("4", &format!("'{}'", "0".repeat(64))),
            insert("3", last),
        ];
        match db.name {
            "sqlite" => statements.push(insert("3", last).replace("INSERT", "INSERT OR REPLACE")),
            _ => statements.push("TRUNCATE journal".to_owned()),
        }
        for sql in statements {
            let error = raw::execute(&db.store, &sql).expect_err(&sql);
            assert_eq!(
                error.code(),
                APPEND_ONLY,
                "{}: {sql}: {}",
                db.name,
                error.detail()
            );
            assert!(matches!(error, StoreError::Conflict(_)));
        }
        let short = insert("4", last).replace(&"f".repeat(64), "f");
        assert_eq!(
            raw::execute(&db.store, &short).expect_err("short").code(),
            CHECK_BROKEN
        );
        assert!(broken(&db.store).is_empty());
    }
}

#[test]
fn a_change_past_the_guards_is_seen() {
    for db in stores() {
        three(&db);
        let off = match db.name {
            "sqlite" => "DROP TRIGGER journal_no_update",
            _ => "ALTER TABLE journal DISABLE TRIGGER ALL",
        };
        raw::execute(&db.store, off).expect("an administrator can");
        raw::execute(&db.store, "UPDATE journal SET actor = 'x' WHERE seq = 2").expect("changed");
        assert_eq!(broken(&db.store), vec![2], "{}", db.name);
    }
}

#[test]
fn a_row_taken_out_is_seen() {
    for db in stores() {
        three(&db);
        let off = match db.name {
            "sqlite" => "DROP TRIGGER journal_no_delete",
            _ => "ALTER TABLE journal DISABLE TRIGGER ALL",
        };
        raw::execute(&db.store, off).expect("an administrator can");
        raw::execute(&db.store, "DELETE FROM journal WHERE seq = 1").expect("deleted");
        assert_eq!(broken(&db.store), vec![2], "{}", db.name);
    }
}
