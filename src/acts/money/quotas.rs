//! Quotas (额度): proposed by the district's reviewer with the basis, released by its approver, another
//! person; changed the same way. Never lowered below what is bound, approved and paid. A release binds at
//! once what contracts of earlier years wait for.
//!
//! Not here: imported quotas, which count as released (`import`).

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::ledger::{Move, balance, post};
use super::{commit, fresh, sign, words, year_end};
use crate::acts::act::{Done, Owner, Scope};
use crate::acts::powers::money::{PROPOSE_QUOTA, REFUSE_QUOTA, RELEASE_QUOTA, SEE_QUOTA};
use crate::acts::{Bounds, Desk, refuse};
use crate::domain::evidence::{Evidence, Provenance};
use crate::domain::fault::{Code, Fault, Faults};
use crate::domain::ids::QuotaChangeId;
use crate::domain::ledger::{Balance, EntryKind, LedgerEntry, QuotaKey};
use crate::domain::money::Fen;
use crate::domain::quota::{Quota, QuotaMode};
use crate::domain::quota_change::{ChangeStage, QuotaChange};
use crate::store::{self, Reading, Writing};

/// A quota would be lowered below what is bound, approved, paid or ordered back.
pub const BELOW_SPENT: Code = Code("AC380");
/// Another change of the quota is open.
pub const CHANGE_OPEN: Code = Code("AC382");

/// What is proposed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// What the quota is to be.
    pub amount: Fen,
    /// What is to happen above it.
    pub mode: QuotaMode,
    /// Legal or budgetary basis.
    pub basis: String,
}

/// A quota and what stands in its accounts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuotaNow {
    /// The quota.
    pub quota: Quota,
    /// Its accounts.
    pub balance: Balance,
}

/// A hard quota as a plan may use it: what earlier contracts and claims of the year have not bound. A pro-rata
/// one stays whole: who comes later shares in the cut of the year.
pub(in crate::acts) fn less_what_is_bound(
    tx: &mut Reading<'_>,
    quota: &mut Quota,
) -> Result<(), Faults> {
    if quota.mode == QuotaMode::Hard {
        let now = balance(tx, &QuotaKey::of(quota))?;
        quota.amount = now.map_or(quota.amount, |now| now.free);
    }
    Ok(())
}

/// Whose a quota is.
pub(in crate::acts) fn owner(key: &QuotaKey) -> Owner {
    Owner::district(&key.district)
}

fn need(tx: &mut Reading<'_>, id: &QuotaChangeId) -> Result<QuotaChange, Faults> {
    let known = store::get(tx, id.as_str())?;
    Ok(known.ok_or_else(|| refuse::absent("change of a quota", id))?)
}

/// Proposes a quota, or what it is to become.
///
/// # Errors
/// DM190 for a negative amount, AC018 without a basis, AC382 while another change is open, AC380 below
/// what is spent, AC389 when the year is closed.
pub fn propose(desk: &Desk, key: &QuotaKey, new: &Proposal) -> Result<QuotaChange, Faults> {
    let asked = json!({ "quota": key.to_string(), "proposal": new });
    desk.act(&PROPOSE_QUOTA, &asked, |tx| {
        desk.own(&PROPOSE_QUOTA, &owner(key))?;
        words("basis", &new.basis)?;
        year_end::open(tx, key)?;
        quota_of(key, new).proved()?;
        let known: Vec<QuotaChange> = store::money::of_quota(tx, key)?;
        if known.iter().any(|c| c.stage == ChangeStage::Proposed) {
            return Err(change_open(key).into());
        }
        let now = balance(tx, key)?;
        not_below(key, now.as_ref(), new.amount)?;
        let change = QuotaChange {
            id: fresh("QC")?,
            district: key.district.clone(),
            year: key.year,
            item: key.item,
            before: now.map(|b| b.granted),
            amount: new.amount,
            mode: new.mode,
            basis: new.basis.trim().to_owned(),
            stage: ChangeStage::Proposed,
            proposed: sign(desk, &new.basis),
            decided: None,
        };
        store::upsert_many(tx, std::slice::from_ref(&change))?;
        let subject = format!("quota {key}");
        Ok(Done::new(change.clone(), subject, owner(key)).after(&change)?)
    })
}

/// Releases a proposed change: from now on the amount is usable.
///
/// # Errors
/// AC017 by him who proposed it, AC014 unless it is proposed, AC380 below what is spent by now.
pub fn release(desk: &Desk, id: &QuotaChangeId) -> Result<QuotaChange, Faults> {
    desk.act(&RELEASE_QUOTA, &json!({ "change": id }), |tx| {
        let before = need(tx, id)?;
        let key = before.quota();
        desk.own(&RELEASE_QUOTA, &owner(&key))?;
        decidable(desk, &before)?;
        year_end::open(tx, &key)?;
        let now = balance(tx, &key)?;
        not_below(&key, now.as_ref(), before.amount)?;
        apply(tx, desk, &before)?;
        commit::waiting(tx, desk, &key)?;
        let after = decided(desk, &before, ChangeStage::Released, "");
        store::upsert_many(tx, std::slice::from_ref(&after))?;
        let done = Done::new(after.clone(), format!("quota {key}"), owner(&key));
        Ok(done.before(&before)?.after(&after)?)
    })
}

/// Refuses a proposed change, with a reason.
///
/// # Errors
/// AC018 without a reason, AC017 by him who proposed it, AC014 unless it is proposed.
pub fn refuse(desk: &Desk, id: &QuotaChangeId, why: &str) -> Result<QuotaChange, Faults> {
    let asked = json!({ "change": id, "reason": why });
    desk.act(&REFUSE_QUOTA, &asked, |tx| {
        let before = need(tx, id)?;
        let key = before.quota();
        desk.own(&REFUSE_QUOTA, &owner(&key))?;
        decidable(desk, &before)?;
        super::reason(why)?;
        let after = decided(desk, &before, ChangeStage::Refused, why);
        store::upsert_many(tx, std::slice::from_ref(&after))?;
        let done = Done::new(after.clone(), format!("quota {key}"), owner(&key));
        Ok(done.before(&before)?.after(&after)?)
    })
}

fn decided(desk: &Desk, change: &QuotaChange, stage: ChangeStage, why: &str) -> QuotaChange {
    QuotaChange {
        stage,
        decided: Some(sign(desk, why)),
        ..change.clone()
    }
}

fn decidable(desk: &Desk, change: &QuotaChange) -> Result<(), Fault> {
    if change.stage != ChangeStage::Proposed {
        let subject = format!("change {}", change.id);
        return Err(refuse::wrong_state(
            subject,
            change.stage.name(),
            &["proposed"],
        ));
    }
    match change.proposed.by == desk.actor() {
        true => Err(refuse::same_person("proposed the quota")),
        false => Ok(()),
    }
}

/// Moves the difference, then stores the quota as it was granted: the schema allows no other order.
fn apply(tx: &mut Writing<'_>, desk: &Desk, change: &QuotaChange) -> Result<(), Faults> {
    let key = change.quota();
    let proposal = Proposal {
        amount: change.amount,
        mode: change.mode,
        basis: change.basis.clone(),
    };
    let quota = quota_of(&key, &proposal).proved()?;
    match store::get::<Quota>(tx, &key.to_string())? {
        // Its first entry grants all of it.
        None => store::upsert_many(tx, std::slice::from_ref(&quota)).map(drop)?,
        Some(_) => {
            let now = post(tx, desk, &key, &[])?;
            let more = change.amount.minus(now.granted)?;
            let (kind, amount) = match more >= Fen::ZERO {
                true => (EntryKind::Release, more),
                false => (EntryKind::Lower, now.granted.minus(change.amount)?),
            };
            post(tx, desk, &key, &[Move::of_quota(kind, amount)])?;
            store::upsert_many(tx, std::slice::from_ref(&quota))?;
            return Ok(());
        }
    }
    post(tx, desk, &key, &[]).map(drop)
}

fn quota_of(key: &QuotaKey, new: &Proposal) -> Quota {
    Quota {
        district: key.district.clone(),
        year: key.year,
        item: key.item,
        amount: new.amount,
        mode: new.mode,
        provenance: Provenance {
            source: new.basis.trim().to_owned(),
            ..Provenance::of(Evidence::Published)
        },
    }
}

fn not_below(key: &QuotaKey, now: Option<&Balance>, amount: Fen) -> Result<(), Fault> {
    let spent = match now {
        Some(now) => now.granted.minus(now.free)?,
        None => Fen::ZERO,
    };
    if amount >= spent {
        return Ok(());
    }
    Err(Fault::new(
        BELOW_SPENT,
        format!("{spent} yuan of the quota {key} are bound, approved or paid"),
        "lower it to that sum at most",
    ))
}

fn change_open(key: &QuotaKey) -> Fault {
    Fault::new(
        CHANGE_OPEN,
        format!("another change of the quota {key} is open"),
        "let it be released or refused first",
    )
}

/// One released quota with its accounts.
pub fn one(desk: &Desk, key: &QuotaKey) -> Result<QuotaNow, Faults> {
    desk.look(&SEE_QUOTA, |tx| {
        desk.own(&SEE_QUOTA, &owner(key))?;
        let quota = super::need_quota(tx, key)?;
        let balance = balance(tx, key)?.unwrap_or_default();
        Ok((owner(key), QuotaNow { quota, balance }))
    })
}

/// The released quotas that the actor may see, by key; at most `limit` after a key.
pub fn list(desk: &Desk, bounds: impl Into<Bounds>) -> Result<Vec<QuotaNow>, Faults> {
    let equal = match desk.scope(&SEE_QUOTA)? {
        Scope::District(district) => vec![("district_id", district.to_string())],
        _ => Vec::new(),
    };
    let filter = bounds.into().filter::<Quota>(equal)?;
    desk.store().read(|tx| {
        let quotas: Vec<Quota> = store::select(tx, &filter)?;
        let mut all = Vec::with_capacity(quotas.len());
        for quota in quotas {
            let balance = balance(tx, &QuotaKey::of(&quota))?.unwrap_or_default();
            all.push(QuotaNow { quota, balance });
        }
        Ok(all)
    })
}

/// The changes of a quota, the first one first.
pub fn history(desk: &Desk, key: &QuotaKey) -> Result<Vec<QuotaChange>, Faults> {
    desk.look(&SEE_QUOTA, |tx| {
        Ok((owner(key), store::money::of_quota(tx, key)?))
    })
}

/// The entries of a quota after a key, in order; at most `limit`.
pub fn entries(
    desk: &Desk,
    key: &QuotaKey,
    page: (Option<String>, u32),
) -> Result<Vec<LedgerEntry>, Faults> {
    desk.look(&SEE_QUOTA, |tx| {
        Ok((owner(key), store::ledger::entries(tx, key, page)?))
    })
}
