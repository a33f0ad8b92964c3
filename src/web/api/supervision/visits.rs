//! Visits in the API.

use actix_web::{HttpResponse, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::acts::powers::supervision as power;
use crate::acts::supervision::visits::{self, NewFinding, NewVisit};
use crate::domain::fault::Fault;
use crate::domain::finding::FindingKind;
use crate::domain::ids::{ContractId, VisitId};
use crate::domain::visit::Visit;
use crate::web::api::stated::{Listed, Signed, key, next};
use crate::web::caller::Caller;
use crate::web::doc::Doc;
use crate::web::links::path_to;
use crate::web::reply::Reply;
use crate::web::routes::{Route, Who};
use crate::web::tables;

/// Something wrong that was found.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Found {
    /// sublet, idle, other_use, false_statement, term_missed, rent_arrears, moved_out,
    /// apartment_misused or other.
    #[schema(value_type = String)]
    kind: FindingKind,
    /// Clause that is broken.
    clause: String,
    /// What is wrong.
    text: String,
}

/// A visit to be entered by one of its two officers.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EnterVisit {
    /// Key of the draw; left out for a visit with a cause of its own.
    draw: Option<String>,
    /// Day of the visit.
    on: NaiveDate,
    /// Account of the second officer.
    colleague: String,
    /// What was seen.
    seen: String,
    #[serde(default)]
    findings: Vec<Found>,
}

/// A visit.
#[derive(Debug, Serialize, ToSchema)]
pub struct VisitShown {
    id: String,
    contract: String,
    firm: String,
    district: String,
    draw: Option<String>,
    on: NaiveDate,
    /// Accounts of the two officers; for officers alone.
    inspectors: Vec<String>,
    seen: String,
    /// How many findings it made.
    findings: u32,
    entered: Signed,
}

/// A page of visits.
#[derive(Debug, Serialize, ToSchema)]
pub struct VisitPage {
    items: Vec<VisitShown>,
    next: Option<String>,
}

impl From<&Visit> for VisitShown {
    fn from(v: &Visit) -> VisitShown {
        VisitShown {
            id: v.id.to_string(),
            contract: v.contract.to_string(),
            firm: v.firm.to_string(),
            district: v.district.to_string(),
            draw: v.draw.as_ref().map(ToString::to_string),
            on: v.on,
            inspectors: v.inspectors.clone(),
            seen: v.seen.clone(),
            findings: v.findings,
            entered: Signed::from(&v.entered),
        }
    }
}

impl EnterVisit {
    fn asked(&self) -> Result<NewVisit, Fault> {
        let finding = |f: &Found| NewFinding {
            kind: f.kind,
            clause: f.clause.clone(),
            text: f.text.clone(),
        };
        Ok(NewVisit {
            draw: self.draw.as_deref().map(str::parse).transpose()?,
            on: self.on,
            colleague: self.colleague.clone(),
            seen: self.seen.clone(),
            findings: self.findings.iter().map(finding).collect(),
        })
    }
}

/// The routes.
pub const ROUTES: &[Route] = &[
    Route::get(
        "/api/v1/visits",
        Who::Power(&power::SEE_VISIT),
        "visits that the caller may see",
        Doc::gives::<VisitPage>("visits")
            .lists::<Visit>()
            .table(&tables::VISITS),
        |r| r.to(list),
    ),
    Route::get(
        "/api/v1/visits/{id}",
        Who::Power(&power::SEE_VISIT),
        "one visit",
        Doc::gives::<VisitShown>("visits"),
        |r| r.to(show),
    ),
    Route::post(
        "/api/v1/contracts/{id}/visits",
        Who::Power(&power::ENTER_VISIT),
        "enter a visit with its findings",
        Doc::gives::<VisitShown>("visits")
            .takes::<EnterVisit>()
            .status(201),
        |r| r.to(enter),
    ),
];

async fn list(caller: Caller, mut rows: Listed<Visit>) -> HttpResponse {
    caller
        .ask(move |desk| {
            let contract: Option<ContractId> = key(rows.word("contract").as_ref())?;
            let bounds = rows.bounds();
            let limit = bounds.limit;
            let all = visits::list(desk, contract.as_ref(), bounds)?;
            let keys: Vec<String> = all.iter().map(|v| v.id.to_string()).collect();
            Reply::ok(&VisitPage {
                items: all.iter().map(VisitShown::from).collect(),
                next: next(&keys, limit),
            })
        })
        .await
}

async fn show(caller: Caller, path: web::Path<VisitId>) -> HttpResponse {
    caller
        .ask(move |desk| Reply::ok(&VisitShown::from(&visits::one(desk, &path)?)))
        .await
}

async fn enter(
    caller: Caller,
    path: web::Path<ContractId>,
    body: web::Json<EnterVisit>,
) -> HttpResponse {
    caller
        .ask(move |desk| {
            let (visit, _) = visits::enter(desk, &path, &body.asked()?)?;
            let place = path_to("/api/v1/visits/{}", &[&visit.id]);
            Reply::created(&VisitShown::from(&visit), place)
        })
        .await
}
