//! The months of a lease that a subsidy pays in a budget year.
//!
//! Month `i` (from 0) of a lease begins `i` calendar months after its first day, and belongs to the
//! year in which it begins. Only whole months count. The landlord's rent-free months come first and
//! push the window back (免租期顺延): with `free` of them and at most `most` aided months, the aided
//! months are `free <= i < min(length, free + most)`.
//!
//! Not here: amounts.

use chrono::{Datelike, Months, NaiveDate};

use crate::domain::period::Period;

/// How many months of the lease are aided in `year`: 0 to 12.
pub fn months_in_year(lease: &Period, free: u32, most: u32, year: i32) -> u32 {
    let first = month_number(lease.from());
    let length = whole_months(lease).unwrap_or(i64::MAX);
    let start = first.saturating_add(i64::from(free));
    let end = first
        .saturating_add(length)
        .min(start.saturating_add(i64::from(most)));
    let new_year = i64::from(year) * 12;
    let count = end.min(new_year + 12) - start.max(new_year);
    u32::try_from(count.clamp(0, 12)).unwrap_or(0)
}

/// Calendar months since year 0.
fn month_number(day: NaiveDate) -> i64 {
    i64::from(day.year()) * 12 + i64::from(day.month0())
}

/// Whole months of a lease; `None` when it has no end.
fn whole_months(lease: &Period) -> Option<i64> {
    let until = lease.until()?;
    let apart = month_number(until) - month_number(lease.from());
    let reached = u32::try_from(apart)
        .ok()
        .and_then(|n| lease.from().checked_add_months(Months::new(n)))
        .is_some_and(|day| day <= until);
    Some(if reached { apart } else { apart - 1 })
}
