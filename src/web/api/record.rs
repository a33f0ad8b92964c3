//! The record in the API: replays, histories, the journal and its heads, personal data, retention.
//!
//! Not here: what the answers look like (`record_shown`).

use actix_web::{HttpResponse, web};
use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::record_shown::{
    AppliedShown, DueShown, EntryPage, HeadsBody, HeldShown, HistoryShown, OpenedShown,
    ReplayShown, RevealAsked, RevealedShown, RoundReplayed,
};
use crate::acts::powers::record::{
    APPLY_RETENTION, REPLAY, REVEAL, SEE_HISTORY, SEE_JOURNAL, SEE_RETENTION,
};
use crate::acts::record::history::{self, Until};
use crate::acts::record::journal::{self, Wanted};
use crate::acts::record::{heads, replay, retention, reveal};
use crate::acts::refuse;
use crate::domain::fault::{Fault, Faults};
use crate::domain::ids::RoundId;
use crate::web::api::stated::Asked;
use crate::web::caller::Caller;
use crate::web::doc::Doc;
use crate::web::reply::Reply;
use crate::web::routes::{Route, Who};
use crate::web::tables;

const TAG: &str = "record";

const UNTIL: &[(&str, &str)] = &[
    ("entry", "up to this entry, itself included"),
    ("at", "up to this moment, itself included (RFC 3339)"),
];

const WANTED: &[(&str, &str)] = &[
    ("act", "only of this act"),
    ("subject", "only about this noun, for example `case A-1`"),
    ("actor", "only by this account"),
    ("from", "not before this moment (RFC 3339)"),
    ("until", "before this moment (RFC 3339)"),
];

/// The routes.
pub const ROUTES: &[Route] = &[
    Route::get(
        "/api/v1/rounds/{id}/replay",
        Who::Power(&REPLAY),
        "every decision of a round replayed, with each difference",
        Doc::gives::<RoundReplayed>(TAG),
        |r| r.to(whole),
    ),
    Route::get(
        "/api/v1/replays/{kind}/{key:.*}",
        Who::Power(&REPLAY),
        "one decision rebuilt from what is stored, and each place where it differs",
        Doc::gives::<ReplayShown>(TAG),
        |r| r.to(one),
    ),
    Route::get(
        "/api/v1/histories/{kind}/{key:.*}",
        Who::Power(&SEE_HISTORY),
        "who did what to a noun, with its state after each act, masked",
        Doc::gives::<HistoryShown>(TAG)
            .query(UNTIL)
            .table(&tables::HISTORY),
        |r| r.to(past),
    ),
    Route::get(
        "/api/v1/journal",
        Who::Power(&SEE_JOURNAL),
        "entries of the journal",
        Doc::gives::<EntryPage>(TAG)
            .query(WANTED)
            .paged()
            .sorts(NUMBER)
            .table(&tables::JOURNAL),
        |r| r.to(entries),
    ),
    Route::get(
        "/api/v1/journal/{entry}",
        Who::Power(&SEE_JOURNAL),
        "one entry with its record, masked",
        Doc::gives::<OpenedShown>(TAG),
        |r| r.to(entry),
    ),
    Route::get(
        "/api/v1/journal-heads",
        Who::Power(&SEE_JOURNAL),
        "head of the chain per day, to be kept elsewhere",
        Doc::gives::<HeadsBody>(TAG).table(&tables::HEADS),
        |r| r.to(daily),
    ),
    Route::get(
        "/api/v1/journal-heads.csv",
        Who::Power(&SEE_JOURNAL),
        "head of the chain per day as CSV",
        Doc::file(TAG, "text/csv"),
        |r| r.to(daily_csv),
    ),
    Route::post(
        "/api/v1/journal-heads/verify",
        Who::Power(&SEE_JOURNAL),
        "whether the chain still holds heads that were kept elsewhere",
        Doc::gives::<HeldShown>(TAG).takes::<HeadsBody>(),
        |r| r.to(verify),
    ),
    Route::post(
        "/api/v1/reveals",
        Who::Power(&REVEAL),
        "personal data of a noun, whole, with a reason that the journal keeps",
        Doc::gives::<RevealedShown>(TAG).takes::<RevealAsked>(),
        |r| r.to(revealed),
    ),
    Route::get(
        "/api/v1/retention",
        Who::Power(&SEE_RETENTION),
        "how long what is kept, and what is due to be erased",
        Doc::gives::<DueShown>(TAG).table(&tables::DUE),
        |r| r.to(due),
    ),
    Route::post(
        "/api/v1/retention/apply",
        Who::Power(&APPLY_RETENTION),
        "erase what is due; digests and entries stay",
        Doc::gives::<AppliedShown>(TAG),
        |r| r.to(apply),
    ),
];

async fn whole(caller: Caller, path: web::Path<RoundId>) -> HttpResponse {
    caller
        .ask(move |desk| {
            let summary = replay::replay_round(desk, &path, None, &mut |_, _, _| true)?;
            Reply::ok(&RoundReplayed::from(&summary))
        })
        .await
}

async fn one(caller: Caller, path: web::Path<(String, String)>) -> HttpResponse {
    caller
        .ask(move |desk| {
            let report = replay::replay(desk, &path.0, &path.1, None)?;
            Reply::ok(&ReplayShown::from(&report))
        })
        .await
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct UntilQuery {
    entry: Option<i64>,
    at: Option<DateTime<Utc>>,
}

async fn past(
    caller: Caller,
    path: web::Path<(String, String)>,
    query: web::Query<UntilQuery>,
) -> HttpResponse {
    caller
        .ask(move |desk| {
            let until = match (query.entry, query.at) {
                (Some(entry), _) => Until::Entry(entry),
                (None, Some(at)) => Until::At(at),
                (None, None) => Until::Now,
            };
            let subject = format!("{} {}", path.0, path.1);
            Reply::ok(&HistoryShown::from(history::of(desk, &subject, until)?))
        })
        .await
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WantedQuery {
    act: Option<String>,
    subject: Option<String>,
    actor: Option<String>,
    from: Option<DateTime<Utc>>,
    until: Option<DateTime<Utc>>,
}

async fn entries(caller: Caller, query: Asked<WantedQuery>) -> HttpResponse {
    caller
        .ask(move |desk| {
            let (after, limit) = query.bounds();
            let newest = newest(query.page.sort.as_deref())?;
            let query = query.filter;
            let wanted = Wanted {
                act: query.act,
                subject: query.subject,
                actor: query.actor,
                from: query.from,
                until: query.until,
                after: number(after)?,
                newest,
                limit,
            };
            Reply::ok(&EntryPage::new(&journal::list(desk, &wanted)?, limit))
        })
        .await
}

/// Entries come by their numbers alone.
const NUMBER: &[&str] = &["id"];

/// True when the newest come first. AC018 for another order.
fn newest(sort: Option<&str>) -> Result<bool, Fault> {
    match sort {
        None | Some("id") => Ok(false),
        Some("-id") => Ok(true),
        Some(_) => {
            let cause = "entries come by their numbers";
            Err(refuse::unfit("sort", cause, "give id or -id"))
        }
    }
}

/// The number of an entry after which a page begins. AC018 for another word.
fn number(after: Option<String>) -> Result<i64, Fault> {
    let Some(word) = after else { return Ok(0) };
    word.parse().map_err(|_| {
        let cause = "it is no number of an entry";
        refuse::unfit("after", cause, "give `next` of the page before")
    })
}

async fn entry(caller: Caller, path: web::Path<String>) -> HttpResponse {
    caller
        .ask(move |desk| {
            let seq = path.parse();
            let seq = seq.map_err(|_| Faults::from(refuse::absent("journal entry", &*path)))?;
            Reply::ok(&OpenedShown::from(journal::one(desk, seq)?))
        })
        .await
}

async fn daily(caller: Caller) -> HttpResponse {
    caller
        .ask(|desk| Reply::ok(&HeadsBody::from(heads::heads(desk)?)))
        .await
}

async fn daily_csv(caller: Caller) -> HttpResponse {
    let desk = caller.desk().clone();
    let made = web::block(move || heads::heads(&desk)).await;
    match made.unwrap_or_else(|_| Err(crate::web::refusal::stopped().into())) {
        Ok(all) => HttpResponse::Ok()
            .content_type("text/csv; charset=utf-8")
            .insert_header(("cache-control", "no-store"))
            .body(heads::csv(&all)),
        Err(faults) => crate::web::reply::problem(&faults),
    }
}

async fn verify(caller: Caller, body: web::Json<HeadsBody>) -> HttpResponse {
    caller
        .ask(move |desk| {
            let kept = body.into_inner().heads();
            Reply::ok(&HeldShown::from(&heads::verify(desk, &kept)?))
        })
        .await
}

async fn revealed(caller: Caller, body: web::Json<RevealAsked>) -> HttpResponse {
    caller
        .ask(move |desk| {
            let shown = reveal::reveal(desk, &body.subject, &body.reason)?;
            Reply::ok(&RevealedShown::from(shown))
        })
        .await
}

async fn due(caller: Caller) -> HttpResponse {
    caller
        .ask(|desk| {
            let settings = retention::default_settings()?;
            let due = retention::plan(desk, &settings)?;
            Reply::ok(&DueShown::new(&settings, &due))
        })
        .await
}

async fn apply(caller: Caller) -> HttpResponse {
    caller
        .ask(|desk| {
            let settings = retention::default_settings()?;
            Reply::ok(&AppliedShown::from(retention::apply(desk, &settings)?))
        })
        .await
}
