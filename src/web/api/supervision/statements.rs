//! Quarterly statements in the API.

use actix_web::{HttpResponse, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::acts::act::tag;
use crate::acts::powers::supervision as power;
use crate::acts::supervision::due::{self, Owed};
use crate::acts::supervision::kpis::{self, Judged};
use crate::acts::supervision::statements;
use crate::domain::area::Area;
use crate::domain::ids::{ContractId, StatementId};
use crate::domain::money::Fen;
use crate::domain::statement::{Figures, Statement, StatementStage};
use crate::web::api::stated::{Asked, Listed, Signed, Why, cut, key, next, stage};
use crate::web::caller::Caller;
use crate::web::doc::Doc;
use crate::web::links::path_to;
use crate::web::reply::Reply;
use crate::web::routes::{Route, Who};
use crate::web::tables;

/// Figures of a quarter: money of the quarter alone, the rest as on its last day.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FiguresBody {
    /// Insured employees.
    headcount: u32,
    /// Revenue in fen.
    revenue: i64,
    /// R&D expense in fen.
    rd_expense: i64,
    /// Tax paid in the district in fen.
    tax: i64,
    /// Area in own use in 0.01 m2.
    area_in_use: i64,
    /// Area that others use in 0.01 m2.
    area_sublet: i64,
    /// Apartments that employees live in.
    apartments_used: u32,
}

/// A statement to be prepared.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PrepareStatement {
    /// Quarter, for example `2026Q1`.
    quarter: String,
    figures: FiguresBody,
    /// Remark.
    #[serde(default)]
    note: String,
}

/// A statement.
#[derive(Debug, Serialize, ToSchema)]
pub struct StatementShown {
    id: String,
    contract: String,
    firm: String,
    district: String,
    quarter: String,
    figures: FiguresBody,
    note: String,
    /// prepared, filed, returned or confirmed.
    stage: String,
    prepared: Signed,
    filed: Option<Signed>,
    reviewed: Option<Signed>,
}

/// A page of statements.
#[derive(Debug, Serialize, ToSchema)]
pub struct StatementPage {
    items: Vec<StatementShown>,
    next: Option<String>,
}

/// A statement that is owed.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwedShown {
    contract: String,
    firm: String,
    district: String,
    quarter: String,
    /// Last day.
    due: NaiveDate,
    /// Where the statement stands; none = nothing is there.
    stage: Option<String>,
    overdue: bool,
}

/// Statements that are owed.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwedList {
    items: Vec<OwedShown>,
    /// Contract and quarter after which the next page begins.
    next: Option<String>,
}

/// A performance term and how it comes out.
#[derive(Debug, Serialize, ToSchema)]
pub struct TermShown {
    name: String,
    year: i32,
    /// Least value, in the unit of the name.
    least: i64,
    /// What was filed so far.
    filed: Option<i64>,
    /// met, not_met, not_due, not_filed or not_measured.
    outcome: String,
}

/// The performance terms of a contract.
#[derive(Debug, Serialize, ToSchema)]
pub struct TermList {
    items: Vec<TermShown>,
}

/// Which of those due.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Which {
    /// `true` = those overdue alone.
    overdue: Option<bool>,
}

impl From<&FiguresBody> for Figures {
    fn from(f: &FiguresBody) -> Figures {
        Figures {
            headcount: f.headcount,
            revenue: Fen(f.revenue),
            rd_expense: Fen(f.rd_expense),
            tax: Fen(f.tax),
            area_in_use: Area(f.area_in_use),
            area_sublet: Area(f.area_sublet),
            apartments_used: f.apartments_used,
        }
    }
}

impl From<&Figures> for FiguresBody {
    fn from(f: &Figures) -> FiguresBody {
        FiguresBody {
            headcount: f.headcount,
            revenue: f.revenue.0,
            rd_expense: f.rd_expense.0,
            tax: f.tax.0,
            area_in_use: f.area_in_use.0,
            area_sublet: f.area_sublet.0,
            apartments_used: f.apartments_used,
        }
    }
}

impl From<&Statement> for StatementShown {
    fn from(s: &Statement) -> StatementShown {
        StatementShown {
            id: s.id.to_string(),
            contract: s.contract.to_string(),
            firm: s.firm.to_string(),
            district: s.district.to_string(),
            quarter: s.quarter.to_string(),
            figures: FiguresBody::from(&s.figures),
            note: s.note.clone(),
            stage: s.stage.name().to_owned(),
            prepared: Signed::from(&s.prepared),
            filed: s.filed.as_ref().map(Signed::from),
            reviewed: s.reviewed.as_ref().map(Signed::from),
        }
    }
}

impl From<&Owed> for OwedShown {
    fn from(o: &Owed) -> OwedShown {
        OwedShown {
            contract: o.contract.to_string(),
            firm: o.firm.to_string(),
            district: o.district.to_string(),
            quarter: o.quarter.to_string(),
            due: o.due,
            stage: o.stage.map(|s| s.name().to_owned()),
            overdue: o.overdue,
        }
    }
}

impl From<&Judged> for TermShown {
    fn from(j: &Judged) -> TermShown {
        TermShown {
            name: j.term.name.clone(),
            year: j.term.year,
            least: j.term.least,
            filed: j.filed,
            outcome: j.outcome.name().to_owned(),
        }
    }
}

const fn doc() -> Doc {
    Doc::gives::<StatementShown>("statements")
}

/// The routes.
pub const ROUTES: &[Route] = &[
    Route::get(
        "/api/v1/statements",
        Who::Power(&power::SEE_STATEMENT),
        "quarterly statements that the caller may see",
        Doc::gives::<StatementPage>("statements")
            .lists::<Statement>()
            .table(&tables::STATEMENTS),
        |r| r.to(list),
    ),
    Route::get(
        "/api/v1/statements/due",
        Who::Power(&power::SEE_STATEMENT),
        "statements that contracts in force owe and that are not confirmed",
        Doc::gives::<OwedList>("statements")
            .query(&[("overdue", "true = those overdue alone")])
            .paged()
            .table(&tables::OWED),
        |r| r.to(owed),
    ),
    Route::get(
        "/api/v1/statements/{id}",
        Who::Power(&power::SEE_STATEMENT),
        "one quarterly statement",
        doc(),
        |r| r.to(show),
    ),
    Route::get(
        "/api/v1/contracts/{id}/terms",
        Who::Power(&power::SEE_STATEMENT),
        "performance terms of a contract against what was filed",
        Doc::gives::<TermList>("statements").table(&tables::TERMS),
        |r| r.to(terms),
    ),
    Route::post(
        "/api/v1/contracts/{id}/statements",
        Who::Power(&power::PREPARE_STATEMENT),
        "prepare the statement of a quarter, or write a prepared or returned one anew",
        doc().takes::<PrepareStatement>().status(201),
        |r| r.to(prepare),
    ),
    Route::post(
        "/api/v1/statements/{id}/file",
        Who::Power(&power::FILE_STATEMENT),
        "file a prepared statement",
        doc(),
        |r| r.to(file),
    ),
    Route::post(
        "/api/v1/statements/{id}/confirm",
        Who::Power(&power::REVIEW_STATEMENT),
        "confirm a filed statement",
        doc(),
        |r| r.to(confirm),
    ),
    Route::post(
        "/api/v1/statements/{id}/return",
        Who::Power(&power::REVIEW_STATEMENT),
        "return a filed statement with the reason",
        doc().takes::<Why>(),
        |r| r.to(send_back),
    ),
];

fn shown(statement: &Statement) -> Result<Reply, crate::domain::fault::Faults> {
    Ok(Reply::ok(&StatementShown::from(statement))?.tagged(tag(statement)?))
}

async fn list(caller: Caller, mut rows: Listed<Statement>) -> HttpResponse {
    caller
        .ask(move |desk| {
            let stages = [
                StatementStage::Prepared,
                StatementStage::Filed,
                StatementStage::Returned,
                StatementStage::Confirmed,
            ];
            let stage = stage(rows.word("stage").as_ref(), &stages, StatementStage::name)?;
            let contract: Option<ContractId> = key(rows.word("contract").as_ref())?;
            let bounds = rows.bounds();
            let limit = bounds.limit;
            let all = statements::list(desk, contract.as_ref(), stage, bounds)?;
            let keys: Vec<String> = all.iter().map(|s| s.id.to_string()).collect();
            Reply::ok(&StatementPage {
                items: all.iter().map(StatementShown::from).collect(),
                next: next(&keys, limit),
            })
        })
        .await
}

async fn owed(caller: Caller, which: Asked<Which>) -> HttpResponse {
    caller
        .ask(move |desk| {
            let all = due::list(desk, which.filter.overdue.unwrap_or(false))?;
            let (all, next) = cut(all, &which.page, |o| {
                format!("{}/{}", o.contract, o.quarter)
            });
            Reply::ok(&OwedList {
                items: all.iter().map(OwedShown::from).collect(),
                next,
            })
        })
        .await
}

async fn show(caller: Caller, path: web::Path<StatementId>) -> HttpResponse {
    caller
        .ask(move |desk| {
            let (statement, tag) = statements::one(desk, &path)?;
            Ok(Reply::ok(&StatementShown::from(&statement))?.tagged(tag))
        })
        .await
}

async fn terms(caller: Caller, path: web::Path<ContractId>) -> HttpResponse {
    caller
        .ask(move |desk| {
            let all = kpis::of_contract(desk, &path)?;
            Reply::ok(&TermList {
                items: all.iter().map(TermShown::from).collect(),
            })
        })
        .await
}

async fn prepare(
    caller: Caller,
    path: web::Path<ContractId>,
    body: web::Json<PrepareStatement>,
) -> HttpResponse {
    caller
        .ask(move |desk| {
            let what = (&Figures::from(&body.figures), body.note.as_str());
            let made = statements::prepare(desk, &path, body.quarter.parse()?, what)?;
            let place = path_to("/api/v1/statements/{}", &[&made.id]);
            Ok(Reply::created(&StatementShown::from(&made), place)?.tagged(tag(&made)?))
        })
        .await
}

async fn file(caller: Caller, path: web::Path<StatementId>) -> HttpResponse {
    caller
        .ask(move |desk| shown(&statements::file(desk, &path)?))
        .await
}

async fn confirm(caller: Caller, path: web::Path<StatementId>) -> HttpResponse {
    caller
        .ask(move |desk| shown(&statements::confirm(desk, &path, "")?))
        .await
}

async fn send_back(
    caller: Caller,
    path: web::Path<StatementId>,
    body: web::Json<Why>,
) -> HttpResponse {
    caller
        .ask(move |desk| shown(&statements::send_back(desk, &path, &body.reason)?))
        .await
}
