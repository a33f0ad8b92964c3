//! The choice of a plan: chosen by a planner, approved by another officer, or sent back. Until publicity
//! the approval can be taken back.
//!
//! A plan is never trusted: it is proved again against the snapshot in force before it is chosen.
//!
//! Not here: making plans and comparing them.

use crate::acts::stored;
use serde_json::json;

use super::{at, lacking, procedure, reason, sign, subject};
use crate::acts::act::{Done, Owner};
use crate::acts::powers::Power;
use crate::acts::powers::rounds::{APPROVE_PLAN, CHOOSE_PLAN, REOPEN_ROUND, SEND_BACK_PLAN};
use crate::acts::{Desk, refuse, scenarios};
use crate::domain::fault::{Code, Fault, Faults};
use crate::domain::ids::RoundId;
use crate::domain::procedure::{Choice, Procedure, Step};
use crate::planning::check;
use crate::store::{self, Reading, plans};

/// The plan breaks a law.
pub const UNPROVED: Code = Code("AC283");

/// AC014 when the round no longer takes proposals.
pub(in crate::acts) fn open(tx: &mut Reading<'_>, round: &RoundId) -> Result<(), Faults> {
    let now = procedure(tx, round)?;
    Ok(at(&now, &[Step::Preparing, Step::Frozen, Step::Chosen])?)
}

/// Chooses one stored plan, with the reason.
///
/// # Errors
/// AC013 for a plan that this round has not, AC346 or AC347 for one of another
/// snapshot than the one in force and its adopted variants, AC283 with every law that it
/// breaks, AC014 in another step.
pub fn choose(desk: &Desk, round: &RoundId, plan: &str, why: &str) -> Result<Procedure, Faults> {
    desk.may(&CHOOSE_PLAN)?;
    reason(why)?;
    let asked = json!({ "round": round, "plan": plan, "reason": why });
    if let Some(done) = desk.answered(&CHOOSE_PLAN, &asked)? {
        return Ok(done);
    }
    let snapshot = prove(desk, round, plan)?;
    desk.act(&CHOOSE_PLAN, &asked, |tx| {
        let before = procedure(tx, round)?;
        at(&before, &[Step::Frozen, Step::Chosen])?;
        scenarios::may_be_chosen(tx, plan)?;
        let base = before.base().filter(|base| *base != snapshot);
        let after = Procedure {
            step: Step::Chosen,
            snapshot: Some(snapshot.clone()),
            choice: Some(Choice {
                plan: plan.to_owned(),
                base: base.map(str::to_owned),
                chosen: sign(desk, why),
                approved: None,
            }),
            ..before.clone()
        };
        store::upsert_many(tx, std::slice::from_ref(&after))?;
        let done = Done::new(after.clone(), subject(round), Owner::city());
        Ok(done.before(&before)?.after(&after)?)
    })
}

/// Proves a plan against its snapshot, the one in force or an adopted variant of it, with no
/// transaction open; gives the digest of the snapshot.
fn prove(desk: &Desk, round: &RoundId, plan: &str) -> Result<String, Faults> {
    let (digest, snapshot, plan) = desk.store().read(|tx| -> Result<_, Faults> {
        let now = procedure(tx, round)?;
        at(&now, &[Step::Frozen, Step::Chosen])?;
        now.base().ok_or_else(|| lacking(&now, "a snapshot"))?;
        let stored = plans::get(tx, plan)?;
        let stored = stored.ok_or_else(|| refuse::absent("plan", plan))?;
        if stored.round != *round {
            return Err(refuse::absent("plan", plan).into());
        }
        scenarios::may_be_chosen(tx, plan)?;
        let snapshot = stored::snapshot(tx, &stored.snapshot)?;
        Ok((stored.snapshot, snapshot, stored::plan(tx, plan)?))
    })?;
    let broken = check::check(&snapshot, &plan);
    if broken.is_empty() {
        return Ok(digest);
    }
    let action = "make the plan again and choose the new one";
    let head = Fault::new(UNPROVED, "the plan breaks a law", action);
    Err(Faults([vec![head], broken].concat()))
}

/// Approves the chosen plan, which the approver names, so that he approves what he saw.
///
/// # Errors
/// AC017 for the one who chose it, AC015 when another plan is chosen by now, AC014 in another step.
pub fn approve(desk: &Desk, round: &RoundId, plan: &str, why: &str) -> Result<Procedure, Faults> {
    let asked = json!({ "round": round, "plan": plan, "reason": why });
    desk.act(&APPROVE_PLAN, &asked, |tx| {
        let before = procedure(tx, round)?;
        at(&before, &[Step::Chosen])?;
        reason(why)?;
        let choice = before.choice.clone();
        let mut choice = choice.ok_or_else(|| lacking(&before, "a choice"))?;
        if choice.chosen.by == desk.actor() {
            return Err(refuse::same_person("chose the plan").into());
        }
        if choice.plan != plan {
            return Err(refuse::changed(subject(round)).into());
        }
        choice.approved = Some(sign(desk, why));
        let after = Procedure {
            step: Step::Approved,
            choice: Some(choice),
            ..before.clone()
        };
        store::upsert_many(tx, std::slice::from_ref(&after))?;
        let done = Done::new(after.clone(), subject(round), Owner::city());
        Ok(done.before(&before)?.after(&after)?)
    })
}

/// Sends the chosen plan back: the round is frozen again without a choice.
pub fn send_back(desk: &Desk, round: &RoundId, why: &str) -> Result<Procedure, Faults> {
    undo(desk, &SEND_BACK_PLAN, round, why, Step::Chosen)
}

/// Takes the approval back before publicity: the round is frozen again without a choice.
pub fn reopen(desk: &Desk, round: &RoundId, why: &str) -> Result<Procedure, Faults> {
    undo(desk, &REOPEN_ROUND, round, why, Step::Approved)
}

fn undo(
    desk: &Desk,
    power: &Power,
    round: &RoundId,
    why: &str,
    from: Step,
) -> Result<Procedure, Faults> {
    let asked = json!({ "round": round, "reason": why });
    desk.act(power, &asked, |tx| {
        let before = procedure(tx, round)?;
        at(&before, &[from])?;
        reason(why)?;
        let after = Procedure {
            step: Step::Frozen,
            snapshot: before.base().map(str::to_owned),
            choice: None,
            ..before.clone()
        };
        store::upsert_many(tx, std::slice::from_ref(&after))?;
        let done = Done::new(after.clone(), subject(round), Owner::city());
        Ok(done.before(&before)?.after(&after)?)
    })
}
