//! GCJ-02 and BD-09 against independent vectors, and their inverses.

use proptest::prelude::{ProptestConfig, prop_assert, proptest};
use zhuchao::atlas::{datum, distance};
use zhuchao::domain::place::{BAD_POSITION, Datum, Position};

use super::real::{number, rows};

const ALL: [Datum; 4] = [Datum::Wgs84, Datum::Cgcs2000, Datum::Gcj02, Datum::Bd09];

#[test]
fn every_vector_is_met_within_its_tolerance() {
    let rows = rows("tests/it/atlas/fixtures/coord_vectors.csv");
    assert_eq!(rows.len(), 346);
    for r in &rows {
        let wgs = (number(r, "lon_wgs"), number(r, "lat_wgs"));
        let gcj = (number(r, "lon_gcj"), number(r, "lat_gcj"));
        let off = distance::degrees(datum::gcj02_of_wgs84(wgs), gcj);
        assert!(off <= number(r, "tolerance_m"), "{off} m at {r:?}");
        let back = distance::degrees(datum::wgs84_of_gcj02(gcj), wgs);
        // The inverse moves an error by less than one part in ten thousand.
        assert!(
            back <= number(r, "tolerance_m") * 1.001,
            "{back} m back at {r:?}"
        );
    }
}

#[test]
fn bd09_agrees_with_the_coordtransform_example() {
    // Test values of coordtransform 2.1.2 (MIT) for 116.404, 39.915.
    let (lon, lat) = datum::bd09_of_gcj02((116.404, 39.915));
    assert!((lon - 116.410_369_493_710_29).abs() < 1e-9, "{lon}");
    assert!((lat - 39.921_336_993_510_21).abs() < 1e-9, "{lat}");
}

#[test]
fn nothing_is_shifted_outside_china() {
    for p in [
        (-0.1276, 51.5072),
        (151.2093, -33.8688),
        (71.9, 30.0),
        (100.0, 0.5),
    ] {
        assert_eq!(datum::gcj02_of_wgs84(p), p);
        assert_eq!(datum::wgs84_of_gcj02(p), p);
        assert_eq!(datum::bd09_of_gcj02(p), p);
        assert_eq!(datum::gcj02_of_bd09(p), p);
    }
}

#[test]
fn cgcs2000_is_taken_as_wgs84_and_gcj02_is_not() {
    let p = datum::to_wgs84(Datum::Cgcs2000, 114.057_868, 22.543_099).expect("a position");
    assert_eq!(p.micro(), (114_057_868, 22_543_099));
    let shifted = datum::to_wgs84(Datum::Gcj02, 114.057_868, 22.543_099).expect("a position");
    let off = distance::metres(p, shifted);
    assert!((400.0..800.0).contains(&off), "{off} m");
}

#[test]
fn numbers_off_the_globe_are_refused_in_every_datum() {
    for datum in ALL {
        for (lon, lat) in [
            (f64::NAN, 22.0),
            (114.0, f64::INFINITY),
            (1e300, 22.0),
            (114.0, 90.1),
        ] {
            let fault = datum::to_wgs84(datum, lon, lat).expect_err("off the globe");
            assert_eq!(fault.code, BAD_POSITION);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn round_trips_hold_in_china(lon in 73.0..135.0f64, lat in 3.0..54.0f64) {
        let g = datum::gcj02_of_wgs84((lon, lat));
        let w = datum::wgs84_of_gcj02(g);
        prop_assert!((w.0 - lon).abs() < 1e-9 && (w.1 - lat).abs() < 1e-9, "{w:?}");
        let b = datum::bd09_of_gcj02(g);
        let g2 = datum::gcj02_of_bd09(b);
        prop_assert!((g2.0 - g.0).abs() < 1e-9 && (g2.1 - g.1).abs() < 1e-9, "{g2:?}");
    }

    #[test]
    fn positions_return_through_every_datum(lon in 113_700_000i32..114_700_000, lat in 22_400_000i32..22_900_000) {
        let p = Position::try_from((lon, lat)).expect("a position");
        for datum in ALL {
            let (x, y) = datum::from_wgs84(datum, p);
            prop_assert!(datum::to_wgs84(datum, x, y) == Ok(p));
        }
    }

    #[test]
    fn any_number_gives_a_position_or_a_fault(lon in proptest::num::f64::ANY, lat in proptest::num::f64::ANY) {
        for datum in ALL {
            if let Ok(p) = datum::to_wgs84(datum, lon, lat) {
                prop_assert!(p.lon().abs() <= 180.0 && p.lat().abs() <= 90.0);
            }
        }
    }
}
