//! Procedures of rounds.

use super::noun::{Cell, Noun};
use crate::domain::procedure::Procedure;

impl Noun for Procedure {
    const NOUN: &'static str = "procedure";
    const TABLE: &'static str = "procedures";
    const COLUMNS: &'static [&'static str] = &["step"];

    fn key(&self) -> String {
        self.round.to_string()
    }

    fn cells(&self) -> Vec<Cell> {
        vec![Cell::Text(self.step.name().to_owned())]
    }
}
