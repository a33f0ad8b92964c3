//! Filters, order and pages of rows, the same for the page and the API:
//! `state`, `district`, `q`, `sort` (`-` in front turns it round), `page`.
//!
//! Not here: HTML.

use super::context::Ctx;
use crate::acts::view::board::{Board, Outcome, Placement, ReasonKind, Row};

/// Rows on one page.
pub const PAGE: usize = 25;

/// Columns by which rows may be put in order.
pub const SORTS: &[&str] = &["id", "firm", "site", "area", "rent", "subsidy", "points"];

/// States by which rows may be filtered, in the order of the tabs.
pub const STATES: &[&str] = &[
    "placed",
    "waiting",
    "priced_out",
    "nothing_fits",
    "not_eligible",
];

/// A page of rows.
pub struct Listed<'a> {
    /// The rows of this page.
    pub rows: Vec<&'a Row>,
    /// How many rows pass the filters.
    pub found: usize,
    /// This page, from 1.
    pub page: usize,
    /// Number of pages, at least 1.
    pub pages: usize,
}

/// The placement of a row.
pub fn placement(row: &Row) -> Option<&Placement> {
    match &row.outcome {
        Outcome::Placed(placement) => Some(placement),
        Outcome::Waiting(_) => None,
    }
}

/// Word of the state of a row.
pub fn state(row: &Row) -> &'static str {
    match &row.outcome {
        Outcome::Placed(_) => "placed",
        Outcome::Waiting(why) => match why.kind {
            ReasonKind::PricedOut => "priced_out",
            ReasonKind::NothingFits => "nothing_fits",
            ReasonKind::NotEligible => "not_eligible",
        },
    }
}

/// The rows that a request asks for, all of them, in order.
pub fn chosen<'a>(ctx: &Ctx, board: &'a Board) -> Vec<&'a Row> {
    let mut rows: Vec<&Row> = board.rows.iter().filter(|row| passes(ctx, row)).collect();
    let (down, column) = match ctx.value("sort").strip_prefix('-') {
        Some(column) => (true, column),
        None => (false, ctx.value("sort")),
    };
    order(&mut rows, column, ctx);
    if down {
        rows.reverse();
    }
    // Rows without the figure stay at the end in either direction.
    if !matches!(column, "" | "id" | "firm") {
        rows.sort_by_key(|row| placement(row).is_none());
    }
    rows
}

/// One page of them.
pub fn listed<'a>(ctx: &Ctx, board: &'a Board) -> Listed<'a> {
    let all = chosen(ctx, board);
    let pages = all.len().div_ceil(PAGE).max(1);
    let page = ctx
        .value("page")
        .parse::<usize>()
        .unwrap_or(1)
        .clamp(1, pages);
    Listed {
        found: all.len(),
        rows: all.into_iter().skip((page - 1) * PAGE).take(PAGE).collect(),
        page,
        pages,
    }
}

fn order(rows: &mut [&Row], column: &str, ctx: &Ctx) {
    let number = |of: fn(&Placement) -> i64| move |row: &&Row| placement(row).map_or(i64::MIN, of);
    match column {
        "firm" => rows.sort_by_key(|row| ctx.name(&row.firm.name).to_owned()),
        "site" => rows.sort_by_key(|row| {
            placement(row).map(|p| (p.site.id.clone(), p.units.first().map(|u| u.unit.clone())))
        }),
        "area" => rows.sort_by_key(number(|p| p.area.0)),
        "rent" => rows.sort_by_key(number(|p| p.monthly_rent.0)),
        "subsidy" => rows.sort_by_key(number(|p| p.subsidy.as_ref().map_or(0, |s| s.awarded.0))),
        "points" => rows.sort_by_key(number(|p| p.worth.0)),
        _ => {}
    }
}

fn passes(ctx: &Ctx, row: &Row) -> bool {
    let wanted = ctx.value("state");
    let state_ok = match wanted {
        "waiting" => placement(row).is_none(),
        "" => true,
        wanted => !STATES.contains(&wanted) || state(row) == wanted,
    };
    state_ok && in_district(row, ctx.value("district")) && holds_text(row, ctx.value("q"))
}

/// Placed: the district of the space. Waiting: the acceptable districts, or that of registration.
fn in_district(row: &Row, code: &str) -> bool {
    if code.is_empty() {
        return true;
    }
    match placement(row) {
        Some(p) => p.district.as_ref().is_some_and(|d| d.as_str() == code),
        None if !row.ask.district_codes.is_empty() => {
            row.ask.district_codes.iter().any(|d| d.as_str() == code)
        }
        None => row
            .firm
            .district
            .as_ref()
            .is_some_and(|d| d.as_str() == code),
    }
}

fn holds_text(row: &Row, text: &str) -> bool {
    let text = text.trim().to_lowercase();
    if text.is_empty() {
        return true;
    }
    let mut cells = vec![
        row.application.to_string(),
        row.firm.name.zh.clone(),
        row.firm.name.en.clone(),
        row.firm.id.to_string(),
    ];
    if let Some(p) = placement(row) {
        cells.extend([p.site.name.zh.clone(), p.site.name.en.clone()]);
        cells.extend(p.units.iter().map(|u| u.unit.clone()));
    }
    cells.iter().any(|cell| cell.to_lowercase().contains(&text))
}
