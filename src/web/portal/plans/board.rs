//! The allocation board: the stack plan of a building with who holds what, the tray of applications that wait, and
//! what would become of the plan if one of them were given a unit; dragging one onto a unit is the same form.
//!
//! Not here: making it an override (`overrides`).

use actix_web::{HttpResponse, web};

use super::{choices_of_seconds, overrides, seconds, tried};
use crate::acts::allocation::{self, Asking, Board, House, Lot};
use crate::acts::powers::tasks::{CHANGE_SCENARIO, SEE_SCENARIO};
use crate::acts::reasons::Demand;
use crate::acts::{Desk, lookup};
use crate::domain::fault::Faults;
use crate::web::caller::Caller;
use crate::web::context::Ctx;
use crate::web::links::path_to;
use crate::web::portal::told::filter;
use crate::web::portal::{of, page, say};
use crate::web::routes::Route;
use crate::web::sheet::field::Field;
use crate::web::sheet::stack::{Level, Piece, Stack};
use crate::web::sheet::{Chip, Part, Sheet};

/// The routes.
pub const ROUTES: &[Route] = &[page(
    "/plans/{digest}/board",
    of(&SEE_SCENARIO),
    "the allocation board of a plan",
    |r| r.to(show),
)];

/// Applications that the tray shows.
const MOST: usize = 200;

async fn show(ctx: Ctx, caller: Caller, digest: web::Path<String>) -> HttpResponse {
    caller
        .see(ctx, move |desk, ctx| sheet(desk, ctx, &digest))
        .await
}

/// The building that is asked for; the first one unless told otherwise.
fn chosen<'b>(ctx: &Ctx, board: &'b Board) -> Option<&'b House> {
    let asked = ctx.value("building");
    let found = board.houses.iter().find(|h| h.key == asked);
    found.or_else(|| board.houses.first())
}

fn sheet(desk: &Desk, ctx: &Ctx, digest: &str) -> Result<Sheet, Faults> {
    let board = allocation::board(desk, digest)?;
    let house = chosen(ctx, &board);
    let round = path_to("/rounds/{}", &[&board.round]);
    let mut sheet = Sheet::new("rounds", ctx.t("board.title"))
        .under(ctx.plain("/rounds"), ctx.t("nav.rounds"))
        .under(ctx.plain(&round), board.round.to_string())
        .lead(format!(
            "{} · {} {} · {}",
            ctx.short(digest),
            ctx.t("value"),
            ctx.points(&board.value),
            ctx.t("board.lead")
        ))
        .with("try", ctx.t("board.try"), form(ctx, &board, house));
    sheet = super::doors(ctx, sheet, digest, "");
    if !ctx.value("application").is_empty() && !ctx.value("unit").is_empty() {
        sheet = answer(desk, ctx, sheet, digest)?;
    }
    if let Some(house) = house {
        let stack = Part::Stack(stack(ctx, house));
        sheet = sheet.with("stack", ctx.name(&house.name), stack);
    }
    let waits: Vec<&Asking> = board.asking.iter().filter(|a| !a.why.is_empty()).collect();
    let heading = format!("{} · {}", ctx.t("board.tray"), waits.len());
    Ok(sheet.with("tray", heading, Part::Tray(tray(ctx, digest, &waits))))
}

/// Building, application, unit, seconds.
fn form(ctx: &Ctx, board: &Board, house: Option<&House>) -> Part {
    let buildings = board.houses.iter().map(|h| {
        let free = format!("{} {}/{}", ctx.t("board.vacant"), h.vacant, h.units);
        (h.key.clone(), format!("{} · {free}", ctx.name(&h.name)))
    });
    let asking = board.asking.iter().map(|a| {
        let state = match a.why {
            "" => ctx.t("board.placed").to_owned(),
            why => ctx.state(why),
        };
        let name = ctx.name(&a.firm);
        (a.application.to_string(), format!("{name} · {state}"))
    });
    let lots = house.iter().flat_map(|h| &h.levels);
    let lots = lots.flat_map(|l| &l.lots).map(|l| {
        let held = match l.held.is_empty() {
            true => ctx.t("board.vacant"),
            false => ctx.t("board.held"),
        };
        let text = format!("{} · {} m² · {held}", l.room, ctx.area(&l.area));
        (l.unit.to_string(), text)
    });
    let fields = vec![
        Field::one("building", ctx.t("board.building"), buildings.collect()),
        Field::one(
            "application",
            ctx.t("term.application"),
            say::or_none(ctx, "board.choose", asking.collect()),
        ),
        Field::one(
            "unit",
            ctx.t("unit"),
            say::or_none(ctx, "board.choose", lots.collect()),
        ),
        Field::one("seconds", ctx.t("board.seconds"), choices_of_seconds(ctx)),
    ];
    match filter(ctx, fields) {
        Part::Filter(mut form) => {
            ctx.t("board.go").clone_into(&mut form.submit);
            Part::Filter(form)
        }
        other => other,
    }
}

/// The answer, and where it can be made an override.
fn answer(desk: &Desk, ctx: &Ctx, sheet: Sheet, digest: &str) -> Result<Sheet, Faults> {
    let read = || -> Result<Demand, Faults> {
        Ok(Demand::Give {
            application: ctx.value("application").parse()?,
            unit: ctx.value("unit").parse()?,
        })
    };
    let found = read().and_then(|demand| allocation::tried(desk, digest, &demand, seconds(ctx)));
    let found = match found {
        Ok(found) => found,
        Err(faults) => {
            let text = say::missing(ctx, &faults).join(" ");
            return Ok(sheet.with("answer", "", Part::Note("warn", text)));
        }
    };
    let districts = lookup::districts(desk)?;
    let sheet = tried::told(sheet, ctx, &found, &districts);
    Ok(match &found.pin {
        Some(pin) if ctx.can(&CHANGE_SCENARIO) => {
            let form = overrides::form(ctx, digest, &overrides::pairs(pin));
            sheet.with("override", ctx.t("override.title"), Part::Form(form))
        }
        _ => sheet,
    })
}

/// The floors of a building, each unit a link that chooses it.
fn stack(ctx: &Ctx, house: &House) -> Stack {
    let level = |l: &allocation::Level| Level {
        label: format!("{} {}", l.level, ctx.t("board.floor")),
        pieces: l.lots.iter().flat_map(|lot| pieces(ctx, lot)).collect(),
    };
    Stack {
        title: ctx.name(&house.name).to_owned(),
        text: format!(
            "{} {} / {}",
            ctx.t("board.vacant"),
            house.vacant,
            house.units
        ),
        levels: house.levels.iter().map(level).collect(),
    }
}

/// A unit in pieces: one for each holder, and what is left of it.
fn pieces(ctx: &Ctx, lot: &Lot) -> Vec<Piece> {
    let key = lot.unit.to_string();
    let here = ctx.value("unit") == key;
    let piece = |area: i64, class, who: &str, label: String| Piece {
        label,
        area,
        class: if here { "chosen" } else { class },
        text: format!(
            "{} · {} m² · {who}",
            lot.room,
            ctx.area(&crate::domain::area::Area(area))
        ),
        unit: key.clone(),
        href: format!("{}#try", ctx.with("unit", &key)),
    };
    let mut all = Vec::new();
    let mut left = lot.area.0;
    for holder in &lot.held {
        let whole = holder.area == lot.area;
        let class = if whole { "full" } else { "part" };
        let name = ctx.name(&holder.firm);
        all.push(piece(holder.area.0, class, name, name.to_owned()));
        left = left.saturating_sub(holder.area.0);
    }
    if left > 0 {
        let label = lot.room.clone();
        all.push(piece(left, "vacant", ctx.t("board.vacant"), label));
    }
    all
}

fn tray(ctx: &Ctx, digest: &str, waits: &[&Asking]) -> Vec<Chip> {
    let chip = |a: &&Asking| {
        let key = a.application.to_string();
        Chip {
            label: ctx.name(&a.firm).to_owned(),
            under: format!(
                "{}–{} m² · {}",
                ctx.area(&a.area.0),
                ctx.area(&a.area.1),
                ctx.state(a.why)
            ),
            href: format!("{}#try", ctx.with("application", &key)),
            more: (
                ctx.plain(&path_to("/plans/{}/why/{}", &[&digest, &key])),
                ctx.t("why.page").to_owned(),
            ),
            chosen: ctx.value("application") == key,
            key,
        }
    };
    waits.iter().take(MOST).map(chip).collect()
}
