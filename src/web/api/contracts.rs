//! Contracts in the API.

use actix_web::{HttpResponse, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::stated::{Listed, Signed, key, next, stage, whole};
use crate::acts::act::tag;
use crate::acts::powers::contracts as power;
use crate::acts::rounds::contract_end;
use crate::acts::rounds::contracts::{self, Terms};
use crate::acts::rounds::renewal::{self, Renewal};
use crate::domain::fault::Faults;
use crate::domain::ids::{ContractId, OfferId};
use crate::domain::offer::{Breach, Contract, ContractStage, Decision, Kpi};
use crate::web::caller::Caller;
use crate::web::doc::Doc;
use crate::web::links::path_to;
use crate::web::reply::Reply;
use crate::web::routes::{Route, Who};
use crate::web::tables;

/// A yearly performance term.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Performance {
    /// Name, for example `headcount`.
    name: String,
    year: i32,
    /// Least value, in the unit of the name.
    least: i64,
}

/// What is agreed in a contract besides the award.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Agreed {
    /// Number on paper.
    number: String,
    /// Performance terms; at least one.
    kpis: Vec<Performance>,
    /// Clauses of the supervision agreement; at least one.
    clauses: Vec<String>,
    /// Document number of the decision on a large letting.
    #[serde(default)]
    decision: String,
}

/// Who decided a letting.
#[derive(Debug, Serialize, ToSchema)]
pub struct DecisionShown {
    /// Key of the policy's row.
    route: String,
    body_zh: String,
    body_en: String,
    /// Document number; empty where the signature is the decision.
    number: String,
}

impl From<&Decision> for DecisionShown {
    fn from(d: &Decision) -> DecisionShown {
        DecisionShown {
            route: d.route.clone(),
            body_zh: d.body_zh.clone(),
            body_en: d.body_en.clone(),
            number: d.number.clone(),
        }
    }
}

/// A renewal.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Renew {
    /// Term in months.
    months: u32,
    terms: Agreed,
}

/// A contract given up.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Exit {
    /// First day on which it holds no more.
    day: NaiveDate,
    reason: String,
}

/// A contract ended for a breach.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Terminate {
    /// First day on which it holds no more.
    day: NaiveDate,
    reason: String,
    /// Document number of the notice.
    number: String,
    /// The clause or term that is broken.
    clause: String,
    /// Aid for days from this one on is claimed back.
    claw_back_from: NaiveDate,
}

/// A notice of a breach.
#[derive(Debug, Serialize, ToSchema)]
pub struct Notice {
    number: String,
    clause: String,
    claw_back_from: NaiveDate,
}

/// A contract.
#[derive(Debug, Serialize, ToSchema)]
pub struct ContractShown {
    id: String,
    number: String,
    offer: Option<String>,
    renews: Option<String>,
    application: String,
    firm: String,
    round: String,
    district: String,
    /// What is let and granted.
    #[schema(value_type = Object)]
    award: Value,
    /// Rent of all units per month, in fen.
    monthly_rent: i64,
    /// Months without rent for fit-out.
    free_months: u32,
    kpis: Vec<Performance>,
    clauses: Vec<String>,
    breach: Option<Notice>,
    /// Who decided the letting; null where the policy routes none.
    decision: Option<DecisionShown>,
    stage: String,
    /// First day in force.
    from: NaiveDate,
    /// First day after.
    until: Option<NaiveDate>,
    signed: Signed,
    ended: Option<Signed>,
}

/// A page of contracts.
#[derive(Debug, Serialize, ToSchema)]
pub struct ContractPage {
    items: Vec<ContractShown>,
    next: Option<String>,
}

/// Contracts whose end was entered.
#[derive(Debug, Serialize, ToSchema)]
pub struct EndedContracts {
    contracts: Vec<String>,
}

impl ContractShown {
    fn of(c: &Contract) -> Result<ContractShown, Faults> {
        let kpi = |k: &Kpi| Performance {
            name: k.name.clone(),
            year: k.year,
            least: k.least,
        };
        let notice = |b: &Breach| Notice {
            number: b.number.clone(),
            clause: b.clause.clone(),
            claw_back_from: b.claw_back_from,
        };
        Ok(ContractShown {
            id: c.id.to_string(),
            number: c.number.clone(),
            offer: c.offer.as_ref().map(ToString::to_string),
            renews: c.renews.as_ref().map(ToString::to_string),
            application: c.application.to_string(),
            firm: c.firm.to_string(),
            round: c.round.to_string(),
            district: c.district.to_string(),
            award: whole(&c.award)?,
            monthly_rent: c.monthly_rent.0,
            free_months: c.free_months,
            kpis: c.kpis.iter().map(kpi).collect(),
            clauses: c.agreement.clauses.clone(),
            breach: c.agreement.breach.as_ref().map(notice),
            decision: c.decision.as_ref().map(DecisionShown::from),
            stage: c.stage.name().to_owned(),
            from: c.holds.from(),
            until: c.holds.until(),
            signed: Signed::from(&c.signed),
            ended: c.ended.as_ref().map(Signed::from),
        })
    }
}

impl From<Agreed> for Terms {
    fn from(a: Agreed) -> Terms {
        let kpis = a.kpis.into_iter().map(|k| Kpi {
            name: k.name,
            year: k.year,
            least: k.least,
            reported: None,
        });
        Terms {
            number: a.number,
            kpis: kpis.collect(),
            clauses: a.clauses,
            decision: a.decision,
        }
    }
}

const fn doc() -> Doc {
    Doc::gives::<ContractShown>("contracts")
}

/// The routes.
pub const ROUTES: &[Route] = &[
    Route::post(
        "/api/v1/offers/{id}/sign",
        Who::Power(&power::SIGN_CONTRACT),
        "sign the contract of an accepted offer",
        doc().takes::<Agreed>().status(201),
        |r| r.to(sign),
    ),
    Route::get(
        "/api/v1/contracts",
        Who::Power(&power::SEE_CONTRACT),
        "contracts that the caller may see",
        Doc::gives::<ContractPage>("contracts")
            .lists::<Contract>()
            .table(&tables::CONTRACTS),
        |r| r.to(list),
    ),
    Route::post(
        "/api/v1/contracts/end",
        Who::Power(&power::END_CONTRACT),
        "enter the end of every contract whose term is over",
        Doc::gives::<EndedContracts>("contracts"),
        |r| r.to(end),
    ),
    Route::get(
        "/api/v1/contracts/{id}",
        Who::Power(&power::SEE_CONTRACT),
        "one contract",
        doc(),
        |r| r.to(show),
    ),
    Route::post(
        "/api/v1/contracts/{id}/renew",
        Who::Power(&power::RENEW_CONTRACT),
        "renew a contract after another check of eligibility",
        doc().takes::<Renew>().status(201),
        |r| r.to(renew),
    ),
    Route::post(
        "/api/v1/contracts/{id}/exit",
        Who::Power(&power::EXIT_CONTRACT),
        "give a contract up from a day on",
        doc().takes::<Exit>(),
        |r| r.to(exit),
    ),
    Route::post(
        "/api/v1/contracts/{id}/terminate",
        Who::Power(&power::TERMINATE_CONTRACT),
        "end a contract for a breach, with the notice that claims aid back",
        doc().takes::<Terminate>(),
        |r| r.to(terminate),
    ),
];

fn shown(contract: &Contract) -> Result<Reply, Faults> {
    Ok(Reply::ok(&ContractShown::of(contract)?)?.tagged(tag(contract)?))
}

fn made(contract: &Contract) -> Result<Reply, Faults> {
    let place = path_to("/api/v1/contracts/{}", &[&contract.id]);
    Ok(Reply::created(&ContractShown::of(contract)?, place)?.tagged(tag(contract)?))
}

async fn sign(caller: Caller, path: web::Path<OfferId>, body: web::Json<Agreed>) -> HttpResponse {
    let terms = Terms::from(body.into_inner());
    caller
        .ask(move |desk| made(&contracts::sign_offer(desk, &path, &terms)?))
        .await
}

async fn list(caller: Caller, mut page: Listed<Contract>) -> HttpResponse {
    caller
        .ask(move |desk| {
            let stages = [
                ContractStage::InForce,
                ContractStage::Ended,
                ContractStage::Terminated,
            ];
            let stage = stage(page.word("stage").as_ref(), &stages, ContractStage::name)?;
            let round = key(page.word("round").as_ref())?;
            let bounds = page.bounds();
            let limit = bounds.limit;
            let all = contracts::list(desk, round.as_ref(), stage, bounds)?;
            let keys: Vec<String> = all.iter().map(|c| c.id.to_string()).collect();
            Reply::ok(&ContractPage {
                items: all
                    .iter()
                    .map(ContractShown::of)
                    .collect::<Result<_, _>>()?,
                next: next(&keys, limit),
            })
        })
        .await
}

async fn end(caller: Caller) -> HttpResponse {
    caller
        .ask(move |desk| {
            let ended = contract_end::end_due(desk)?;
            Reply::ok(&EndedContracts {
                contracts: ended.iter().map(ToString::to_string).collect(),
            })
        })
        .await
}

async fn show(caller: Caller, path: web::Path<ContractId>) -> HttpResponse {
    caller
        .ask(move |desk| shown(&contracts::one(desk, &path)?))
        .await
}

async fn renew(
    caller: Caller,
    path: web::Path<ContractId>,
    body: web::Json<Renew>,
) -> HttpResponse {
    let body = body.into_inner();
    let new = Renewal {
        months: body.months,
        terms: Terms::from(body.terms),
    };
    caller
        .ask(move |desk| made(&renewal::renew(desk, &path, &new)?))
        .await
}

async fn exit(caller: Caller, path: web::Path<ContractId>, body: web::Json<Exit>) -> HttpResponse {
    caller
        .ask(move |desk| shown(&contract_end::exit(desk, &path, body.day, &body.reason)?))
        .await
}

async fn terminate(
    caller: Caller,
    path: web::Path<ContractId>,
    body: web::Json<Terminate>,
) -> HttpResponse {
    let body = body.into_inner();
    let breach = Breach {
        number: body.number,
        clause: body.clause,
        claw_back_from: body.claw_back_from,
    };
    caller
        .ask(move |desk| {
            let end = (body.day, body.reason.as_str());
            shown(&contract_end::terminate(desk, &path, end, &breach)?)
        })
        .await
}
