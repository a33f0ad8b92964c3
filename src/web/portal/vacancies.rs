//! Vacancies for everybody: a list with filters beside a map of the same.
//!
//! Not here: what is vacant (`acts::vacancies`), the map (`vacancy_map`), one site (`vacancy_site`).

use actix_web::HttpResponse;

use super::told::{filter, holds, passes};
use super::{choices, page, say};
use crate::acts::vacancies::Vacancy;
use crate::acts::{Desk, lookup};
use crate::domain::area::Area;
use crate::domain::fault::Faults;
use crate::web::caller::Caller;
use crate::web::context::Ctx;
use crate::web::links::path_to;
use crate::web::routes::{Route, Who};
use crate::web::sheet::cell::{Cell, Order};
use crate::web::sheet::field::Field;
use crate::web::sheet::table::{Line, Many, Table};
use crate::web::sheet::{Part, Sheet, View};

/// The routes.
pub const ROUTES: &[Route] = &[page(
    "/vacancies",
    Who::Public,
    "vacant units, filtered",
    |r| r.to(list),
)];

async fn list(ctx: Ctx, caller: Caller) -> HttpResponse {
    caller.see(ctx, sheet).await
}

/// The vacant units that pass the filters of the address.
pub fn chosen<'a>(ctx: &Ctx, all: &'a [Vacancy]) -> Vec<&'a Vacancy> {
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

/// Where a unit is in its site.
pub fn place(ctx: &Ctx, v: &Vacancy) -> String {
    let floor = ctx.t("vac.floor");
    format!("{} {}{floor} {}", v.building, v.level, v.unit.room)
}

/// A unit as a row.
pub fn line(ctx: &Ctx, v: &Vacancy) -> Line {
    let technical = &v.unit.technical;
    let from = v.unit.available.iter().map(|p| p.from()).min();
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
                ctx.plain(&path_to("/vacancies/site/{}", &[&v.site])),
                ctx.say(&v.name),
            )
            .under(place(ctx, v)),
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

/// By what a unit is put in order, without the words of its row.
fn order(ctx: &Ctx, v: &Vacancy, key: &str) -> Order {
    let technical = &v.unit.technical;
    let number = |n: Option<u32>| n.map_or(Order::None, |n| Order::Number(i64::from(n)));
    match key {
        "unit" => Order::Text(ctx.say(&v.name).to_owned()),
        "district" => Order::Text(ctx.say(&v.district_name).to_owned()),
        "use" => Order::Text(ctx.say(&v.use_).to_owned()),
        "area" => Order::Number(v.unit.area.0),
        "rent" => (v.unit.rent.as_ref()).map_or(Order::None, |r| Order::Number(r.rate.fen())),
        "load" => number(technical.floor_load_kg_m2),
        "power" => number(technical.power_a),
        "metro" => number(v.metro.as_ref().map(|(m, _)| *m)),
        _ => {
            let from = v.unit.available.iter().map(|p| p.from()).min();
            from.map_or(Order::None, |d| Order::Text(d.to_string()))
        }
    }
}

/// Minutes on foot; about, where the place of the site is a stand-in.
pub fn walk(v: &Vacancy, minutes: u32) -> String {
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
    let many = Many {
        count: rows.len(),
        order: &|n, key| rows.get(n).map_or(Order::None, |v| order(ctx, v, key)),
        line: &|n| rows.get(n).map(|v| line(ctx, v)),
    };
    let table =
        Table::many(ctx, ctx.t("vac.caption"), &heads(ctx), &many).empty(ctx.t("vac.empty"));
    let src = ctx
        .with("page", "")
        .replacen("/vacancies", "/vacancies/map", 1);
    let map = Part::View(View {
        src,
        site: ctx.plain("/vacancies/site/KEY"),
        ground: ctx.bare("/vacancies/ground"),
    });
    Ok(Sheet::new("vacancies", ctx.t("nav.vacancies"))
        .lead(lead)
        .with("filter", "", filter(ctx, filters(desk, ctx)?))
        .with("places", ctx.t("map"), map)
        .with("list", ctx.t("vac.list"), Part::Table(table)))
}
