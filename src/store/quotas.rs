//! Quotas of districts by year and item; the key is `district/year/item`.

use super::noun::{Cell, Noun};
use crate::domain::quota::Quota;

impl Noun for Quota {
    const NOUN: &'static str = "quota";
    const TABLE: &'static str = "quotas";
    const COLUMNS: &'static [&'static str] = &["district_id", "year", "item", "amount"];

    fn key(&self) -> String {
        format!("{}/{}/{}", self.district, self.year, self.item.name())
    }

    fn cells(&self) -> Vec<Cell> {
        vec![
            Cell::Text(self.district.to_string()),
            Cell::Int(self.year),
            Cell::Text(self.item.name().to_owned()),
            Cell::Big(self.amount.0),
        ]
    }
}
