//! Changes of quotas (额度调整): proposed by the district's reviewer with the basis, released by its
//! approver. Only a release makes money usable.
//!
//! Not here: what a change does to the ledger (`acts::money::quotas`).

use serde::{Deserialize, Serialize};

use super::ids::QuotaChangeId;
use super::ledger::QuotaKey;
use super::money::Fen;
use super::place::DistrictCode;
use super::quota::{Item, QuotaMode};
use super::signature::Signature;

/// Where a change stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeStage {
    /// Waits for the approver.
    Proposed,
    /// Released: in force.
    Released,
    /// Not released.
    Refused,
}

impl ChangeStage {
    /// The name in tables and files.
    pub fn name(self) -> &'static str {
        match self {
            ChangeStage::Proposed => "proposed",
            ChangeStage::Released => "released",
            ChangeStage::Refused => "refused",
        }
    }
}

/// A change of a quota.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuotaChange {
    /// Key.
    pub id: QuotaChangeId,
    /// Whose quota.
    pub district: DistrictCode,
    /// Budget year.
    pub year: i32,
    /// Item.
    pub item: Item,
    /// What the quota was when the change was proposed; `None` = there was none.
    pub before: Option<Fen>,
    /// What the quota is to be.
    pub amount: Fen,
    /// What is to happen above it.
    pub mode: QuotaMode,
    /// Legal or budgetary basis, for example the number of the budget.
    pub basis: String,
    /// Where it stands.
    pub stage: ChangeStage,
    /// Proposed by.
    pub proposed: Signature,
    /// Released or refused by.
    pub decided: Option<Signature>,
}

impl QuotaChange {
    /// The quota concerned.
    pub fn quota(&self) -> QuotaKey {
        QuotaKey {
            district: self.district.clone(),
            year: self.year,
            item: self.item,
        }
    }
}
