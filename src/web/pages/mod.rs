//! The pages. Each builds a typed template; the templates are in `templates/`.
//!
//! Not here: what a board holds (`acts::view`).

pub mod about;
pub mod application;
pub mod docs;
pub mod home;
pub mod inventory;
pub mod site;

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::context::Ctx;
use super::refusal::{no_plan, refuse, stopped};

/// A finished page.
pub fn send(ctx: &Ctx, page: &impl Template) -> HttpResponse {
    match page.render() {
        Ok(body) => HttpResponse::Ok()
            .content_type("text/html; charset=utf-8")
            .insert_header(("cache-control", "no-cache"))
            .insert_header(("content-language", ctx.tag()))
            .body(body),
        Err(_) => refuse(ctx, &stopped()),
    }
}

/// The key at the end of the path, decoded; empty when it is not text.
pub fn id_of(request: &HttpRequest) -> String {
    request.match_info().load::<String>().unwrap_or_default()
}

#[derive(Template)]
#[template(path = "empty.html")]
struct Empty<'a> {
    c: &'a Ctx,
    here: &'static str,
    /// True where people sign in, so that a reader need not be told how a plan is made.
    office: bool,
}

/// The start page where nobody can sign in: the allocation.
pub fn bare(ctx: &Ctx) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header(("location", ctx.url("/results")))
        .finish()
}

/// What stands in place of a board when no plan is stored.
pub fn empty(ctx: &Ctx, here: &'static str) -> HttpResponse {
    match ctx.round() {
        // A round that was named and has no plan is a wrong address.
        Ok(Some(_)) => refuse(ctx, &super::refusal::missing("plan for this round")),
        _ => {
            let office = ctx.has_office();
            send(
                ctx,
                &Empty {
                    c: ctx,
                    here,
                    office,
                },
            )
        }
    }
}

/// `GET /healthz`: the process answers and the source can be read.
pub async fn health(ctx: Ctx) -> HttpResponse {
    let source = ctx.source();
    let found = web::block(move || source.rounds()).await;
    match found.unwrap_or_else(|_| Err(no_plan())) {
        Ok(_) => HttpResponse::Ok()
            .content_type("text/plain; charset=utf-8")
            .body("ok\n"),
        Err(fault) => refuse(&ctx, &fault),
    }
}
