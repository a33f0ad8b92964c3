//! Reserves (保留): a share of the area that only small firms may take.
//!
//! Not here: which area is let in a round.

use chrono::NaiveDate;
use serde::Deserialize;

use crate::domain::area::{Area, Share};
use crate::domain::evidence::Evidence;
use crate::domain::firm::Firm;

/// One reserve: firms that are not small may together take at most the rest.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reserve {
    /// Key, for example `small_firms`.
    pub id: String,
    /// Chinese name.
    pub label_zh: String,
    /// English name.
    pub label_en: String,
    /// Share of the whole area that is kept for small firms.
    #[serde(rename = "share_bp")]
    pub share: Share,
    /// A firm is small when its headcount is below this.
    pub small_headcount_below: u32,
    /// Legal basis.
    pub basis: String,
    /// How well the rule is known.
    pub evidence: Evidence,
    /// Last day on which the basis is in force; `None` = not known.
    pub basis_until: Option<NaiveDate>,
}

impl Reserve {
    /// True for a firm that may take the reserved area.
    pub fn is_small(&self, firm: &Firm) -> bool {
        firm.headcount < self.small_headcount_below
    }

    /// The area that firms which are not small may take together, of a whole:
    /// `whole x (1 - share)`, rounded down to 0.01 m2.
    pub fn open_to_others(&self, whole: Area) -> Area {
        let exact = i128::from(whole.0) * i128::from(10_000 - self.share.bp());
        Area(i64::try_from(exact.div_euclid(10_000)).unwrap_or(whole.0))
    }
}
