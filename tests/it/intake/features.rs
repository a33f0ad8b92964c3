//! GeoJSON: good files, and every fault of its own.

use zhuchao::domain::place::Datum;
use zhuchao::intake::write::sites_geojson;
use zhuchao::intake::{Batch, Format, Kind, Limits, codes, read};

use super::stubs::{Map, Stored, good, marks, read_csv, read_json, table};

fn collection(features: &str) -> String {
    format!("{{\"type\":\"FeatureCollection\",\"features\":[{features}]}}")
}

fn feature(kind: Kind, geometry: &str) -> String {
    let skip = ["lon", "lat", "datum"];
    let pairs: Vec<String> = good(kind)
        .iter()
        .filter(|(n, _)| !skip.contains(n))
        .map(|(n, v)| format!("\"{n}\":\"{v}\""))
        .collect();
    format!(
        "{{\"type\":\"Feature\",\"properties\":{{{}}},\"geometry\":{geometry}}}",
        pairs.join(",")
    )
}

const POINT: &str = r#"{"type":"Point","coordinates":[113.940444,22.550032]}"#;
const SQUARE: &str =
    r#"{"type":"Polygon","coordinates":[[[114,22.5],[114.1,22.5],[114.1,22.6],[114,22.5]]]}"#;

#[test]
fn features_give_the_same_nouns_as_rows() {
    for (kind, geometry) in [
        (Kind::Sites, POINT),
        (Kind::Units, "null"),
        (Kind::Apartments, "null"),
    ] {
        let text = collection(&feature(kind, geometry));
        let report = read_json(kind, &text, Some(Datum::Wgs84));
        let rows = read_csv(kind, table(kind, &[&[]]).as_bytes());
        assert_eq!(
            report.into_batch().expect("good"),
            rows.into_batch().expect("good")
        );
    }
}

#[test]
fn properties_may_be_numbers_flags_lists_and_null() {
    let text = collection(
        r#"{"type":"Feature","geometry":null,"properties":{"firm_id":"F1","credit_code":"91000000YM00000167",
        "name_zh":"甲","industry_code":7515,"district_code":"440307","headcount":87.0,"revenue_yuan":null,
        "rd_share_pct":20.5,"fields":["K1","K5"],"evidence":"synthetic"}}"#,
    );
    let report = read_json(Kind::Firms, &text, None);
    let Ok(Batch::Firms(firms)) = report.into_batch() else {
        panic!("firms wanted");
    };
    assert_eq!((firms[0].headcount, firms[0].fields.len()), (87, 2));
    assert_eq!(firms[0].rd_share.map(|s| s.bp()), Some(2_050));
}

#[test]
fn the_datum_is_named_once() {
    let one = feature(Kind::Sites, POINT);
    let named = collection(&one).replacen('{', "{\"datum\":\"gcj02\",", 1);
    let report = read_json(Kind::Sites, &named, None);
    let Ok(Batch::Sites(sites)) = report.into_batch() else {
        panic!("sites wanted");
    };
    let lon = sites[0].located.as_ref().map(|l| l.position.micro().0);
    assert_eq!(lon, Some(113_935_444));
    assert_eq!(
        marks(&read_json(Kind::Sites, &named, Some(Datum::Wgs84)))[0].0,
        codes::NO_DATUM.0
    );
    let unknown = named.replace("gcj02", "mars");
    assert_eq!(
        marks(&read_json(Kind::Sites, &unknown, None))[0].0,
        codes::NO_DATUM.0
    );
    let none = read_json(Kind::Sites, &collection(&one), None);
    assert_eq!(
        marks(&none),
        vec![(codes::NO_DATUM.0, Some(1), Some("datum"))]
    );
}

#[test]
fn outlines_of_districts() {
    let text = collection(&feature(Kind::Districts, SQUARE));
    let report = read_json(Kind::Districts, &text, Some(Datum::Wgs84));
    let Ok(Batch::Districts(all)) = report.into_batch() else {
        panic!("districts wanted");
    };
    let outline = all[0].outline.as_ref().expect("an outline");
    assert_eq!(outline.0[0].exterior().0.len(), 4);
    assert_eq!(
        marks(&read_json(Kind::Districts, &text, None))[0].0,
        codes::NO_DATUM.0
    );
}

#[test]
fn bad_geometry() {
    let open = SQUARE.replace("[114,22.5]]]", "[114,22.7]]]");
    let short = r#"{"type":"Polygon","coordinates":[[[114,22.5],[114,22.5]]]}"#;
    let off = SQUARE.replace("114.1,22.5", "999,22.5");
    let none = r#"{"type":"MultiPolygon","coordinates":[]}"#;
    for (geometry, code) in [
        (open.as_str(), codes::BAD_GEOMETRY.0),
        (short, codes::BAD_GEOMETRY.0),
        (POINT, codes::BAD_GEOMETRY.0),
        (none, codes::BAD_GEOMETRY.0),
        ("null", codes::BAD_GEOMETRY.0),
        (off.as_str(), "DM160"),
    ] {
        let text = collection(&feature(Kind::Districts, geometry));
        let report = read_json(Kind::Districts, &text, Some(Datum::Wgs84));
        assert_eq!(
            marks(&report),
            vec![(code, Some(1), Some("geometry"))],
            "{geometry}"
        );
    }
    let text = collection(&feature(Kind::Sites, SQUARE));
    let report = read_json(Kind::Sites, &text, Some(Datum::Wgs84));
    assert_eq!(
        marks(&report)[0],
        (codes::BAD_GEOMETRY.0, Some(1), Some("geometry"))
    );
}

#[test]
fn every_feature_tells_its_own_faults() {
    let good = feature(Kind::Units, "null");
    let features = [
        good.replace("\"floor\":\"6\"", "\"floor\":0"),
        "{\"type\":\"Feature\",\"properties\":".to_owned() + "12,\"geometry\":null}",
        good.replace("\"room\"", "\"rooms\"")
            .replace("\"U1\"", "\"U2\""),
        good.replace("\"gas\":\"否\"", "\"gas\":{\"a\":1}")
            .replace("\"U1\"", "\"U3\""),
        good.clone(),
    ];
    let report = read_json(Kind::Units, &collection(&features.join(",")), None);
    let wanted = vec![
        (codes::FLOOR_ZERO.0, Some(1), Some("floor")),
        (codes::BAD_JSON.0, Some(2), None),
        (codes::UNKNOWN_COLUMN.0, Some(3), Some("rooms")),
        (codes::BAD_JSON.0, Some(4), Some("gas")),
        (codes::DUPLICATE_KEY.0, Some(5), Some("unit_id")),
    ];
    assert_eq!(marks(&report), wanted);
}

#[test]
fn files_that_are_no_collection() {
    for text in [
        "",
        "{}",
        "[]",
        "{\"type\":\"FeatureCollection\"}",
        "{\"type\":\"Point\",\"coordinates\":[1,2]}",
        "{\"type\":\"FeatureCollection\",\"features\":[",
        "{\"type\":\"FeatureCollection\",\"features\":7}",
    ] {
        let report = read_json(Kind::Sites, text, None);
        assert_eq!(
            marks(&report),
            vec![(codes::BAD_JSON.0, None, None)],
            "{text}"
        );
    }
    let chinese = [b"{\"a\":\"".as_slice(), &[0xb9, 0xfa], b"\"}"].concat();
    let (mut source, limits) = (chinese.as_slice(), Limits::default());
    let report = read(
        Kind::Sites,
        &mut source,
        Format::GeoJson,
        None,
        &Map,
        &Stored,
        &limits,
    );
    assert_eq!(marks(&report), vec![(codes::BAD_JSON.0, None, None)]);
}

#[test]
fn a_feature_that_is_too_large() {
    let limits = Limits {
        feature_bytes: 1_000,
        ..Limits::default()
    };
    let long = feature(Kind::Sites, POINT).replace("Software", &"x".repeat(1_000));
    let text = collection(&long);
    let mut source = text.as_bytes();
    let datum = Some(Datum::Wgs84);
    let report = read(
        Kind::Sites,
        &mut source,
        Format::GeoJson,
        datum,
        &Map,
        &Stored,
        &limits,
    );
    assert_eq!(
        marks(&report),
        vec![(codes::FEATURE_TOO_LARGE.0, Some(1), None)]
    );
}

#[test]
fn sites_come_back_from_geojson() {
    let far = [
        ("site_id", "S002"),
        ("lon", ""),
        ("lat", ""),
        ("position_precision", "none"),
        ("note", "=1+1"),
    ];
    let text = table(Kind::Sites, &[&[], &far]).replace("=1+1", "'=1+1");
    let batch = read_csv(Kind::Sites, text.as_bytes())
        .into_batch()
        .expect("good");
    let Batch::Sites(sites) = &batch else {
        panic!("sites wanted");
    };
    let mut bytes = Vec::new();
    sites_geojson(sites, &mut bytes).expect("memory");
    let text = String::from_utf8(bytes).expect("UTF-8");
    let again = read_json(Kind::Sites, &text, None);
    assert_eq!(again.into_batch().expect("good"), batch);
}
