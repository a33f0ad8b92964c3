//! Decimals, money, rates, areas, shares and points: exact, checked, refused where they must be.

use proptest::prelude::*;
use zhuchao::domain::area::{Area, Share};
use zhuchao::domain::decimal;
use zhuchao::domain::money::{Fen, Rate};
use zhuchao::domain::points::Points;

use super::world::{code, read};

#[test]
fn decimals_read_and_write_exactly() {
    assert_eq!(decimal::parse("1234.5", 2), Some(123_450));
    assert_eq!(decimal::parse("-0.07", 2), Some(-7));
    assert_eq!(decimal::parse("007", 0), Some(7));
    assert_eq!(decimal::format(-7, 2), "-0.07");
    assert_eq!(decimal::format(7, 0), "7");
    assert_eq!(decimal::format(i64::MIN, 2), "-92233720368547758.08");
}

#[test]
fn anything_but_a_plain_decimal_is_refused() {
    let wrong = [
        "",
        "-",
        ".5",
        "5.",
        "1.234",
        "1e3",
        "+1",
        "1,000",
        " 1",
        "1 ",
        "0x1",
        "１",
        "--1",
        "1.-1",
        "NaN",
        "inf",
        "99999999999999999999",
        "92233720368547758.08",
    ];
    for text in wrong {
        assert_eq!(decimal::parse(text, 2), None, "{text:?}");
    }
}

#[test]
fn money_is_refused_or_overflows_with_its_code() {
    assert_eq!(code("12.345".parse::<Fen>()), "DM111");
    assert_eq!(code(Rate::new(-1)), "DM111");
    assert_eq!(code("-1".parse::<Rate>()), "DM111");
    assert_eq!(code(Fen(i64::MAX).plus(Fen(1))), "DM110");
    assert_eq!(code(Fen(i64::MIN).minus(Fen(1))), "DM110");
    assert_eq!(code(Fen(i64::MAX).times(2)), "DM110");
    assert_eq!(code(Fen(i64::MAX).ratio_floor(2, 1)), "DM110");
    assert_eq!(code(Fen(1).ratio_floor(1, 0)), "DM110");
    assert_eq!(code(Fen::sum([Fen(i64::MAX), Fen(1), Fen(-1)])), "DM110");
    assert_eq!(
        code(read::<Rate>("90000000000000000").monthly(Area(i64::MAX))),
        "DM110"
    );
    let negative: Result<Rate, _> = serde_json::from_str("-1");
    assert!(negative.is_err());
}

#[test]
fn areas_shares_and_points_are_refused_with_their_codes() {
    assert_eq!(code("-1".parse::<Area>()), "DM120");
    assert_eq!(code("1.234".parse::<Area>()), "DM120");
    assert_eq!(code(Area(i64::MAX).plus(Area(1))), "DM120");
    assert_eq!(code(Area::sum([Area(i64::MAX), Area(1)])), "DM120");
    assert_eq!(Area::metres(i64::MAX), Area(i64::MAX));
    assert_eq!(code(Share::new(-1)), "DM121");
    assert_eq!(code(Share::new(10_001)), "DM121");
    assert_eq!(Share::new(10_000).ok(), Some(Share::ALL));
    assert_eq!(code(Points(i64::MAX).plus(Points(1))), "DM130");
    assert_eq!(code(Points::sum([Points(i64::MIN), Points(-1)])), "DM130");
    assert_eq!(Points(40_250).to_string(), "40.250");
}

#[test]
fn a_monthly_rent_rounds_half_a_fen_up() {
    let rent = |rate: &str, area: &str| read::<Rate>(rate).monthly(read(area)).map(|f| f.0);
    assert_eq!(rent("60", "313.43"), Ok(1_880_580));
    assert_eq!(rent("0.01", "0.49"), Ok(0));
    assert_eq!(rent("0.01", "0.50"), Ok(1));
    assert_eq!(rent("0.01", "1.49"), Ok(1));
    assert_eq!(rent("0.01", "1.50"), Ok(2));
    assert_eq!(rent("0", "999"), Ok(0));
}

#[test]
fn a_ratio_rounds_towards_minus_infinity() {
    assert_eq!(Fen(10).ratio_floor(1, 3), Ok(Fen(3)));
    assert_eq!(Fen(-10).ratio_floor(1, 3), Ok(Fen(-4)));
    assert_eq!(
        Fen(i64::MAX).ratio_floor(i64::MAX, i64::MAX),
        Ok(Fen(i64::MAX))
    );
}

proptest! {
    #[test]
    fn what_is_written_reads_back(value in (i64::MIN + 1)..i64::MAX, places in 0_u32..6) {
        prop_assert_eq!(decimal::parse(&decimal::format(value, places), places), Some(value));
    }

    #[test]
    fn any_text_is_read_or_refused_without_a_crash(text in "\\PC{0,30}") {
        if let Some(value) = decimal::parse(&text, 2) {
            prop_assert!(text.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b'-'));
            let again = decimal::parse(&decimal::format(value, 2), 2);
            prop_assert_eq!(again, Some(value));
        }
    }

    /// The rent is the nearest fen to rate x area, in wide integers.
    #[test]
    fn a_monthly_rent_is_the_nearest_fen(rate in 0..10_000_000_i64, area in 0..100_000_000_i64) {
        let rent = Rate::new(rate).and_then(|r| r.monthly(Area(area)));
        let rent = i128::from(rent.expect("small").0);
        let exact_x100 = i128::from(rate) * i128::from(area);
        prop_assert!((rent * 100 - exact_x100).abs() <= 50);
    }

    #[test]
    fn a_ratio_is_less_than_one_fen_below_the_exact(v: i64, num in 0..1_000_000_i64, den in 1..1_000_000_i64) {
        let exact = i128::from(v) * i128::from(num);
        match Fen(v).ratio_floor(num, den) {
            Ok(fen) => {
                let rest = exact - i128::from(fen.0) * i128::from(den);
                prop_assert!((0..i128::from(den)).contains(&rest));
            }
            Err(fault) => {
                prop_assert_eq!(fault.code.0, "DM110");
                prop_assert!(i64::try_from(exact.div_euclid(i128::from(den))).is_err());
            }
        }
    }
}
