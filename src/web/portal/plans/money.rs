//! Money against points: what the total quota of a plan is worth at several shares of it, and what the next yuan of
//! each district would bring.
//!
//! Not here: how it is found (`acts::reasons`), settling claims (`money`).

use actix_web::{HttpResponse, web};

use super::begun;
use crate::acts::powers::reasons::QUESTION_PLAN;
use crate::acts::reasons::questions::{self, Money};
use crate::acts::reasons::told;
use crate::acts::{Desk, lookup};
use crate::domain::fault::Faults;
use crate::domain::money::Fen;
use crate::domain::points::Points;
use crate::web::caller::Caller;
use crate::web::context::Ctx;
use crate::web::portal::told::filter;
use crate::web::portal::{of, page, say};
use crate::web::routes::Route;
use crate::web::sheet::cell::Cell;
use crate::web::sheet::chart::{Chart, Curve};
use crate::web::sheet::field::Field;
use crate::web::sheet::table::{Line, Table};
use crate::web::sheet::{Part, Sheet};

/// The routes.
pub const ROUTES: &[Route] = &[page(
    "/plans/{digest}/money",
    of(&QUESTION_PLAN),
    "what quota is worth in a plan",
    |r| r.to(show),
)];

/// Shares of the total quota, in basis points.
const SHARES: [u32; 5] = [5_000, 7_500, 10_000, 12_500, 15_000];
/// Steps above the quota of a district, in basis points.
const STEPS: [u32; 1] = [1_000];
/// Seconds of a run: a page waits for one run of each share, or of each district.
const SECONDS: u32 = 1;

async fn show(ctx: Ctx, caller: Caller, digest: web::Path<String>) -> HttpResponse {
    caller
        .see(ctx, move |desk, ctx| sheet(desk, ctx, &digest))
        .await
}

fn sheet(desk: &Desk, ctx: &Ctx, digest: &str) -> Result<Sheet, Faults> {
    let asks = ["front", "next"].map(|a| (a.to_owned(), ctx.t(&format!("worth.{a}")).to_owned()));
    let asks = say::or_none(ctx, "board.choose", asks.to_vec());
    let ask = Field::one("ask", ctx.t("worth.ask"), asks);
    let form = match filter(ctx, vec![ask]) {
        Part::Filter(mut form) => {
            ctx.t("demand.go").clone_into(&mut form.submit);
            Part::Filter(form)
        }
        other => other,
    };
    let round = told::subjects(desk, digest)?.round;
    let sheet = begun(ctx, (digest, &round), "worth").with("ask", "", form);
    // Every share and every district is a run of its own: it is made when it is asked for.
    match ctx.value("ask") {
        "front" => {
            let found = questions::money(desk, digest, (&SHARES, &[]), SECONDS)?;
            let (chart, table) = (front(ctx, &found), shares(ctx, &found));
            Ok(sheet
                .with("front", ctx.t("worth.front"), Part::Chart(chart))
                .with("shares", ctx.t("worth.shares"), Part::Table(table)))
        }
        "next" => {
            let found = questions::money(desk, digest, (&[], &STEPS), SECONDS)?;
            let districts = lookup::districts(desk)?;
            let table = next(ctx, &found, &districts);
            Ok(sheet.with("next", ctx.t("worth.next"), Part::Table(table)))
        }
        _ => {
            desk.may(&QUESTION_PLAN)?;
            let text = ctx.t("worth.not_asked").to_owned();
            Ok(sheet.with("none", "", Part::Note("info", text)))
        }
    }
}

/// A curve of one end of the ranges over the totals.
fn curve(ctx: &Ctx, label: &str, class: &'static str, points: Vec<(Fen, Points)>) -> Curve {
    Curve {
        label: label.to_owned(),
        class,
        said: points
            .iter()
            .map(|(x, y)| (ctx.yuan(x), ctx.points(y)))
            .collect(),
        points: points.iter().map(|(x, y)| (x.0, y.0)).collect(),
    }
}

/// Points reached, and never exceeded, at each total.
fn front(ctx: &Ctx, found: &Money) -> Chart {
    let steps = || found.front.iter();
    let low = steps().filter_map(|s| Some((s.total, s.points.low?)));
    let high = steps().filter_map(|s| Some((s.total, s.points.high?)));
    let curves = vec![
        curve(ctx, ctx.t("worth.reached"), "value", low.collect()),
        curve(ctx, ctx.t("worth.at_most"), "bound", high.collect()),
    ];
    let heads = [ctx.t("worth.total"), ctx.t("points"), ""];
    let chart = Chart::curves(
        ctx.t("worth.front"),
        ctx.t("worth.front.text"),
        heads,
        curves,
    );
    let (left, right) = chart.span();
    let (low, high) = chart.reach();
    chart.between([
        ctx.yuan(&Fen(left)),
        ctx.yuan(&Fen(right)),
        ctx.points(&Points(low)),
        ctx.points(&Points(high)),
    ])
}

fn maybe(ctx: &Ctx, points: Option<Points>) -> Cell {
    points.map_or_else(|| Cell::maybe(None), |p| Cell::figure(ctx.points(&p), p.0))
}

fn shares(ctx: &Ctx, found: &Money) -> Table {
    let lines = found.front.iter().map(|s| Line {
        key: s.share_bp.to_string(),
        cells: vec![
            Cell::text(ctx.share(&i64::from(s.share_bp), &10_000)),
            Cell::money(s.total),
            maybe(ctx, s.points.low),
            maybe(ctx, s.points.high),
            maybe(ctx, s.per_10k),
        ],
    });
    let heads = [
        ("share", ctx.t("worth.share")),
        ("total", ctx.t("worth.total")),
        ("low", ctx.t("worth.reached")),
        ("high", ctx.t("worth.at_most")),
        ("per", ctx.t("worth.per_10k")),
    ];
    Table::plain(ctx, ctx.t("worth.shares"), &heads, lines.collect())
}

fn next(ctx: &Ctx, found: &Money, districts: &[lookup::Named]) -> Table {
    let lines = found.next.iter().map(|n| Line {
        key: n.district.to_string(),
        cells: vec![
            Cell::text(say::named(ctx, districts, n.district.as_str())),
            Cell::money(n.quota),
            Cell::money(n.left),
            Cell::figure(ctx.points(&n.per_10k), n.per_10k.0),
            Cell::money(n.valid_to),
        ],
    });
    let heads = [
        ("district", ctx.t("district")),
        ("quota", ctx.t("quota.amount")),
        ("left", ctx.t("quota.left")),
        ("per", ctx.t("worth.per_10k")),
        ("valid", ctx.t("worth.valid_to")),
    ];
    Table::plain(ctx, ctx.t("worth.next"), &heads, lines.collect()).empty(ctx.t("worth.no_quota"))
}
