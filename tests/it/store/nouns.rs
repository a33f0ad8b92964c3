//! Noun -> row -> noun is the identity, in order, with foreign keys, in batches.

use zhuchao::domain::application::Application;
use zhuchao::domain::area::Area;
use zhuchao::domain::firm::Firm;
use zhuchao::domain::period::Period;
use zhuchao::domain::place::{Cluster, District};
use zhuchao::domain::quota::Quota;
use zhuchao::domain::round::Round;
use zhuchao::domain::space::{Division, Unit};
use zhuchao::store::allocations::{ApartmentAllocation, Basis, HoldState, UnitAllocation};
use zhuchao::store::policies::{self, PolicyText};
use zhuchao::store::{
    Changed, IMMUTABLE, MISSING_PARENT, TAKEN, all, allocations, applications, count, firms, get,
    ground, inventory, page, raw, upsert_many,
};

use super::sample::{
    day, fill, moment, the_application, the_firm, the_ground, the_inventory, the_quota, the_round,
    unit, write,
};
use crate::support::pg::stores;

#[test]
fn the_small_world_comes_back() {
    for db in stores() {
        fill(&db.store);
        let store = &db.store;
        assert_eq!(store.read(ground::load), Ok(the_ground()), "{}", db.name);
        assert_eq!(
            store.read(inventory::load),
            Ok(the_inventory()),
            "{}",
            db.name
        );
        assert_eq!(store.read(all::<Round>), Ok(vec![the_round()]));
        assert_eq!(store.read(all::<Quota>), Ok(vec![the_quota()]));
        let firm = the_firm();
        assert_eq!(
            store.read(|tx| firms::by_credit_code(tx, &firm.credit_code)),
            Ok(Some(firm.clone()))
        );
        let mine = vec![the_application()];
        assert_eq!(
            store.read(|tx| applications::of_round(tx, &the_round().id)),
            Ok(mine.clone())
        );
        assert_eq!(
            store.read(|tx| applications::of_firm(tx, &firm.id)),
            Ok(mine)
        );
        let links = raw::texts(
            store,
            "SELECT target AS value FROM line_stations ORDER BY rank",
        );
        assert_eq!(
            links,
            Ok(vec!["S1".to_owned(), "S2".to_owned(), "S1".to_owned()])
        );
    }
}

#[test]
fn links_follow_their_noun() {
    for db in stores() {
        fill(&db.store);
        let fewer = Application {
            districts: vec!["440304".parse().expect("a code")],
            ..the_application()
        };
        write(&db.store, |tx| upsert_many(tx, &[fewer])).expect("stored");
        let sql = "SELECT target AS value FROM application_districts ORDER BY rank";
        assert_eq!(raw::texts(&db.store, sql), Ok(vec!["440304".to_owned()]));
    }
}

#[test]
fn a_named_noun_must_be_there_and_keys_are_unique() {
    for db in stores() {
        fill(&db.store);
        let store = &db.store;
        let code = |result: Result<Changed, zhuchao::store::StoreError>| {
            result.expect_err("refused").code()
        };
        let lost = Unit {
            floor: "nowhere".parse().expect("a key"),
            ..unit("U9", 10, Division::Whole)
        };
        assert_eq!(
            code(write(store, |tx| upsert_many(tx, &[lost]))),
            MISSING_PARENT
        );
        let wish = Application {
            site_wishes: vec!["nowhere".parse().expect("a key")],
            ..the_application()
        };
        assert_eq!(
            code(write(store, |tx| upsert_many(tx, &[wish]))),
            MISSING_PARENT
        );
        let twin = Firm {
            id: "F2".parse().expect("a key"),
            ..the_firm()
        };
        assert_eq!(code(write(store, |tx| upsert_many(tx, &[twin]))), TAKEN);
        assert_eq!(
            code(write(store, |tx| upsert_many(
                tx,
                &[the_round(), the_round()]
            ))),
            TAKEN
        );
        let gone = raw::execute(store, "DELETE FROM districts WHERE id = '440304'");
        assert_eq!(gone.expect_err("named").code(), MISSING_PARENT);
    }
}

#[test]
fn keys_are_in_the_order_of_their_bytes_and_pages_follow_it() {
    for db in stores() {
        fill(&db.store);
        let keys = ["a", "B", "Ä", "楼", "-1", "1", "Z/1", "a:1", "_"];
        let rounds: Vec<Round> = keys
            .iter()
            .map(|k| Round {
                id: k.parse().expect("a key"),
                ..the_round()
            })
            .collect();
        write(&db.store, |tx| upsert_many(tx, &rounds)).expect("stored");
        let mut wanted: Vec<String> = keys.iter().map(|k| (*k).to_owned()).collect();
        wanted.push("R1".to_owned());
        wanted.sort_unstable();
        let mut paged = Vec::new();
        loop {
            let after = paged.last().cloned();
            let next = db
                .store
                .read(|tx| page::<Round>(tx, after.as_deref(), 3))
                .expect("a page");
            if next.is_empty() {
                break;
            }
            paged.extend(next.iter().map(|r| r.id.to_string()));
        }
        assert_eq!(paged, wanted, "{}", db.name);
    }
}

#[test]
fn fifty_thousand_rows_go_in_and_once_more() {
    for db in stores() {
        fill(&db.store);
        let units: Vec<Unit> = (0..50_000)
            .map(|n| unit(&format!("N{n:05}"), 10 + n % 90, Division::Whole))
            .collect();
        let changed = |inserted, updated, unchanged| Changed {
            inserted,
            updated,
            unchanged,
        };
        let first = write(&db.store, |tx| upsert_many(tx, &units));
        assert_eq!(first, Ok(changed(50_000, 0, 0)), "{}", db.name);
        let mut units = units;
        units[49_999].room = "x".to_owned();
        let again = write(&db.store, |tx| upsert_many(tx, &units));
        assert_eq!(again, Ok(changed(0, 1, 49_999)), "{}", db.name);
        assert_eq!(db.store.read(count::<Unit>), Ok(50_022));
        assert_eq!(
            db.store.read(|tx| get::<Unit>(tx, "N49999")),
            Ok(units.pop())
        );
    }
}

#[test]
fn policies_keep_their_text() {
    for db in stores() {
        let policy = |version: &str, at: &str| PolicyText {
            version: version.to_owned(),
            created_at: moment(at),
            text: "[meta]\n".to_owned(),
        };
        let (old, new) = (
            policy("2", "2026-01-01T00:00:00Z"),
            policy("1", "2026-01-02T00:00:00.000001Z"),
        );
        assert_eq!(write(&db.store, |tx| policies::put(tx, &old)), Ok(true));
        assert_eq!(write(&db.store, |tx| policies::put(tx, &new)), Ok(true));
        assert_eq!(write(&db.store, |tx| policies::put(tx, &old)), Ok(false));
        let other = PolicyText {
            text: String::new(),
            ..old.clone()
        };
        let error = write(&db.store, |tx| policies::put(tx, &other)).expect_err("another text");
        assert_eq!(error.code(), IMMUTABLE);
        assert_eq!(db.store.read(policies::latest), Ok(Some(new.clone())));
        assert_eq!(db.store.read(policies::all), Ok(vec![new, old]));
    }
}

#[test]
fn allocations_come_back_and_end() {
    for db in stores() {
        fill(&db.store);
        let basis = Basis {
            plan: None,
            contract: Some("2026-17".to_owned()),
        };
        let unit = UnitAllocation {
            id: "x".to_owned(),
            unit: "U2".parse().expect("a key"),
            application: "A1".parse().expect("a key"),
            basis: basis.clone(),
            whole: false,
            area: Area::metres(20),
            period: Period::new(day("2026-07-01"), Some(day("2029-07-01"))).expect("a period"),
            state: HoldState::Reserved,
        };
        let flats = ApartmentAllocation {
            id: "y".to_owned(),
            apartment: "H1-studio".parse().expect("a key"),
            application: "A1".parse().expect("a key"),
            basis,
            count: 3,
            period: Period::new(day("2026-07-01"), None).expect("a period"),
            state: HoldState::Let,
        };
        write(&db.store, |tx| {
            allocations::add_units(tx, std::slice::from_ref(&unit))?;
            allocations::add_apartments(tx, std::slice::from_ref(&flats))
        })
        .expect("free");
        assert_eq!(
            db.store.read(allocations::units),
            Ok(vec![unit.clone()]),
            "{}",
            db.name
        );
        assert_eq!(
            db.store.read(allocations::apartments),
            Ok(vec![flats.clone()]),
            "{}",
            db.name
        );
        let end = Some(day("2027-01-01"));
        write(&db.store, |tx| {
            allocations::change_unit(tx, "x", HoldState::Let, end)?;
            allocations::change_apartment(tx, "y", HoldState::Ended, end)
        })
        .expect("changed");
        let period = Period::new(day("2026-07-01"), end).expect("a period");
        let (unit, flats) = (
            UnitAllocation {
                state: HoldState::Let,
                period,
                ..unit
            },
            ApartmentAllocation {
                state: HoldState::Ended,
                period,
                ..flats
            },
        );
        assert_eq!(db.store.read(allocations::units), Ok(vec![unit]));
        assert_eq!(db.store.read(allocations::apartments), Ok(vec![flats]));
        let missing = write(&db.store, |tx| {
            allocations::change_unit(tx, "z", HoldState::Ended, None)
        });
        assert!(missing.is_err());
    }
}

#[test]
fn an_outline_comes_back_to_the_micro_degree() {
    let ring = [
        (113.940_001, 22.5),
        (114.123_457, 22.500_003),
        (114.0, 22.654_321),
    ];
    let outline = geo_types::MultiPolygon::new(vec![geo_types::Polygon::new(
        ring.to_vec().into(),
        Vec::new(),
    )]);
    for db in stores() {
        let district = District {
            outline: Some(outline.clone()),
            ..the_ground().districts.remove(0)
        };
        write(&db.store, |tx| {
            upsert_many(tx, std::slice::from_ref(&district))
        })
        .expect("stored");
        assert_eq!(
            db.store.read(all::<District>),
            Ok(vec![district]),
            "{}",
            db.name
        );
        assert_eq!(db.store.read(count::<Cluster>), Ok(0));
    }
}
