//! `/`: the allocation. Proof line, figures, map, districts, and all rows with their reasons.
//!
//! Not here: filters and order (`list`).

use actix_web::HttpResponse;
use askama::Template;

use super::super::context::{Ctx, board as fetch};
use super::super::list::{self, Listed};
use super::super::refusal::refuse;
use crate::acts::view::board::{Board, Mark, Outcome};

#[derive(Template)]
#[template(path = "home.html")]
struct Page<'a> {
    c: &'a Ctx,
    here: &'static str,
    b: &'a Board,
    list: Listed<'a>,
    tabs: Vec<Tab>,
}

struct Tab {
    state: &'static str,
    count: usize,
}

/// The page.
pub async fn show(ctx: Ctx) -> HttpResponse {
    let board = match fetch(&ctx).await {
        Ok(Some(board)) => board,
        Ok(None) => return super::empty(&ctx, "results"),
        Err(fault) => return refuse(&ctx, &fault),
    };
    let page = Page {
        c: &ctx,
        here: "results",
        b: &board,
        list: list::listed(&ctx, &board),
        tabs: tabs(&board),
    };
    super::send(&ctx, &page)
}

fn tabs(board: &Board) -> Vec<Tab> {
    let f = &board.figures;
    let tab = |state, count| Tab { state, count };
    vec![
        tab("", f.applications),
        tab("placed", f.placed),
        tab("priced_out", f.priced_out),
        tab("nothing_fits", f.nothing_fits),
        tab("not_eligible", f.not_eligible),
    ]
}

impl Page<'_> {
    /// Link that puts the rows in the order of a column, turned round when they already are.
    fn sort(&self, column: &str) -> String {
        let turned = format!("-{column}");
        match self.c.value("sort") == turned.as_str() {
            true => self.c.with("sort", column),
            false => self.c.with("sort", &turned),
        }
    }

    /// Value of `aria-sort` of a column.
    fn sorted(&self, column: &str) -> &'static str {
        match self.c.value("sort") {
            up if up == column => "ascending",
            down if down.strip_prefix('-') == Some(column) => "descending",
            _ => "none",
        }
    }

    /// True when every quota is marked: then the head of the column says it once.
    fn quotas_marked(&self) -> bool {
        let mut set = self.b.districts.iter().filter(|d| d.quota.is_some());
        set.all(|d| d.quota_marked)
    }

    fn page_link(&self, page: usize) -> String {
        self.c.with("page", &page.to_string())
    }
}
