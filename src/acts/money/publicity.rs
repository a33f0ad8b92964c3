//! From the award to the payable (公示, 审批): the award is published for the working days that the policy
//! sets, then the district's approver, who is not the reviewer, approves it for payment.
//!
//! Objections are answered by returning or rejecting the claim while it is published (`review`).
//!
//! Not here: payment (`payments`).

use serde_json::json;

use super::claims::finish;
use super::ledger::{Move, post};
use super::{at, fit, moved, need_claim, owner, policy_of, sign, today, words};
use crate::acts::powers::money::{APPROVE_CLAIM, PUBLICISE_CLAIM};
use crate::acts::{Desk, refuse};
use crate::domain::claim::{Claim, ClaimStage};
use crate::domain::fault::{Fault, Faults};
use crate::domain::ids::ClaimId;
use crate::domain::ledger::EntryKind;
use crate::domain::money::Fen;
use crate::domain::procedure::Publicity;
use crate::store::calendar;

/// Begins the publicity period of an award, under a document number.
///
/// # Errors
/// AC014 unless it is settled, AC018 without a number, PO171 when the policy sets no period, DM200 when
/// it leads into a year whose holidays are not known.
pub fn publicise(desk: &Desk, id: &ClaimId, number: &str) -> Result<Claim, Faults> {
    let asked = json!({ "claim": id, "number": number });
    desk.act(&PUBLICISE_CLAIM, &asked, |tx| {
        let before = need_claim(tx, id)?;
        desk.own(&PUBLICISE_CLAIM, &owner(&before))?;
        at(&before, &[ClaimStage::Settled])?;
        words("number", number)?;
        let contract = crate::acts::rounds::contracts::need(tx, &before.contract)?;
        let policy = policy_of(tx, desk, &contract)?;
        let days = policy.process()?.publicity_working_days;
        let from = today(desk);
        let mut after = moved(desk, &before, ClaimStage::Publicised, "");
        after.publicity = Some(Publicity {
            number: number.trim().to_owned(),
            from,
            until: calendar::load(tx)?.after(from, days)?,
            published: sign(desk, ""),
        });
        finish(tx, &before, &after)
    })
}

/// Approves an award for payment, after the last day of its publicity. An award of nothing is closed.
///
/// # Errors
/// AC014 unless it is publicised and the period is over, AC017 by him who reviewed it, DM251 for months lost
/// by a breach since, AC395 while the aid of the contract is suspended.
pub fn approve(desk: &Desk, id: &ClaimId) -> Result<Claim, Faults> {
    desk.act(&APPROVE_CLAIM, &json!({ "claim": id }), |tx| {
        let before = need_claim(tx, id)?;
        desk.own(&APPROVE_CLAIM, &owner(&before))?;
        at(&before, &[ClaimStage::Publicised])?;
        over(desk, &before)?;
        let reviewer = before.review.as_ref().map(|r| r.signed.by.as_str());
        if reviewer == Some(desk.actor()) {
            return Err(refuse::same_person("reviewed the claim").into());
        }
        fit::to_be_paid(tx, desk, &before)?;
        let stage = match before.held == Fen::ZERO {
            true => ClaimStage::Closed,
            false => ClaimStage::Payable,
        };
        let mut after = moved(desk, &before, stage, "");
        after.approved = Some(sign(desk, ""));
        let due = Move::of_claim(EntryKind::Approve, before.held, &before);
        post(tx, desk, &before.quota(), &[due])?;
        (after.held, after.due) = (Fen::ZERO, before.held);
        finish(tx, &before, &after)
    })
}

fn over(desk: &Desk, claim: &Claim) -> Result<(), Fault> {
    match &claim.publicity {
        Some(period) if period.until < today(desk) => Ok(()),
        _ => Err(refuse::wrong_state(
            format!("claim {}", claim.id),
            "in its publicity period",
            &["the period to be over"],
        )),
    }
}
