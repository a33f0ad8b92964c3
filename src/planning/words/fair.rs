//! The price of fairness in words.
//!
//! Not here: the table (`planning::fair`).

use crate::domain::decimal;
use crate::domain::points::Points;
use crate::planning::fair::table::{Mode, Row};
use crate::planning::why::book::{Text, say};

/// The table, a few sentences a row.
pub fn table(rows: &[Row]) -> Vec<Text> {
    rows.iter().flat_map(row).collect()
}

fn row(row: &Row) -> Vec<Text> {
    let m = &row.measure;
    let lost = match row.lost > Points::ZERO {
        true => say("fair.lost", &[("points", Text::same(row.lost))]),
        false => say("fair.lost.none", &[]),
    };
    let first = [
        ("mode", mode(row.mode)),
        ("points", Text::same(row.points)),
        ("lost", lost),
        ("placed", Text::same(m.placed)),
        ("small", percent(m.small_share_ppm)),
        ("pairs", Text::same(m.envy_pairs)),
    ];
    let second = [
        ("gini", Text::same(decimal::format(m.housing_gini_ppm, 6))),
        ("district", percent(m.least_district_ppm)),
        ("size", percent(m.least_size_ppm)),
    ];
    let mut told = vec![say("fair.row", &first), say("fair.more", &second)];
    if let Some(gap) = row.gap_ppm {
        let key = match row.mode {
            Mode::EnvyCap(_) if gap > 0 => "fair.gap.cap",
            _ => "fair.gap",
        };
        told.push(say(key, &[("gap", percent(gap))]));
    }
    told
}

/// Parts per million as per cent.
fn percent(ppm: i64) -> Text {
    Text::same(decimal::format(ppm, 4))
}

fn mode(mode: Mode) -> Text {
    let key = match mode {
        Mode::Optimum => "mode.optimum",
        Mode::Ranked => "mode.ranked",
        Mode::EnvyCap(0) => "mode.envy_cap.none",
        Mode::EnvyCap(_) => "mode.envy_cap",
        Mode::Reserve => "mode.reserve",
        Mode::MaxMinDistricts => "mode.max_min_districts",
        Mode::MaxMinSizes => "mode.max_min_sizes",
        Mode::NashSizes => "mode.nash_sizes",
    };
    match mode {
        Mode::EnvyCap(n) => say(key, &[("n", Text::same(n))]),
        _ => say(key, &[]),
    }
}
