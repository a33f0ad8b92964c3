//! Other public aid for the same rent: the rule against double help (不重复资助).
//!
//! Not here: the claim that it limits (`claim`).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::evidence::Evidence;

/// What other public aid for the same rent does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OtherAidMode {
    /// No aid beside it.
    Exclude,
    /// Only the difference to the larger of the two (差额).
    Difference,
}

/// The rule against double help (不重复资助).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OtherAid {
    /// What other aid does.
    pub mode: OtherAidMode,
    /// Legal basis.
    pub basis: String,
    /// How well the rule is known.
    pub evidence: Evidence,
    /// Last day on which the basis is in force; `None` = not known.
    pub basis_until: Option<NaiveDate>,
}
