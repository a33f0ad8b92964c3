//! The procedure of a round (批次流程): guide, window, freeze, choice, approval, publicity, objections,
//! confirmation, offers, waiting list, contracts. One file, one part of the way.
//!
//! Where a round stands is its [`Procedure`]; `Step::next` says what may follow. Every act asks the step
//! first (AC014), then the people (AC017), then time and facts.
//!
//! Not here: making plans (`acts::plan`), cases, money, supervision.

pub mod choice;
pub mod closing;
pub mod confirm;
pub mod contract_end;
pub mod contracts;
pub mod freezing;
pub mod guide;
mod holds;
pub mod homes;
pub mod moves;
pub mod objections;
pub mod offers;
pub mod opening;
pub mod publicity;
pub mod renewal;
pub mod succession;
mod terms;
pub mod uphold;
mod variant;
pub mod view;
pub mod waiting;

use chrono::NaiveDate;

use super::{Desk, refuse};
use crate::domain::fault::{Fault, Faults};
use crate::domain::ids::RoundId;
use crate::domain::people::Role;
use crate::domain::procedure::{Procedure, Step};
use crate::domain::round::{Round, day_in_shenzhen};
use crate::domain::signature::Signature;
use crate::store::{self, Reading};

pub(super) use terms::text as policy_text;

/// Longest reason, grounds or clause in characters.
const TEXT_MAX: usize = 4000;

/// The procedure of a round; one that nobody has begun is being prepared. AC013 without the round.
pub(super) fn procedure(tx: &mut Reading<'_>, round: &RoundId) -> Result<Procedure, Faults> {
    if let Some(known) = store::get(tx, round.as_str())? {
        return Ok(known);
    }
    let known: Option<Round> = store::get(tx, round.as_str())?;
    let known = known.ok_or_else(|| refuse::absent("round", round))?;
    Ok(Procedure {
        round: known.id,
        step: Step::Preparing,
        guide: None,
        snapshot: None,
        choice: None,
        publicity: None,
        confirmed: None,
    })
}

/// AC014 unless the procedure stands at one of the steps.
fn at(procedure: &Procedure, steps: &[Step]) -> Result<(), Fault> {
    if steps.contains(&procedure.step) {
        return Ok(());
    }
    let needs: Vec<&str> = steps.iter().map(|s| s.name()).collect();
    Err(refuse::wrong_state(
        subject(&procedure.round),
        procedure.step.name(),
        &needs,
    ))
}

/// AC014: a part that the step promises is not there.
fn lacking(procedure: &Procedure, part: &str) -> Fault {
    refuse::wrong_state(subject(&procedure.round), procedure.step.name(), &[part])
}

fn subject(round: &RoundId) -> String {
    format!("round {round}")
}

/// A reason, or AC018 when it is empty or too long.
pub(super) fn reason(text: &str) -> Result<(), Fault> {
    words("reason", text)
}

/// AC018 of a field when its text is empty or too long.
fn words(field: &str, text: &str) -> Result<(), Fault> {
    let length = text.trim().chars().count();
    match length {
        0 => Err(refuse::unfit(field, "it is empty", "say it in words")),
        n if n > TEXT_MAX => Err(refuse::unfit(field, "it is too long", "say it shorter")),
        _ => Ok(()),
    }
}

/// The actor's mark, now.
fn sign(desk: &Desk, reason: &str) -> Signature {
    Signature {
        by: desk.actor().to_owned(),
        at: desk.now(),
        reason: reason.trim().to_owned(),
    }
}

/// Today in Shenzhen.
pub fn today(desk: &Desk) -> NaiveDate {
    day_in_shenzhen(desk.now())
}

/// True for those who see drafts of a round and the names of officers.
fn is_inside(desk: &Desk) -> bool {
    let role = desk.person().role;
    matches!(
        role,
        Role::BureauPlanner | Role::BureauApprover | Role::AuditAdmin | Role::Operator
    )
}

/// A new key of a kind, for example `O-0190…`.
fn fresh<K: std::str::FromStr<Err = Fault>>(letter: &str) -> Result<K, Fault> {
    format!("{letter}-{}", uuid::Uuid::now_v7().simple()).parse()
}
