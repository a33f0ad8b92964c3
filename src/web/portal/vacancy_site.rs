//! A site for everybody: its facts, a stack plan of each building, and its vacant units. No tenant is named.
//!
//! Not here: what is vacant (`acts::vacancies`), what a published plan lets (`pages::site`).

use std::collections::{BTreeMap, BTreeSet};

use actix_web::{HttpResponse, web};

use super::page;
use super::vacancies::{heads, line, place, walk};
use crate::acts::vacancies::Vacancy;
use crate::acts::{Desk, refuse};
use crate::domain::area::Area;
use crate::domain::fault::Faults;
use crate::domain::money::Rate;
use crate::web::caller::Caller;
use crate::web::context::Ctx;
use crate::web::routes::{Route, Who};
use crate::web::sheet::cell::Cell;
use crate::web::sheet::stack::{Level, Piece, Stack};
use crate::web::sheet::table::Table;
use crate::web::sheet::{Part, Sheet};

/// The routes.
pub const ROUTES: &[Route] = &[page(
    "/vacancies/site/{id:.*}",
    Who::Public,
    "a site with its vacant units",
    |r| r.to(site),
)];

async fn site(ctx: Ctx, caller: Caller, id: web::Path<String>) -> HttpResponse {
    caller.see(ctx, move |desk, ctx| one(desk, ctx, &id)).await
}

fn one(desk: &Desk, ctx: &Ctx, id: &str) -> Result<Sheet, Faults> {
    let known = ctx.shelf().all(desk)?;
    let all: Vec<&Vacancy> = known.iter().filter(|v| v.site == id).collect();
    let rows: Vec<&Vacancy> = all.iter().copied().filter(|v| v.vacant).collect();
    let Some(first) = all.first() else {
        return Err(refuse::absent("site with vacant units", id).into());
    };
    let total: i64 = rows.iter().map(|v| v.unit.area.0).sum();
    let rent: Vec<Rate> = rows
        .iter()
        .filter_map(|v| v.unit.rent.as_ref().map(|r| r.rate))
        .collect();
    let range = match (rent.iter().min(), rent.iter().max()) {
        (Some(low), Some(high)) if low == high => low.to_string(),
        (Some(low), Some(high)) => format!("{low} – {high}"),
        _ => String::new(),
    };
    let metro = first.metro.as_ref();
    let pairs = vec![
        (
            ctx.t("district").to_owned(),
            Cell::text(ctx.say(&first.district_name)),
        ),
        (
            ctx.t("vac.area").to_owned(),
            Cell::text(format!("{} m²", ctx.area(&Area(total)))),
        ),
        (ctx.t("vac.rent").to_owned(), Cell::text(range)),
        (
            ctx.t("vac.metro").to_owned(),
            metro.map_or_else(Cell::none, |(m, s)| {
                Cell::text(format!("{s} · {}", walk(first, *m)))
            }),
        ),
    ];
    let mut sheet = Sheet::new("vacancies", ctx.say(&first.name))
        .under(ctx.plain("/vacancies"), ctx.t("nav.vacancies"))
        .button(ctx.link("/site/", id), ctx.t("vac.plan"), "")
        .with("facts", ctx.t("facts"), Part::Pairs(pairs));
    for stack in stacks(ctx, &all, &BTreeSet::new()) {
        sheet = sheet.with("stack", ctx.t("vac.stack"), Part::Stack(stack));
    }
    // The page names the site already.
    let named = |v: &&Vacancy| {
        let mut line = line(ctx, v);
        if let Some(first) = line.cells.first_mut() {
            *first = Cell::text(place(ctx, v)).under(v.unit.id.to_string());
        }
        line
    };
    let lines = rows.iter().map(named).collect();
    let table = Table::of(ctx, ctx.t("vac.caption"), &heads(ctx), lines).empty(ctx.t("vac.full"));
    Ok(sheet.with("list", ctx.t("vac.list"), Part::Table(table)))
}

/// A stack plan for each building; chosen units stand out.
pub fn stacks(ctx: &Ctx, rows: &[&Vacancy], chosen: &BTreeSet<&str>) -> Vec<Stack> {
    let mut buildings: BTreeMap<&str, BTreeMap<i32, Vec<&Vacancy>>> = BTreeMap::new();
    for v in rows {
        let floors = buildings.entry(&v.building).or_default();
        floors.entry(-v.level).or_default().push(v);
    }
    let stack = |(label, floors): (&str, BTreeMap<i32, Vec<&Vacancy>>)| Stack {
        title: label.to_owned(),
        text: format!(
            "{label}{}{} {}",
            ctx.t("colon"),
            floors.len(),
            ctx.t("vac.floors")
        ),
        levels: floors
            .into_iter()
            .map(|(down, units)| level(ctx, -down, &units, chosen))
            .collect(),
    };
    buildings.into_iter().map(stack).collect()
}

fn level(ctx: &Ctx, level: i32, units: &[&Vacancy], chosen: &BTreeSet<&str>) -> Level {
    let mut pieces = Vec::new();
    for v in units {
        let room = v.unit.room.clone();
        let piece = |area: i64, class, word: &str| Piece {
            label: room.clone(),
            area,
            class,
            text: format!("{room} · {} m² · {}", ctx.area(&Area(area)), ctx.t(word)),
            unit: String::new(),
            href: String::new(),
        };
        if v.vacant {
            pieces.push(piece(v.unit.area.0, "vacant", "vacant"));
        }
        let taken = v.whole.0 - if v.vacant { v.unit.area.0 } else { 0 };
        let mine = chosen.contains(v.unit.id.as_str());
        if taken > 0 {
            let (class, word) = if mine {
                ("chosen", "legend.chosen")
            } else {
                ("full", "let")
            };
            pieces.push(piece(taken, class, word));
        }
    }
    Level {
        label: format!("{level}{}", ctx.t("vac.floor")),
        pieces,
    }
}
