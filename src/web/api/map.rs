//! Map layers as one GeoJSON (RFC 7946) collection; the property `layer` tells them apart:
//! `district`, `line`, `station`, `cluster`, `site`. Degrees of WGS-84, longitude first.
//!
//! Not here: how they are drawn (`assets/map.js`).

use actix_web::{HttpRequest, HttpResponse};
use serde_json::{Value, json};

use super::super::context::{Ctx, board as fetch};
use super::super::refusal::{no_plan, refuse};
use crate::acts::view::board::Board;
use crate::acts::view::inventory::SiteRow;
use crate::domain::place::Position;

/// `GET /api/v1/map`.
pub async fn show(ctx: Ctx, request: HttpRequest) -> HttpResponse {
    match fetch(&ctx).await {
        Ok(Some(board)) => super::send(&request, &board, &collection(&board)),
        Ok(None) => refuse(&ctx, &no_plan()),
        Err(fault) => refuse(&ctx, &fault),
    }
}

/// A feature.
pub fn feature(geometry: Value, properties: Value) -> Value {
    json!({ "type": "Feature", "geometry": geometry, "properties": properties })
}

/// A point in degrees.
pub fn point(position: &Position) -> Value {
    json!({ "type": "Point", "coordinates": [position.lon(), position.lat()] })
}

/// The collection of a board.
pub fn collection(board: &Board) -> Value {
    let ground = &board.ground;
    let mut features: Vec<Value> = Vec::new();
    features.extend(ground.outlines.iter().map(|o| {
        let geometry = json!({ "type": "MultiPolygon", "coordinates": o.polygons });
        let row = board.districts.iter().find(|d| d.code == o.code);
        let properties = json!({
            "layer": "district", "code": o.code, "name": o.name,
            "placed": row.map(|r| r.placed), "area_let": row.map(|r| r.area_let),
        });
        feature(geometry, properties)
    }));
    features.extend(ground.lines.iter().map(|(name, course)| {
        let geometry = json!({ "type": "LineString", "coordinates": course });
        feature(geometry, json!({ "layer": "line", "name": name }))
    }));
    features.extend(
        ground
            .stations
            .iter()
            .map(|(name, at)| feature(point(at), json!({ "layer": "station", "name": name }))),
    );
    features.extend(ground.clusters.iter().map(|(name, at, accuracy)| {
        let properties = json!({ "layer": "cluster", "name": name, "accuracy_m": accuracy });
        feature(point(at), properties)
    }));
    features.extend(board.sites.iter().filter_map(site));
    json!({ "type": "FeatureCollection", "features": features })
}

fn site(site: &SiteRow) -> Option<Value> {
    let located = site.located.as_ref()?;
    let (held, all) = site.apartments_let();
    let firms: Vec<Value> = (site.firms.iter())
        .map(|(application, name)| json!({ "application": application, "name": name }))
        .collect();
    let properties = json!({
        "layer": "site", "id": site.id, "kind": site.kind, "name": site.name,
        "district": site.district_name, "precision": located.precision,
        "accuracy_m": located.accuracy_m, "area": site.area, "area_let": site.area_let,
        "apartments": all, "apartments_let": held, "firms": firms, "marks": site.marks,
    });
    Some(feature(point(&located.position), properties))
}
