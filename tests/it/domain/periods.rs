//! Periods of days: never empty; overlap and cover agree with counting days.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use zhuchao::domain::period::Period;

use super::world::{code, day};

fn some_day() -> impl Strategy<Value = NaiveDate> {
    (0..40_u64).prop_map(|n| day(2026, 1, 1) + Days::new(n))
}

fn some_period() -> impl Strategy<Value = Period> {
    (some_day(), prop::option::of(1..30_u64)).prop_map(|(from, days)| {
        Period::new(from, days.map(|n| from + Days::new(n))).expect("not empty")
    })
}

fn holds(period: &Period, day: NaiveDate) -> bool {
    period.from() <= day && period.until().is_none_or(|end| day < end)
}

/// All days that matter: the last stands for every day after the longest bounded period.
fn days() -> impl Iterator<Item = NaiveDate> {
    (0..100).map(|n| day(2026, 1, 1) + Days::new(n))
}

#[test]
fn an_empty_period_cannot_be_built() {
    let from = day(2026, 3, 1);
    assert_eq!(code(Period::new(from, Some(from))), "DM140");
    assert_eq!(code(Period::new(from, Some(day(2026, 2, 1)))), "DM140");
    assert_eq!(code(Period::months(from, 0)), "DM140");
    assert_eq!(code(Period::months(from, u32::MAX)), "DM140");
    let empty = r#"{"from":"2026-03-01","until":"2026-03-01"}"#;
    assert!(serde_json::from_str::<Period>(empty).is_err());
}

#[test]
fn months_end_on_the_last_day_of_a_short_month() {
    let period = Period::months(day(2026, 1, 31), 1).expect("in the calendar");
    assert_eq!(period.until(), Some(day(2026, 2, 28)));
}

proptest! {
    #[test]
    fn overlap_is_a_common_day(a in some_period(), b in some_period()) {
        let common = days().any(|d| holds(&a, d) && holds(&b, d));
        prop_assert_eq!(a.overlaps(&b), common);
        prop_assert_eq!(b.overlaps(&a), common);
    }

    #[test]
    fn cover_is_every_day(a in some_period(), b in some_period()) {
        prop_assert_eq!(a.covers(&b), days().all(|d| !holds(&b, d) || holds(&a, d)));
        prop_assert!(a.covers(&a));
        if a.covers(&b) {
            prop_assert!(a.overlaps(&b));
        }
    }

    #[test]
    fn a_period_survives_serde(a in some_period()) {
        let text = serde_json::to_string(&a).expect("a period is plain");
        prop_assert_eq!(serde_json::from_str::<Period>(&text).ok(), Some(a));
    }
}
