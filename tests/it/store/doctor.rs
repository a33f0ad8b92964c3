//! Doctor finds each kind of harm, and nothing where there is none.

use zhuchao::domain::fault::Code;
use zhuchao::store::doctor::{
    APARTMENT_TWICE, CHAIN_BROKEN, DAMAGED, DRIFTED, GUARD_MISSING, ORPHAN, PENDING, PLAN_DIFFERS,
    PLAN_UNJOURNALED, RECORD_DIFFERS, SNAPSHOT_DIFFERS, UNIT_TWICE, examine,
};
use zhuchao::store::journal::{self, Entry};
use zhuchao::store::plans::{self, StoredPlan};
use zhuchao::store::snapshots::{self, StoredSnapshot};
use zhuchao::store::{IMMUTABLE, MISSING_PARENT, Store, WRONG_DIGEST, raw};

use super::sample::{entry, fill, moment};
use crate::support::pg::{Fresh, sqlite, stores};

fn codes(store: &Store) -> Vec<Code> {
    let mut codes: Vec<Code> = examine(store)
        .expect("doctor works")
        .faults
        .iter()
        .map(|f| f.code)
        .collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

fn snapshot() -> StoredSnapshot {
    StoredSnapshot {
        // sha256 of `{}`.
        digest: "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a".to_owned(),
        round: "R1".parse().expect("a key"),
        frozen_at: moment("2026-03-02T00:00:00Z"),
        bytes: b"{}".to_vec(),
    }
}

fn plan() -> StoredPlan {
    StoredPlan {
        digest: "17e4ce96b809f518389ae27cbfb1d87145f25e5d4f4c5fa205809397a0039581".to_owned(),
        snapshot: snapshot().digest,
        parent: None,
        round: "R1".parse().expect("a key"),
        created_at: moment("2026-03-03T00:00:00Z"),
        text: PLAN.to_owned(),
    }
}

const PLAN: &str = r#"{"format":"zhuchao-plan/1","snapshot":"44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a","parent":null,"seed":1,"engine":"test","policy":"1","awards":[],"waiting":[],"proof":{"value":0,"upper_bound":null,"status":"feasible"}}"#;

fn filled(db: &Fresh) {
    fill(&db.store);
    let stored = db.store.write(|tx| {
        snapshots::put(tx, &snapshot())?;
        plans::put(tx, &plan())?;
        let after = Some(plan().digest);
        journal::append(
            tx,
            &Entry {
                after,
                ..entry("plan")
            },
        )
    });
    stored.expect("snapshot and plan are stored");
}

fn past_the_guards(db: &Fresh, table: &str, triggers: &[&str], sql: &str) {
    let mut script = String::new();
    if db.name == "sqlite" {
        for trigger in triggers {
            script.push_str(&format!("DROP TRIGGER {trigger}; "));
        }
        script.push_str("PRAGMA foreign_keys = OFF; ");
    } else {
        script.push_str(&format!("ALTER TABLE {table} DISABLE TRIGGER ALL; "));
    }
    raw::batch(&db.store, &format!("{script}{sql}")).expect("an administrator can");
}

#[test]
fn all_is_well() {
    for db in stores() {
        filled(&db);
        let health = examine(&db.store).expect("doctor works");
        assert!(health.faults.is_empty(), "{}: {:?}", db.name, health.faults);
        assert_eq!(health.checks.len(), 13);
        let round = "R1".parse().expect("a key");
        let listed = db.store.read(|tx| plans::of_round(tx, &round));
        assert_eq!(listed, Ok(vec![plan().digest]));
        let listed = db.store.read(|tx| snapshots::of_round(tx, &round));
        assert_eq!(listed, Ok(vec![snapshot().digest]));
        let stored = db
            .store
            .read(|tx| plans::need(tx, &plan().digest))
            .expect("it is there");
        assert_eq!(stored, plan());
        assert_eq!(stored.plan().expect("a plan").snapshot, snapshot().digest);
    }
}

#[test]
fn plans_and_snapshots_never_change() {
    for db in stores() {
        filled(&db);
        let mut all = vec![
            "UPDATE plans SET body = 'x'",
            "DELETE FROM plans",
            "UPDATE snapshots SET round_id = round_id",
            "DELETE FROM snapshots",
        ];
        if db.name == "sqlite" {
            all.push("INSERT OR REPLACE INTO plans SELECT * FROM plans");
            all.push("INSERT OR REPLACE INTO snapshots SELECT * FROM snapshots");
        } else {
            all.extend(["TRUNCATE plans CASCADE", "TRUNCATE snapshots CASCADE"]);
        }
        for sql in all {
            let error = raw::execute(&db.store, sql).expect_err(sql);
            assert_eq!(
                error.code(),
                IMMUTABLE,
                "{}: {sql}: {}",
                db.name,
                error.detail()
            );
        }
        let again = db.store.write(|tx| plans::put(tx, &plan()));
        assert_eq!(again, Ok(false), "the same plan again is nothing new");
        let wrong = StoredPlan {
            text: "{}".to_owned(),
            ..plan()
        };
        let error = db
            .store
            .write(|tx| plans::put(tx, &wrong))
            .expect_err("another text");
        assert_eq!(error.code(), WRONG_DIGEST);
        let lost = StoredPlan {
            digest: snapshot().digest,
            text: "{}".to_owned(),
            snapshot: "0".repeat(64),
            ..plan()
        };
        let error = db
            .store
            .write(|tx| plans::put(tx, &lost))
            .expect_err("no such snapshot");
        assert_eq!(error.code(), MISSING_PARENT);
    }
}

#[test]
fn a_damaged_snapshot_or_plan_is_found() {
    for db in stores() {
        filled(&db);
        past_the_guards(
            &db,
            "snapshots",
            &["snapshots_no_update"],
            "UPDATE snapshots SET bytes = CAST('[]' AS BYTEA)"
                .replace("BYTEA", if db.name == "sqlite" { "BLOB" } else { "BYTEA" })
                .as_str(),
        );
        past_the_guards(
            &db,
            "plans",
            &["plans_no_update"],
            "UPDATE plans SET body = body || ' '",
        );
        assert_eq!(
            codes(&db.store),
            [SNAPSHOT_DIFFERS, PLAN_DIFFERS, GUARD_MISSING],
            "{}",
            db.name
        );
    }
}

#[test]
fn a_plan_without_its_act_is_found() {
    for db in stores() {
        fill(&db.store);
        let stored = db.store.write(|tx| {
            snapshots::put(tx, &snapshot())?;
            plans::put(tx, &plan())?;
            journal::append(tx, &entry("something else"))
        });
        stored.expect("stored");
        assert_eq!(codes(&db.store), [PLAN_UNJOURNALED], "{}", db.name);
    }
}

#[test]
fn what_is_let_twice_is_found() {
    for db in stores() {
        filled(&db);
        let unit = |id: &str| {
            format!(
                "INSERT INTO unit_allocations (id, unit_id, application_id, contract, whole, area, from_day, state) VALUES ('{id}', 'U2', 'A1', 'c', FALSE, 6000, '2026-01-01', 'let'); "
            )
        };
        past_the_guards(
            &db,
            "unit_allocations",
            &["unit_allocations_fit_insert"],
            &(unit("a") + &unit("b")),
        );
        past_the_guards(
            &db,
            "apartment_allocations",
            &["apartment_allocations_fit_insert"],
            "INSERT INTO apartment_allocations (id, apartment_type_id, application_id, contract, count, from_day, state) VALUES ('a', 'H1-studio', 'A1', 'c', 11, '2026-01-01', 'let')",
        );
        assert_eq!(
            codes(&db.store),
            [UNIT_TWICE, APARTMENT_TWICE, GUARD_MISSING],
            "{}",
            db.name
        );
    }
}

#[test]
fn a_drifted_column_is_found() {
    for db in stores() {
        filled(&db);
        for sql in [
            "UPDATE units SET area = 20000 WHERE id = 'U2'",
            "UPDATE units SET rent = NULL WHERE id = 'W01'",
            "UPDATE rounds SET state = 'frozen'",
            "UPDATE firms SET body = '{' WHERE id = 'F1'",
        ] {
            raw::execute(&db.store, sql).expect(sql);
        }
        let faults = examine(&db.store).expect("doctor works").faults;
        let subjects: Vec<String> = faults.iter().map(|f| f.place.to_string()).collect();
        assert_eq!(
            subjects,
            ["unit U2", "unit W01", "firm F1", "round R1"],
            "{}",
            db.name
        );
        assert!(faults.iter().all(|f| f.code == DRIFTED));
    }
}

#[test]
fn a_changed_journal_is_found() {
    for db in stores() {
        filled(&db);
        past_the_guards(
            &db,
            "journal",
            &["journal_no_update"],
            "UPDATE journal SET act = 'x' WHERE seq = 1",
        );
        assert_eq!(
            codes(&db.store),
            [CHAIN_BROKEN, GUARD_MISSING],
            "{}",
            db.name
        );
    }
}

#[test]
fn an_orphan_is_found_in_sqlite() {
    let db = sqlite();
    filled(&db);
    past_the_guards(&db, "firms", &[], "DELETE FROM firms WHERE id = 'F1'");
    assert_eq!(codes(&db.store), [ORPHAN]);
}

#[test]
fn missing_migrations_are_found() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let store =
        Store::open(&format!("sqlite://{}/new.db", folder.path().display())).expect("opens");
    assert_eq!(codes(&store), [PENDING]);
}

#[test]
fn a_damaged_file_is_found() {
    let db = sqlite();
    filled(&db);
    // An index that no longer says what its table says.
    raw::batch(
        &db.store,
        "PRAGMA writable_schema = ON; \
         UPDATE sqlite_master SET sql = replace(sql, '(district_id)', '(kind)') WHERE name = 'sites_district'; \
         PRAGMA writable_schema = OFF;",
    )
    .expect("an administrator can");
    assert_eq!(codes(&db.store), [DAMAGED]);
}

#[test]
fn a_record_that_is_not_its_digest_is_found() {
    for db in stores() {
        filled(&db);
        let sql = format!(
            "INSERT INTO records (digest, body) VALUES ('{}', 'other')",
            "0".repeat(64)
        );
        raw::execute(&db.store, &sql).expect("the schema cannot know digests");
        assert_eq!(codes(&db.store), [RECORD_DIFFERS], "{}", db.name);
        for sql in ["UPDATE records SET body = 'x'", "DELETE FROM records"] {
            let error = raw::execute(&db.store, sql).expect_err(sql);
            assert_eq!(error.code(), IMMUTABLE, "{}", db.name);
        }
    }
}
