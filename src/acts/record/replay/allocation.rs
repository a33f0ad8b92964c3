//! The allocation of a round: the states of its procedure follow one another, the plan was chosen by one and
//! approved by another officer, publicised and confirmed by whom had the power, and is right itself.

use super::fold::{Fold, fold, written};
use super::report::Replay;
use super::signing::{Mark, apart, shown};
use super::sources::{self, Sources};
use super::{Kind, plan};
use crate::acts::act::Owner;
use crate::acts::powers::rounds::{
    APPROVE_PLAN, CHOOSE_PLAN, CONFIRM_ROUND, PUBLICISE_PLAN, PUBLISH_GUIDE,
};
use crate::acts::record::trail::Step;
use crate::acts::refuse;
use crate::domain::fault::Faults;
use crate::domain::procedure::Procedure;
use crate::store::{self, Reading};

/// Adopted allocations, by round.
pub const KIND: Kind = Kind {
    name: "allocation",
    keys: |tx, round| {
        let known: Option<Procedure> = store::get(tx, round.as_str())?;
        let chosen = known.filter(|p| p.choice.is_some());
        Ok(chosen.map(|p| p.round.to_string()).into_iter().collect())
    },
    owner: |tx, key| need(tx, key).map(|_| Owner::city()),
    rebuild,
};

fn need(tx: &mut Reading<'_>, key: &str) -> Result<Procedure, Faults> {
    let known: Option<Procedure> = store::get(tx, key)?;
    Ok(known.ok_or_else(|| refuse::absent("procedure of round", key))?)
}

fn rebuild(tx: &mut Reading<'_>, sources: &mut Sources, report: &mut Replay) -> Result<(), Faults> {
    let now = need(tx, &report.key.clone())?;
    report.round = Some(now.round.to_string());
    let steps = plan::acts_on(tx, now.round.as_str())?;
    let states = Fold {
        steps: &steps,
        first: None,
        is_state: |v| v.get("step").is_some(),
    };
    fold(tx, report, states, &written(&now)?)?;
    signatures(report, &steps, &now);
    let Some(choice) = &now.choice else {
        return Ok(());
    };
    plan::prove(tx, sources, report, &choice.plan)?;
    let snapshot = now.snapshot.clone().unwrap_or_default();
    let of_plan = report.snapshot.clone().unwrap_or_default();
    report.same("snapshot in force", snapshot, of_plan);
    let digest = now.snapshot.clone().unwrap_or_default();
    if let Some(guide) = &now.guide
        && let Some(snapshot) = sources.snapshot(tx, report, &digest)?
    {
        sources::policy(tx, report, (&digest, &snapshot), &guide.policy)?;
    }
    Ok(())
}

fn signatures(report: &mut Replay, steps: &[Step], now: &Procedure) {
    let owner = Owner::city();
    let mut mark = |what: &str, signed, by: &[&_]| {
        let mark = Mark {
            what,
            signed,
            by,
            owner: &owner,
        };
        shown(report, steps, &mark);
    };
    if let Some(guide) = &now.guide {
        mark("guide", &guide.published, &[&PUBLISH_GUIDE]);
    }
    if let Some(choice) = &now.choice {
        mark("chosen", &choice.chosen, &[&CHOOSE_PLAN]);
        if let Some(approved) = &choice.approved {
            mark("approved", approved, &[&APPROVE_PLAN]);
        }
    }
    if let Some(period) = &now.publicity {
        mark("publicised", &period.published, &[&PUBLICISE_PLAN]);
    }
    if let Some(confirmed) = &now.confirmed {
        mark("confirmed", confirmed, &[&CONFIRM_ROUND]);
    }
    if let Some(choice) = &now.choice
        && let Some(approved) = &choice.approved
    {
        apart(
            report,
            "choice and approval",
            &choice.chosen.by,
            &approved.by,
        );
    }
}
