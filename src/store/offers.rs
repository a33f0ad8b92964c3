//! Offers and contracts. An application has at most one live offer.

use super::noun::{Cell, Noun};
use crate::domain::offer::{Contract, Offer};

impl Noun for Offer {
    const NOUN: &'static str = "offer";
    const TABLE: &'static str = "offers";
    const COLUMNS: &'static [&'static str] = &[
        "application_id",
        "firm_id",
        "round_id",
        "district_id",
        "stage",
        "expires_on",
    ];

    fn key(&self) -> String {
        self.id.to_string()
    }

    fn cells(&self) -> Vec<Cell> {
        vec![
            Cell::Text(self.application.to_string()),
            Cell::Text(self.firm.to_string()),
            Cell::Text(self.round.to_string()),
            Cell::Text(self.district.to_string()),
            Cell::Text(self.stage.name().to_owned()),
            Cell::Text(self.expires_on.to_string()),
        ]
    }
}

impl Noun for Contract {
    const NOUN: &'static str = "contract";
    const TABLE: &'static str = "contracts";
    const COLUMNS: &'static [&'static str] = &[
        "number",
        "application_id",
        "firm_id",
        "round_id",
        "district_id",
        "stage",
    ];

    fn key(&self) -> String {
        self.id.to_string()
    }

    fn cells(&self) -> Vec<Cell> {
        vec![
            Cell::Text(self.number.clone()),
            Cell::Text(self.application.to_string()),
            Cell::Text(self.firm.to_string()),
            Cell::Text(self.round.to_string()),
            Cell::Text(self.district.to_string()),
            Cell::Text(self.stage.name().to_owned()),
        ]
    }
}
