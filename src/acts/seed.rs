//! Filling an empty database with the tables that the program carries: the map alone, or the map,
//! the real inventory and the synthetic applicants of the demonstration.
//!
//! One transaction: a database is never half filled.

use super::embedded::{self, Table};
use super::reference::Reference;
use super::{Desk, calendar, documents, import};
use crate::domain::fault::Faults;
use crate::domain::ids::RoundId;
use crate::domain::place::District;
use crate::domain::round::Round;
use crate::intake::Batch;
use crate::store;
use crate::store::Writing;

/// Stores the map, unless there are districts already. True when it was stored.
pub fn ground(desk: &Desk) -> Result<bool, Faults> {
    desk.store().write(|tx| {
        if store::count::<District>(tx)? > 0 {
            return Ok(false);
        }
        tables(desk, tx, &embedded::GROUND, &mut Reference::default())?;
        calendar::seed(desk, tx)?;
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
        calendar::seed(desk, tx)?;
        documents::put_policy(desk, tx, embedded::POLICY)?;
        documents::put_round(desk, tx, &demo.round)?;
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
