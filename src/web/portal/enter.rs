//! Entering as one of the accounts of a demonstration.
//!
//! Not here: signing in with a password (`sign_in`).

use actix_web::{HttpRequest, HttpResponse};

use super::form;
use super::sign_in::stand;
use crate::acts::people::demo;
use crate::web::caller::Caller;
use crate::web::context::Ctx;
use crate::web::routes::{Route, Who};
use crate::web::sheet::form::Fields;

/// The routes.
pub const ROUTES: &[Route] = &[form(
    "/demo/enter",
    Who::Public,
    "enter as an account of the demonstration",
    |r| r.to(enter),
)];

async fn enter(caller: Caller, ctx: Ctx, request: HttpRequest, sent: Fields) -> HttpResponse {
    let login = sent.get("login").to_owned();
    stand(caller, ctx, request, sent, move |desk, tools, _, origin| {
        demo::enter(desk, tools, &login, origin)
    })
    .await
}
