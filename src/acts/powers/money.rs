//! Powers over quotas, claims, settlements, payments and claw-backs.

use super::{Power, Reach};
use crate::domain::people::Role;

/// Those who see the money of a district; the bureau sees all.
const OFFICERS: &[(Role, Reach)] = &[
    (Role::DistrictReviewer, Reach::Own),
    (Role::DistrictApprover, Reach::Own),
    (Role::BureauPlanner, Reach::All),
    (Role::BureauApprover, Reach::All),
    (Role::AuditAdmin, Reach::All),
    (Role::Operator, Reach::All),
];

/// The same, and the firm concerned.
const CONCERNED: &[(Role, Reach)] = &[
    (Role::FirmPreparer, Reach::Own),
    (Role::FirmApprover, Reach::Own),
    (Role::DistrictReviewer, Reach::Own),
    (Role::DistrictApprover, Reach::Own),
    (Role::BureauPlanner, Reach::All),
    (Role::BureauApprover, Reach::All),
    (Role::AuditAdmin, Reach::All),
    (Role::Operator, Reach::All),
];

const REVIEWER: &[(Role, Reach)] = &[(Role::DistrictReviewer, Reach::Own)];
const APPROVER: &[(Role, Reach)] = &[(Role::DistrictApprover, Reach::Own)];
const WRITERS: &[(Role, Reach)] = &[
    (Role::FirmPreparer, Reach::Own),
    (Role::FirmApprover, Reach::Own),
];
const FIRM: &[(Role, Reach)] = &[(Role::FirmApprover, Reach::Own)];

const fn power(act: &'static str, who: &'static [(Role, Reach)]) -> Power {
    Power { act, who }
}

/// See a quota, its changes, its ledger and its burn-down.
pub const SEE_QUOTA: Power = power("see quota", OFFICERS);
/// Propose a quota or a change of it.
pub const PROPOSE_QUOTA: Power = power("propose quota", REVIEWER);
/// Release a proposed quota.
pub const RELEASE_QUOTA: Power = power("release quota", APPROVER);
/// Refuse a proposed quota.
pub const REFUSE_QUOTA: Power = power("refuse quota", APPROVER);
/// Close a budget year.
pub const CLOSE_YEAR: Power = power("close budget year", APPROVER);

/// See a claim.
pub const SEE_CLAIM: Power = power("see claim", CONCERNED);
/// Prepare a claim for months of subsidy, or change one that is prepared or returned.
pub const PREPARE_CLAIM: Power = power("prepare claim", WRITERS);
/// Submit a prepared claim.
pub const SUBMIT_CLAIM: Power = power("submit claim", FIRM);
/// Withdraw a claim.
pub const WITHDRAW_CLAIM: Power = power("withdraw claim", FIRM);
/// Return a claim for a supplement.
pub const RETURN_CLAIM: Power = power("return claim", REVIEWER);
/// Reject a claim.
pub const REJECT_CLAIM: Power = power("reject claim", REVIEWER);
/// Review a claim.
pub const REVIEW_CLAIM: Power = power("review claim", REVIEWER);
/// Publicise the award of a claim.
pub const PUBLICISE_CLAIM: Power = power("publicise claim", REVIEWER);
/// Approve a claim for payment.
pub const APPROVE_CLAIM: Power = power("approve claim", APPROVER);
/// Stop a payable claim before the bank has confirmed it.
pub const STOP_CLAIM: Power = power("stop claim", APPROVER);
/// See what caps and months leave a firm.
pub const SEE_ALLOWANCE: Power = power("see allowance", CONCERNED);

/// See a settlement, or what another quota would give.
pub const SEE_SETTLEMENT: Power = power("see settlement", OFFICERS);
/// Make the sheet of a year.
pub const PROPOSE_SETTLEMENT: Power = power("propose settlement", REVIEWER);
/// Approve the sheet of a year.
pub const APPROVE_SETTLEMENT: Power = power("approve settlement", APPROVER);
/// Refuse the sheet of a year.
pub const REFUSE_SETTLEMENT: Power = power("refuse settlement", APPROVER);

/// See one's bank account, masked.
pub const SEE_ACCOUNT: Power = power(
    "see bank account",
    &[
        (Role::FirmPreparer, Reach::Own),
        (Role::FirmApprover, Reach::Own),
    ],
);
/// Enter one's bank account.
pub const ENTER_ACCOUNT: Power = power("enter bank account", FIRM);
/// See a payment batch.
pub const SEE_BATCH: Power = power("see payment batch", OFFICERS);
/// Put a payment batch together.
pub const MAKE_BATCH: Power = power("make payment batch", REVIEWER);
/// Take the payment file out, accounts included.
pub const EXPORT_BATCH: Power = power("export payment batch", APPROVER);
/// Enter the bank's answer.
pub const CONFIRM_BATCH: Power = power("confirm payment batch", REVIEWER);
/// Give a payment batch up.
pub const DROP_BATCH: Power = power("drop payment batch", APPROVER);

/// See a claw-back.
pub const SEE_CLAW_BACK: Power = power("see claw-back", CONCERNED);
/// Order paid aid back.
pub const ORDER_CLAW_BACK: Power = power("order claw-back", APPROVER);
/// Enter money that came back.
pub const RECEIVE_CLAW_BACK: Power = power("receive claw-back", REVIEWER);
/// Propose that an order is waived.
pub const PROPOSE_WAIVER: Power = power("propose waiver", REVIEWER);
/// Sign a waiver.
pub const SIGN_WAIVER: Power = power("sign waiver", APPROVER);
/// Refuse a waiver.
pub const REFUSE_WAIVER: Power = power("refuse waiver", APPROVER);

/// All of these.
pub(super) const ALL: &[&Power] = &[
    &SEE_QUOTA,
    &PROPOSE_QUOTA,
    &RELEASE_QUOTA,
    &REFUSE_QUOTA,
    &CLOSE_YEAR,
    &SEE_CLAIM,
    &PREPARE_CLAIM,
    &SUBMIT_CLAIM,
    &WITHDRAW_CLAIM,
    &RETURN_CLAIM,
    &REJECT_CLAIM,
    &REVIEW_CLAIM,
    &PUBLICISE_CLAIM,
    &APPROVE_CLAIM,
    &STOP_CLAIM,
    &SEE_ALLOWANCE,
    &SEE_SETTLEMENT,
    &PROPOSE_SETTLEMENT,
    &APPROVE_SETTLEMENT,
    &REFUSE_SETTLEMENT,
    &SEE_ACCOUNT,
    &ENTER_ACCOUNT,
    &SEE_BATCH,
    &MAKE_BATCH,
    &EXPORT_BATCH,
    &CONFIRM_BATCH,
    &DROP_BATCH,
    &SEE_CLAW_BACK,
    &ORDER_CLAW_BACK,
    &RECEIVE_CLAW_BACK,
    &PROPOSE_WAIVER,
    &SIGN_WAIVER,
    &REFUSE_WAIVER,
];
