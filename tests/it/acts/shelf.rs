//! Vacancies in memory: the same rows until the inventory, the map, what is held or the day changes.

use std::sync::Arc;

use zhuchao::acts::vacancies::{Shelf, Vacancy};
use zhuchao::domain::period::Period;
use zhuchao::domain::place::District;
use zhuchao::domain::procedure::Step;
use zhuchao::store::journal::{self, Entry};
use zhuchao::store::{self, Noun};

use super::cases::submitted;
use super::procedure::{go, world};
use crate::support::town::{Town, towns};
use crate::support::world::day;

fn rows(town: &Town, shelf: &Shelf) -> Arc<Vec<Vacancy>> {
    shelf.all(&town.desk).expect("rows")
}

fn vacant(rows: &[Vacancy]) -> usize {
    rows.iter().filter(|r| r.vacant).count()
}

fn put<T: Noun>(town: &Town, noun: &T) {
    let entry = Entry {
        at: town.desk.now(),
        actor: "test".to_owned(),
        act: "put".to_owned(),
        subject: T::NOUN.to_owned(),
        before: None,
        after: None,
    };
    (town.desk.store())
        .write(|tx| {
            store::upsert_many(tx, std::slice::from_ref(noun))?;
            journal::append(tx, &entry)
        })
        .expect("stored");
}

#[test]
fn acts_on_other_things_leave_the_rows_as_they_are() {
    for town in super::cases::here() {
        let shelf = Shelf::default();
        let before = rows(&town, &shelf);
        submitted(&town, "F1");
        assert!(
            Arc::ptr_eq(&before, &rows(&town, &shelf)),
            "{}: read again for nothing",
            town.name
        );
    }
}

#[test]
fn a_district_with_another_name_and_another_day_are_seen_at_once() {
    for town in towns(&world()) {
        let shelf = Shelf::default();
        let before = rows(&town, &shelf);
        let district = town.desk.store().read(|tx| store::need(tx, "440305"));
        let mut district: District = district.expect("a district");
        district.name_zh = "改名区".to_owned();
        put(&town, &district);
        let after = rows(&town, &shelf);
        assert!(!Arc::ptr_eq(&before, &after), "{}", town.name);
        assert!(
            after
                .iter()
                .any(|r| format!("{:?}", r.district_name).contains("改名区"))
        );
        town.at("2026-01-06T09:00:00+08:00");
        assert!(!Arc::ptr_eq(&after, &rows(&town, &shelf)), "{}", town.name);
    }
}

/// Found late: a let unit was listed as vacant for the days before and after its lease.
#[test]
fn what_somebody_holds_is_not_vacant_before_its_lease_either() {
    for town in towns(&world()) {
        let shelf = Shelf::default();
        let before = vacant(&rows(&town, &shelf));
        go(&town, Step::Confirmed);
        // Offered from 1 March on; it is 28 February.
        let after = vacant(&rows(&town, &shelf));
        assert_eq!((before, after), (2, 0), "{}", town.name);
    }
}

#[test]
fn a_unit_that_is_not_on_offer_any_more_is_not_vacant() {
    let over = Period::new(day(2026, 1, 1), Some(day(2026, 1, 3))).expect("a period");
    let coming = Period::new(day(2027, 1, 1), None).expect("a period");
    let world = world()
        .unit_with("A8", "S1/A/8", 300, |u| u.available = vec![over])
        .unit_with("A9", "S1/A/9", 300, |u| u.available = vec![coming]);
    for town in towns(&world) {
        let all = rows(&town, &Shelf::default());
        let is_vacant = |id: &str| all.iter().any(|r| r.unit.id.as_str() == id && r.vacant);
        assert_eq!(
            [is_vacant("A8"), is_vacant("A9")],
            [false, true],
            "{}",
            town.name
        );
    }
}
