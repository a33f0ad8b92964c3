//! `/site/{id}`: one site by floor, who gets what and what stays vacant.

use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::super::context::{Ctx, board as fetch};
use super::super::refusal::{missing, refuse};
use crate::acts::view::board::Mark;
use crate::acts::view::inventory::SiteRow;
use crate::acts::words;

#[derive(Template)]
#[template(path = "site.html")]
struct Page<'a> {
    c: &'a Ctx,
    here: &'static str,
    site: &'a SiteRow,
    precision: String,
}

/// The page.
pub async fn show(ctx: Ctx, request: HttpRequest) -> HttpResponse {
    let id = super::id_of(&request);
    let board = match fetch(&ctx).await {
        Ok(Some(board)) => board,
        Ok(None) => return super::empty(&ctx, ""),
        Err(fault) => return refuse(&ctx, &fault),
    };
    let Some(site) = board.sites.iter().find(|site| site.id.as_str() == id) else {
        return refuse(&ctx, &missing("such site"));
    };
    let precision = (site.located.as_ref())
        .map(|l| words::precision(l.precision).get(ctx.lang).to_owned())
        .unwrap_or_default();
    let page = Page {
        c: &ctx,
        here: "results",

        site,
        precision,
    };
    super::send(&ctx, &page)
}
