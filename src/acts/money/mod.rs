//! Money (资金): quotas and their ledger, what contracts bind, claims from the firm's asking to the bank's
//! confirmation, the settlement of a year, claw-backs, the end of a year.
//!
//! Every fen that moves is an entry of the ledger in the act's own transaction, and the nouns that hold it
//! (commitments, claims) change in the same transaction: doctor compares both sides.
//! Makers and checkers: the reviewer proposes, reviews, settles and confirms; the approver, another
//! person, releases, approves, exports and orders.
//!
//! Not here: how much the rules give (policy), contracts (`acts::rounds`).

pub mod accounts;
pub mod burn_down;
pub mod claims;
pub mod claw_back;
pub mod commit;
pub mod confirm;
pub mod entitle;
pub mod evidence;
pub mod fit;
mod ledger;
pub mod payment_file;
pub mod payments;
pub mod publicity;
pub mod quotas;
pub mod review;
pub mod settle;
pub mod sheet_file;
pub mod stop;
pub mod what_if;
pub mod year_end;

use super::act::{Owner, Scope};
use super::powers::Power;
use super::{Desk, refuse};
use crate::domain::claim::{Claim, ClaimRemark, ClaimStage};
use crate::domain::fault::{Fault, Faults};
use crate::domain::ids::ClaimId;
use crate::domain::ledger::QuotaKey;
use crate::domain::offer::Contract;
use crate::domain::quota::{Quota, QuotaMode};
use crate::domain::signature::Signature;
use crate::policy::Policy;
use crate::policy::quota::Settlement;
use crate::store::{self, Reading, Writing};

pub use commit::{commit_for, kept_by, release_for};

use super::rounds::{procedure, reason, today};

/// Longest text in characters.
const TEXT_MAX: usize = 4000;

/// The actor's mark, now.
fn sign(desk: &Desk, reason: &str) -> Signature {
    Signature {
        by: desk.actor().to_owned(),
        at: desk.now(),
        reason: reason.trim().to_owned(),
    }
}

/// A new key of a kind, for example `CL-0190…`; later keys are larger.
fn fresh<K: std::str::FromStr<Err = Fault>>(letters: &str) -> Result<K, Fault> {
    format!("{letters}-{}", uuid::Uuid::now_v7().simple()).parse()
}

/// AC018 of a field when its text is empty or too long.
fn words(field: &str, text: &str) -> Result<(), Fault> {
    match text.trim().chars().count() {
        0 => Err(refuse::unfit(field, "it is empty", "say it in words")),
        n if n > TEXT_MAX => Err(refuse::unfit(field, "it is too long", "say it shorter")),
        _ => Ok(()),
    }
}

/// Whose a claim is.
fn owner(claim: &Claim) -> Owner {
    Owner::of(&claim.firm, &claim.district)
}

/// A claim, or AC013.
fn need_claim(tx: &mut Reading<'_>, id: &ClaimId) -> Result<Claim, Faults> {
    let known = store::get(tx, id.as_str())?;
    Ok(known.ok_or_else(|| refuse::absent("claim", id))?)
}

/// The released quota, or AC013.
fn need_quota(tx: &mut Reading<'_>, key: &QuotaKey) -> Result<Quota, Faults> {
    let known = store::get(tx, &key.to_string())?;
    Ok(known.ok_or_else(|| refuse::absent("released quota", key))?)
}

/// AC014 unless a claim is at one of the stages.
fn at(claim: &Claim, stages: &[ClaimStage]) -> Result<(), Fault> {
    if stages.contains(&claim.stage) {
        return Ok(());
    }
    let needs: Vec<&str> = stages.iter().map(|s| s.name()).collect();
    let subject = format!("claim {}", claim.id);
    Err(refuse::wrong_state(subject, claim.stage.name(), &needs))
}

/// The claim at another stage, with a remark.
fn moved(desk: &Desk, claim: &Claim, stage: ClaimStage, why: &str) -> Claim {
    let mut after = claim.clone();
    after.stage = stage;
    after.remarks.push(ClaimRemark {
        stage,
        signed: sign(desk, why),
    });
    after
}

/// Stores a claim that an act on something else changed, with an entry of its own.
fn beside(
    tx: &mut Writing<'_>,
    desk: &Desk,
    power: &Power,
    (before, after): (&Claim, &Claim),
) -> Result<(), Faults> {
    store::upsert_many(tx, std::slice::from_ref(after))?;
    desk.beside(tx, power, &format!("claim {}", after.id), (before, after))
}

/// The policy that a contract follows: that of its round.
fn policy_of(tx: &mut Reading<'_>, desk: &Desk, contract: &Contract) -> Result<Policy, Faults> {
    let procedure = procedure(tx, &contract.round)?;
    let text = super::rounds::policy_text(tx, &procedure, today(desk))?;
    crate::policy::read(&text)
}

/// What happens above a quota: as the policy in force says, else as the quota states.
fn mode_of(tx: &mut Reading<'_>, desk: &Desk, quota: &Quota) -> Result<Settlement, Faults> {
    let stated = match quota.mode {
        QuotaMode::Hard => Settlement::Hard,
        QuotaMode::ProRata => Settlement::ProRata,
    };
    let Some(text) = super::policy::in_force_on(tx, today(desk))? else {
        return Ok(stated);
    };
    let policy = crate::policy::read(&text.text)?;
    let rule = policy.quotas.iter().find(|rule| rule.item == quota.item);
    Ok(rule.map_or(stated, |rule| rule.mode))
}

/// The columns by which a list is cut down to what the actor may see.
fn scoped(scope: Scope) -> Vec<(&'static str, String)> {
    match scope {
        Scope::All => Vec::new(),
        Scope::Firm(firm) => vec![("firm_id", firm.to_string())],
        Scope::District(district) => vec![("district_id", district.to_string())],
    }
}
