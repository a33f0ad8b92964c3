//! Prices of plans, beside them.

use super::noun::{Cell, Noun};
use crate::domain::plan::PlanPrices;

impl Noun for PlanPrices {
    const NOUN: &'static str = "prices of a plan";
    const TABLE: &'static str = "plan_prices";
    const COLUMNS: &'static [&'static str] = &[];

    fn key(&self) -> String {
        self.plan.clone()
    }

    fn cells(&self) -> Vec<Cell> {
        Vec::new()
    }
}
