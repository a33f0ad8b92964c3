//! Templates of notices.

use super::noun::{Cell, Noun};
use crate::domain::paper_template::PaperTemplate;

impl Noun for PaperTemplate {
    const NOUN: &'static str = "template of notices";
    const TABLE: &'static str = "paper_templates";
    const COLUMNS: &'static [&'static str] = &["version"];

    fn key(&self) -> String {
        self.id.clone()
    }

    fn cells(&self) -> Vec<Cell> {
        vec![Cell::Big(i64::from(self.version))]
    }
}
