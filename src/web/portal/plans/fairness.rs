//! How fair a plan is: who could complain about whom, the figures, and what other ways of dealing out would cost.
//!
//! Not here: how it is found (`acts::reasons`).

use actix_web::{HttpResponse, web};

use super::{begun, choices_of_seconds, seconds};
use crate::acts::Desk;
use crate::acts::powers::reasons::QUESTION_PLAN;
use crate::acts::reasons::Complaint;
use crate::acts::reasons::questions;
use crate::acts::reasons::told::{self, Subjects};
use crate::acts::reasons::{Measure, Mode, Row};
use crate::domain::fault::Faults;
use crate::web::caller::Caller;
use crate::web::context::Ctx;
use crate::web::format::thousandths;
use crate::web::portal::told::filter;
use crate::web::portal::{of, page};
use crate::web::routes::Route;
use crate::web::sheet::cell::Cell;
use crate::web::sheet::chart::{Bar, Chart};
use crate::web::sheet::field::Field;
use crate::web::sheet::form::Hidden;
use crate::web::sheet::table::{Line, Table};
use crate::web::sheet::{Part, Sheet};

/// The routes.
pub const ROUTES: &[Route] = &[page(
    "/plans/{digest}/fairness",
    of(&QUESTION_PLAN),
    "how fair a plan is",
    |r| r.to(show),
)];

async fn show(ctx: Ctx, caller: Caller, digest: web::Path<String>) -> HttpResponse {
    caller
        .see(ctx, move |desk, ctx| sheet(desk, ctx, &digest))
        .await
}

fn sheet(desk: &Desk, ctx: &Ctx, digest: &str) -> Result<Sheet, Faults> {
    let envy = questions::envy(desk, digest)?;
    let subjects = told::subjects(desk, digest)?;
    let mut sheet = begun(ctx, (digest, &subjects.round), "fairness").with(
        "figures",
        "",
        Part::Figures(figures(ctx, &envy.measure)),
    );
    // The question stands before the pairs: those are many.
    sheet = sheet.with("ask", ctx.t("fair.price"), ask(ctx));
    // Every mode is a run of its own: they are made when they are asked for.
    if ctx.value("ask") == "modes" {
        let rows = questions::fairness(desk, digest, seconds(ctx))?;
        sheet = sheet
            .with("modes", ctx.t("fair.modes"), Part::Table(modes(ctx, &rows)))
            .half("lost", ctx.t("fair.lost"), Part::Chart(lost(ctx, &rows)))
            .half("envy", ctx.t("fair.envy"), Part::Chart(envied(ctx, &rows)));
    }
    let table = pairs(ctx, &envy.pairs, &subjects);
    Ok(sheet.with("pairs", ctx.t("fair.pairs"), Part::Table(table)))
}

fn ask(ctx: &Ctx) -> Part {
    let field = Field::one("seconds", ctx.t("board.seconds"), choices_of_seconds(ctx));
    match filter(ctx, vec![field]) {
        Part::Filter(mut form) => {
            ctx.t("fair.go").clone_into(&mut form.submit);
            form.hidden.retain(|h| h.name != "ask");
            form.hidden.push(Hidden::new("ask", "modes"));
            Part::Filter(form)
        }
        other => other,
    }
}

/// Parts per million as per cent.
fn percent(ctx: &Ctx, ppm: i64) -> String {
    ctx.share(&ppm, &1_000_000)
}

fn figures(ctx: &Ctx, m: &Measure) -> Vec<[String; 4]> {
    let one = |words: &str, value: String, foot: &str| {
        [
            ctx.t(words).to_owned(),
            value,
            String::new(),
            foot.to_owned(),
        ]
    };
    let firms = format!("{} {}", ctx.t("fair.envious"), m.envious);
    vec![
        one("fair.pairs", m.envy_pairs.to_string(), &firms),
        one(
            "fair.gini",
            thousandths(m.housing_gini_ppm),
            ctx.t("fair.gini.foot"),
        ),
        one("fair.small", percent(ctx, m.small_share_ppm), ""),
        one("fair.district", percent(ctx, m.least_district_ppm), ""),
        one("fair.size", percent(ctx, m.least_size_ppm), ""),
    ]
}

fn pairs(ctx: &Ctx, all: &[Complaint], subjects: &Subjects) -> Table {
    let lines = all.iter().map(|p| Line {
        key: format!("{} {}", p.envious, p.envied),
        cells: vec![
            Cell::text(ctx.name(&subjects.firm(&p.envious))).under(p.envious.to_string()),
            place(p.priority),
            Cell::text(ctx.name(&subjects.firm(&p.envied))).under(p.envied.to_string()),
            place(p.lower),
            Cell::long(ctx.say(&subjects.space(&p.option))),
            Cell::figure(ctx.points(&p.more), p.more.0),
        ],
    });
    let heads = [
        ("envious", ctx.t("fair.who")),
        ("priority", ctx.t("fair.priority")),
        ("envied", ctx.t("fair.whom")),
        ("lower", ctx.t("fair.lower")),
        ("option", ctx.t("fair.what")),
        ("more", ctx.t("fair.more")),
    ];
    Table::of(ctx, ctx.t("fair.pairs"), &heads, lines.collect()).empty(ctx.t("fair.no_pairs"))
}

fn place(n: usize) -> Cell {
    Cell::count(i64::try_from(n).unwrap_or(i64::MAX))
}

fn mode(ctx: &Ctx, mode: Mode) -> String {
    let key = match mode {
        Mode::Optimum => "optimum",
        Mode::Ranked => "ranked",
        Mode::EnvyCap(_) => "envy_cap",
        Mode::Reserve => "reserve",
        Mode::MaxMinDistricts => "districts",
        Mode::MaxMinSizes => "sizes",
        Mode::NashSizes => "nash",
    };
    let words = ctx.t(&format!("fair.mode.{key}")).to_owned();
    match mode {
        Mode::EnvyCap(n) => format!("{words} {n}"),
        _ => words,
    }
}

fn modes(ctx: &Ctx, rows: &[Row]) -> Table {
    let gap =
        |ppm: Option<i64>| ppm.map_or_else(|| Cell::maybe(None), |g| Cell::figure(ctx.gap(&g), g));
    let lines = rows.iter().map(|r| {
        let m = &r.measure;
        Line {
            key: mode(ctx, r.mode),
            cells: vec![
                Cell::text(mode(ctx, r.mode)),
                Cell::figure(ctx.points(&r.points), r.points.0),
                Cell::figure(ctx.points(&r.lost), r.lost.0),
                gap(r.gap_ppm),
                Cell::count(ctx.int(&m.placed)),
                Cell::count(ctx.int(&m.envy_pairs)),
                Cell::figure(thousandths(m.housing_gini_ppm), m.housing_gini_ppm),
                Cell::figure(percent(ctx, m.small_share_ppm), m.small_share_ppm),
                Cell::figure(percent(ctx, m.least_district_ppm), m.least_district_ppm),
                Cell::figure(percent(ctx, m.least_size_ppm), m.least_size_ppm),
            ],
        }
    });
    let heads = [
        ("mode", ctx.t("fair.mode")),
        ("points", ctx.t("points")),
        ("lost", ctx.t("fair.lost")),
        ("gap", ctx.t("gap")),
        ("placed", ctx.t("fig.placed")),
        ("pairs", ctx.t("fair.pairs")),
        ("gini", ctx.t("fair.gini")),
        ("small", ctx.t("fair.small")),
        ("district", ctx.t("fair.district")),
        ("size", ctx.t("fair.size")),
    ];
    Table::plain(ctx, ctx.t("fair.modes"), &heads, lines.collect())
}

fn bars(ctx: &Ctx, rows: &[Row], of: &dyn Fn(&Row) -> (i64, String)) -> Vec<Bar> {
    let bar = |r: &Row| {
        let (value, text) = of(r);
        Bar {
            label: mode(ctx, r.mode),
            value: value.max(0),
            limit: 0,
            text,
        }
    };
    rows.iter().map(bar).collect()
}

/// What each mode loses against the optimum.
fn lost(ctx: &Ctx, rows: &[Row]) -> Chart {
    let heads = [ctx.t("fair.mode"), ctx.t("fair.lost"), ""];
    let all = bars(ctx, rows, &|r| (r.lost.0, ctx.points(&r.lost)));
    Chart::bars(ctx.t("fair.lost"), ctx.t("fair.lost.text"), heads, all)
}

/// How many could complain in each mode.
fn envied(ctx: &Ctx, rows: &[Row]) -> Chart {
    let heads = [ctx.t("fair.mode"), ctx.t("fair.pairs"), ""];
    let all = bars(ctx, rows, &|r| {
        let n = r.measure.envy_pairs;
        (ctx.int(&n), n.to_string())
    });
    Chart::bars(ctx.t("fair.envy"), ctx.t("fair.envy.text"), heads, all)
}
