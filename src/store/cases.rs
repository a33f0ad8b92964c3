//! Cases of firms in rounds.

use super::noun::{Cell, Noun};
use crate::domain::case::Case;

impl Noun for Case {
    const NOUN: &'static str = "case";
    const TABLE: &'static str = "cases";
    const COLUMNS: &'static [&'static str] = &[
        "firm_id",
        "round_id",
        "district_id",
        "stage",
        "flagged",
        "open_to",
    ];

    fn key(&self) -> String {
        self.id.to_string()
    }

    fn cells(&self) -> Vec<Cell> {
        vec![
            Cell::Text(self.firm.to_string()),
            Cell::Text(self.round.to_string()),
            Cell::Text(self.district.to_string()),
            Cell::Text(self.stage.name().to_owned()),
            Cell::Text(self.flagged().to_owned()),
            Cell::Text(if self.is_open() { "all" } else { "firm" }.to_owned()),
        ]
    }
}
