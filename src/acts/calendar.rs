//! Acts on the official calendar. A year is known when the notice of the State Council for it is
//! entered; no end date is counted through an unknown year (DM200).
//!
//! A correction changes no date that is already published.
//!
//! Not here: counting (`domain::calendar`).

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::act::{Done, Owner};
use super::embedded::{self, BAD_EMBEDDED};
use super::powers::calendar::{ENTER_DAYS, STRIKE_DAY};
use super::{Desk, refuse};
use crate::domain::calendar::{CalendarDay, DayKind};
use crate::domain::fault::{Fault, Faults};
use crate::store::journal::{self, Entry};
use crate::store::{self, Writing};

/// Most days entered at once: two years.
const DAYS_MAX: usize = 732;

/// The days that are not what their weekday says, of one year or of all.
pub fn days(desk: &Desk, year: Option<i32>) -> Result<Vec<CalendarDay>, Faults> {
    let mut days: Vec<CalendarDay> = desk.store().read(store::all)?;
    days.retain(|d| year.is_none_or(|y| d.date.year() == y));
    Ok(days)
}

/// Enters days, or corrects them. AC018 without days, without a source, or with a day twice.
pub fn enter(desk: &Desk, days: &[CalendarDay]) -> Result<Vec<CalendarDay>, Faults> {
    desk.act(&ENTER_DAYS, &json!({ "days": days }), |tx| {
        if days.is_empty() || days.len() > DAYS_MAX {
            return Err(refuse::unfit("days", "no days, or too many", "give 1 to 732 days").into());
        }
        if days.iter().any(|d| d.source.trim().is_empty()) {
            let cause = "a day names no notice";
            return Err(refuse::unfit("source", cause, "name the notice of each day").into());
        }
        let mut before: Vec<CalendarDay> = Vec::new();
        for day in days {
            before.extend(store::get::<CalendarDay>(tx, &day.date.to_string())?);
        }
        store::upsert_many(tx, days)?;
        let done = Done::new(days.to_vec(), "calendar", Owner::city());
        Ok(done.before(&before)?.after(&days)?)
    })
}

/// Takes a day out. AC013 when it is not entered, AC018 without a reason.
pub fn strike(desk: &Desk, date: NaiveDate, reason: &str) -> Result<CalendarDay, Faults> {
    let asked = json!({ "date": date, "reason": reason });
    desk.act(&STRIKE_DAY, &asked, |tx| {
        super::rounds::reason(reason)?;
        let day: Option<CalendarDay> = store::get(tx, &date.to_string())?;
        let day = day.ok_or_else(|| refuse::absent("calendar day", date))?;
        store::remove::<CalendarDay>(tx, &date.to_string())?;
        let done = Done::new(day.clone(), "calendar", Owner::city());
        Ok(done.before(&day)?)
    })
}

/// A row of the embedded table.
#[derive(Debug, Deserialize, Serialize)]
struct Row {
    date: NaiveDate,
    kind: DayKind,
    source: String,
}

/// The days that the program carries. AC101 when its table cannot be read.
pub fn embedded() -> Result<Vec<CalendarDay>, Faults> {
    let mut reader = csv::Reader::from_reader(embedded::CALENDAR.as_bytes());
    let rows = reader.deserialize::<Row>();
    let day = |row: Result<Row, csv::Error>| match row {
        Ok(row) => Ok(CalendarDay {
            date: row.date,
            kind: row.kind,
            source: row.source,
        }),
        Err(error) => Err(Faults::from(Fault::new(
            BAD_EMBEDDED,
            error.to_string(),
            "write it like data/calendar_2025_2026_cn.csv",
        ))),
    };
    rows.map(day).collect()
}

/// Stores the embedded days within the seeding of the map.
pub(super) fn seed(desk: &Desk, tx: &mut Writing<'_>) -> Result<(), Faults> {
    store::upsert_many(tx, &embedded()?)?;
    let entry = Entry {
        at: desk.now(),
        actor: desk.actor().to_owned(),
        act: "seed calendar".to_owned(),
        subject: "calendar".to_owned(),
        before: None,
        after: None,
    };
    journal::append(tx, &entry)?;
    Ok(())
}
