//! Firms. No two share a unified social credit code.

use super::error::StoreError;
use super::noun::{Cell, Noun};
use super::rows::having;
use super::tx::Reading;
use crate::domain::credit_code::CreditCode;
use crate::domain::firm::Firm;

impl Noun for Firm {
    const NOUN: &'static str = "firm";
    const TABLE: &'static str = "firms";
    const COLUMNS: &'static [&'static str] = &["credit_code", "district_id"];
    const LINKS: &'static [&'static str] = &["firm_fields"];

    fn key(&self) -> String {
        self.id.to_string()
    }

    fn cells(&self) -> Vec<Cell> {
        vec![
            Cell::Text(self.credit_code.to_string()),
            Cell::Text(self.district.to_string()),
        ]
    }

    fn targets(&self) -> Vec<Vec<String>> {
        vec![self.fields.iter().map(ToString::to_string).collect()]
    }
}

/// The firm with a credit code, if there is one.
pub fn by_credit_code(tx: &mut Reading<'_>, code: &CreditCode) -> Result<Option<Firm>, StoreError> {
    Ok(having(tx, "credit_code", code.as_str())?.into_iter().next())
}
