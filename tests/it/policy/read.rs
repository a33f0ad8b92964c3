//! The demonstration document reads into the rules that it states.

use zhuchao::domain::area::{Area, Share};
use zhuchao::domain::housing::{HouseholdKind, Layout};
use zhuchao::domain::money::Fen;
use zhuchao::domain::place::District;
use zhuchao::policy::subsidy_rule::{Band, Scale};
use zhuchao::policy::weights::PARTS;
use zhuchao::policy::{housing, unknown_districts};

use super::world::{codes, day, policy, read};

fn bp(points: i64) -> Share {
    Share::new(points).expect("a share")
}

#[test]
fn the_demonstration_policy_is_lawful_and_typed() {
    let policy = policy();
    assert_eq!(policy.meta.id, "SZ-DEMO");
    assert_eq!(policy.area_steps.len(), 7);
    assert_eq!(policy.area_steps[1].area_max, Area::metres(400));
    assert_eq!(policy.subsidy.len(), 12);
    assert_eq!(policy.reserves[0].share, bp(3000));
    assert!(PARTS.iter().all(|part| policy.labels.contains_key(*part)));
}

#[test]
fn decimals_in_quotes_arrive_exactly() {
    let policy = policy();
    let rule = |id: &str| policy.subsidy.iter().find(|r| r.id == id).expect("a rule");
    let guide = rule("LHX-1").guide.expect("a guide price");
    assert_eq!((guide.rent, guide.factor_bp), (read("47.70"), 10_000));
    assert_eq!(rule("NS-1").year_cap, Some(Fen(30_000_000)));
    assert_eq!(rule("NS-1").scale, Scale::ShareOfRent(bp(3000)));
    assert_eq!(rule("GM-1").scale, Scale::YuanPerM2(read("20")));
    let second = Band {
        from: Area::metres(1000),
        to: Some(Area::metres(5000)),
        share: bp(5000),
    };
    assert!(matches!(&rule("PS-1").scale, Scale::Bands(all) if all[1] == second));
}

#[test]
fn both_ends_of_the_validity_count() {
    let meta = policy().meta;
    assert!(meta.in_force_on(day(2026, 1, 1)) && meta.in_force_on(day(2026, 12, 31)));
    assert!(!meta.in_force_on(day(2025, 12, 31)) && !meta.in_force_on(day(2027, 1, 1)));
}

#[test]
fn every_kind_of_household_has_layouts() {
    let policy = policy();
    for kind in housing::KINDS {
        assert!(!housing::layouts(&policy, kind).is_empty(), "{kind:?}");
    }
    let large = housing::layouts(&policy, HouseholdKind::Large);
    assert_eq!(large.first(), Some(&Layout::FourBed));
}

#[test]
fn a_rule_for_a_district_that_does_not_exist_is_found() {
    let policy = policy();
    let district = |rule: &zhuchao::policy::subsidy_rule::SubsidyRule| District {
        code: rule.district.clone(),
        name_zh: String::new(),
        name_en: String::new(),
        outline: None,
    };
    let mut known: Vec<District> = policy.subsidy.iter().map(district).collect();
    assert!(unknown_districts(&policy, &known).is_empty());
    known.retain(|d| d.code.as_str() != "440306");
    let faults = unknown_districts(&policy, &known);
    assert_eq!(faults.len(), 2);
    assert!(faults.iter().all(|f| f.code.0 == "PO150"));
}

#[test]
fn a_document_that_is_not_toml_names_the_line() {
    let faults = zhuchao::policy::read("[meta]\nid = \n").err().map(|f| f.0);
    let fault = faults.and_then(|mut all| all.pop()).expect("one fault");
    assert_eq!((fault.code.0, fault.place.row), ("PO101", Some(2)));
}

#[test]
fn an_empty_document_lacks_each_section() {
    let mut all = codes("");
    all.dedup();
    assert_eq!(all, ["PO102"]);
    assert!(codes("").len() >= 7);
}
