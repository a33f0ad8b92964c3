//! The rows that an import is about to change, as they are.
//!
//! Not here: putting them back (`super`).

use std::collections::HashMap;

use super::ways::text;
use crate::acts::{Desk, embedded};
use crate::domain::import::{FORMER_MAX, FormerRow, Import, ImportRows};
use crate::domain::place::District;
use crate::intake::Batch;
use crate::store::{self, Changed, Noun, Reading, StoreError, Writing, records};

/// Rows that a batch would change; cut one after [`FORMER_MAX`].
pub(in crate::acts) fn of(
    tx: &mut Reading<'_>,
    batch: &Batch,
) -> Result<Vec<FormerRow>, StoreError> {
    let mut rows = Vec::new();
    match batch {
        Batch::Districts(more) => {
            let known: Vec<District> = store::all(tx)?;
            add(tx, &embedded::merged(known, more.clone()), &mut rows)?;
        }
        Batch::Stations(all) => add(tx, all, &mut rows)?,
        Batch::Lines(all) => add(tx, all, &mut rows)?,
        Batch::Clusters(all) => add(tx, all, &mut rows)?,
        Batch::Sites(all) => add(tx, all, &mut rows)?,
        Batch::Units {
            buildings,
            floors,
            units,
        } => {
            add(tx, buildings, &mut rows)?;
            add(tx, floors, &mut rows)?;
            add(tx, units, &mut rows)?;
        }
        Batch::Apartments { projects, types } => {
            add(tx, projects, &mut rows)?;
            add(tx, types, &mut rows)?;
        }
        Batch::Firms(all) => add(tx, all, &mut rows)?,
        Batch::Applications(all) => add(tx, all, &mut rows)?,
        Batch::Quotas(all) => add(tx, all, &mut rows)?,
    }
    Ok(rows)
}

fn add<T: Noun>(
    tx: &mut Reading<'_>,
    new: &[T],
    rows: &mut Vec<FormerRow>,
) -> Result<(), StoreError> {
    let known: Vec<T> = store::all(tx)?;
    let mut known: HashMap<String, T> = known.into_iter().map(|n| (n.key(), n)).collect();
    for noun in new {
        let key = noun.key();
        let before = known.remove(&key).map(|n| text(&n)).transpose()?;
        let after = text(noun)?;
        if rows.len() > FORMER_MAX || before.as_ref() == Some(&after) {
            continue;
        }
        rows.push(FormerRow {
            noun: T::NOUN.to_owned(),
            key,
            before,
            after: records::digest(&after),
        });
    }
    Ok(())
}

/// Keeps what an import changed; its key, or `None` when it changed nothing. The journal entry of the import
/// itself is the caller's.
pub(in crate::acts) fn keep(
    desk: &Desk,
    tx: &mut Writing<'_>,
    kind: &str,
    (changed, rows): (Changed, Vec<FormerRow>),
) -> Result<Option<String>, StoreError> {
    if rows.is_empty() {
        return Ok(None);
    }
    let import = Import {
        id: format!("I-{}", uuid::Uuid::now_v7().simple()),
        kind: kind.to_owned(),
        at: desk.now(),
        by: desk.actor().to_owned(),
        inserted: changed.inserted as u64,
        updated: changed.updated as u64,
        kept: rows.len() <= FORMER_MAX,
        undone: None,
    };
    store::upsert_many(tx, std::slice::from_ref(&import))?;
    if import.kept {
        let id = import.id.clone();
        store::upsert_many(tx, &[ImportRows { id, rows }])?;
    }
    Ok(Some(import.id))
}
