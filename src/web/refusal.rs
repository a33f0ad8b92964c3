//! Refusals: pages with a way back, in both languages; under `/api/` problem+json (RFC 9457) with
//! code, cause and action.
//!
//! Not here: which request is refused.

use actix_web::http::header::{ALLOW, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde_json::json;

use super::context::Ctx;
use super::fault_words::{self, Said};
use crate::domain::fault::{Code, Fault, Faults};

/// There is no such page, application, site or file.
pub const NOT_FOUND: Code = Code("WB101");
/// The address does not answer the method.
pub const WRONG_METHOD: Code = Code("WB102");
/// No plan is stored yet, so there is nothing to show.
pub const NO_PLAN: Code = Code("WB103");
/// A page could not be made, or its maker stopped.
pub const NOT_MADE: Code = Code("WB104");

/// The fault of something that is not there.
pub fn missing(what: &str) -> Fault {
    Fault::new(
        NOT_FOUND,
        format!("there is no {what}"),
        "go back to the allocation and choose from the table",
    )
}

/// The fault of a round without a plan.
pub fn no_plan() -> Fault {
    Fault::new(
        NO_PLAN,
        "no plan is stored for this round",
        "run `zhuchao plan --round ID`, or `zhuchao demo` for the demonstration round",
    )
}

/// The fault of work that stopped before it had an answer.
pub fn stopped() -> Fault {
    Fault::new(
        NOT_MADE,
        "the answer could not be made",
        "try again; if it stays so, tell the operator the time of the request",
    )
}

/// Status of a fault: what is asked for wrongly is 404, what is missing inside is 500.
fn status(fault: &Fault) -> StatusCode {
    match fault.code.0 {
        "WB101" | "WB103" | "DM101" => StatusCode::NOT_FOUND,
        "WB102" => StatusCode::METHOD_NOT_ALLOWED,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

#[derive(Template)]
#[template(path = "refusal.html")]
struct Page<'a> {
    c: &'a Ctx,
    here: &'static str,
    status: u16,
    said: Vec<Said>,
}

/// The page that says what is wrong, with a way on: who is not signed in may sign in.
pub fn refused(ctx: &Ctx, faults: &Faults) -> HttpResponse {
    if ctx.is_api() {
        return super::reply::problem(faults);
    }
    let head = faults.0.first().cloned().unwrap_or_else(stopped);
    // A key in an address that cannot be is an address that is not there.
    let status = match head.code.0 {
        "DM101" => StatusCode::NOT_FOUND,
        _ => super::reply::status(&head),
    };
    let inner = status == StatusCode::INTERNAL_SERVER_ERROR;
    if inner {
        tracing::error!(code = head.code.0, fault = %head, "request failed");
    }
    let page = Page {
        c: ctx,
        here: "",
        status: status.as_u16(),
        said: match inner {
            true => vec![Said {
                code: head.code.0,
                ..fault_words::one(ctx, &stopped())
            }],
            false => fault_words::said(ctx, faults),
        },
    };
    let body = page
        .render()
        .unwrap_or_else(|_| format!("{} {}", status, head.code));
    HttpResponse::build(status)
        .content_type("text/html; charset=utf-8")
        .insert_header(("cache-control", "no-store"))
        .body(body)
}

/// The answer to a fault. What is wrong inside goes to the log, not to the reader.
pub fn refuse(ctx: &Ctx, fault: &Fault) -> HttpResponse {
    let status = status(fault);
    let inner = status == StatusCode::INTERNAL_SERVER_ERROR;
    if inner {
        tracing::error!(code = fault.code.0, %fault, "request failed");
    }
    let shown = if inner { stopped() } else { fault.clone() };
    if ctx.is_api() {
        return HttpResponse::build(status)
            .content_type("application/problem+json")
            .insert_header(("cache-control", "no-store"))
            .json(json!({
                "type": "about:blank",
                "title": status.canonical_reason(),
                "status": status.as_u16(),
                "code": fault.code.0,
                "cause": shown.cause,
                "action": shown.action,
            }));
    }
    refused(ctx, &fault.clone().into())
}

fn of(request: &HttpRequest, fault: &Fault) -> HttpResponse {
    match Ctx::of(request) {
        Some(ctx) => refuse(&ctx, fault),
        None => HttpResponse::InternalServerError().finish(),
    }
}

/// The answer to a path that is not in the table.
pub async fn unlisted(request: HttpRequest) -> HttpResponse {
    let mut fault = missing("page at this address");
    if Ctx::of(&request).is_some_and(|ctx| ctx.is_api()) {
        fault = Fault::new(NOT_FOUND, "there is no such route", ROUTES);
    }
    of(&request, &fault)
}

/// Where the routes of the API are told.
const ROUTES: &str = "see /api/v1/openapi.json for the routes";

/// The answer to a method that is not in the table; `known` are those that are.
pub async fn wrong_method(request: HttpRequest, known: &[Method]) -> HttpResponse {
    let mut all: Vec<&str> = known.iter().map(Method::as_str).collect();
    if known.contains(&Method::GET) {
        all.push("HEAD");
    }
    let all = all.join(", ");
    let cause = format!("this address answers {all} alone");
    let mut answer = of(
        &request,
        &Fault::new(WRONG_METHOD, cause, "use one of these"),
    );
    if let Ok(value) = HeaderValue::from_str(&all) {
        answer.headers_mut().insert(ALLOW, value);
    }
    answer
}
