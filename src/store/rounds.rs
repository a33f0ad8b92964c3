//! Rounds and their state.

use super::noun::{Cell, Noun};
use crate::domain::round::{Round, RoundState};

impl Noun for Round {
    const NOUN: &'static str = "round";
    const TABLE: &'static str = "rounds";
    const COLUMNS: &'static [&'static str] = &["state"];

    fn key(&self) -> String {
        self.id.to_string()
    }

    fn cells(&self) -> Vec<Cell> {
        let state = match self.state {
            RoundState::Open => "open",
            RoundState::Frozen => "frozen",
            RoundState::Planned => "planned",
        };
        vec![Cell::Text(state.to_owned())]
    }
}
