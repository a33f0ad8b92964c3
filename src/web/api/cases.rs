//! Cases in the API: lists, one case, and the acts of who applies.
//!
//! Not here: the district's review (`case_review`), files (`case_files`).

use actix_web::http::Method;
use actix_web::{HttpResponse, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::case_draft::DraftBody;
use super::case_shown::{CaseSeen, CaseShown, created, done};
use super::stated::{Listed, next, stage as stage_of};
use crate::acts::cases::bulk::{self, BULK_MAX};
use crate::acts::cases::view::{self, Wanted};
use crate::acts::cases::{begin, draft, submit};
use crate::acts::powers::cases as power;
use crate::acts::refuse;
use crate::domain::case::{Case, CaseStage};
use crate::domain::fault::Faults;
use crate::domain::ids::{ApplicationId, FirmId, RoundId};
use crate::web::body;
use crate::web::caller::Caller;
use crate::web::doc::Doc;
use crate::web::reply::{Reply, problem};
use crate::web::routes::{Route, Who};
use crate::web::tables;

/// A case to begin.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Begin {
    /// Key of the round.
    #[schema(value_type = String)]
    round: RoundId,
}

/// A paper form.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Paper {
    /// Key of the firm.
    #[schema(value_type = String)]
    firm: FirmId,
    /// Key of the round.
    #[schema(value_type = String)]
    round: RoundId,
    /// Day on which it was received.
    received_on: NaiveDate,
    /// What it asks for, as far as it is typed in.
    #[serde(default)]
    draft: DraftBody,
}

/// Why a case is withdrawn.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Withdraw {
    /// The reason; officers must give one.
    #[serde(default)]
    reason: String,
}

/// Cases.
#[derive(Debug, Serialize, ToSchema)]
pub struct Cases {
    items: Vec<CaseShown>,
    /// Key after which the next page begins.
    next: Option<String>,
}

/// What was entered, or would be.
#[derive(Debug, Serialize, ToSchema)]
pub struct EnteredShown {
    /// Keys of the cases in the order of the file.
    cases: Vec<String>,
    dry_run: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct BulkQuery {
    received_on: NaiveDate,
    #[serde(default)]
    dry_run: bool,
}

/// Which cases of a list.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseQuery {
    flag: Option<String>,
}

const LIST: &[(&str, &str)] = &[("flag", "none, open or cleared; for officers")];

const BULK: &[(&str, &str)] = &[
    (
        "received_on",
        "day on which the forms were received; needed",
    ),
    ("dry_run", "true = prove everything, write nothing"),
];

const fn act(
    path: &'static str,
    power: &'static crate::acts::powers::Power,
    shows: &'static str,
    handler: fn(actix_web::Route) -> actix_web::Route,
) -> Route {
    let doc = Doc::gives::<CaseShown>("cases");
    Route::post(path, Who::Power(power), shows, doc, handler)
}

/// The routes.
pub const ROUTES: &[Route] = &[
    Route::get(
        "/api/v1/cases",
        Who::Power(&power::SEE_CASE),
        "the cases of one's firm or district, or all",
        Doc::gives::<Cases>("cases")
            .query(LIST)
            .lists::<Case>()
            .table(&tables::CASES),
        |r| r.to(list),
    ),
    Route::post(
        "/api/v1/cases",
        Who::Power(&power::BEGIN_CASE),
        "begin a case within the window",
        Doc::gives::<CaseShown>("cases")
            .takes::<Begin>()
            .status(201),
        |r| r.to(begin_case),
    ),
    Route::post(
        "/api/v1/cases/paper",
        Who::Power(&power::ENTER_PAPER),
        "type a paper form in",
        Doc::gives::<CaseShown>("cases")
            .takes::<Paper>()
            .status(201),
        |r| r.to(paper),
    ),
    Route::post(
        "/api/v1/cases/bulk",
        Who::Power(&power::ENTER_BULK),
        "enter a CSV file of paper forms, all or nothing",
        Doc::gives::<EnteredShown>("cases")
            .takes_file("text/csv")
            .query(BULK),
        |r| r.to(enter_bulk),
    ),
    Route::get(
        "/api/v1/cases/{id}",
        Who::Power(&power::SEE_CASE),
        "one case, with its remarks and what the rules say",
        Doc::gives::<CaseSeen>("cases"),
        |r| r.to(show),
    ),
    Route {
        method: Method::PUT,
        path: "/api/v1/cases/{id}/draft",
        who: Who::Power(&power::SAVE_DRAFT),
        shows: "save what a case asks for; needs If-Match",
        doc: Some(Doc::gives::<CaseShown>("cases").takes::<DraftBody>()),
        handler: |r| r.to(save),
    },
    act(
        "/api/v1/cases/{id}/prepare",
        &power::PREPARE_CASE,
        "hand a draft to who submits it",
        |r| r.to(prepare),
    ),
    act(
        "/api/v1/cases/{id}/take-back",
        &power::TAKE_BACK_CASE,
        "take a prepared case back to the draft",
        |r| r.to(take_back),
    ),
    act(
        "/api/v1/cases/{id}/submit",
        &power::SUBMIT_CASE,
        "submit a prepared or supplemented case",
        |r| r.to(submit_case),
    ),
    Route::post(
        "/api/v1/cases/{id}/withdraw",
        Who::Power(&power::WITHDRAW_CASE),
        "withdraw a case",
        Doc::gives::<CaseShown>("cases").takes::<Withdraw>(),
        |r| r.to(withdraw),
    ),
];

async fn list(caller: Caller, query: Listed<Case, CaseQuery>) -> HttpResponse {
    caller
        .ask(move |desk| {
            let wanted = wanted(query)?;
            let cases = view::list(desk, &wanted)?;
            let keys: Vec<String> = cases.iter().map(|c| c.id.to_string()).collect();
            let items = cases.iter().map(CaseShown::of).collect::<Result<_, _>>()?;
            Reply::ok(&Cases {
                items,
                next: next(&keys, wanted.limit),
            })
        })
        .await
}

fn wanted(mut query: Listed<Case, CaseQuery>) -> Result<Wanted, Faults> {
    let words = ["none", "open", "cleared"];
    let flagged = match &query.filter.flag {
        None => None,
        Some(word) => Some(words.into_iter().find(|w| w == word).ok_or_else(|| {
            let cause = format!("{word:?} is no state of flags");
            refuse::unfit("flag", cause, "give none, open or cleared")
        })?),
    };
    let stage = query.word("stage");
    let stage = stage_of(stage.as_ref(), &CaseStage::ALL, CaseStage::name)?;
    let bounds = query.bounds();
    Ok(Wanted {
        stage,
        flagged,
        after: bounds.after,
        limit: bounds.limit,
        sort: bounds.sort,
        only: bounds.only,
        ..Wanted::default()
    })
}

async fn show(caller: Caller, path: web::Path<ApplicationId>) -> HttpResponse {
    caller
        .ask(move |desk| {
            let seen = view::show(desk, &path)?;
            Ok(Reply::ok(&CaseSeen::of(&seen)?)?.tagged(seen.tag))
        })
        .await
}

async fn begin_case(caller: Caller, body: web::Json<Begin>) -> HttpResponse {
    caller
        .ask(move |desk| created(desk, &begin::begin(desk, &body.round)?))
        .await
}

async fn paper(caller: Caller, body: web::Json<Paper>) -> HttpResponse {
    caller
        .ask(move |desk| {
            let draft = body.draft.draft()?;
            let case = begin::paper(desk, &body.firm, &body.round, body.received_on, &draft)?;
            created(desk, &case)
        })
        .await
}

async fn enter_bulk(
    caller: Caller,
    query: web::Query<BulkQuery>,
    payload: web::Payload,
) -> HttpResponse {
    let bytes = match body::file(payload, BULK_MAX).await {
        Ok(bytes) => bytes,
        Err(fault) => return problem(&fault.into()),
    };
    caller
        .ask(move |desk| {
            let entered = bulk::enter(desk, &bytes, query.received_on, query.dry_run)?;
            Reply::ok(&EnteredShown {
                cases: entered.cases.iter().map(ToString::to_string).collect(),
                dry_run: entered.dry_run,
            })
        })
        .await
}

async fn save(
    caller: Caller,
    path: web::Path<ApplicationId>,
    body: web::Json<DraftBody>,
) -> HttpResponse {
    done(caller, path, move |desk, id| {
        draft::save(desk, id, &body.draft()?)
    })
    .await
}

async fn prepare(caller: Caller, path: web::Path<ApplicationId>) -> HttpResponse {
    done(caller, path, draft::prepare).await
}

async fn take_back(caller: Caller, path: web::Path<ApplicationId>) -> HttpResponse {
    done(caller, path, draft::take_back).await
}

async fn submit_case(caller: Caller, path: web::Path<ApplicationId>) -> HttpResponse {
    done(caller, path, submit::submit).await
}

async fn withdraw(
    caller: Caller,
    path: web::Path<ApplicationId>,
    body: web::Json<Withdraw>,
) -> HttpResponse {
    done(caller, path, move |desk, id| {
        draft::withdraw(desk, id, &body.reason)
    })
    .await
}
