//! Maps of one's own matters as GeoJSON: where to choose wishes and stations, and what an offer holds.
//!
//! Not here: vacancies for everybody (`vacancy_map`), how they are drawn (`assets`).

use actix_web::{HttpResponse, web};
use serde_json::Value;

use super::vacancy_map::{answer, collection, layers, place};
use super::{of, page};
use crate::acts::clusters::clusters;
use crate::acts::powers::cases::SAVE_DRAFT;
use crate::acts::powers::offers::SEE_OFFER;
use crate::acts::rounds::offers;
use crate::acts::vacancies::Vacancy;
use crate::acts::{Desk, places};
use crate::domain::area::Area;
use crate::domain::fault::Faults;
use crate::domain::ids::OfferId;
use crate::web::api::map::{feature, point};
use crate::web::caller::Caller;
use crate::web::context::Ctx;
use crate::web::routes::Route;

/// The routes.
pub const ROUTES: &[Route] = &[
    page(
        "/cases/places",
        of(&SAVE_DRAFT),
        "sites and stations to choose from, GeoJSON",
        |r| r.to(choose),
    ),
    page(
        "/offers/{id}/map",
        of(&SEE_OFFER),
        "what an offer holds, GeoJSON",
        |r| r.to(offered),
    ),
];

/// Sites stand by themselves from this zoom on.
const SINGLE: u8 = 22;

async fn choose(ctx: Ctx, caller: Caller) -> HttpResponse {
    answer(ctx, caller, "no-store", |desk, ctx| {
        desk.may(&SAVE_DRAFT)?;
        let mut all = layers(&places::ground(desk)?);
        all.extend(places::stations(desk)?.iter().map(|s| place("station", s)));
        let units = ctx.shelf().all(desk)?;
        let vacant: Vec<&Vacancy> = units.iter().filter(|v| v.vacant).collect();
        let sites = clusters(&vacant, None, SINGLE);
        all.extend(sites.iter().filter_map(|c| site(c.one?, Area(c.area))));
        Ok(collection(all))
    })
    .await
}

fn site(v: &Vacancy, area: Area) -> Option<Value> {
    let at = v.located.as_ref()?.position;
    let properties = serde_json::json!({
        "layer": "site", "id": v.site, "name": v.name, "district": v.district_name, "area": area,
    });
    Some(feature(point(&at), properties))
}

async fn offered(ctx: Ctx, caller: Caller, id: web::Path<OfferId>) -> HttpResponse {
    answer(ctx, caller, "no-store", move |desk, ctx| {
        drawn(desk, ctx, &id)
    })
    .await
}

fn drawn(desk: &Desk, ctx: &Ctx, id: &OfferId) -> Result<Value, Faults> {
    let award = offers::one(desk, id)?.award;
    let mut all = layers(&places::ground(desk)?);
    let units = ctx.shelf().all(desk)?;
    let here = units.iter().find(|v| v.site == award.site.as_str());
    let types: Vec<_> = award
        .apartments
        .iter()
        .map(|a| a.apartment.clone())
        .collect();
    let homes = places::homes(desk, &types)?;
    all.extend(homes.iter().map(|h| place("home", h)));
    // The features of a site say what is vacant; of an offer they say where it is.
    all.extend(here.and_then(|v| {
        let at = v.located.as_ref()?.position;
        let found = places::Place {
            key: v.site.clone(),
            name: v.name.clone(),
            position: at,
        };
        Some(place("site", &found))
    }));
    Ok(collection(all))
}
