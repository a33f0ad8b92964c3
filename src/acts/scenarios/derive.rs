//! A variant of a snapshot: the changes of a scenario applied. The result is a valid snapshot with
//! its own digest, and the same changes of the same snapshot give the same digest.

use super::super::refuse;
use super::BAD_CHANGE;
use crate::domain::fault::{Fault, Faults};
use crate::domain::ids::ApplicationId;
use crate::domain::plan::Plan;
use crate::domain::scenario::{QuotaChange, Scenario, WeightChange};
use crate::domain::snapshot::{Pin, Snapshot};
use crate::planning::{files, order};
use crate::policy;
use crate::store::{Reading, policies};

/// Applies the changes of a scenario; `parent` is its parent plan. AC345, and the faults of the
/// policy and of the snapshot.
pub fn derive(
    tx: &mut Reading<'_>,
    scenario: &Scenario,
    mut snapshot: Snapshot,
    parent: Option<&Plan>,
) -> Result<Snapshot, Faults> {
    let changes = &scenario.changes;
    if let Some(version) = &changes.policy {
        let stored = policies::get(tx, version)?;
        snapshot.policy = stored
            .ok_or_else(|| refuse::absent("policy", version))?
            .text;
    }
    if !changes.weights.is_empty() {
        snapshot.policy = reweighted(&snapshot.policy, &changes.weights)?;
    }
    policy::read(&snapshot.policy)?;
    for quota in &changes.quotas {
        set_quota(&mut snapshot, quota)?;
    }
    if let Some(seed) = changes.seed {
        snapshot.round.seed = seed;
    }
    for application in &changes.keep {
        let pin = kept(parent, application)?;
        set_pin(&mut snapshot, pin);
    }
    for pin in &changes.pins {
        set_pin(&mut snapshot, pin.clone());
    }
    for application in &changes.leave_out {
        leave_out(&mut snapshot, application)?;
    }
    let snapshot = order::sorted(&snapshot).into_owned();
    // Proves what the changes name and leave behind, as for a file from outside.
    files::read_snapshot(&files::write_snapshot(&snapshot))
}

fn bad(cause: String) -> Fault {
    Fault::new(BAD_CHANGE, cause, "correct the changes of the scenario")
}

/// The policy with other weights; the rest keeps its meaning, comments are lost.
fn reweighted(text: &str, weights: &[WeightChange]) -> Result<String, Faults> {
    let unreadable = |e: String| bad(format!("the policy cannot be changed: {e}"));
    let mut document: toml::Table = text
        .parse()
        .map_err(|e: toml::de::Error| unreadable(e.to_string()))?;
    let section = document
        .get_mut("weights")
        .and_then(toml::Value::as_table_mut)
        .ok_or_else(|| unreadable("it has no weights".to_owned()))?;
    for change in weights {
        match section.get_mut(&change.name) {
            Some(value @ toml::Value::Integer(_)) => {
                *value = toml::Value::Integer(change.value.0);
            }
            _ => return Err(bad(format!("there is no weight {:?}", change.name)).into()),
        }
    }
    toml::to_string(&document).map_err(|e| unreadable(e.to_string()).into())
}

fn set_quota(snapshot: &mut Snapshot, change: &QuotaChange) -> Result<(), Fault> {
    let found = (snapshot.quotas.iter_mut()).find(|q| q.district == change.district);
    let quota = found.ok_or_else(|| bad(format!("{} has no quota", change.district)))?;
    quota.amount = change.amount;
    Ok(())
}

fn set_pin(snapshot: &mut Snapshot, pin: Pin) {
    snapshot.pins.retain(|p| p.application != pin.application);
    snapshot.pins.push(pin);
}

/// The pin that keeps what the parent gives.
fn kept(parent: Option<&Plan>, application: &ApplicationId) -> Result<Pin, Fault> {
    let awards = parent.map(|p| p.awards.as_slice()).unwrap_or_default();
    let award = awards.iter().find(|a| a.application == *application);
    let award = award.ok_or_else(|| {
        bad(format!(
            "the parent plan gives {application} nothing to keep"
        ))
    })?;
    Ok(Pin {
        application: application.clone(),
        units: award
            .units
            .iter()
            .map(|g| (g.unit.clone(), g.area))
            .collect(),
        kept: None,
    })
}

fn leave_out(snapshot: &mut Snapshot, application: &ApplicationId) -> Result<(), Fault> {
    let all = &mut snapshot.applications;
    let at = all.iter().position(|a| a.id == *application);
    let at = at.ok_or_else(|| bad(format!("there is no application {application}")))?;
    let gone = all.remove(at);
    if !all.iter().any(|a| a.firm == gone.firm) {
        snapshot.firms.retain(|f| f.id != gone.firm);
    }
    snapshot.pins.retain(|p| p.application != *application);
    Ok(())
}
