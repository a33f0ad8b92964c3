//! Opening and correcting rounds in the API.
//!
//! Not here: how a round goes on (`procedure`).

use actix_web::http::Method;
use actix_web::{HttpResponse, web};
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

use super::procedure::RoundShown;
use crate::acts::Desk;
use crate::acts::powers::rounds as power;
use crate::acts::rounds::opening::{self, NewRound};
use crate::acts::rounds::view;
use crate::domain::fault::Faults;
use crate::domain::ids::RoundId;
use crate::web::caller::Caller;
use crate::web::doc::Doc;
use crate::web::links::path_to;
use crate::web::reply::Reply;
use crate::web::routes::{Route, Who};

/// What a round says of itself.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RoundBody {
    name_zh: String,
    name_en: String,
    /// First day of the leases; not in the past.
    start: NaiveDate,
    /// Term of the leases, 1 to 600 months.
    lease_months: u32,
    /// Budget year of the subsidy; the year of the first day unless given.
    #[serde(default)]
    subsidy_year: Option<i32>,
    /// Announced seed; the first day as a number unless given.
    #[serde(default)]
    seed: Option<u64>,
}

/// A round to be opened.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenRound {
    /// Its key.
    #[schema(value_type = String)]
    id: RoundId,
    name_zh: String,
    name_en: String,
    /// First day of the leases; not in the past.
    start: NaiveDate,
    /// Term of the leases, 1 to 600 months.
    lease_months: u32,
    /// Budget year of the subsidy; the year of the first day unless given.
    #[serde(default)]
    subsidy_year: Option<i32>,
    /// Announced seed; the first day as a number unless given.
    #[serde(default)]
    seed: Option<u64>,
}

impl From<OpenRound> for NewRound {
    fn from(b: OpenRound) -> NewRound {
        NewRound {
            id: b.id,
            name_zh: b.name_zh,
            name_en: b.name_en,
            start: b.start,
            lease_months: b.lease_months,
            subsidy_year: b.subsidy_year,
            seed: b.seed,
        }
    }
}

impl RoundBody {
    fn of(self, id: RoundId) -> NewRound {
        NewRound {
            id,
            name_zh: self.name_zh,
            name_en: self.name_en,
            start: self.start,
            lease_months: self.lease_months,
            subsidy_year: self.subsidy_year,
            seed: self.seed,
        }
    }
}

/// The routes.
pub const ROUTES: &[Route] = &[
    Route::post(
        "/api/v1/rounds",
        Who::Power(&power::BEGIN_ROUND),
        "open a round",
        Doc::gives::<RoundShown>("rounds")
            .takes::<OpenRound>()
            .status(201),
        |r| r.to(begin),
    ),
    Route {
        method: Method::PUT,
        path: "/api/v1/rounds/{id}",
        who: Who::Power(&power::CORRECT_ROUND),
        shows: "correct what a round says of itself, before its guide is out",
        doc: Some(Doc::gives::<RoundShown>("rounds").takes::<RoundBody>()),
        handler: |r| r.to(correct),
    },
];

fn seen(desk: &Desk, id: &RoundId) -> Result<(RoundShown, String), Faults> {
    let seen = view::show(desk, id)?;
    Ok((RoundShown::from(&seen), seen.tag))
}

async fn begin(caller: Caller, body: web::Json<OpenRound>) -> HttpResponse {
    caller
        .ask(move |desk| {
            let round = opening::begin(desk, &body.into_inner().into())?;
            let place = path_to("/api/v1/rounds/{}", &[&round.id]);
            let (shown, tag) = seen(desk, &round.id)?;
            Ok(Reply::created(&shown, place)?.tagged(tag))
        })
        .await
}

async fn correct(
    caller: Caller,
    id: web::Path<RoundId>,
    body: web::Json<RoundBody>,
) -> HttpResponse {
    caller
        .ask(move |desk| {
            let round = opening::correct(desk, &body.into_inner().of(id.into_inner()))?;
            let (shown, tag) = seen(desk, &round.id)?;
            Ok(Reply::ok(&shown)?.tagged(tag))
        })
        .await
}
