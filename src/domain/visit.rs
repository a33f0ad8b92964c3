//! Visits (实地检查): what two officers saw at the holder of a contract.
//!
//! Not here: what they found wrong (`finding`).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::ids::{ContractId, DrawId, FirmId, VisitId};
use super::place::DistrictCode;
use super::signature::Signature;

/// A visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Visit {
    /// Key.
    pub id: VisitId,
    /// For which contract.
    pub contract: ContractId,
    /// At whose.
    pub firm: FirmId,
    /// District of the space.
    pub district: DistrictCode,
    /// From which draw; `None` for a visit with a cause of its own.
    pub draw: Option<DrawId>,
    /// On which day.
    pub on: NaiveDate,
    /// Accounts of the two officers.
    pub inspectors: Vec<String>,
    /// What was seen.
    pub seen: String,
    /// How many findings it made.
    pub findings: u32,
    /// Entered by one of the two.
    pub entered: Signature,
}
