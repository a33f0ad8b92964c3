//! Vacancies for everybody: a list with filters, a map, and each site with its stack plan.
//!
//! Not here: what is vacant (`acts::vacancies`).

use std::collections::BTreeMap;

use actix_web::{HttpResponse, web};
use serde_json::{Value, json};

use super::told::{filter, holds, passes};
use super::{choices, page, say};
use crate::acts::vacancies::Vacancy;
use crate::acts::view::board::Board;
use crate::acts::{Desk, lookup, refuse};
use crate::domain::area::Area;
use crate::domain::fault::Faults;
use crate::domain::money::Rate;
use crate::web::caller::Caller;
use crate::web::context::Ctx;
use crate::web::refusal::refused;
use crate::web::routes::{Route, Who};
use crate::web::sheet::cell::Cell;
use crate::web::sheet::field::Field;
use crate::web::sheet::stack::{Level, Piece, Stack};
use crate::web::sheet::table::{Line, Table};
use crate::web::sheet::{Part, Sheet};

/// The routes.
pub const ROUTES: &[Route] = &[
    page("/vacancies", Who::Public, "vacant units, filtered", |r| {
        r.to(list)
    }),
    page(
        "/vacancies/map",
        Who::Public,
        "sites with vacant units, GeoJSON",
        |r| r.to(map),
    ),
    page(
        "/vacancies/site/{id:.*}",
        Who::Public,
        "a site with its vacant units",
        |r| r.to(site),
    ),
];

async fn list(ctx: Ctx, caller: Caller) -> HttpResponse {
    caller.see(ctx, sheet).await
}

/// The vacant units that pass the filters of the address.
fn chosen<'a>(ctx: &Ctx, all: &'a [Vacancy]) -> Vec<&'a Vacancy> {
    let least = hundredths(ctx.value("area_min"));
    let most = hundredths(ctx.value("area_max"));
    let rent = hundredths(ctx.value("rent_max"));
    let number = |key: &str| ctx.value(key).parse::<u32>().ok();
    let (load, power, metro) = (number("load"), number("power"), number("metro"));
    let fits = |v: &Vacancy| {
        let technical = &v.unit.technical;
        passes(ctx, "district", &v.district)
            && passes(ctx, "use", &choices::name(&v.unit.use_))
            && least.is_none_or(|a| v.unit.area.0 >= a)
            && most.is_none_or(|a| smallest(v).0 <= a)
            && rent.is_none_or(|r| v.unit.rent.as_ref().is_some_and(|u| u.rate.fen() <= r))
            && load.is_none_or(|l| technical.floor_load_kg_m2.is_some_and(|h| h >= l))
            && power.is_none_or(|p| technical.power_a.is_some_and(|h| h >= p))
            && metro.is_none_or(|m| v.metro.as_ref().is_some_and(|(h, _)| *h <= m))
            && holds(ctx, &[&v.name.zh, &v.name.en, v.unit.id.as_str()])
    };
    all.iter().filter(|v| v.vacant && fits(v)).collect()
}

/// The smallest part that can be had.
fn smallest(v: &Vacancy) -> Area {
    match v.unit.division {
        crate::domain::space::Division::Divisible { smallest_lot } => smallest_lot,
        crate::domain::space::Division::Whole => v.unit.area,
    }
}

/// Square metres or yuan as hundredths; nothing when it cannot be read.
fn hundredths(text: &str) -> Option<i64> {
    text.trim()
        .parse::<Area>()
        .ok()
        .map(|a| a.0)
        .filter(|a| *a > 0)
}

const HEADS: [(&str, &str); 9] = [
    ("unit", "unit"),
    ("district", "district"),
    ("use", "use"),
    ("area", "vac.area"),
    ("rent", "vac.rent"),
    ("load", "vac.load"),
    ("power", "vac.power"),
    ("metro", "vac.metro"),
    ("from", "vac.from"),
];

/// Headings of a table of units.
pub fn heads(ctx: &Ctx) -> Vec<(&'static str, &str)> {
    HEADS
        .iter()
        .map(|(key, word)| (*key, ctx.t(word)))
        .collect()
}

/// A unit as a row.
pub fn line(ctx: &Ctx, v: &Vacancy) -> Line {
    let technical = &v.unit.technical;
    let from = v.unit.available.iter().map(|p| p.from()).min();
    let place = format!(
        "{} {}{} {}",
        v.building,
        v.level,
        ctx.t("vac.floor"),
        v.unit.room
    );
    let metro = match &v.metro {
        Some((minutes, station)) => {
            Cell::figure(walk(v, *minutes), i64::from(*minutes)).under(station.clone())
        }
        None => Cell::maybe(None),
    };
    let rent = v
        .unit
        .rent
        .as_ref()
        .map(|r| Cell::figure(r.rate.to_string(), r.rate.fen()));
    Line {
        key: v.unit.id.to_string(),
        cells: vec![
            Cell::link(
                ctx.plain(&format!("/vacancies/site/{}", v.site)),
                ctx.say(&v.name),
            )
            .under(place),
            Cell::text(ctx.say(&v.district_name)),
            Cell::text(ctx.say(&v.use_)),
            area(ctx, v),
            rent.unwrap_or_else(|| Cell::maybe(None)),
            Cell::maybe(technical.floor_load_kg_m2.map(i64::from)),
            Cell::maybe(technical.power_a.map(i64::from)),
            metro,
            from.map_or_else(Cell::none, Cell::day),
        ],
    }
}

/// Minutes on foot; about, where the place of the site is a stand-in.
fn walk(v: &Vacancy, minutes: u32) -> String {
    match v.located.as_ref().is_some_and(|l| l.accuracy_m > 200) {
        true => format!("≈ {minutes}"),
        false => minutes.to_string(),
    }
}

fn area(ctx: &Ctx, v: &Vacancy) -> Cell {
    let cell = Cell::area(v.unit.area);
    match v.unit.division {
        crate::domain::space::Division::Divisible { smallest_lot } => cell.under(format!(
            "{} {}",
            ctx.t("divisible"),
            ctx.area(&smallest_lot)
        )),
        crate::domain::space::Division::Whole => cell,
    }
}

fn filters(desk: &Desk, ctx: &Ctx) -> Result<Vec<Field>, Faults> {
    let districts = say::choices(ctx, &lookup::districts(desk)?);
    Ok(vec![
        Field::one(
            "district",
            ctx.t("district"),
            say::or_none(ctx, "all", districts),
        ),
        Field::one(
            "use",
            ctx.t("use"),
            say::or_none(ctx, "all", choices::uses(ctx)),
        ),
        Field::number("area_min", ctx.t("vac.area_min")),
        Field::number("area_max", ctx.t("vac.area_max")),
        Field::number("rent_max", ctx.t("vac.rent_max")),
        Field::number("load", ctx.t("vac.load_min")),
        Field::number("power", ctx.t("vac.power_min")),
        Field::number("metro", ctx.t("vac.metro_max")),
        Field::line("q", ctx.t("find")),
    ])
}

fn sheet(desk: &Desk, ctx: &Ctx) -> Result<Sheet, Faults> {
    let all = ctx.shelf().all(desk)?;
    let rows = chosen(ctx, &all);
    let total: i64 = rows.iter().map(|v| v.unit.area.0).sum();
    let sites: std::collections::BTreeSet<&str> = rows.iter().map(|v| v.site.as_str()).collect();
    let lead = format!(
        "{} {} · {} {} · {} m²",
        rows.len(),
        ctx.t("units"),
        sites.len(),
        ctx.t("vac.sites"),
        ctx.area(&Area(total))
    );
    let lines = rows.iter().map(|v| line(ctx, v)).collect();
    let table = Table::of(ctx, ctx.t("vac.caption"), &heads(ctx), lines).empty(ctx.t("vac.empty"));
    let src = ctx
        .with("page", "")
        .replacen("/vacancies", "/vacancies/map", 1);
    let map = Part::Map(src, ctx.plain("/vacancies/site/KEY"));
    Ok(Sheet::new("vacancies", ctx.t("nav.vacancies"))
        .lead(lead)
        .with("filter", "", filter(ctx, filters(desk, ctx)?))
        .with("places", ctx.t("map"), map)
        .with("list", ctx.t("vac.list"), Part::Table(table)))
}

async fn map(ctx: Ctx, caller: Caller) -> HttpResponse {
    let (desk, his) = (caller.desk().clone(), ctx.clone());
    let source = ctx.source();
    let made = web::block(move || {
        let ground = source.latest(None).ok().flatten();
        let all = his.shelf().all(&desk)?;
        Ok::<_, Faults>(features(&chosen(&his, &all), ground.as_deref()))
    })
    .await;
    match made {
        Ok(Ok(value)) => HttpResponse::Ok()
            .insert_header(("cache-control", "no-cache"))
            .json(value),
        Ok(Err(faults)) => refused(&ctx, &faults),
        Err(_) => refused(&ctx, &crate::web::refusal::stopped().into()),
    }
}

/// Outlines of districts and metro lines, to draw points upon.
pub fn ground(board: &Board) -> Vec<Value> {
    let ground = crate::web::api::map::collection(board);
    let wanted = |f: &&Value| {
        let layer = f["properties"]["layer"].as_str().unwrap_or_default();
        matches!(layer, "district" | "line")
    };
    let known = ground["features"].as_array().into_iter().flatten();
    known.filter(wanted).cloned().collect()
}

/// One point for each site, over the outlines of the districts.
fn features(rows: &[&Vacancy], board: Option<&Board>) -> Value {
    let mut sites: BTreeMap<&str, (&Vacancy, i64, u32)> = BTreeMap::new();
    for v in rows {
        let entry = sites.entry(&v.site).or_insert((v, 0, 0));
        entry.1 += v.unit.area.0;
        entry.2 += 1;
    }
    let mut all = board.map_or_else(Vec::new, ground);
    all.extend(sites.values().filter_map(|(v, area, count)| {
        let position = v.located.as_ref()?.position;
        Some(json!({
            "type": "Feature",
            "geometry": { "type": "Point", "coordinates": [position.lon(), position.lat()] },
            "properties": {
                "layer": "site", "id": v.site, "name": v.name, "district": v.district_name,
                "area": area, "count": count,
            },
        }))
    }));
    json!({ "type": "FeatureCollection", "features": all })
}

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
    for stack in stacks(ctx, &all) {
        sheet = sheet.with("stack", ctx.t("vac.stack"), Part::Stack(stack));
    }
    let lines = rows.iter().map(|v| line(ctx, v)).collect();
    let table = Table::of(ctx, ctx.t("vac.caption"), &heads(ctx), lines).empty(ctx.t("vac.full"));
    Ok(sheet.with("list", ctx.t("vac.list"), Part::Table(table)))
}

/// A stack plan for each building.
fn stacks(ctx: &Ctx, rows: &[&Vacancy]) -> Vec<Stack> {
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
            .map(|(down, units)| level(ctx, -down, &units))
            .collect(),
    };
    buildings.into_iter().map(stack).collect()
}

fn level(ctx: &Ctx, level: i32, units: &[&Vacancy]) -> Level {
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
        if taken > 0 {
            pieces.push(piece(taken, "full", "let"));
        }
    }
    Level {
        label: format!("{level}{}", ctx.t("vac.floor")),
        pieces,
    }
}
