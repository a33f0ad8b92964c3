//! The bank's answer (回单): every payment of a batch is paid but those named as failed, which are payable
//! again; or the batch is dropped before the bank has answered, and all are.
//!
//! Not here: putting batches together (`payments`).

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::ledger::{Move, post};
use super::payments::{need, stands};
use super::{beside, moved, need_claim, quotas, reason, sign, today, words};
use crate::acts::act::Done;
use crate::acts::powers::Power;
use crate::acts::powers::money::{CONFIRM_BATCH, DROP_BATCH};
use crate::acts::{Desk, refuse};
use crate::domain::claim::{ClaimStage, PaidBy};
use crate::domain::fault::{Fault, Faults};
use crate::domain::ids::{ClaimId, PaymentId};
use crate::domain::ledger::EntryKind;
use crate::domain::money::Fen;
use crate::domain::payment::{BatchStage, Payment, PaymentBatch};
use crate::domain::round::day_in_shenzhen;
use crate::store::{self, Writing};

/// A payment that the bank did not make.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failed {
    /// The claim.
    pub claim: ClaimId,
    /// Why.
    pub reason: String,
}

/// What the bank answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BankAnswer {
    /// Reference of the bank.
    pub reference: String,
    /// Day of payment.
    pub paid_on: NaiveDate,
    /// Payments that were not made.
    pub failed: Vec<Failed>,
}

/// Enters the bank's answer about a batch that was handed out.
///
/// # Errors
/// AC014 unless it was handed out, AC018 without a reference, for a day to come or before that, for a failed payment that
/// is not in the batch or has no reason, AC017 by him to whom it was handed out.
pub fn confirm(desk: &Desk, id: &PaymentId, answer: &BankAnswer) -> Result<PaymentBatch, Faults> {
    let asked = json!({ "batch": id, "answer": answer });
    desk.act(&CONFIRM_BATCH, &asked, |tx| {
        let before = need(tx, id)?;
        desk.own(&CONFIRM_BATCH, &quotas::owner(&before.quota()))?;
        stands(&before, &[BatchStage::Exported])?;
        if before
            .exported
            .as_ref()
            .is_some_and(|s| s.by == desk.actor())
        {
            return Err(refuse::same_person("took the payment file out").into());
        }
        proved(desk, &before, answer)?;
        let mut after = PaymentBatch {
            stage: BatchStage::Confirmed,
            confirmed: Some(sign(desk, "")),
            reference: Some(answer.reference.trim().to_owned()),
            paid_on: Some(answer.paid_on),
            ..before.clone()
        };
        for payment in &mut after.payments {
            let failed = answer.failed.iter().find(|f| f.claim == payment.claim);
            payment.failed = failed.map(|f| f.reason.trim().to_owned());
            match &payment.failed {
                Some(why) => payable_again(tx, desk, &CONFIRM_BATCH, (payment, why))?,
                None => paid(tx, desk, &before, (payment, answer))?,
            }
        }
        finish(tx, &before, &after)
    })
}

/// Gives a batch up before the bank has answered, with a reason.
///
/// # Errors
/// AC014 once the bank has answered, AC018 without a reason.
pub fn drop_batch(desk: &Desk, id: &PaymentId, why: &str) -> Result<PaymentBatch, Faults> {
    let asked = json!({ "batch": id, "reason": why });
    desk.act(&DROP_BATCH, &asked, |tx| {
        let before = need(tx, id)?;
        desk.own(&DROP_BATCH, &quotas::owner(&before.quota()))?;
        reason(why)?;
        let after = dropped(tx, desk, &DROP_BATCH, (&before, why))?;
        finish(tx, &before, &after)
    })
}

/// Gives a batch up within an act on one of its claims.
pub(super) fn give_up(
    tx: &mut Writing<'_>,
    desk: &Desk,
    power: &Power,
    (id, why): (&PaymentId, &str),
) -> Result<(), Faults> {
    let before = need(tx, id)?;
    let after = dropped(tx, desk, power, (&before, why))?;
    store::upsert_many(tx, std::slice::from_ref(&after))?;
    desk.beside(tx, power, &format!("payment batch {id}"), (&before, &after))
}

/// The batch as it is once dropped; its claims are payable again.
fn dropped(
    tx: &mut Writing<'_>,
    desk: &Desk,
    power: &Power,
    (before, why): (&PaymentBatch, &str),
) -> Result<PaymentBatch, Faults> {
    stands(before, &[BatchStage::Made, BatchStage::Exported])?;
    for payment in &before.payments {
        payable_again(tx, desk, power, (payment, why))?;
    }
    Ok(PaymentBatch {
        stage: BatchStage::Dropped,
        confirmed: Some(sign(desk, why)),
        ..before.clone()
    })
}

fn proved(desk: &Desk, batch: &PaymentBatch, answer: &BankAnswer) -> Result<(), Fault> {
    words("reference", &answer.reference)?;
    if answer.paid_on > today(desk) {
        let say = "enter the answer once it is there";
        return Err(refuse::unfit("paid_on", "the day is still to come", say));
    }
    let handed_out = batch.exported.as_ref().map(|s| day_in_shenzhen(s.at));
    if handed_out.is_some_and(|day| answer.paid_on < day) {
        let cause = "the bank had not been given the file on that day";
        return Err(refuse::unfit("paid_on", cause, "enter the day of payment"));
    }
    let mut named = BTreeSet::new();
    for failed in &answer.failed {
        reason(&failed.reason)?;
        if !named.insert(&failed.claim) {
            let cause = format!("the claim {} is named twice", failed.claim);
            return Err(refuse::unfit(
                "failed",
                cause,
                "name each failed payment once",
            ));
        }
        if !batch.payments.iter().any(|p| p.claim == failed.claim) {
            let cause = format!("the claim {} is not in the batch", failed.claim);
            return Err(refuse::unfit("failed", cause, "name claims of the batch"));
        }
    }
    Ok(())
}

fn paid(
    tx: &mut Writing<'_>,
    desk: &Desk,
    batch: &PaymentBatch,
    (payment, answer): (&Payment, &BankAnswer),
) -> Result<(), Faults> {
    let before = need_claim(tx, &payment.claim)?;
    let step = Move::of_claim(EntryKind::Pay, payment.amount, &before);
    post(tx, desk, &before.quota(), &[step])?;
    let mut after = moved(desk, &before, ClaimStage::Paid, "");
    (after.due, after.paid) = (Fen::ZERO, payment.amount);
    after.payment = Some(PaidBy {
        batch: batch.id.clone(),
        reference: answer.reference.trim().to_owned(),
        on: answer.paid_on,
    });
    beside(tx, desk, &CONFIRM_BATCH, (&before, &after))
}

fn payable_again(
    tx: &mut Writing<'_>,
    desk: &Desk,
    power: &Power,
    (payment, why): (&Payment, &str),
) -> Result<(), Faults> {
    let before = need_claim(tx, &payment.claim)?;
    let mut after = moved(desk, &before, ClaimStage::Payable, why);
    after.batch = None;
    beside(tx, desk, power, (&before, &after))
}

fn finish(
    tx: &mut Writing<'_>,
    before: &PaymentBatch,
    after: &PaymentBatch,
) -> Result<Done<PaymentBatch>, Faults> {
    store::upsert_many(tx, std::slice::from_ref(after))?;
    let owner = quotas::owner(&after.quota());
    let done = Done::new(after.clone(), format!("payment batch {}", after.id), owner);
    Ok(done.before(before)?.after(after)?)
}
