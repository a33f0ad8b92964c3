//! Filling an empty database with the tables that the program carries: the map alone, or the map,
//! the real inventory and the synthetic applicants of the demonstration.
//!
//! One transaction: a database is never half filled.

use super::embedded::{self, Table};
use super::reference::Reference;
use super::{Desk, import};
use crate::domain::fault::Faults;
use crate::domain::ids::RoundId;
use crate::domain::place::District;
use crate::domain::round::Round;
use crate::intake::Batch;
use crate::policy;
use crate::store;
use crate::store::Writing;
use crate::store::journal::{self, Entry};
use crate::store::policies::{self, PolicyText};

/// Stores the map, unless there are districts already. True when it was stored.
pub fn ground(desk: &Desk) -> Result<bool, Faults> {
    desk.store().write(|tx| {
        if store::count::<District>(tx)? > 0 {
            return Ok(false);
        }
        tables(desk, tx, &embedded::GROUND, &mut Reference::default())?;
        Ok(true)
    })
}

/// Stores the map, policy, round, inventory and applicants of the demonstration, unless its round
/// is there already. Gives the key of the round.
pub fn demo(desk: &Desk) -> Result<RoundId, Faults> {
    let demo = embedded::demo_round()?;
    desk.store().write(|tx| {
        if store::get::<Round>(tx, demo.round.id.as_str())?.is_some() {
            return Ok(demo.round.id.clone());
        }
        let mut reference = Reference::default();
        tables(desk, tx, &embedded::GROUND, &mut reference)?;
        policy_document(desk, tx)?;
        store::upsert_many(tx, std::slice::from_ref(&demo.round))?;
        enter(desk, tx, "open round", format!("round {}", demo.round.id))?;
        reference.rounds([demo.round.id.clone()]);
        tables(desk, tx, &embedded::DEMO, &mut reference)?;
        Ok(demo.round.id.clone())
    })
}

fn tables(
    desk: &Desk,
    tx: &mut Writing<'_>,
    all: &[Table],
    reference: &mut Reference,
) -> Result<(), Faults> {
    for table in all {
        let batch = table.read(reference)?;
        import::written(desk, tx, &batch)?;
        reference.take(&batch);
        if matches!(batch, Batch::Districts(_)) {
            reference.districts(&store::all::<District>(tx)?);
        }
    }
    Ok(())
}

fn policy_document(desk: &Desk, tx: &mut Writing<'_>) -> Result<(), Faults> {
    let read = policy::read(embedded::POLICY)?;
    Faults(policy::unknown_districts(
        &read,
        &store::all::<District>(tx)?,
    ))
    .or(())?;
    let version = read.meta.version.clone();
    let document = PolicyText {
        version: version.clone(),
        created_at: desk.now(),
        text: embedded::POLICY.to_owned(),
    };
    policies::put(tx, &document)?;
    enter(desk, tx, "load policy", format!("policy {version}"))
}

fn enter(desk: &Desk, tx: &mut Writing<'_>, act: &str, subject: String) -> Result<(), Faults> {
    let entry = Entry {
        at: desk.now(),
        actor: desk.actor().to_owned(),
        act: act.to_owned(),
        subject,
        before: None,
        after: None,
    };
    journal::append(tx, &entry)?;
    Ok(())
}
