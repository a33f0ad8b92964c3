//! An upheld objection (异议成立): the case of the award is opened again, and the round is frozen anew
//! with everyone else's award kept whole and that application out. A new plan, choice, approval and
//! publicity follow.
//!
//! Not here: planning it again (`acts::plan`).

use crate::acts::stored;
use std::collections::BTreeSet;

use serde_json::json;

use super::objections::{answerable, need, owner};
use super::{at, lacking, procedure, reason, sign, variant};
use crate::acts::act::Done;
use crate::acts::powers::rounds::REPLY_OBJECTION;
use crate::acts::{Desk, refuse};
use crate::domain::case::{Case, CaseStage, Remark};
use crate::domain::fault::Faults;
use crate::domain::ids::{ApplicationId, ObjectionId};
use crate::domain::objection::{Objection, ObjectionStage};
use crate::domain::procedure::{Procedure, Step};
use crate::domain::round::RoundState;
use crate::domain::snapshot::{Pin, Snapshot};
use crate::store::{self, Reading, Writing};

/// Steps in which an objection can still change the plan.
const OPEN: [Step; 4] = [Step::Frozen, Step::Chosen, Step::Approved, Step::Publicised];

/// What an upheld objection makes of its round.
struct Anew {
    /// The procedure that was seen.
    seen: Procedure,
    /// The new snapshot; `None` when the application is out already.
    snapshot: Option<Snapshot>,
}

/// Upholds an objection, with the reason.
///
/// # Errors
/// AC017 for who entered it, or chose or approved the plan; AC014 when it is answered or the round is
/// confirmed; AC015 when the round moved on meanwhile.
pub fn uphold(desk: &Desk, id: &ObjectionId, why: &str) -> Result<Objection, Faults> {
    desk.may(&REPLY_OBJECTION)?;
    reason(why)?;
    let asked = json!({ "objection": id, "upheld": true, "reason": why });
    if let Some(done) = desk.answered(&REPLY_OBJECTION, &asked)? {
        return Ok(done);
    }
    let _moment = desk.moment();
    let anew = desk.store().read(|tx| prepare(desk, tx, id))?;
    desk.act(&REPLY_OBJECTION, &asked, |tx| {
        let before = need(tx, id)?;
        answerable(desk, &before)?;
        if procedure(tx, &before.round)? != anew.seen {
            return Err(refuse::changed(super::subject(&before.round)).into());
        }
        let after = Objection {
            stage: ObjectionStage::Upheld,
            replied: Some(sign(desk, why)),
            ..before.clone()
        };
        store::upsert_many(tx, std::slice::from_ref(&after))?;
        open_case(desk, tx, &before.application, why)?;
        if let Some(snapshot) = &anew.snapshot {
            freeze_anew(desk, tx, &anew.seen, snapshot)?;
        }
        let done = Done::new(after.clone(), format!("objection {id}"), owner(&after));
        Ok(done.before(&before)?.after(&after)?)
    })
}

fn prepare(desk: &Desk, tx: &mut Reading<'_>, id: &ObjectionId) -> Result<Anew, Faults> {
    let objection = need(tx, id)?;
    answerable(desk, &objection)?;
    let seen = procedure(tx, &objection.round)?;
    at(&seen, &OPEN)?;
    let in_force = seen.snapshot.as_ref();
    let in_force = in_force.ok_or_else(|| lacking(&seen, "a snapshot"))?;
    let base = stored::snapshot(tx, in_force)?;
    let out = &objection.application;
    let mut in_it: BTreeSet<ApplicationId> =
        base.applications.iter().map(|a| a.id.clone()).collect();
    if !in_it.remove(out) {
        return Ok(Anew {
            seen,
            snapshot: None,
        });
    }
    let mut pins = match &seen.choice {
        Some(choice) => {
            let plan = stored::plan(tx, &choice.plan)?;
            plan.awards.iter().map(Pin::whole).collect()
        }
        // An earlier upheld objection has taken the choice back; what it kept stays kept.
        None => base.pins.clone(),
    };
    pins.retain(|p| p.application != *out);
    Ok(Anew {
        snapshot: Some(variant::with(&base, pins, &in_it, desk.now())),
        seen,
    })
}

fn freeze_anew(
    desk: &Desk,
    tx: &mut Writing<'_>,
    seen: &Procedure,
    snapshot: &Snapshot,
) -> Result<(), Faults> {
    let digest = variant::put(tx, snapshot)?;
    let mut round = snapshot.round.clone();
    round.state = RoundState::Frozen;
    store::upsert_many(tx, &[round])?;
    let after = Procedure {
        step: Step::Frozen,
        snapshot: Some(digest),
        choice: None,
        publicity: None,
        ..seen.clone()
    };
    let round = super::subject(&seen.round);
    desk.beside(tx, &REPLY_OBJECTION, &round, (seen, &after))?;
    store::upsert_many(tx, &[after])?;
    Ok(())
}

/// Opens a verified case again. An imported application has no case; it stays out by the objection.
fn open_case(
    desk: &Desk,
    tx: &mut Writing<'_>,
    application: &ApplicationId,
    why: &str,
) -> Result<(), Faults> {
    let case: Option<Case> = store::get(tx, application.as_str())?;
    let Some(mut case) = case.filter(|c| c.stage == CaseStage::Verified) else {
        return Ok(());
    };
    let before = case.clone();
    case.stage = CaseStage::Accepted;
    case.remarks.push(Remark {
        stage: CaseStage::Accepted,
        reason: None,
        signed: sign(desk, why),
        internal: String::new(),
    });
    let subject = format!("case {application}");
    desk.beside(tx, &REPLY_OBJECTION, &subject, (&before, &case))?;
    store::upsert_many(tx, &[case])?;
    Ok(())
}
