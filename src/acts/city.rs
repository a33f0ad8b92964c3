//! Loading a whole city: the ground, space, firms, applications, quotas, policy and round of a snapshot
//! file become the contents of a database that has none yet.
//!
//! Not here: making a city (`generate`), freezing one (`freeze`).

use std::fmt;

use serde::Serialize;

use super::{Desk, calendar, documents};
use crate::domain::fault::{Code, Fault, Faults};
use crate::domain::place::District;
use crate::domain::round::{Round, RoundState};
use crate::domain::snapshot::Snapshot;
use crate::domain::space::Site;
use crate::planning::files;
use crate::store::journal::{self, Entry};
use crate::store::{self, Reading, Writing, inventory};

/// There are sites or rounds in the database already.
pub const NOT_EMPTY: Code = Code("AC142");

/// What was loaded, or would be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Loaded {
    /// The round.
    pub round: String,
    /// Units.
    pub units: usize,
    /// Firms.
    pub firms: usize,
    /// Applications.
    pub applications: usize,
    /// Nothing was written.
    pub dry_run: bool,
}

impl fmt::Display for Loaded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let head = if self.dry_run {
            "dry run, nothing written: "
        } else {
            ""
        };
        write!(
            f,
            "{head}round {}: {} units, {} firms, {} applications",
            self.round, self.units, self.firms, self.applications
        )
    }
}

/// Loads the city of a snapshot file (plain or gzip). Its round is open, with its cut-off now; pins of
/// the snapshot are not taken over.
///
/// # Errors
/// Those of the file (PL101 to PL106 and of the nouns), of its policy, AC142.
pub fn load(desk: &Desk, bytes: &[u8], dry_run: bool) -> Result<Loaded, Faults> {
    let city = files::read_snapshot(bytes)?;
    if dry_run {
        desk.store().read(empty)?;
    } else {
        desk.store().write(|tx| settle(desk, tx, &city))?;
    }
    Ok(Loaded {
        round: city.round.id.to_string(),
        units: city.inventory.units.len(),
        firms: city.firms.len(),
        applications: city.applications.len(),
        dry_run,
    })
}

fn empty(tx: &mut Reading<'_>) -> Result<(), Faults> {
    if store::count::<Site>(tx)? == 0 && store::count::<Round>(tx)? == 0 {
        return Ok(());
    }
    let cause = "the database holds sites or rounds already";
    let action = "name another database, or import table by table";
    Err(Fault::new(NOT_EMPTY, cause, action).into())
}

fn settle(desk: &Desk, tx: &mut Writing<'_>, city: &Snapshot) -> Result<(), Faults> {
    empty(tx)?;
    let known: Vec<District> = store::all(tx)?;
    let districts = super::embedded::merged(known, city.ground.districts.clone());
    store::upsert_many(tx, &districts)?;
    store::upsert_many(tx, &city.ground.network.stations)?;
    store::upsert_many(tx, &city.ground.network.lines)?;
    store::upsert_many(tx, &city.ground.clusters)?;
    store::upsert_many(tx, &calendar::embedded()?)?;
    inventory::store(tx, &city.inventory)?;
    store::upsert_many(tx, &city.firms)?;
    store::upsert_many(tx, &[opened(desk, &city.round)])?;
    store::upsert_many(tx, &city.applications)?;
    store::upsert_many(tx, &city.quotas)?;
    documents::put_policy(desk, tx, &city.policy)?;
    let entry = Entry {
        at: desk.now(),
        actor: desk.actor().to_owned(),
        act: "load city".to_owned(),
        subject: format!("round {}", city.round.id),
        before: None,
        after: Some(files::snapshot_digest(city)),
    };
    journal::append(tx, &entry)?;
    Ok(())
}

fn opened(desk: &Desk, round: &Round) -> Round {
    Round {
        state: RoundState::Open,
        cut_off: desk.now(),
        ..round.clone()
    }
}
