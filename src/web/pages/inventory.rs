//! `/inventory`: all sites with what this plan lets and what stays vacant.

use actix_web::HttpResponse;
use askama::Template;

use super::super::context::{Ctx, board as fetch};
use super::super::refusal::refuse;
use crate::acts::view::board::{Board, Mark};
use crate::acts::view::inventory::SiteRow;

#[derive(Template)]
#[template(path = "inventory.html")]
struct Page<'a> {
    c: &'a Ctx,
    here: &'static str,
    b: &'a Board,
    space: Vec<&'a SiteRow>,
    housing: Vec<&'a SiteRow>,
    unlisted: usize,
}

/// The page.
pub async fn show(ctx: Ctx) -> HttpResponse {
    let board = match fetch(&ctx).await {
        Ok(Some(board)) => board,
        Ok(None) => return super::empty(&ctx, "results"),
        Err(fault) => return refuse(&ctx, &fault),
    };
    let code = ctx.value("district");
    let here = |s: &&SiteRow| code.is_empty() || s.district.as_str() == code;
    let all: Vec<&SiteRow> = board.sites.iter().filter(here).collect();
    let offers = |s: &SiteRow| !s.units.is_empty() || !s.apartments.is_empty();
    let mut space: Vec<&SiteRow> = all
        .iter()
        .copied()
        .filter(|s| s.is_space() && offers(s))
        .collect();
    space.sort_by_key(|s| std::cmp::Reverse(s.area));
    let housing = all
        .iter()
        .copied()
        .filter(|s| !s.is_space() && offers(s))
        .collect();
    let page = Page {
        c: &ctx,
        here: "results",
        b: &board,
        space,
        housing,
        unlisted: all.iter().filter(|s| !offers(s)).count(),
    };
    super::send(&ctx, &page)
}
