//! The real tables of `data/` as nouns, read with the least code that can do it (intake has its
//! own tests). A cell that cannot be read is a failed test.

use std::path::PathBuf;
use std::str::FromStr;

use geo_types::{LineString, MultiPolygon, Polygon};
use zhuchao::domain::place::{
    Cluster, District, DistrictCode, Line, Located, Network, Position, Precision, Station,
};
use zhuchao::domain::snapshot::Ground;

pub type Row = std::collections::HashMap<String, String>;

pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

pub fn rows(path: &str) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(root().join(path)).expect("the table is there");
    reader.deserialize().map(|r| r.expect("a row")).collect()
}

pub fn key<T: FromStr>(text: &str) -> T
where
    T::Err: std::fmt::Debug,
{
    text.parse().expect("a key")
}

pub fn number(row: &Row, column: &str) -> f64 {
    row[column].parse().expect("a number")
}

pub fn position(row: &Row) -> Position {
    Position::degrees(number(row, "lon"), number(row, "lat")).expect("on the globe")
}

pub fn stations() -> Vec<(Station, Row)> {
    let rows = rows("data/metro_stations.csv").into_iter();
    rows.map(|r| {
        let station = Station {
            id: key(&r["station_id"]),
            name_zh: r["name_zh"].clone(),
            position: position(&r),
        };
        (station, r)
    })
    .collect()
}

pub fn network() -> Network {
    let mut lines: Vec<Line> = Vec::new();
    for row in rows("data/metro_lines.csv") {
        if lines.last().is_none_or(|l| l.name != row["line"]) {
            lines.push(Line {
                name: row["line"].clone(),
                stations: Vec::new(),
            });
        }
        let last = lines.last_mut().expect("pushed above");
        last.stations.push(key(&row["station_id"]));
    }
    Network {
        stations: stations().into_iter().map(|s| s.0).collect(),
        lines,
    }
}

pub fn districts() -> Vec<District> {
    let text = std::fs::read_to_string(root().join("data/districts.geojson")).expect("outlines");
    let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let features = json["features"].as_array().expect("features").iter();
    let outlines: Vec<(String, MultiPolygon<f64>)> = features
        .map(|f| {
            let code = f["properties"]["code"].as_str().expect("a code");
            (code.to_owned(), outline(&f["geometry"]))
        })
        .collect();
    let rows = rows("data/districts.csv").into_iter();
    rows.map(|r| District {
        outline: outlines
            .iter()
            .find(|o| o.0 == r["code"])
            .map(|o| o.1.clone()),
        code: key::<DistrictCode>(&r["code"]),
        name_zh: r["name_zh"].clone(),
        name_en: r["name_en"].clone(),
    })
    .collect()
}

type Ring = Vec<(f64, f64)>;

fn outline(geometry: &serde_json::Value) -> MultiPolygon<f64> {
    let shape = geometry["coordinates"].clone();
    let polygons: Vec<Vec<Ring>> = match geometry["type"].as_str() {
        Some("Polygon") => vec![serde_json::from_value(shape).expect("rings")],
        Some("MultiPolygon") => serde_json::from_value(shape).expect("polygons"),
        other => panic!("{other:?} is no outline"),
    };
    let polygon = |rings: Vec<Ring>| {
        let mut rings = rings.into_iter().map(LineString::from);
        Polygon::new(rings.next().expect("an outer ring"), rings.collect())
    };
    polygons.into_iter().map(polygon).collect()
}

pub fn clusters() -> Vec<Cluster> {
    let rows = rows("data/seed_clusters.csv");
    let field = |name: &str| {
        let row = rows
            .iter()
            .find(|r| r["row_kind"] == "field" && r["name_zh"] == name);
        key(&row.expect("a field of this name")["id"])
    };
    rows.iter()
        .map(|r| Cluster {
            id: key(&r["id"]),
            name_zh: r["name_zh"].clone(),
            name_en: r["name_en"].clone(),
            district: r["district_code"].parse().ok(),
            located: (!r["lon"].is_empty()).then(|| Located {
                position: position(r),
                precision: Precision::Station,
                accuracy_m: key(&r["position_accuracy_m"]),
            }),
            fields: r["suggested_fields"]
                .split(';')
                .filter(|n| !n.is_empty())
                .map(field)
                .collect(),
            evidence: zhuchao::domain::evidence::Evidence::Published,
        })
        .collect()
}

pub fn ground() -> Ground {
    Ground {
        districts: districts(),
        network: network(),
        clusters: clusters(),
    }
}
