//! The instance: eligibility, subsidy in both modes, lodging, reserve, pins, determinism.

use zhuchao::domain::fault::Faults;
use zhuchao::domain::housing::{HouseholdKind, Layout};
use zhuchao::domain::quota::QuotaMode;
use zhuchao::domain::snapshot::Snapshot;
use zhuchao::planning::assemble;
use zhuchao::planning::build::{Built, build};
use zhuchao::planning::format::{Packing, write_instance};
use zhuchao::solve::outcome::{Outcome, Status};

use super::city;
use super::run::{award, built, planned, solved};
use crate::support::world::{World, households, key};

fn park() -> World {
    World::city()
        .site("S1", "440305", 0)
        .unit("A1", "S1/A/1", 300)
}

fn codes(result: Result<Built, Faults>) -> Vec<&'static str> {
    result
        .err()
        .map(|f| f.0.iter().map(|f| f.code.0).collect())
        .unwrap_or_default()
}

/// Ids of the options of the only case.
fn options(snapshot: &Snapshot) -> Vec<String> {
    built(snapshot).cases[0]
        .options
        .iter()
        .map(|o| o.id.clone())
        .collect()
}

#[test]
fn a_hard_quota_gives_both_variants_a_prorata_quota_one_no_quota_none() {
    let asks = |world: World| {
        world
            .firm("F1", 50)
            .wants_with("F1", 300, 300, |a| a.wants_subsidy = true)
            .freeze()
    };
    let hard = asks(park().quota("440305", 1_000, QuotaMode::Hard));
    assert_eq!(options(&hard), ["A1|subsidy", "A1"]);
    assert_eq!(options(&asks(park())), ["A1"]);
    let rata = World::city()
        .site("S2", "440310", 0)
        .unit("B1", "S2/B/1", 300);
    let rata = asks(rata.quota("440310", 1_000, QuotaMode::ProRata));
    assert_eq!(options(&rata), ["B1"]);
    let subsidy = built(&rata).cases[0].options[0]
        .subsidy
        .clone()
        .expect("a subsidy");
    // 300 m2 x 60 yuan x 30 % x 10 months.
    assert_eq!(subsidy.computed.yuan(), "54000.00");
    let ids: Vec<String> = built(&rata)
        .instance
        .resources()
        .iter()
        .map(|r| r.id.clone())
        .collect();
    assert!(!ids.iter().any(|id| id.starts_with("quota:")), "{ids:?}");
}

#[test]
fn a_prorata_quota_is_cut_uniformly_and_fully_used() {
    let plan = planned(&city::snapshot());
    let grants: Vec<_> = plan
        .awards
        .iter()
        .filter_map(|a| a.subsidy.as_ref())
        .filter(|s| s.district.as_str() == "440310")
        .collect();
    let awarded: i64 = grants.iter().map(|s| s.awarded.0).sum();
    let computed: i64 = grants.iter().map(|s| s.computed.0).sum();
    assert!(grants.len() > 1 && computed > awarded);
    assert_eq!(awarded, 6_000_000);
}

#[test]
fn who_is_not_eligible_is_left_out_of_the_instance() {
    let built = built(&park().firm("F1", 5).wants("F1", 100, 300).freeze());
    assert!(built.instance.agents().is_empty());
    assert_eq!(built.cases[0].unmet[0].rule, "headcount");
}

#[test]
fn apartments_near_or_of_the_park_suit_the_household() {
    let world = park()
        .apartments("P1", 500, None, (Layout::Studio, 3))
        .apartments("P2", 30_000, None, (Layout::Studio, 3))
        .apartments("P3", 30_000, Some("S1"), (Layout::DormBed, 3))
        .apartments("P4", 500, Some("S9"), (Layout::Studio, 3))
        .apartments("P5", 500, None, (Layout::FourBed, 3))
        .site("S9", "440305", 20_000);
    let snapshot = world
        .firm("F1", 50)
        .wants_with("F1", 300, 300, |a| {
            a.households = vec![
                households(HouseholdKind::Single, 9),
                households(HouseholdKind::Large, 1),
            ];
        })
        .freeze();
    let plan = planned(&snapshot);
    let granted: Vec<(String, u32)> = award(&plan, "F1")
        .apartments
        .iter()
        .map(|g| (g.apartment.to_string(), g.count))
        .collect();
    let expected = [("P1-T", 3), ("P3-T", 3), ("P5-T", 1)];
    assert_eq!(granted, expected.map(|(id, n)| (id.to_owned(), n)));
}

#[test]
fn firms_that_are_not_small_share_what_is_not_reserved() {
    let world = World::city()
        .site("S1", "440305", 0)
        .unit("A1", "S1/A/1", 500)
        .unit("A2", "S1/B/1", 500)
        .policy("share_bp = 1000\nsmall", "share_bp = 5000\nsmall");
    let big = world.clone().firm("F1", 150).wants("F1", 400, 500);
    let two = big.firm("F2", 150).wants("F2", 400, 500).freeze();
    assert_eq!(planned(&two).awards.len(), 1);
    let small = world.firm("F1", 150).wants("F1", 400, 500);
    let mixed = small.firm("F2", 50).wants("F2", 400, 500).freeze();
    assert_eq!(planned(&mixed).awards.len(), 2);
}

#[test]
fn a_pin_is_kept_against_more_points() {
    let world = World::city()
        .site("S1", "440305", 0)
        .divisible("A1", "S1/A/1", 500, 100)
        .firm("F1", 50)
        .wants("F1", 200, 500)
        .firm("F2", 50)
        .wants("F2", 100, 500);
    let plan = planned(&world.clone().pin("F2", &[("A1", 333)]).freeze());
    assert_eq!(award(&plan, "F2").units[0].area.0, 33_300);
    let plain = planned(&world.freeze());
    assert!(plain.proof.value >= plan.proof.value);
}

#[test]
fn a_pin_that_breaks_a_rule_is_a_fault() {
    let pinned = |heads: u32, units: &[(&str, i64)]| {
        let world = park().firm("F1", heads).wants("F1", 100, 300);
        codes(build(&world.pin("F1", units).freeze()))
    };
    assert_eq!(pinned(50, &[("A1", 300)]), Vec::<&str>::new());
    // A part of a unit that is not divisible, a firm that is not eligible, one not entitled.
    assert_eq!(pinned(50, &[("A1", 200)]), ["PL111"]);
    assert_eq!(pinned(5, &[("A1", 300)]), ["PL111"]);
    assert_eq!(pinned(10, &[("A1", 300)]), ["PL111"]);
}

#[test]
fn pins_that_exclude_each_other_have_no_plan() {
    let world = park()
        .firm("F1", 50)
        .wants("F1", 100, 300)
        .firm("F2", 50)
        .wants("F2", 100, 300);
    let snapshot = world
        .pin("F1", &[("A1", 300)])
        .pin("F2", &[("A1", 300)])
        .freeze();
    let built = built(&snapshot);
    let result = assemble::plan(&snapshot, &built, &solved(&built), None, 7);
    let codes: Vec<&str> = result
        .expect_err("no plan")
        .0
        .iter()
        .map(|f| f.code.0)
        .collect();
    assert_eq!(codes, ["PL121"]);
}

#[test]
fn an_outcome_of_another_instance_or_snapshot_is_refused() {
    let (one, two) = (park().firm("F1", 50).wants("F1", 100, 300), city::world());
    let (one, two) = (one.freeze(), two.freeze());
    let (first, second) = (built(&one), built(&two));
    let code = |snapshot: &Snapshot, built: &Built, outcome: &Outcome| {
        let result = assemble::plan(snapshot, built, outcome, None, 7);
        result.expect_err("refused").0[0].code.0
    };
    assert_eq!(code(&one, &first, &solved(&second)), "PL120");
    assert_eq!(code(&one, &second, &solved(&second)), "PL122");
}

#[test]
fn a_free_option_is_taken_when_the_outcome_left_it() {
    let snapshot = city::snapshot();
    let built = built(&snapshot);
    let outcome = solved(&built);
    let lazy = Outcome {
        status: Status::Feasible,
        value: Some(0),
        choices: Vec::new(),
        trace: Vec::new(),
        ..outcome
    };
    let plan = assemble::plan(&snapshot, &built, &lazy, None, 7).expect("a plan");
    assert!(plan.awards.len() > 3);
    let found = zhuchao::planning::check::check(&snapshot, &plan);
    assert!(found.is_empty(), "{}", super::run::text(&found));
}

#[test]
fn the_same_snapshot_gives_the_same_bytes() {
    let bytes = || {
        let built = built(&city::snapshot());
        write_instance(&built.instance, Packing::Plain).expect("written")
    };
    assert_eq!(bytes(), bytes());
}

#[test]
fn numbers_too_large_are_faults() {
    // 10^11 m2 at a million points for each 100 m2: one placement fits into 2^60, two do not.
    let huge = 100_000_000_000;
    let world = World::city()
        .site("S1", "440305", 0)
        .unit("A1", "S1/A/1", huge)
        .policy("area_max_m2 = 6000", "area_max_m2 = 100000000000")
        .policy("area_per_100m2 = 800", "area_per_100m2 = 1000000000")
        .firm("F1", 150)
        .wants("F1", huge, huge);
    assert_eq!(codes(build(&world.clone().freeze())), Vec::<&str>::new());
    let two = world.firm("F2", 150).wants("F2", huge, huge).freeze();
    assert_eq!(codes(build(&two)), ["PL112"]);
    let mut endless = two;
    endless.inventory.units[0].area.0 = i64::MAX;
    let mut other = endless.inventory.units[0].clone();
    other.id = key("A2");
    endless.inventory.units.push(other);
    assert_eq!(codes(build(&endless)), ["DM120"]);
}
