//! The official calendar in the API.

use actix_web::{HttpResponse, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::stated::Why;
use crate::acts::calendar;
use crate::acts::powers::calendar::{ENTER_DAYS, STRIKE_DAY};
use crate::domain::calendar::{CalendarDay, DayKind};
use crate::web::caller::Caller;
use crate::web::doc::Doc;
use crate::web::reply::Reply;
use crate::web::routes::{Route, Who};
use crate::web::tables;

/// What a day is.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A holiday.
    Holiday,
    /// A make-up working day.
    MakeupWorkday,
}

/// A day that is not what its weekday says.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Day {
    date: NaiveDate,
    kind: Kind,
    /// Notice that says so.
    source: String,
}

/// Days of the calendar.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Days {
    items: Vec<Day>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Year {
    year: Option<i32>,
}

impl From<&CalendarDay> for Day {
    fn from(d: &CalendarDay) -> Day {
        Day {
            date: d.date,
            kind: match d.kind {
                DayKind::Holiday => Kind::Holiday,
                DayKind::MakeupWorkday => Kind::MakeupWorkday,
            },
            source: d.source.clone(),
        }
    }
}

impl From<Day> for CalendarDay {
    fn from(d: Day) -> CalendarDay {
        CalendarDay {
            date: d.date,
            kind: match d.kind {
                Kind::Holiday => DayKind::Holiday,
                Kind::MakeupWorkday => DayKind::MakeupWorkday,
            },
            source: d.source,
        }
    }
}

fn shown(days: &[CalendarDay]) -> Days {
    Days {
        items: days.iter().map(Day::from).collect(),
    }
}

/// The routes.
pub const ROUTES: &[Route] = &[
    Route::get(
        "/api/v1/calendar",
        Who::Public,
        "holidays and make-up working days",
        Doc::gives::<Days>("calendar")
            .query(&[("year", "only days of this year")])
            .table(&tables::CALENDAR),
        |r| r.to(list),
    ),
    Route::post(
        "/api/v1/calendar",
        Who::Power(&ENTER_DAYS),
        "enter or correct days of a notice",
        Doc::gives::<Days>("calendar").takes::<Days>(),
        |r| r.to(enter),
    ),
    Route::post(
        "/api/v1/calendar/{date}/strike",
        Who::Power(&STRIKE_DAY),
        "take a day out that was entered wrongly",
        Doc::gives::<Day>("calendar").takes::<Why>(),
        |r| r.to(strike),
    ),
];

async fn list(caller: Caller, query: web::Query<Year>) -> HttpResponse {
    caller
        .ask(move |desk| Reply::ok(&shown(&calendar::days(desk, query.year)?)))
        .await
}

async fn enter(caller: Caller, body: web::Json<Days>) -> HttpResponse {
    let days: Vec<CalendarDay> = body
        .into_inner()
        .items
        .into_iter()
        .map(Into::into)
        .collect();
    caller
        .ask(move |desk| Reply::ok(&shown(&calendar::enter(desk, &days)?)))
        .await
}

async fn strike(caller: Caller, path: web::Path<NaiveDate>, body: web::Json<Why>) -> HttpResponse {
    caller
        .ask(move |desk| {
            let day = calendar::strike(desk, path.into_inner(), &body.reason)?;
            Reply::ok(&Day::from(&day))
        })
        .await
}
