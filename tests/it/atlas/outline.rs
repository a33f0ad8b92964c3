//! Districts of the real stations, and the three answers of containment.

use geo_types::{Coord, LineString, MultiPolygon, Polygon};
use zhuchao::atlas::outline::Outlines;
use zhuchao::domain::place::{Containment, District, DistrictCode, Located, Position, Precision};

use super::real::{districts, key, stations};

#[test]
fn every_station_lies_in_its_district() {
    let outlines = Outlines::new(&districts());
    let mut seen = 0;
    for (station, row) in stations() {
        let found = outlines.district_of(station.position);
        assert_eq!(
            found,
            Some(key(&row["district_code"])),
            "{}",
            station.name_zh
        );
        seen += 1;
    }
    assert_eq!(seen, 335);
}

#[test]
fn stations_near_a_border_need_a_look_and_the_others_do_not() {
    let outlines = Outlines::new(&districts());
    for (station, row) in stations() {
        let place = located(station.position, 150);
        let near = !row["near_other_district_code"].is_empty();
        let district: DistrictCode = key(&row["district_code"]);
        let metres = outlines
            .metres_to_border(station.position, &district)
            .expect("an outline");
        let answer = outlines.contains(&place, &district);
        let expected = if metres <= 150.0 {
            Containment::NeedsLook
        } else {
            Containment::Yes
        };
        assert_eq!(answer, expected, "{} at {metres} m", station.name_zh);
        if near {
            assert_eq!(
                answer,
                Containment::NeedsLook,
                "{} at {metres} m",
                station.name_zh
            );
        }
    }
}

fn located(position: Position, accuracy_m: u32) -> Located {
    Located {
        position,
        precision: Precision::Station,
        accuracy_m,
    }
}

fn at(lon: f64, lat: f64, accuracy_m: u32) -> Located {
    located(
        Position::degrees(lon, lat).expect("on the globe"),
        accuracy_m,
    )
}

fn district(code: &str, ring: &[(f64, f64)]) -> District {
    let ring: Vec<Coord<f64>> = ring.iter().map(|c| Coord { x: c.0, y: c.1 }).collect();
    District {
        code: key(code),
        name_zh: String::new(),
        name_en: String::new(),
        outline: Some(MultiPolygon(vec![Polygon::new(LineString(ring), vec![])])),
    }
}

/// A square of a hundredth of a degree, about 1.1 km.
fn square(code: &str, west: f64) -> District {
    let (e, s, n) = (west + 0.01, 22.50, 22.51);
    district(code, &[(west, s), (e, s), (e, n), (west, n), (west, s)])
}

#[test]
fn containment_has_three_answers() {
    let mut unknown = square("440304", 0.0);
    unknown.outline = None;
    let outlines = Outlines::new(&[square("440305", 114.0), unknown]);
    let home: DistrictCode = key("440305");
    assert_eq!(
        outlines.contains(&at(114.005, 22.505, 100), &home),
        Containment::Yes
    );
    assert_eq!(
        outlines.contains(&at(114.005, 22.505, 600), &home),
        Containment::NeedsLook
    );
    assert_eq!(
        outlines.contains(&at(114.02, 22.505, 100), &home),
        Containment::No
    );
    assert_eq!(
        outlines.contains(&at(114.02, 22.505, 1100), &home),
        Containment::NeedsLook
    );
    assert_eq!(
        outlines.contains(&at(114.0, 22.505, 0), &home),
        Containment::NeedsLook
    );
    let no_outline = outlines.contains(&at(114.005, 22.505, 1), &key("440304"));
    assert_eq!(no_outline, Containment::NeedsLook);
}

#[test]
fn the_border_is_as_far_as_the_geodesic_says() {
    let outlines = Outlines::new(&[square("440305", 114.0)]);
    let inside = Position::degrees(114.004, 22.505).expect("on the globe");
    let foot = Position::degrees(114.0, 22.505).expect("on the globe");
    let metres = outlines
        .metres_to_border(inside, &key("440305"))
        .expect("an outline");
    assert!((metres - zhuchao::atlas::distance::metres(inside, foot)).abs() < 0.01);
}

#[test]
fn on_a_shared_border_the_smallest_code_counts() {
    let outlines = Outlines::new(&[square("440305", 114.0), square("440304", 114.01)]);
    let border = Position::degrees(114.01, 22.505).expect("on the globe");
    assert_eq!(outlines.district_of(border), Some(key("440304")));
    let outside = Position::degrees(113.0, 22.505).expect("on the globe");
    assert_eq!(outlines.district_of(outside), None);
}

#[test]
fn hostile_outlines_count_as_unknown() {
    let nan = district(
        "440305",
        &[
            (f64::NAN, 22.5),
            (114.0, 22.5),
            (114.0, 22.6),
            (f64::NAN, 22.5),
        ],
    );
    let empty = district("440304", &[]);
    let mut none = district("440303", &[]);
    none.outline = Some(MultiPolygon(vec![]));
    let outlines = Outlines::new(&[nan, empty, none]);
    for code in ["440303", "440304", "440305"] {
        let answer = outlines.contains(&at(114.0, 22.5, 10), &key(code));
        assert_eq!(answer, Containment::NeedsLook);
    }
    assert_eq!(outlines.district_of(at(114.0, 22.5, 1).position), None);
}
