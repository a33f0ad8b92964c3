//! What decisions on findings bring into being: bans (禁止申请), suspensions of subsidy (暂停补贴), proposals
//! to claw back (追缴建议). Explicit records, so that cases and money can read them.
//!
//! Not here: who may lift them (`acts`), the order to pay back (money).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::ids::{BanId, ContractId, FindingId, FirmId, ProposalId, SuspensionId};
use super::place::DistrictCode;
use super::signature::Signature;

/// Where a ban or a suspension stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SanctionStage {
    /// It stands until its last day.
    Standing,
    /// Lifted before.
    Lifted,
}

impl SanctionStage {
    /// The name in tables and files.
    pub fn name(self) -> &'static str {
        match self {
            SanctionStage::Standing => "standing",
            SanctionStage::Lifted => "lifted",
        }
    }
}

/// A ban from applying.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ban {
    /// Key.
    pub id: BanId,
    /// Of which firm.
    pub firm: FirmId,
    /// District that ordered it, or for which it was ordered.
    pub district: DistrictCode,
    /// For which finding.
    pub finding: FindingId,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub until: NaiveDate,
    /// Where it stands.
    pub stage: SanctionStage,
    /// Ordered by, with the reason.
    pub ordered: Signature,
    /// Lifted by, with the reason.
    pub lifted: Option<Signature>,
}

impl Ban {
    /// True when it bars on a day.
    pub fn bars(&self, day: NaiveDate) -> bool {
        self.stage == SanctionStage::Standing && self.from <= day && day <= self.until
    }
}

/// A suspension of the subsidy of a contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Suspension {
    /// Key.
    pub id: SuspensionId,
    /// Of which contract.
    pub contract: ContractId,
    /// Of which firm.
    pub firm: FirmId,
    /// District of the space.
    pub district: DistrictCode,
    /// For which finding.
    pub finding: FindingId,
    /// First day.
    pub from: NaiveDate,
    /// Last day; `None` = until lifted.
    pub until: Option<NaiveDate>,
    /// Where it stands.
    pub stage: SanctionStage,
    /// Ordered by, with the reason.
    pub ordered: Signature,
    /// Lifted by, with the reason.
    pub lifted: Option<Signature>,
}

impl Suspension {
    /// True when nothing may be paid on a day.
    pub fn holds(&self, day: NaiveDate) -> bool {
        let over = self.until.is_some_and(|last| last < day);
        self.stage == SanctionStage::Standing && self.from <= day && !over
    }
}

/// Where a proposal to claw back stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProposalStage {
    /// Waits for the money people.
    Open,
    /// An order was made.
    Ordered,
    /// Dropped, with the reason.
    Dropped,
}

impl ProposalStage {
    /// Every stage.
    pub const ALL: [ProposalStage; 3] = [
        ProposalStage::Open,
        ProposalStage::Ordered,
        ProposalStage::Dropped,
    ];

    /// The name in tables and files.
    pub fn name(self) -> &'static str {
        match self {
            ProposalStage::Open => "open",
            ProposalStage::Ordered => "ordered",
            ProposalStage::Dropped => "dropped",
        }
    }
}

/// A proposal to claw aid of a contract back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proposal {
    /// Key.
    pub id: ProposalId,
    /// Of which contract.
    pub contract: ContractId,
    /// Of which firm.
    pub firm: FirmId,
    /// District of the space.
    pub district: DistrictCode,
    /// For which finding.
    pub finding: FindingId,
    /// Aid for days from this one on.
    pub from: NaiveDate,
    /// Where it stands.
    pub stage: ProposalStage,
    /// Proposed by, with the reason.
    pub proposed: Signature,
    /// Ordered or dropped by, with the reference or the reason.
    pub settled: Option<Signature>,
}
