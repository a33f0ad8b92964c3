//! Points in milli-points: the unit of value of the optimizer. Weights are policy data.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::decimal;
use super::fault::{Code, Fault};

/// A sum of points exceeds 64 bits.
pub const POINTS_OVERFLOW: Code = Code("DM130");

/// An amount of points in milli-points.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Points(pub i64);

impl Points {
    /// No points.
    pub const ZERO: Points = Points(0);

    /// Sum, or DM130.
    pub fn plus(self, other: Points) -> Result<Points, Fault> {
        self.0.checked_add(other.0).map(Points).ok_or_else(|| {
            Fault::new(
                POINTS_OVERFLOW,
                "a sum of points exceeds 64 bits",
                "lower the weights of the policy",
            )
        })
    }

    /// Sum of many, or DM130.
    pub fn sum(all: impl IntoIterator<Item = Points>) -> Result<Points, Fault> {
        all.into_iter().try_fold(Points::ZERO, Points::plus)
    }
}

impl fmt::Display for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&decimal::format(self.0, 3))
    }
}
