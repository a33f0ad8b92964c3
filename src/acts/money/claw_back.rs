//! Claw-backs (追缴): the district's approver orders paid aid back, of one claim or of all paid claims of a
//! contract; what comes in is free again in the year it was paid from; the reviewer may propose to waive
//! the rest, and only the approver's second signature waives it.
//!
//! Not here: the breach that leads to it (`acts::rounds::contract_end`, supervision).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::ledger::{Move, post};
use super::{beside, fresh, need_claim, reason, scoped, sign, today, words};
use crate::acts::act::{Done, Owner};
use crate::acts::powers::money::{
    ORDER_CLAW_BACK, PROPOSE_WAIVER, RECEIVE_CLAW_BACK, REFUSE_WAIVER, SEE_CLAW_BACK, SIGN_WAIVER,
};
use crate::acts::rounds::contracts;
use crate::acts::supervision::sanctions;
use crate::acts::{Bounds, Desk, refuse};
use crate::domain::claim::{Claim, breached, months_kept};
use crate::domain::claw_back::{ClawBack, ClawBackStage, Receipt};
use crate::domain::fault::{Code, Fault, Faults};
use crate::domain::ids::{ClaimId, ClawBackId, ContractId, ProposalId};
use crate::domain::ledger::EntryKind;
use crate::domain::money::Fen;
use crate::domain::offer::Contract;
use crate::store::{self, Reading, Writing};

/// More would be ordered back than is paid, or more would come in than is owed.
pub const TOO_MUCH: Code = Code("AC394");

/// What is ordered back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// The claim; `None` = all paid claims of the contract.
    pub claim: Option<ClaimId>,
    /// How much of the claim; `None` = all that is paid, or after a breach or by a proposal what was paid for
    /// months that were not over on the day from which the notice or the proposal claims aid back.
    pub amount: Option<Fen>,
    /// The decided proposal that it carries out, if it does: then what is lost counts from the day that the
    /// proposal names, and the proposal is settled in the same act.
    pub proposal: Option<ProposalId>,
    /// Why.
    pub reason: String,
    /// Last day to pay.
    pub deadline: NaiveDate,
}

fn owner(order: &ClawBack) -> Owner {
    Owner::of(&order.firm, &order.district)
}

/// Orders paid aid of a contract back; one order per claim.
///
/// # Errors
/// AC018 without a reason, for a deadline that is past, for an amount without a claim, for a proposal about
/// another contract, AC394 when nothing or less is paid, AC014 for a proposal that is settled.
pub fn order(desk: &Desk, contract: &ContractId, new: &Order) -> Result<Vec<ClawBack>, Faults> {
    let asked = json!({ "contract": contract, "order": new });
    desk.act(&ORDER_CLAW_BACK, &asked, |tx| {
        let contract = contracts::need(tx, contract)?;
        desk.own(&ORDER_CLAW_BACK, &contracts::owner(&contract))?;
        reason(&new.reason)?;
        if new.deadline < today(desk) {
            let say = "give the firm time to pay";
            return Err(refuse::unfit("deadline", "the day is past", say).into());
        }
        if new.claim.is_none() && new.amount.is_some() {
            let say = "name the claim, or leave the amount out";
            return Err(refuse::unfit("amount", "an amount needs a claim", say).into());
        }
        let from = lost_from(tx, &contract, new)?;
        let sums = sums(tx, &contract, (new, from))?;
        let mut orders = Vec::with_capacity(sums.len());
        for (claim, amount) in &sums {
            orders.push(one_order(tx, desk, (claim, *amount), new)?);
        }
        if let Some(id) = &new.proposal {
            let keys: Vec<&str> = orders.iter().map(|o| o.id.as_str()).collect();
            sanctions::carried_out(tx, desk, &ORDER_CLAW_BACK, (id, &keys.join(", ")))?;
        }
        let subject = format!("claw-backs of contract {}", contract.id);
        let done = Done::new(orders.clone(), subject, contracts::owner(&contract));
        Ok(done.after(&orders)?)
    })
}

/// The day from which aid is lost: the earlier one of the notice of a breach and of the proposal; `None` =
/// all of it may be ordered back.
fn lost_from(
    tx: &mut Reading<'_>,
    contract: &Contract,
    new: &Order,
) -> Result<Option<NaiveDate>, Faults> {
    let noticed = breached(contract);
    let Some(id) = &new.proposal else {
        return Ok(noticed);
    };
    let proposal = sanctions::open_proposal(tx, id)?;
    if proposal.contract != contract.id {
        let cause = format!("the proposal {id} is about another contract");
        return Err(refuse::unfit("proposal", cause, "name one about this contract").into());
    }
    Ok(Some(
        noticed.map_or(proposal.from, |day| day.min(proposal.from)),
    ))
}

/// The claims that something is ordered back of, with the sum of each.
fn sums(
    tx: &mut Reading<'_>,
    contract: &Contract,
    (new, from): (&Order, Option<NaiveDate>),
) -> Result<Vec<(Claim, Fen)>, Faults> {
    let mut all: Vec<Claim> = store::having(tx, "contract_id", contract.id.as_str())?;
    all.retain(|c| c.paid > Fen::ZERO && new.claim.as_ref().is_none_or(|id| *id == c.id));
    let mut sums = Vec::with_capacity(all.len());
    for claim in all {
        let lost = || lost(contract, &claim, from);
        let amount = new.amount.map_or_else(lost, Ok)?;
        if new.claim.is_some() || amount > Fen::ZERO {
            sums.push((claim, amount));
        }
    }
    match sums.is_empty() {
        true => Err(too_much("nothing is paid that could be ordered back").into()),
        false => Ok(sums),
    }
}

/// What of a paid claim the firm has lost: all, or the part of its months that were not over on the day. What
/// stays with the firm is rounded down to a fen once.
fn lost(contract: &Contract, claim: &Claim, from: Option<NaiveDate>) -> Result<Fen, Fault> {
    let Some(from) = from else {
        return Ok(claim.paid);
    };
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let (kept, all) = (
        months_kept(contract, claim, from),
        claim.stated.months.len(),
    );
    let stays = claim
        .counted()
        .ratio_floor(count(kept), count(all.max(1)))?;
    Ok(claim.paid.minus(stays)?.max(Fen::ZERO))
}

fn one_order(
    tx: &mut Writing<'_>,
    desk: &Desk,
    (claim, amount): (&Claim, Fen),
    new: &Order,
) -> Result<ClawBack, Faults> {
    if amount <= Fen::ZERO || amount > claim.paid {
        let cause = format!("{} yuan of the claim are paid", claim.paid);
        return Err(too_much(&cause).into());
    }
    let order = ClawBack {
        id: fresh("CB")?,
        contract: claim.contract.clone(),
        claim: claim.id.clone(),
        firm: claim.firm.clone(),
        district: claim.district.clone(),
        year: claim.year,
        item: claim.item,
        amount,
        proposal: new.proposal.clone(),
        deadline: new.deadline,
        ordered: sign(desk, &new.reason),
        receipts: Vec::new(),
        waiver: None,
        waived: None,
        stage: ClawBackStage::Ordered,
    };
    let step = Move::of_claim(EntryKind::ClawBack, amount, claim);
    post(tx, desk, &claim.quota(), &[step])?;
    let mut after = claim.clone();
    after.paid = claim.paid.minus(amount)?;
    after.recalled = claim.recalled.plus(amount)?;
    beside(tx, desk, &ORDER_CLAW_BACK, (claim, &after))?;
    store::upsert_many(tx, std::slice::from_ref(&order))?;
    let about = format!("claw-back {}", order.id);
    desk.beside(tx, &ORDER_CLAW_BACK, &about, (&(), &order))?;
    Ok(order)
}

/// Enters money that came in.
///
/// # Errors
/// AC014 unless it is ordered, AC394 for nothing or more than is owed, AC018 without a reference.
pub fn receive(
    desk: &Desk,
    id: &ClawBackId,
    amount: Fen,
    reference: &str,
) -> Result<ClawBack, Faults> {
    let asked = json!({ "claw_back": id, "amount": amount, "reference": reference });
    desk.act(&RECEIVE_CLAW_BACK, &asked, |tx| {
        let before = need(tx, id)?;
        desk.own(&RECEIVE_CLAW_BACK, &owner(&before))?;
        stands(&before, ClawBackStage::Ordered)?;
        words("reference", reference)?;
        if (before.receipts.iter()).any(|r| r.reference == reference.trim()) {
            let cause = "money under this reference is entered already";
            return Err(refuse::unfit("reference", cause, "look at the receipts").into());
        }
        if amount <= Fen::ZERO || amount > before.owed() {
            return Err(too_much(&format!("{} yuan are owed", before.owed())).into());
        }
        let mut after = before.clone();
        after.receipts.push(Receipt {
            amount,
            reference: reference.trim().to_owned(),
            signed: sign(desk, ""),
        });
        if after.owed() == Fen::ZERO {
            after.stage = ClawBackStage::Received;
        }
        let claim = need_claim(tx, &before.claim)?;
        let step = Move::of_claim(EntryKind::Recover, amount, &claim);
        post(tx, desk, &before.quota(), &[step])?;
        let mut paid_back = claim.clone();
        paid_back.recalled = claim.recalled.minus(amount)?;
        beside(tx, desk, &RECEIVE_CLAW_BACK, (&claim, &paid_back))?;
        finish(tx, &before, &after)
    })
}

/// Proposes to waive what is still owed, with the reason.
///
/// # Errors
/// AC014 unless it is ordered, AC018 without a reason.
pub fn propose_waiver(desk: &Desk, id: &ClawBackId, why: &str) -> Result<ClawBack, Faults> {
    let asked = json!({ "claw_back": id, "reason": why });
    desk.act(&PROPOSE_WAIVER, &asked, |tx| {
        let before = need(tx, id)?;
        desk.own(&PROPOSE_WAIVER, &owner(&before))?;
        stands(&before, ClawBackStage::Ordered)?;
        reason(why)?;
        let after = ClawBack {
            waiver: Some(sign(desk, why)),
            stage: ClawBackStage::WaiverProposed,
            ..before.clone()
        };
        finish(tx, &before, &after)
    })
}

/// Signs a waiver: what is owed counts as paid.
///
/// # Errors
/// AC014 unless it is proposed, AC017 by him who proposed it.
pub fn sign_waiver(desk: &Desk, id: &ClawBackId) -> Result<ClawBack, Faults> {
    desk.act(&SIGN_WAIVER, &json!({ "claw_back": id }), |tx| {
        let before = need(tx, id)?;
        desk.own(&SIGN_WAIVER, &owner(&before))?;
        stands(&before, ClawBackStage::WaiverProposed)?;
        if before.waiver.as_ref().is_some_and(|s| s.by == desk.actor()) {
            return Err(refuse::same_person("proposed the waiver").into());
        }
        let owed = before.owed();
        let claim = need_claim(tx, &before.claim)?;
        let step = Move::of_claim(EntryKind::Waive, owed, &claim);
        post(tx, desk, &before.quota(), &[step])?;
        let mut let_off = claim.clone();
        let_off.recalled = claim.recalled.minus(owed)?;
        let_off.paid = claim.paid.plus(owed)?;
        beside(tx, desk, &SIGN_WAIVER, (&claim, &let_off))?;
        let after = ClawBack {
            waived: Some(sign(desk, "")),
            stage: ClawBackStage::Waived,
            ..before.clone()
        };
        finish(tx, &before, &after)
    })
}

/// Refuses a waiver, with a reason: the order stands.
///
/// # Errors
/// AC014 unless it is proposed, AC018 without a reason.
pub fn refuse_waiver(desk: &Desk, id: &ClawBackId, why: &str) -> Result<ClawBack, Faults> {
    let asked = json!({ "claw_back": id, "reason": why });
    desk.act(&REFUSE_WAIVER, &asked, |tx| {
        let before = need(tx, id)?;
        desk.own(&REFUSE_WAIVER, &owner(&before))?;
        stands(&before, ClawBackStage::WaiverProposed)?;
        reason(why)?;
        let after = ClawBack {
            waiver: None,
            stage: ClawBackStage::Ordered,
            ..before.clone()
        };
        finish(tx, &before, &after)
    })
}

fn finish(
    tx: &mut Writing<'_>,
    before: &ClawBack,
    after: &ClawBack,
) -> Result<Done<ClawBack>, Faults> {
    store::upsert_many(tx, std::slice::from_ref(after))?;
    let done = Done::new(
        after.clone(),
        format!("claw-back {}", after.id),
        owner(after),
    );
    Ok(done.before(before)?.after(after)?)
}

fn stands(order: &ClawBack, stage: ClawBackStage) -> Result<(), Fault> {
    match order.stage == stage {
        true => Ok(()),
        false => {
            let subject = format!("claw-back {}", order.id);
            let is = order.stage.name();
            Err(refuse::wrong_state(subject, is, &[stage.name()]))
        }
    }
}

fn too_much(cause: &str) -> Fault {
    Fault::new(TOO_MUCH, cause, "give more than zero and at most that sum")
}

fn need(tx: &mut Reading<'_>, id: &ClawBackId) -> Result<ClawBack, Faults> {
    let known = store::get(tx, id.as_str())?;
    Ok(known.ok_or_else(|| refuse::absent("claw-back", id))?)
}

/// One order.
pub fn one(desk: &Desk, id: &ClawBackId) -> Result<ClawBack, Faults> {
    desk.look(&SEE_CLAW_BACK, |tx| {
        let order = need(tx, id)?;
        Ok((owner(&order), order))
    })
}

/// The orders that the actor may see, by key; at most `limit` after a key.
pub fn list(
    desk: &Desk,
    stage: Option<ClawBackStage>,
    contract: Option<&ContractId>,
    bounds: impl Into<Bounds>,
) -> Result<Vec<ClawBack>, Faults> {
    let mut equal = scoped(desk.scope(&SEE_CLAW_BACK)?);
    equal.extend(stage.map(|s| ("stage", s.name().to_owned())));
    equal.extend(contract.map(|c| ("contract_id", c.to_string())));
    let filter = bounds.into().filter::<ClawBack>(equal)?;
    Ok(desk.store().read(|tx| store::select(tx, &filter))?)
}
