//! Rounds on their way, in the API: where a round stands, and each act on it.
//!
//! Not here: objections, offers and contracts, which have files of their own.

use std::collections::BTreeMap;

use actix_web::{HttpResponse, web};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::procedure_shown::ProcedureShown;
use super::stated::Why;
use crate::acts::Desk;
use crate::acts::powers::Power;
use crate::acts::powers::rounds as power;
use crate::acts::rounds::guide::{self, NewGuide};
use crate::acts::rounds::view::{self, Seen};
use crate::acts::rounds::{choice, closing, confirm, freezing, publicity};
use crate::domain::fault::Faults;
use crate::domain::ids::RoundId;
use crate::domain::procedure::Procedure;
use crate::web::caller::Caller;
use crate::web::doc::Doc;
use crate::web::links::path_to;
use crate::web::reply::Reply;
use crate::web::routes::{Route, Who};
use crate::web::tables;

/// A guide to be published.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishGuide {
    /// Document number.
    number: String,
    /// Text for applicants.
    text: String,
    /// First moment of the window.
    opens_at: DateTime<Utc>,
    /// First moment after the window; also the cut-off of the facts.
    closes_at: DateTime<Utc>,
    /// Version of the policy.
    policy: String,
    /// Why the window is shorter than the policy asks, where it is.
    #[serde(default)]
    short_window: String,
}

/// A plan that is chosen or approved.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanNamed {
    /// Digest of the plan.
    plan: String,
    /// The reason.
    reason: String,
}

/// A publicity period to begin.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Publicise {
    /// Document number.
    number: String,
}

/// An act that the caller may do next.
#[derive(Debug, Serialize, ToSchema)]
pub struct NextAct {
    act: String,
    /// Where to send it.
    path: String,
}

/// One act on the round.
#[derive(Debug, Serialize, ToSchema)]
pub struct PastAct {
    at: DateTime<Utc>,
    act: String,
    /// Only for the bureau and its auditors.
    by: Option<String>,
}

/// A round.
#[derive(Debug, Serialize, ToSchema)]
pub struct RoundShown {
    id: String,
    name_zh: String,
    name_en: String,
    /// First day of the leases.
    start: NaiveDate,
    lease_months: u32,
    procedure: ProcedureShown,
    next: Vec<NextAct>,
    history: Vec<PastAct>,
    /// Offers by stage.
    offers: BTreeMap<String, u64>,
    /// Objections by stage.
    objections: BTreeMap<String, u64>,
}

impl From<&Seen> for RoundShown {
    fn from(s: &Seen) -> RoundShown {
        let id = s.round.id.to_string();
        let named = |m: &BTreeMap<&'static str, u64>| {
            m.iter().map(|(k, n)| ((*k).to_owned(), *n)).collect()
        };
        RoundShown {
            name_zh: s.round.name_zh.clone(),
            name_en: s.round.name_en.clone(),
            start: s.round.start,
            lease_months: s.round.lease_months,
            procedure: ProcedureShown::from(&s.procedure),
            next: (s.next.iter())
                .map(|n| NextAct {
                    act: n.act.to_owned(),
                    path: path_to("/api/v1/rounds/{}/{}", &[&id, &n.verb]),
                })
                .collect(),
            history: (s.history.iter())
                .map(|p| PastAct {
                    at: p.at,
                    act: p.act.clone(),
                    by: p.by.clone(),
                })
                .collect(),
            offers: named(&s.offers),
            objections: named(&s.objections),
            id,
        }
    }
}

/// An application that a freeze leaves out because its firm is barred.
#[derive(Debug, Serialize, ToSchema)]
pub struct BarredShown {
    application: String,
    firm: String,
    ban: String,
    /// Last day of the ban.
    until: NaiveDate,
}

/// What is left out because of bans.
#[derive(Debug, Serialize, ToSchema)]
pub struct BarredAll {
    items: Vec<BarredShown>,
}

const fn act<B: ToSchema>(
    path: &'static str,
    power: &'static Power,
    shows: &'static str,
    handler: fn(actix_web::Route) -> actix_web::Route,
) -> Route {
    let doc = Doc::gives::<ProcedureShown>("rounds").takes::<B>();
    Route::post(path, Who::Power(power), shows, doc, handler)
}

/// The routes.
pub const ROUTES: &[Route] = &[
    Route::get(
        "/api/v1/rounds/{id}",
        Who::Public,
        "where a round stands, and what the caller may do next",
        Doc::gives::<RoundShown>("rounds"),
        |r| r.to(show),
    ),
    Route::get(
        "/api/v1/rounds/{id}/barred",
        Who::Power(&power::SEE_BARRED),
        "applications that a freeze leaves out because their firms are barred",
        Doc::gives::<BarredAll>("rounds").table(&tables::BARRED),
        |r| r.to(barred),
    ),
    act::<PublishGuide>(
        "/api/v1/rounds/{id}/guide",
        &power::PUBLISH_GUIDE,
        "publish or correct the guide",
        |r| r.to(publish_guide),
    ),
    Route::post(
        "/api/v1/rounds/{id}/freeze",
        Who::Power(&power::FREEZE_ROUND),
        "freeze the facts after the window",
        Doc::gives::<ProcedureShown>("rounds"),
        |r| r.to(freeze),
    ),
    act::<PlanNamed>(
        "/api/v1/rounds/{id}/choose",
        &power::CHOOSE_PLAN,
        "choose one stored plan",
        |r| r.to(choose),
    ),
    act::<PlanNamed>(
        "/api/v1/rounds/{id}/approve",
        &power::APPROVE_PLAN,
        "approve the chosen plan",
        |r| r.to(approve),
    ),
    act::<Why>(
        "/api/v1/rounds/{id}/send-back",
        &power::SEND_BACK_PLAN,
        "send the chosen plan back",
        |r| r.to(send_back),
    ),
    act::<Why>(
        "/api/v1/rounds/{id}/reopen",
        &power::REOPEN_ROUND,
        "take the approval back before publicity",
        |r| r.to(reopen),
    ),
    act::<Publicise>(
        "/api/v1/rounds/{id}/publicise",
        &power::PUBLICISE_PLAN,
        "begin the publicity period",
        |r| r.to(publicise),
    ),
    act::<Why>(
        "/api/v1/rounds/{id}/confirm",
        &power::CONFIRM_ROUND,
        "confirm the plan; offers go out",
        |r| r.to(confirm_plan),
    ),
    act::<Why>(
        "/api/v1/rounds/{id}/close",
        &power::CLOSE_ROUND,
        "close a round that is done",
        |r| r.to(close),
    ),
];

async fn show(caller: Caller, path: web::Path<RoundId>) -> HttpResponse {
    caller
        .ask(move |desk| {
            let seen = view::show(desk, &path)?;
            Ok(Reply::ok(&RoundShown::from(&seen))?.tagged(seen.tag))
        })
        .await
}

/// Does an act on a round and answers where it stands then.
async fn done(
    caller: Caller,
    path: web::Path<RoundId>,
    act: impl FnOnce(&Desk, &RoundId) -> Result<Procedure, Faults> + Send + 'static,
) -> HttpResponse {
    caller
        .ask(move |desk| {
            let after = act(desk, &path)?;
            let tag = crate::acts::act::tag(&after)?;
            Ok(Reply::ok(&ProcedureShown::from(&after))?.tagged(tag))
        })
        .await
}

async fn publish_guide(
    caller: Caller,
    path: web::Path<RoundId>,
    body: web::Json<PublishGuide>,
) -> HttpResponse {
    let body = body.into_inner();
    let new = NewGuide {
        number: body.number,
        text: body.text,
        opens_at: body.opens_at,
        closes_at: body.closes_at,
        policy: body.policy,
        short_window: body.short_window,
    };
    done(caller, path, move |desk, round| {
        guide::publish(desk, round, &new)
    })
    .await
}

async fn barred(caller: Caller, path: web::Path<RoundId>) -> HttpResponse {
    caller
        .ask(move |desk| {
            let all = freezing::barred_now(desk, &path)?.into_iter();
            let shown = |b: freezing::Barred| BarredShown {
                application: b.application.to_string(),
                firm: b.firm.to_string(),
                ban: b.ban.to_string(),
                until: b.until,
            };
            let items = all.map(shown).collect();
            Reply::ok(&BarredAll { items })
        })
        .await
}

async fn freeze(caller: Caller, path: web::Path<RoundId>) -> HttpResponse {
    done(caller, path, freezing::freeze).await
}

async fn choose(
    caller: Caller,
    path: web::Path<RoundId>,
    body: web::Json<PlanNamed>,
) -> HttpResponse {
    done(caller, path, move |desk, round| {
        choice::choose(desk, round, &body.plan, &body.reason)
    })
    .await
}

async fn approve(
    caller: Caller,
    path: web::Path<RoundId>,
    body: web::Json<PlanNamed>,
) -> HttpResponse {
    done(caller, path, move |desk, round| {
        choice::approve(desk, round, &body.plan, &body.reason)
    })
    .await
}

async fn send_back(caller: Caller, path: web::Path<RoundId>, body: web::Json<Why>) -> HttpResponse {
    done(caller, path, move |desk, round| {
        choice::send_back(desk, round, &body.reason)
    })
    .await
}

async fn reopen(caller: Caller, path: web::Path<RoundId>, body: web::Json<Why>) -> HttpResponse {
    done(caller, path, move |desk, round| {
        choice::reopen(desk, round, &body.reason)
    })
    .await
}

async fn publicise(
    caller: Caller,
    path: web::Path<RoundId>,
    body: web::Json<Publicise>,
) -> HttpResponse {
    done(caller, path, move |desk, round| {
        publicity::publicise(desk, round, &body.number)
    })
    .await
}

async fn confirm_plan(
    caller: Caller,
    path: web::Path<RoundId>,
    body: web::Json<Why>,
) -> HttpResponse {
    done(caller, path, move |desk, round| {
        confirm::confirm(desk, round, &body.reason)
    })
    .await
}

async fn close(caller: Caller, path: web::Path<RoundId>, body: web::Json<Why>) -> HttpResponse {
    done(caller, path, move |desk, round| {
        closing::close(desk, round, &body.reason)
    })
    .await
}
