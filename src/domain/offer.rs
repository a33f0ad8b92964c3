//! Offers (配租通知) and contracts (租赁合同): what a confirmed plan turns into.
//!
//! Not here: money paid (`ledger`), who may act (`acts`).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::ids::{ApplicationId, ContractId, FirmId, OfferId, RoundId};
use super::money::Fen;
use super::period::Period;
use super::place::DistrictCode;
use super::plan::Award;
use super::signature::Signature;

/// Where an offer stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OfferStage {
    /// Waits for the firm.
    Open,
    /// Accepted; a contract follows.
    Accepted,
    /// Declined by the firm.
    Declined,
    /// Not answered in time, or accepted and no contract signed in time.
    Expired,
    /// Taken back by the bureau before a contract was signed.
    Revoked,
    /// A contract is signed.
    Signed,
}

impl OfferStage {
    /// The name in tables and files.
    pub fn name(self) -> &'static str {
        match self {
            OfferStage::Open => "open",
            OfferStage::Accepted => "accepted",
            OfferStage::Declined => "declined",
            OfferStage::Expired => "expired",
            OfferStage::Revoked => "revoked",
            OfferStage::Signed => "signed",
        }
    }
}

/// An offer to one firm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Offer {
    /// Key.
    pub id: OfferId,
    /// For which application.
    pub application: ApplicationId,
    /// To whom.
    pub firm: FirmId,
    /// In which round.
    pub round: RoundId,
    /// District of the space: it pays the subsidy and keeps the contract.
    pub district: DistrictCode,
    /// Digest of the plan it comes from.
    pub plan: String,
    /// What is offered.
    pub award: Award,
    /// Last day on which it can be accepted.
    pub expires_on: NaiveDate,
    /// Where it stands.
    pub stage: OfferStage,
    /// Made by.
    pub made: Signature,
    /// Answered by.
    pub answered: Option<Signature>,
}

/// Where a contract stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContractStage {
    /// In force.
    InForce,
    /// Ran to its end, or was given up by the firm.
    Ended,
    /// Ended by the bureau or district for a breach.
    Terminated,
}

impl ContractStage {
    /// The name in tables and files.
    pub fn name(self) -> &'static str {
        match self {
            ContractStage::InForce => "in_force",
            ContractStage::Ended => "ended",
            ContractStage::Terminated => "terminated",
        }
    }
}

/// A yearly performance term of the supervision agreement (产业监管协议).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kpi {
    /// Name, for example `headcount`.
    pub name: String,
    /// Year it is for.
    pub year: i32,
    /// Least value, in the unit of the name.
    pub least: i64,
    /// Value reported, if any.
    pub reported: Option<i64>,
}

/// What the supervision agreement (产业监管协议) says besides the performance terms.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agreement {
    /// Its clauses, for example self-use, no sub-letting.
    pub clauses: Vec<String>,
    /// The notice with which it was terminated for a breach.
    pub breach: Option<Breach>,
}

/// A notice of termination for a breach, with the claim for what was paid (追缴通知).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Breach {
    /// Document number (文号) of the notice.
    pub number: String,
    /// The clause or term that is broken.
    pub clause: String,
    /// Aid for days from this one on is claimed back.
    pub claw_back_from: NaiveDate,
}

/// Who decided a letting (决定机关), by its area.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// Key of the policy's row.
    pub route: String,
    /// The deciding body in Chinese.
    pub body_zh: String,
    /// The deciding body in English.
    pub body_en: String,
    /// Document number of the decision; empty where the signature is the decision.
    pub number: String,
}

/// A contract: lease, apartments, subsidy and supervision agreement together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contract {
    /// Key.
    pub id: ContractId,
    /// Number on paper (合同编号).
    pub number: String,
    /// From which offer; `None` for a renewal.
    pub offer: Option<OfferId>,
    /// The contract it renews.
    pub renews: Option<ContractId>,
    /// For which application.
    pub application: ApplicationId,
    /// With whom.
    pub firm: FirmId,
    /// In which round.
    pub round: RoundId,
    /// District of the space.
    pub district: DistrictCode,
    /// What is let and granted. Its lease is the term.
    pub award: Award,
    /// Rent of all units per month.
    pub monthly_rent: Fen,
    /// Months without rent for fit-out (免租装修期), at the beginning of the term.
    pub free_months: u32,
    /// Performance terms.
    pub kpis: Vec<Kpi>,
    /// The rest of the supervision agreement, and what became of it.
    #[serde(default)]
    pub agreement: Agreement,
    /// Who decided the letting; `None` where the policy routes none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<Decision>,
    /// Where it stands.
    pub stage: ContractStage,
    /// Days in force; shorter than the lease after an exit.
    pub holds: Period,
    /// Signed by.
    pub signed: Signature,
    /// Who ended it or gave notice that it ends with its days in force, and why.
    pub ended: Option<Signature>,
}
