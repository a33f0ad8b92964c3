//! Places: positions in micro-degrees of WGS-84 (equal to CGCS2000 at this precision), districts,
//! stations, lines, clusters.
//!
//! Not here: conversion between datums and distances (`atlas`).

use std::fmt;
use std::str::FromStr;

use geo_types::MultiPolygon;
use serde::{Deserialize, Serialize};

use super::evidence::Evidence;
use super::fault::{Code, Fault};
use super::ids::{ClusterId, StationId};

/// A longitude or latitude is not a number of degrees on the globe.
pub const BAD_POSITION: Code = Code("DM160");
/// A district code is not of the form 4403 plus two characters.
pub const BAD_DISTRICT: Code = Code("DM161");

/// A position in micro-degrees, WGS-84.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "(i32, i32)", into = "(i32, i32)")]
pub struct Position {
    lon: i32,
    lat: i32,
}

impl Position {
    /// From degrees, rounded to micro-degrees; DM160 off the globe.
    pub fn degrees(lon: f64, lat: f64) -> Result<Position, Fault> {
        let inside = lon.is_finite() && lat.is_finite() && lon.abs() <= 180.0 && lat.abs() <= 90.0;
        if !inside {
            return Err(Fault::new(
                BAD_POSITION,
                format!("({lon}, {lat}) is not a position"),
                "give degrees, longitude first",
            ));
        }
        // In range by the test above: at most 180,000,000.
        Ok(Position {
            lon: (lon * 1e6).round() as i32,
            lat: (lat * 1e6).round() as i32,
        })
    }

    /// Longitude in degrees.
    pub fn lon(&self) -> f64 {
        f64::from(self.lon) / 1e6
    }

    /// Latitude in degrees.
    pub fn lat(&self) -> f64 {
        f64::from(self.lat) / 1e6
    }

    /// Longitude and latitude in micro-degrees.
    pub fn micro(&self) -> (i32, i32) {
        (self.lon, self.lat)
    }
}

impl TryFrom<(i32, i32)> for Position {
    type Error = Fault;

    fn try_from((lon, lat): (i32, i32)) -> Result<Position, Fault> {
        Position::degrees(f64::from(lon) / 1e6, f64::from(lat) / 1e6)
    }
}

impl From<Position> for (i32, i32) {
    fn from(p: Position) -> (i32, i32) {
        (p.lon, p.lat)
    }
}

/// The datum of a position as delivered. It must be named, never guessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Datum {
    /// WGS-84.
    Wgs84,
    /// CGCS2000, taken as WGS-84 at this precision.
    Cgcs2000,
    /// GCJ-02, the shifted datum of Chinese map services.
    Gcj02,
    /// BD-09, GCJ-02 shifted once more.
    Bd09,
}

/// How well a position is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// Surveyed or geocoded to the building.
    Surveyed,
    /// The named metro station stands for the place.
    Station,
    /// A representative point of the district; nothing finer is known.
    District,
}

/// A position with how well it is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Located {
    /// Where.
    pub position: Position,
    /// What kind of point this is.
    pub precision: Precision,
    /// The real place lies within about so many metres.
    pub accuracy_m: u32,
}

/// Whether a place lies where it is said to lie. Geocoding knows three answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Containment {
    /// Inside the outline.
    Yes,
    /// Outside, farther than the accuracy allows.
    No,
    /// Too near to the border for the accuracy, or no outline is known: a person must look.
    NeedsLook,
}

/// District code: GB/T 2260 (440303 ..) or the own codes 4403X1 .. for functional areas.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DistrictCode(String);

impl DistrictCode {
    /// The code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for DistrictCode {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Self, Fault> {
        let tail_ok = text.strip_prefix("4403").is_some_and(|t| {
            let mut c = t.bytes();
            matches!((c.next(), c.next(), c.next()), (Some(a), Some(b), None) if (a.is_ascii_digit() || a == b'X') && b.is_ascii_digit())
        });
        if !tail_ok {
            let shown: String = text.chars().take(16).collect();
            return Err(Fault::new(
                BAD_DISTRICT,
                format!("{shown:?} is not a district code of Shenzhen"),
                "use a code of data/districts.csv, for example 440305",
            ));
        }
        Ok(Self(text.to_owned()))
    }
}

impl TryFrom<String> for DistrictCode {
    type Error = Fault;

    fn try_from(text: String) -> Result<Self, Fault> {
        text.parse()
    }
}

impl From<DistrictCode> for String {
    fn from(code: DistrictCode) -> String {
        code.0
    }
}

impl fmt::Display for DistrictCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A district (区) or functional area.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct District {
    /// Code.
    pub code: DistrictCode,
    /// Chinese name.
    pub name_zh: String,
    /// English name.
    pub name_en: String,
    /// Outline in degrees WGS-84; `None` where no outline is published.
    pub outline: Option<MultiPolygon<f64>>,
}

/// A metro station.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Station {
    /// Key.
    pub id: StationId,
    /// Chinese name.
    pub name_zh: String,
    /// Where.
    pub position: Position,
}

/// A metro line: its stations in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// Name, for example 11号线.
    pub name: String,
    /// Stations in order; the first repeated at the end for a loop line.
    pub stations: Vec<StationId>,
}

/// The metro network of a snapshot.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Network {
    /// All stations.
    pub stations: Vec<Station>,
    /// All lines.
    pub lines: Vec<Line>,
}

/// A cluster (集聚区, C..) with a place, or a field (领域, K..) without.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cluster {
    /// Key.
    pub id: ClusterId,
    /// Chinese name.
    pub name_zh: String,
    /// English name.
    pub name_en: String,
    /// District, when printed.
    pub district: Option<DistrictCode>,
    /// Where, when known.
    pub located: Option<Located>,
    /// Fields (K..) that suit the cluster; empty for a field itself.
    pub fields: Vec<ClusterId>,
    /// How well this is known.
    pub evidence: Evidence,
}
