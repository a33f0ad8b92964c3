//! Beginning a case: by a firm within the window, or by an officer from a paper form that was received
//! within the window.
//!
//! Not here: files of many forms (`bulk`).

use chrono::NaiveDate;
use serde_json::json;

use super::{FULL_LIST, in_window, no_window, owner, rules, step, subject, today, typed};
use crate::acts::act::Done;
use crate::acts::powers::cases::{BEGIN_CASE, ENTER_PAPER};
use crate::acts::{Desk, refuse, rounds};
use crate::domain::case::{Case, CaseStage, Draft};
use crate::domain::fault::{Fault, Faults};
use crate::domain::firm::Firm;
use crate::domain::ids::{ApplicationId, FirmId, RoundId};
use crate::domain::procedure::{Procedure, Step};
use crate::domain::round::day_in_shenzhen;
use crate::store::{self, Filter, Reading, Writing};

/// Most cases of a firm in a round that are neither withdrawn nor rejected.
const CASES_MAX: usize = 10;

/// Begins a case of the actor's firm in a round.
///
/// # Errors
/// AC241 outside of the window, AC244 with too many cases, AC014 unless the round is guided.
pub fn begin(desk: &Desk, round: &RoundId) -> Result<Case, Faults> {
    desk.act(&BEGIN_CASE, &json!({ "round": round }), |tx| {
        let Some(firm) = desk.person().firm() else {
            return Err(refuse::not_yours(BEGIN_CASE.act).into());
        };
        let firm = rules::firm(tx, firm)?;
        let procedure = rounds::procedure(tx, round)?;
        in_window(desk, &procedure)?;
        few(tx, &firm.id, round)?;
        let case = fresh(desk, &firm, round, key()?);
        enter(tx, case)
    })
}

/// Types a paper form in. What is not filled in yet may be typed later, by [`super::draft::save`].
///
/// # Errors
/// AC241 when the form was not received within the window, AC012 for another district's firm, AC014 once
/// the round is frozen.
pub fn paper(
    desk: &Desk,
    firm: &FirmId,
    round: &RoundId,
    received_on: NaiveDate,
    draft: &Draft,
) -> Result<Case, Faults> {
    let asked = json!({ "firm": firm, "round": round, "received_on": received_on, "draft": draft });
    desk.act(&ENTER_PAPER, &asked, |tx| {
        let firm = rules::firm(tx, firm)?;
        desk.own(
            &ENTER_PAPER,
            &crate::acts::act::Owner::of(&firm.id, &firm.district),
        )?;
        let procedure = rounds::procedure(tx, round)?;
        received(desk, &procedure, received_on)?;
        few(tx, &firm.id, round)?;
        let mut case = Case {
            by_officer: true,
            received_on: Some(received_on),
            draft: draft.clone(),
            ..fresh(desk, &firm, round, key()?)
        };
        typed(desk, &mut case);
        enter(tx, case)
    })
}

fn enter(tx: &mut Writing<'_>, case: Case) -> Result<Done<Case>, Faults> {
    store::upsert_many(tx, std::slice::from_ref(&case))?;
    let done = Done::new(case.clone(), subject(&case.id), owner(&case));
    Ok(done.after(&case)?)
}

/// An empty case.
pub(super) fn fresh(desk: &Desk, firm: &Firm, round: &RoundId, id: ApplicationId) -> Case {
    Case {
        id,
        firm: firm.id.clone(),
        round: round.clone(),
        district: firm.district.clone(),
        stage: CaseStage::Draft,
        draft: Draft::default(),
        evidence: Vec::new(),
        flags: Vec::new(),
        prepared: None,
        submitted: None,
        by_officer: false,
        supplement_until: None,
        remarks: Vec::new(),
        begun_at: desk.now(),
        received_on: None,
        typed_by: Vec::new(),
        cleared: Vec::new(),
    }
}

fn key() -> Result<ApplicationId, Fault> {
    format!("A-{}", uuid::Uuid::now_v7().simple()).parse()
}

/// AC241 unless the day lies in the window and is not to come; AC014 unless the round is guided.
pub(super) fn received(desk: &Desk, procedure: &Procedure, day: NaiveDate) -> Result<(), Faults> {
    step(procedure, &[Step::Guided])?;
    let guide = procedure.guide.as_ref();
    let within = guide
        .is_some_and(|g| day_in_shenzhen(g.opens_at) <= day && day <= day_in_shenzhen(g.closes_at));
    if within && day <= today(desk) {
        return Ok(());
    }
    Err(no_window(format!(
        "a form received on {day} was not received within the window"
    )))
}

fn few(tx: &mut Reading<'_>, firm: &FirmId, round: &RoundId) -> Result<(), Faults> {
    let filter = Filter {
        equal: vec![
            ("firm_id", firm.to_string()),
            ("round_id", round.to_string()),
        ],
        ..Filter::default()
    };
    let mut cases: Vec<Case> = store::select(tx, &filter)?;
    cases.retain(|c| !matches!(c.stage, CaseStage::Withdrawn | CaseStage::Rejected));
    if cases.len() < CASES_MAX {
        return Ok(());
    }
    let cause = format!("the firm has {CASES_MAX} cases in the round");
    Err(Fault::new(FULL_LIST, cause, "withdraw one first").into())
}
