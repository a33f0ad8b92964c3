//! What a demonstration alone has: entering as one of its accounts, its clock, and beginning it anew.
//!
//! Not here: signing in with a password (`sign_in`).

use actix_web::{HttpRequest, HttpResponse};

use super::form;
use super::sign_in::stand;
use crate::acts::people::{again, demo};
use crate::web::caller::Caller;
use crate::web::context::Ctx;
use crate::web::refusal::{refused, stopped};
use crate::web::routes::{Route, Who};
use crate::web::screen::Went;
use crate::web::sheet::form::Fields;
use crate::web::sheet::{Part, Sheet};

/// The routes.
pub const ROUTES: &[Route] = &[
    form(
        "/demo/enter",
        Who::Public,
        "enter as an account of the demonstration",
        |r| r.to(enter),
    ),
    form(
        "/demo/again",
        Who::Public,
        "begin the demonstration anew",
        |r| r.to(anew),
    ),
    form(
        "/demo/clock",
        Who::Public,
        "set the clock of the demonstration ahead",
        |r| r.to(ahead),
    ),
];

async fn enter(caller: Caller, ctx: Ctx, request: HttpRequest, sent: Fields) -> HttpResponse {
    let login = sent.get("login").to_owned();
    stand(caller, ctx, request, sent, move |desk, tools, _, origin| {
        demo::enter(desk, tools, &login, origin)
    })
    .await
}

async fn anew(caller: Caller, ctx: Ctx) -> HttpResponse {
    let Some(tools) = caller.tools() else {
        return refused(&ctx, &stopped().into());
    };
    caller
        .see(ctx, move |desk, ctx| {
            again::ask(desk, &tools)?;
            let wait = Part::Await(
                ctx.t("again.wait").to_owned(),
                ctx.bare("/healthz"),
                ctx.plain("/"),
            );
            Ok(Sheet::new("start", ctx.t("start.again")).with("wait", "", wait))
        })
        .await
}

async fn ahead(caller: Caller, ctx: Ctx, sent: Fields) -> HttpResponse {
    let Some(tools) = caller.tools() else {
        return refused(&ctx, &stopped().into());
    };
    let shown = tools.clone();
    caller
        .does(
            ctx,
            sent,
            move |desk, sent| {
                demo::ahead(desk, &tools, sent.need("days")?)?;
                Went::to("/", "clock_ahead")
            },
            move |desk, ctx| super::start::sheet(desk, ctx, Some(&shown)),
        )
        .await
}
