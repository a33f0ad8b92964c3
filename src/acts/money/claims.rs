//! Claims as the firm makes them (补贴申领): prepared by one person, submitted by its approver, who is another;
//! for whole months of one budget year that are over, with evidence. A month is claimed once.
//!
//! Not here: what officers do with them (`review`, `publicity`), payment.

use std::collections::BTreeSet;

use serde_json::json;

use super::entitle::calculate;
use super::evidence;
use super::ledger::{Move, post};
use super::{at, fresh, moved, need_claim, owner, scoped, sign, today, year_end};
use crate::acts::act::Done;
use crate::acts::powers::money::{PREPARE_CLAIM, SEE_CLAIM, SUBMIT_CLAIM, WITHDRAW_CLAIM};
use crate::acts::rounds::contracts;
use crate::acts::{Bounds, Desk, refuse};
use crate::domain::claim::{Claim, ClaimStage, Stated, claimable};
use crate::domain::fault::{Code, Fault, Faults};
use crate::domain::ids::{ClaimId, ContractId};
use crate::domain::ledger::EntryKind;
use crate::domain::money::Fen;
use crate::domain::offer::Contract;
use crate::domain::quota::Item;
use crate::store::{self, Reading, Writing};

/// A month is claimed already.
pub const MONTHS_TAKEN: Code = Code("AC383");
/// The contract grants no subsidy.
pub const NO_SUBSIDY: Code = Code("AC384");

/// Prepares a claim for months of a year under a contract. It holds its months, and officers do not see it.
///
/// # Errors
/// AC384 without an awarded subsidy, DM251 for a month that cannot be claimed, AC383 for one that is
/// claimed already, AC018 for months, amounts or evidence that are not acceptable, AC389 when the year is
/// closed.
pub fn prepare(
    desk: &Desk,
    contract: &ContractId,
    year: i32,
    stated: &Stated,
) -> Result<Claim, Faults> {
    let asked = json!({ "contract": contract, "year": year, "stated": stated });
    desk.act(&PREPARE_CLAIM, &asked, |tx| {
        let contract = contracts::need(tx, contract)?;
        desk.own(&PREPARE_CLAIM, &contracts::owner(&contract))?;
        if contract.award.subsidy.is_none() {
            return Err(no_subsidy(&contract).into());
        }
        let id: ClaimId = fresh("CL")?;
        let stated = proved(tx, desk, &contract, (&id, year, stated))?;
        let calculation = calculate(tx, desk, &contract, (&id, year, &stated))?;
        let claim = Claim {
            id,
            contract: contract.id.clone(),
            firm: contract.firm.clone(),
            district: contract.district.clone(),
            year,
            item: Item::RentSubsidy,
            stated,
            calculation,
            review: None,
            awarded: None,
            settlement: None,
            publicity: None,
            approved: None,
            batch: None,
            payment: None,
            held: Fen::ZERO,
            due: Fen::ZERO,
            paid: Fen::ZERO,
            recalled: Fen::ZERO,
            stage: ClaimStage::Prepared,
            prepared: Some(sign(desk, "")),
            submitted: None,
            remarks: Vec::new(),
        };
        year_end::open(tx, &claim.quota())?;
        store::upsert_many(tx, std::slice::from_ref(&claim))?;
        let subject = format!("claim {}", claim.id);
        Ok(Done::new(claim.clone(), subject, owner(&claim)).after(&claim)?)
    })
}

/// Changes a claim that is prepared, or supplements one that was returned.
///
/// # Errors
/// AC014 unless it is prepared or returned, and those of [`prepare`].
pub fn revise(desk: &Desk, id: &ClaimId, stated: &Stated) -> Result<Claim, Faults> {
    let asked = json!({ "claim": id, "stated": stated });
    desk.act(&PREPARE_CLAIM, &asked, |tx| {
        let before = need_claim(tx, id)?;
        desk.own(&PREPARE_CLAIM, &owner(&before))?;
        at(&before, &[ClaimStage::Prepared, ClaimStage::Returned])?;
        let mut after = anew(tx, desk, &before, stated)?;
        after.prepared = Some(sign(desk, ""));
        finish(tx, &before, &after)
    })
}

/// Submits a claim that is prepared, or was returned and supplemented; what the rules give is calculated anew.
///
/// # Errors
/// AC017 by him who wrote it last, AC014 unless it is prepared or returned, and those of [`prepare`].
pub fn submit(desk: &Desk, id: &ClaimId) -> Result<Claim, Faults> {
    desk.act(&SUBMIT_CLAIM, &json!({ "claim": id }), |tx| {
        let before = need_claim(tx, id)?;
        desk.own(&SUBMIT_CLAIM, &owner(&before))?;
        at(&before, &[ClaimStage::Prepared, ClaimStage::Returned])?;
        if before
            .prepared
            .as_ref()
            .is_some_and(|p| p.by == desk.actor())
        {
            return Err(refuse::same_person("prepared the claim").into());
        }
        let mut after = anew(tx, desk, &before, &before.stated)?;
        if before.stage == ClaimStage::Returned {
            after = moved(desk, &after, ClaimStage::Submitted, "");
        }
        after.stage = ClaimStage::Submitted;
        after.submitted = Some(sign(desk, ""));
        finish(tx, &before, &after)
    })
}

/// A claim with what is stated, proved and calculated anew.
fn anew(
    tx: &mut Reading<'_>,
    desk: &Desk,
    before: &Claim,
    stated: &Stated,
) -> Result<Claim, Faults> {
    year_end::open(tx, &before.quota())?;
    let contract = contracts::need(tx, &before.contract)?;
    let mut after = before.clone();
    after.stated = proved(tx, desk, &contract, (&before.id, before.year, stated))?;
    let facts = (&before.id, before.year, &after.stated);
    after.calculation = calculate(tx, desk, &contract, facts)?;
    Ok(after)
}

/// Withdraws a claim that is not yet approved; what was bound for it is free again.
///
/// # Errors
/// AC014 when it is approved, paid, rejected or withdrawn.
pub fn withdraw(desk: &Desk, id: &ClaimId) -> Result<Claim, Faults> {
    desk.act(&WITHDRAW_CLAIM, &json!({ "claim": id }), |tx| {
        let before = need_claim(tx, id)?;
        desk.own(&WITHDRAW_CLAIM, &owner(&before))?;
        at(
            &before,
            &[
                ClaimStage::Prepared,
                ClaimStage::Submitted,
                ClaimStage::Returned,
                ClaimStage::Reviewed,
                ClaimStage::Settled,
                ClaimStage::Publicised,
            ],
        )?;
        let mut after = moved(desk, &before, ClaimStage::Withdrawn, "");
        let_go(tx, desk, &mut after)?;
        finish(tx, &before, &after)
    })
}

/// Stores the claim as it is now.
pub(super) fn finish(
    tx: &mut Writing<'_>,
    before: &Claim,
    after: &Claim,
) -> Result<Done<Claim>, Faults> {
    store::upsert_many(tx, std::slice::from_ref(after))?;
    let subject = format!("claim {}", after.id);
    let done = Done::new(after.clone(), subject, owner(after));
    Ok(done.before(before)?.after(after)?)
}

/// Frees what is bound for a claim; its award no longer stands.
pub(super) fn let_go(tx: &mut Writing<'_>, desk: &Desk, claim: &mut Claim) -> Result<(), Faults> {
    if claim.held > Fen::ZERO {
        let back = Move::of_claim(EntryKind::Uncommit, claim.held, claim);
        post(tx, desk, &claim.quota(), &[back])?;
    }
    claim.held = Fen::ZERO;
    claim.awarded = None;
    claim.settlement = None;
    claim.publicity = None;
    Ok(())
}

/// What is stated, its months in order, or the faults in it.
fn proved(
    tx: &mut Reading<'_>,
    desk: &Desk,
    contract: &Contract,
    (own, year, stated): (&ClaimId, i32, &Stated),
) -> Result<Stated, Faults> {
    let mut faults = Faults::default();
    let months: BTreeSet<u32> = stated.months.iter().copied().collect();
    if months.is_empty() || months.len() != stated.months.len() {
        let say = "name each month once";
        faults
            .0
            .push(refuse::unfit("months", "no month, or one twice", say));
    }
    for month in &months {
        faults
            .0
            .extend(claimable(contract, year, *month, today(desk)).err());
    }
    let amounts = [
        stated.rent_paid,
        stated.other_aid,
        stated.appraised.unwrap_or_default(),
    ];
    if amounts.iter().any(|a| *a < Fen::ZERO) {
        let say = "give amounts of zero or more";
        faults
            .0
            .push(refuse::unfit("rent_paid", "an amount is negative", say));
    }
    let whose = (&contract.firm, &contract.application);
    (faults.0).extend(evidence::wrong(tx, whose, &stated.evidence)?);
    faults.or(())?;
    let all: Vec<Claim> = store::having(tx, "contract_id", contract.id.as_str())?;
    let others = all
        .iter()
        .filter(|c| c.id != *own && c.year == year && c.stage.is_live());
    for other in others {
        if let Some(month) = other.stated.months.iter().find(|m| months.contains(m)) {
            return Err(taken(year, *month, &other.id).into());
        }
    }
    Ok(Stated {
        months: months.into_iter().collect(),
        ..stated.clone()
    })
}

/// DM251 when a month of a claim cannot be claimed any more: its aid was lost by a breach since.
pub(super) fn still_claimable(
    desk: &Desk,
    contract: &Contract,
    claim: &Claim,
) -> Result<(), Faults> {
    let mut faults = Faults::default();
    for month in &claim.stated.months {
        let result = claimable(contract, claim.year, *month, today(desk));
        faults.0.extend(result.err());
    }
    faults.or(())
}

fn taken(year: i32, month: u32, by: &ClaimId) -> Fault {
    Fault::new(
        MONTHS_TAKEN,
        format!("the month {year}-{month:02} is claimed by {by}"),
        "claim other months, or withdraw that claim first",
    )
}

fn no_subsidy(contract: &Contract) -> Fault {
    Fault::new(
        NO_SUBSIDY,
        format!("the contract {} grants no subsidy", contract.id),
        "claim under a contract with an awarded subsidy",
    )
}

/// One claim; AC012 when it is another's, or a firm's own that is not submitted.
pub fn one(desk: &Desk, id: &ClaimId) -> Result<Claim, Faults> {
    desk.look(&SEE_CLAIM, |tx| {
        let claim = need_claim(tx, id)?;
        desk.own(&SEE_CLAIM, &owner(&claim))?;
        if !claim.is_out() && !desk.person().role.is_firm() {
            return Err(refuse::not_yours(SEE_CLAIM.act).into());
        }
        Ok((owner(&claim), claim))
    })
}

/// The claims that the actor may see, by key; at most `limit` after a key.
pub fn list(
    desk: &Desk,
    stage: Option<ClaimStage>,
    contract: Option<&ContractId>,
    bounds: impl Into<Bounds>,
) -> Result<Vec<Claim>, Faults> {
    let mut equal = scoped(desk.scope(&SEE_CLAIM)?);
    if !desk.person().role.is_firm() {
        equal.push(("open_to", "all".to_owned()));
    }
    equal.extend(stage.map(|s| ("stage", s.name().to_owned())));
    equal.extend(contract.map(|c| ("contract_id", c.to_string())));
    let filter = bounds.into().filter::<Claim>(equal)?;
    Ok(desk.store().read(|tx| store::select(tx, &filter))?)
}
