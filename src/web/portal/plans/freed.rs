//! A unit comes free: who of the waiting list makes most of it, when nobody else moves and when others may.
//!
//! Not here: how it is found (`acts::reasons`), who is offered it by law (`acts::rounds`).

use actix_web::{HttpResponse, web};

use super::{asked, begun, choices_of_seconds, seconds, tried};
use crate::acts::Desk;
use crate::acts::powers::reasons::QUESTION_PLAN;
use crate::acts::reasons::told::{self, Subjects};
use crate::acts::reasons::{Freed, Range, questions};
use crate::domain::fault::Faults;
use crate::domain::points::Points;
use crate::web::caller::Caller;
use crate::web::context::Ctx;
use crate::web::links::path_to;
use crate::web::portal::told::filter;
use crate::web::portal::{of, page, say};
use crate::web::routes::Route;
use crate::web::sheet::cell::Cell;
use crate::web::sheet::field::Field;
use crate::web::sheet::table::{Line, Table};
use crate::web::sheet::{Part, Sheet};

/// The routes.
pub const ROUTES: &[Route] = &[page(
    "/plans/{digest}/freed",
    of(&QUESTION_PLAN),
    "who should get a unit that comes free",
    |r| r.to(show),
)];

/// Applications for which others may move.
const MOST: usize = 8;

async fn show(ctx: Ctx, caller: Caller, digest: web::Path<String>) -> HttpResponse {
    caller
        .see(ctx, move |desk, ctx| sheet(desk, ctx, &digest))
        .await
}

fn sheet(desk: &Desk, ctx: &Ctx, digest: &str) -> Result<Sheet, Faults> {
    let subjects = told::subjects(desk, digest)?;
    let exact = ctx.value("exact") == "yes";
    let fields = vec![
        asked::rooms(ctx, &subjects),
        Field::one("seconds", ctx.t("board.seconds"), choices_of_seconds(ctx)),
        Field::tick("exact", ctx.t("freed.exact"), exact),
    ];
    let form = match filter(ctx, fields) {
        Part::Filter(mut form) => {
            ctx.t("freed.go").clone_into(&mut form.submit);
            Part::Filter(form)
        }
        other => other,
    };
    let sheet = begun(ctx, (digest, &subjects.round), "freed").with("ask", "", form);
    if ctx.value("unit").is_empty() {
        return Ok(sheet.with(
            "none",
            "",
            Part::Note("info", ctx.t("freed.not_asked").to_owned()),
        ));
    }
    let unit = ctx.value("unit").parse().map_err(Faults::from);
    let found = unit.and_then(|unit| {
        let depth = (MOST, exact);
        questions::freed(desk, digest, &unit, depth, seconds(ctx))
    });
    Ok(match found {
        Ok(found) => ranked(ctx, sheet, (digest, &found, &subjects)),
        Err(faults) => {
            let text = say::missing(ctx, &faults).join(" ");
            sheet.with("answer", "", Part::Note("warn", text))
        }
    })
}

/// A gain in words: exact, between two numbers, or one end of it.
fn gain(ctx: &Ctx, range: &Range) -> Cell {
    let order = range.low.or(range.high).unwrap_or(Points::ZERO).0;
    let words = |p: Points| tried::signed(ctx, p);
    let cell = match (range.low, range.high) {
        (Some(low), Some(high)) if low == high => Cell::figure(words(low), order),
        (Some(low), Some(high)) => Cell::figure(format!("{} … {}", words(low), words(high)), order),
        (Some(low), None) => Cell::figure(format!("≥ {}", words(low)), order),
        (None, Some(high)) => Cell::figure(format!("≤ {}", words(high)), order),
        (None, None) => return Cell::maybe(None),
    };
    match range.exact() {
        Some(_) => cell.under(ctx.t("freed.proven")),
        None => cell,
    }
}

fn ranked(ctx: &Ctx, sheet: Sheet, (digest, found, subjects): (&str, &Freed, &Subjects)) -> Sheet {
    let room = format!("{} · {}", ctx.name(&subjects.room(&found.unit)), found.unit);
    let left = found.left_by.iter();
    let left: Vec<String> = left
        .map(|id| ctx.name(&subjects.firm(id)).to_owned())
        .collect();
    let pairs = vec![
        (ctx.t("unit").to_owned(), Cell::text(room)),
        (
            ctx.t("freed.left_by").to_owned(),
            match left.is_empty() {
                true => Cell::text(ctx.t("freed.nobody_holds")),
                false => Cell::text(left.join(ctx.t("comma"))),
            },
        ),
        (ctx.t("freed.best").to_owned(), gain(ctx, &found.best)),
    ];
    let lines = (1..).zip(&found.ranking).map(|(n, c)| {
        let key = c.application.to_string();
        let why = ctx.plain(&path_to("/plans/{}/why/{}", &[&digest, &key]));
        Line {
            cells: vec![
                Cell::link(why, ctx.name(&subjects.firm(&c.application))).under(key.clone()),
                Cell::count(n),
                c.alone.map_or_else(
                    || Cell::maybe(None),
                    |p| Cell::figure(tried::signed(ctx, p), p.0),
                ),
                gain(ctx, &c.gain),
            ],
            key,
        }
    });
    let heads = [
        ("firm", ctx.t("firm")),
        ("rank", ctx.t("freed.rank")),
        ("alone", ctx.t("freed.alone")),
        ("gain", ctx.t("freed.gain")),
    ];
    let table = Table::of(ctx, ctx.t("freed.ranking"), &heads, lines.collect())
        .empty(ctx.t("freed.nobody_waits"));
    sheet.with("about", "", Part::Pairs(pairs)).with(
        "ranking",
        ctx.t("freed.ranking"),
        Part::Table(table),
    )
}
