//! Scenarios (情景): named changes of a round's snapshot in force, planned beside it. A manual
//! override (人工调整) is a scenario with pins or exclusions, a parent plan and a reason.
//!
//! Not here: how changes are applied and compared (`acts::scenarios`).

use serde::{Deserialize, Serialize};

use super::ids::{ApplicationId, RoundId, ScenarioId, TaskId};
use super::money::Fen;
use super::place::DistrictCode;
use super::points::Points;
use super::signature::Signature;
use super::snapshot::Pin;

/// A weight of the policy, replaced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WeightChange {
    /// Name in the section `weights` of the policy.
    pub name: String,
    /// Milli-points.
    pub value: Points,
}

/// The quota of a district in the year of the round, replaced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuotaChange {
    /// District.
    pub district: DistrictCode,
    /// Amount.
    pub amount: Fen,
}

/// What a scenario changes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Changes {
    /// Version of another policy.
    pub policy: Option<String>,
    /// Weights.
    pub weights: Vec<WeightChange>,
    /// Quotas.
    pub quotas: Vec<QuotaChange>,
    /// Units given to applications.
    pub pins: Vec<Pin>,
    /// Applications that keep what the parent plan gives them.
    pub keep: Vec<ApplicationId>,
    /// Applications left out.
    pub leave_out: Vec<ApplicationId>,
    /// Seed instead of the round's.
    pub seed: Option<u64>,
}

/// A scenario.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// Key.
    pub id: ScenarioId,
    /// The round.
    pub round: RoundId,
    /// Name.
    pub name: String,
    /// Tags.
    pub tags: Vec<String>,
    /// What is changed.
    pub changes: Changes,
    /// Digest of the plan that is overridden or that the run starts from.
    pub parent: Option<String>,
    /// Who made it, when and why; an override needs the reason.
    pub made: Signature,
    /// The last run of it.
    pub task: Option<TaskId>,
}

/// A snapshot that a scenario made of another. It is never the newest snapshot of its round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Variant {
    /// Its digest.
    pub digest: String,
    /// The round.
    pub round: RoundId,
    /// The scenario as it was then.
    pub scenario: Scenario,
    /// Digest of the snapshot in force that it was made of.
    pub base: String,
    /// The plan made for it, once there is one.
    pub plan: Option<String>,
    /// Second signature: another officer adopts its changes into the round, with the reason.
    pub adopted: Option<Signature>,
}
