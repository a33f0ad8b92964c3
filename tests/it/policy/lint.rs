//! The lint: every kind of finding on a document that has one of each, none of the grave ones on the default,
//! and that its silence means something.

use std::collections::BTreeSet;

use proptest::prelude::*;
use zhuchao::domain::area::Area;
use zhuchao::domain::space::Use;
use zhuchao::policy::document::Document;
use zhuchao::policy::entitlement;
use zhuchao::policy::lint::{Finding, Kind, Severity, bars, lint};

use super::world::{DOCUMENT, changed, firm};
use crate::support::world::POLICY;

const ODD: &str = include_str!("../support/odd_policy.toml");

fn found(text: &str) -> Vec<Finding> {
    lint(&Document::read(text).expect("lawful"))
}

fn of(all: &[Finding], kind: Kind) -> Vec<&Finding> {
    all.iter().filter(|f| f.kind == kind).collect()
}

#[test]
fn every_kind_of_finding_is_found_on_the_odd_policy() {
    let kinds: BTreeSet<Kind> = found(ODD).iter().map(|f| f.kind).collect();
    let all = [
        Kind::AreaCliff,
        Kind::AidCliff,
        Kind::Gap,
        Kind::Overlap,
        Kind::Unreachable,
        Kind::Never,
        Kind::Always,
        Kind::Shadowed,
        Kind::NoBasis,
        Kind::ExpiredBasis,
        Kind::NoTerm,
        Kind::Assumed,
    ];
    assert_eq!(kinds, BTreeSet::from(all));
    assert!(bars(&found(ODD)));
}

#[test]
fn every_finding_names_its_rules_in_both_languages() {
    for finding in found(ODD) {
        assert!(!finding.rules.is_empty(), "{finding:?}");
        assert!(finding.rules.iter().all(|r| !r.is_empty()), "{finding:?}");
        assert!(!finding.text.zh.is_empty() && !finding.text.en.is_empty());
    }
}

#[test]
fn the_default_policy_may_be_published_and_its_printed_cliff_is_seen() {
    let all = found(DOCUMENT);
    assert!(!bars(&all), "{all:#?}");
    // One more employee at 25 brings 400 m2: the cliff of the printed notice.
    let cliffs = of(&all, Kind::AreaCliff);
    let at_25 = cliffs
        .iter()
        .find(|f| f.rules == ["area_step 25"])
        .expect("a cliff");
    let [below, above] = at_25.example.as_ref().expect("a pair");
    assert_eq!(below.en, "24 heads: 400.00 m2");
    assert_eq!(above.en, "25 heads: 800.00 m2");
}

#[test]
fn rules_that_admit_nobody_together_are_a_contradiction() {
    let text = changed(
        "condition = 'use in [\"rd_office\", \"office\", \"laboratory\", \"factory\"]'",
        "condition = 'industry starts_with [\"65\"]'",
    );
    let all = found(&text);
    let clash = of(&all, Kind::Contradiction);
    assert_eq!(clash.len(), 1);
    assert_eq!(clash[0].severity, Severity::Error);
    assert!(
        clash[0]
            .rules
            .contains(&"eligibility.rule E-USE".to_owned())
    );
}

#[test]
fn a_cliff_of_the_aid_shows_the_pair_on_both_sides() {
    let all = found(ODD);
    let texts: Vec<&str> = of(&all, Kind::AidCliff)
        .iter()
        .map(|f| f.text.en.as_str())
        .collect();
    assert!(
        texts.iter().any(|t| t.contains("yuan of revenue raises")),
        "{texts:?}"
    );
    assert!(
        texts.iter().any(|t| t.contains("square metre raises")),
        "{texts:?}"
    );
    assert!(
        texts.iter().any(|t| t.contains("month of age lowers")),
        "{texts:?}"
    );
    for cliff in of(&all, Kind::AidCliff) {
        assert!(cliff.example.is_some(), "{cliff:?}");
    }
}

#[test]
fn extreme_values_are_examined_without_a_panic() {
    let huge = "92233720368547758.07";
    let text = DOCUMENT
        .replacen("\"47.70\"", &format!("\"{huge}\""), 1)
        .replacen("guide_factor_bp = 13000", "guide_factor_bp = 1000000", 1)
        .replacen(
            "area_cap_m2 = 2000",
            &format!("area_cap_m2 = \"{huge}\""),
            1,
        )
        .replacen("year_cap_yuan = 300000", "area_min_m2 = \"0.01\"", 1)
        .replacen(
            "area_max_m2 = 10000",
            &format!("area_max_m2 = \"{huge}\""),
            1,
        )
        .replacen("firm_cap_m2 = 10000", "", 1)
        .replacen("m2_per_head = 32", &format!("m2_per_head = \"{huge}\""), 1)
        .replacen(
            "rate_yuan_m2_month = 20",
            &format!("rate_yuan_m2_month = \"{huge}\""),
            1,
        );
    assert!(!found(&text).is_empty());
}

#[test]
fn two_rules_that_can_cover_one_firm_are_named_unless_they_add_up() {
    let pairs = |text: &str| -> Vec<String> {
        let all = found(text);
        of(&all, Kind::Overlap)
            .iter()
            .map(|f| f.rules.join(" "))
            .collect()
    };
    assert_eq!(
        pairs(DOCUMENT),
        ["subsidy BA-1 subsidy BA-2", "subsidy LG-1 subsidy LG-2"]
    );
    let group = |id: &str| {
        (
            format!("id = \"{id}\""),
            format!("id = \"{id}\"\nstack_group = \"g\""),
        )
    };
    let (one, two) = (group("BA-1"), group("BA-2"));
    let text = DOCUMENT
        .replacen(&one.0, &one.1, 1)
        .replacen(&two.0, &two.1, 1);
    assert_eq!(pairs(&text), ["subsidy LG-1 subsidy LG-2"]);
}

#[test]
fn a_rule_is_shadowed_only_while_the_other_gives_no_less() {
    let shadowed = |text: &str| of(&found(text), Kind::Shadowed).len();
    assert_eq!(shadowed(ODD), 1);
    assert_eq!(
        shadowed(&ODD.replacen("share_bp = 4000", "share_bp = 6000", 1)),
        0
    );
    assert_eq!(shadowed(&ODD.replacen("months = 24", "months = 48", 1)), 0);
    let narrow = ODD.replacen(
        "share_bp = 5000",
        "share_bp = 5000\ncondition = \"has carrier\"",
        1,
    );
    assert_eq!(shadowed(&narrow), 0);
}

#[test]
fn words_that_nothing_can_have_are_named() {
    let never = |text: &str| -> Vec<String> {
        let all = found(text);
        let never = of(&all, Kind::Never);
        never.iter().map(|f| f.text.en.clone()).collect()
    };
    assert!(never(DOCUMENT).is_empty());
    let with = |condition: &str| {
        changed(
            "condition = 'use in [\"rd_office\", \"office\", \"laboratory\", \"factory\"]'",
            &format!("condition = '{condition}'"),
        )
    };
    let zoo = never(&with("use in [\"zoo\", \"office\"]"));
    assert_eq!(zoo, ["there is no use \"zoo\""]);
    let far = never(&with("seat in [\"110101\", \"440305\"]"));
    assert_eq!(far, ["Shenzhen has no district \"110101\""]);
    let odd = never(&with("industry starts_with [\"M73\", \"7\"]"));
    assert_eq!(odd, ["there is no industry code \"M73\""]);
    assert!(never(&with("seat starts_with [\"44030\", \"4403X1\"]")).is_empty());
}

#[test]
fn routes_behind_others_and_steps_that_rise_are_named() {
    let behind = DOCUMENT.replacen(
        "area_from_m2 = \"5000.01\"",
        "area_from_m2 = 100\narea_below_m2 = 200",
        1,
    );
    let all = found(&behind);
    let hidden = of(&all, Kind::Unreachable);
    assert_eq!(hidden[0].rules, ["process.route department"]);
    let plain = found(DOCUMENT);
    let rises = |f: &&Finding| f.text.en.contains("gets the less");
    assert_eq!(plain.iter().filter(rises).count(), 0);
    let step = "{ condition = \"rd_share >= 1500\", points = 30000 }";
    let less = "{ condition = \"rd_share >= 1500\", points = 20000 }";
    let risen = found(&DOCUMENT.replacen(step, less, 1));
    assert_eq!(risen.iter().filter(rises).count(), 1);
}

#[test]
fn an_ended_basis_is_an_error_before_the_policy_and_a_warning_within() {
    let all = found(ODD);
    let severities: BTreeSet<(Severity, &str)> = of(&all, Kind::ExpiredBasis)
        .into_iter()
        .map(|f| (f.severity, f.rules[0].as_str()))
        .collect();
    assert!(severities.contains(&(Severity::Error, "eligibility.rule ALWAYS")));
    assert!(severities.contains(&(Severity::Warning, "subsidy CLIFF")));
    assert!(severities.contains(&(Severity::Warning, "subsidy SHADOW")));
}

/// The small policy with steps of its own.
fn with_steps(bounds: &[(u32, i64)]) -> String {
    let (head, rest) = POLICY.split_once("[[area_step]]").expect("steps");
    let (_, tail) = rest
        .split_once("[area]")
        .expect("a section after the steps");
    let mut text = head.to_owned();
    for (n, (from, m2)) in bounds.iter().enumerate() {
        let below = bounds
            .get(n + 1)
            .map(|(next, _)| format!("headcount_below = {next}\n"));
        text += &format!(
            "[[area_step]]\nheadcount_from = {from}\n{}units_max = 1\narea_max_m2 = {m2}\n\
             basis = \"step\"\nevidence = \"synthetic\"\n\n",
            below.unwrap_or_default()
        );
    }
    format!("{text}[area]{tail}")
}

/// A document with the n-th of its whole numbers replaced.
fn with_number(text: &str, nth: usize, number: i64) -> String {
    let mut starts = Vec::new();
    for (at, _) in text.match_indices(" = ") {
        let value = text.get(at + 3..).unwrap_or_default();
        let length = value.bytes().take_while(u8::is_ascii_digit).count();
        if length > 0 {
            starts.push((at + 3, length));
        }
    }
    let (at, length) = starts[nth % starts.len()];
    format!("{}{number}{}", &text[..at], &text[at + length..])
}

proptest! {
    /// Whatever number stands anywhere: the document is refused, or examined without a panic.
    #[test]
    fn any_number_is_refused_or_examined(
        nth in 0..500_usize, odd in any::<bool>(),
        number in prop_oneof![0..50_i64, any::<i64>(), Just(i64::MAX), Just(92_233_720_368_547_758_i64)],
    ) {
        let text = with_number(if odd { ODD } else { DOCUMENT }, nth, number);
        if let Ok(document) = Document::read(&text) {
            prop_assert!(!lint(&document).is_empty());
        }
    }

    /// Silence of the lint means: the entitlement never falls, and one more head never brings the area of
    /// more than five.
    #[test]
    fn without_a_cliff_one_more_head_brings_little(
        gaps in prop::collection::vec((1..40_u32, 0..400_i64), 1..6), heads in 8..300_u32,
    ) {
        let mut bounds = vec![(8_u32, 200_i64)];
        for (more, m2) in gaps {
            let (from, area) = bounds.last().copied().unwrap_or((8, 200));
            bounds.push((from + more, area + m2));
        }
        let document = Document::read(&with_steps(&bounds)).expect("lawful");
        let findings = lint(&document);
        let silent = of(&findings, Kind::AreaCliff).is_empty();
        let entitled = |n: u32| {
            let mut firm = firm();
            firm.headcount = n;
            entitlement::of(&document.policy, &firm, Use::Office).area_max
        };
        let (low, high) = (entitled(heads), entitled(heads + 1));
        prop_assert!(high >= low);
        let leap = (high.0 - low.0) * i64::from(heads + 1) > 5 * high.0;
        prop_assert!(!silent || !leap, "{:?} {:?}", low, high);
        if leap {
            let rule = format!("area_step {}", heads + 1);
            prop_assert!(findings.iter().any(|f| f.rules == [rule.clone()]));
        }
        prop_assert!(low >= Area::metres(200));
    }
}
