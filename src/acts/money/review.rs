//! The review of claims (审核) by the district's reviewer: returned, rejected, or reviewed with the amount
//! that the rules give at this moment, or less with a reason.
//!
//! Under a hard quota the reviewed amount is awarded at once and must be bound (AC381). Under a pro-rata or
//! ranked quota the claim waits for the settlement of the year.
//!
//! Not here: settlements (`settle`), publicity.

use serde_json::json;

use super::claims::{finish, let_go, still_claimable};
use super::commit::{self, of_year};
use super::entitle::calculate;
use super::ledger::{Move, post};
use super::{at, mode_of, moved, need_claim, need_quota, owner, reason, sign, year_end};
use crate::acts::Desk;
use crate::acts::powers::Power;
use crate::acts::powers::money::{REJECT_CLAIM, RETURN_CLAIM, REVIEW_CLAIM};
use crate::domain::claim::{Claim, ClaimStage, Review};
use crate::domain::commitment::{Commitment, CommitmentStage};
use crate::domain::fault::{Code, Fault, Faults};
use crate::domain::ids::ClaimId;
use crate::domain::ledger::EntryKind;
use crate::domain::money::Fen;
use crate::policy::quota::Settlement;
use crate::store::{Reading, Writing};

/// An amount is negative or above what the rules give.
pub const ABOVE_COMPUTED: Code = Code("AC385");

/// Stages from which a claim may be sent back or rejected: also while it is publicised, when an
/// objection is upheld.
const REVIEWABLE: [ClaimStage; 4] = [
    ClaimStage::Submitted,
    ClaimStage::Reviewed,
    ClaimStage::Settled,
    ClaimStage::Publicised,
];

/// Returns a claim to the firm, with what is to be supplemented.
///
/// # Errors
/// AC018 without a reason, AC014 when it is not under review.
pub fn send_back(desk: &Desk, id: &ClaimId, why: &str) -> Result<Claim, Faults> {
    let asked = json!({ "claim": id, "reason": why });
    desk.act(&RETURN_CLAIM, &asked, |tx| {
        let before = need_claim(tx, id)?;
        desk.own(&RETURN_CLAIM, &owner(&before))?;
        at(&before, &REVIEWABLE)?;
        back(tx, desk, &before, (ClaimStage::Returned, why))
    })
}

/// Rejects a claim, with the reason.
///
/// # Errors
/// AC018 without a reason, AC014 when it is not under review.
pub fn reject(desk: &Desk, id: &ClaimId, why: &str) -> Result<Claim, Faults> {
    let asked = json!({ "claim": id, "reason": why });
    desk.act(&REJECT_CLAIM, &asked, |tx| {
        let before = need_claim(tx, id)?;
        desk.own(&REJECT_CLAIM, &owner(&before))?;
        let also_returned = [REVIEWABLE.as_slice(), &[ClaimStage::Returned]].concat();
        at(&before, &also_returned)?;
        back(tx, desk, &before, (ClaimStage::Rejected, why))
    })
}

fn back(
    tx: &mut Writing<'_>,
    desk: &Desk,
    before: &Claim,
    (stage, why): (ClaimStage, &str),
) -> Result<crate::acts::act::Done<Claim>, Faults> {
    reason(why)?;
    let mut after = moved(desk, before, stage, why);
    let_go(tx, desk, &mut after)?;
    after.review = None;
    finish(tx, before, &after)
}

/// Reviews a claim: calculates it anew, and fixes the amount before the quota, `amount` when it is less
/// than calculated, with a reason.
///
/// # Errors
/// AC385 for an amount above the calculated one, AC018 for less without a reason, AC014 unless it is
/// submitted, DM251 for months lost by a breach since, AC013 without a released quota, AC381 when a hard quota does not hold it.
pub fn review(desk: &Desk, id: &ClaimId, amount: Option<Fen>, why: &str) -> Result<Claim, Faults> {
    let asked = json!({ "claim": id, "amount": amount, "reason": why });
    desk.act(&REVIEW_CLAIM, &asked, |tx| {
        let before = need_claim(tx, id)?;
        desk.own(&REVIEW_CLAIM, &owner(&before))?;
        at(&before, &[ClaimStage::Submitted])?;
        year_end::open(tx, &before.quota())?;
        let contract = crate::acts::rounds::contracts::need(tx, &before.contract)?;
        still_claimable(desk, &contract, &before)?;
        let mut after = moved(desk, &before, ClaimStage::Reviewed, why);
        let facts = (id, before.year, &before.stated);
        after.calculation = calculate(tx, desk, &contract, facts)?;
        let computed = after.calculation.amount;
        let amount = amount.unwrap_or(computed);
        fits(amount, computed, why)?;
        after.review = Some(Review {
            amount,
            signed: sign(desk, why),
        });
        award_if_hard(tx, desk, &mut after)?;
        finish(tx, &before, &after)
    })
}

fn fits(amount: Fen, computed: Fen, why: &str) -> Result<(), Fault> {
    if amount < Fen::ZERO || amount > computed {
        return Err(Fault::new(
            ABOVE_COMPUTED,
            format!("{amount} yuan is negative or above the {computed} yuan that the rules give"),
            "give zero to what the rules give",
        ));
    }
    match amount < computed {
        true => reason(why),
        false => Ok(()),
    }
}

fn award_if_hard(tx: &mut Writing<'_>, desk: &Desk, claim: &mut Claim) -> Result<(), Faults> {
    let quota = need_quota(tx, &claim.quota())?;
    if mode_of(tx, desk, &quota)? != Settlement::Hard {
        return Ok(());
    }
    let amount = claim.counted();
    let part = from_commitment(tx, desk, &REVIEW_CLAIM, (claim, amount))?;
    let rest = Move::of_claim(EntryKind::Commit, amount.minus(part)?, claim);
    post(tx, desk, &claim.quota(), &[rest])?;
    claim.held = amount;
    claim.awarded = Some(amount);
    claim.stage = ClaimStage::Settled;
    Ok(())
}

/// What the commitment of the contract can give to a claim of `amount`.
pub(super) fn at_hand(
    tx: &mut Reading<'_>,
    claim: &Claim,
    amount: Fen,
) -> Result<(Option<Commitment>, Fen), Faults> {
    let one = of_year(tx, &claim.contract, claim.year)?;
    let part = one.as_ref().map_or(Fen::ZERO, |one| one.left.min(amount));
    Ok((one, part))
}

/// Takes from the commitment of the contract for a claim, at most `amount`; gives what was taken. The money
/// stays in the account `committed`.
pub(super) fn from_commitment(
    tx: &mut Writing<'_>,
    desk: &Desk,
    power: &Power,
    (claim, amount): (&Claim, Fen),
) -> Result<Fen, Faults> {
    let (Some(before), part) = at_hand(tx, claim, amount)? else {
        return Ok(Fen::ZERO);
    };
    let mut one = before.clone();
    one.left = one.left.minus(part)?;
    if one.stage == CommitmentStage::Waiting && one.missing() == Fen::ZERO {
        one.stage = CommitmentStage::Bound;
    }
    commit::keep(tx, desk, power, (Some(&before), &one))?;
    Ok(part)
}
