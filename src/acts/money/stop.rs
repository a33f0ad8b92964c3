//! Stopping what is payable (止付): until the bank has confirmed it, the district's approver takes a claim back
//! with a reason, after a breach above all. Its money is free again, and it stands as returned: the firm may
//! claim again the months that are still its own, or the reviewer rejects it.
//!
//! A batch that holds it is given up whole, for its control sum and digest are those of all its rows: what
//! else was in it is payable again, and a file that is at the bank already must be called back there.
//!
//! Not here: money that was paid (`claw_back`).

use serde_json::json;

use super::claims::{finish, let_go};
use super::ledger::{Move, post};
use super::{at, confirm, moved, need_claim, owner, reason};
use crate::acts::Desk;
use crate::acts::powers::money::STOP_CLAIM;
use crate::domain::claim::{Claim, ClaimStage};
use crate::domain::fault::Faults;
use crate::domain::ids::ClaimId;
use crate::domain::ledger::EntryKind;
use crate::domain::money::Fen;

/// Stops a claim that is payable or in a batch that the bank has not confirmed.
///
/// # Errors
/// AC014 in another stage, AC018 without a reason, AC012 for another district's.
pub fn stop(desk: &Desk, id: &ClaimId, why: &str) -> Result<Claim, Faults> {
    let asked = json!({ "claim": id, "reason": why });
    desk.act(&STOP_CLAIM, &asked, |tx| {
        let mut before = need_claim(tx, id)?;
        desk.own(&STOP_CLAIM, &owner(&before))?;
        at(&before, &[ClaimStage::Payable, ClaimStage::Batched])?;
        reason(why)?;
        if let Some(batch) = before.batch.clone() {
            confirm::give_up(tx, desk, &STOP_CLAIM, (&batch, why))?;
            before = need_claim(tx, id)?;
        }
        let mut after = moved(desk, &before, ClaimStage::Returned, why);
        let back = Move::of_claim(EntryKind::Stop, before.due, &before);
        post(tx, desk, &before.quota(), &[back])?;
        after.due = Fen::ZERO;
        let_go(tx, desk, &mut after)?;
        (after.review, after.approved) = (None, None);
        finish(tx, &before, &after)
    })
}
