//! Waiting lists and successions.

use super::noun::{Cell, Noun};
use crate::domain::waiting_list::{Succession, Waiter};

impl Noun for Waiter {
    const NOUN: &'static str = "waiting application";
    const TABLE: &'static str = "waiters";
    const COLUMNS: &'static [&'static str] = &["firm_id", "round_id", "district_id"];

    fn key(&self) -> String {
        self.application.to_string()
    }

    fn cells(&self) -> Vec<Cell> {
        vec![
            Cell::Text(self.firm.to_string()),
            Cell::Text(self.round.to_string()),
            Cell::Text(self.district.to_string()),
        ]
    }
}

impl Noun for Succession {
    const NOUN: &'static str = "succession";
    const TABLE: &'static str = "successions";
    const COLUMNS: &'static [&'static str] = &["round_id", "snapshot", "plan"];

    fn key(&self) -> String {
        self.id.clone()
    }

    fn cells(&self) -> Vec<Cell> {
        vec![
            Cell::Text(self.round.to_string()),
            Cell::Text(self.snapshot.clone()),
            Cell::Text(self.plan.clone()),
        ]
    }
}
