//! A claim as the API shows it: what was stated, the way to the amount, what became of it.
//!
//! Not here: the routes (`claims`).

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::claim::{CalcStep, Claim, ClaimRemark};
use crate::web::api::stated::Signed;

/// One step of a calculation.
#[derive(Debug, Serialize, ToSchema)]
pub struct StepShown {
    name: String,
    /// In fen.
    amount: i64,
    note: String,
}

impl From<&CalcStep> for StepShown {
    fn from(s: &CalcStep) -> StepShown {
        StepShown {
            name: s.name.clone(),
            amount: s.amount.0,
            note: s.note.clone(),
        }
    }
}

/// A remark.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClaimRemarkShown {
    stage: String,
    signed: Signed,
}

impl From<&ClaimRemark> for ClaimRemarkShown {
    fn from(r: &ClaimRemark) -> ClaimRemarkShown {
        ClaimRemarkShown {
            stage: r.stage.name().to_owned(),
            signed: Signed::from(&r.signed),
        }
    }
}

/// A claim. Amounts in fen.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClaimShown {
    pub(super) id: String,
    contract: String,
    firm: String,
    district: String,
    year: i32,
    item: String,
    months: Vec<u32>,
    rent_paid: i64,
    appraised: Option<i64>,
    other_aid: i64,
    evidence: Vec<String>,
    /// Version of the policy.
    policy: String,
    /// Rule or group of rules.
    rule: String,
    /// What the rules give before the quota.
    computed: i64,
    /// The way to it.
    steps: Vec<StepShown>,
    months_left: u32,
    year_left: Option<i64>,
    total_left: Option<i64>,
    /// The amount found at the review.
    reviewed: Option<i64>,
    /// What is paid after the settlement of the quota.
    awarded: Option<i64>,
    settlement: Option<String>,
    /// Last working day of the publicity period.
    publicity_until: Option<NaiveDate>,
    batch: Option<String>,
    paid_on: Option<NaiveDate>,
    /// Paid, and not ordered back.
    paid: i64,
    /// Ordered back, not yet received.
    recalled: i64,
    stage: String,
    prepared: Option<Signed>,
    submitted: Option<Signed>,
    remarks: Vec<ClaimRemarkShown>,
}

impl From<&Claim> for ClaimShown {
    fn from(c: &Claim) -> ClaimShown {
        ClaimShown {
            id: c.id.to_string(),
            contract: c.contract.to_string(),
            firm: c.firm.to_string(),
            district: c.district.to_string(),
            year: c.year,
            item: c.item.name().to_owned(),
            months: c.stated.months.clone(),
            rent_paid: c.stated.rent_paid.0,
            appraised: c.stated.appraised.map(|a| a.0),
            other_aid: c.stated.other_aid.0,
            evidence: c.stated.evidence.clone(),
            policy: c.calculation.policy.clone(),
            rule: c.calculation.rule.clone(),
            computed: c.calculation.amount.0,
            steps: c.calculation.steps.iter().map(StepShown::from).collect(),
            months_left: c.calculation.months_left,
            year_left: c.calculation.year_left.map(|a| a.0),
            total_left: c.calculation.total_left.map(|a| a.0),
            reviewed: c.review.as_ref().map(|r| r.amount.0),
            awarded: c.awarded.map(|a| a.0),
            settlement: c.settlement.as_ref().map(ToString::to_string),
            publicity_until: c.publicity.as_ref().map(|p| p.until),
            batch: c.batch.as_ref().map(ToString::to_string),
            paid_on: c.payment.as_ref().map(|p| p.on),
            paid: c.paid.0,
            recalled: c.recalled.0,
            stage: c.stage.name().to_owned(),
            prepared: c.prepared.as_ref().map(Signed::from),
            submitted: c.submitted.as_ref().map(Signed::from),
            remarks: c.remarks.iter().map(ClaimRemarkShown::from).collect(),
        }
    }
}
