//! What is proven about a change of points: it lies between two numbers; when they are equal it is exact.
//!
//! Not here: how the numbers are found.

use serde::Serialize;

use crate::domain::points::Points;

/// A change of the best total against the plan. `low` is achieved by a plan that was found; no plan
/// does better than `high`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Range {
    /// Reached.
    pub low: Option<Points>,
    /// Never exceeded.
    pub high: Option<Points>,
}

impl Range {
    /// The change of totals against a value; a bound below what is reached is what is reached.
    pub fn of(found: Option<i64>, bound: Option<i64>, against: i64) -> Range {
        let change = |v: i64| Points(v.saturating_sub(against));
        let low = found.map(change);
        let high = bound.map(change);
        Range {
            low,
            high: match (low, high) {
                (Some(l), Some(h)) => Some(l.max(h)),
                _ => high,
            },
        }
    }

    /// The change when it is exact.
    pub fn exact(&self) -> Option<Points> {
        self.low.filter(|l| Some(*l) == self.high)
    }

    /// Both ranges hold: the tighter of each end.
    #[must_use]
    pub fn and(self, other: Range) -> Range {
        let low = self.low.max(other.low);
        let high = match (self.high, other.high) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        Range { low, high }
    }
}
