//! Cases (申请件): from the pre-check and the profile over draft, evidence and submission to the verdict of
//! the district. One file, one part of the way.
//!
//! Where a case stands is its stage; `CaseStage::next` says what may follow. Every act asks first whose
//! the case is (AC012), then the stage (AC014), then who acts, then time and facts.
//!
//! Not here: freezing and what comes after (`acts::rounds`).

pub mod bans;
pub mod begin;
pub mod bulk;
pub mod draft;
pub mod evidence;
pub mod file_kind;
mod file_zip;
pub mod fit;
pub mod flags;
pub mod precheck;
pub mod profile;
pub mod profile_files;
pub mod review;
mod rules;
pub mod submit;
pub mod view;

use chrono::NaiveDate;

use super::act::Owner;
use super::powers::Power;
use super::{Desk, refuse, rounds};
use crate::domain::case::{Case, CaseStage};
use crate::domain::fault::{Code, Fault, Faults};
use crate::domain::ids::{ApplicationId, RoundId};
use crate::domain::people::Role;
use crate::domain::procedure::{Procedure, Step};
use crate::domain::round::day_in_shenzhen;
use crate::domain::signature::Signature;
use crate::store::{self, Reading};

pub use crate::policy::eligibility::{Outcome, Verdict};
pub use crate::policy::process::RejectReason;

/// The window of the round is not open.
pub const NO_WINDOW: Code = Code("AC241");
/// A paper case is the officers' to lead, a firm's own case the firm's.
pub const WRONG_HAND: Code = Code("AC242");
/// There are too many cases or files.
pub const FULL_LIST: Code = Code("AC244");

/// Longest note in characters.
const NOTE_MAX: usize = 4000;

/// Steps of a round in which cases are judged: until the freeze, and after it when an upheld objection
/// opened a case again.
const JUDGED: [Step; 5] = [
    Step::Guided,
    Step::Frozen,
    Step::Chosen,
    Step::Approved,
    Step::Publicised,
];

/// A case that the actor may touch with this power. AC013 when there is none, AC012 when it is another's
/// or a firm's unsubmitted draft.
fn take(
    desk: &Desk,
    tx: &mut Reading<'_>,
    power: &Power,
    id: &ApplicationId,
) -> Result<Case, Faults> {
    let case: Option<Case> = store::get(tx, id.as_str())?;
    let case = case.ok_or_else(|| refuse::absent("case", id))?;
    desk.own(power, &owner(&case))?;
    if !case.is_open() && !desk.person().role.is_firm() {
        return Err(refuse::not_yours(power.act).into());
    }
    Ok(case)
}

fn owner(case: &Case) -> Owner {
    Owner::of(&case.firm, &case.district)
}

fn subject(id: &ApplicationId) -> String {
    format!("case {id}")
}

/// AC014 unless the case stands at one of these stages.
fn at(case: &Case, stages: &[CaseStage]) -> Result<(), Fault> {
    if stages.contains(&case.stage) {
        return Ok(());
    }
    let needs: Vec<&str> = stages.iter().map(|s| s.name()).collect();
    Err(refuse::wrong_state(
        subject(&case.id),
        case.stage.name(),
        &needs,
    ))
}

/// The case at another stage; AC014 when the law of stages knows no such way.
fn moved(case: &Case, to: CaseStage) -> Result<Case, Fault> {
    if !case.stage.next().contains(&to) {
        return Err(refuse::wrong_state(
            subject(&case.id),
            case.stage.name(),
            &[&format!("a stage before {}", to.name())],
        ));
    }
    Ok(Case {
        stage: to,
        ..case.clone()
    })
}

/// AC242 unless the case is led by the side of the actor: officers lead what they typed in.
fn led(desk: &Desk, case: &Case) -> Result<(), Fault> {
    if case.by_officer == desk.person().role.is_district() {
        return Ok(());
    }
    Err(Fault::new(
        WRONG_HAND,
        "the case was begun by the other side",
        "ask the side that began it",
    ))
}

/// AC014 unless the round stands at one of these steps.
fn step(procedure: &Procedure, steps: &[Step]) -> Result<(), Fault> {
    if steps.contains(&procedure.step) {
        return Ok(());
    }
    let needs: Vec<&str> = steps.iter().map(|s| s.name()).collect();
    let subject = format!("round {}", procedure.round);
    Err(refuse::wrong_state(subject, procedure.step.name(), &needs))
}

/// The procedure of a round whose cases may still be judged.
fn judged(tx: &mut Reading<'_>, round: &RoundId) -> Result<Procedure, Faults> {
    let procedure = rounds::procedure(tx, round)?;
    step(&procedure, &JUDGED)?;
    Ok(procedure)
}

/// AC014 unless the guide is published and nothing is frozen, AC241 outside of the window.
fn in_window(desk: &Desk, procedure: &Procedure) -> Result<(), Faults> {
    step(procedure, &[Step::Guided])?;
    let guide = procedure.guide.as_ref();
    let (now, open) = (desk.now(), guide.map(|g| (g.opens_at, g.closes_at)));
    match open {
        Some((from, until)) if from <= now && now < until => Ok(()),
        Some((from, until)) => Err(no_window(format!("it is open from {from} until {until}"))),
        None => Err(no_window("the round has no guide".to_owned())),
    }
}

fn no_window(cause: String) -> Faults {
    Fault::new(NO_WINDOW, cause, "apply within the window of the guide").into()
}

/// The actor's mark, now.
fn sign(desk: &Desk, note: &str) -> Signature {
    Signature {
        by: desk.actor().to_owned(),
        at: desk.now(),
        reason: note.trim().to_owned(),
    }
}

/// Today in Shenzhen.
fn today(desk: &Desk) -> NaiveDate {
    day_in_shenzhen(desk.now())
}

/// A note that must say something, or AC018.
fn note(field: &str, text: &str) -> Result<(), Fault> {
    if text.trim().is_empty() {
        return Err(refuse::unfit(field, "it is empty", "say it in words"));
    }
    short(field, text)
}

/// A note that may be empty, or AC018.
fn short(field: &str, text: &str) -> Result<(), Fault> {
    match text.chars().count() {
        n if n > NOTE_MAX => Err(refuse::unfit(field, "it is too long", "say it shorter")),
        _ => Ok(()),
    }
}

/// Enters an officer among those who typed something in.
fn typed(desk: &Desk, case: &mut Case) {
    let by = desk.actor().to_owned();
    if desk.person().role == Role::DistrictReviewer && !case.typed_by.contains(&by) {
        case.typed_by.push(by);
        case.typed_by.sort_unstable();
    }
}
