//! JSON for programs. Money in fen, areas in 0.01 m2, points in milli-points, every text in both
//! languages; answers carry an ETag made from the plan.
//!
//! Not here: HTML.

pub mod accounts;
mod accounts_shown;
pub mod calendar;
pub mod case_draft;
pub mod case_files;
pub mod case_review;
pub mod case_shown;
pub mod cases;
pub mod contracts;
pub mod firms;
pub mod imports;
pub mod map;
pub mod me;
pub mod money;
pub mod objections;
pub mod offers;
pub mod opening;
pub mod own;
pub mod policies;
mod policy_shown;
pub mod precheck;
pub mod procedure;
pub mod procedure_shown;
pub mod profiles;
mod reason_bodies;
pub mod reasons;
pub mod record;
mod record_shown;
mod scenario_bodies;
pub mod scenarios;
pub mod sign_in;
pub mod stated;
pub mod stock;
pub mod stock_map;
mod stock_shown;
pub mod supervision;
pub mod tables;
pub mod task_events;
pub mod tasks;

use actix_web::http::header::{ETAG, IF_NONE_MATCH};
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;
use serde::Serialize;
use serde_json::{Value, json};

use self::stated::{Asked, Page};
use super::context::{Ctx, board as fetch};
use super::list;
use super::refusal::{self, missing, no_plan, stopped};
use crate::acts::view::board::{Board, Row};
use crate::domain::fault::{Fault, Faults};
use crate::domain::place::DistrictCode;

/// Filters of the published rows, as on the page; [`list`] reads them from the address.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chosen {
    state: Option<String>,
    #[expect(
        dead_code,
        reason = "it is read here so that what is no district is refused"
    )]
    district: Option<DistrictCode>,
    #[expect(dead_code, reason = "it is named here so that others are refused")]
    q: Option<String>,
    #[expect(dead_code, reason = "it is named here so that others are refused")]
    lang: Option<String>,
    #[expect(dead_code, reason = "it is named here so that others are refused")]
    round: Option<String>,
}

impl Asked<Chosen> {
    /// AC018 for a state or an order that there is not.
    fn check(&self) -> Result<(), Fault> {
        let same = |word: &'static str| word;
        if let Some(word) = &self.filter.state {
            stated::named("state", word, list::STATES, same)?;
        }
        if let Some(word) = &self.page.sort {
            let bare = word.strip_prefix('-').unwrap_or(word);
            stated::named("sort", bare, list::SORTS, same)?;
        }
        Ok(())
    }
}

/// Parameters of the published rows.
pub const CHOSEN: &[(&str, &str)] = &[
    ("state", "only rows in this state"),
    ("district", "only rows of this district"),
    ("q", "only rows that hold this text"),
    (
        "sort",
        "id, firm, site, area, rent, subsidy or points; `-` in front turns it round",
    ),
    ("round", "the round; the first published one unless given"),
    ("limit", "at most so many, 1 to 200; left out: all"),
    ("after", "begin after the row of this application"),
];

/// True when the browser holds this very answer.
pub fn is_same(request: &HttpRequest, tag: &str) -> bool {
    let held = request
        .headers()
        .get(IF_NONE_MATCH)
        .and_then(|v| v.to_str().ok());
    held.is_some_and(|held| held.split(',').any(|one| one.trim() == tag))
}

fn tag(board: &Board) -> String {
    let digest: String = board
        .proof
        .plan
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .take(24)
        .collect();
    format!("W/\"{digest}-{}\"", env!("CARGO_PKG_VERSION"))
}

fn send(request: &HttpRequest, board: &Board, value: &impl Serialize) -> HttpResponse {
    let tag = tag(board);
    let mut answer = match is_same(request, &tag) {
        true => {
            return HttpResponse::NotModified()
                .insert_header((ETAG, tag))
                .finish();
        }
        false => HttpResponse::Ok(),
    };
    answer
        .insert_header((ETAG, tag))
        .insert_header(("cache-control", "no-cache"))
        .json(value)
}

/// `GET /api/v1/openapi.json`.
pub async fn openapi() -> HttpResponse {
    HttpResponse::Ok()
        .insert_header(("cache-control", "no-cache"))
        .json(super::openapi::document())
}

/// No filter; the language may be named, as on every page.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "it is named here so that others are refused")]
pub struct Unfiltered {
    lang: Option<String>,
    round: Option<String>,
}

/// Parameters of the published rounds and sites.
pub const IN_PAGES: &[(&str, &str)] = &[
    ("round", "the round; the first published one unless given"),
    ("limit", "at most so many, 1 to 200; left out: all"),
    ("after", "begin after this key"),
];

/// All rows, or with `limit` a page of them, in the order that is wanted.
fn some<R: Serialize>(
    rows: Vec<R>,
    page: &Page,
    key: impl Fn(&R) -> String,
) -> Result<(Vec<R>, Option<String>), Faults> {
    let whole = page.limit.is_none() && page.after.is_none();
    let asked = Page {
        limit: page.limit.or(whole.then_some(stated::LIMIT_MAX)),
        ..page.clone()
    };
    match page.sort {
        None if whole => Ok((rows, None)),
        None => Ok(stated::cut(rows, page, key)),
        Some(_) => asked.arranged(rows, BY_NAME, key),
    }
}

/// Orders of published rounds and sites.
pub const BY_NAME: &[&str] = &["id", "name"];

/// `GET /api/v1/rounds`: all, or with `limit` a page after a key.
pub async fn rounds(ctx: Ctx, asked: Asked<Unfiltered>) -> HttpResponse {
    let source = ctx.source();
    let found = web::block(move || source.rounds()).await;
    match found.unwrap_or_else(|_| Err(stopped())) {
        Ok(rounds) => match some(rounds, &asked.page, |r| r.id.to_string()) {
            Ok((rounds, next)) => {
                HttpResponse::Ok().json(json!({ "rounds": rounds, "next": next }))
            }
            Err(faults) => refusal::refused(&ctx, &faults),
        },
        Err(fault) => refusal::refuse(&ctx, &fault),
    }
}

/// `GET /api/v1/board`.
pub async fn board(ctx: Ctx, request: HttpRequest) -> HttpResponse {
    match fetch(&ctx).await {
        Ok(Some(board)) => send(&request, &board, board.as_ref()),
        Ok(None) => refusal::refuse(&ctx, &no_plan()),
        Err(fault) => refusal::refuse(&ctx, &fault),
    }
}

/// `GET /api/v1/applications`: the filters of the page, all rows at once.
pub async fn applications(ctx: Ctx, asked: Asked<Chosen>, request: HttpRequest) -> HttpResponse {
    if let Err(fault) = asked.check() {
        return refusal::refused(&ctx, &fault.into());
    }
    match fetch(&ctx).await {
        Ok(Some(board)) => send(&request, &board, &rows(&ctx, &board, &asked.page)),
        Ok(None) => refusal::refuse(&ctx, &no_plan()),
        Err(fault) => refusal::refuse(&ctx, &fault),
    }
}

/// The rows that pass the filters: all, or with `limit` a page after a key.
fn rows(ctx: &Ctx, board: &Board, page: &Page) -> Value {
    let all = list::chosen(ctx, board);
    let count = all.len();
    let (after, limit) = page.bounds();
    let begins = after.and_then(|key| all.iter().position(|r| r.application.as_str() == key));
    let mut rows: Vec<&Row> = all.into_iter().skip(begins.map_or(0, |n| n + 1)).collect();
    let whole = page.limit.is_none();
    let more = !whole && rows.len() > limit as usize;
    if more {
        rows.truncate(limit as usize);
    }
    let next = rows.last().filter(|_| more).map(|r| &r.application);
    json!({ "plan": board.proof.plan, "count": count, "rows": rows, "next": next })
}

/// `GET /api/v1/applications/{id}`.
pub async fn application(ctx: Ctx, request: HttpRequest) -> HttpResponse {
    let id = super::pages::id_of(&request);
    match fetch(&ctx).await {
        Ok(Some(board)) => match board.rows.iter().find(|row| row.application.as_str() == id) {
            Some(row) => send(&request, &board, row),
            None => refusal::refuse(&ctx, &missing("such application")),
        },
        Ok(None) => refusal::refuse(&ctx, &no_plan()),
        Err(fault) => refusal::refuse(&ctx, &fault),
    }
}

/// `GET /api/v1/sites`: all, or with `limit` a page after a key.
pub async fn sites(ctx: Ctx, asked: Asked<Unfiltered>, request: HttpRequest) -> HttpResponse {
    match fetch(&ctx).await {
        Ok(Some(board)) => {
            let sites = board.sites.iter().collect();
            match some(sites, &asked.page, |s| s.id.to_string()) {
                Ok((sites, next)) => {
                    let value = json!({ "plan": board.proof.plan, "sites": sites, "next": next });
                    send(&request, &board, &value)
                }
                Err(faults) => refusal::refused(&ctx, &faults),
            }
        }
        Ok(None) => refusal::refuse(&ctx, &no_plan()),
        Err(fault) => refusal::refuse(&ctx, &fault),
    }
}
