//! Working days (工作日): Monday to Friday, less public holidays, plus make-up working days (调休),
//! as the yearly notice of the State Council says.
//!
//! A year without a notice, or with a part of it, is unknown: no end date may be counted through it.
//! Not here: the table of days (data/calendar_*.csv, store).

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use super::fault::{Code, Fault};

/// The notice of public holidays of a year is not entered.
pub const UNKNOWN_YEAR: Code = Code("DM200");

/// Kind of an exceptional day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayKind {
    /// 法定节假日 and the days joined to it.
    Holiday,
    /// 调休上班.
    MakeupWorkday,
}

/// A day that is not what its weekday says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalendarDay {
    /// The day.
    pub date: NaiveDate,
    /// What it is.
    pub kind: DayKind,
    /// Notice that says so.
    pub source: String,
}

/// The calendar: exceptional days of the years whose notice is entered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Calendar {
    days: BTreeMap<NaiveDate, DayKind>,
    years: BTreeSet<i32>,
}

/// Public holidays of a year, at the least (全国年节及纪念日放假办法; 13 since 2025, 11 before).
const HOLIDAYS: usize = 11;

/// True when the days of a year can be its whole notice: New Year, Labour Day and National Day are among them,
/// and as many holidays as the law gives.
fn is_whole(days: &BTreeMap<NaiveDate, DayKind>, year: i32) -> bool {
    let off =
        |(day, kind): &(&NaiveDate, &DayKind)| day.year() == year && **kind == DayKind::Holiday;
    let holidays: BTreeSet<NaiveDate> = days.iter().filter(off).map(|(day, _)| *day).collect();
    let fixed = [(1, 1), (5, 1), (10, 1)];
    let fixed = fixed.map(|(month, day)| NaiveDate::from_ymd_opt(year, month, day));
    let there = |day: &Option<NaiveDate>| day.is_some_and(|day| holidays.contains(&day));
    holidays.len() >= HOLIDAYS && fixed.iter().all(there)
}

impl Calendar {
    /// A calendar of exceptional days; a year is known when its notice is there and not some days of it alone.
    pub fn new(days: &[CalendarDay]) -> Calendar {
        let days: BTreeMap<NaiveDate, DayKind> = days.iter().map(|d| (d.date, d.kind)).collect();
        let years: BTreeSet<i32> = days.keys().map(Datelike::year).collect();
        let whole = |year: &i32| is_whole(&days, *year);
        let years = years.into_iter().filter(whole).collect();
        Calendar { days, years }
    }

    /// True on a working day; DM200 in an unknown year.
    pub fn is_working(&self, day: NaiveDate) -> Result<bool, Fault> {
        if !self.years.contains(&day.year()) {
            return Err(Fault::new(
                UNKNOWN_YEAR,
                format!(
                    "the public holidays of {} are not entered in full",
                    day.year()
                ),
                "enter the whole notice of the State Council for the year, then ask again",
            ));
        }
        Ok(match self.days.get(&day) {
            Some(DayKind::Holiday) => false,
            Some(DayKind::MakeupWorkday) => true,
            None => !matches!(day.weekday(), Weekday::Sat | Weekday::Sun),
        })
    }

    /// The last of `count` working days, the first being the first working day after `day`
    /// (期间开始的日不计算在内). `day` itself when `count` is 0. DM200 when it leads into an
    /// unknown year.
    pub fn after(&self, day: NaiveDate, count: u32) -> Result<NaiveDate, Fault> {
        let (mut at, mut left) = (day, count);
        while left > 0 {
            at = at.checked_add_days(Days::new(1)).ok_or_else(|| {
                Fault::new(
                    UNKNOWN_YEAR,
                    format!("{count} working days after {day} leave the calendar"),
                    "shorten the term",
                )
            })?;
            left -= u32::from(self.is_working(at)?);
        }
        Ok(at)
    }
}
