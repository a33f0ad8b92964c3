//! Properties of the subsidy for every rule of the demonstration policy and any tenancy.

use proptest::prelude::*;
use zhuchao::domain::area::Area;
use zhuchao::domain::firm::{Credential, Firm};
use zhuchao::domain::money::{Fen, Rate};
use zhuchao::policy::Policy;
use zhuchao::policy::subsidy::{computed, monthly};
use zhuchao::policy::subsidy_rule::{Scale, SubsidyRule};
use zhuchao::policy::window::months_in_year;

use super::world::{day, firm, lease, policy, read};

fn rent(rate: i64, area: Area) -> Fen {
    Rate::new(rate)
        .and_then(|r| r.monthly(area))
        .expect("small")
}

fn amount(rule: &SubsidyRule, area: i64, rate: i64) -> i64 {
    let area = Area(area);
    monthly(
        rule,
        &covered(),
        day(2026, 3, 1),
        (Area::ZERO, area),
        rent(rate, area),
    )
    .expect("small")
    .0
}

/// A firm that every condition of the demonstration policy accepts.
fn covered() -> Firm {
    let mut firm = firm();
    firm.industry = read("7452");
    firm.credentials = vec![Credential::HighTech];
    firm
}

fn a_rule() -> impl Strategy<Value = SubsidyRule> {
    one_of(policy().subsidy)
}

/// A rule above whose cap there is nothing more.
fn a_capped_rule() -> impl Strategy<Value = SubsidyRule> {
    let capped = |rule: &SubsidyRule| cap(rule) < i64::MAX;
    one_of(policy().subsidy.into_iter().filter(capped).collect())
}

fn one_of(rules: Vec<SubsidyRule>) -> impl Strategy<Value = SubsidyRule> {
    (0..rules.len()).prop_map(move |n| rules[n].clone())
}

/// The area above which a rule gives no more.
fn cap(rule: &SubsidyRule) -> i64 {
    let last = match &rule.scale {
        Scale::Bands(bands) => bands.last().and_then(|b| b.to),
        _ => None,
    };
    rule.area_cap.or(last).map_or(i64::MAX, |a| a.0)
}

proptest! {
    /// Up to the area cap more area never gives less, but for the fen that rounding the rent of
    /// two areas may leave between two bands.
    #[test]
    fn monotone_in_area_up_to_the_cap(rule in a_rule(), low in 1..800_000_i64, more in 0..800_000_i64, rate in 0..20_000_i64) {
        let high = low.saturating_add(more).min(cap(&rule)).max(1);
        let low = low.min(high);
        let slack = i64::from(matches!(rule.scale, Scale::Bands(_)));
        prop_assert!(amount(&rule, low, rate) <= amount(&rule, high, rate) + slack);
    }

    /// Above the cap more area gives the same, but for one fen of rounding.
    #[test]
    fn flat_above_the_cap(rule in a_capped_rule(), more in 0..800_000_i64, rate in 0..20_000_i64) {
        let at = amount(&rule, cap(&rule), rate);
        let above = amount(&rule, cap(&rule) + more, rate);
        prop_assert!(matches!(rule.scale, Scale::Bands(_)) || (at - above).abs() <= 1);
        prop_assert!(above >= at - 1);
    }

    #[test]
    fn monotone_in_rent(rule in a_rule(), area in 1..800_000_i64, low in 0..20_000_i64, more in 0..20_000_i64) {
        prop_assert!(amount(&rule, area, low) <= amount(&rule, area, low + more));
    }

    #[test]
    fn never_above_the_rent_nor_the_guide_price(rule in a_rule(), area in 1..800_000_i64, rate in 0..20_000_i64) {
        let month = amount(&rule, area, rate);
        prop_assert!((0..=rent(rate, Area(area)).0).contains(&month));
        if let Some(guide) = rule.guide {
            let most = i128::from(guide.rent.fen()) * i128::from(guide.factor_bp) * i128::from(area);
            prop_assert!(i128::from(month) <= most / 1_000_000);
        }
    }

    /// Two contracts give a firm what one of both areas would, but for the fen that is rounded.
    #[test]
    fn areas_of_two_contracts_count_as_one(
        which in a_rule(), first in 1..300_000_i64, second in 1..300_000_i64, yuan in 1..200_i64,
    ) {
        let least = which.area_min.map_or(0, |a| a.0);
        prop_assume!(first >= least);
        let (first, second, rate) = (first * 100, second * 100, yuan * 100);
        let of = |taken: i64, area: i64| {
            let (taken, area) = (Area(taken), Area(area));
            let aid = monthly(&which, &covered(), day(2026, 3, 1), (taken, area), rent(rate, area));
            aid.expect("small").0
        };
        let (apart, whole) = (of(0, first) + of(first, second), of(0, first + second));
        prop_assert!((apart - whole).abs() <= 4, "{} and {}", apart, whole);
    }

    /// The best rule, by brute force over the rules that cover; within cap and rent paid.
    #[test]
    fn the_award_is_the_best_rule_within_its_cap(
        which in a_rule(), area in 1..800_000_i64, rate in 0..20_000_i64,
        free in 0..15_u32, length in 1..70_u32, year in 2025..2033_i32,
    ) {
        let policy: Policy = policy();
        let (firm, area) = (covered(), Area(area));
        let (rent, lease) = (rent(rate, area), lease(day(2026, 3, 1), length));
        let answer = computed(&policy, &firm, &which.district, area, rent, free, &lease, year);
        let answer = answer.expect("small").map_or(0, |c| c.amount.0);
        let by_rule = |rule: &SubsidyRule| {
            let months = i64::from(months_in_year(&lease, free, rule.months, year));
            let paid = rent.0 * months;
            let aid = monthly(rule, &firm, day(2026, 3, 1), (Area::ZERO, area), rent).expect("small").0 * months;
            (aid.min(rule.year_cap.map_or(i64::MAX, |c| c.0)), paid)
        };
        let all: Vec<(i64, i64)> = policy.subsidy.iter()
            .filter(|r| r.covers(&firm, &which.district, day(2026, 3, 1)))
            .map(by_rule)
            .collect();
        prop_assert_eq!(Some(answer), all.iter().map(|(aid, _)| *aid).max());
        prop_assert!(all.iter().any(|(_, paid)| answer <= *paid));
    }
}
