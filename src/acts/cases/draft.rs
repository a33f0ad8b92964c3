//! The draft: saved as often as it changes, each time upon what was read; handed on, taken back, withdrawn.
//!
//! Not here: evidence (`evidence`), submitting (`submit`).

use serde_json::json;

use super::{
    at, in_window, judged, led, moved, owner, short, sign, step, subject, take, today, typed,
};
use crate::acts::act::Done;
use crate::acts::powers::cases::{PREPARE_CASE, SAVE_DRAFT, TAKE_BACK_CASE, WITHDRAW_CASE};
use crate::acts::{Desk, refuse, rounds};
use crate::domain::case::{Case, CaseStage, Draft, Remark};
use crate::domain::case_proof::LIST_MAX;
use crate::domain::fault::{Code, Fault, Faults};
use crate::domain::ids::ApplicationId;
use crate::domain::procedure::Step;
use crate::store::{self, Reading, Writing};

/// The deadline of the supplement is over.
pub const SUPPLEMENT_LATE: Code = Code("AC251");

/// Saves what a case asks for. Everything may still be missing.
///
/// # Errors
/// AC240 when the wish does not say what was read, AC015 when it was changed since, AC014 unless it is
/// a draft or returned, AC241 outside of the window, AC251 after the deadline of the supplement.
pub fn save(desk: &Desk, id: &ApplicationId, draft: &Draft) -> Result<Case, Faults> {
    let asked = json!({ "case": id, "draft": draft });
    desk.act(&SAVE_DRAFT, &asked, |tx| {
        let before = take(desk, tx, &SAVE_DRAFT, id)?;
        if desk.wish().unchanged.is_none() {
            return Err(refuse::not_read().into());
        }
        editable(desk, tx, &before)?;
        bounded(draft)?;
        let mut after = Case {
            draft: draft.clone(),
            ..before.clone()
        };
        touched(desk, &mut after);
        done(tx, &before, after)
    })
}

/// Hands a draft to who submits it: to the firm's approver, or to be signed by the officer.
pub fn prepare(desk: &Desk, id: &ApplicationId) -> Result<Case, Faults> {
    desk.act(&PREPARE_CASE, &json!({ "case": id }), |tx| {
        let before = take(desk, tx, &PREPARE_CASE, id)?;
        at(&before, &[CaseStage::Draft])?;
        led(desk, &before)?;
        open(desk, tx, &before)?;
        let mut after = moved(&before, CaseStage::Prepared)?;
        touched(desk, &mut after);
        done(tx, &before, after)
    })
}

/// Takes a prepared case back to the draft.
pub fn take_back(desk: &Desk, id: &ApplicationId) -> Result<Case, Faults> {
    desk.act(&TAKE_BACK_CASE, &json!({ "case": id }), |tx| {
        let before = take(desk, tx, &TAKE_BACK_CASE, id)?;
        at(&before, &[CaseStage::Prepared])?;
        led(desk, &before)?;
        let after = moved(&before, CaseStage::Draft)?;
        done(tx, &before, after)
    })
}

/// Withdraws a case. A verified one only before the freeze: afterwards an offer is declined instead. An
/// officer withdraws what was typed in, upon the firm's word.
pub fn withdraw(desk: &Desk, id: &ApplicationId, why: &str) -> Result<Case, Faults> {
    let asked = json!({ "case": id, "reason": why });
    desk.act(&WITHDRAW_CASE, &asked, |tx| {
        let before = take(desk, tx, &WITHDRAW_CASE, id)?;
        let mut after = moved(&before, CaseStage::Withdrawn)?;
        if desk.person().role.is_district() {
            led(desk, &before)?;
            super::note("reason", why)?;
        }
        short("reason", why)?;
        if before.stage == CaseStage::Verified {
            step(&rounds::procedure(tx, &before.round)?, &[Step::Guided])?;
        }
        after.remarks.push(Remark {
            stage: CaseStage::Withdrawn,
            reason: None,
            signed: sign(desk, why),
            internal: String::new(),
        });
        done(tx, &before, after)
    })
}

/// AC014, AC241, AC242, AC251 unless the actor may change what the case asks for now.
pub(super) fn editable(desk: &Desk, tx: &mut Reading<'_>, case: &Case) -> Result<(), Faults> {
    at(case, &[CaseStage::Draft, CaseStage::Returned])?;
    led(desk, case)?;
    open(desk, tx, case)
}

/// AC241 or AC251 unless there is still time for this stage: the window for a first submission, the
/// deadline for a supplement. Paper was received in time and may be typed in until the freeze.
pub(super) fn open(desk: &Desk, tx: &mut Reading<'_>, case: &Case) -> Result<(), Faults> {
    if case.stage == CaseStage::Returned {
        judged(tx, &case.round)?;
        let over = case.supplement_until.is_some_and(|day| day < today(desk));
        return if over { Err(late(case).into()) } else { Ok(()) };
    }
    let procedure = rounds::procedure(tx, &case.round)?;
    match case.by_officer {
        true => Ok(step(&procedure, &[Step::Guided])?),
        false => in_window(desk, &procedure),
    }
}

fn late(case: &Case) -> Fault {
    let day = case.supplement_until.map(|d| d.to_string());
    Fault::new(
        SUPPLEMENT_LATE,
        format!(
            "the supplement was due on {}",
            day.as_deref().unwrap_or_default()
        ),
        "ask the district",
    )
}

/// Marks who wrote last; who submits must be another person.
pub(super) fn touched(desk: &Desk, case: &mut Case) {
    case.prepared = Some(sign(desk, ""));
    typed(desk, case);
}

/// Stores what became of a case.
pub(super) fn done(tx: &mut Writing<'_>, before: &Case, after: Case) -> Result<Done<Case>, Faults> {
    store::upsert_many(tx, std::slice::from_ref(&after))?;
    let done = Done::new(after.clone(), subject(&after.id), owner(&after));
    Ok(done.before(before)?.after(&after)?)
}

/// AC018 for lists that no application needs: a draft is kept as it is, so it must be bounded.
fn bounded(draft: &Draft) -> Result<(), Faults> {
    let lists = [
        ("site_wishes", draft.site_wishes.len()),
        ("districts", draft.districts.len()),
        ("anchors", draft.anchors.len()),
        ("households", draft.households.len()),
    ];
    let long = lists.into_iter().filter(|(_, n)| *n > LIST_MAX);
    let faults = long
        .map(|(field, _)| refuse::unfit(field, "it lists too many", "keep the most important 50"));
    Faults(faults.collect()).or(())
}
