//! Proposed policies.

use super::noun::{Cell, Noun};
use crate::domain::policy_draft::PolicyDraft;

impl Noun for PolicyDraft {
    const NOUN: &'static str = "proposed policy";
    const TABLE: &'static str = "policy_drafts";
    const COLUMNS: &'static [&'static str] = &["stage"];

    fn key(&self) -> String {
        self.version.clone()
    }

    fn cells(&self) -> Vec<Cell> {
        vec![Cell::Text(self.stage.name().to_owned())]
    }
}
