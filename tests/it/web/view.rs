//! The read model as values.

use zhuchao::acts::view;
use zhuchao::acts::view::board::Outcome;
use zhuchao::acts::words;
use zhuchao::domain::area::Area;
use zhuchao::domain::money::Fen;
use zhuchao::domain::plan::UnitGrant;

use super::fixture::{board, key, plan, snapshot};

#[test]
fn figures_are_sums_of_the_rows() {
    let board = board();
    let f = &board.figures;
    assert_eq!((f.applications, f.placed), (5, 2));
    assert_eq!((f.not_eligible, f.nothing_fits, f.priced_out), (1, 1, 1));
    assert_eq!(
        (f.area_let, f.area_offered),
        (Area::metres(550), Area::metres(1_700))
    );
    assert_eq!(f.monthly_rent, Fen(550 * 6_000));
    assert_eq!((f.subsidy, f.quota), (Fen(6_000_000), Fen(16_000_000)));
    assert_eq!(
        (f.apartments_let, f.apartments_offered, f.households),
        (2, 3, 10)
    );
}

#[test]
fn parts_of_the_score_add_up_to_the_value_of_the_plan() {
    let board = board();
    let worth: i64 = (board.rows.iter())
        .filter_map(|row| match &row.outcome {
            Outcome::Placed(p) => Some(p.worth.0),
            Outcome::Waiting(_) => None,
        })
        .sum();
    assert_eq!(worth, board.proof.value.0);
    assert_eq!(board.proof.gap_ppm, Some(0));
}

#[test]
fn each_area_is_let_or_vacant_and_never_both() {
    for site in &board().sites {
        assert_eq!(
            site.area_let.0 + site.area_vacant().0,
            site.area.0,
            "{}",
            site.id
        );
        let units: i64 = site.units.iter().map(|u| u.area_let.0).sum();
        assert_eq!(units, site.area_let.0, "{}", site.id);
    }
}

#[test]
fn keys_that_the_snapshot_does_not_know_are_shown_and_do_not_fail() {
    let mut plan = plan();
    plan.awards[0].site = key("S999");
    plan.awards[0].units = vec![UnitGrant {
        unit: key("U999"),
        area: Area(i64::MAX),
        monthly_rent: Fen(i64::MAX),
    }];
    let strange = plan.awards[0].units[0].clone();
    plan.awards[1].units.push(strange);
    let mut snapshot = snapshot();
    snapshot.firms.clear();
    let board = view::board(&snapshot, &plan, "");
    let text = serde_json::to_string(&board).unwrap_or_default();
    assert!(text.contains("S999") && text.contains("U999"));
    assert_eq!(board.figures.monthly_rent, Fen(i64::MAX), "sums saturate");
}

#[test]
fn every_part_of_the_score_has_a_term() {
    let names = [
        "placed",
        "area_fit",
        "site_wish",
        "credentials",
        "area",
        "subsidy",
        "nearness",
        "cluster_fit",
        "field_affinity",
        "apartments",
    ];
    for name in names {
        assert_ne!(
            words::score_part(name).zh,
            name,
            "{name} is shown by its term"
        );
    }
}
