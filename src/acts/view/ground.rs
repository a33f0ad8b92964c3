//! The map under the plan: outlines, lines, stations and clusters in degrees, longitude first.
//!
//! Not here: sites (`inventory`), GeoJSON (`web`).

use std::collections::BTreeMap;

use crate::acts::words::Text;
use crate::domain::place::{DistrictCode, Position};
use crate::domain::snapshot::Ground;

/// A ring or line of (longitude, latitude) in degrees.
pub type Points = Vec<(f64, f64)>;

/// Map layers without the sites.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GroundView {
    /// Outlines: code, name, polygons, each a list of rings, the outer first.
    pub outlines: Vec<Outline>,
    /// Metro lines: name and course.
    pub lines: Vec<(String, Points)>,
    /// Metro stations.
    pub stations: Vec<(Text, Position)>,
    /// Clusters with a place: name, where, accuracy in metres.
    pub clusters: Vec<(Text, Position, u32)>,
}

/// Outline of a district.
#[derive(Debug, Clone, PartialEq)]
pub struct Outline {
    /// Code.
    pub code: DistrictCode,
    /// Name.
    pub name: Text,
    /// Polygons, each a list of rings, the outer first.
    pub polygons: Vec<Vec<Points>>,
}

/// The layers of a ground.
pub fn of(ground: &Ground) -> GroundView {
    let position: BTreeMap<&str, Position> = (ground.network.stations.iter())
        .map(|s| (s.id.as_str(), s.position))
        .collect();
    GroundView {
        outlines: (ground.districts.iter())
            .filter_map(|d| {
                let outline = d.outline.as_ref()?;
                Some(Outline {
                    code: d.code.clone(),
                    name: Text::names(&d.name_zh, &d.name_en),
                    polygons: outline.0.iter().map(rings).collect(),
                })
            })
            .collect(),
        lines: (ground.network.lines.iter())
            .map(|line| {
                let course = line
                    .stations
                    .iter()
                    .filter_map(|s| position.get(s.as_str()));
                (
                    line.name.clone(),
                    course.map(|p| (p.lon(), p.lat())).collect(),
                )
            })
            .collect(),
        stations: (ground.network.stations.iter())
            .map(|s| (Text::same(s.name_zh.as_str()), s.position))
            .collect(),
        clusters: (ground.clusters.iter())
            .filter_map(|c| {
                let at = c.located.as_ref()?;
                Some((
                    Text::names(&c.name_zh, &c.name_en),
                    at.position,
                    at.accuracy_m,
                ))
            })
            .collect(),
    }
}

fn rings(polygon: &geo_types::Polygon<f64>) -> Vec<Points> {
    std::iter::once(polygon.exterior())
        .chain(polygon.interiors())
        .map(|ring| ring.0.iter().map(|c| (c.x, c.y)).collect())
        .collect()
}
