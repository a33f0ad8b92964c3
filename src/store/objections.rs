//! Objections.

use super::noun::{Cell, Noun};
use crate::domain::objection::Objection;

impl Noun for Objection {
    const NOUN: &'static str = "objection";
    const TABLE: &'static str = "objections";
    const COLUMNS: &'static [&'static str] = &[
        "round_id",
        "application_id",
        "firm_id",
        "district_id",
        "stage",
        "due",
    ];
    const MAYBE: &'static [&'static str] = &["firm_id"];

    fn key(&self) -> String {
        self.id.to_string()
    }

    fn cells(&self) -> Vec<Cell> {
        vec![
            Cell::Text(self.round.to_string()),
            Cell::Text(self.application.to_string()),
            Cell::MaybeText(self.firm().map(ToString::to_string)),
            Cell::Text(self.district.to_string()),
            Cell::Text(self.stage.name().to_owned()),
            Cell::Text(self.due.to_string()),
        ]
    }
}
