//! Claw-backs in the API.

use actix_web::{HttpResponse, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{MoneyPage, page};
use crate::acts::Desk;
use crate::acts::act::tag;
use crate::acts::money::claw_back::{self, Order};
use crate::acts::powers::money as power;
use crate::acts::rounds::today;
use crate::domain::claw_back::{ClawBack, ClawBackStage, Receipt};
use crate::domain::fault::Faults;
use crate::domain::ids::{ClawBackId, ContractId};
use crate::domain::money::Fen;
use crate::web::api::stated::{Listed, Signed, Why, key, stage};
use crate::web::caller::Caller;
use crate::web::doc::Doc;
use crate::web::links::path_to;
use crate::web::reply::Reply;
use crate::web::routes::{Route, Who};
use crate::web::tables;

/// What is ordered back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderClawBack {
    /// Key of the claim; all paid claims of the contract unless given.
    claim: Option<String>,
    /// In fen; all that is paid unless given.
    amount: Option<i64>,
    /// Key of the decided proposal that it carries out; it is settled with the order.
    proposal: Option<String>,
    reason: String,
    /// Last day to pay.
    deadline: NaiveDate,
}

/// Money that came in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReceiveClawBack {
    /// In fen.
    amount: i64,
    /// Reference of the bank.
    reference: String,
}

/// Money that came in.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReceiptShown {
    /// In fen.
    amount: i64,
    reference: String,
    signed: Signed,
}

impl From<&Receipt> for ReceiptShown {
    fn from(r: &Receipt) -> ReceiptShown {
        ReceiptShown {
            amount: r.amount.0,
            reference: r.reference.clone(),
            signed: Signed::from(&r.signed),
        }
    }
}

/// An order. Amounts in fen.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClawBackShown {
    id: String,
    contract: String,
    claim: String,
    firm: String,
    district: String,
    /// Budget year that gets the money back.
    year: i32,
    item: String,
    amount: i64,
    /// Key of the proposal that it carries out.
    proposal: Option<String>,
    /// Still owed.
    owed: i64,
    deadline: NaiveDate,
    /// The deadline is over and something is owed.
    late: bool,
    ordered: Signed,
    receipts: Vec<ReceiptShown>,
    waiver: Option<Signed>,
    waived: Option<Signed>,
    stage: String,
}

impl ClawBackShown {
    fn of(desk: &Desk, c: &ClawBack) -> ClawBackShown {
        ClawBackShown {
            id: c.id.to_string(),
            contract: c.contract.to_string(),
            claim: c.claim.to_string(),
            firm: c.firm.to_string(),
            district: c.district.to_string(),
            year: c.year,
            item: c.item.name().to_owned(),
            amount: c.amount.0,
            proposal: c.proposal.as_ref().map(ToString::to_string),
            owed: c.owed().0,
            deadline: c.deadline,
            late: c.is_late(today(desk)),
            ordered: Signed::from(&c.ordered),
            receipts: c.receipts.iter().map(ReceiptShown::from).collect(),
            waiver: c.waiver.as_ref().map(Signed::from),
            waived: c.waived.as_ref().map(Signed::from),
            stage: c.stage.name().to_owned(),
        }
    }
}

/// Orders that were made at once, one per claim.
#[derive(Debug, Serialize, ToSchema)]
pub struct OrdersMade {
    orders: Vec<ClawBackShown>,
}

const fn doc() -> Doc {
    Doc::gives::<ClawBackShown>("money")
}

/// The routes.
pub const ROUTES: &[Route] = &[
    Route::post(
        "/api/v1/contracts/{id}/claw-backs",
        Who::Power(&power::ORDER_CLAW_BACK),
        "order paid aid of a contract back",
        Doc::gives::<OrdersMade>("money")
            .takes::<OrderClawBack>()
            .status(201),
        |r| r.to(order),
    ),
    Route::get(
        "/api/v1/claw-backs",
        Who::Power(&power::SEE_CLAW_BACK),
        "claw-backs that the caller may see",
        Doc::gives::<MoneyPage>("money")
            .lists::<ClawBack>()
            .table(&tables::CLAW_BACKS),
        |r| r.to(list),
    ),
    Route::get(
        "/api/v1/claw-backs/{id}",
        Who::Power(&power::SEE_CLAW_BACK),
        "one claw-back",
        doc(),
        |r| r.to(show),
    ),
    Route::post(
        "/api/v1/claw-backs/{id}/receive",
        Who::Power(&power::RECEIVE_CLAW_BACK),
        "enter money that came in",
        doc().takes::<ReceiveClawBack>(),
        |r| r.to(receive),
    ),
    Route::post(
        "/api/v1/claw-backs/{id}/propose-waiver",
        Who::Power(&power::PROPOSE_WAIVER),
        "propose to waive what is still owed",
        doc().takes::<Why>(),
        |r| r.to(propose),
    ),
    Route::post(
        "/api/v1/claw-backs/{id}/waive",
        Who::Power(&power::SIGN_WAIVER),
        "sign a waiver",
        doc(),
        |r| r.to(waive),
    ),
    Route::post(
        "/api/v1/claw-backs/{id}/refuse-waiver",
        Who::Power(&power::REFUSE_WAIVER),
        "refuse a waiver: the order stands",
        doc().takes::<Why>(),
        |r| r.to(refuse),
    ),
];

fn shown(desk: &Desk, order: &ClawBack) -> Result<Reply, Faults> {
    Ok(Reply::ok(&ClawBackShown::of(desk, order))?.tagged(tag(order)?))
}

async fn order(
    caller: Caller,
    path: web::Path<ContractId>,
    body: web::Json<OrderClawBack>,
) -> HttpResponse {
    let body = body.into_inner();
    caller
        .ask(move |desk| {
            let new = Order {
                claim: body.claim.as_deref().map(str::parse).transpose()?,
                amount: body.amount.map(Fen),
                proposal: body.proposal.as_deref().map(str::parse).transpose()?,
                reason: body.reason,
                deadline: body.deadline,
            };
            let orders = claw_back::order(desk, &path, &new)?;
            let place = path_to("/api/v1/claw-backs?contract={}", &[&path.as_str()]);
            let shown = orders.iter().map(|o| ClawBackShown::of(desk, o));
            let orders = shown.collect();
            Reply::created(&OrdersMade { orders }, place)
        })
        .await
}

async fn list(caller: Caller, mut rows: Listed<ClawBack>) -> HttpResponse {
    caller
        .ask(move |desk| {
            let stage = stage(
                rows.word("stage").as_ref(),
                &ClawBackStage::ALL,
                ClawBackStage::name,
            )?;
            let contract = key(rows.word("contract").as_ref())?;
            let bounds = rows.bounds();
            let limit = bounds.limit;
            let all = claw_back::list(desk, stage, contract.as_ref(), bounds)?;
            let all: Vec<ClawBackShown> = all.iter().map(|o| ClawBackShown::of(desk, o)).collect();
            page(&all, |o| o.id.clone(), limit)
        })
        .await
}

async fn show(caller: Caller, path: web::Path<ClawBackId>) -> HttpResponse {
    caller
        .ask(move |desk| shown(desk, &claw_back::one(desk, &path)?))
        .await
}

async fn receive(
    caller: Caller,
    path: web::Path<ClawBackId>,
    body: web::Json<ReceiveClawBack>,
) -> HttpResponse {
    caller
        .ask(move |desk| {
            let order = claw_back::receive(desk, &path, Fen(body.amount), &body.reference)?;
            shown(desk, &order)
        })
        .await
}

async fn propose(
    caller: Caller,
    path: web::Path<ClawBackId>,
    body: web::Json<Why>,
) -> HttpResponse {
    caller
        .ask(move |desk| {
            let order = claw_back::propose_waiver(desk, &path, &body.reason)?;
            shown(desk, &order)
        })
        .await
}

async fn waive(caller: Caller, path: web::Path<ClawBackId>) -> HttpResponse {
    caller
        .ask(move |desk| shown(desk, &claw_back::sign_waiver(desk, &path)?))
        .await
}

async fn refuse(caller: Caller, path: web::Path<ClawBackId>, body: web::Json<Why>) -> HttpResponse {
    caller
        .ask(move |desk| {
            let order = claw_back::refuse_waiver(desk, &path, &body.reason)?;
            shown(desk, &order)
        })
        .await
}
