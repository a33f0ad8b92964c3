//! What contracts bind of quotas (额度承诺). Signing binds, in the transaction of the signing act, what the
//! rules give for each budget year of the term:
//!   the year of the award   what was awarded; a hard quota must hold it (AC381), a pro-rata or ranked one
//!                           gives what is free, and the claims are cut when the year is settled
//!   every other year        what is free at the time, a hard quota all or nothing; without a quota nothing.
//!                           The rest waits, by key of the contract, for the release of that year
//! A renewal goes on with the months that the rules leave since the firm's entry; all its years are of the
//! second kind. An exit frees what the months in force do not need (they may be claimed in arrears, and the
//! end of the year frees the rest); a breach frees all that is not yet in a claim.
//!
//! Not here: who signs and ends contracts (`acts::rounds`), claims.

use chrono::{Datelike, NaiveDate};

use super::ledger::{Move, balance, post};
use super::{policy_of, year_end};
use crate::acts::Bounds;
use crate::acts::Desk;
use crate::acts::act::Scope;
use crate::acts::powers::Power;
use crate::acts::powers::money::{RELEASE_QUOTA, SEE_CLAIM};
use crate::domain::area::Area;
use crate::domain::commitment::{Commitment, CommitmentStage};
use crate::domain::fault::Faults;
use crate::domain::firm::Firm;
use crate::domain::ids::ContractId;
use crate::domain::ledger::{EntryKind, QuotaKey};
use crate::domain::money::Fen;
use crate::domain::offer::{Contract, ContractStage};
use crate::domain::period::Period;
use crate::domain::plan::SubsidyGrant;
use crate::domain::quota::{Item, Quota};
use crate::policy::Policy;
use crate::policy::quota::Settlement;
use crate::policy::subsidy::{self, Computed};
use crate::store::{self, Reading, Writing};

/// Budget years looked at when a lease has no end.
const YEARS_MAX: i32 = 10;

/// Binds the subsidy of a new contract, in the transaction of the act that signs it; one commitment per
/// budget year. None without an awarded subsidy.
///
/// # Errors
/// AC381 when the hard quota of the award's year does not hold the award; those of the policy.
pub fn commit_for(
    tx: &mut Writing<'_>,
    desk: &Desk,
    power: &Power,
    contract: &Contract,
) -> Result<Vec<Commitment>, Faults> {
    let Some(grant) = &contract.award.subsidy else {
        return Ok(Vec::new());
    };
    let policy = policy_of(tx, desk, contract)?;
    let mut all = Vec::new();
    for (year, rules) in by_year(tx, &policy, contract, &contract.award.lease)? {
        let is_award = contract.renews.is_none() && grant.year == year;
        let wanted = match is_award {
            true => grant.awarded,
            false => rules.amount,
        };
        let mut one = Commitment {
            contract: contract.id.clone(),
            firm: contract.firm.clone(),
            district: contract.district.clone(),
            year,
            item: Item::RentSubsidy,
            wanted,
            bound: Fen::ZERO,
            left: Fen::ZERO,
            stage: CommitmentStage::Waiting,
        };
        bind(tx, desk, &mut one, is_award)?;
        keep(tx, desk, power, (None, &one))?;
        all.push(one);
    }
    Ok(all)
}

/// Frees what an ended contract no longer needs, in the transaction of the act that ends it: with
/// no breach the months in force stay bound, with one nothing that is not in a claim.
///
/// # Errors
/// Those of the policy.
pub fn release_for(
    tx: &mut Writing<'_>,
    desk: &Desk,
    power: &Power,
    contract: &Contract,
) -> Result<Vec<Commitment>, Faults> {
    let mut all: Vec<Commitment> = store::having(tx, "contract_id", contract.id.as_str())?;
    // A breach counts from its notice on, though the contract may end later.
    let breached =
        contract.stage == ContractStage::Terminated || contract.agreement.breach.is_some();
    let needs = match breached {
        true => Vec::new(),
        false => {
            let policy = policy_of(tx, desk, contract)?;
            by_year(tx, &policy, contract, &contract.holds)?
        }
    };
    for one in &mut all {
        let need = needs.iter().find(|(year, _)| *year == one.year);
        let need = need
            .map_or(Fen::ZERO, |(_, given)| given.amount)
            .min(one.wanted);
        let before = one.clone();
        free_above(tx, desk, one, need)?;
        keep(tx, desk, power, (Some(&before), one))?;
    }
    Ok(all)
}

/// Stores a commitment, with an entry of its own where it changed.
pub(super) fn keep(
    tx: &mut Writing<'_>,
    desk: &Desk,
    power: &Power,
    (before, after): (Option<&Commitment>, &Commitment),
) -> Result<(), Faults> {
    if before == Some(after) {
        return Ok(());
    }
    store::upsert_many(tx, std::slice::from_ref(after))?;
    desk.beside(
        tx,
        power,
        &format!("commitment {}", after.key()),
        (&before, after),
    )
}

/// The subsidy that a firm keeps by a renewal: what the rules leave it in the first budget year of the new
/// term that gives anything. None when the old contract had none, or the months are used up.
pub fn kept_by(
    tx: &mut Reading<'_>,
    desk: &Desk,
    old: &Contract,
    renewal: &Contract,
) -> Result<Option<SubsidyGrant>, Faults> {
    if old.award.subsidy.is_none() {
        return Ok(None);
    }
    let policy = policy_of(tx, desk, renewal)?;
    let years = by_year(tx, &policy, renewal, &renewal.award.lease)?;
    let grant = |(year, given): (i32, Computed)| SubsidyGrant {
        district: renewal.district.clone(),
        year,
        rule: given.rule,
        computed: given.amount,
        awarded: given.amount,
    };
    Ok(years.into_iter().next().map(grant))
}

/// What the rules give in each budget year of a term; years that give nothing are left out. The months of
/// a rule count from the firm's entry: a renewal gets what the whole tenancy gets, less what the time
/// before the term got.
fn by_year(
    tx: &mut Reading<'_>,
    policy: &Policy,
    contract: &Contract,
    term: &Period,
) -> Result<Vec<(i32, Computed)>, Faults> {
    let firm: Firm = store::need(tx, contract.firm.as_str())?;
    let area = Area::sum(contract.award.units.iter().map(|grant| grant.area))?;
    let (entry, free) = entry(tx, contract)?;
    let of = |period: &Period, year| {
        let (place, rent) = (&contract.district, contract.monthly_rent);
        subsidy::computed(policy, &firm, place, area, rent, free, period, year)
    };
    let whole = Period::new(entry, term.until())?;
    let earlier = match entry < term.from() {
        true => Some(Period::new(entry, Some(term.from()))?),
        false => None,
    };
    let first = term.from().year();
    let last = term.until().map_or(first + YEARS_MAX, |day| day.year());
    let mut all = Vec::new();
    for year in first..=last {
        let Some(mut given) = of(&whole, year)? else {
            continue;
        };
        if let Some(gone) = earlier.as_ref().map(|e| of(e, year)).transpose()?.flatten() {
            given.amount = given.amount.minus(gone.amount)?;
        }
        if given.amount > Fen::ZERO {
            all.push((year, given));
        }
    }
    Ok(all)
}

/// When the firm entered the space, and the months free of rent at that time: those of the first of the
/// contracts that renew each other.
pub(super) fn entry(tx: &mut Reading<'_>, contract: &Contract) -> Result<(NaiveDate, u32), Faults> {
    let mut first = contract.clone();
    while let Some(older) = &first.renews {
        first = store::need(tx, older.as_str())?;
    }
    Ok((first.award.lease.from(), first.free_months))
}

/// Binds what is missing as far as the quota of the year holds it.
fn bind(tx: &mut Writing<'_>, desk: &Desk, one: &mut Commitment, must: bool) -> Result<(), Faults> {
    let key = one.quota();
    let quota: Option<Quota> = store::get(tx, &key.to_string())?;
    let (Some(quota), Some(now)) = (quota, balance(tx, &key)?) else {
        return Ok(());
    };
    if year_end::is_closed(tx, &key)? {
        one.stage = CommitmentStage::Closed;
        return Ok(());
    }
    let missing = one.missing();
    let part = match super::mode_of(tx, desk, &quota)? {
        // What a hard quota does not hold is refused by the ledger.
        Settlement::Hard if must => missing,
        Settlement::Hard if now.free < missing => Fen::ZERO,
        _ => now.free.min(missing),
    };
    let commit = Move::of_contract(EntryKind::Commit, part, &one.contract);
    post(tx, desk, &key, &[commit])?;
    one.bound = one.bound.plus(part)?;
    one.left = one.left.plus(part)?;
    if one.missing() == Fen::ZERO {
        one.stage = CommitmentStage::Bound;
    }
    Ok(())
}

/// Binds what contracts wait for in a year whose quota was just released, by key of the contract.
pub(super) fn waiting(tx: &mut Writing<'_>, desk: &Desk, key: &QuotaKey) -> Result<(), Faults> {
    let all: Vec<Commitment> = store::money::of_quota(tx, key)?;
    for mut one in all {
        if one.missing() > Fen::ZERO {
            let before = one.clone();
            bind(tx, desk, &mut one, false)?;
            keep(tx, desk, &RELEASE_QUOTA, (Some(&before), &one))?;
        }
    }
    Ok(())
}

/// Keeps at most what is needed in all, less what went into claims, and frees the rest.
fn free_above(
    tx: &mut Writing<'_>,
    desk: &Desk,
    one: &mut Commitment,
    need: Fen,
) -> Result<(), Faults> {
    let claimed = one.bound.minus(one.left)?;
    let keep = need.minus(claimed)?.max(Fen::ZERO).min(one.left);
    free(tx, desk, one, one.left.minus(keep)?)?;
    one.wanted = need;
    if one.stage == CommitmentStage::Waiting && one.missing() == Fen::ZERO {
        one.stage = CommitmentStage::Bound;
    }
    if need == Fen::ZERO {
        one.stage = CommitmentStage::Closed;
    }
    Ok(())
}

/// Frees a part of what is left of a commitment.
pub(super) fn free(
    tx: &mut Writing<'_>,
    desk: &Desk,
    one: &mut Commitment,
    part: Fen,
) -> Result<(), Faults> {
    let back = Move::of_contract(EntryKind::Uncommit, part, &one.contract);
    if part > Fen::ZERO {
        post(tx, desk, &one.quota(), &[back])?;
    }
    one.left = one.left.minus(part)?;
    one.bound = one.bound.minus(part)?;
    Ok(())
}

/// The commitment of a contract for a year, if there is one.
pub(super) fn of_year(
    tx: &mut Reading<'_>,
    contract: &ContractId,
    year: i32,
) -> Result<Option<Commitment>, Faults> {
    Ok(store::get(tx, &format!("{contract}/{year}"))?)
}

/// What contracts bind: of one contract, or all that the actor may see; at most `limit` after a key.
pub fn list(
    desk: &Desk,
    contract: Option<&ContractId>,
    bounds: impl Into<Bounds>,
) -> Result<Vec<Commitment>, Faults> {
    let mut equal = match desk.scope(&SEE_CLAIM)? {
        Scope::All => Vec::new(),
        scope => super::scoped(scope),
    };
    equal.extend(contract.map(|c| ("contract_id", c.to_string())));
    let filter = bounds.into().filter::<Commitment>(equal)?;
    Ok(desk.store().read(|tx| store::select(tx, &filter))?)
}
