//! The effect of another policy on a past round, as figures: before and after.
//!
//! Not here: how it is computed (`simulate`).

use serde::Serialize;

use crate::domain::area::Area;
use crate::domain::money::Fen;

/// A value before and after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Pair<T> {
    /// By the policy of the snapshot.
    pub before: T,
    /// By the other policy.
    pub after: T,
}

impl<T: Clone> Pair<T> {
    /// The same before and after.
    pub(super) fn of(value: T) -> Pair<T> {
        Pair {
            before: value.clone(),
            after: value,
        }
    }
}

impl<T: PartialEq> Pair<T> {
    /// True when the two differ.
    pub fn differs(&self) -> bool {
        self.before != self.after
    }
}

/// One application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Applicant {
    /// Key of the application.
    pub application: String,
    /// Key of the firm.
    pub firm: String,
    /// Rules that are not met; empty = eligible.
    pub unmet: Pair<Vec<String>>,
    /// Most area that the firm may have, in 0.01 m2.
    pub area_max: Pair<Area>,
    /// Subsidy of its award in the year of the round, in fen, before any cut; `None` = no award.
    pub subsidy: Option<Pair<Fen>>,
}

impl<T> Pair<Vec<T>> {
    /// Whether each of the two is empty.
    pub(super) fn empty(&self) -> Pair<bool> {
        Pair {
            before: self.before.is_empty(),
            after: self.after.is_empty(),
        }
    }
}

/// One district.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DistrictEffect {
    /// Code.
    pub district: String,
    /// Quota of the year.
    pub quota: Fen,
    /// Sum of the aid of its awards.
    pub claimed: Pair<Fen>,
    /// What the quota covers of it, in parts per million; a million = all.
    pub ratio_ppm: Pair<i64>,
}

/// The effect of another policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Effect {
    /// Versions of the policies.
    pub policy: Pair<String>,
    /// Round.
    pub round: String,
    /// Firms or applications are synthetic.
    pub synthetic: bool,
    /// How many are eligible.
    pub eligible: Pair<usize>,
    /// Sum of the most areas of the eligible, in 0.01 m2.
    pub area_max: Pair<i128>,
    /// Each application by key.
    pub applicants: Vec<Applicant>,
    /// Each district with a quota or an award; empty without a plan.
    pub districts: Vec<DistrictEffect>,
    /// Sum of the quotas.
    pub quota: Fen,
    /// Sum of the aid of all awards.
    pub claimed: Pair<Fen>,
}
