//! How the optimizer weighs fairness and change: the mode and its limits.
//!
//! Absent section: the optimum, and no price for moving anybody.
//!
//! Not here: the weights of a placement (`weights`), the optimizer (`solve`).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::gather::value;
use super::weights::WEIGHT_MAX;
use crate::domain::evidence::Evidence;
use crate::domain::fault::Fault;
use crate::domain::points::Points;

/// The mode.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Most points in all.
    Optimum,
    /// Strict order of score, each taking its best remaining option.
    Ranked,
    /// Most points with a cap on justified envy.
    EnvyCap,
}

/// The section.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Optimizer {
    /// The mode.
    pub mode: Mode,
    /// Most pairs of justified envy; exactly with `envy_cap`.
    pub envy_pairs_max: Option<u32>,
    /// Points lost for each firm that an officer's change moves.
    #[serde(default)]
    pub move_price: Points,
    /// Legal basis.
    pub basis: String,
    /// How well the rule is known.
    pub evidence: Evidence,
    /// Last day on which the basis is in force; `None` = not known.
    pub basis_until: Option<NaiveDate>,
}

/// Breaches: the cap goes with its mode, the price is in range.
pub(super) fn breaches(rule: &Optimizer) -> Vec<Fault> {
    let mut faults = Vec::new();
    if (rule.mode == Mode::EnvyCap) != rule.envy_pairs_max.is_some() {
        let cause = "the cap on envy stands exactly with the mode envy_cap";
        faults.push(value("[optimizer]", "envy_pairs_max", cause));
    }
    if rule.move_price < Points::ZERO || rule.move_price > WEIGHT_MAX {
        let cause = "the price is negative or too large";
        faults.push(value("[optimizer]", "move_price", cause));
    }
    faults
}
