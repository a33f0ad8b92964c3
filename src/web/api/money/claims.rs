//! Claims in the API: by the firm, and what officers do with them; what the rules leave a firm.

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::claims_shown::ClaimShown;
use super::{MoneyPage, page};
use crate::acts::act::tag;
use crate::acts::money::{claims, commit, entitle, evidence, publicity, review, stop};
use crate::acts::powers::money as power;
use crate::domain::claim::{Claim, ClaimStage, Stated};
use crate::domain::commitment::{Commitment, CommitmentStage};
use crate::domain::fault::Faults;
use crate::domain::ids::{ClaimId, ContractId, FirmId};
use crate::domain::money::Fen;
use crate::web::api::case_files::attached;
use crate::web::api::stated::{Listed, Why, key, stage, whole};
use crate::web::caller::Caller;
use crate::web::doc::Doc;
use crate::web::links::path_to;
use crate::web::reply::Reply;
use crate::web::routes::{Route, Who};
use crate::web::tables;

/// What a firm states in a claim. Amounts in fen.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClaimFacts {
    /// Months of the year, 1 to 12.
    months: Vec<u32>,
    /// Rent paid for those months.
    rent_paid: i64,
    /// Appraised rent of one month, where there is an appraisal.
    appraised: Option<i64>,
    /// Other public aid for the rent of those months.
    other_aid: i64,
    /// SHA-256 of the evidence.
    evidence: Vec<String>,
}

/// A new claim.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PrepareClaim {
    /// Budget year.
    year: i32,
    facts: ClaimFacts,
}

/// A review.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviewClaim {
    /// In fen, when it is less than calculated.
    amount: Option<i64>,
    /// Why it is less; may be empty otherwise.
    reason: String,
}

/// A document number.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PublicNumber {
    number: String,
}

impl From<ClaimFacts> for Stated {
    fn from(f: ClaimFacts) -> Stated {
        Stated {
            months: f.months,
            rent_paid: Fen(f.rent_paid),
            appraised: f.appraised.map(Fen),
            other_aid: Fen(f.other_aid),
            evidence: f.evidence,
        }
    }
}

/// What the rules leave a firm under each of its contracts. Amounts in fen.
#[derive(Debug, Serialize, ToSchema)]
pub struct Allowances {
    #[schema(value_type = Vec<Object>)]
    contracts: Value,
}

/// Which year.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct YearAsked {
    /// Only of this budget year.
    pub year: Option<i32>,
}

const fn doc() -> Doc {
    Doc::gives::<ClaimShown>("money")
}

/// The routes.
pub const ROUTES: &[Route] = &[
    Route::post(
        "/api/v1/contracts/{id}/claims",
        Who::Power(&power::PREPARE_CLAIM),
        "prepare a claim for months of a year; officers see it once it is submitted",
        doc().takes::<PrepareClaim>().status(201),
        |r| r.to(prepare),
    ),
    Route::get(
        "/api/v1/commitments",
        Who::Power(&power::SEE_CLAIM),
        "what contracts bind of quotas, by budget year",
        Doc::gives::<MoneyPage>("money")
            .lists::<Commitment>()
            .table(&tables::COMMITMENTS),
        |r| r.to(commitments),
    ),
    Route::get(
        "/api/v1/claims",
        Who::Power(&power::SEE_CLAIM),
        "claims that the caller may see",
        Doc::gives::<MoneyPage>("money")
            .lists::<Claim>()
            .table(&tables::CLAIMS),
        |r| r.to(list),
    ),
    Route::get(
        "/api/v1/claims/{id}",
        Who::Power(&power::SEE_CLAIM),
        "one claim with its calculation",
        doc(),
        |r| r.to(show),
    ),
    Route::get(
        "/api/v1/claims/{id}/files/{digest}",
        Who::Power(&power::SEE_CLAIM),
        "a document that a claim names as evidence",
        Doc::file("claims", "application/octet-stream"),
        |r| r.to(document),
    ),
    Route::post(
        "/api/v1/claims/{id}/revise",
        Who::Power(&power::PREPARE_CLAIM),
        "change a claim that is prepared, or supplement one that was returned",
        doc().takes::<ClaimFacts>(),
        |r| r.to(revise),
    ),
    Route::post(
        "/api/v1/claims/{id}/submit",
        Who::Power(&power::SUBMIT_CLAIM),
        "submit a claim that another person of the firm prepared",
        doc(),
        |r| r.to(submit),
    ),
    Route::post(
        "/api/v1/claims/{id}/withdraw",
        Who::Power(&power::WITHDRAW_CLAIM),
        "withdraw a claim",
        doc(),
        |r| r.to(withdraw),
    ),
    Route::post(
        "/api/v1/claims/{id}/return",
        Who::Power(&power::RETURN_CLAIM),
        "return a claim for a supplement",
        doc().takes::<Why>(),
        |r| r.to(send_back),
    ),
    Route::post(
        "/api/v1/claims/{id}/reject",
        Who::Power(&power::REJECT_CLAIM),
        "reject a claim",
        doc().takes::<Why>(),
        |r| r.to(reject),
    ),
    Route::post(
        "/api/v1/claims/{id}/review",
        Who::Power(&power::REVIEW_CLAIM),
        "review a claim: the amount before the quota",
        doc().takes::<ReviewClaim>(),
        |r| r.to(look),
    ),
    Route::post(
        "/api/v1/claims/{id}/publicise",
        Who::Power(&power::PUBLICISE_CLAIM),
        "begin the publicity period of an award",
        doc().takes::<PublicNumber>(),
        |r| r.to(publicise),
    ),
    Route::post(
        "/api/v1/claims/{id}/approve",
        Who::Power(&power::APPROVE_CLAIM),
        "approve an award for payment",
        doc(),
        |r| r.to(approve),
    ),
    Route::post(
        "/api/v1/claims/{id}/stop",
        Who::Power(&power::STOP_CLAIM),
        "stop a payable claim before the bank has confirmed it; its batch is given up",
        doc().takes::<Why>(),
        |r| r.to(halt),
    ),
    Route::get(
        "/api/v1/firms/{id}/allowance",
        Who::Power(&power::SEE_ALLOWANCE),
        "months and caps left under each contract of a firm",
        Doc::gives::<Allowances>("money")
            .query(&[("year", "budget year; this one unless given")])
            .table(&tables::ALLOWANCES),
        |r| r.to(allowance),
    ),
];

fn shown(claim: &Claim) -> Result<Reply, Faults> {
    Ok(Reply::ok(&ClaimShown::from(claim))?.tagged(tag(claim)?))
}

async fn submit(caller: Caller, path: web::Path<ClaimId>) -> HttpResponse {
    caller
        .ask(move |desk| shown(&claims::submit(desk, &path)?))
        .await
}

async fn prepare(
    caller: Caller,
    path: web::Path<ContractId>,
    body: web::Json<PrepareClaim>,
) -> HttpResponse {
    let body = body.into_inner();
    let facts = Stated::from(body.facts);
    caller
        .ask(move |desk| {
            let claim = claims::prepare(desk, &path, body.year, &facts)?;
            let place = path_to("/api/v1/claims/{}", &[&claim.id]);
            Ok(Reply::created(&ClaimShown::from(&claim), place)?.tagged(tag(&claim)?))
        })
        .await
}

async fn commitments(caller: Caller, mut rows: Listed<Commitment>) -> HttpResponse {
    caller
        .ask(move |desk| {
            rows.one_of("stage", &CommitmentStage::ALL, CommitmentStage::name)?;
            let contract = key(rows.word("contract").as_ref())?;
            let bounds = rows.bounds();
            let limit = bounds.limit;
            let all = commit::list(desk, contract.as_ref(), bounds)?;
            page(&all, crate::domain::commitment::Commitment::key, limit)
        })
        .await
}

async fn list(caller: Caller, mut rows: Listed<Claim>) -> HttpResponse {
    caller
        .ask(move |desk| {
            let stage = stage(
                rows.word("stage").as_ref(),
                &ClaimStage::ALL,
                ClaimStage::name,
            )?;
            let contract = key(rows.word("contract").as_ref())?;
            let bounds = rows.bounds();
            let limit = bounds.limit;
            let all = claims::list(desk, stage, contract.as_ref(), bounds)?;
            let all: Vec<ClaimShown> = all.iter().map(ClaimShown::from).collect();
            page(&all, |c| c.id.clone(), limit)
        })
        .await
}

async fn show(caller: Caller, path: web::Path<ClaimId>) -> HttpResponse {
    caller
        .ask(move |desk| shown(&claims::one(desk, &path)?))
        .await
}

async fn revise(
    caller: Caller,
    path: web::Path<ClaimId>,
    body: web::Json<ClaimFacts>,
) -> HttpResponse {
    let facts = Stated::from(body.into_inner());
    caller
        .ask(move |desk| shown(&claims::revise(desk, &path, &facts)?))
        .await
}

async fn withdraw(caller: Caller, path: web::Path<ClaimId>) -> HttpResponse {
    caller
        .ask(move |desk| shown(&claims::withdraw(desk, &path)?))
        .await
}

async fn send_back(caller: Caller, path: web::Path<ClaimId>, body: web::Json<Why>) -> HttpResponse {
    caller
        .ask(move |desk| shown(&review::send_back(desk, &path, &body.reason)?))
        .await
}

async fn reject(caller: Caller, path: web::Path<ClaimId>, body: web::Json<Why>) -> HttpResponse {
    caller
        .ask(move |desk| shown(&review::reject(desk, &path, &body.reason)?))
        .await
}

async fn look(
    caller: Caller,
    path: web::Path<ClaimId>,
    body: web::Json<ReviewClaim>,
) -> HttpResponse {
    caller
        .ask(move |desk| {
            let amount = body.amount.map(Fen);
            shown(&review::review(desk, &path, amount, &body.reason)?)
        })
        .await
}

async fn publicise(
    caller: Caller,
    path: web::Path<ClaimId>,
    body: web::Json<PublicNumber>,
) -> HttpResponse {
    caller
        .ask(move |desk| shown(&publicity::publicise(desk, &path, &body.number)?))
        .await
}

async fn halt(caller: Caller, path: web::Path<ClaimId>, body: web::Json<Why>) -> HttpResponse {
    caller
        .ask(move |desk| shown(&stop::stop(desk, &path, &body.reason)?))
        .await
}

async fn approve(caller: Caller, path: web::Path<ClaimId>) -> HttpResponse {
    caller
        .ask(move |desk| shown(&publicity::approve(desk, &path)?))
        .await
}

async fn allowance(
    caller: Caller,
    path: web::Path<FirmId>,
    asked: web::Query<YearAsked>,
) -> HttpResponse {
    caller
        .ask(move |desk| {
            let all = entitle::allowance(desk, &path, asked.year)?;
            Reply::ok(&Allowances {
                contracts: whole(&all)?,
            })
        })
        .await
}

async fn document(caller: Caller, path: web::Path<(ClaimId, String)>) -> HttpResponse {
    let (id, digest) = path.into_inner();
    attached(caller, move |desk| evidence::read(desk, &id, &digest)).await
}
