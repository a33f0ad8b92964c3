//! The facts of a firm and, where there is one, its application, as conditions ask for them.
//!
//! A credential that the firm does not list is one it does not hold; a cell that is empty is not known.
//!
//! Not here: whether a fact is proved (review).

use chrono::{Datelike, NaiveDate};

use super::{Number, Source, Text};
use crate::domain::application::Application;
use crate::domain::firm::{Credential, Firm};

/// A firm, perhaps its application, and the day on which the facts count.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// The firm.
    pub firm: &'a Firm,
    /// Its application; `None` where only the firm matters.
    pub application: Option<&'a Application>,
    /// The day on which ages count.
    pub day: NaiveDate,
}

impl<'a> Facts<'a> {
    /// The facts of a firm alone.
    pub fn of_firm(firm: &'a Firm, day: NaiveDate) -> Facts<'a> {
        Facts {
            firm,
            application: None,
            day,
        }
    }
}

impl Source for Facts<'_> {
    fn number(&self, attribute: Number) -> Option<i64> {
        let of = self.application;
        match attribute {
            Number::Headcount => Some(i64::from(self.firm.headcount)),
            Number::Revenue => self.firm.revenue.map(|fen| fen.0),
            Number::RdShare => self.firm.rd_share.map(|share| share.bp()),
            Number::AgeMonths => self.firm.founded.map(|day| months(day, self.day)),
            Number::AreaMin => of.map(|a| a.area_min.0),
            Number::AreaMax => of.map(|a| a.area_max.0),
            Number::Households => of.map(|a| a.households.iter().map(|h| i64::from(h.count)).sum()),
        }
    }

    fn text(&self, attribute: Text) -> Option<&str> {
        match attribute {
            Text::Industry => Some(self.firm.industry.as_str()),
            Text::Seat => Some(self.firm.district.as_str()),
            Text::Use => self.application.map(|a| a.use_.name()),
        }
    }

    fn has(&self, credential: Credential) -> Option<bool> {
        Some(self.firm.credentials.contains(&credential))
    }

    fn works_in(&self, field: &str) -> Option<bool> {
        Some(self.firm.fields.iter().any(|f| f.as_str() == field))
    }

    fn wants_subsidy(&self) -> Option<bool> {
        self.application.map(|a| a.wants_subsidy)
    }
}

/// Full months from one day to another; nothing when the second is earlier.
fn months(from: NaiveDate, to: NaiveDate) -> i64 {
    let count = |d: NaiveDate| i64::from(d.year()) * 12 + i64::from(d.month0());
    let apart = count(to) - count(from);
    let full = if to.day() < from.day() {
        apart - 1
    } else {
        apart
    };
    full.max(0)
}
