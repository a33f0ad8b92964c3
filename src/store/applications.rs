//! Applications of firms in rounds.

use super::error::StoreError;
use super::noun::{Cell, Noun};
use super::rows::having;
use super::tx::Reading;
use crate::domain::application::Application;
use crate::domain::ids::{FirmId, RoundId};

impl Noun for Application {
    const NOUN: &'static str = "application";
    const TABLE: &'static str = "applications";
    const COLUMNS: &'static [&'static str] = &["firm_id", "round_id", "area_min", "area_max"];
    const LINKS: &'static [&'static str] = &[
        "application_sites",
        "application_districts",
        "application_stations",
    ];

    fn key(&self) -> String {
        self.id.to_string()
    }

    fn cells(&self) -> Vec<Cell> {
        vec![
            Cell::Text(self.firm.to_string()),
            Cell::Text(self.round.to_string()),
            Cell::Big(self.area_min.0),
            Cell::Big(self.area_max.0),
        ]
    }

    fn targets(&self) -> Vec<Vec<String>> {
        vec![
            self.site_wishes.iter().map(ToString::to_string).collect(),
            self.districts.iter().map(ToString::to_string).collect(),
            self.anchors.iter().map(ToString::to_string).collect(),
        ]
    }
}

/// The applications of a round, by key.
pub fn of_round(tx: &mut Reading<'_>, round: &RoundId) -> Result<Vec<Application>, StoreError> {
    having(tx, "round_id", round.as_str())
}

/// The applications of a firm, by key.
pub fn of_firm(tx: &mut Reading<'_>, firm: &FirmId) -> Result<Vec<Application>, StoreError> {
    having(tx, "firm_id", firm.as_str())
}
