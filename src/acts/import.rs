//! Importing a file: read and prove all of it, then write all of it or nothing, with one journal
//! entry. A dry run does the same and takes everything back.
//!
//! Not here: reading (`intake`), statements (`store`).

use std::fmt;
use std::io::Read;

use serde::Serialize;

use super::embedded;
use super::imports::former;
use super::reference::Reference;
use super::{Desk, vacancy};
use crate::domain::fault::{Fault, Faults};
use crate::domain::place::{Datum, District};
use crate::intake::{self, Batch, Format, Kind, Limits};
use crate::planning::files;
use crate::store::journal::{self, Entry};
use crate::store::{self, Changed};
use crate::store::{Reading, Writing};
use crate::store::{StoreError, inventory};

/// How a file is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Manner {
    /// CSV or GeoJSON.
    pub format: Format,
    /// Datum of positions whose row names none.
    pub datum: Option<Datum>,
    /// Prove and count, then take everything back.
    pub dry_run: bool,
}

/// What an import did, or would do.
#[derive(Debug, Clone, Serialize)]
pub struct Imported {
    /// Kind of noun.
    pub kind: &'static str,
    /// Rows read.
    pub rows: u64,
    /// Encoding recognised.
    pub encoding: &'static str,
    /// New.
    pub inserted: usize,
    /// Changed.
    pub updated: usize,
    /// As they were.
    pub unchanged: usize,
    /// Nothing was written.
    pub dry_run: bool,
    /// What a person should look at.
    pub remarks: Vec<Fault>,
    /// So many more remarks.
    pub more_remarks: u64,
    /// Key by which it can be undone; `None` when nothing was changed.
    pub import: Option<String>,
}

impl fmt::Display for Imported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let head = if self.dry_run {
            "dry run, nothing written: "
        } else {
            ""
        };
        write!(
            f,
            "{head}{}: {} rows ({}), {} new, {} changed, {} as they were",
            self.kind, self.rows, self.encoding, self.inserted, self.updated, self.unchanged
        )?;
        for remark in &self.remarks {
            write!(f, "\n  look: {remark}")?;
        }
        if self.more_remarks > 0 {
            write!(f, "\n  look: and {} more", self.more_remarks)?;
        }
        match &self.import {
            Some(key) => write!(f, "\n  to undo it: zhuchao undo {key}"),
            None => Ok(()),
        }
    }
}

/// A file that is refused: every fault of it, up to the limit, and how many more.
#[derive(Debug, Clone, Serialize)]
pub struct Refused {
    /// The faults listed.
    pub faults: Faults,
    /// So many more.
    pub more: u64,
}

impl From<Faults> for Refused {
    fn from(faults: Faults) -> Self {
        Refused { faults, more: 0 }
    }
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        Faults::from(error).into()
    }
}

/// Imports a file of a kind.
pub fn import(
    desk: &Desk,
    kind: Kind,
    source: &mut dyn Read,
    manner: Manner,
) -> Result<Imported, Refused> {
    let reference = desk.store().read(reference)?;
    let report = intake::read(
        kind,
        source,
        manner.format,
        manner.datum,
        &reference,
        &reference,
        &Limits::default(),
    );
    let mut imported = Imported {
        kind: kind.name(),
        rows: report.rows,
        encoding: report.encoding.map_or("unknown", |e| e.name()),
        inserted: 0,
        updated: 0,
        unchanged: 0,
        dry_run: manner.dry_run,
        remarks: report.remarks.iter().map(|r| r.0.clone()).collect(),
        more_remarks: report.more_remarks,
        import: None,
    };
    let more = report.more_faults;
    let batch = report
        .into_batch()
        .map_err(|faults| Refused { faults, more })?;
    let (changed, key) = if manner.dry_run {
        (tried(desk, &batch)?, None)
    } else {
        desk.store().write(|tx| kept(desk, tx, &batch))?
    };
    imported.import = key;
    imported.inserted = changed.inserted;
    imported.updated = changed.updated;
    imported.unchanged = changed.unchanged;
    Ok(imported)
}

/// Ends a transaction that must leave nothing behind.
enum Undone {
    Counted(Changed),
    Failed(StoreError),
}

impl From<StoreError> for Undone {
    fn from(error: StoreError) -> Self {
        Undone::Failed(error)
    }
}

fn tried(desk: &Desk, batch: &Batch) -> Result<Changed, StoreError> {
    let undone = desk
        .store()
        .write(|tx| -> Result<(), Undone> { Err(Undone::Counted(stored(tx, batch)?)) });
    match undone {
        Err(Undone::Counted(changed)) => Ok(changed),
        Err(Undone::Failed(error)) => Err(error),
        Ok(()) => Ok(Changed::default()),
    }
}

/// Writes a batch with what is needed to undo it, and its journal entry.
fn kept(
    desk: &Desk,
    tx: &mut Writing<'_>,
    batch: &Batch,
) -> Result<(Changed, Option<String>), StoreError> {
    let rows = former::of(tx, batch)?;
    let changed = stored(tx, batch)?;
    let key = former::keep(desk, tx, batch.kind().name(), (changed, rows))?;
    enter(desk, tx, batch, changed)?;
    Ok((changed, key))
}

/// Writes a batch and its journal entry; nothing is entered when nothing changed.
pub(super) fn written(
    desk: &Desk,
    tx: &mut Writing<'_>,
    batch: &Batch,
) -> Result<Changed, StoreError> {
    let changed = stored(tx, batch)?;
    enter(desk, tx, batch, changed)?;
    Ok(changed)
}

fn enter(
    desk: &Desk,
    tx: &mut Writing<'_>,
    batch: &Batch,
    changed: Changed,
) -> Result<(), StoreError> {
    let kind = batch.kind().name();
    let text = format!(
        "{kind}: {} new, {} changed, {} as they were",
        changed.inserted, changed.updated, changed.unchanged
    );
    let entry = Entry {
        at: desk.now(),
        actor: desk.actor().to_owned(),
        act: format!("import {kind}"),
        subject: text,
        before: None,
        after: Some(digest(batch)),
    };
    journal::append(tx, &entry).map(drop)
}

pub(super) fn stored(tx: &mut Writing<'_>, batch: &Batch) -> Result<Changed, StoreError> {
    match batch {
        Batch::Districts(more) => {
            let known: Vec<District> = store::all(tx)?;
            let all = embedded::merged(known, more.clone());
            store::upsert_many(tx, &all)
        }
        Batch::Stations(all) => store::upsert_many(tx, all),
        Batch::Lines(all) => store::upsert_many(tx, all),
        Batch::Clusters(all) => store::upsert_many(tx, all),
        Batch::Sites(all) => store::upsert_many(tx, all),
        Batch::Units {
            buildings,
            floors,
            units,
        } => {
            store::upsert_many(tx, buildings)?;
            store::upsert_many(tx, floors)?;
            store::upsert_many(tx, units)
        }
        Batch::Apartments { projects, types } => {
            store::upsert_many(tx, projects)?;
            store::upsert_many(tx, types)
        }
        Batch::Firms(all) => store::upsert_many(tx, all),
        Batch::Applications(all) => store::upsert_many(tx, all),
        Batch::Quotas(all) => store::upsert_many(tx, all),
    }
}

/// Digest of what was imported, for the journal.
fn digest(batch: &Batch) -> String {
    files::digest(format!("{batch:?}").as_bytes())
}

/// What the database knows, for references.
pub(super) fn reference(tx: &mut Reading<'_>) -> Result<Reference, StoreError> {
    let mut known = Reference::default();
    let ground = crate::store::ground::load(tx)?;
    known.districts(&ground.districts);
    known.stations(&ground.network.stations);
    known.clusters(&ground.clusters);
    let inventory = inventory::load(tx)?;
    known.sites(&inventory.sites);
    known.units(&inventory.units, &inventory.floors);
    known.firms(vacancy::keys_of_firms(tx)?);
    known.rounds(vacancy::keys_of_rounds(tx)?);
    Ok(known)
}
