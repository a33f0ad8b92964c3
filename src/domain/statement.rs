//! Quarterly statements (季度台账): what the holder of a contract states of a quarter.
//!
//! Not here: who may state and confirm (`acts`), by when (policy).

use serde::{Deserialize, Serialize};

use super::area::Area;
use super::fault::{Code, Fault, Place};
use super::ids::{ContractId, FirmId, StatementId};
use super::money::Fen;
use super::offer::Contract;
use super::place::DistrictCode;
use super::quarter::Quarter;
use super::signature::Signature;

/// Figures of a statement cannot be.
pub const BAD_FIGURES: Code = Code("DM281");

/// Where a statement stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StatementStage {
    /// Prepared by the firm; its approver files it.
    Prepared,
    /// Filed.
    Filed,
    /// Returned by the district, with the reason.
    Returned,
    /// Confirmed by the district.
    Confirmed,
}

impl StatementStage {
    /// The name in tables and files.
    pub fn name(self) -> &'static str {
        match self {
            StatementStage::Prepared => "prepared",
            StatementStage::Filed => "filed",
            StatementStage::Returned => "returned",
            StatementStage::Confirmed => "confirmed",
        }
    }

    /// True when the firm has done its part.
    pub fn is_filed(self) -> bool {
        matches!(self, StatementStage::Filed | StatementStage::Confirmed)
    }
}

/// What is stated of a quarter. Money is of the quarter alone; the rest is as on its last day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figures {
    /// Insured employees (参保人数).
    pub headcount: u32,
    /// Revenue (营业收入).
    pub revenue: Fen,
    /// R&D expense (研发费用).
    pub rd_expense: Fen,
    /// Tax paid in the district (在区纳税).
    pub tax: Fen,
    /// Area in own use (实际使用面积).
    pub area_in_use: Area,
    /// Area that others use (转租、分租面积).
    pub area_sublet: Area,
    /// Apartments that employees live in (人才公寓入住套数).
    pub apartments_used: u32,
}

impl Figures {
    /// DM281 for each figure that cannot be under the contract. Revenue may be negative (red-letter
    /// invoices), expense and tax may not.
    pub fn prove(&self, contract: &Contract) -> Result<(), super::fault::Faults> {
        let let_area: i64 = contract.award.units.iter().map(|u| u.area.0).sum();
        let lodged: u64 = (contract.award.apartments.iter())
            .map(|a| u64::from(a.count))
            .sum();
        let used = self.area_in_use.0.checked_add(self.area_sublet.0);
        let negative = self.area_in_use.0 < 0 || self.area_sublet.0 < 0;
        let broken = [
            ("rd_expense", self.rd_expense < Fen::ZERO),
            ("tax", self.tax < Fen::ZERO),
            ("area_in_use", negative || used.is_none_or(|u| u > let_area)),
            ("apartments_used", u64::from(self.apartments_used) > lodged),
        ];
        let fault = |field: &str| {
            let place = Place {
                column: Some(field.to_owned()),
                ..Place::default()
            };
            let cause = "it is negative, or more than the contract lets";
            Fault::new(BAD_FIGURES, cause, "state what is within the contract").at(place)
        };
        let broken = broken.into_iter().filter(|(_, is)| *is);
        super::fault::Faults(broken.map(|(field, _)| fault(field)).collect()).or(())
    }
}

/// A statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// Key: contract and quarter.
    pub id: StatementId,
    /// Of which contract.
    pub contract: ContractId,
    /// Of which firm.
    pub firm: FirmId,
    /// District of the space.
    pub district: DistrictCode,
    /// For which quarter.
    pub quarter: Quarter,
    /// What is stated.
    pub figures: Figures,
    /// Remark of the firm.
    pub note: String,
    /// Where it stands.
    pub stage: StatementStage,
    /// Prepared by.
    pub prepared: Signature,
    /// Filed by another person of the firm.
    pub filed: Option<Signature>,
    /// Confirmed or returned by the district.
    pub reviewed: Option<Signature>,
}

impl Statement {
    /// The key of a statement; DM101 when the contract's key leaves no room for the quarter.
    pub fn key_of(contract: &ContractId, quarter: Quarter) -> Result<StatementId, Fault> {
        format!("{contract}:{quarter}").parse()
    }
}
