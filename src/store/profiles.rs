//! Profiles of firms, and which firms share a controller.

use super::error::StoreError;
use super::noun::{Cell, Noun};
use super::search::words_among;
use super::tx::Reading;
use crate::domain::profile::{Controller, Profile};

impl Noun for Profile {
    const NOUN: &'static str = "profile";
    const TABLE: &'static str = "profiles";
    const COLUMNS: &'static [&'static str] = &["district_id", "stage"];
    const LINKS: &'static [&'static str] = &["profile_controllers"];

    fn key(&self) -> String {
        self.firm.to_string()
    }

    fn cells(&self) -> Vec<Cell> {
        vec![
            Cell::Text(self.district.to_string()),
            Cell::Text(self.stage.name().to_owned()),
        ]
    }

    fn targets(&self) -> Vec<Vec<String>> {
        vec![
            self.controllers
                .iter()
                .flat_map(Controller::marks)
                .collect(),
        ]
    }
}

/// Keys of the firms with a profile that names one of these controllers, by key.
pub fn naming(tx: &mut Reading<'_>, controllers: &[Controller]) -> Result<Vec<String>, StoreError> {
    let marks: Vec<String> = controllers.iter().flat_map(Controller::marks).collect();
    let sql = "SELECT DISTINCT owner AS value FROM profile_controllers WHERE target IN ";
    let mut firms = words_among(tx, sql, marks)?;
    firms.sort_unstable();
    Ok(firms)
}
