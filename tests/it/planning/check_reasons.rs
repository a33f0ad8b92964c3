//! Wrong reasons are worse than none: each is refused with its code.

use zhuchao::domain::plan::{Plan, Waiting};
use zhuchao::domain::points::Points;
use zhuchao::domain::reason::{HardRule, Scarce, WhyNot};

use super::city;
use super::run::{codes, planned};
use crate::support::world::World;

/// The codes of the city's plan with another reason for one who waits.
fn with(firm: &str, change: impl Fn(&mut WhyNot)) -> Vec<&'static str> {
    let snapshot = city::snapshot();
    let mut plan = planned(&snapshot);
    let key = format!("AP-{firm}");
    let waiting = plan
        .waiting
        .iter_mut()
        .find(|w| w.application.as_str() == key);
    change(&mut waiting.expect("it waits").why);
    codes(&snapshot, &plan).into_iter().map(|c| c.0).collect()
}

fn priced_out(resource: &str, many: u64) -> WhyNot {
    let scarce = vec![Scarce {
        resource: resource.to_owned(),
        options: many,
    }];
    WhyNot::PricedOut { options: 2, scarce }
}

fn nothing_fits(rule: HardRule, many: u64) -> WhyNot {
    WhyNot::NothingFits {
        left_out: [(rule, many)].into(),
    }
}

/// F8 has too few heads, F9 wants more than any unit, F7 finds its floor taken.
#[test]
fn the_reasons_are_the_expected_ones() {
    let plan = planned(&city::snapshot());
    let kind = |firm: &str| {
        let key = format!("AP-{firm}");
        let waiting = plan.waiting.iter().find(|w| w.application.as_str() == key);
        match waiting.map(|w| &w.why) {
            Some(WhyNot::NotEligible { .. }) => "not eligible",
            Some(WhyNot::NothingFits { .. }) => "nothing fits",
            Some(WhyNot::PricedOut { .. }) => "priced out",
            None => "placed",
        }
    };
    assert_eq!(kind("F8"), "not eligible");
    assert_eq!(kind("F9"), "nothing fits");
    assert_eq!(kind("F7"), "priced out");
}

#[test]
fn not_eligible() {
    let none = WhyNot::NotEligible { unmet: Vec::new() };
    assert_eq!(with("F8", |w| *w = none.clone()), ["CK160"]);
    assert_eq!(with("F9", |w| *w = none.clone()), ["CK160"]);
    assert_eq!(with("F8", |w| *w = priced_out("unit:A1", 1)), ["CK160"]);
}

#[test]
fn nothing_fits_where_something_does() {
    assert_eq!(
        with("F7", |w| *w = nothing_fits(HardRule::District, 9)),
        ["CK161"]
    );
    assert_eq!(
        with("F9", |w| *w = nothing_fits(HardRule::TooSmall, 1)),
        ["CK161"]
    );
}

#[test]
fn priced_out_by_what_is_not_scarce() {
    assert_eq!(with("F9", |w| *w = priced_out("unit:A1", 1)), ["CK162"]);
    for resource in [
        "unit:A1",
        "quota:440310:2026",
        "reserve:small_firms",
        "luck",
    ] {
        assert_eq!(
            with("F7", |w| *w = priced_out(resource, 1)),
            ["CK162"],
            "{resource}"
        );
    }
    assert_eq!(with("F7", |w| *w = priced_out("unit:B3", 3)), ["CK162"]);
}

#[test]
fn waiting_though_something_is_free() {
    let snapshot = World::city()
        .site("S1", "440305", 0)
        .unit("A1", "S1/A/1", 300)
        .firm("F1", 50)
        .wants("F1", 100, 300)
        .freeze();
    let mut plan: Plan = planned(&snapshot);
    let award = plan.awards.remove(0);
    let why = priced_out("unit:A1", 1);
    plan.waiting.push(Waiting {
        application: award.application,
        why,
    });
    plan.proof.value = Points::ZERO;
    plan.proof.status = "feasible".to_owned();
    let codes: Vec<&str> = codes(&snapshot, &plan).into_iter().map(|c| c.0).collect();
    assert_eq!(codes, ["CK162", "CK163"]);
}
