//! An objection and its reply: its states follow one another, and nobody replied who chose or approved the plan.

use super::Kind;
use super::fold::{Fold, fold, written};
use super::report::Replay;
use super::signing::{Mark, apart, shown};
use super::sources::Sources;
use crate::acts::act::Owner;
use crate::acts::powers::rounds::{OBJECT, REPLY_OBJECTION};
use crate::acts::record::trail;
use crate::acts::refuse;
use crate::domain::fault::Faults;
use crate::domain::ids::RoundId;
use crate::domain::objection::Objection;
use crate::store::{self, Reading};

/// Objections.
pub const KIND: Kind = Kind {
    name: "objection",
    keys,
    owner: |tx, key| need(tx, key).map(|o| owner(&o)),
    rebuild,
};

fn keys(tx: &mut Reading<'_>, round: &RoundId) -> Result<Vec<String>, Faults> {
    let all: Vec<Objection> = store::having(tx, "round_id", round.as_str())?;
    Ok(all.into_iter().map(|o| o.id.to_string()).collect())
}

fn need(tx: &mut Reading<'_>, key: &str) -> Result<Objection, Faults> {
    let known: Option<Objection> = store::get(tx, key)?;
    Ok(known.ok_or_else(|| refuse::absent("objection", key))?)
}

fn owner(objection: &Objection) -> Owner {
    Owner {
        firm: objection.firm().cloned(),
        district: Some(objection.district.clone()),
    }
}

fn rebuild(tx: &mut Reading<'_>, sources: &mut Sources, report: &mut Replay) -> Result<(), Faults> {
    let now = need(tx, &report.key.clone())?;
    report.round = Some(now.round.to_string());
    report.plan = Some(now.plan.clone());
    sources.plan(tx, report, &now.plan)?;
    let steps = trail::about(tx, &format!("objection {}", now.id))?;
    let states = Fold {
        steps: &steps,
        first: None,
        is_state: |v| v.get("grounds").is_some(),
    };
    fold(tx, report, states, &written(&now)?)?;
    let owner = owner(&now);
    let mark = |what, signed, by| Mark {
        what,
        signed,
        by,
        owner: &owner,
    };
    shown(report, &steps, &mark("entered", &now.entered, &[&OBJECT]));
    let Some(replied) = &now.replied else {
        return Ok(());
    };
    shown(
        report,
        &steps,
        &mark("replied", replied, &[&REPLY_OBJECTION]),
    );
    let before = now.deciders.iter().chain([&now.entered.by]);
    for decider in before {
        apart(report, "decision and reply", decider, &replied.by);
    }
    Ok(())
}
