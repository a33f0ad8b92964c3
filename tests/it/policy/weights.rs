//! The score of a placement: worked examples, and the law that no part is negative.

use proptest::prelude::*;
use zhuchao::domain::area::Area;
use zhuchao::domain::firm::Credential;
use zhuchao::domain::housing::HouseholdKind;
use zhuchao::domain::money::Fen;
use zhuchao::domain::points::Points;
use zhuchao::policy::weights::{Facts, PARTS};

use super::world::policy;

fn plain() -> Facts<'static> {
    Facts {
        area: Area::metres(250),
        wish: (Area::metres(200), Area::metres(300)),
        cluster_fit_bp: 0,
        field_affinity_bp: 0,
        wish_rank: None,
        minutes: None,
        credentials: &[],
        subsidy: Fen::ZERO,
    }
}

fn part(name: &str, facts: &Facts) -> i64 {
    let parts = policy().weights.parts(facts).expect("small");
    let at = PARTS.iter().position(|p| *p == name).expect("a part");
    parts[at].0
}

#[test]
fn each_part_follows_its_formula() {
    let facts = plain();
    assert_eq!(part("placed", &facts), 40_000);
    assert_eq!(part("area_fit", &facts), 5_000);
    assert_eq!(part("area", &facts), 2_000);
    assert_eq!(
        part(
            "cluster_fit",
            &Facts {
                cluster_fit_bp: 2_500,
                ..facts
            }
        ),
        3_000
    );
    assert_eq!(
        part(
            "field_affinity",
            &Facts {
                field_affinity_bp: 10_000,
                ..facts
            }
        ),
        3_000
    );
    let wish = |rank| {
        part(
            "site_wish",
            &Facts {
                wish_rank: rank,
                ..facts
            },
        )
    };
    assert_eq!(
        [wish(None), wish(Some(0)), wish(Some(1)), wish(Some(9))],
        [0, 15_000, 11_000, 0]
    );
    let near = |minutes| part("nearness", &Facts { minutes, ..facts });
    assert_eq!(
        [near(None), near(Some(20)), near(Some(60)), near(Some(99))],
        [0, 10_000, 0, 0]
    );
    let credentials = &[Credential::HighTech, Credential::Specialised];
    assert_eq!(
        part(
            "credentials",
            &Facts {
                credentials,
                ..facts
            }
        ),
        9_000
    );
    assert_eq!(
        part(
            "subsidy",
            &Facts {
                subsidy: Fen(6_300_000),
                ..facts
            }
        ),
        2_500
    );
}

#[test]
fn the_fit_of_the_area_is_full_at_the_largest_wish_and_nothing_at_the_least() {
    let fit = |metres, wish| {
        part(
            "area_fit",
            &Facts {
                area: Area::metres(metres),
                wish,
                ..plain()
            },
        )
    };
    let wish = (Area::metres(200), Area::metres(300));
    assert_eq!(
        [
            fit(199, wish),
            fit(200, wish),
            fit(300, wish),
            fit(999, wish)
        ],
        [0, 0, 10_000, 10_000]
    );
    assert_eq!(fit(200, (Area::metres(200), Area::metres(200))), 10_000);
}

#[test]
fn larger_households_are_worth_more() {
    let weights = policy().weights;
    let worth = |kind| weights.apartment(kind);
    assert_eq!(worth(HouseholdKind::Single), Points(1_000));
    assert!(worth(HouseholdKind::Large) > worth(HouseholdKind::Family));
}

#[test]
fn every_part_is_a_multiple_of_the_step() {
    let mut weights = policy().weights;
    let facts = Facts {
        minutes: Some(19),
        subsidy: Fen(6_300_000),
        cluster_fit_bp: 3_333,
        ..plain()
    };
    let parts =
        |w: &zhuchao::policy::weights::Weights| w.parts(&facts).expect("small").map(|p| p.0);
    assert!(
        parts(&weights).iter().all(|p| p % 500 == 0),
        "{:?}",
        parts(&weights)
    );
    weights.part_step = Points(1);
    let exact = parts(&weights);
    weights.part_step = Points(500);
    for (exact, stepped) in exact.iter().zip(parts(&weights)) {
        assert!(
            (0..500).contains(&(exact - stepped)),
            "{exact} becomes {stepped}"
        );
    }
}

#[test]
fn a_score_beyond_64_bits_is_a_fault() {
    let mut weights = policy().weights;
    weights.area_per_100m2 = Points(1_000_000_000);
    let facts = Facts {
        area: Area(i64::MAX),
        ..plain()
    };
    let code = weights.parts(&facts).err().map(|f| f.code.0);
    assert_eq!(code, Some("DM130"));
}

proptest! {
    #[test]
    fn no_part_is_negative_and_a_placement_is_worth_something(
        area in 1..10_000_000_i64, least in 1..10_000_000_i64, more in 0..10_000_000_i64,
        fit in 0..=10_000_u32, rank in prop::option::of(any::<u32>()),
        minutes in prop::option::of(any::<u32>()), subsidy in 0..1_000_000_000_i64,
    ) {
        let facts = Facts {
            area: Area(area), wish: (Area(least), Area(least + more)), cluster_fit_bp: fit,
            field_affinity_bp: fit, wish_rank: rank, minutes, credentials: &[], subsidy: Fen(subsidy),
        };
        let parts = policy().weights.parts(&facts).expect("small");
        prop_assert!(parts.iter().all(|p| *p >= Points::ZERO));
        prop_assert!(Points::sum(parts).expect("small") > Points::ZERO);
    }
}
