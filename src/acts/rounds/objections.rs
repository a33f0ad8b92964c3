//! Objections (异议): named, against an award, within the publicity period; dismissed by an officer who
//! has not entered it nor decided on the plan.
//!
//! Not here: what an upheld one does (`uphold`).

use crate::acts::stored;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::terms::{self, Term};
use super::{at, fresh, lacking, procedure, reason, sign, today, words};
use crate::acts::act::{Done, Owner, Scope};
use crate::acts::powers::rounds::{OBJECT, REPLY_OBJECTION, SEE_OBJECTION};
use crate::acts::{Bounds, Desk, refuse};
use crate::domain::fault::{Code, Fault, Faults, Place};
use crate::domain::firm::Firm;
use crate::domain::ids::{ApplicationId, FirmId, ObjectionId, RoundId};
use crate::domain::objection::{Objection, ObjectionStage, Objector};
use crate::domain::personal::{self, Mask};
use crate::domain::place::DistrictCode;
use crate::domain::procedure::{Choice, Procedure, Step};
use crate::domain::space::Site;
use crate::policy::process::ObjectionForm;
use crate::store::{self, Reading, applications};

/// The publicity period is over, or has not begun.
pub const OUTSIDE_PERIOD: Code = Code("AC285");
/// Nobody stands behind the objection.
pub const ANONYMOUS: Code = Code("AC286");
/// The application has no award in the plan.
pub const NO_AWARD: Code = Code("AC287");

/// An objection to be entered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewObjection {
    /// Against the award of this application.
    pub application: ApplicationId,
    /// Who objects; a firm's account objects for its firm.
    pub objector: Option<Objector>,
    /// What is held against the award.
    pub grounds: String,
}

/// Objects to an award.
///
/// # Errors
/// AC286 without a name, unless the policy takes objections in any form, AC285 outside the period, AC287 without such an award, AC018 for a firm that
/// did not apply in the round, DM200 when the day of the reply cannot be counted.
pub fn object(desk: &Desk, round: &RoundId, new: &NewObjection) -> Result<Objection, Faults> {
    desk.act(
        &OBJECT,
        &json!({ "round": round, "objection": new }),
        |tx| {
            let now = procedure(tx, round)?;
            at(&now, &[Step::Publicised])?;
            words("grounds", &new.grounds)?;
            within(desk, &now)?;
            let objector = objector(desk, tx, &now, new)?;
            once(tx, round, (&new.application, &objector, new.grounds.trim()))?;
            let choice = now.choice.clone();
            let choice = choice.ok_or_else(|| lacking(&now, "a choice"))?;
            let objection = Objection {
                id: fresh("B")?,
                round: round.clone(),
                district: district(tx, &choice.plan, &new.application)?,
                deciders: deciders(&choice),
                plan: choice.plan,
                application: new.application.clone(),
                objector,
                grounds: new.grounds.trim().to_owned(),
                entered: sign(desk, ""),
                due: terms::last_day(tx, &now, Term::Reply, today(desk))?,
                stage: ObjectionStage::Open,
                replied: None,
            };
            store::upsert_many(tx, std::slice::from_ref(&objection))?;
            let subject = format!("objection {}", objection.id);
            let done = Done::new(objection.clone(), subject, owner(&objection));
            Ok(done.after(&objection)?)
        },
    )
}

/// AC014 while the same objection of the same objector waits for its reply.
fn once(
    tx: &mut Reading<'_>,
    round: &RoundId,
    (application, objector, grounds): (&ApplicationId, &Objector, &str),
) -> Result<(), Faults> {
    let all: Vec<Objection> = store::having(tx, "round_id", round.as_str())?;
    let same = |o: &&Objection| {
        o.stage == ObjectionStage::Open
            && o.application == *application
            && o.objector == *objector
            && o.grounds == grounds
    };
    match all.iter().find(same) {
        None => Ok(()),
        Some(known) => {
            let subject = format!("objection {}", known.id);
            Err(refuse::wrong_state(subject, "entered already", &["not entered"]).into())
        }
    }
}

fn within(desk: &Desk, now: &Procedure) -> Result<(), Fault> {
    let period = now.publicity.as_ref();
    let period = period.ok_or_else(|| lacking(now, "a publicity period"))?;
    let day = today(desk);
    if period.from <= day && day <= period.until {
        return Ok(());
    }
    Err(Fault::new(
        OUTSIDE_PERIOD,
        format!("objections count from {} to {}", period.from, period.until),
        "after the period use the ways of law",
    ))
}

fn objector(
    desk: &Desk,
    tx: &mut Reading<'_>,
    now: &Procedure,
    new: &NewObjection,
) -> Result<Objector, Faults> {
    if let Some(firm) = desk.person().firm().cloned() {
        let own = Objector::Firm { firm: firm.clone() };
        if new.objector.as_ref().is_some_and(|o| *o != own) {
            let cause = "an account of a firm objects for its own firm";
            return Err(refuse::unfit("firm", cause, "leave it out").into());
        }
        applied(tx, &now.round, &firm)?;
        return Ok(own);
    }
    match &new.objector {
        Some(Objector::Firm { firm }) => {
            let known: Option<Firm> = store::get(tx, firm.as_str())?;
            known.ok_or_else(|| refuse::absent("firm", firm))?;
            Ok(Objector::Firm { firm: firm.clone() })
        }
        Some(Objector::Person { name, contact })
            if !name.trim().is_empty() && !contact.trim().is_empty() =>
        {
            words("name", name)?;
            words("contact", contact)?;
            Ok(Objector::Person {
                name: name.trim().to_owned(),
                contact: contact.trim().to_owned(),
            })
        }
        None if form(tx, now, today(desk))? == ObjectionForm::Any => Ok(Objector::Anonymous {}),
        _ => Err(Fault::new(
            ANONYMOUS,
            "nobody stands behind the objection",
            "name the firm, or the person and how to reach him",
        )
        .into()),
    }
}

/// The form that the policy of the round asks for.
fn form(tx: &mut Reading<'_>, now: &Procedure, day: NaiveDate) -> Result<ObjectionForm, Faults> {
    Ok(terms::policy(tx, now, day)?.process()?.objection_form)
}

fn applied(tx: &mut Reading<'_>, round: &RoundId, firm: &FirmId) -> Result<(), Faults> {
    let mine = applications::of_firm(tx, firm)?;
    if mine.iter().any(|a| a.round == *round) {
        return Ok(());
    }
    let cause = "the firm did not apply in the round";
    Err(refuse::unfit("objector", cause, "object in writing to the bureau").into())
}

/// The district of the space of an award; AC287 without an award.
fn district(
    tx: &mut Reading<'_>,
    plan: &str,
    application: &ApplicationId,
) -> Result<DistrictCode, Faults> {
    let plan = stored::plan(tx, plan)?;
    let award = plan.awards.iter().find(|a| a.application == *application);
    let award = award.ok_or_else(|| {
        Fault::new(
            NO_AWARD,
            format!("application {application} has no award in the plan"),
            "name an application that is to get something",
        )
        .at(Place::subject(format!("application {application}")))
    })?;
    Ok(store::need::<Site>(tx, award.site.as_str())?.district)
}

fn deciders(choice: &Choice) -> Vec<String> {
    let approved = choice.approved.iter().map(|s| s.by.clone());
    approved.chain([choice.chosen.by.clone()]).collect()
}

/// Whose an objection is: the objecting firm's and the district's of the award.
pub(super) fn owner(objection: &Objection) -> Owner {
    Owner {
        firm: objection.firm().cloned(),
        district: Some(objection.district.clone()),
    }
}

/// AC014 unless it waits for a reply, AC017 when the actor entered it or decided on the plan.
pub(super) fn answerable(desk: &Desk, objection: &Objection) -> Result<(), Fault> {
    if objection.stage != ObjectionStage::Open {
        let subject = format!("objection {}", objection.id);
        return Err(refuse::wrong_state(
            subject,
            objection.stage.name(),
            &["open"],
        ));
    }
    if objection.entered.by == desk.actor() {
        return Err(refuse::same_person("entered the objection"));
    }
    if objection.deciders.iter().any(|by| by == desk.actor()) {
        return Err(refuse::same_person("decided on the plan"));
    }
    Ok(())
}

/// Dismisses an objection, with the reason.
///
/// # Errors
/// AC017 for who entered it, or chose or approved the plan; AC014 when it is answered.
pub fn dismiss(desk: &Desk, id: &ObjectionId, why: &str) -> Result<Objection, Faults> {
    let asked = json!({ "objection": id, "upheld": false, "reason": why });
    desk.act(&REPLY_OBJECTION, &asked, |tx| {
        let before = need(tx, id)?;
        answerable(desk, &before)?;
        reason(why)?;
        let after = Objection {
            stage: ObjectionStage::Dismissed,
            replied: Some(sign(desk, why)),
            ..before.clone()
        };
        store::upsert_many(tx, std::slice::from_ref(&after))?;
        let done = Done::new(after.clone(), format!("objection {id}"), owner(&after));
        Ok(done.before(&before)?.after(&after)?)
    })
}

/// An objection, or AC013.
pub(super) fn need(tx: &mut Reading<'_>, id: &ObjectionId) -> Result<Objection, Faults> {
    let known = store::get(tx, id.as_str())?;
    Ok(known.ok_or_else(|| refuse::absent("objection", id))?)
}

/// The objection as somebody may see it: the person who objected is whole for who typed the paper in, masked
/// for all others.
pub fn for_eyes(desk: &Desk, objection: &Objection) -> Objection {
    let mut seen = objection.clone();
    if let Objector::Person { name, contact } = &mut seen.objector
        && objection.entered.by != desk.actor()
    {
        *name = personal::mask(Mask::Name, name);
        *contact = personal::mask(Mask::Whole, contact);
    }
    seen
}

/// One objection.
pub fn one(desk: &Desk, id: &ObjectionId) -> Result<Objection, Faults> {
    desk.look(&SEE_OBJECTION, |tx| {
        let objection = need(tx, id)?;
        Ok((owner(&objection), objection))
    })
}

/// The objections of a round that the actor may see, by key; at most `limit` after a key.
pub fn list(
    desk: &Desk,
    round: &RoundId,
    stage: Option<ObjectionStage>,
    bounds: impl Into<Bounds>,
) -> Result<Vec<Objection>, Faults> {
    let mut equal = vec![("round_id", round.to_string())];
    equal.extend(stage.map(|s| ("stage", s.name().to_owned())));
    match desk.scope(&SEE_OBJECTION)? {
        Scope::All => {}
        Scope::Firm(firm) => equal.push(("firm_id", firm.to_string())),
        Scope::District(district) => equal.push(("district_id", district.to_string())),
    }
    let filter = bounds.into().filter::<Objection>(equal)?;
    Ok(desk.store().read(|tx| store::select(tx, &filter))?)
}
