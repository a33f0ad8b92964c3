//! Laws of single nouns: unit (DM170), application (DM180), quota (DM190); gap of a proof; the text of a fault.

use zhuchao::domain::application::Application;
use zhuchao::domain::area::Area;
use zhuchao::domain::fault::{Code, Fault, Faults, Place};
use zhuchao::domain::housing::{HouseholdKind, Households};
use zhuchao::domain::money::Fen;
use zhuchao::domain::period::Period;
use zhuchao::domain::plan::Proof;
use zhuchao::domain::points::Points;
use zhuchao::domain::quota::Quota;
use zhuchao::domain::space::{Division, Unit};

use super::world::{application, code, day, quota, read, unit};

fn unit_code(change: impl FnOnce(&mut Unit)) -> &'static str {
    let mut unit = unit();
    change(&mut unit);
    code(unit.proved())
}

fn application_code(change: impl FnOnce(&mut Application)) -> &'static str {
    let mut application = application();
    change(&mut application);
    code(application.proved())
}

fn quota_code(change: impl FnOnce(&mut Quota)) -> &'static str {
    let mut quota = quota();
    change(&mut quota);
    code(quota.proved())
}

fn lots_of(metres: i64) -> Division {
    Division::Divisible {
        smallest_lot: Area::metres(metres),
    }
}

fn period(from: u32, until: u32) -> Period {
    Period::new(day(2026, from, 1), Some(day(2026, until, 1))).expect("not empty")
}

#[test]
fn a_unit_keeps_the_laws_of_letting() {
    assert_eq!(unit_code(|_| ()), "accepted");
    assert_eq!(unit_code(|u| u.division = lots_of(300)), "accepted");
    assert_eq!(unit_code(|u| u.area = Area::ZERO), "DM170");
    assert_eq!(unit_code(|u| u.area = Area(-1)), "DM170");
    assert_eq!(unit_code(|u| u.division = lots_of(0)), "DM170");
    assert_eq!(unit_code(|u| u.division = lots_of(301)), "DM170");
    let both = |u: &mut Unit| {
        u.division = lots_of(100);
        u.group = Some(read("G1"));
    };
    assert_eq!(unit_code(both), "DM170");
}

#[test]
fn availability_is_ordered_and_disjoint() {
    let with = |all: Vec<Period>| unit_code(|u| u.available = all);
    assert_eq!(with(vec![period(1, 3), period(3, 5)]), "accepted");
    assert_eq!(with(vec![period(1, 4), period(3, 5)]), "DM170");
    assert_eq!(with(vec![period(3, 5), period(1, 3)]), "DM170");
}

#[test]
fn an_application_does_not_contradict_itself() {
    assert_eq!(application_code(|_| ()), "accepted");
    assert_eq!(application_code(|a| a.area_min = a.area_max), "accepted");
    assert_eq!(application_code(|a| a.area_min = Area::ZERO), "DM180");
    assert_eq!(
        application_code(|a| a.area_max = Area::metres(199)),
        "DM180"
    );
    assert_eq!(
        application_code(|a| a.start_until = day(2026, 2, 28)),
        "DM180"
    );
    assert_eq!(
        application_code(|a| a.site_wishes.push(read("S1"))),
        "DM180"
    );
    let households = |counts: &'static [u32]| {
        application_code(|a| {
            let kind = HouseholdKind::Single;
            a.households = counts
                .iter()
                .map(|&count| Households { kind, count })
                .collect();
        })
    };
    assert_eq!(households(&[2]), "accepted");
    assert_eq!(households(&[2, 3]), "DM180");
    assert_eq!(households(&[0]), "DM180");
}

#[test]
fn a_quota_is_not_negative_and_of_this_age() {
    assert_eq!(quota_code(|_| ()), "accepted");
    assert_eq!(quota_code(|q| q.amount = Fen::ZERO), "accepted");
    assert_eq!(quota_code(|q| q.amount = Fen(-1)), "DM190");
    assert_eq!(quota_code(|q| q.year = 1999), "DM190");
    assert_eq!(quota_code(|q| q.year = 2201), "DM190");
}

#[test]
fn a_gap_is_rounded_up_and_needs_a_bound() {
    let gap = |value, bound: Option<i64>| {
        let proof = Proof {
            value: Points(value),
            upper_bound: bound.map(Points),
            status: String::new(),
        };
        proof.gap_ppm()
    };
    assert_eq!(gap(1_000_000, Some(1_000_001)), Some(1));
    assert_eq!(gap(3, Some(4)), Some(333_334));
    assert_eq!(gap(5, Some(5)), Some(0));
    assert_eq!(gap(5, None), None);
    assert_eq!(gap(0, Some(1)), None);
    assert_eq!(gap(0, Some(0)), Some(0));
}

#[test]
fn a_fault_says_code_place_cause_and_action() {
    let fault = Fault::new(Code("XX000"), "cause", "action").at(Place::cell(7, "area"));
    assert_eq!(
        fault.to_string(),
        "XX000 [row 7, column area] cause — action"
    );
    let bare = Fault::new(Code("XX000"), "cause", "action");
    let both = Faults(vec![bare.clone(), fault]);
    assert_eq!(both.to_string().lines().count(), 2);
    assert!(both.or(()).is_err());
    assert_eq!(Faults::default().or(1), Ok(1));
    assert_eq!(Faults::from(bare).0.len(), 1);
}

#[test]
fn the_day_of_a_moment_is_that_of_shenzhen() {
    let moment = |text: &str| text.parse().expect("a moment");
    let on = |text: &str| zhuchao::domain::round::day_in_shenzhen(moment(text));
    assert_eq!(on("2026-02-06T15:59:59Z"), day(2026, 2, 6));
    assert_eq!(on("2026-02-06T16:00:00Z"), day(2026, 2, 7));
    assert_eq!(on("2026-02-06T17:00:00+08:00"), day(2026, 2, 6));
}
