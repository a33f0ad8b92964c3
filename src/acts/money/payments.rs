//! Payment batches (拨付批次): payable claims of one quota, put together by the reviewer; the file for the bank
//! is handed out to the approver, another person, each time with an entry of the journal.
//!
//! Not here: the bank's answer (`confirm`), the file's form (`payment_file`).

use std::collections::BTreeSet;

use serde_json::json;

use super::payment_file::{self, FileKind, Line, Table};
use super::{at, beside, fit, fresh, moved, need_claim, quotas, sign};
use crate::acts::act::{Done, Scope};
use crate::acts::powers::money::{EXPORT_BATCH, MAKE_BATCH, SEE_BATCH};
use crate::acts::{Bounds, Desk, refuse};
use crate::domain::claim::{Claim, ClaimStage};
use crate::domain::fault::{Code, Fault, Faults};
use crate::domain::ids::{ClaimId, PaymentId};
use crate::domain::ledger::QuotaKey;
use crate::domain::payment::{BankAccount, BatchStage, Payment, PaymentBatch};
use crate::store::{self, Reading};

/// A firm has not entered its bank account.
pub const NO_ACCOUNT: Code = Code("AC387");
/// A bank account changed since the file was first handed out.
pub const ACCOUNTS_CHANGED: Code = Code("AC388");

/// Most payments of a batch.
const PAYMENTS_MAX: usize = 5_000;

/// Puts payable claims of one quota together.
///
/// # Errors
/// AC018 for no claim, too many, one twice or one of another quota, AC014 for one that is not payable,
/// AC387 when a firm has no account, AC395 while the aid of a contract is suspended, DM251 for months lost
/// by a breach since.
pub fn make(desk: &Desk, key: &QuotaKey, claims: &[ClaimId]) -> Result<PaymentBatch, Faults> {
    let asked = json!({ "quota": key.to_string(), "claims": claims });
    desk.act(&MAKE_BATCH, &asked, |tx| {
        desk.own(&MAKE_BATCH, &quotas::owner(key))?;
        let all = payable(tx, desk, key, claims)?;
        let payment = |c: &Claim| Payment {
            claim: c.id.clone(),
            firm: c.firm.clone(),
            amount: c.due,
            failed: None,
        };
        let payments: Vec<Payment> = all.iter().map(payment).collect();
        let batch = PaymentBatch {
            id: fresh("PB")?,
            district: key.district.clone(),
            year: key.year,
            item: key.item,
            total: payment_file::total(&payments)?,
            payments,
            digest: None,
            stage: BatchStage::Made,
            made: sign(desk, ""),
            exported: None,
            confirmed: None,
            reference: None,
            paid_on: None,
        };
        lines(tx, &batch)?;
        store::upsert_many(tx, std::slice::from_ref(&batch))?;
        for claim in all {
            let mut after = moved(desk, &claim, ClaimStage::Batched, "");
            after.batch = Some(batch.id.clone());
            beside(tx, desk, &MAKE_BATCH, (&claim, &after))?;
        }
        let subject = format!("payment batch {}", batch.id);
        Ok(Done::new(batch.clone(), subject, quotas::owner(key)).after(&batch)?)
    })
}

/// The claims, by key.
fn payable(
    tx: &mut Reading<'_>,
    desk: &Desk,
    key: &QuotaKey,
    claims: &[ClaimId],
) -> Result<Vec<Claim>, Faults> {
    let ids: BTreeSet<&ClaimId> = claims.iter().collect();
    if ids.len() != claims.len() || !(1..=PAYMENTS_MAX).contains(&ids.len()) {
        let say = "name 1 to 5000 payable claims, each once";
        return Err(refuse::unfit("claims", "no claim, too many, or one twice", say).into());
    }
    let mut all = Vec::with_capacity(ids.len());
    for id in ids {
        let claim = need_claim(tx, id)?;
        if claim.quota() != *key {
            let cause = format!("the claim {id} is of another quota");
            return Err(refuse::unfit("claims", cause, "make a batch for each quota").into());
        }
        at(&claim, &[ClaimStage::Payable])?;
        fit::to_be_paid(tx, desk, &claim)?;
        all.push(claim);
    }
    Ok(all)
}

/// The payments with their accounts. AC387 when one is missing.
fn lines(tx: &mut Reading<'_>, batch: &PaymentBatch) -> Result<Vec<Line>, Faults> {
    let mut all = Vec::with_capacity(batch.payments.len());
    for payment in &batch.payments {
        let account: Option<BankAccount> = store::get(tx, payment.firm.as_str())?;
        let account = account.ok_or_else(|| {
            Fault::new(
                NO_ACCOUNT,
                format!("the firm {} has no bank account", payment.firm),
                "let the firm enter it",
            )
        })?;
        all.push(Line {
            payment: payment.clone(),
            account,
        });
    }
    Ok(all)
}

/// Hands the payment file out. It holds whole account numbers, so the journal says who took it and when.
///
/// # Errors
/// AC017 by him who put it together, AC014 once the bank has answered, AC387 without an account, AC388
/// when an account changed since the file was first handed out, AC395 and DM251 as in [`make`].
pub fn export(
    desk: &Desk,
    id: &PaymentId,
    kind: FileKind,
) -> Result<(PaymentBatch, Vec<u8>), Faults> {
    let (batch, table) = export_rows(desk, id)?;
    let bytes = payment_file::file(&table, kind)?;
    Ok((batch, bytes))
}

/// Hands the rows of the payment file out, for whatever form they are written in; the last one is the
/// control row. The act and the refusals are those of [`export`].
///
/// # Errors
/// Those of [`export`].
pub fn export_rows(desk: &Desk, id: &PaymentId) -> Result<(PaymentBatch, Table), Faults> {
    let batch = desk.act(&EXPORT_BATCH, &json!({ "batch": id }), |tx| {
        let before = need(tx, id)?;
        desk.own(&EXPORT_BATCH, &quotas::owner(&before.quota()))?;
        stands(&before, &[BatchStage::Made, BatchStage::Exported])?;
        if before.made.by == desk.actor() {
            return Err(refuse::same_person("put the batch together").into());
        }
        for payment in &before.payments {
            let claim = need_claim(tx, &payment.claim)?;
            fit::to_be_paid(tx, desk, &claim)?;
        }
        let digest = payment_file::digest(&before, &lines(tx, &before)?);
        unchanged(&before, &digest)?;
        let after = PaymentBatch {
            stage: BatchStage::Exported,
            digest: Some(digest),
            exported: Some(sign(desk, "")),
            ..before.clone()
        };
        store::upsert_many(tx, std::slice::from_ref(&after))?;
        let owner = quotas::owner(&after.quota());
        let done = Done::new(after.clone(), format!("payment batch {id}"), owner);
        Ok(done.before(&before)?.after(&after)?)
    })?;
    // Read apart: what an act answers may be kept against doing twice, and must hold no account.
    let lines = desk.store().read(|tx| lines(tx, &batch))?;
    unchanged(&batch, &payment_file::digest(&batch, &lines))?;
    let table = payment_file::table(&batch, &lines);
    Ok((batch, table))
}

/// The digest of the rows computed again; `None` when a firm's account was changed since the file was handed
/// out, or the file was not.
pub(in crate::acts) fn digest_again(
    tx: &mut Reading<'_>,
    batch: &PaymentBatch,
) -> Result<Option<String>, Faults> {
    let Some(exported) = &batch.exported else {
        return Ok(None);
    };
    let lines = lines(tx, batch)?;
    let same = lines.iter().all(|l| l.account.at <= exported.at);
    Ok(same.then(|| payment_file::digest(batch, &lines)))
}

fn unchanged(batch: &PaymentBatch, digest: &str) -> Result<(), Fault> {
    match &batch.digest {
        Some(known) if known != digest => Err(Fault::new(
            ACCOUNTS_CHANGED,
            "a bank account changed since the file was first handed out",
            "drop the batch and put it together again",
        )),
        _ => Ok(()),
    }
}

/// AC014 unless a batch is at one of the stages.
pub(super) fn stands(batch: &PaymentBatch, stages: &[BatchStage]) -> Result<(), Fault> {
    if stages.contains(&batch.stage) {
        return Ok(());
    }
    let needs: Vec<&str> = stages.iter().map(|s| s.name()).collect();
    let subject = format!("payment batch {}", batch.id);
    Err(refuse::wrong_state(subject, batch.stage.name(), &needs))
}

/// A batch, or AC013.
pub(super) fn need(tx: &mut Reading<'_>, id: &PaymentId) -> Result<PaymentBatch, Faults> {
    let known = store::get(tx, id.as_str())?;
    Ok(known.ok_or_else(|| refuse::absent("payment batch", id))?)
}

/// One batch, without any account.
pub fn one(desk: &Desk, id: &PaymentId) -> Result<PaymentBatch, Faults> {
    desk.look(&SEE_BATCH, |tx| {
        let batch = need(tx, id)?;
        Ok((quotas::owner(&batch.quota()), batch))
    })
}

/// The batches that the actor may see, by key; at most `limit` after a key.
pub fn list(
    desk: &Desk,
    stage: Option<BatchStage>,
    bounds: impl Into<Bounds>,
) -> Result<Vec<PaymentBatch>, Faults> {
    let mut equal = match desk.scope(&SEE_BATCH)? {
        Scope::District(district) => vec![("district_id", district.to_string())],
        _ => Vec::new(),
    };
    equal.extend(stage.map(|s| ("stage", s.name().to_owned())));
    let filter = bounds.into().filter::<PaymentBatch>(equal)?;
    Ok(desk.store().read(|tx| store::select(tx, &filter))?)
}
