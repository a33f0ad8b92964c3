//! Claims of rent subsidy (补贴申领): months of a year that were used and paid, from the firm's asking
//! to the bank's confirmation.
//!
//! Month `i` (from 0) of a lease begins `i` calendar months after its first day and is named by the
//! calendar month in which it begins. It can be claimed when it is over, lies within the days in force
//! and is not one of the landlord's rent-free months (these push the window back).
//!
//! Not here: what the months are worth (policy), entries (`ledger`).

use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::fault::{Code, Fault};
use super::ids::{ClaimId, ContractId, FirmId, PaymentId, SettlementId};
use super::ledger::QuotaKey;
use super::money::Fen;
use super::offer::Contract;
use super::place::DistrictCode;
use super::procedure::Publicity;
use super::quota::Item;
use super::signature::Signature;

/// A month is not over, is rent-free, or lies outside the days in force.
pub const MONTH_OUTSIDE: Code = Code("DM251");

/// Where a claim stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClaimStage {
    /// 拟稿: the firm's own, not yet submitted.
    Prepared,
    /// 已申领.
    Submitted,
    /// 退回补正.
    Returned,
    /// 不予支持.
    Rejected,
    /// 已撤回.
    Withdrawn,
    /// 已审核: waits for the settlement of the year.
    Reviewed,
    /// 已核定: the award is fixed and its money is bound.
    Settled,
    /// 公示中.
    Publicised,
    /// 应付.
    Payable,
    /// In a payment batch.
    Batched,
    /// 已拨付.
    Paid,
    /// The settlement left nothing to pay.
    Closed,
}

impl ClaimStage {
    /// Every stage.
    pub const ALL: [ClaimStage; 12] = [
        ClaimStage::Prepared,
        ClaimStage::Submitted,
        ClaimStage::Returned,
        ClaimStage::Rejected,
        ClaimStage::Withdrawn,
        ClaimStage::Reviewed,
        ClaimStage::Settled,
        ClaimStage::Publicised,
        ClaimStage::Payable,
        ClaimStage::Batched,
        ClaimStage::Paid,
        ClaimStage::Closed,
    ];

    /// The name in tables and files.
    pub fn name(self) -> &'static str {
        match self {
            ClaimStage::Prepared => "prepared",
            ClaimStage::Submitted => "submitted",
            ClaimStage::Returned => "returned",
            ClaimStage::Rejected => "rejected",
            ClaimStage::Withdrawn => "withdrawn",
            ClaimStage::Reviewed => "reviewed",
            ClaimStage::Settled => "settled",
            ClaimStage::Publicised => "publicised",
            ClaimStage::Payable => "payable",
            ClaimStage::Batched => "batched",
            ClaimStage::Paid => "paid",
            ClaimStage::Closed => "closed",
        }
    }

    /// True while the claim holds its months: nobody may claim them again.
    pub fn is_live(self) -> bool {
        !matches!(self, ClaimStage::Rejected | ClaimStage::Withdrawn)
    }

    /// True once an officer has reviewed it: its amount counts towards the caps of the firm.
    pub fn counts(self) -> bool {
        use ClaimStage::{Batched, Closed, Paid, Payable, Publicised, Reviewed, Settled};
        matches!(
            self,
            Reviewed | Settled | Publicised | Payable | Batched | Paid | Closed
        )
    }

    /// True while officers or the firm still have to do something about it. What a firm only prepared keeps
    /// nobody waiting.
    pub fn is_open(self) -> bool {
        use ClaimStage::{Closed, Paid, Prepared};
        self.is_live() && !matches!(self, Paid | Closed | Prepared)
    }
}

/// One step of a calculation, for the explanation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalcStep {
    /// Name, for example `monthly_aid`, `rent_paid`, `year_cap`.
    pub name: String,
    /// The figure of the step.
    pub amount: Fen,
    /// How it came about.
    pub note: String,
}

/// What a claim is entitled to before the quota, step by step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calculation {
    /// Version of the policy.
    pub policy: String,
    /// Rule or group of rules; empty when none covers the firm.
    pub rule: String,
    /// Months counted.
    pub months: u32,
    /// The amount.
    pub amount: Fen,
    /// The way to it.
    pub steps: Vec<CalcStep>,
    /// Months left after this claim.
    pub months_left: u32,
    /// Left of the yearly cap after this claim; `None` = no cap.
    pub year_left: Option<Fen>,
    /// Left of the total cap after this claim; `None` = no cap.
    pub total_left: Option<Fen>,
}

/// What the firm states.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stated {
    /// Months of the year, 1 to 12, ascending.
    pub months: Vec<u32>,
    /// Rent paid for those months.
    pub rent_paid: Fen,
    /// Appraised rent of one month, where there is an appraisal.
    pub appraised: Option<Fen>,
    /// Other public aid for the rent of those months (不重复资助).
    pub other_aid: Fen,
    /// Digests of the evidence.
    pub evidence: Vec<String>,
}

/// What the reviewer found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Review {
    /// The amount before the quota: as calculated, or less.
    pub amount: Fen,
    /// Reviewed by; the reason says why the amount is less than calculated.
    pub signed: Signature,
}

/// One remark of an officer or the firm, kept in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClaimRemark {
    /// The stage that it led to.
    pub stage: ClaimStage,
    /// Who, when, why.
    pub signed: Signature,
}

/// A payment that the bank confirmed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaidBy {
    /// Batch.
    pub batch: PaymentId,
    /// Reference of the bank.
    pub reference: String,
    /// Day of payment.
    pub on: NaiveDate,
}

/// A claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// Key.
    pub id: ClaimId,
    /// Under which contract.
    pub contract: ContractId,
    /// The firm.
    pub firm: FirmId,
    /// The paying district.
    pub district: DistrictCode,
    /// Budget year.
    pub year: i32,
    /// Item.
    pub item: Item,
    /// What the firm states.
    pub stated: Stated,
    /// What the rules give; made anew at the review.
    pub calculation: Calculation,
    /// What the reviewer found.
    pub review: Option<Review>,
    /// What is paid after the settlement of the quota.
    pub awarded: Option<Fen>,
    /// The settlement that fixed it; `None` where each claim is awarded in full.
    pub settlement: Option<SettlementId>,
    /// The publicity period.
    pub publicity: Option<Publicity>,
    /// Approved for payment by.
    pub approved: Option<Signature>,
    /// The batch in which it is paid.
    pub batch: Option<PaymentId>,
    /// How it was paid.
    pub payment: Option<PaidBy>,
    /// Of the account `committed`.
    pub held: Fen,
    /// Of the account `payable`.
    pub due: Fen,
    /// Of the account `paid`.
    pub paid: Fen,
    /// Of the account `clawed_back`.
    pub recalled: Fen,
    /// Where it stands.
    pub stage: ClaimStage,
    /// Prepared, or last changed, by; another person submits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prepared: Option<Signature>,
    /// Submitted by.
    pub submitted: Option<Signature>,
    /// Remarks in order.
    pub remarks: Vec<ClaimRemark>,
}

impl Claim {
    /// The quota that pays.
    pub fn quota(&self) -> QuotaKey {
        QuotaKey {
            district: self.district.clone(),
            year: self.year,
            item: self.item,
        }
    }

    /// True once it was submitted: before, it is the firm's own.
    pub fn is_out(&self) -> bool {
        self.submitted.is_some()
    }

    /// What counts towards the caps of the firm: the award, before it the reviewed amount.
    pub fn counted(&self) -> Fen {
        let reviewed = self.review.as_ref().map_or(Fen::ZERO, |r| r.amount);
        self.awarded.unwrap_or(reviewed)
    }
}

/// Proves that a month of a lease can be claimed on a day, or DM251.
pub fn claimable(
    contract: &Contract,
    year: i32,
    month: u32,
    today: NaiveDate,
) -> Result<(), Fault> {
    let why = match bounds(contract, year, month) {
        None => "it is no month of the lease",
        Some((index, _)) if index < contract.free_months => "it is rent-free",
        Some((_, end)) if contract.holds.until().is_some_and(|last| end > last) => {
            "the contract did not hold to its end"
        }
        Some((_, end)) if breached(contract).is_some_and(|from| end > from) => {
            "its aid is lost by the breach"
        }
        Some((_, end)) if end > today => "it is not over",
        Some(_) => return Ok(()),
    };
    Err(Fault::new(
        MONTH_OUTSIDE,
        format!("the month {year}-{month:02} cannot be claimed: {why}"),
        "claim whole months of the lease that are over and for which rent was paid",
    ))
}

/// The day from which a breach takes the aid, if there was one.
pub fn breached(contract: &Contract) -> Option<NaiveDate> {
    let breach = contract.agreement.breach.as_ref();
    breach.map(|b| b.claw_back_from)
}

/// Number of months of a claim whose aid stays with the firm when it is lost from a day on: those that were
/// over on that day.
pub fn months_kept(contract: &Contract, claim: &Claim, from: NaiveDate) -> usize {
    let kept = |month: &&u32| {
        let end = bounds(contract, claim.year, **month).map(|(_, end)| end);
        end.is_some_and(|end| end <= from)
    };
    claim.stated.months.iter().filter(kept).count()
}

/// Number of a month within the lease, and the first day after it.
fn bounds(contract: &Contract, year: i32, month: u32) -> Option<(u32, NaiveDate)> {
    let first = contract.award.lease.from();
    let number = |y: i32, m: u32| i64::from(y) * 12 + i64::from(m);
    if !(1..=12).contains(&month) {
        return None;
    }
    let index = u32::try_from(number(year, month) - number(first.year(), first.month())).ok()?;
    let end = first.checked_add_months(Months::new(index.checked_add(1)?))?;
    Some((index, end))
}
