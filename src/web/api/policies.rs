//! Policies in the API: published and proposed versions, examined, compared, tried on a past round; proposing one
//! and deciding on it.
//!
//! Not here: the bodies (`policy_shown`).

use actix_web::{HttpResponse, web};
use serde::Deserialize;

use super::policy_shown::{
    ChangesShown, DraftPage, DraftShown, EffectShown, FindingsShown, PolicyList, PolicyShown,
};
use super::stated::{Listed, Why, next, stage};
use crate::acts::act::tag;
use crate::acts::policy_drafts::{self, POLICY_MAX};
use crate::acts::powers::policies as power;
use crate::acts::{Desk, policy};
use crate::domain::fault::Faults;
use crate::domain::ids::RoundId;
use crate::domain::policy_draft::{DraftStage, PolicyDraft};
use crate::web::body;
use crate::web::caller::Caller;
use crate::web::doc::Doc;
use crate::web::links::path_to;
use crate::web::reply::{Reply, problem};
use crate::web::routes::{Route, Who};
use crate::web::tables;

/// Why a policy is proposed.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Proposed {
    reason: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Against {
    against: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OfRound {
    round: RoundId,
}

const SEES: Who = Who::Power(&power::SEE_POLICY);
const TOML: &str = "application/toml";

/// The routes.
pub const ROUTES: &[Route] = &[
    Route::get(
        "/api/v1/policies",
        Who::Public,
        "published versions of the policy, the newest first",
        Doc::gives::<PolicyList>("policies").table(&tables::POLICIES),
        |r| r.to(list),
    ),
    Route::get(
        "/api/v1/policies/{version}",
        Who::Public,
        "a published version with its rules, or a proposed one for who may see it",
        Doc::gives::<PolicyShown>("policies"),
        |r| r.to(show),
    ),
    Route::get(
        "/api/v1/policies/{version}/findings",
        SEES,
        "what is odd about a version: cliffs, gaps, overlaps, expired basis",
        Doc::gives::<FindingsShown>("policies").table(&tables::FINDINGS_OF_POLICY),
        |r| r.to(findings),
    ),
    Route::get(
        "/api/v1/policies/{version}/changes",
        Who::Public,
        "what changes from another version to this, rule by rule",
        Doc::gives::<ChangesShown>("policies")
            .query(&[("against", "the other version; needed")])
            .table(&tables::CHANGES_OF_POLICY),
        |r| r.to(changes),
    ),
    Route::get(
        "/api/v1/policies/{version}/effect",
        SEES,
        "what a version would have done to a past round",
        Doc::gives::<EffectShown>("policies").query(&[("round", "the round; needed")]),
        |r| r.to(effect),
    ),
    Route::post(
        "/api/v1/policies/examine",
        SEES,
        "examine a document without keeping it",
        Doc::gives::<FindingsShown>("policies").takes_file(TOML),
        |r| r.to(examine),
    ),
    Route::post(
        "/api/v1/policies",
        Who::Power(&power::PROPOSE_POLICY),
        "propose a document; another officer releases it",
        Doc::gives::<DraftShown>("policies")
            .takes_file(TOML)
            .query(&[("reason", "why; needed")])
            .status(201),
        |r| r.to(propose),
    ),
    Route::get(
        "/api/v1/policy-drafts",
        SEES,
        "proposed policies and what became of them",
        Doc::gives::<DraftPage>("policies")
            .lists::<PolicyDraft>()
            .table(&tables::POLICY_DRAFTS),
        |r| r.to(drafts),
    ),
    Route::get(
        "/api/v1/policy-drafts/{version}",
        SEES,
        "one proposed policy",
        Doc::gives::<DraftShown>("policies"),
        |r| r.to(draft),
    ),
    Route::post(
        "/api/v1/policy-drafts/{version}/release",
        Who::Power(&power::RELEASE_POLICY),
        "publish a proposed policy; never by who proposed it",
        Doc::gives::<DraftShown>("policies").takes::<Why>(),
        |r| r.to(release),
    ),
    Route::post(
        "/api/v1/policy-drafts/{version}/refuse",
        Who::Power(&power::REFUSE_POLICY),
        "refuse a proposed policy",
        Doc::gives::<DraftShown>("policies").takes::<Why>(),
        |r| r.to(refuse),
    ),
];

async fn list(caller: Caller) -> HttpResponse {
    caller
        .ask(|desk| Reply::ok(&PolicyList::of(&policy::versions(desk)?)))
        .await
}

async fn show(caller: Caller, version: web::Path<String>) -> HttpResponse {
    caller
        .ask(move |desk| {
            let text = policy::stored_text(desk, &version)?;
            Reply::ok(&PolicyShown::of(&policy::read(text.as_bytes())?, text))
        })
        .await
}

async fn findings(caller: Caller, version: web::Path<String>) -> HttpResponse {
    caller
        .ask(move |desk| found(desk, &policy::stored(desk, &version)?))
        .await
}

fn found(desk: &Desk, document: &policy::Document) -> Result<Reply, Faults> {
    let replaces = policy::replaced(desk, document)?;
    Reply::ok(&FindingsShown::of(
        document,
        &policy::odd(desk, document)?,
        replaces,
    ))
}

async fn changes(
    caller: Caller,
    version: web::Path<String>,
    query: web::Query<Against>,
) -> HttpResponse {
    caller
        .ask(move |desk| {
            let before = policy::stored(desk, &query.against)?;
            let after = policy::stored(desk, &version)?;
            Reply::ok(&ChangesShown::of(&policy::diff(&before, &after)))
        })
        .await
}

async fn effect(
    caller: Caller,
    version: web::Path<String>,
    query: web::Query<OfRound>,
) -> HttpResponse {
    caller
        .ask(move |desk| {
            let effect = policy_drafts::simulate(desk, &version, &query.round)?;
            Reply::ok(&EffectShown::from(&effect))
        })
        .await
}

async fn examine(caller: Caller, payload: web::Payload) -> HttpResponse {
    let bytes = match body::file(payload, POLICY_MAX).await {
        Ok(bytes) => bytes,
        Err(fault) => return problem(&fault.into()),
    };
    caller
        .ask(move |desk| {
            desk.scope(&power::SEE_POLICY)?;
            found(desk, &policy::read(&bytes)?)
        })
        .await
}

async fn propose(
    caller: Caller,
    query: web::Query<Proposed>,
    payload: web::Payload,
) -> HttpResponse {
    let bytes = match body::file(payload, POLICY_MAX).await {
        Ok(bytes) => bytes,
        Err(fault) => return problem(&fault.into()),
    };
    caller
        .ask(move |desk| {
            let draft = policy_drafts::propose(desk, &bytes, &query.reason)?;
            let place = path_to("/api/v1/policy-drafts/{}", &[&draft.version]);
            Ok(Reply::created(&DraftShown::from(&draft), place)?.tagged(tag(&draft)?))
        })
        .await
}

async fn drafts(caller: Caller, mut rows: Listed<PolicyDraft>) -> HttpResponse {
    caller
        .ask(move |desk| {
            let at = rows.word("stage");
            let at = stage(at.as_ref(), &DraftStage::ALL, DraftStage::name)?;
            let bounds = rows.bounds();
            let limit = bounds.limit;
            let all = policy_drafts::list(desk, at, bounds)?;
            let keys: Vec<String> = all.iter().map(|d| d.version.clone()).collect();
            Reply::ok(&DraftPage {
                items: all.iter().map(DraftShown::from).collect(),
                next: next(&keys, limit),
            })
        })
        .await
}

async fn draft(caller: Caller, version: web::Path<String>) -> HttpResponse {
    caller
        .ask(move |desk| {
            let (draft, tag) = policy_drafts::one(desk, &version)?;
            Ok(Reply::ok(&DraftShown::from(&draft))?.tagged(tag))
        })
        .await
}

async fn release(caller: Caller, version: web::Path<String>, body: web::Json<Why>) -> HttpResponse {
    caller
        .ask(move |desk| decided(&policy_drafts::release(desk, &version, &body.reason)?))
        .await
}

async fn refuse(caller: Caller, version: web::Path<String>, body: web::Json<Why>) -> HttpResponse {
    caller
        .ask(move |desk| decided(&policy_drafts::turn_down(desk, &version, &body.reason)?))
        .await
}

fn decided(draft: &PolicyDraft) -> Result<Reply, Faults> {
    Ok(Reply::ok(&DraftShown::from(draft))?.tagged(tag(draft)?))
}
