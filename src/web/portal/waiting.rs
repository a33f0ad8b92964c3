//! The waiting list with places.
//!
//! Not here: who is offered what comes free (`acts::rounds::succession`).

use actix_web::HttpResponse;

use super::{of, page, say};
use crate::acts::powers::rounds::SEE_WAITING;
use crate::acts::rounds::waiting;
use crate::acts::{Desk, lookup};
use crate::domain::fault::Faults;
use crate::web::caller::Caller;
use crate::web::context::Ctx;
use crate::web::links::path_to;
use crate::web::routes::Route;
use crate::web::sheet::cell::Cell;
use crate::web::sheet::table::{Line, Table};
use crate::web::sheet::{Part, Sheet};

/// The routes.
pub const ROUTES: &[Route] = &[page(
    "/waiting",
    of(&SEE_WAITING),
    "places on the waiting list",
    |r| r.to(places),
)];

async fn places(ctx: Ctx, caller: Caller) -> HttpResponse {
    caller.see(ctx, waiters).await
}

fn waiters(desk: &Desk, ctx: &Ctx) -> Result<Sheet, Faults> {
    let firms = lookup::firms(desk).unwrap_or_default();
    let mut lines = Vec::new();
    for round in lookup::rounds(desk)? {
        for place in waiting::list(desk, &round.id)? {
            let waiter = &place.waiter;
            lines.push(Line {
                key: waiter.application.to_string(),
                cells: vec![
                    Cell::link(
                        ctx.plain(&path_to(
                            "/application/{}?round={}",
                            &[&waiter.application, &round.id],
                        )),
                        say::firm(ctx, &firms, waiter.firm.as_str()),
                    ),
                    Cell::text(round.id.to_string()),
                    Cell::maybe(place.position.map(i64::from)),
                ],
            });
        }
    }
    let heads = [
        ("firm", ctx.t("firm")),
        ("round", ctx.t("term.round")),
        ("place", ctx.t("waiting.place")),
    ];
    let table = Table::of(ctx, ctx.t("nav.waiting"), &heads, lines).empty(ctx.t("waiting.none"));
    Ok(Sheet::new("waiting", ctx.t("nav.waiting"))
        .lead(ctx.t("waiting.lead"))
        .with("list", "", Part::Table(table)))
}
