//! Eligibility, entitlement, reserve.

use proptest::prelude::*;
use zhuchao::domain::area::Area;
use zhuchao::domain::space::Use;
use zhuchao::policy::{eligibility, entitlement};

use super::world::{application, changed, day, firm, policy, read};

fn unmet(change: impl FnOnce(&mut zhuchao::domain::firm::Firm), area_min: i64) -> Vec<String> {
    let mut firm = firm();
    change(&mut firm);
    let mut application = application();
    application.area_min = Area::metres(area_min);
    eligibility::unmet(&policy(), &firm, &application, day(2026, 2, 6))
        .into_iter()
        .map(|u| u.rule)
        .collect()
}

#[test]
fn an_eligible_firm_meets_every_rule() {
    assert!(unmet(|_| (), 200).is_empty());
    assert!(unmet(|_| (), 800).is_empty());
    assert!(unmet(|f| f.headcount = 8, 200).is_empty());
}

#[test]
fn each_rule_is_named_when_it_is_not_met() {
    assert_eq!(unmet(|f| f.industry = read("6510"), 200), ["industry"]);
    assert_eq!(unmet(|f| f.headcount = 7, 200), ["headcount"]);
    assert_eq!(unmet(|_| (), 801), ["entitlement"]);
    let both = |f: &mut zhuchao::domain::firm::Firm| {
        f.industry = read("6510");
        f.headcount = 0;
    };
    assert_eq!(unmet(both, 9_999), ["industry", "headcount"]);
}

#[test]
fn the_seat_of_the_firm_counts() {
    let prefix = "registered_district_prefix = \"4403";
    let text = changed(&format!("{prefix}\""), &format!("{prefix}06\""));
    let narrow = zhuchao::policy::read(&text).expect("lawful");
    let all = eligibility::unmet(&narrow, &firm(), &application(), day(2026, 2, 6));
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].rule, "registered_district");
    assert!(all[0].cause.contains("440305") && !all[0].basis.is_empty());
}

#[test]
fn a_tolerance_lowers_the_least_area() {
    let text = changed("tolerance_bp = 0 ", "tolerance_bp = 1000 ");
    let tolerant = zhuchao::policy::read(&text).expect("lawful");
    assert_eq!(entitlement::least(&tolerant, read("100.01")), read("90.01"));
    assert_eq!(
        entitlement::least(&policy(), read("100.01")),
        read("100.01")
    );
}

#[test]
fn the_step_of_the_headcount_counts() {
    let entitled = |headcount| {
        let mut firm = firm();
        firm.headcount = headcount;
        let e = entitlement::of(&policy(), &firm, Use::RdOffice);
        (e.units_max, e.area_max)
    };
    assert_eq!(entitled(7), (0, Area::ZERO));
    assert_eq!(entitled(24), (1, Area::metres(400)));
    assert_eq!(entitled(25), (2, Area::metres(800)));
    assert_eq!(entitled(u32::MAX), (4, Area::metres(10_000)));
}

#[test]
fn a_reserve_keeps_its_share_for_small_firms() {
    let reserve = &policy().reserves[0];
    assert!(reserve.is_small(&firm()));
    let mut large = firm();
    large.headcount = reserve.small_headcount_below;
    assert!(!reserve.is_small(&large));
    assert_eq!(reserve.open_to_others(Area(10_001)), Area(7_000));
}

proptest! {
    #[test]
    fn more_heads_never_give_less(low in 0_u32..2_000, more in 0_u32..2_000) {
        let policy = policy();
        let mut firm = firm();
        firm.headcount = low;
        let before = entitlement::of(&policy, &firm, Use::RdOffice);
        firm.headcount = low + more;
        let after = entitlement::of(&policy, &firm, Use::RdOffice);
        prop_assert!(after.area_max >= before.area_max && after.units_max >= before.units_max);
    }
}
