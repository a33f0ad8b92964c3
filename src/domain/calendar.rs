//! Working days (工作日): Monday to Friday, less public holidays, plus make-up working days (调休),
//! as the yearly notice of the State Council says.
//!
//! A year without a notice is unknown: no end date may be counted through it.
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

impl Calendar {
    /// A calendar of exceptional days; a year is known when at least one of its days is given.
    pub fn new(days: &[CalendarDay]) -> Calendar {
        Calendar {
            days: days.iter().map(|d| (d.date, d.kind)).collect(),
            years: days.iter().map(|d| d.date.year()).collect(),
        }
    }

    /// True on a working day; DM200 in an unknown year.
    pub fn is_working(&self, day: NaiveDate) -> Result<bool, Fault> {
        if !self.years.contains(&day.year()) {
            return Err(Fault::new(
                UNKNOWN_YEAR,
                format!("the public holidays of {} are not entered", day.year()),
                "enter the notice of the State Council for the year, then ask again",
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
