//! What an award holds, as names and values: for offers and contracts.

use super::say;
use crate::acts::rounds::homes::{Given, Home};
use crate::acts::{Desk, lookup, words};
use crate::domain::fault::Faults;
use crate::domain::money::Fen;
use crate::domain::plan::Award;
use crate::web::context::Ctx;
use crate::web::links::path_to;
use crate::web::sheet::cell::Cell;
use crate::web::sheet::table::{Line, Table};

/// Area of all units.
pub fn area(award: &Award) -> crate::domain::area::Area {
    crate::domain::area::Area(
        award
            .units
            .iter()
            .fold(0, |sum, u| sum.saturating_add(u.area.0)),
    )
}

/// Rent of all units per month.
pub fn rent(award: &Award) -> Fen {
    Fen(award
        .units
        .iter()
        .fold(0, |sum, u| sum.saturating_add(u.monthly_rent.0)))
}

/// What an award holds, as names and values.
pub fn held(desk: &Desk, ctx: &Ctx, award: &Award) -> Result<Vec<(String, Cell)>, Faults> {
    let sites = lookup::sites(desk)?;
    let units = award
        .units
        .iter()
        .map(|u| format!("{} ({} m²)", u.unit, ctx.area(&u.area)));
    let homes = award.apartments.iter().map(|a| {
        format!(
            "{} × {} · {}",
            ctx.say(&words::household(a.household)),
            a.count,
            a.apartment
        )
    });
    let until = award
        .lease
        .until()
        .map(|d| d.to_string())
        .unwrap_or_default();
    let subsidy = award.subsidy.as_ref();
    Ok(vec![
        (
            ctx.t("site").to_owned(),
            Cell::link(
                ctx.plain(&path_to("/vacancies/site/{}", &[&award.site])),
                say::named(ctx, &sites, award.site.as_str()),
            ),
        ),
        (
            ctx.t("units").to_owned(),
            Cell::text(units.collect::<Vec<_>>().join(ctx.t("comma"))),
        ),
        (
            ctx.t("area").to_owned(),
            Cell::text(format!("{} m²", ctx.area(&area(award)))),
        ),
        (
            ctx.t("lease").to_owned(),
            Cell::text(format!("{} – {until}", award.lease.from())),
        ),
        (
            ctx.t("rent.monthly").to_owned(),
            Cell::text(ctx.money(&rent(award))),
        ),
        (
            ctx.t("subsidy").to_owned(),
            subsidy.map_or_else(Cell::none, |s| {
                Cell::text(ctx.money(&s.awarded)).under(s.year.to_string())
            }),
        ),
        (
            ctx.t("apartments").to_owned(),
            Cell::text(homes.collect::<Vec<_>>().join(ctx.t("comma"))),
        ),
        (
            ctx.t("minutes.long").to_owned(),
            Cell::maybe(award.minutes.map(i64::from)),
        ),
    ])
}

/// Homes: what was asked, what is given at which rent, who goes without, money instead.
pub fn homes(ctx: &Ctx, all: &[Home]) -> Table {
    let given = |g: &Given| {
        let rent = g
            .rent
            .map(|r| format!(" · {} {}", ctx.rate(&r), ctx.t("home.rate")));
        format!("{} × {}{}", g.apartment, g.count, rent.unwrap_or_default())
    };
    let line = |h: &Home| {
        let texts: Vec<String> = h.given.iter().map(given).collect();
        let choice = ctx.t(if h.may_choose {
            "home.choice"
        } else {
            "home.instead"
        });
        let cash = h.cash.filter(|_| h.may_choose || h.without > 0);
        Line {
            key: h.kind.name().to_owned(),
            cells: vec![
                Cell::text(ctx.say(&words::household(h.kind))),
                Cell::count(i64::from(h.asked)),
                Cell::long(texts.join(ctx.t("comma"))),
                Cell::count(i64::from(h.without)),
                cash.map_or_else(Cell::none, |c| Cell::text(ctx.money(&c)).under(choice)),
            ],
        }
    };
    let heads = [
        ("kind", ctx.t("home.kind")),
        ("asked", ctx.t("home.asked")),
        ("given", ctx.t("home.given")),
        ("without", ctx.t("home.without")),
        ("cash", ctx.t("home.cash")),
    ];
    let lines = all.iter().map(line).collect();
    Table::plain(ctx, ctx.t("apartments"), &heads, lines)
}
