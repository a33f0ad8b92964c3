//! Offers, the waiting list and successions in the API. An offer that is declined or taken back is free at
//! once, and the next in line is offered it before the answer goes out.

use actix_web::{HttpResponse, web};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::stated::{Asked, Every, Listed, Signed, Why, cut, key, next, stage, whole};
use crate::acts::Desk;
use crate::acts::act::tag;
use crate::acts::powers::offers::{
    ACCEPT_OFFER, DECLINE_OFFER, EXPIRE_OFFER, REVOKE_OFFER, SEE_OFFER,
};
use crate::acts::powers::rounds::{SEE_WAITING, SUCCEED};
use crate::acts::rounds::homes::{self, Given, Home};
use crate::acts::rounds::{offers, succession, waiting};
use crate::domain::fault::{Fault, Faults};
use crate::domain::ids::{OfferId, RoundId};
use crate::domain::money::Rate;
use crate::domain::offer::{Offer, OfferStage};
use crate::domain::waiting_list::Succession;
use crate::web::caller::Caller;
use crate::web::doc::Doc;
use crate::web::reply::Reply;
use crate::web::routes::{Route, Who};
use crate::web::tables;

/// An offer.
#[derive(Debug, Serialize, ToSchema)]
pub struct OfferShown {
    id: String,
    application: String,
    firm: String,
    round: String,
    district: String,
    /// Digest of the plan it comes from.
    plan: String,
    /// What is offered, as the plan has it.
    #[schema(value_type = Object)]
    award: Value,
    /// Last day on which it can be accepted.
    expires_on: NaiveDate,
    stage: String,
    made_at: DateTime<Utc>,
    answered: Option<Signed>,
}

impl OfferShown {
    fn of(o: &Offer) -> Result<OfferShown, Faults> {
        Ok(OfferShown {
            id: o.id.to_string(),
            application: o.application.to_string(),
            firm: o.firm.to_string(),
            round: o.round.to_string(),
            district: o.district.to_string(),
            plan: o.plan.clone(),
            award: whole(&o.award)?,
            expires_on: o.expires_on,
            stage: o.stage.name().to_owned(),
            made_at: o.made.at,
            answered: o.answered.as_ref().map(Signed::from),
        })
    }
}

/// Apartments of one type.
#[derive(Debug, Serialize, ToSchema)]
pub struct GivenShown {
    apartment: String,
    count: u32,
    /// Market rent in fen per m2 and month; null = not known.
    market: Option<i64>,
    /// Rent by the policy's share of it.
    rent: Option<i64>,
}

/// One kind of household of an offer.
#[derive(Debug, Serialize, ToSchema)]
pub struct HomeShown {
    /// single, couple, family or large.
    kind: String,
    asked: u32,
    given: Vec<GivenShown>,
    /// How many go without an apartment.
    without: u32,
    /// Money in fen per month and household; null = the policy gives none.
    cash: Option<i64>,
    /// The household may choose the money; else it is for those who go without.
    may_choose: bool,
}

/// The homes of an offer.
#[derive(Debug, Serialize, ToSchema)]
pub struct HomeList {
    items: Vec<HomeShown>,
}

impl From<&Home> for HomeShown {
    fn from(h: &Home) -> HomeShown {
        let given = |g: &Given| GivenShown {
            apartment: g.apartment.to_string(),
            count: g.count,
            market: g.market.map(Rate::fen),
            rent: g.rent.map(Rate::fen),
        };
        HomeShown {
            kind: h.kind.name().to_owned(),
            asked: h.asked,
            given: h.given.iter().map(given).collect(),
            without: h.without,
            cash: h.cash.map(|c| c.0),
            may_choose: h.may_choose,
        }
    }
}

/// A page of offers.
#[derive(Debug, Serialize, ToSchema)]
pub struct OfferPage {
    items: Vec<OfferShown>,
    next: Option<String>,
}

/// Offers that lapsed.
#[derive(Debug, Serialize, ToSchema)]
pub struct Lapsed {
    offers: Vec<String>,
}

/// A place on the waiting list. The order is that of the points of the best option that the application
/// had in the frozen facts; it shows, it does not decide.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlaceShown {
    /// From 1; null for an application that nothing fits.
    position: Option<u32>,
    application: String,
    firm: String,
    /// Points of its best option, in milli-points.
    points: Option<i64>,
    /// Why it was not placed.
    #[schema(value_type = Object)]
    why: Value,
}

/// What was made of what was given back.
#[derive(Debug, Serialize, ToSchema)]
pub struct SuccessionShown {
    id: String,
    snapshot: String,
    plan: String,
    /// Points won, in milli-points.
    gain: i64,
    offers: Vec<String>,
    at: DateTime<Utc>,
}

impl From<&Succession> for SuccessionShown {
    fn from(s: &Succession) -> SuccessionShown {
        SuccessionShown {
            id: s.id.clone(),
            snapshot: s.snapshot.clone(),
            plan: s.plan.clone(),
            gain: s.gain.0,
            offers: s.offers.iter().map(ToString::to_string).collect(),
            at: s.at,
        }
    }
}

/// The waiting list of a round.
#[derive(Debug, Serialize, ToSchema)]
pub struct WaitingList {
    items: Vec<PlaceShown>,
    /// Key of the application after which the next page begins.
    next: Option<String>,
    /// For those who see the whole list.
    successions: Vec<SuccessionShown>,
}

/// What was offered to the next in line; null when what is free serves nobody who waits.
#[derive(Debug, Serialize, ToSchema)]
pub struct NextInLine {
    succession: Option<SuccessionShown>,
}

/// The routes.
pub const ROUTES: &[Route] = &[
    Route::get(
        "/api/v1/offers",
        Who::Power(&SEE_OFFER),
        "offers that the caller may see",
        Doc::gives::<OfferPage>("offers")
            .lists::<Offer>()
            .table(&tables::OFFERS),
        |r| r.to(list),
    ),
    Route::post(
        "/api/v1/offers/expire",
        Who::Power(&EXPIRE_OFFER),
        "let every offer lapse whose last day is over",
        Doc::gives::<Lapsed>("offers"),
        |r| r.to(expire),
    ),
    Route::get(
        "/api/v1/offers/{id}",
        Who::Power(&SEE_OFFER),
        "one offer",
        Doc::gives::<OfferShown>("offers"),
        |r| r.to(show),
    ),
    Route::get(
        "/api/v1/offers/{id}/homes",
        Who::Power(&SEE_OFFER),
        "apartments of an offer with their rents, who goes without, money instead",
        Doc::gives::<HomeList>("offers").table(&tables::HOMES),
        |r| r.to(list_homes),
    ),
    Route::post(
        "/api/v1/offers/{id}/accept",
        Who::Power(&ACCEPT_OFFER),
        "accept an offer",
        Doc::gives::<OfferShown>("offers"),
        |r| r.to(accept),
    ),
    Route::post(
        "/api/v1/offers/{id}/decline",
        Who::Power(&DECLINE_OFFER),
        "decline an offer; the next in line is offered it",
        Doc::gives::<OfferShown>("offers").takes::<Why>(),
        |r| r.to(decline),
    ),
    Route::post(
        "/api/v1/offers/{id}/revoke",
        Who::Power(&REVOKE_OFFER),
        "take an offer back; the next in line is offered it",
        Doc::gives::<OfferShown>("offers").takes::<Why>(),
        |r| r.to(revoke),
    ),
    Route::post(
        "/api/v1/rounds/{id}/next",
        Who::Power(&SUCCEED),
        "offer what is free to whomever it serves best",
        Doc::gives::<NextInLine>("offers"),
        |r| r.to(offer_next),
    ),
    Route::get(
        "/api/v1/rounds/{id}/waiting",
        Who::Power(&SEE_WAITING),
        "places on the waiting list that the caller may see",
        Doc::gives::<WaitingList>("offers")
            .paged()
            .sorts(SORTS)
            .table(&tables::WAITING),
        |r| r.to(list_waiting),
    ),
];

async fn list(caller: Caller, mut page: Listed<Offer>) -> HttpResponse {
    caller
        .ask(move |desk| {
            let stage = stage(page.word("stage").as_ref(), &STAGES, OfferStage::name)?;
            let round: Option<RoundId> = key(page.word("round").as_ref())?;
            let bounds = page.bounds();
            let limit = bounds.limit;
            let all = offers::list(desk, round.as_ref(), stage, bounds)?;
            let keys: Vec<String> = all.iter().map(|o| o.id.to_string()).collect();
            Reply::ok(&OfferPage {
                items: all.iter().map(OfferShown::of).collect::<Result<_, _>>()?,
                next: next(&keys, limit),
            })
        })
        .await
}

const STAGES: [OfferStage; 6] = [
    OfferStage::Open,
    OfferStage::Accepted,
    OfferStage::Declined,
    OfferStage::Expired,
    OfferStage::Revoked,
    OfferStage::Signed,
];

fn shown(offer: &Offer) -> Result<Reply, Faults> {
    Ok(Reply::ok(&OfferShown::of(offer)?)?.tagged(tag(offer)?))
}

async fn show(caller: Caller, path: web::Path<OfferId>) -> HttpResponse {
    caller
        .ask(move |desk| shown(&offers::one(desk, &path)?))
        .await
}

async fn list_homes(caller: Caller, path: web::Path<OfferId>) -> HttpResponse {
    caller
        .ask(move |desk| {
            let all = homes::of_offer(desk, &path)?;
            Reply::ok(&HomeList {
                items: all.iter().map(HomeShown::from).collect(),
            })
        })
        .await
}

async fn accept(caller: Caller, path: web::Path<OfferId>) -> HttpResponse {
    caller
        .ask(move |desk| shown(&offers::accept(desk, &path)?))
        .await
}

async fn decline(caller: Caller, path: web::Path<OfferId>, body: web::Json<Why>) -> HttpResponse {
    caller
        .ask(move |desk| given_back(desk, &offers::decline(desk, &path, &body.reason)?))
        .await
}

async fn revoke(caller: Caller, path: web::Path<OfferId>, body: web::Json<Why>) -> HttpResponse {
    caller
        .ask(move |desk| given_back(desk, &offers::revoke(desk, &path, &body.reason)?))
        .await
}

fn given_back(desk: &Desk, offer: &Offer) -> Result<Reply, Faults> {
    offers::succeed(desk, &offer.round);
    shown(offer)
}

async fn expire(caller: Caller) -> HttpResponse {
    caller
        .ask(move |desk| {
            let lapsed = offers::expire_and_succeed(desk)?;
            Reply::ok(&Lapsed {
                offers: lapsed.iter().map(ToString::to_string).collect(),
            })
        })
        .await
}

async fn offer_next(caller: Caller, path: web::Path<RoundId>) -> HttpResponse {
    caller
        .ask(move |desk| {
            let made = succession::offer_next(desk, &path)?;
            Reply::ok(&NextInLine {
                succession: made.as_ref().map(SuccessionShown::from),
            })
        })
        .await
}

/// Orders of a waiting list besides that of its places.
const SORTS: &[&str] = &["position", "application", "firm", "points"];

async fn list_waiting(
    caller: Caller,
    path: web::Path<RoundId>,
    rows: Asked<Every>,
) -> HttpResponse {
    caller
        .ask(move |desk| {
            let places = waiting::list(desk, &path)?;
            let places = places.iter().map(place).collect::<Result<_, Fault>>()?;
            let key = |p: &PlaceShown| p.application.clone();
            let (items, next) = match rows.page.sort {
                None => cut(places, &rows.page, key),
                Some(_) => rows.page.arranged(places, SORTS, key)?,
            };
            let made = waiting::successions(desk, &path)?;
            Reply::ok(&WaitingList {
                items,
                next,
                successions: made.iter().map(SuccessionShown::from).collect(),
            })
        })
        .await
}

fn place(p: &waiting::Place) -> Result<PlaceShown, Fault> {
    let why = serde_json::to_value(&p.waiter.why).map_err(|_| crate::web::refusal::stopped())?;
    Ok(PlaceShown {
        position: p.position,
        application: p.waiter.application.to_string(),
        firm: p.waiter.firm.to_string(),
        points: p.waiter.best.map(|b| b.0),
        why,
    })
}
