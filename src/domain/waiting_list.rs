//! The waiting list (轮候) of a confirmed round, and successions (递补): what was offered of what was
//! given back.
//!
//! Order of the list: points of the best option that the application had in the frozen facts, the
//! higher first; equal points by key. The list shows where a firm stands; it does not decide. What is
//! given back goes to whomever it serves best, exactly (see [`Succession`]).
//!
//! Not here: how the best use is found (`planning`), who may see the list (`acts`).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::ids::{ApplicationId, FirmId, OfferId, RoundId};
use super::place::DistrictCode;
use super::points::Points;
use super::reason::WhyNot;

/// An application that waits in a confirmed round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Waiter {
    /// Key: that of its application.
    pub application: ApplicationId,
    /// Who waits.
    pub firm: FirmId,
    /// In which round.
    pub round: RoundId,
    /// District of the firm.
    pub district: DistrictCode,
    /// Points of its best option; `None` when it has none and so no place in the list.
    pub best: Option<Points>,
    /// Why it was not placed.
    pub why: WhyNot,
}

impl Waiter {
    /// Sorts by it give the list.
    pub fn rank(&self) -> (std::cmp::Reverse<Points>, &ApplicationId) {
        let points = self.best.unwrap_or(Points(i64::MIN));
        (std::cmp::Reverse(points), &self.application)
    }
}

/// A succession: the exact best use of all that is free in a confirmed round, everyone else kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Succession {
    /// Key: `<round>/<number>`.
    pub id: String,
    /// In which round.
    pub round: RoundId,
    /// Digest of the variant of the snapshot: who holds an offer or contract is pinned, who gave his
    /// up is out.
    pub snapshot: String,
    /// Digest of its plan, which is proven to be the best.
    pub plan: String,
    /// Points won by it.
    pub gain: Points,
    /// The offers that were made of it; none when nobody who waits can use what is free.
    pub offers: Vec<OfferId>,
    /// When.
    pub at: DateTime<Utc>,
}
