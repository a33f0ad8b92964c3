//! Objections (异议): what somebody with a name holds against an award while a plan is publicised.
//!
//! Not here: who may object and reply (`acts`), how long there is for it (policy).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::ids::{ApplicationId, FirmId, ObjectionId, RoundId};
use super::place::DistrictCode;
use super::signature::Signature;

/// Who objects. Without a name only where the policy takes objections in any form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind", deny_unknown_fields)]
pub enum Objector {
    /// A firm, by its own account or under its seal.
    Firm {
        /// Which.
        firm: FirmId,
    },
    /// A person who signed with identity; an officer typed the paper in.
    Person {
        /// Name.
        name: String,
        /// How to reach him.
        contact: String,
    },
    /// Nobody who gave a name; an officer typed it in.
    Anonymous {},
}

/// Where an objection stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ObjectionStage {
    /// Waits for the reply.
    Open,
    /// 成立: the case is opened again.
    Upheld,
    /// 不成立.
    Dismissed,
}

impl ObjectionStage {
    /// The name in tables and files.
    pub fn name(self) -> &'static str {
        match self {
            ObjectionStage::Open => "open",
            ObjectionStage::Upheld => "upheld",
            ObjectionStage::Dismissed => "dismissed",
        }
    }
}

/// An objection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Objection {
    /// Key.
    pub id: ObjectionId,
    /// In which round.
    pub round: RoundId,
    /// Digest of the plan that was publicised.
    pub plan: String,
    /// Accounts that chose and approved that plan: they do not reply.
    pub deciders: Vec<String>,
    /// Against the award of this application.
    pub application: ApplicationId,
    /// District of that award's space.
    pub district: DistrictCode,
    /// Who objects.
    pub objector: Objector,
    /// What is held against the award.
    pub grounds: String,
    /// Entered by, when.
    pub entered: Signature,
    /// Last day for the reply.
    pub due: NaiveDate,
    /// Where it stands.
    pub stage: ObjectionStage,
    /// Replied by, with the reason.
    pub replied: Option<Signature>,
}

impl Objection {
    /// The firm that objects, if it is one.
    pub fn firm(&self) -> Option<&FirmId> {
        match &self.objector {
            Objector::Firm { firm } => Some(firm),
            Objector::Person { .. } | Objector::Anonymous {} => None,
        }
    }
}
