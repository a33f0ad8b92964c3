//! Errors say what to do, show no data, and keep their codes; each code is also provoked here or
//! in a neighbouring file.

use zhuchao::domain::fault::{Code, Fault};
use zhuchao::domain::round::Round;
use zhuchao::store::doctor;
use zhuchao::store::{self, BAD_ROW, NO_BTREE_GIST, Store, StoreError, all, raw};

use super::sample::fill;
use crate::support::pg::{postgres, stores};

/// Codes are public: in logs, in manuals, in other programs.
const CODES: [(Code, &str); 34] = [
    (store::NOT_FOUND, "ST101"),
    (store::TAKEN, "ST102"),
    (store::MISSING_PARENT, "ST103"),
    (store::UNIT_OVER_LET, "ST104"),
    (store::APARTMENT_OVER_LET, "ST105"),
    (store::UNIT_IN_PART, "ST106"),
    (store::IMMUTABLE, "ST107"),
    (store::APPEND_ONLY, "ST108"),
    (store::CHECK_BROKEN, "ST109"),
    (store::BUSY, "ST110"),
    (store::CONTENDED, "ST111"),
    (store::BROKEN, "ST120"),
    (store::BAD_ROW, "ST121"),
    (store::UNJOURNALED, "ST122"),
    (store::NOT_MIGRATED, "ST123"),
    (store::UNREACHABLE, "ST124"),
    (store::WRONG_DIGEST, "ST125"),
    (store::BAD_URL, "ST130"),
    (store::NOT_BUILT, "ST131"),
    (store::TOOL_FAILED, "ST132"),
    (store::NO_BTREE_GIST, "ST133"),
    (store::NO_TARGET, "ST134"),
    (store::UNFIT_BACKUP, "ST135"),
    (doctor::PENDING, "ST201"),
    (doctor::ORPHAN, "ST202"),
    (doctor::DAMAGED, "ST203"),
    (doctor::CHAIN_BROKEN, "ST204"),
    (doctor::UNIT_TWICE, "ST205"),
    (doctor::APARTMENT_TWICE, "ST206"),
    (doctor::SNAPSHOT_DIFFERS, "ST207"),
    (doctor::PLAN_DIFFERS, "ST208"),
    (doctor::PLAN_UNJOURNALED, "ST209"),
    (doctor::DRIFTED, "ST210"),
    (doctor::GUARD_MISSING, "ST211"),
];

#[test]
fn codes_are_stable() {
    for (code, text) in CODES {
        assert_eq!(code.to_string(), text);
    }
}

#[test]
fn an_unreadable_row_is_said_so() {
    for db in stores() {
        fill(&db.store);
        raw::execute(&db.store, "UPDATE rounds SET body = '{\"secret\": 1}'").expect("changed");
        let error = db.store.read(all::<Round>).expect_err("not a round");
        assert_eq!(error.code(), BAD_ROW);
        assert!(matches!(error, StoreError::Broken(_)));
        assert!(!error.to_string().contains("secret"), "{error}");
    }
}

#[test]
fn messages_for_people_show_no_sql_and_no_data() {
    for db in stores() {
        fill(&db.store);
        let sql = "INSERT INTO firms (id, credit_code, district_id, body) VALUES ('F9', '91440300708461136T', '440305', 'secret')";
        let error = raw::execute(&db.store, sql).expect_err("the credit code is taken");
        let fault = Fault::from(error.clone());
        for word in ["INSERT", "firms", "secret", "9144"] {
            assert!(!fault.to_string().contains(word), "{fault}");
        }
        assert!(!error.detail().is_empty(), "the log knows more");
        assert_eq!(fault.code, store::TAKEN);
    }
}

#[test]
fn without_btree_gist_nothing_is_migrated() {
    let Some(db) = postgres() else { return };
    let admin = db.url.split('?').next_back().expect("a query").to_owned();
    for sql in ["CREATE ROLE plain LOGIN", "CREATE DATABASE plain"] {
        raw::execute(&db.store, sql).expect(sql);
    }
    let url = format!(
        "postgres:///plain?{}",
        admin.replace("user=zhuchao", "user=plain")
    );
    let store = Store::open(&url).expect("opens");
    let error = store
        .migrate()
        .expect_err("plain may not create extensions");
    assert_eq!(error.code(), NO_BTREE_GIST, "{}", error.detail());
    assert!(error.fault().action.contains("CREATE EXTENSION btree_gist"));
}
