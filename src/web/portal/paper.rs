//! The notice of a round as it is printed: document number, text, results with their digests, space for date and
//! seal.
//!
//! Not here: the page of the round (`notices`).

use std::sync::Arc;

use actix_web::{HttpResponse, web};
use askama::Template;

use super::page;
use crate::acts::rounds::view;
use crate::acts::view::board::{Board, Outcome, Placement, Row};
use crate::domain::ids::RoundId;
use crate::domain::procedure::Step;
use crate::web::caller::Caller;
use crate::web::context::Ctx;
use crate::web::list;
use crate::web::refusal::stopped;
use crate::web::routes::{Route, Who};

/// The routes.
pub const ROUTES: &[Route] = &[page(
    "/notices/{id}/print",
    Who::Public,
    "the notice of a round, to be printed",
    |r| r.to(show),
)];

#[derive(Template)]
#[template(path = "notice.html")]
struct Paper<'a> {
    c: &'a Ctx,
    here: &'static str,
    title: String,
    number: String,
    text: Vec<String>,
    board: Option<Arc<Board>>,
    back: String,
    day: String,
}

impl Paper<'_> {
    fn placed<'b>(&self, board: &'b Board) -> Vec<&'b Row> {
        board
            .rows
            .iter()
            .filter(|row| list::placement(row).is_some())
            .collect()
    }

    fn homes(&self, placement: &Placement) -> u32 {
        placement
            .apartments
            .iter()
            .fold(0, |sum, a| sum.saturating_add(a.count))
    }
}

async fn show(ctx: Ctx, caller: Caller, id: web::Path<RoundId>) -> HttpResponse {
    let source = ctx.source();
    caller
        .html(ctx, move |desk, ctx| {
            let seen = view::show(desk, &id)?;
            let now = &seen.procedure;
            let published = matches!(now.step, Step::Publicised | Step::Confirmed | Step::Closed);
            let board = match published {
                true => source.latest(Some(&id))?,
                false => None,
            };
            let name = super::notices::name(ctx, &seen);
            let guide = now.guide.as_ref();
            let (number, day, about) = match &now.publicity {
                Some(p) => (p.number.clone(), p.from.to_string(), "notice.of_result"),
                None => (
                    guide.map(|g| g.number.clone()).unwrap_or_default(),
                    guide
                        .map(|g| ctx.clock(&g.published.at))
                        .unwrap_or_default(),
                    "notice.of_guide",
                ),
            };
            let text = match &now.publicity {
                Some(p) => vec![format!(
                    "{} {} – {}{}",
                    ctx.t("notice.result.text"),
                    p.from,
                    p.until,
                    ctx.t("notice.result.end")
                )],
                None => guide
                    .map(|g| g.text.lines().map(str::to_owned).collect())
                    .unwrap_or_default(),
            };
            let paper = Paper {
                c: ctx,
                here: "notices",
                title: format!("{name}{}", ctx.t(about)),
                number,
                text,
                board,
                back: ctx.plain(&format!("/notices/{id}")),
                day,
            };
            paper.render().map_err(|_| stopped().into())
        })
        .await
}
