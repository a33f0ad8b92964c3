//! Working days over the Spring Festival of 2026 (holiday 15 to 23 February; 14 and 28 February worked).

use zhuchao::domain::calendar::{Calendar, CalendarDay, DayKind, UNKNOWN_YEAR};

use crate::support::world::day;

fn calendar() -> Calendar {
    let exceptional = |(m, d), kind| CalendarDay {
        date: day(2026, m, d),
        kind,
        source: "test".to_owned(),
    };
    let others = [(1, 1), (4, 5), (5, 1), (6, 19), (10, 1)].into_iter();
    let mut days: Vec<CalendarDay> = others
        .chain((15..=23).map(|d| (2, d)))
        .map(|d| exceptional(d, DayKind::Holiday))
        .collect();
    days.push(exceptional((2, 14), DayKind::MakeupWorkday));
    days.push(exceptional((2, 28), DayKind::MakeupWorkday));
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

#[test]
fn some_days_of_a_year_are_no_notice() {
    let off = |m, d| CalendarDay {
        date: day(2027, m, d),
        kind: DayKind::Holiday,
        source: "test".to_owned(),
    };
    let fixed = [off(1, 1), off(5, 1), off(10, 1)];
    let spring: Vec<CalendarDay> = (5..=12).map(|d| off(2, d)).collect();
    let known = |days: &[CalendarDay]| Calendar::new(days).is_working(day(2027, 3, 1)).is_ok();
    assert!(!known(&fixed) && !known(&spring) && !known(&fixed[..1]));
    assert!(!known(&[&fixed[1..], &spring].concat()), "without New Year");
    assert!(known(&[&fixed[..], &spring].concat()));
}
