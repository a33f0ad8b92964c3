//! Care of the database: tables, examination, backup and restore.
//!
//! Not here: how each database does it (`store`).

use std::path::{Path, PathBuf};

use super::Desk;
use crate::domain::fault::{Fault, Faults};
use crate::store::{backup, doctor};

/// Creates or updates the tables; the steps taken.
pub fn migrate(desk: &Desk) -> Result<Vec<String>, Faults> {
    Ok(desk.store().migrate()?)
}

/// Names of the checks made, and what is wrong.
pub fn examine(desk: &Desk) -> Result<(Vec<&'static str>, Vec<Fault>), Faults> {
    let health = doctor::examine(desk.store())?;
    Ok((health.checks, health.faults))
}

/// Copies the database into a new file while it is in use.
pub fn backup(desk: &Desk, target: &Path) -> Result<(), Faults> {
    Ok(backup::backup(desk.store(), target)?)
}

/// Replaces the database at a URL by a backup; where the old one is kept.
pub fn restore(url: &str, from: &Path) -> Result<Option<PathBuf>, Faults> {
    Ok(backup::restore(url, from)?)
}

/// Names of the steps that are still to be taken by [`migrate`].
pub fn pending(desk: &Desk) -> Result<Vec<String>, Faults> {
    Ok(desk.store().pending()?)
}
