//! Quotas of districts by year and item; the key is `district/year/item`.

use super::noun::{Cell, Noun};
use crate::domain::quota::{Item, Quota};

impl Noun for Quota {
    const NOUN: &'static str = "quota";
    const TABLE: &'static str = "quotas";
    const COLUMNS: &'static [&'static str] = &["district_id", "year", "item", "amount"];

    fn key(&self) -> String {
        format!("{}/{}/{}", self.district, self.year, item(self.item))
    }

    fn cells(&self) -> Vec<Cell> {
        vec![
            Cell::Text(self.district.to_string()),
            Cell::Int(self.year),
            Cell::Text(item(self.item).to_owned()),
            Cell::Big(self.amount.0),
        ]
    }
}

fn item(item: Item) -> &'static str {
    match item {
        Item::RentSubsidy => "rent_subsidy",
    }
}
