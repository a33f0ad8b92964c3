//! `/application/{id}`: everything that is known about one application and its outcome.

use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::super::context::{Ctx, board as fetch};
use super::super::list;
use super::super::refusal::{missing, refuse};
use crate::acts::view::board::{Board, Mark, Outcome, Row};
use crate::acts::words;

#[derive(Template)]
#[template(path = "application.html")]
struct Page<'a> {
    c: &'a Ctx,
    here: &'static str,
    b: &'a Board,
    row: &'a Row,
    state: &'static str,
    credentials: Vec<String>,
}

/// The page.
pub async fn show(ctx: Ctx, request: HttpRequest) -> HttpResponse {
    let id = super::id_of(&request);
    let board = match fetch(&ctx).await {
        Ok(Some(board)) => board,
        Ok(None) => return super::empty(&ctx, ""),
        Err(fault) => return refuse(&ctx, &fault),
    };
    let Some(row) = board.rows.iter().find(|row| row.application.as_str() == id) else {
        return refuse(&ctx, &missing("such application"));
    };
    let credentials = (row.firm.credentials.iter())
        .map(|k| words::credential(*k).get(ctx.lang).to_owned())
        .collect();
    let page = Page {
        c: &ctx,
        here: "",
        b: &board,
        row,
        state: list::state(row),
        credentials,
    };
    super::send(&ctx, &page)
}

impl Page<'_> {
    /// Longest bar of the score: its largest part.
    fn longest(&self) -> i64 {
        match &self.row.outcome {
            Outcome::Placed(p) => p.score.iter().map(|part| part.points.0).max().unwrap_or(0),
            Outcome::Waiting(why) => why
                .details
                .iter()
                .filter_map(|d| d.count)
                .max()
                .map_or(0, whole),
        }
    }

    fn count(&self, count: &u64) -> i64 {
        whole(*count)
    }

    fn is_here(&self, site: &str) -> bool {
        list::placement(self.row).is_some_and(|p| p.site.id.as_str() == site)
    }
}

fn whole(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
