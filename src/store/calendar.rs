//! The official calendar: days that are not what their weekday says.

use super::error::StoreError;
use super::noun::{Cell, Noun};
use super::rows::all;
use super::tx::Reading;
use crate::domain::calendar::{Calendar, CalendarDay, DayKind};

impl Noun for CalendarDay {
    const NOUN: &'static str = "calendar day";
    const TABLE: &'static str = "calendar_days";
    const COLUMNS: &'static [&'static str] = &["kind"];

    fn key(&self) -> String {
        self.date.to_string()
    }

    fn cells(&self) -> Vec<Cell> {
        vec![Cell::Text(match self.kind {
            DayKind::Holiday => "holiday".to_owned(),
            DayKind::MakeupWorkday => "makeup_workday".to_owned(),
        })]
    }
}

/// The whole calendar.
pub fn load(tx: &mut Reading<'_>) -> Result<Calendar, StoreError> {
    Ok(Calendar::new(&all::<CalendarDay>(tx)?))
}
