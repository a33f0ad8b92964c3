//! The map of vacancies as GeoJSON, view by view: sites that pass the filters of the address, gathered into clusters
//! where they stand too close; and the ground under it, which changes rarely and is asked for once.
//!
//! Not here: how it is drawn (`assets/sites.js`), which units pass (`vacancies`).

use actix_web::{HttpResponse, web};
use serde_json::{Value, json};

use super::page;
use super::vacancies::chosen;
use crate::acts::clusters::{Cluster, clusters};
use crate::acts::stock::map::Bounds;
use crate::acts::view::board::Board;
use crate::acts::view::ground::GroundView;
use crate::acts::{Desk, places};
use crate::domain::fault::Faults;
use crate::web::api::map::{feature, point};
use crate::web::caller::Caller;
use crate::web::context::Ctx;
use crate::web::refusal::{refused, stopped};
use crate::web::routes::{Route, Who};

/// The routes.
pub const ROUTES: &[Route] = &[
    page(
        "/vacancies/map",
        Who::Public,
        "a view of the map of vacancies, GeoJSON",
        |r| r.to(view),
    ),
    page(
        "/vacancies/ground",
        Who::Public,
        "outlines of the districts and metro lines, GeoJSON",
        |r| r.to(ground),
    ),
];

/// Zoom of the whole city, for who names none.
const CITY: u8 = 10;

async fn view(ctx: Ctx, caller: Caller) -> HttpResponse {
    answer(ctx, caller, "no-cache", |desk, ctx| {
        let within = match ctx.value("bbox") {
            "" => None,
            text => Some(Bounds::read(text)?),
        };
        let zoom = ctx.value("zoom").parse().unwrap_or(CITY).min(22);
        let all = ctx.shelf().all(desk)?;
        let found = clusters(&chosen(ctx, &all), within.as_ref(), zoom);
        Ok(collection(found.iter().map(mark).collect()))
    })
    .await
}

async fn ground(ctx: Ctx, caller: Caller) -> HttpResponse {
    answer(ctx, caller, "max-age=600", |desk, _| {
        Ok(collection(layers(&places::ground(desk)?)))
    })
    .await
}

/// Answers with GeoJSON that is made off the event loop.
pub async fn answer(
    ctx: Ctx,
    caller: Caller,
    keep: &'static str,
    work: impl FnOnce(&Desk, &Ctx) -> Result<Value, Faults> + Send + 'static,
) -> HttpResponse {
    let (desk, his) = (caller.desk().clone(), ctx.clone());
    let made = web::block(move || work(&desk, &his)).await;
    match made.unwrap_or_else(|_| Err(stopped().into())) {
        Ok(value) => HttpResponse::Ok()
            .insert_header(("cache-control", keep))
            .json(value),
        Err(faults) => refused(&ctx, &faults),
    }
}

/// Features as a collection.
pub fn collection(features: Vec<Value>) -> Value {
    json!({ "type": "FeatureCollection", "features": features })
}

/// Outlines of the districts and courses of the lines. Degrees to five places: a metre.
pub fn layers(ground: &GroundView) -> Vec<Value> {
    let near = |(lon, lat): &(f64, f64)| {
        let cut = |x: f64| (x * 1e5).round() / 1e5;
        json!([cut(*lon), cut(*lat)])
    };
    let ring = |ring: &Vec<(f64, f64)>| ring.iter().map(near).collect::<Vec<_>>();
    let outlines = ground.outlines.iter().map(|o| {
        let rings = o.polygons.iter().map(|p| p.iter().map(ring).collect());
        let polygons: Vec<Vec<Vec<Value>>> = rings.collect();
        feature(
            json!({ "type": "MultiPolygon", "coordinates": polygons }),
            json!({ "layer": "district", "code": o.code, "name": o.name }),
        )
    });
    let lines = ground.lines.iter().map(|(name, course)| {
        feature(
            json!({ "type": "LineString", "coordinates": ring(course) }),
            json!({ "layer": "line", "name": name }),
        )
    });
    outlines.chain(lines).collect()
}

/// The same of a board.
pub fn ground_of(board: &Board) -> Vec<Value> {
    layers(&board.ground)
}

fn mark(cluster: &Cluster<'_>) -> Value {
    let (lon, lat) = cluster.at;
    let at = [f64::from(lon) / 1e6, f64::from(lat) / 1e6];
    let mut properties = json!({
        "layer": "site", "sites": cluster.sites, "count": cluster.units, "area": cluster.area,
    });
    if let Some(v) = cluster.one {
        properties["id"] = json!(v.site);
        properties["name"] = json!(v.name);
        properties["district"] = json!(v.district_name);
    }
    feature(json!({ "type": "Point", "coordinates": at }), properties)
}

/// A place as a feature of a layer.
pub fn place(layer: &str, place: &places::Place) -> Value {
    let properties = json!({ "layer": layer, "id": place.key, "name": place.name });
    feature(point(&place.position), properties)
}
