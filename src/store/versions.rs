//! How often the inventory and what is held of it were changed. The schema itself counts, whoever writes.
//!
//! Not here: what is made of them and kept (`acts::stock`).

use super::error::StoreError;
use super::rows::number;
use super::tx::Reading;

/// The counts at a moment; each only grows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Versions {
    /// Districts, stations, sites, buildings, floors, units, housing projects, apartment types.
    pub inventory: u64,
    /// Allocations of units and apartments.
    pub holds: u64,
}

/// The counts as the transaction sees them.
pub fn now(tx: &mut Reading<'_>) -> Result<Versions, StoreError> {
    let of = |id: &str| format!("SELECT number AS value FROM versions WHERE id = '{id}'");
    Ok(Versions {
        inventory: number(tx, &of("inventory"))?,
        holds: number(tx, &of("holds"))?,
    })
}
