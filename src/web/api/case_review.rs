//! The district's review in the API.

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::case_shown::{BothLanguages, CaseShown, done};
use crate::acts::cases::review::{self, Words};
use crate::acts::cases::{RejectReason, flags};
use crate::acts::powers::Power;
use crate::acts::powers::cases as power;
use crate::domain::ids::{ApplicationId, RoundId};
use crate::web::caller::Caller;
use crate::web::doc::Doc;
use crate::web::reply::Reply;
use crate::web::routes::{Route, Who};
use crate::web::tables;

/// What an officer says of a case.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Said {
    /// For the firm.
    note: String,
    /// For officers alone.
    internal: String,
}

impl Said {
    fn words(&self) -> Words<'_> {
        Words {
            note: &self.note,
            internal: &self.internal,
        }
    }
}

/// A rejection.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Reject {
    /// Key of the policy's list of reasons.
    reason: String,
    /// For the firm.
    note: String,
    /// For officers alone.
    #[serde(default)]
    internal: String,
}

/// A flag to clear.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClearFlag {
    /// The other application.
    #[schema(value_type = String)]
    other: ApplicationId,
    /// Why it is no objection.
    note: String,
}

/// A reason to reject.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReasonShown {
    id: String,
    label: BothLanguages,
    clause: String,
    basis: String,
}

impl From<&RejectReason> for ReasonShown {
    fn from(r: &RejectReason) -> ReasonShown {
        ReasonShown {
            id: r.id.clone(),
            label: BothLanguages {
                zh: r.label_zh.clone(),
                en: r.label_en.clone(),
            },
            clause: r.clause.clone(),
            basis: r.basis.clone(),
        }
    }
}

/// Reasons to reject.
#[derive(Debug, Serialize, ToSchema)]
pub struct Reasons {
    items: Vec<ReasonShown>,
}

const fn act<B: ToSchema>(
    path: &'static str,
    power: &'static Power,
    shows: &'static str,
    handler: fn(actix_web::Route) -> actix_web::Route,
) -> Route {
    let doc = Doc::gives::<CaseShown>("cases").takes::<B>();
    Route::post(path, Who::Power(power), shows, doc, handler)
}

/// The routes.
pub const ROUTES: &[Route] = &[
    act::<Said>(
        "/api/v1/cases/{id}/accept",
        &power::ACCEPT_CASE,
        "accept a submitted case for review",
        |r| r.to(accept),
    ),
    act::<Said>(
        "/api/v1/cases/{id}/return",
        &power::RETURN_CASE,
        "return a case for a supplement",
        |r| r.to(send_back),
    ),
    act::<Said>(
        "/api/v1/cases/{id}/verify",
        &power::VERIFY_CASE,
        "verify a case",
        |r| r.to(verify),
    ),
    act::<Reject>(
        "/api/v1/cases/{id}/reject",
        &power::REJECT_CASE,
        "reject a case with a reason of the policy's list",
        |r| r.to(reject),
    ),
    act::<Said>(
        "/api/v1/cases/{id}/reopen",
        &power::REOPEN_CASE,
        "open a wrong rejection again before the freeze",
        |r| r.to(reopen),
    ),
    act::<ClearFlag>(
        "/api/v1/cases/{id}/clear-flag",
        &power::CLEAR_FLAG,
        "clear a flag with a note",
        |r| r.to(clear),
    ),
    Route::get(
        "/api/v1/rounds/{id}/reject-reasons",
        Who::Public,
        "the reasons for which the policy of a round rejects",
        Doc::gives::<Reasons>("cases").table(&tables::REASONS),
        |r| r.to(reasons),
    ),
];

async fn accept(
    caller: Caller,
    path: web::Path<ApplicationId>,
    body: web::Json<Said>,
) -> HttpResponse {
    done(caller, path, move |d, id| {
        review::accept(d, id, body.words())
    })
    .await
}

async fn send_back(
    caller: Caller,
    path: web::Path<ApplicationId>,
    body: web::Json<Said>,
) -> HttpResponse {
    done(caller, path, move |d, id| {
        review::send_back(d, id, body.words())
    })
    .await
}

async fn verify(
    caller: Caller,
    path: web::Path<ApplicationId>,
    body: web::Json<Said>,
) -> HttpResponse {
    done(caller, path, move |d, id| {
        review::verify(d, id, body.words())
    })
    .await
}

async fn reject(
    caller: Caller,
    path: web::Path<ApplicationId>,
    body: web::Json<Reject>,
) -> HttpResponse {
    done(caller, path, move |desk, id| {
        let words = Words {
            note: &body.note,
            internal: &body.internal,
        };
        review::reject(desk, id, &body.reason, words)
    })
    .await
}

async fn reopen(
    caller: Caller,
    path: web::Path<ApplicationId>,
    body: web::Json<Said>,
) -> HttpResponse {
    done(caller, path, move |d, id| {
        review::reopen(d, id, body.words())
    })
    .await
}

async fn clear(
    caller: Caller,
    path: web::Path<ApplicationId>,
    body: web::Json<ClearFlag>,
) -> HttpResponse {
    done(caller, path, move |desk, id| {
        flags::clear(desk, id, &body.other, &body.note)
    })
    .await
}

async fn reasons(caller: Caller, path: web::Path<RoundId>) -> HttpResponse {
    caller
        .ask(move |desk| {
            let all = review::reasons(desk, &path)?;
            Reply::ok(&Reasons {
                items: all.iter().map(ReasonShown::from).collect(),
            })
        })
        .await
}
