//! After a change: the plan made again with as few firms moved as possible, and what each further move would bring;
//! a picture of points against moves, its table, and who moves.
//!
//! Not here: how it is found (`acts::reasons`), how changes are gathered (`asked`).

use actix_web::{HttpResponse, web};

use super::asked::{self, Gather};
use super::{begun, seconds, tried};
use crate::acts::Desk;
use crate::acts::allocation::Moved;
use crate::acts::powers::reasons::QUESTION_PLAN;
use crate::acts::reasons::told::{self, Subjects};
use crate::acts::reasons::{Frontier, questions};
use crate::acts::words::Text;
use crate::domain::fault::Faults;
use crate::domain::points::Points;
use crate::web::caller::Caller;
use crate::web::context::Ctx;
use crate::web::links::path_to;
use crate::web::portal::{of, page, say};
use crate::web::routes::Route;
use crate::web::sheet::cell::Cell;
use crate::web::sheet::chart::{Chart, Curve};
use crate::web::sheet::field::Field;
use crate::web::sheet::table::{Line, Table};
use crate::web::sheet::{Part, Sheet};

/// The routes.
pub const ROUTES: &[Route] = &[page(
    "/plans/{digest}/frontier",
    of(&QUESTION_PLAN),
    "points against moves after a change to a plan",
    |r| r.to(show),
)];

const KINDS: [&str; 7] = ["gone", "lost", "cut", "place", "give", "district", "keep"];
/// Points of the picture.
const POINTS: usize = 5;

async fn show(ctx: Ctx, caller: Caller, digest: web::Path<String>) -> HttpResponse {
    caller
        .see(ctx, move |desk, ctx| sheet(desk, ctx, &digest))
        .await
}

fn sheet(desk: &Desk, ctx: &Ctx, digest: &str) -> Result<Sheet, Faults> {
    let subjects = told::subjects(desk, digest)?;
    let codes = asked::codes(ctx, asked::added(ctx));
    let sheet = begun(ctx, (digest, &subjects.round), "frontier");
    let percents = ["90", "75", "50", "25", "0"].map(|p| (p.to_owned(), format!("{p} %")));
    let gather = Gather {
        path: path_to("/plans/{}/frontier", &[&digest]),
        subjects: &subjects,
        kinds: &KINDS,
        fields: vec![
            asked::applicants(ctx, &subjects),
            asked::rooms(ctx, &subjects),
            asked::districts(ctx, &subjects),
            Field::one("percent", ctx.t("ask.percent"), percents.to_vec()),
        ],
        go: "front.go",
    };
    let sheet = gather.shown(ctx, sheet, &codes);
    if codes.is_empty() || !asked::goes(ctx) {
        return Ok(sheet);
    }
    let events: Result<Vec<_>, Faults> = codes.iter().map(|c| asked::event(c, &subjects)).collect();
    let found =
        events.and_then(|events| questions::frontier(desk, digest, &events, POINTS, seconds(ctx)));
    match found {
        Ok(found) => told(desk, ctx, sheet, (digest, &found, &subjects)),
        Err(faults) => {
            let text = say::missing(ctx, &faults).join(" ");
            Ok(sheet.with("answer", "", Part::Note("warn", text)))
        }
    }
}

fn told(
    desk: &Desk,
    ctx: &Ctx,
    sheet: Sheet,
    (digest, found, subjects): (&str, &Frontier, &Subjects),
) -> Result<Sheet, Faults> {
    let names = found.forced.iter();
    let names = names.map(|id| ctx.name(&subjects.firm(id)).to_owned());
    let names: Vec<String> = names.collect();
    let forced = match names.is_empty() {
        true => ctx.t("front.none_forced").to_owned(),
        false => format!("{} {}", ctx.t("front.forced"), names.join(ctx.t("comma"))),
    };
    let mut sheet = sheet.with("answer", "", Part::Note("info", forced));
    if found.points.is_empty() {
        let text = match found.impossible.is_empty() {
            true => ctx.t("front.open"),
            false => ctx.t("front.impossible"),
        };
        return Ok(sheet.with("none", "", Part::Note("warn", text.to_owned())));
    }
    sheet = sheet
        .half(
            "front",
            ctx.t("front.title"),
            Part::Chart(chart(ctx, found)),
        )
        .half(
            "points",
            ctx.t("front.points"),
            Part::Table(points(ctx, found)),
        );
    let mut who = Vec::new();
    for point in &found.points {
        for moved in told::moved(desk, digest, &point.changes)? {
            who.push((point.moves, moved));
        }
    }
    Ok(sheet.with("who", ctx.t("tried.moves"), Part::Table(moves(ctx, &who))))
}

/// Points reached, and never exceeded, with so many moves.
fn chart(ctx: &Ctx, found: &Frontier) -> Chart {
    let curve =
        |label: &str, class, of: &dyn Fn(&crate::acts::reasons::Range) -> Option<Points>| {
            let all = found.points.iter();
            let pairs = all.filter_map(|p| Some((ctx.int(&p.allowed), of(&p.points)?)));
            let pairs: Vec<(i64, Points)> = pairs.collect();
            let said = pairs.iter();
            Curve {
                label: label.to_owned(),
                class,
                said: said.map(|(n, p)| (n.to_string(), ctx.points(p))).collect(),
                points: pairs.iter().map(|(n, p)| (*n, p.0)).collect(),
            }
        };
    let curves = vec![
        curve(ctx.t("worth.reached"), "value", &|r| r.low),
        curve(ctx.t("worth.at_most"), "bound", &|r| r.high),
    ];
    let heads = [ctx.t("front.moves"), ctx.t("points"), ""];
    let chart = Chart::curves(ctx.t("front.title"), ctx.t("front.text"), heads, curves);
    let ((left, right), (low, high)) = (chart.span(), chart.reach());
    let moves = |n: i64| format!("{n} {}", ctx.t("front.moves.unit"));
    chart.between([
        moves(left),
        moves(right),
        ctx.points(&Points(low)),
        ctx.points(&Points(high)),
    ])
}

fn points(ctx: &Ctx, found: &Frontier) -> Table {
    let maybe = |p: Option<Points>| {
        p.map_or_else(|| Cell::maybe(None), |p| Cell::figure(ctx.points(&p), p.0))
    };
    let lines = found.points.iter().map(|p| Line {
        key: p.allowed.to_string(),
        cells: vec![
            Cell::count(ctx.int(&p.moves)),
            maybe(p.points.low),
            maybe(p.points.high),
            p.price.map_or_else(
                || Cell::maybe(None),
                |more| Cell::figure(tried::signed(ctx, more), more.0),
            ),
        ],
    });
    let heads = [
        ("moves", ctx.t("front.moves")),
        ("low", ctx.t("worth.reached")),
        ("high", ctx.t("worth.at_most")),
        ("price", ctx.t("front.price")),
    ];
    Table::plain(ctx, ctx.t("front.points"), &heads, lines.collect())
}

fn moves(ctx: &Ctx, who: &[(u64, Moved)]) -> Table {
    let space = |text: &Text| match ctx.say(text) {
        "" => Cell::none(),
        words => Cell::long(words),
    };
    let lines = who.iter().map(|(n, m)| Line {
        key: format!("{n} {}", m.application),
        cells: vec![
            Cell::text(ctx.name(&m.firm)).under(m.application.to_string()),
            Cell::count(ctx.int(n)),
            say::state(ctx, "move", &m.kind),
            space(&m.named.0),
            space(&m.named.1),
            Cell::figure(tried::signed(ctx, m.points), m.points.0),
        ],
    });
    let heads = [
        ("firm", ctx.t("firm")),
        ("with", ctx.t("front.with")),
        ("kind", ctx.t("tried.change")),
        ("before", ctx.t("compare.before")),
        ("after", ctx.t("compare.after")),
        ("points", ctx.t("points")),
    ];
    Table::of(ctx, ctx.t("tried.moves"), &heads, lines.collect()).empty(ctx.t("tried.nobody"))
}
