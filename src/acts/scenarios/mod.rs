//! Scenarios of a round: made, changed, run, adopted, deleted; and which plan may be chosen.
//!
//! Not here: the run (`tasks`, `worker`), how a variant is made (`derive`), figures (`compare`).

pub mod compare;
mod derive;
pub mod differ;
pub mod price;

pub use derive::derive;

use crate::acts::stored;
use serde::Serialize;

use super::act::{Done, Owner};
use super::powers::tasks::{ADOPT_SCENARIO, CHANGE_SCENARIO, SEE_SCENARIO};
use super::tasks::{self, Request, jobs};
use super::{Bounds, Desk, refuse};
use crate::domain::fault::{Code, Fault, Faults};
use crate::domain::ids::{RoundId, ScenarioId};
use crate::domain::scenario::{Changes, Scenario, Variant};
use crate::domain::signature::Signature;
use crate::domain::task::{Task, Work};
use crate::store::{self, Reading, having, plans};

/// A change cannot be applied to the snapshot in force.
pub const BAD_CHANGE: Code = Code("AC345");
/// The plan is for another snapshot than the one in force.
pub const NOT_IN_FORCE: Code = Code("AC346");
/// The plan is of a scenario that no second officer adopted.
pub const NOT_ADOPTED: Code = Code("AC347");
/// The scenario was run, so that plans name it; it stays.
pub const IN_USE: Code = Code("AC348");

/// The scenario of a key in a round; AC013.
pub(crate) fn need(
    tx: &mut Reading<'_>,
    id: &ScenarioId,
    round: &RoundId,
) -> Result<Scenario, Faults> {
    let found: Option<Scenario> = store::get(tx, id.as_str())?;
    found
        .filter(|s| s.round == *round)
        .ok_or_else(|| refuse::absent("scenario", id).into())
}

/// The scenario of a key; AC013.
fn known(tx: &mut Reading<'_>, id: &ScenarioId) -> Result<Scenario, Faults> {
    store::get(tx, id.as_str())?.ok_or_else(|| refuse::absent("scenario", id).into())
}

fn subject(id: &ScenarioId) -> String {
    format!("scenario {id}")
}

/// A scenario as asked for.
#[derive(Debug, Clone, Serialize)]
pub struct Asked {
    /// The round.
    pub round: RoundId,
    /// Name.
    pub name: String,
    /// Tags.
    pub tags: Vec<String>,
    /// Changes.
    pub changes: Changes,
    /// Plan to start from or to override.
    pub parent: Option<String>,
    /// Why; needed when applications are pinned, kept or left out.
    pub reason: String,
}

/// True when single applications are decided by hand.
pub fn is_override(changes: &Changes) -> bool {
    !(changes.pins.is_empty() && changes.keep.is_empty() && changes.leave_out.is_empty())
}

/// Makes a scenario. AC345 when a change does not fit the snapshot in force, AC018 when an override
/// has no reason.
pub fn create(desk: &Desk, asked: &Asked) -> Result<Scenario, Faults> {
    desk.act(&CHANGE_SCENARIO, asked, |tx| {
        let scenario = Scenario {
            id: format!("S-{}", uuid::Uuid::now_v7().simple()).parse()?,
            round: asked.round.clone(),
            name: asked.name.clone(),
            tags: asked.tags.clone(),
            changes: asked.changes.clone(),
            parent: asked.parent.clone(),
            made: Signature {
                by: desk.actor().to_owned(),
                at: desk.now(),
                reason: asked.reason.clone(),
            },
            task: None,
        };
        prove(tx, &scenario)?;
        store::upsert_many(tx, std::slice::from_ref(&scenario))?;
        let about = subject(&scenario.id);
        Ok(Done::new(scenario.clone(), about, Owner::city()).after(&scenario)?)
    })
}

/// The changes fit the snapshot in force and the parent.
fn prove(tx: &mut Reading<'_>, scenario: &Scenario) -> Result<(), Faults> {
    if scenario.name.trim().is_empty() || scenario.name.chars().count() > 100 {
        return Err(refuse::unfit(
            "name",
            "the name is empty or long",
            "give 1 to 100 characters",
        )
        .into());
    }
    if is_override(&scenario.changes) && scenario.made.reason.trim().is_empty() {
        let cause = "single applications are decided by hand without a reason";
        return Err(refuse::unfit("reason", cause, "state the reason").into());
    }
    let base = jobs::in_force(tx, &scenario.round)?;
    let snapshot = stored::snapshot(tx, &base)?;
    let parent = match &scenario.parent {
        Some(digest) => {
            let stored = plans::get(tx, digest)?.ok_or_else(|| refuse::absent("plan", digest))?;
            if stored.round != scenario.round {
                return Err(refuse::unfit(
                    "parent",
                    "it is a plan of another round",
                    "choose one of this round",
                )
                .into());
            }
            Some(stored::plan(tx, digest)?)
        }
        None => None,
    };
    derive(tx, scenario, snapshot, parent.as_ref()).map(drop)
}

#[derive(Serialize)]
struct Change<'a> {
    scenario: &'a ScenarioId,
    to: &'a Asked,
}

/// Changes a scenario; its earlier runs stay what they were.
pub fn change(desk: &Desk, id: &ScenarioId, to: &Asked) -> Result<Scenario, Faults> {
    desk.act(&CHANGE_SCENARIO, &Change { scenario: id, to }, |tx| {
        let before = need(tx, id, &to.round)?;
        let scenario = Scenario {
            name: to.name.clone(),
            tags: to.tags.clone(),
            changes: to.changes.clone(),
            parent: to.parent.clone(),
            made: Signature {
                by: desk.actor().to_owned(),
                at: desk.now(),
                reason: to.reason.clone(),
            },
            ..before.clone()
        };
        prove(tx, &scenario)?;
        store::upsert_many(tx, std::slice::from_ref(&scenario))?;
        Ok(Done::new(scenario.clone(), subject(id), Owner::city())
            .before(&before)?
            .after(&scenario)?)
    })
}

/// Asks for a run of a scenario.
pub fn run(desk: &Desk, id: &ScenarioId, work: u32) -> Result<Task, Faults> {
    let asked = serde_json::json!({ "run": id, "work": work });
    desk.act(&CHANGE_SCENARIO, &asked, |tx| {
        let scenario = known(tx, id)?;
        let request = Request {
            work: Work::PlanRound {
                round: scenario.round.clone(),
                scenario: Some(id.clone()),
                work,
            },
            priority: 0,
            reason: String::new(),
        };
        let task = tasks::queue(tx, desk, request)?;
        Ok(Done::new(task.clone(), subject(id), Owner::city())
            .before(&scenario)?
            .after(&task)?)
    })
}

/// Deletes a scenario that was never run; AC348.
pub fn delete(desk: &Desk, id: &ScenarioId) -> Result<Scenario, Faults> {
    let asked = serde_json::json!({ "delete": id });
    desk.act(&CHANGE_SCENARIO, &asked, |tx| {
        let scenario = known(tx, id)?;
        let variants: Vec<Variant> = having(tx, "scenario_id", id.as_str())?;
        if scenario.task.is_some() || !variants.is_empty() {
            let cause = "the scenario was run; its plans name it";
            return Err(Fault::new(IN_USE, cause, "keep it; make another").into());
        }
        store::remove::<Scenario>(tx, id.as_str())?;
        Ok(Done::new(scenario.clone(), subject(id), Owner::city()).before(&scenario)?)
    })
}

/// A scenario with its variants; AC013.
pub fn see(desk: &Desk, id: &ScenarioId) -> Result<(Scenario, Vec<Variant>), Faults> {
    desk.look(&SEE_SCENARIO, |tx| {
        let scenario = known(tx, id)?;
        let variants = having(tx, "scenario_id", id.as_str())?;
        Ok((Owner::city(), (scenario, variants)))
    })
}

/// Scenarios of a round, by key.
pub fn list(
    desk: &Desk,
    round: &RoundId,
    bounds: impl Into<Bounds>,
) -> Result<Vec<Scenario>, Faults> {
    desk.scope(&SEE_SCENARIO)?;
    let of = vec![("round_id", round.to_string())];
    let filter = bounds.into().filter::<Scenario>(of)?;
    Ok(desk.store().read(|tx| store::select(tx, &filter))?)
}

#[derive(Serialize)]
struct Adopt<'a> {
    variant: &'a str,
    reason: &'a str,
}

/// The second signature: another officer adopts the changes of a planned variant into the round, so
/// that its plan may be chosen. AC017 for the maker, AC346 when another snapshot is in force.
pub fn adopt(desk: &Desk, variant: &str, reason: &str) -> Result<Variant, Faults> {
    desk.act(&ADOPT_SCENARIO, &Adopt { variant, reason }, |tx| {
        let before: Variant =
            store::get(tx, variant)?.ok_or_else(|| refuse::absent("variant", variant))?;
        if before.scenario.made.by == desk.actor() {
            return Err(refuse::same_person("made the scenario").into());
        }
        if reason.trim().is_empty() {
            return Err(refuse::unfit("reason", "no reason is given", "state the reason").into());
        }
        if jobs::in_force(tx, &before.round)? != before.base {
            return Err(not_in_force(variant).into());
        }
        let mut after = before.clone();
        after.adopted = Some(Signature {
            by: desk.actor().to_owned(),
            at: desk.now(),
            reason: reason.to_owned(),
        });
        store::upsert_many(tx, std::slice::from_ref(&after))?;
        let about = subject(&after.scenario.id);
        Ok(Done::new(after.clone(), about, Owner::city())
            .before(&before)?
            .after(&after)?)
    })
}

fn not_in_force(digest: &str) -> Fault {
    let cause = format!("{digest} is not of the snapshot in force");
    Fault::new(NOT_IN_FORCE, cause, "plan the snapshot in force")
}

/// The law of choice: a plan may be chosen if its snapshot is the one in force, or a variant of the
/// one in force whose changes a second officer adopted with a reason. AC013, AC346, AC347.
pub fn may_be_chosen(tx: &mut Reading<'_>, plan: &str) -> Result<(), Faults> {
    let stored = plans::get(tx, plan)?.ok_or_else(|| refuse::absent("plan", plan))?;
    let base = jobs::in_force(tx, &stored.round)?;
    if stored.snapshot == base {
        return Ok(());
    }
    let variant: Option<Variant> = store::get(tx, &stored.snapshot)?;
    match variant {
        Some(v) if v.base == base && v.adopted.is_some() => Ok(()),
        Some(v) if v.base == base => {
            let cause = "no second officer adopted the changes of its scenario";
            Err(Fault::new(NOT_ADOPTED, cause, "ask an approver to adopt them").into())
        }
        _ => Err(not_in_force(plan).into()),
    }
}
