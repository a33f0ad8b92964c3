//! Keys, positions and district codes.

use proptest::prelude::*;
use zhuchao::domain::ids::{SiteId, UnitId};
use zhuchao::domain::place::{DistrictCode, Position};

use super::world::{code, read};

#[test]
fn keys_are_short_and_printable() {
    for text in [
        "",
        "a b",
        "a\n",
        "=1+1",
        "a,b",
        "\"",
        "<b>",
        &"x".repeat(65),
    ] {
        assert_eq!(code(text.parse::<UnitId>()), "DM101", "{text:?}");
    }
    for text in ["N1-001", "南山/2栋A座/3", "a.b_c:d#1", &"楼".repeat(64)] {
        assert_eq!(read::<SiteId>(text).as_str(), text);
    }
    assert!(serde_json::from_str::<UnitId>("\"a b\"").is_err());
}

#[test]
fn positions_lie_on_the_globe() {
    let wrong = [
        (180.1, 0.0),
        (0.0, 90.1),
        (f64::NAN, 0.0),
        (0.0, f64::INFINITY),
        (-181.0, 22.5),
    ];
    for (lon, lat) in wrong {
        assert_eq!(code(Position::degrees(lon, lat)), "DM160", "{lon} {lat}");
    }
    assert_eq!(code(Position::try_from((180_000_001, 0))), "DM160");
    let edge = Position::degrees(-180.0, 90.0).expect("on the globe");
    assert_eq!(edge.micro(), (-180_000_000, 90_000_000));
}

#[test]
fn district_codes_are_those_of_shenzhen() {
    for text in ["440305", "440311", "4403X1", "4403X4"] {
        assert_eq!(read::<DistrictCode>(text).as_str(), text);
    }
    for text in [
        "", "4403", "44030", "4403055", "440105", "4403Y1", "44031X", "4403Ｘ1",
    ] {
        assert_eq!(code(text.parse::<DistrictCode>()), "DM161", "{text:?}");
    }
}

proptest! {
    #[test]
    fn micro_degrees_survive(lon in -180_000_000..=180_000_000_i32, lat in -90_000_000..=90_000_000_i32) {
        let position = Position::try_from((lon, lat)).expect("on the globe");
        prop_assert_eq!(position.micro(), (lon, lat));
        let again = Position::degrees(position.lon(), position.lat());
        prop_assert_eq!(again.ok(), Some(position));
    }

    #[test]
    fn any_text_is_a_key_or_refused(text in any::<String>()) {
        match text.parse::<UnitId>() {
            Ok(key) => prop_assert_eq!(key.as_str(), text.as_str()),
            Err(fault) => prop_assert_eq!(fault.code.0, "DM101"),
        }
    }
}
