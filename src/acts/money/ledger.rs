//! Posting to the ledger: entries get the next numbers of their quota, and what an account does not hold is
//! refused before the database would.
//!
//! Not here: the tables (`store::ledger`).

use crate::acts::Desk;
use crate::domain::claim::Claim;
use crate::domain::fault::{Code, Fault, Faults, Place};
use crate::domain::ids::{ClaimId, ContractId};
use crate::domain::ledger::{Account, Balance, EntryKind, LedgerEntry, QuotaKey};
use crate::domain::money::Fen;
use crate::domain::quota::Quota;
use crate::store::{self, Reading, Writing, ledger};

/// An account of the quota does not hold what would be moved.
pub const QUOTA_SHORT: Code = Code("AC381");

/// What is moved, and for what.
pub struct Move<'a> {
    /// Why; says from where to where.
    pub kind: EntryKind,
    /// How much; nothing moves when it is zero.
    pub amount: Fen,
    /// For which contract.
    pub contract: Option<&'a ContractId>,
    /// For which claim.
    pub claim: Option<&'a ClaimId>,
}

impl<'a> Move<'a> {
    /// A move of the quota itself.
    pub fn of_quota(kind: EntryKind, amount: Fen) -> Move<'a> {
        Move {
            kind,
            amount,
            contract: None,
            claim: None,
        }
    }

    /// A move for a contract.
    pub fn of_contract(kind: EntryKind, amount: Fen, contract: &'a ContractId) -> Move<'a> {
        Move {
            contract: Some(contract),
            ..Move::of_quota(kind, amount)
        }
    }

    /// A move for a claim.
    pub fn of_claim(kind: EntryKind, amount: Fen, claim: &'a Claim) -> Move<'a> {
        Move {
            claim: Some(&claim.id),
            ..Move::of_contract(kind, amount, &claim.contract)
        }
    }
}

/// What stands in the accounts of a quota. A quota that was imported has no entries yet: all of it is free.
pub fn balance(tx: &mut Reading<'_>, key: &QuotaKey) -> Result<Option<Balance>, Faults> {
    if let Some(known) = ledger::balance(tx, key)? {
        return Ok(Some(known));
    }
    let quota: Option<Quota> = store::get(tx, &key.to_string())?;
    Ok(quota.map(|quota| Balance {
        granted: quota.amount,
        free: quota.amount,
        ..Balance::default()
    }))
}

/// Moves money of a quota, in order. AC381 when an account does not hold it.
pub fn post(
    tx: &mut Writing<'_>,
    desk: &Desk,
    key: &QuotaKey,
    moves: &[Move<'_>],
) -> Result<Balance, Faults> {
    let mut now = opened(tx, desk, key)?;
    for step in moves.iter().filter(|m| m.amount != Fen::ZERO) {
        let (from, _) = step.kind.way();
        let held = now.account(from);
        if step.amount < Fen::ZERO || (from != Account::Granted && held < step.amount) {
            return Err(short(key, from, held, step.amount).into());
        }
        let entry = entry(desk, key, step, now.entries + 1);
        ledger::post(tx, std::slice::from_ref(&entry))?;
        now = now.after(&entry)?;
    }
    Ok(now)
}

/// The balance; the first entry of an imported quota grants it.
fn opened(tx: &mut Writing<'_>, desk: &Desk, key: &QuotaKey) -> Result<Balance, Faults> {
    if let Some(known) = ledger::balance(tx, key)? {
        return Ok(known);
    }
    let quota = super::need_quota(tx, key)?;
    if quota.amount == Fen::ZERO {
        return Ok(Balance::default());
    }
    let first = Move::of_quota(EntryKind::Release, quota.amount);
    let entry = entry(desk, key, &first, 1);
    ledger::post(tx, std::slice::from_ref(&entry))?;
    Ok(Balance::default().after(&entry)?)
}

fn entry(desk: &Desk, key: &QuotaKey, step: &Move<'_>, seq: i64) -> LedgerEntry {
    let (from, to) = step.kind.way();
    LedgerEntry {
        id: format!("{key}/{seq:08}"),
        district: key.district.clone(),
        year: key.year,
        item: key.item,
        seq,
        kind: step.kind,
        amount: step.amount,
        from,
        to,
        contract: step.contract.cloned(),
        claim: step.claim.cloned(),
        at: desk.now(),
        by: desk.actor().to_owned(),
    }
}

fn short(key: &QuotaKey, account: Account, held: Fen, wanted: Fen) -> Fault {
    let cause = format!(
        "{} of the quota holds {held} yuan, and {wanted} yuan are wanted",
        account.name()
    );
    let action = "raise the quota, settle the year, or take less";
    Fault::new(QUOTA_SHORT, cause, action).at(Place::subject(format!("quota {key}")))
}
