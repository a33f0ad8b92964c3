//! Quarters (季度): three months of a year, written `2026Q1`.
//!
//! Not here: what is owed for a quarter (`statement`, acts).

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::fault::{Code, Fault};

/// A text is not a quarter.
pub const BAD_QUARTER: Code = Code("DM280");

/// First and last year that can be meant.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=9999;

/// A quarter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Quarter {
    year: i32,
    number: u32,
}

impl Quarter {
    /// The quarter of a day.
    pub fn of(day: NaiveDate) -> Quarter {
        Quarter {
            year: day.year().clamp(*YEARS.start(), *YEARS.end()),
            number: day.month0() / 3 + 1,
        }
    }

    /// Its year.
    pub fn year(self) -> i32 {
        self.year
    }

    /// First day.
    pub fn from(self) -> NaiveDate {
        let first = NaiveDate::from_ymd_opt(self.year, self.number * 3 - 2, 1);
        first.unwrap_or(NaiveDate::MAX)
    }

    /// First day after.
    pub fn until(self) -> NaiveDate {
        self.next().from()
    }

    /// The quarter after.
    #[must_use]
    pub fn next(self) -> Quarter {
        match self.number {
            4 => Quarter {
                year: self.year + 1,
                number: 1,
            },
            number => Quarter {
                number: number + 1,
                ..self
            },
        }
    }

    /// The last of so many calendar days after its end.
    pub fn due(self, days: u32) -> NaiveDate {
        let last = self.until().pred_opt().unwrap_or(NaiveDate::MIN);
        last.checked_add_days(Days::new(u64::from(days)))
            .unwrap_or(NaiveDate::MAX)
    }
}

impl FromStr for Quarter {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Quarter, Fault> {
        let parts = text.split_once('Q');
        let year = parts.filter(|(year, _)| year.len() == 4);
        let year = year.and_then(|(year, _)| year.parse::<i32>().ok());
        let number = parts.filter(|(_, n)| n.len() == 1);
        let number = number.and_then(|(_, n)| n.parse::<u32>().ok());
        match (year, number) {
            (Some(year), Some(number)) if YEARS.contains(&year) && (1..=4).contains(&number) => {
                Ok(Quarter { year, number })
            }
            _ => Err(Fault::new(
                BAD_QUARTER,
                "this is not a quarter",
                "write a quarter as 2026Q1",
            )),
        }
    }
}

impl TryFrom<String> for Quarter {
    type Error = Fault;

    fn try_from(text: String) -> Result<Quarter, Fault> {
        text.parse()
    }
}

impl From<Quarter> for String {
    fn from(quarter: Quarter) -> String {
        quarter.to_string()
    }
}

impl fmt::Display for Quarter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}Q{}", self.year, self.number)
    }
}
