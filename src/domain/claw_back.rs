//! Claw-backs (追缴): paid aid that a firm must give back, by a deadline, until it has come in or the
//! order is waived by a second signature.
//!
//! Not here: why a contract was breached (supervision), entries (`ledger`).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::ids::{ClaimId, ClawBackId, ContractId, FirmId, ProposalId};
use super::ledger::QuotaKey;
use super::money::Fen;
use super::place::DistrictCode;
use super::quota::Item;
use super::signature::Signature;

/// Where an order stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClawBackStage {
    /// The firm owes.
    Ordered,
    /// A waiver is proposed and waits for the second signature.
    WaiverProposed,
    /// All has come in.
    Received,
    /// The rest is waived.
    Waived,
}

impl ClawBackStage {
    /// Every stage.
    pub const ALL: [ClawBackStage; 4] = [
        ClawBackStage::Ordered,
        ClawBackStage::WaiverProposed,
        ClawBackStage::Received,
        ClawBackStage::Waived,
    ];

    /// The name in tables and files.
    pub fn name(self) -> &'static str {
        match self {
            ClawBackStage::Ordered => "ordered",
            ClawBackStage::WaiverProposed => "waiver_proposed",
            ClawBackStage::Received => "received",
            ClawBackStage::Waived => "waived",
        }
    }
}

/// Money that came in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    /// How much; positive.
    pub amount: Fen,
    /// Reference of the bank.
    pub reference: String,
    /// Entered by.
    pub signed: Signature,
}

/// An order about one claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClawBack {
    /// Key.
    pub id: ClawBackId,
    /// Under which contract.
    pub contract: ContractId,
    /// Which paid claim.
    pub claim: ClaimId,
    /// Who owes.
    pub firm: FirmId,
    /// The district that paid.
    pub district: DistrictCode,
    /// Budget year that paid, and that gets the money back.
    pub year: i32,
    /// Item.
    pub item: Item,
    /// The decided proposal that it carries out, if it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposal: Option<ProposalId>,
    /// How much is ordered back.
    pub amount: Fen,
    /// Last day to pay.
    pub deadline: NaiveDate,
    /// Ordered by, with the reason.
    pub ordered: Signature,
    /// What has come in.
    pub receipts: Vec<Receipt>,
    /// The waiver: proposed by, with the reason.
    pub waiver: Option<Signature>,
    /// The waiver: signed by another.
    pub waived: Option<Signature>,
    /// Where it stands.
    pub stage: ClawBackStage,
}

impl ClawBack {
    /// The quota that gets the money back.
    pub fn quota(&self) -> QuotaKey {
        QuotaKey {
            district: self.district.clone(),
            year: self.year,
            item: self.item,
        }
    }

    /// What is still owed.
    pub fn owed(&self) -> Fen {
        let received: i64 = self.receipts.iter().map(|r| r.amount.0).sum();
        match self.stage {
            ClawBackStage::Waived => Fen::ZERO,
            _ => Fen(self.amount.0 - received),
        }
    }

    /// True when the deadline is over and something is owed.
    pub fn is_late(&self, today: NaiveDate) -> bool {
        self.owed() > Fen::ZERO && self.deadline < today
    }
}
