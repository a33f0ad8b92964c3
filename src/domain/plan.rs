//! Plans (方案): an immutable proposal for a snapshot. A plan names its snapshot by digest and its
//! parent, and is never trusted: `planning::check` proves it before it is stored.

use serde::{Deserialize, Serialize};

use super::area::Area;
use super::housing::HouseholdKind;
use super::ids::{ApartmentTypeId, ApplicationId, SiteId, UnitId};
use super::money::Fen;
use super::period::Period;
use super::place::DistrictCode;
use super::points::Points;
use super::reason::WhyNot;

/// Format name of the file.
pub const PLAN_FORMAT: &str = "zhuchao-plan/1";

/// A unit, or a part of a divisible unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitGrant {
    /// Which.
    pub unit: UnitId,
    /// How much of it.
    pub area: Area,
    /// Rent per month.
    pub monthly_rent: Fen,
}

/// Apartments of one type for one kind of household.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApartmentGrant {
    /// For whom.
    pub household: HouseholdKind,
    /// Which.
    pub apartment: ApartmentTypeId,
    /// How many; positive.
    pub count: u32,
    /// Points of all of them.
    pub points: Points,
}

/// Subsidy from the quota of one district and year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubsidyGrant {
    /// Paying district: that of the space.
    pub district: DistrictCode,
    /// Budget year.
    pub year: i32,
    /// Id of the rule of the policy.
    pub rule: String,
    /// What the rule gives.
    pub computed: Fen,
    /// What is awarded after a pro-rata cut; equal to `computed` when there is none.
    pub awarded: Fen,
}

/// One part of the score of an award.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScorePart {
    /// Name of the weight, for example `cluster_fit`.
    pub name: String,
    /// Points.
    pub points: Points,
}

/// What one application is given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Award {
    /// The application.
    pub application: ApplicationId,
    /// The site.
    pub site: SiteId,
    /// The units, by key.
    pub units: Vec<UnitGrant>,
    /// The lease.
    pub lease: Period,
    /// Subsidy, at most one per district and year.
    pub subsidy: Option<SubsidyGrant>,
    /// Apartments.
    pub apartments: Vec<ApartmentGrant>,
    /// Parts of the score of the space; their sum plus the points of the apartments is the worth of the award.
    pub score: Vec<ScorePart>,
    /// Door-to-door minutes to the nearest anchor; `None` without anchors or position.
    pub minutes: Option<u32>,
}

/// An application that waits, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Waiting {
    /// The application.
    pub application: ApplicationId,
    /// Exactly one reason.
    pub why: WhyNot,
}

/// How good the plan is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proof {
    /// Total points.
    pub value: Points,
    /// Proven upper bound; `None` when nothing is proven.
    pub upper_bound: Option<Points>,
    /// `optimal` or `feasible`.
    pub status: String,
}

impl Proof {
    /// Gap in parts per million of the value, rounded up; `None` without a bound or a positive value.
    pub fn gap_ppm(&self) -> Option<i64> {
        let (value, bound) = (self.value.0, self.upper_bound?.0);
        if bound <= value {
            return Some(0);
        }
        if value <= 0 {
            return None;
        }
        let open = i128::from(bound) - i128::from(value);
        i64::try_from((open * 1_000_000 + i128::from(value) - 1) / i128::from(value)).ok()
    }
}

/// A plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// Always [`PLAN_FORMAT`].
    pub format: String,
    /// Digest of the snapshot it is for (SHA-256, hex).
    pub snapshot: String,
    /// Digest of the plan it was made from, if any.
    pub parent: Option<String>,
    /// Seed of the run.
    pub seed: u64,
    /// Names and versions of what made it.
    pub engine: String,
    /// Version of the policy.
    pub policy: String,
    /// Awards by application.
    pub awards: Vec<Award>,
    /// All others by application, each with its reason.
    pub waiting: Vec<Waiting>,
    /// Value, bound, status.
    pub proof: Proof,
}

/// Prices (影子价格) that the run of a plan ended with: one for each resource of its instance, in milli-points
/// a unit. They prove bounds, and reasons are told by them; whoever uses them counts anew, so they are
/// believed for no statement. Kept beside the plan, whose file and digest do not know them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanPrices {
    /// Digest of the plan.
    pub plan: String,
    /// By resource, in the order of the instance.
    pub prices: Vec<f64>,
}
