//! Periods of days: a first day and, unless open, the first day after.

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::fault::{Code, Fault};

/// A period ends before or on the day it begins, or runs beyond the calendar.
pub const BAD_PERIOD: Code = Code("DM140");

#[derive(Deserialize)]
struct Draft {
    from: NaiveDate,
    until: Option<NaiveDate>,
}

/// Days from `from` up to but not including `until`; open when `until` is `None`. Never empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Draft")]
pub struct Period {
    from: NaiveDate,
    until: Option<NaiveDate>,
}

impl TryFrom<Draft> for Period {
    type Error = Fault;

    fn try_from(draft: Draft) -> Result<Period, Fault> {
        Period::new(draft.from, draft.until)
    }
}

impl Period {
    /// A period, or DM140 when it would be empty.
    pub fn new(from: NaiveDate, until: Option<NaiveDate>) -> Result<Period, Fault> {
        if until.is_some_and(|end| end <= from) {
            return Err(Fault::new(
                BAD_PERIOD,
                format!(
                    "a period from {from} until {} holds no day",
                    until.map(|d| d.to_string()).unwrap_or_default()
                ),
                "let the end be after the beginning",
            ));
        }
        Ok(Period { from, until })
    }

    /// `months` calendar months from a day, or DM140 beyond the calendar.
    pub fn months(from: NaiveDate, months: u32) -> Result<Period, Fault> {
        let until = from
            .checked_add_months(Months::new(months))
            .ok_or_else(|| {
                Fault::new(
                    BAD_PERIOD,
                    format!("{months} months from {from} leave the calendar"),
                    "shorten the term",
                )
            })?;
        Period::new(from, Some(until))
    }

    /// First day.
    pub fn from(&self) -> NaiveDate {
        self.from
    }

    /// First day after, `None` when open.
    pub fn until(&self) -> Option<NaiveDate> {
        self.until
    }

    /// True when a day lies in both.
    pub fn overlaps(&self, other: &Period) -> bool {
        let before = |end: Option<NaiveDate>, start: NaiveDate| end.is_some_and(|e| e <= start);
        !before(self.until, other.from) && !before(other.until, self.from)
    }

    /// True when every day of `other` lies in this period.
    pub fn covers(&self, other: &Period) -> bool {
        let ends_in_time = match (self.until, other.until) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(mine), Some(its)) => its <= mine,
        };
        self.from <= other.from && ends_in_time
    }
}
