//! Months of a lease in a budget year: counted one by one in the test, by arithmetic in the room.

use chrono::{Datelike, Months, NaiveDate};
use proptest::prelude::*;
use zhuchao::domain::period::Period;
use zhuchao::policy::window::months_in_year;

use super::world::{day, lease};

/// The definition, month by month.
fn counted(lease: &Period, free: u32, most: u32, year: i32) -> u32 {
    let begins = |i: u32| lease.from().checked_add_months(Months::new(i));
    let whole = |i: u32| {
        let ends = begins(i + 1);
        lease
            .until()
            .is_none_or(|until| ends.is_some_and(|e| e <= until))
    };
    let aided = (free..free + most).filter(|i| whole(*i));
    let in_year = aided.filter(|i| begins(*i).is_some_and(|d| d.year() == year));
    u32::try_from(in_year.count()).expect("few")
}

#[test]
fn free_months_push_the_window_back() {
    let lease = lease(day(2026, 3, 1), 60);
    let months = |free, most, year| months_in_year(&lease, free, most, year);
    assert_eq!(months(0, 36, 2026), 10);
    assert_eq!(months(3, 36, 2026), 7);
    assert_eq!(months(3, 36, 2027), 12);
    assert_eq!(months(3, 36, 2029), 5);
    assert_eq!(months(0, 36, 2029), 2);
    assert_eq!(months(0, 36, 2030), 0);
    assert_eq!(months(0, 36, 2025), 0);
    assert_eq!(months(12, 36, 2026), 0);
    assert_eq!(months(0, 2, 2026), 2);
}

#[test]
fn a_broken_month_does_not_count_and_an_open_lease_has_no_end() {
    let until = |m, d| Period::new(day(2026, 1, 31), Some(day(2026, m, d))).expect("not empty");
    assert_eq!(months_in_year(&until(2, 27), 0, 36, 2026), 0);
    assert_eq!(months_in_year(&until(2, 28), 0, 36, 2026), 1);
    let open = Period::new(day(2026, 1, 1), None).expect("not empty");
    assert_eq!(months_in_year(&open, 0, u32::MAX, 2200), 12);
    assert_eq!(months_in_year(&open, u32::MAX, u32::MAX, i32::MAX), 0);
}

fn any_day() -> impl Strategy<Value = NaiveDate> {
    (2024..2028_i32, 1..13_u32, 1..29_u32).prop_map(|(y, m, d)| day(y, m, d))
}

proptest! {
    #[test]
    fn arithmetic_agrees_with_counting(
        from in any_day(), days in prop::option::of(1..2_500_u64),
        free in 0..20_u32, most in 0..70_u32, year in 2022..2036_i32,
    ) {
        let until = days.map(|n| from + chrono::Days::new(n));
        let lease = Period::new(from, until).expect("not empty");
        let expected = counted(&lease, free, most, year);
        prop_assert_eq!(months_in_year(&lease, free, most, year), expected);
    }

    #[test]
    fn the_years_add_up_to_the_window(from in any_day(), length in 1..100_u32, free in 0..20_u32, most in 0..70_u32) {
        let lease = lease(from, length);
        let total: u32 = (2020..2050).map(|y| months_in_year(&lease, free, most, y)).sum();
        prop_assert_eq!(total, length.saturating_sub(free).min(most));
    }
}
