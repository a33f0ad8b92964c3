//! What the schema itself refuses, by plain SQL past every law of the program.

use zhuchao::store::{
    APARTMENT_OVER_LET, CHECK_BROKEN, MISSING_PARENT, Store, StoreError, UNIT_IN_PART,
    UNIT_OVER_LET, raw,
};

use super::sample::fill;
use crate::support::pg::stores;

fn let_unit(
    store: &Store,
    id: &str,
    unit: &str,
    area: i64,
    days: (&str, &str),
) -> Result<usize, StoreError> {
    let whole = if matches!(unit, "U1" | "U2") && area < 10_000 {
        "FALSE"
    } else {
        "TRUE"
    };
    raw::execute(
        store,
        &format!(
            "INSERT INTO unit_allocations \
             (id, unit_id, application_id, contract, whole, area, from_day, until_day, state) \
             VALUES ('{id}', '{unit}', 'A1', 'c', {whole}, {area}, {}, {}, 'let')",
            quoted(days.0),
            quoted(days.1),
        ),
    )
}

fn let_flats(store: &Store, id: &str, count: i64, days: (&str, &str)) -> Result<usize, StoreError> {
    raw::execute(
        store,
        &format!(
            "INSERT INTO apartment_allocations \
             (id, apartment_type_id, application_id, contract, count, from_day, until_day, state) \
             VALUES ('{id}', 'H1-studio', 'A1', 'c', {count}, {}, {}, 'reserved')",
            quoted(days.0),
            quoted(days.1),
        ),
    )
}

fn quoted(day: &str) -> String {
    if day.is_empty() {
        "NULL".to_owned()
    } else {
        format!("'{day}'")
    }
}

fn refused(result: Result<usize, StoreError>, code: zhuchao::domain::fault::Code, what: &str) {
    match result {
        Ok(_) => panic!("{what} went through"),
        Err(error) => assert_eq!(error.code(), code, "{what}: {error} ({})", error.detail()),
    }
}

const YEAR: (&str, &str) = ("2026-01-01", "2027-01-01");

#[test]
fn a_whole_unit_is_let_once_a_day() {
    for db in stores() {
        let store = &db.store;
        fill(store);
        assert_eq!(
            let_unit(store, "a", "U1", 10_000, YEAR),
            Ok(1),
            "{}",
            db.name
        );
        for (n, days) in [
            YEAR,
            ("2025-01-01", ""),
            ("2026-12-31", "2028-01-01"),
            ("2025-12-31", "2026-01-02"),
            ("2026-06-01", "2026-06-02"),
        ]
        .iter()
        .enumerate()
        {
            refused(
                let_unit(store, &format!("b{n}"), "U1", 10_000, *days),
                UNIT_OVER_LET,
                "a day twice",
            );
        }
        // Half-open: the day after the last is free again.
        assert_eq!(
            let_unit(store, "c", "U1", 10_000, ("2027-01-01", "")),
            Ok(1)
        );
        assert_eq!(
            let_unit(store, "d", "U1", 10_000, ("2025-01-01", "2026-01-01")),
            Ok(1)
        );
    }
}

#[test]
fn a_whole_unit_is_not_let_in_part() {
    for db in stores() {
        let store = &db.store;
        fill(store);
        refused(
            let_unit(store, "a", "U1", 4_000, YEAR),
            UNIT_IN_PART,
            "a part",
        );
        refused(
            let_unit(store, "a", "U1", 20_000, YEAR),
            UNIT_IN_PART,
            "more than the unit",
        );
        refused(
            raw::execute(
                store,
                "INSERT INTO unit_allocations (id, unit_id, application_id, contract, whole, area, from_day, state) VALUES ('x', 'U2', 'A1', 'c', TRUE, 4000, '2026-01-01', 'let')",
            ),
            UNIT_IN_PART,
            "a part that calls itself whole",
        );
        refused(
            raw::execute(
                store,
                "INSERT INTO unit_allocations (id, unit_id, application_id, contract, whole, area, from_day, state) VALUES ('x', 'U1', 'A1', 'c', FALSE, 10000, '2026-01-01', 'let')",
            ),
            UNIT_IN_PART,
            "the whole that calls itself a part",
        );
    }
}

#[test]
fn parts_never_exceed_the_unit_on_any_day() {
    for db in stores() {
        let store = &db.store;
        fill(store);
        assert_eq!(
            let_unit(store, "a", "U2", 6_000, ("2026-01-01", "2026-07-01")),
            Ok(1)
        );
        // The plain sum would be 12,000 of 10,000; on each day it is 6,000.
        assert_eq!(
            let_unit(store, "b", "U2", 6_000, ("2026-07-01", "2027-01-01")),
            Ok(1)
        );
        assert_eq!(let_unit(store, "c", "U2", 4_000, YEAR), Ok(1));
        refused(
            let_unit(store, "d", "U2", 1, ("2026-12-31", "")),
            UNIT_OVER_LET,
            "1 too much on one day",
        );
        refused(
            let_unit(store, "d", "U2", 1, ("2025-01-01", "2026-01-02")),
            UNIT_OVER_LET,
            "too much on the last day",
        );
        assert_eq!(
            let_unit(store, "e", "U2", 10_000, ("2027-01-01", "")),
            Ok(1)
        );
        assert_eq!(
            let_unit(store, "f", "U2", 9_999, ("2025-01-01", "2026-01-01")),
            Ok(1)
        );
        refused(
            let_unit(store, "g", "U2", 2, ("2024-01-01", "2025-01-02")),
            UNIT_OVER_LET,
            "the peak begins inside",
        );
        refused(
            raw::execute(
                store,
                "UPDATE unit_allocations SET area = 4001 WHERE id = 'c'",
            ),
            UNIT_OVER_LET,
            "a larger part",
        );
    }
}

#[test]
fn changing_an_allocation_cannot_let_twice() {
    for db in stores() {
        let store = &db.store;
        fill(store);
        let_unit(store, "a", "U1", 10_000, YEAR).expect("free");
        let_unit(store, "b", "U1", 10_000, ("2027-01-01", "2028-01-01")).expect("free");
        let_unit(store, "w", "W01", 5_000, ("2030-01-01", "")).expect("free");
        for sql in [
            "UPDATE unit_allocations SET from_day = '2026-12-31' WHERE id = 'b'",
            "UPDATE unit_allocations SET until_day = NULL WHERE id = 'a'",
            "UPDATE unit_allocations SET until_day = '2027-01-02' WHERE id = 'a'",
        ] {
            refused(raw::execute(store, sql), UNIT_OVER_LET, sql);
        }
        refused(
            raw::execute(
                store,
                "UPDATE unit_allocations SET unit_id = 'U1' WHERE id = 'w'",
            ),
            UNIT_IN_PART,
            "moved",
        );
        assert_eq!(
            raw::execute(
                store,
                "UPDATE unit_allocations SET state = 'ended' WHERE id = 'a'"
            ),
            Ok(1)
        );
        let_unit(store, "c", "U1", 10_000, YEAR).expect("free again");
        refused(
            raw::execute(
                store,
                "UPDATE unit_allocations SET state = 'let' WHERE id = 'a'",
            ),
            UNIT_OVER_LET,
            "back to life",
        );
    }
}

#[test]
fn a_unit_does_not_shrink_below_what_is_let() {
    for db in stores() {
        let store = &db.store;
        fill(store);
        let_unit(store, "a", "U1", 10_000, YEAR).expect("free");
        let_unit(store, "b", "U2", 6_000, YEAR).expect("free");
        let_unit(store, "c", "U2", 3_000, YEAR).expect("free");
        refused(
            raw::execute(store, "UPDATE units SET area = 9999 WHERE id = 'U1'"),
            UNIT_IN_PART,
            "shrunk whole",
        );
        refused(
            raw::execute(store, "UPDATE units SET area = 8999 WHERE id = 'U2'"),
            UNIT_OVER_LET,
            "shrunk",
        );
        refused(
            raw::execute(
                store,
                "UPDATE units SET smallest_lot = NULL WHERE id = 'U2'",
            ),
            UNIT_IN_PART,
            "turned whole",
        );
        assert_eq!(
            raw::execute(store, "UPDATE units SET area = 9000 WHERE id = 'U2'"),
            Ok(1)
        );
        refused(
            raw::execute(store, "DELETE FROM units WHERE id = 'U2'"),
            MISSING_PARENT,
            "gone",
        );
    }
}

#[test]
fn sqlite_replace_is_no_way_round() {
    let db = crate::support::pg::sqlite();
    let store = &db.store;
    fill(store);
    let_unit(store, "a", "U2", 6_000, YEAR).expect("free");
    let_unit(store, "b", "U2", 4_000, YEAR).expect("free");
    refused(
        raw::execute(
            store,
            "INSERT OR REPLACE INTO units (id, floor_id, area, smallest_lot, body) SELECT id, floor_id, 9000, smallest_lot, body FROM units WHERE id = 'U2'",
        ),
        UNIT_OVER_LET,
        "replaced unit",
    );
    refused(
        raw::execute(
            store,
            "INSERT OR REPLACE INTO unit_allocations (id, unit_id, application_id, contract, whole, area, from_day, state) VALUES ('b', 'U2', 'A1', 'c', 0, 4001, '2026-01-01', 'let')",
        ),
        UNIT_OVER_LET,
        "replaced allocation",
    );
    refused(
        raw::execute(
            store,
            "INSERT OR IGNORE INTO unit_allocations (id, unit_id, application_id, contract, whole, area, from_day, state) VALUES ('z', 'U2', 'A1', 'c', 0, 1, '2026-01-01', 'let')",
        ),
        UNIT_OVER_LET,
        "ignored conflict",
    );
}

#[test]
fn apartments_never_exceed_their_count() {
    for db in stores() {
        let store = &db.store;
        fill(store);
        assert_eq!(
            let_flats(store, "a", 6, ("2026-01-01", "2026-07-01")),
            Ok(1)
        );
        assert_eq!(
            let_flats(store, "b", 6, ("2026-07-01", "2027-01-01")),
            Ok(1)
        );
        assert_eq!(let_flats(store, "c", 4, YEAR), Ok(1));
        refused(
            let_flats(store, "d", 1, ("2026-12-31", "")),
            APARTMENT_OVER_LET,
            "one too many",
        );
        refused(
            let_flats(store, "d", 11, ("2030-01-01", "")),
            APARTMENT_OVER_LET,
            "more than there are",
        );
        for sql in [
            "UPDATE apartment_allocations SET count = 5 WHERE id = 'c'",
            "UPDATE apartment_allocations SET until_day = '2026-07-02' WHERE id = 'a'",
            "UPDATE apartment_types SET count = 9 WHERE id = 'H1-studio'",
        ] {
            refused(raw::execute(store, sql), APARTMENT_OVER_LET, sql);
        }
        assert_eq!(
            raw::execute(
                store,
                "UPDATE apartment_allocations SET state = 'ended' WHERE id = 'c'"
            ),
            Ok(1)
        );
        assert_eq!(
            raw::execute(
                store,
                "UPDATE apartment_types SET count = 6 WHERE id = 'H1-studio'"
            ),
            Ok(1)
        );
    }
}

#[test]
fn nonsense_is_refused() {
    for db in stores() {
        let store = &db.store;
        fill(store);
        refused(
            let_unit(store, "a", "U1", 10_000, ("2026-01-01", "2026-01-01")),
            CHECK_BROKEN,
            "no day",
        );
        refused(let_unit(store, "a", "U2", 0, YEAR), CHECK_BROKEN, "no area");
        refused(let_flats(store, "a", 0, YEAR), CHECK_BROKEN, "no apartment");
        refused(
            let_unit(store, "a", "none", 10_000, YEAR),
            MISSING_PARENT,
            "no such unit",
        );
        refused(
            raw::execute(store, "UPDATE units SET area = -1 WHERE id = 'U2'"),
            CHECK_BROKEN,
            "negative",
        );
        refused(
            raw::execute(store, "UPDATE quotas SET amount = -1"),
            CHECK_BROKEN,
            "negative",
        );
    }
}
