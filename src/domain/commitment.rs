//! Commitments (额度承诺): what a contract binds of the quota of each budget year of its term. A later
//! year may have no quota yet: then nothing is bound, and the wish waits for the release.
//!
//! Not here: how much a contract wants (policy), entries (`ledger`).

use serde::{Deserialize, Serialize};

use super::ids::{ContractId, FirmId};
use super::ledger::QuotaKey;
use super::money::Fen;
use super::place::DistrictCode;
use super::quota::Item;

/// Where a commitment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CommitmentStage {
    /// Less is bound than wanted; more follows when quota is released.
    Waiting,
    /// All that is wanted was bound.
    Bound,
    /// Nothing more is bound or claimed: exit, or end of the year.
    Closed,
}

impl CommitmentStage {
    /// Every stage.
    pub const ALL: [CommitmentStage; 3] = [
        CommitmentStage::Waiting,
        CommitmentStage::Bound,
        CommitmentStage::Closed,
    ];

    /// The name in tables and files.
    pub fn name(self) -> &'static str {
        match self {
            CommitmentStage::Waiting => "waiting",
            CommitmentStage::Bound => "bound",
            CommitmentStage::Closed => "closed",
        }
    }
}

/// What a contract binds of one year's quota. Its key is `contract/year`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Commitment {
    /// The contract.
    pub contract: ContractId,
    /// The firm.
    pub firm: FirmId,
    /// The paying district.
    pub district: DistrictCode,
    /// Budget year.
    pub year: i32,
    /// Item.
    pub item: Item,
    /// What the rules give for the months of the year.
    pub wanted: Fen,
    /// What was bound in all.
    pub bound: Fen,
    /// What is still bound here, and not yet in a claim.
    pub left: Fen,
    /// Where it stands.
    pub stage: CommitmentStage,
}

impl Commitment {
    /// The quota concerned.
    pub fn quota(&self) -> QuotaKey {
        QuotaKey {
            district: self.district.clone(),
            year: self.year,
            item: self.item,
        }
    }

    /// The key.
    pub fn key(&self) -> String {
        format!("{}/{}", self.contract, self.year)
    }

    /// What is still to be bound.
    pub fn missing(&self) -> Fen {
        match self.stage {
            CommitmentStage::Closed => Fen::ZERO,
            _ => Fen(self.wanted.0.saturating_sub(self.bound.0).max(0)),
        }
    }
}
