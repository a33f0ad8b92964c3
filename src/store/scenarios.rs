//! Scenarios and the variants of snapshots that they make.

use super::noun::{Cell, Noun};
use crate::domain::scenario::{Scenario, Variant};

impl Noun for Scenario {
    const NOUN: &'static str = "scenario";
    const TABLE: &'static str = "scenarios";
    const COLUMNS: &'static [&'static str] = &["round_id"];

    fn key(&self) -> String {
        self.id.to_string()
    }

    fn cells(&self) -> Vec<Cell> {
        vec![Cell::Text(self.round.to_string())]
    }
}

impl Noun for Variant {
    const NOUN: &'static str = "variant";
    const TABLE: &'static str = "variants";
    const COLUMNS: &'static [&'static str] = &["round_id", "scenario_id", "base"];

    fn key(&self) -> String {
        self.digest.clone()
    }

    fn cells(&self) -> Vec<Cell> {
        vec![
            Cell::Text(self.round.to_string()),
            Cell::Text(self.scenario.id.to_string()),
            Cell::Text(self.base.clone()),
        ]
    }
}
