//! The official calendar, and the publicity period over the Spring Festival of 2026.

use chrono::{Datelike, Weekday};
use zhuchao::acts::rounds::publicity;
use zhuchao::acts::{calendar, refuse, seed};
use zhuchao::domain::calendar::{Calendar, CalendarDay, DayKind, UNKNOWN_YEAR};
use zhuchao::domain::procedure::Step;

use super::{code, go, r1, world};
use crate::acts::desks;
use crate::support::town::towns;
use crate::support::world::day;

fn holiday(date: chrono::NaiveDate) -> CalendarDay {
    CalendarDay {
        date,
        kind: DayKind::Holiday,
        source: "notice".to_owned(),
    }
}

/// As many days as a notice has at the least.
fn notice(year: i32) -> Vec<CalendarDay> {
    let spring = (5..=10).map(|d| (2, d));
    let others = [(1, 1), (4, 5), (5, 1), (6, 9), (10, 1)].into_iter();
    let days = others.chain(spring);
    days.map(|(m, d)| holiday(day(year, m, d))).collect()
}

#[test]
fn the_period_skips_the_festival_and_counts_the_make_up_days() {
    for (begins, ends) in [
        // 14 Feb is worked; 15 to 23 Feb are the holiday.
        ("2026-02-13T09:00:00+08:00", day(2026, 2, 27)),
        // 28 Feb, a Saturday, is worked.
        ("2026-02-24T09:00:00+08:00", day(2026, 3, 2)),
        // Still the 13th in Greenwich, already the 14th in Shenzhen.
        ("2026-02-14T07:00:00+08:00", day(2026, 2, 28)),
    ] {
        for town in towns(&world()) {
            go(&town, Step::Approved);
            town.at(begins);
            let after = publicity::publicise(&town.planner(), &r1(), "公示1号").expect("published");
            assert_eq!(after.publicity.expect("a period").until, ends, "{begins}");
        }
    }
}

#[test]
fn an_unknown_year_blocks_the_end_date_until_its_notice_is_entered() {
    for town in towns(&world()) {
        go(&town, Step::Approved);
        town.at("2026-12-30T09:00:00+08:00");
        let publish = || publicity::publicise(&town.planner(), &r1(), "公示1号");
        assert_eq!(code(publish()), UNKNOWN_YEAR);
        calendar::enter(&town.planner(), &[holiday(day(2027, 1, 1))]).expect("entered");
        assert_eq!(code(publish()), UNKNOWN_YEAR, "one day is no notice");
        calendar::enter(&town.planner(), &notice(2027)).expect("entered");
        let after = publish().expect("published");
        assert_eq!(after.publicity.expect("a period").until, day(2027, 1, 7));
    }
}

#[test]
fn the_bureau_corrects_the_calendar_and_no_one_else() {
    for town in towns(&world()) {
        let planner = town.planner();
        let first = holiday(day(2027, 2, 6));
        calendar::enter(&planner, std::slice::from_ref(&first)).expect("entered");
        let worked = CalendarDay {
            kind: DayKind::MakeupWorkday,
            ..first.clone()
        };
        calendar::enter(&planner, std::slice::from_ref(&worked)).expect("corrected");
        assert_eq!(calendar::days(&town.public(), Some(2027)), Ok(vec![worked]));
        assert_eq!(code(calendar::enter(&planner, &[])), refuse::UNFIT);
        assert_eq!(
            code(calendar::enter(&town.bureau(), &[first])),
            refuse::NOT_ALLOWED
        );
        calendar::strike(&planner, day(2027, 2, 6), "typed wrongly").expect("struck");
        let twice = calendar::strike(&planner, day(2027, 2, 6), "typed wrongly");
        assert_eq!(code(twice), refuse::ABSENT);
    }
}

#[test]
fn the_map_is_seeded_with_the_calendar_that_the_program_carries() {
    for (name, desk, _folder) in desks() {
        seed::ground(&desk).expect("the map");
        let days = calendar::days(&desk, None).expect("days");
        assert_eq!(days, calendar::embedded().expect("whole"), "{name}");
        let known = Calendar::new(&days);
        assert_eq!(known.is_working(day(2026, 2, 14)), Ok(true));
        assert_eq!(known.is_working(day(2026, 2, 23)), Ok(false));
        assert_eq!(known.is_working(day(2026, 2, 28)), Ok(true));
    }
}

/// Each notice moves days about but leaves the 13 days off of the regulation on public holidays
/// (State Council Decree 795, in force from 2025): a row too few or too many shows here.
#[test]
fn a_year_that_the_program_carries_is_whole() {
    let days = calendar::embedded().expect("whole");
    let known = Calendar::new(&days);
    for year in [2025, 2026] {
        let (mut off, mut worked) = (0, 0);
        let first = day(year, 1, 1);
        for date in first.iter_days().take_while(|d| d.year() == year) {
            let weekend = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
            match (weekend, known.is_working(date)) {
                (false, Ok(false)) => off += 1,
                (true, Ok(true)) => worked += 1,
                (_, known) => assert!(known.is_ok(), "{date}"),
            }
        }
        assert_eq!(off - worked, 13, "{year}");
    }
}
