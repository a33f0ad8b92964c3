//! Corruptions of a good plan, each refused with its code: the whole, space, bonds, rules, lease.

use zhuchao::domain::area::Area;
use zhuchao::domain::period::Period;
use zhuchao::domain::plan::{Plan, UnitGrant};
use zhuchao::domain::space::Use;

use super::city;
use super::run::{award, award_mut, codes, planned};
use crate::support::world::{World, day, key};

/// The codes of the city's plan after a change.
fn after(change: impl FnOnce(&mut Plan)) -> Vec<&'static str> {
    let snapshot = city::snapshot();
    let mut plan = planned(&snapshot);
    change(&mut plan);
    codes(&snapshot, &plan).into_iter().map(|c| c.0).collect()
}

fn assert_has(codes: &[&str], code: &str) {
    assert!(codes.contains(&code), "{code} is not among {codes:?}");
}

#[test]
fn the_whole() {
    assert_eq!(after(|p| p.format = "x".to_owned()), ["CK101"]);
    assert_eq!(after(|p| p.snapshot = "0".repeat(64)), ["CK102"]);
    assert_has(&after(|p| drop(p.waiting.remove(0))), "CK103");
    assert_has(
        &after(|p| p.waiting.insert(0, p.waiting[0].clone())),
        "CK103",
    );
    assert_has(
        &after(|p| p.waiting[0].application = key("AP-nobody")),
        "CK104",
    );
    assert_eq!(after(|p| p.waiting.reverse()), ["CK105"]);
    assert_eq!(after(|p| p.policy = "TEST 0".to_owned()), ["CK106"]);
}

#[test]
fn a_faulty_snapshot_proves_nothing() {
    let snapshot = city::snapshot();
    let plan = planned(&snapshot);
    let mut broken = snapshot;
    broken.firms.clear();
    assert_has(
        &codes(&broken, &plan)
            .iter()
            .map(|c| c.0)
            .collect::<Vec<_>>(),
        "CK100",
    );
}

#[test]
fn units_that_are_not_there() {
    assert_has(
        &after(|p| award_mut(p, "F1").units[0].unit = key("X1")),
        "CK110",
    );
    assert_has(&after(|p| award_mut(p, "F1").units.clear()), "CK110");
    assert_has(&after(|p| award_mut(p, "F1").site = key("S2")), "CK114");
    let twice = |p: &mut Plan| {
        let grant = award(p, "F1").units[0].clone();
        award_mut(p, "F1").units.push(grant);
    };
    assert_has(&after(twice), "CK110");
}

#[test]
fn a_unit_let_twice() {
    // Somebody else is given what F1 has.
    let both = |p: &mut Plan| {
        let taken = award(p, "F1").clone();
        let thief = award_mut(p, "F2");
        thief.units = taken.units;
        thief.site = taken.site;
    };
    assert_has(&after(both), "CK113");
}

/// Two firms in a tower with every kind of bond; F1 holds `units` with so many m2 by hand.
fn bonds(heads: u32, units: &[(&str, i64)]) -> Vec<&'static str> {
    let snapshot = World::city()
        .site("S1", "440305", 0)
        .unit("A1", "S1/A/1", 200)
        .unit("A2", "S1/A/1", 200)
        .unit("A3", "S1/A/1", 200)
        .unit("A4", "S1/A/2", 200)
        .grouped("G1", "S1/A/3", 150, "G")
        .grouped("G2", "S1/A/3", 100, "G")
        .unit("T1", "S1/A/5", 200)
        .unit("T2", "S1/A/5", 200)
        .one_tenant("S1/A/5")
        .divisible("D1", "S1/A/6", 900, 250)
        .unit_with("X1", "S1/A/8", 200, |u| u.use_ = Use::Factory)
        .firm("F1", heads)
        .wants("F1", 100, 1000)
        .freeze();
    let mut plan = planned(&snapshot);
    award_mut(&mut plan, "F1").units = units
        .iter()
        .map(|(unit, m2)| UnitGrant {
            unit: key(unit),
            area: Area::metres(*m2),
            monthly_rent: crate::support::world::rate(6000)
                .monthly(Area::metres(*m2))
                .expect("small"),
        })
        .collect();
    let mut found: Vec<&str> = codes(&snapshot, &plan).into_iter().map(|c| c.0).collect();
    // Points and value follow from the area, which is not what is tried here.
    found.retain(|c| !["CK150", "CK151", "CK152", "CK153"].contains(c));
    found
}

#[test]
fn what_must_be_let_together() {
    assert!(bonds(50, &[("A1", 200)]).is_empty());
    assert!(bonds(50, &[("A1", 200), ("A2", 200)]).is_empty());
    assert!(bonds(50, &[("G1", 150), ("G2", 100)]).is_empty());
    assert!(bonds(50, &[("T1", 200), ("T2", 200)]).is_empty());
    assert!(bonds(50, &[("D1", 250)]).is_empty());
    assert!(bonds(50, &[("A1", 200), ("A2", 200), ("A3", 200), ("A4", 200)]).is_empty());
    assert_eq!(bonds(50, &[("G1", 150)]), ["CK115"]);
    assert_eq!(bonds(50, &[("T1", 200)]), ["CK116"]);
    assert_eq!(bonds(50, &[("A1", 200), ("A3", 200)]), ["CK117"]);
    assert_eq!(bonds(50, &[("A1", 200), ("A4", 200)]), ["CK117"]);
    assert_eq!(
        bonds(50, &[("A4", 200), ("T1", 200), ("T2", 200)]),
        ["CK117"]
    );
}

#[test]
fn areas_parts_and_entitlement() {
    assert_eq!(bonds(50, &[("A1", 100)]), ["CK111"]);
    assert_eq!(bonds(50, &[("A1", 300)]), ["CK111", "CK113"]);
    assert_eq!(bonds(50, &[("D1", 200)]), ["CK112"]);
    assert_eq!(bonds(50, &[("D1", 100)]), ["CK112"]);
    assert_eq!(bonds(50, &[("A1", 200), ("A2", 0)]), ["CK111"]);
    assert_eq!(bonds(10, &[("D1", 250)]), ["CK123"]);
    assert_eq!(bonds(20, &[("X1", 200)]), ["CK120"]);
}

#[test]
fn too_many_units() {
    let snapshot = World::city()
        .site("S1", "440305", 0)
        .unit("A1", "S1/A/1", 100)
        .unit("A2", "S1/A/1", 100)
        .unit("A3", "S1/A/1", 100)
        .unit("A4", "S1/A/1", 100)
        .firm("F1", 50)
        .wants("F1", 100, 200)
        .freeze();
    let mut wide = snapshot.clone();
    wide.applications[0].area_max = Area::metres(390);
    let mut plan = planned(&wide);
    let first = award(&plan, "F1").units[0].clone();
    award_mut(&mut plan, "F1").units = ["A1", "A2", "A3"]
        .map(|unit| UnitGrant {
            unit: key(unit),
            ..first.clone()
        })
        .to_vec();
    let found: Vec<&str> = codes(&wide, &plan).into_iter().map(|c| c.0).collect();
    assert_has(&found, "CK118");
}

#[test]
fn leases() {
    let lease = |from, months| Period::months(from, months).expect("a lease");
    let early = lease(day(2026, 2, 1), 60);
    assert_has(&after(|p| award_mut(p, "F1").lease = early), "CK121");
    let late = lease(day(2026, 6, 2), 60);
    assert_has(&after(|p| award_mut(p, "F1").lease = late), "CK121");
    let short = lease(day(2026, 3, 1), 59);
    assert_has(&after(|p| award_mut(p, "F1").lease = short), "CK121");
    let snapshot = city::snapshot();
    let plan = planned(&snapshot);
    let held = award(&plan, "F1").units[0].unit.clone();
    let mut taken = snapshot;
    for unit in taken.inventory.units.iter_mut().filter(|u| u.id == held) {
        unit.available = vec![Period::new(day(2027, 1, 1), None).expect("a period")];
    }
    assert_has(
        &codes(&taken, &plan).iter().map(|c| c.0).collect::<Vec<_>>(),
        "CK122",
    );
}

#[test]
fn who_is_not_eligible() {
    let snapshot = city::snapshot();
    let plan = planned(&snapshot);
    let mut fallen = snapshot;
    for firm in fallen.firms.iter_mut().filter(|f| f.id.as_str() == "F1") {
        firm.industry = key("6510");
    }
    assert_has(
        &codes(&fallen, &plan)
            .iter()
            .map(|c| c.0)
            .collect::<Vec<_>>(),
        "CK124",
    );
}

#[test]
fn pins_are_kept() {
    let world = city::world().pin("F3", &[("A5", 400), ("A6", 450)]);
    let snapshot = world.freeze();
    let mut plan = planned(&snapshot);
    award_mut(&mut plan, "F3").units.truncate(1);
    assert_has(
        &codes(&snapshot, &plan)
            .iter()
            .map(|c| c.0)
            .collect::<Vec<_>>(),
        "CK170",
    );
}
