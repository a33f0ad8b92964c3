//! Bundles: parts, neighbours, complete floors, groups, one-tenant floors.

use std::collections::BTreeSet;

use zhuchao::domain::snapshot::Snapshot;

use super::run::built;
use crate::support::world::{World, day, key};
use zhuchao::domain::period::Period;
use zhuchao::domain::space::Use;

/// Ids of the options of a firm.
fn options(snapshot: &Snapshot, firm: &str) -> BTreeSet<String> {
    let built = built(snapshot);
    let key = format!("AP-{firm}");
    let case = built
        .cases
        .iter()
        .find(|c| c.application.as_str() == key)
        .expect("a case");
    case.options.iter().map(|o| o.id.clone()).collect()
}

fn ids(list: &[&str]) -> BTreeSet<String> {
    list.iter().map(|id| (*id).to_owned()).collect()
}

fn park() -> World {
    World::city().site("S1", "440305", 0)
}

#[test]
fn a_divisible_unit_is_let_whole_or_in_three_sizes_from_the_smallest_lot() {
    let world = park().divisible("A1", "S1/A/1", 1000, 300).firm("F1", 50);
    let wide = world.clone().wants("F1", 100, 1000).freeze();
    assert_eq!(options(&wide, "F1"), ids(&["A1", "A1@650.00", "A1@300.00"]));
    let narrow = world.clone().wants("F1", 400, 401).freeze();
    assert_eq!(options(&narrow, "F1"), ids(&["A1@401.00", "A1@400.00"]));
    let small = world.wants("F1", 100, 299).freeze();
    assert_eq!(options(&small, "F1"), ids(&[]));
}

#[test]
fn neighbours_in_room_order_up_to_the_entitlement() {
    let room = |w: World, id: &str, room: &str| {
        let room = room.to_owned();
        w.unit_with(id, "S1/A/1", 100, |u| u.room = room)
    };
    // In room order 99, 100, 101; by key 100 comes before 99.
    let world = room(room(room(park(), "A1", "100"), "A2", "101"), "A3", "99");
    // The three of them are the complete floor, which counts as one.
    let snapshot = world.firm("F1", 50).wants("F1", 150, 1000).freeze();
    assert_eq!(
        options(&snapshot, "F1"),
        ids(&["A1+A2", "A1+A3", "A1+A2+A3"])
    );
}

#[test]
fn complete_floors_follow_each_other_and_a_gap_ends_them() {
    let world = park()
        .unit("A0", "S1/A/-1", 100)
        .unit("A1", "S1/A/1", 100)
        .unit("A2", "S1/A/2", 100)
        .unit("A4", "S1/A/4", 100);
    let snapshot = world.clone().firm("F1", 50).wants("F1", 150, 1000).freeze();
    assert_eq!(options(&snapshot, "F1"), ids(&["A0+A1", "A1+A2"]));
    let large = world.firm("F1", 150).wants("F1", 150, 1000).freeze();
    assert_eq!(options(&large, "F1"), ids(&["A0+A1", "A1+A2", "A0+A1+A2"]));
}

#[test]
fn a_floor_is_complete_only_with_all_its_units() {
    let snapshot = park()
        .unit("A1", "S1/A/1", 100)
        .unit_with("A2", "S1/A/1", 100, |u| u.use_ = Use::Factory)
        .unit("A3", "S1/A/2", 100)
        .firm("F1", 50)
        .wants("F1", 150, 1000)
        .freeze();
    assert_eq!(options(&snapshot, "F1"), ids(&[]));
}

#[test]
fn a_group_is_let_whole_and_its_leading_part_must_suit() {
    let lab = |m2: i64| {
        park()
            .unit_with("L1", "S1/A/1", m2, |u| {
                u.use_ = Use::Laboratory;
                u.group = Some(key("G"));
            })
            .grouped("L2", "S1/A/1", 50, "G")
            .firm("F1", 20)
            .wants_with("F1", 60, 300, |a| a.use_ = Use::Laboratory)
            .freeze()
    };
    assert_eq!(options(&lab(150), "F1"), ids(&["L1+L2"]));
    assert_eq!(options(&lab(40), "F1"), ids(&[]));
    // Office seekers do not get a laboratory with an office beside it.
    let office = park()
        .unit_with("L1", "S1/A/1", 150, |u| {
            u.use_ = Use::Laboratory;
            u.group = Some(key("G"));
        })
        .grouped("L2", "S1/A/1", 60, "G")
        .firm("F1", 20)
        .wants("F1", 50, 300)
        .freeze();
    assert_eq!(options(&office, "F1"), ids(&[]));
}

#[test]
fn a_one_tenant_floor_is_let_whole_though_divisible() {
    let snapshot = park()
        .divisible("A1", "S1/A/1", 500, 100)
        .unit("A2", "S1/A/1", 200)
        .one_tenant("S1/A/1")
        .firm("F1", 20)
        .wants("F1", 100, 800)
        .firm("F2", 20)
        .wants("F2", 100, 600)
        .freeze();
    assert_eq!(options(&snapshot, "F1"), ids(&["A1+A2"]));
    assert_eq!(options(&snapshot, "F2"), ids(&[]));
}

#[test]
fn units_of_a_bundle_are_available_together() {
    let until = |end| Period::new(day(2026, 1, 1), Some(end)).expect("a period");
    let from = |day| Period::new(day, None).expect("a period");
    let world = park()
        .unit_with("A1", "S1/A/1", 100, |u| {
            u.available = vec![until(day(2031, 4, 1))]
        })
        .unit_with("A2", "S1/A/1", 100, |u| {
            u.available = vec![from(day(2026, 5, 1))]
        })
        .firm("F1", 50);
    // The lease of both must begin by 2026-04-01 for A1 and on 2026-05-01 for A2.
    let snapshot = world.wants("F1", 100, 300).freeze();
    assert_eq!(options(&snapshot, "F1"), ids(&["A1", "A2"]));
}

#[test]
fn at_most_two_hundred_options_are_kept_the_worthiest_first() {
    let mut world = park().firm("F1", 50);
    for n in 0..250 {
        world = world.unit(&format!("A{n:03}"), &format!("S1/B{n}/1"), 300 + n);
    }
    let snapshot = world.wants("F1", 100, 1000).freeze();
    let kept = options(&snapshot, "F1");
    assert_eq!(kept.len(), 200);
    assert!(kept.contains("A249") && !kept.contains("A049"));
}
