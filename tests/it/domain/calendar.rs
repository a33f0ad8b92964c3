//! Working days over the Spring Festival of 2026 (holiday 15 to 23 February; 14 and 28 February worked).

use zhuchao::domain::calendar::{Calendar, CalendarDay, DayKind, UNKNOWN_YEAR};

use crate::support::world::day;

fn calendar() -> Calendar {
    let exceptional = |d, kind| CalendarDay {
        date: day(2026, 2, d),
        kind,
        source: "test".to_owned(),
    };
    let mut days: Vec<CalendarDay> = (15..=23)
        .map(|d| exceptional(d, DayKind::Holiday))
        .collect();
    days.push(exceptional(14, DayKind::MakeupWorkday));
    days.push(exceptional(28, DayKind::MakeupWorkday));
    Calendar::new(&days)
}

#[test]
fn five_working_days_over_the_festival_end_after_it() {
    // Thu 12 Feb: the 13th, 14th (worked Saturday), 24th, 25th, 26th count.
    assert_eq!(calendar().after(day(2026, 2, 12), 5), Ok(day(2026, 2, 26)));
    assert_eq!(calendar().after(day(2026, 2, 12), 0), Ok(day(2026, 2, 12)));
    assert_eq!(calendar().after(day(2026, 2, 27), 1), Ok(day(2026, 2, 28)));
}

#[test]
fn an_unknown_year_blocks_the_end_date() {
    let fault = calendar()
        .after(day(2026, 12, 30), 5)
        .expect_err("2027 is not entered");
    assert_eq!(fault.code, UNKNOWN_YEAR);
}
