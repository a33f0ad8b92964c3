//! Many at once: of all who want the same, exactly one gets it.

use std::sync::Barrier;
use std::thread;

use zhuchao::domain::area::Area;
use zhuchao::domain::period::Period;
use zhuchao::store::allocations::{self, Basis, HoldState, UnitAllocation};
use zhuchao::store::{
    APARTMENT_OVER_LET, BUSY, CONTENDED, Store, StoreError, UNIT_OVER_LET, journal, raw,
};

use super::sample::{day, entry, fill};
use crate::support::pg::{postgres, stores};

const THREADS: usize = 64;

/// Runs the same work in many threads that start together; what each returned.
fn together<T: Send>(work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let gate = Barrier::new(THREADS);
    let (gate, work) = (&gate, &work);
    thread::scope(|scope| {
        let all: Vec<_> = (0..THREADS)
            .map(|n| {
                scope.spawn(move || {
                    gate.wait();
                    work(n)
                })
            })
            .collect();
        all.into_iter()
            .map(|t| t.join().expect("no thread panics"))
            .collect()
    })
}

fn wish(thread: usize, unit: usize) -> UnitAllocation {
    UnitAllocation {
        id: format!("t{thread}-{unit}"),
        unit: format!("W{unit:02}").parse().expect("a key"),
        application: "A1".parse().expect("a key"),
        basis: Basis {
            plan: None,
            contract: Some("c".to_owned()),
        },
        whole: true,
        area: Area::metres(50),
        period: Period::new(day("2026-07-01"), Some(day("2029-07-01"))).expect("a period"),
        state: HoldState::Reserved,
    }
}

/// One transaction per unit, so that threads truly mix; the units won.
fn grab(store: &Store, thread: usize) -> Vec<usize> {
    let units = (1..=20).map(|n| (n + thread) % 20 + 1);
    let take = |unit: &usize| {
        let result = store.write_serial(|tx| {
            allocations::add_units(tx, &[wish(thread, *unit)])?;
            journal::append(tx, &entry("let"))
        });
        match result {
            Ok(_) => true,
            Err(error) => {
                assert_eq!(error.code(), UNIT_OVER_LET, "{}", error.detail());
                false
            }
        }
    };
    units.filter(take).collect()
}

#[test]
fn each_unit_has_exactly_one_winner() {
    for db in stores() {
        fill(&db.store);
        let won = together(|n| grab(&db.store, n));
        let mut units: Vec<usize> = won.into_iter().flatten().collect();
        units.sort_unstable();
        assert_eq!(units, (1..=20).collect::<Vec<_>>(), "{}", db.name);
        let broken = db
            .store
            .read(journal::broken_links)
            .expect("the journal is read");
        assert_eq!(broken, Vec::<i64>::new());
        let rows = db
            .store
            .read(|tx| journal::page(tx, 0, 1000))
            .expect("the journal is read");
        // One for the small world, one per letting.
        assert_eq!(rows.len(), 21, "{}", db.name);
    }
}

#[test]
fn strangers_cannot_let_a_unit_twice() {
    for db in stores() {
        fill(&db.store);
        let won = together(|n| {
            let sql = format!(
                "INSERT INTO unit_allocations (id, unit_id, application_id, contract, whole, area, from_day, state) \
                 VALUES ('s{n}', 'W{:02}', 'A1', 'c', TRUE, 5000, '2026-01-01', 'let')",
                n % 4 + 1
            );
            won_or(raw::execute(&db.store, &sql), UNIT_OVER_LET)
        });
        assert_eq!(won.into_iter().filter(|w| *w).count(), 4, "{}", db.name);
    }
}

#[test]
fn strangers_cannot_overfill_parts_or_apartments() {
    for db in stores() {
        fill(&db.store);
        let won = together(|n| {
            let part = format!(
                "INSERT INTO unit_allocations (id, unit_id, application_id, contract, whole, area, from_day, state) \
                 VALUES ('p{n}', 'U2', 'A1', 'c', FALSE, 3000, '2026-01-01', 'let')"
            );
            let flat = format!(
                "INSERT INTO apartment_allocations (id, apartment_type_id, application_id, contract, count, from_day, state) \
                 VALUES ('f{n}', 'H1-studio', 'A1', 'c', 3, '2026-01-01', 'let')"
            );
            (
                won_or(raw::execute(&db.store, &part), UNIT_OVER_LET),
                won_or(raw::execute(&db.store, &flat), APARTMENT_OVER_LET),
            )
        });
        assert_eq!(won.iter().filter(|w| w.0).count(), 3, "{} parts", db.name);
        assert_eq!(
            won.iter().filter(|w| w.1).count(),
            3,
            "{} apartments",
            db.name
        );
    }
}

fn won_or(result: Result<usize, StoreError>, lost: zhuchao::domain::fault::Code) -> bool {
    match result {
        Ok(_) => true,
        Err(error) => {
            assert_eq!(error.code(), lost, "{}", error.detail());
            false
        }
    }
}

/// Under REPEATABLE READ a transaction does not see what was committed after it began; the guards
/// must refuse it instead of adding up an old view.
#[test]
fn an_old_view_lets_nothing_twice() {
    let Some(db) = postgres() else { return };
    fill(&db.store);
    let won = together(|n| {
        let sql = format!(
            "BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM unit_allocations; SELECT pg_sleep(0.05); \
             INSERT INTO unit_allocations (id, unit_id, application_id, contract, whole, area, from_day, state) \
             VALUES ('r{n}', 'U2', 'A1', 'c', FALSE, 6000, '2026-01-01', 'let'); COMMIT"
        );
        match raw::batch(&db.store, &sql) {
            Ok(()) => true,
            Err(error) => {
                let codes = [UNIT_OVER_LET, CONTENDED, BUSY];
                assert!(codes.contains(&error.code()), "{}", error.detail());
                false
            }
        }
    });
    assert_eq!(won.into_iter().filter(|w| *w).count(), 1);
}
