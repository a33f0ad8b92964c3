//! The settlement of a year (年度核定): all reviewed claims of a quota at once, by the reviewer's sheet, which
//! another officer approves.
//!
//! The pool
//!   within the year   what is free plus what the contracts of these claims have bound for them, claim by
//!                     claim up to its amount: commitments of others are not touched, later claims follow
//!   of the whole year what is free plus all that contracts have bound: who signed early is cut like all
//!                     others. Commitments end with it
//! Approving computes the sheet anew; when claims, money or mode have changed since, it is refused and a new
//! sheet is made.
//!
//! Not here: the arithmetic (`policy::sheet`), what another quota would give (`what_if`).

use std::collections::BTreeMap;

use serde_json::json;

use super::ledger::{Move, balance, post};
use super::review::{at_hand, from_commitment};
use super::{commit, fresh, mode_of, moved, need_quota, quotas, sign, year_end};
use crate::acts::act::{Done, Scope};
use crate::acts::powers::Power;
use crate::acts::powers::money::{
    APPROVE_SETTLEMENT, PROPOSE_SETTLEMENT, REFUSE_SETTLEMENT, SEE_SETTLEMENT,
};
use crate::acts::{Bounds, Desk, refuse};
use crate::domain::claim::{Claim, ClaimStage};
use crate::domain::commitment::{Commitment, CommitmentStage};
use crate::domain::fault::{Code, Fault, Faults};
use crate::domain::ids::{ContractId, SettlementId};
use crate::domain::ledger::{EntryKind, QuotaKey};
use crate::domain::money::Fen;
use crate::domain::offer::Contract;
use crate::domain::settlement::{Settlement, SettlementStage, Sheet};
use crate::policy::quota::Settlement as Mode;
use crate::policy::sheet::{Asking, sheet};
use crate::store::{self, Filter, Reading, Writing};

/// The claims, the money or the mode changed since the sheet was made.
pub const STALE_SHEET: Code = Code("AC386");
/// No reviewed claim waits for a settlement.
pub const NOTHING_TO_SETTLE: Code = Code("AC391");

/// What a settlement starts from.
pub(super) struct Ground {
    /// What happens above the pool.
    pub mode: Mode,
    /// What there is to award.
    pub pool: Fen,
    /// The claims.
    pub asking: Vec<Asking>,
}

/// What the reviewed claims of a quota ask for, and what there is for them.
pub(super) fn ground(
    tx: &mut Reading<'_>,
    desk: &Desk,
    key: &QuotaKey,
    whole_year: bool,
) -> Result<Ground, Faults> {
    let quota = need_quota(tx, key)?;
    let mode = mode_of(tx, desk, &quota)?;
    let mut pool = balance(tx, key)?.unwrap_or_default().free;
    if whole_year {
        let bound: Vec<Commitment> = store::money::of_quota(tx, key)?;
        pool = pool.plus(Fen::sum(bound.iter().map(|one| one.left))?)?;
    }
    let mut used: BTreeMap<ContractId, Fen> = BTreeMap::new();
    let mut asking = Vec::new();
    for claim in reviewed(tx, key)? {
        let computed = claim.counted();
        let (one, _) = at_hand(tx, &claim, computed)?;
        let before = used.entry(claim.contract.clone()).or_default();
        let left = one.map_or(Fen::ZERO, |one| one.left).minus(*before)?;
        let part = left.min(computed);
        *before = before.plus(part)?;
        if !whole_year {
            pool = pool.plus(part)?;
        }
        asking.push(Asking {
            points: points(tx, &claim)?,
            claim: claim.id,
            firm: claim.firm,
            computed,
        });
    }
    Ok(Ground { mode, pool, asking })
}

fn reviewed(tx: &mut Reading<'_>, key: &QuotaKey) -> Result<Vec<Claim>, Faults> {
    let filter = Filter {
        equal: vec![
            ("quota_id", key.to_string()),
            ("stage", ClaimStage::Reviewed.name().to_owned()),
        ],
        ..Filter::default()
    };
    Ok(store::select(tx, &filter)?)
}

/// Points of the award under whose contract is claimed: they rank claims where the policy ranks.
fn points(tx: &mut Reading<'_>, claim: &Claim) -> Result<i64, Faults> {
    let contract: Contract = store::need(tx, claim.contract.as_str())?;
    let space = contract.award.score.iter().map(|part| part.points);
    let homes = contract.award.apartments.iter().map(|a| a.points);
    Ok(crate::domain::points::Points::sum(space.chain(homes))?.0)
}

/// Makes the sheet of all reviewed claims of a quota.
///
/// # Errors
/// AC391 when none waits, AC014 while another sheet is open, PO162 above a hard quota, AC389 when the
/// year is closed.
pub fn propose(
    desk: &Desk,
    key: &QuotaKey,
    whole_year: bool,
    why: &str,
) -> Result<Settlement, Faults> {
    let asked = json!({ "quota": key.to_string(), "whole_year": whole_year, "reason": why });
    desk.act(&PROPOSE_SETTLEMENT, &asked, |tx| {
        desk.own(&PROPOSE_SETTLEMENT, &quotas::owner(key))?;
        year_end::open(tx, key)?;
        alone(tx, key)?;
        let settlement = Settlement {
            id: fresh("ST")?,
            district: key.district.clone(),
            year: key.year,
            item: key.item,
            whole_year,
            sheet: made(tx, desk, key, whole_year)?,
            stage: SettlementStage::Proposed,
            proposed: sign(desk, why),
            decided: None,
        };
        store::upsert_many(tx, std::slice::from_ref(&settlement))?;
        let subject = format!("settlement {}", settlement.id);
        let done = Done::new(settlement.clone(), subject, quotas::owner(key));
        Ok(done.after(&settlement)?)
    })
}

/// AC014 while another settlement of the quota waits for its approver.
fn alone(tx: &mut Reading<'_>, key: &QuotaKey) -> Result<(), Faults> {
    let all: Vec<Settlement> = store::having(tx, "quota_id", &key.to_string())?;
    match all.iter().find(|s| s.stage == SettlementStage::Proposed) {
        None => Ok(()),
        Some(open) => {
            let is = format!("being settled, in settlement {}", open.id);
            Err(refuse::wrong_state(format!("quota {key}"), &is, &["not being settled"]).into())
        }
    }
}

fn made(
    tx: &mut Reading<'_>,
    desk: &Desk,
    key: &QuotaKey,
    whole_year: bool,
) -> Result<Sheet, Faults> {
    let ground = ground(tx, desk, key, whole_year)?;
    if ground.asking.is_empty() {
        return Err(Fault::new(
            NOTHING_TO_SETTLE,
            format!("no reviewed claim of {key} waits for a settlement"),
            "review claims first",
        )
        .into());
    }
    Ok(sheet(ground.mode, ground.pool, &ground.asking)?)
}

/// Approves a sheet: its awards stand, and their money is bound.
///
/// # Errors
/// AC017 by him who made it, AC014 unless it is proposed, AC386 when it is out of date.
pub fn approve(desk: &Desk, id: &SettlementId) -> Result<Settlement, Faults> {
    desk.act(&APPROVE_SETTLEMENT, &json!({ "settlement": id }), |tx| {
        let before = need(tx, id)?;
        let key = before.quota();
        desk.own(&APPROVE_SETTLEMENT, &quotas::owner(&key))?;
        decidable(desk, &before)?;
        if made(tx, desk, &key, before.whole_year)? != before.sheet {
            return Err(Fault::new(
                STALE_SHEET,
                "claims, money or mode changed since the sheet was made",
                "refuse it and let a new sheet be made",
            )
            .into());
        }
        award(tx, desk, &before)?;
        decide(tx, desk, &before, (SettlementStage::Approved, ""))
    })
}

/// Refuses a sheet, with a reason; the claims wait for another.
///
/// # Errors
/// AC018 without a reason, AC014 unless it is proposed.
pub fn refuse(desk: &Desk, id: &SettlementId, why: &str) -> Result<Settlement, Faults> {
    let asked = json!({ "settlement": id, "reason": why });
    desk.act(&REFUSE_SETTLEMENT, &asked, |tx| {
        let before = need(tx, id)?;
        desk.own(&REFUSE_SETTLEMENT, &quotas::owner(&before.quota()))?;
        decidable(desk, &before)?;
        super::reason(why)?;
        decide(tx, desk, &before, (SettlementStage::Refused, why))
    })
}

fn decide(
    tx: &mut Writing<'_>,
    desk: &Desk,
    before: &Settlement,
    (stage, why): (SettlementStage, &str),
) -> Result<Done<Settlement>, Faults> {
    let after = Settlement {
        stage,
        decided: Some(sign(desk, why)),
        ..before.clone()
    };
    store::upsert_many(tx, std::slice::from_ref(&after))?;
    let owner = quotas::owner(&after.quota());
    let done = Done::new(after.clone(), format!("settlement {}", after.id), owner);
    Ok(done.before(before)?.after(&after)?)
}

fn decidable(desk: &Desk, settlement: &Settlement) -> Result<(), Fault> {
    if settlement.stage != SettlementStage::Proposed {
        let subject = format!("settlement {}", settlement.id);
        let is = settlement.stage.name();
        return Err(refuse::wrong_state(subject, is, &["proposed"]));
    }
    match settlement.proposed.by == desk.actor() {
        true => Err(refuse::same_person("made the sheet")),
        false => Ok(()),
    }
}

/// Binds the awards. Of the whole year all commitments are freed first. Within it every claim takes from its
/// own commitment what it asks for, and frees what is above its award; only then the others fill up from
/// what is free, so that no account is ever short.
fn award(tx: &mut Writing<'_>, desk: &Desk, settlement: &Settlement) -> Result<(), Faults> {
    let key = settlement.quota();
    if settlement.whole_year {
        free_commitments(tx, desk, &APPROVE_SETTLEMENT, &key)?;
    }
    let mut claims = Vec::with_capacity(settlement.sheet.rows.len());
    for row in &settlement.sheet.rows {
        let claim = super::need_claim(tx, &row.claim)?;
        let own = from_commitment(tx, desk, &APPROVE_SETTLEMENT, (&claim, row.computed))?;
        let held = own.min(row.awarded);
        let back = Move::of_claim(EntryKind::Uncommit, own.minus(held)?, &claim);
        post(tx, desk, &key, &[back])?;
        claims.push((claim, held, row.awarded));
    }
    for (claim, held, awarded) in claims {
        let more = Move::of_claim(EntryKind::Commit, awarded.minus(held)?, &claim);
        post(tx, desk, &key, &[more])?;
        let mut after = moved(desk, &claim, ClaimStage::Settled, "");
        after.held = awarded;
        after.awarded = Some(awarded);
        after.settlement = Some(settlement.id.clone());
        super::beside(tx, desk, &APPROVE_SETTLEMENT, (&claim, &after))?;
    }
    Ok(())
}

fn need(tx: &mut Reading<'_>, id: &SettlementId) -> Result<Settlement, Faults> {
    let known = store::get(tx, id.as_str())?;
    Ok(known.ok_or_else(|| refuse::absent("settlement", id))?)
}

/// One settlement with its sheet.
pub fn one(desk: &Desk, id: &SettlementId) -> Result<Settlement, Faults> {
    desk.look(&SEE_SETTLEMENT, |tx| {
        let settlement = need(tx, id)?;
        Ok((quotas::owner(&settlement.quota()), settlement))
    })
}

/// The settlements that the actor may see, by key; at most `limit` after a key.
pub fn list(desk: &Desk, bounds: impl Into<Bounds>) -> Result<Vec<Settlement>, Faults> {
    let equal = match desk.scope(&SEE_SETTLEMENT)? {
        Scope::District(district) => vec![("district_id", district.to_string())],
        _ => Vec::new(),
    };
    let filter = bounds.into().filter::<Settlement>(equal)?;
    Ok(desk.store().read(|tx| store::select(tx, &filter))?)
}

/// True while some claim of a quota is under way.
pub(super) fn under_way(tx: &mut Reading<'_>, key: &QuotaKey) -> Result<usize, Faults> {
    let all: Vec<Claim> = store::money::of_quota(tx, key)?;
    Ok(all.iter().filter(|c| c.stage.is_open()).count())
}

/// Frees what commitments of a quota still bind, and closes them.
pub(super) fn free_commitments(
    tx: &mut Writing<'_>,
    desk: &Desk,
    power: &Power,
    key: &QuotaKey,
) -> Result<(), Faults> {
    let all: Vec<Commitment> = store::money::of_quota(tx, key)?;
    for before in all {
        let mut one = before.clone();
        let left = one.left;
        commit::free(tx, desk, &mut one, left)?;
        one.stage = CommitmentStage::Closed;
        commit::keep(tx, desk, power, (Some(&before), &one))?;
    }
    Ok(())
}
