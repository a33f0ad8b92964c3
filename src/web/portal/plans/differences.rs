//! Who gains and who loses between two plans, and where: list, map of sites, the features of that map.
//!
//! Not here: the figures side by side (`compare`).

use actix_web::{HttpResponse, web};
use serde_json::{Value, json};

use super::tried::signed;
use crate::acts::Desk;
use crate::acts::lookup::Named;
use crate::acts::powers::tasks::SEE_SCENARIO;
use crate::acts::scenarios::differ::{self, Difference, Differences, Held};
use crate::domain::fault::Faults;
use crate::web::caller::Caller;
use crate::web::context::Ctx;
use crate::web::links::path_to;
use crate::web::portal::{of, page, say};
use crate::web::refusal;
use crate::web::routes::Route;
use crate::web::sheet::cell::Cell;
use crate::web::sheet::table::{Line, Table};
use crate::web::sheet::{Part, Sheet};

/// The routes.
pub const ROUTES: &[Route] = &[page(
    "/plans/compare/map",
    of(&SEE_SCENARIO),
    "sites of which the use differs, GeoJSON",
    |r| r.to(map),
)];

/// The same sheet with who gains, who loses, and where.
pub fn told(desk: &Desk, ctx: &Ctx, sheet: Sheet, districts: &[Named]) -> Result<Sheet, Faults> {
    let (before, after) = (ctx.value("before"), ctx.value("after"));
    let found = differ::differences(desk, before, after)?;
    if found.firms.is_empty() {
        let same = vec![ctx.t("compare.same").to_owned()];
        return Ok(sheet.with("who", ctx.t("compare.who"), Part::Text(same)));
    }
    let src = ctx.bare(&path_to(
        "/plans/compare/map?before={}&after={}",
        &[&before, &after],
    ));
    let pattern = ctx.plain("/vacancies/site/KEY");
    Ok(sheet
        .half("map", ctx.t("compare.map"), Part::Map(src, pattern))
        .half(
            "sites",
            ctx.t("compare.sites"),
            Part::Table(sites(ctx, &found, districts)),
        )
        .with(
            "who",
            ctx.t("compare.who"),
            Part::Table(who(ctx, &found.firms)),
        ))
}

fn held(ctx: &Ctx, held: Option<&Held>) -> Cell {
    match held {
        None => Cell::none(),
        Some(h) => Cell::long(ctx.name(&h.place)).under(h.units.join(ctx.t("comma"))),
    }
}

/// Firms, those that lose first.
fn who(ctx: &Ctx, firms: &[Difference]) -> Table {
    let lines = firms.iter().map(|d| Line {
        key: d.application.to_string(),
        cells: vec![
            Cell::text(ctx.name(&d.firm)).under(d.application.to_string()),
            say::state(ctx, "move", d.kind()),
            held(ctx, d.before.as_ref()),
            held(ctx, d.after.as_ref()),
            Cell::figure(signed(ctx, d.more()), d.more().0),
        ],
    });
    let heads = [
        ("firm", ctx.t("firm")),
        ("kind", ctx.t("tried.change")),
        ("before", ctx.t("compare.before")),
        ("after", ctx.t("compare.after")),
        ("points", ctx.t("points")),
    ];
    Table::of(ctx, ctx.t("compare.who"), &heads, lines.collect())
}

fn sites(ctx: &Ctx, found: &Differences, districts: &[Named]) -> Table {
    let lines = found.sites.iter().map(|s| Line {
        key: s.key.clone(),
        cells: vec![
            Cell::text(ctx.name(&s.name)).under(say::named(ctx, districts, &s.district)),
            Cell::count(i64::from(s.gain)),
            Cell::count(i64::from(s.lose)),
        ],
    });
    let heads = [
        ("site", ctx.t("site")),
        ("gain", ctx.t("compare.come")),
        ("lose", ctx.t("compare.leave")),
    ];
    Table::plain(ctx, ctx.t("compare.sites"), &heads, lines.collect())
        .empty(ctx.t("compare.no_site"))
}

async fn map(ctx: Ctx, caller: Caller) -> HttpResponse {
    let (desk, his) = (caller.desk().clone(), ctx.clone());
    let made = web::block(move || {
        let (before, after) = (his.value("before"), his.value("after"));
        let found = differ::differences(&desk, before, after)?;
        let ground = his.source().latest(None).ok().flatten();
        let mut all = match ground {
            Some(board) => crate::web::portal::vacancy_map::ground_of(&board),
            None => Vec::new(),
        };
        all.extend(found.sites.iter().filter_map(feature));
        Ok::<_, Faults>(json!({ "type": "FeatureCollection", "features": all }))
    })
    .await;
    match made {
        Ok(Ok(value)) => HttpResponse::Ok()
            .insert_header(("cache-control", "no-store"))
            .json(value),
        Ok(Err(faults)) => refusal::refused(&ctx, &faults),
        Err(_) => refusal::refused(&ctx, &refusal::stopped().into()),
    }
}

/// A site as a point, with who comes and who leaves.
fn feature(site: &differ::Site) -> Option<Value> {
    let position = site.located.as_ref()?.position;
    Some(json!({
        "type": "Feature",
        "geometry": { "type": "Point", "coordinates": [position.lon(), position.lat()] },
        "properties": {
            "layer": "site", "id": site.key, "name": site.name, "district": {},
            "gain": site.gain, "lose": site.lose,
        },
    }))
}
