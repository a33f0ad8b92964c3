//! Outlines of districts: a Polygon or MultiPolygon with closed rings, every point converted to
//! WGS-84 by the map.
//!
//! Not here: whether rings cross each other.

use geo_types::{Coord, LineString, MultiPolygon, Polygon};
use geojson::{Feature, GeometryValue};

use crate::domain::fault::Fault;
use crate::domain::place::Datum;

use super::codes;
use super::outside::Context;
use super::row::Row;

type Ring = Vec<geojson::Position>;

/// The outline of a district feature; its faults go to the row.
pub(super) fn outline(
    row: &mut Row<'_>,
    feature: &Feature,
    ctx: &Context<'_>,
) -> Option<MultiPolygon<f64>> {
    let Some(datum) = ctx.datum else {
        let cause = "an outline is given and no datum is named";
        let action = "name the datum for the file";
        row.fault("datum", codes::NO_DATUM, cause, action);
        return None;
    };
    let result = match feature.geometry.as_ref().map(|g| &g.value) {
        Some(GeometryValue::Polygon { coordinates }) => {
            polygon(coordinates, datum, ctx).map(|p| MultiPolygon(vec![p]))
        }
        Some(GeometryValue::MultiPolygon { coordinates }) if !coordinates.is_empty() => coordinates
            .iter()
            .map(|p| polygon(p, datum, ctx))
            .collect::<Result<Vec<_>, Fault>>()
            .map(MultiPolygon),
        _ => Err(bad_geometry("a district needs a Polygon or MultiPolygon")),
    };
    match result {
        Ok(outline) => Some(outline),
        Err(fault) => {
            row.refuse("geometry", fault);
            None
        }
    }
}

fn bad_geometry(cause: &str) -> Fault {
    Fault::new(codes::BAD_GEOMETRY, cause, "correct the geometry")
}

fn polygon(rings: &[Ring], datum: Datum, ctx: &Context<'_>) -> Result<Polygon<f64>, Fault> {
    let mut rings = rings.iter().map(|r| ring(r, datum, ctx));
    let outer = rings
        .next()
        .unwrap_or_else(|| Err(bad_geometry("a polygon has no ring")))?;
    Ok(Polygon::new(
        outer,
        rings.collect::<Result<Vec<_>, Fault>>()?,
    ))
}

fn ring(points: &Ring, datum: Datum, ctx: &Context<'_>) -> Result<LineString<f64>, Fault> {
    if points.len() < 4 || points.first() != points.last() {
        return Err(bad_geometry(
            "a ring has fewer than four points, or its last is not its first",
        ));
    }
    let mut line = Vec::with_capacity(points.len());
    for point in points {
        let [lon, lat, ..] = point.as_slice() else {
            return Err(bad_geometry("a point has no two coordinates"));
        };
        let position = ctx.ground.to_wgs84(datum, *lon, *lat)?;
        line.push(Coord {
            x: position.lon(),
            y: position.lat(),
        });
    }
    Ok(LineString(line))
}
