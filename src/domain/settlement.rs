//! Settlements of a year (年度核定): the sheet that says what each reviewed claim is awarded under the
//! quota, made by the reviewer and approved by another officer.
//!
//! Not here: how the sheet is computed (`policy::sheet`).

use serde::{Deserialize, Serialize};

use super::ids::{ClaimId, FirmId, SettlementId};
use super::ledger::QuotaKey;
use super::money::Fen;
use super::place::DistrictCode;
use super::quota::Item;
use super::signature::Signature;

/// Where a settlement stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SettlementStage {
    /// Waits for the approver.
    Proposed,
    /// Approved: the awards stand.
    Approved,
    /// Not approved.
    Refused,
}

impl SettlementStage {
    /// Every stage.
    pub const ALL: [SettlementStage; 3] = [
        SettlementStage::Proposed,
        SettlementStage::Approved,
        SettlementStage::Refused,
    ];

    /// The name in tables and files.
    pub fn name(self) -> &'static str {
        match self {
            SettlementStage::Proposed => "proposed",
            SettlementStage::Approved => "approved",
            SettlementStage::Refused => "refused",
        }
    }
}

/// One row of the sheet. The exact award is `computed x num / den` of the sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SheetRow {
    /// The claim.
    pub claim: ClaimId,
    /// The firm.
    pub firm: FirmId,
    /// Place in the ranking, from 1; `None` where the mode ranks nobody.
    pub rank: Option<u32>,
    /// The reviewed amount.
    pub computed: Fen,
    /// Whole fen of the exact award.
    pub floor: Fen,
    /// What the exact award has above the whole fen, in `1 / den`.
    pub remainder: i64,
    /// Place among the remainders, the largest first, from 1; `None` without a cut.
    pub remainder_rank: Option<u32>,
    /// What is cut.
    pub cut: Fen,
    /// What is awarded.
    pub awarded: Fen,
}

/// The sheet of a settlement; rows by claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sheet {
    /// `hard`, `pro_rata` or `ranked`.
    pub mode: String,
    /// What there is to award.
    pub pool: Fen,
    /// The sum of all computed amounts.
    pub computed: Fen,
    /// Numerator of the uniform ratio; equal to `den` without a cut.
    pub num: i64,
    /// Denominator of the uniform ratio.
    pub den: i64,
    /// The sum of all awards; never above the pool.
    pub awarded: Fen,
    /// One row per claim.
    pub rows: Vec<SheetRow>,
}

/// A settlement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settlement {
    /// Key.
    pub id: SettlementId,
    /// District.
    pub district: DistrictCode,
    /// Budget year.
    pub year: i32,
    /// Item.
    pub item: Item,
    /// The final one of the year: what other contracts have bound is given out, too.
    pub whole_year: bool,
    /// The sheet.
    pub sheet: Sheet,
    /// Where it stands.
    pub stage: SettlementStage,
    /// Made by.
    pub proposed: Signature,
    /// Approved or refused by.
    pub decided: Option<Signature>,
}

impl Settlement {
    /// The quota concerned.
    pub fn quota(&self) -> QuotaKey {
        QuotaKey {
            district: self.district.clone(),
            year: self.year,
            item: self.item,
        }
    }
}
