//! Writing tables and files out: nouns as CSV or GeoJSON, snapshots and plans as they are stored.
//!
//! Not here: the columns (`intake::write`).

use super::Desk;
use super::freeze::round_of;
use crate::domain::fault::{Code, Fault, Faults};
use crate::domain::ids::RoundId;
use crate::domain::round::Round;
use crate::intake::{Batch, Format, Kind, write};
use crate::store::{self, Reading, StoreError, inventory, plans, snapshots};

/// This kind is exported as CSV only.
pub const ONLY_CSV: Code = Code("AC131");
/// A file could not be put together.
pub const NOT_WRITABLE: Code = Code("AC132");
/// There is no such snapshot or plan yet.
pub const NOTHING_STORED: Code = Code("AC130");

/// All nouns of a kind, as a file.
pub fn table(desk: &Desk, kind: Kind, format: Format) -> Result<Vec<u8>, Faults> {
    let batch = desk.store().read(|tx| batch(tx, kind))?;
    let mut bytes = Vec::new();
    let written = match (&batch, format) {
        (Batch::Sites(sites), Format::GeoJson) => write::sites_geojson(sites, &mut bytes),
        (_, Format::GeoJson) => return Err(only_csv(kind).into()),
        (_, Format::Csv) => write::csv(&batch, &mut bytes),
    };
    written.map_err(|e| Fault::new(NOT_WRITABLE, e.to_string(), "report this"))?;
    Ok(bytes)
}

fn only_csv(kind: Kind) -> Fault {
    Fault::new(
        ONLY_CSV,
        format!("{} are exported as CSV only", kind.name()),
        "give a name that ends in .csv",
    )
}

pub(super) fn batch(tx: &mut Reading<'_>, kind: Kind) -> Result<Batch, StoreError> {
    Ok(match kind {
        Kind::Districts => Batch::Districts(store::all(tx)?),
        Kind::Stations => Batch::Stations(store::all(tx)?),
        Kind::Lines => Batch::Lines(store::all(tx)?),
        Kind::Clusters => Batch::Clusters(store::all(tx)?),
        Kind::Sites => Batch::Sites(store::all(tx)?),
        Kind::Units => {
            let all = inventory::load(tx)?;
            Batch::Units {
                buildings: all.buildings,
                floors: all.floors,
                units: all.units,
            }
        }
        Kind::Apartments => {
            let all = inventory::load(tx)?;
            Batch::Apartments {
                projects: all.projects,
                types: all.apartments,
            }
        }
        Kind::Firms => Batch::Firms(store::all(tx)?),
        Kind::Applications => Batch::Applications(store::all(tx)?),
        Kind::Quotas => Batch::Quotas(store::all(tx)?),
    })
}

/// The newest snapshot of a round: its canonical bytes.
pub fn snapshot(desk: &Desk, round: &RoundId) -> Result<Vec<u8>, Faults> {
    desk.store().read(|tx| {
        round_of(tx, round)?;
        let newest = snapshots::of_round(tx, round)?.into_iter().next();
        let stored = newest
            .map(|d| snapshots::get(tx, &d))
            .transpose()?
            .flatten();
        stored
            .map(|s| s.bytes)
            .ok_or_else(|| nothing(round, "snapshot").into())
    })
}

/// The newest plan of a round: its canonical bytes.
pub fn plan(desk: &Desk, round: &RoundId) -> Result<Vec<u8>, Faults> {
    desk.store().read(|tx| {
        round_of(tx, round)?;
        let newest = plans::of_round(tx, round)?.into_iter().next();
        let stored = newest.map(|d| plans::get(tx, &d)).transpose()?.flatten();
        stored
            .map(|p| p.text.into_bytes())
            .ok_or_else(|| nothing(round, "plan").into())
    })
}

fn nothing(round: &RoundId, what: &str) -> Fault {
    Fault::new(
        NOTHING_STORED,
        format!("round {round} has no {what} yet"),
        "run `zhuchao plan` for the round",
    )
}

/// All rounds as JSON.
pub fn rounds(desk: &Desk) -> Result<Vec<u8>, Faults> {
    let all: Vec<Round> = desk.store().read(store::all)?;
    let text = serde_json::to_vec_pretty(&all);
    text.map_err(|e| Fault::new(NOT_WRITABLE, e.to_string(), "report this").into())
}
