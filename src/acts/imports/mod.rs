//! Imports that were made, and undoing one: every row is put back as it was, when nobody changed it since.
//!
//! Not here: importing (`acts::import`, `acts::books`), which rows are kept (`former`), how a row is put back
//! (`ways`).

pub(super) mod former;
mod ways;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::act::{Done, Owner};
use super::kinds::Kind;
use super::powers::tables::{SEE_TABLE, UNDO_IMPORT};
use super::{Desk, refuse};
use crate::domain::fault::{Code, Fault, Faults, Place};
use crate::domain::import::{FORMER_MAX, FormerRow, Import, ImportRows};
use crate::domain::signature::Signature;
use crate::store::{self, Reading, Writing, records};

/// The import changed more rows than are kept.
pub const NOT_KEPT: Code = Code("AC504");
/// A row was changed after the import.
pub const CHANGED_SINCE: Code = Code("AC505");

/// Most rows named by a refusal.
const LISTED: usize = 100;
/// Longest reason in characters.
const REASON_MAX: usize = 400;

/// An import without its rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToldImport {
    /// Key.
    pub id: String,
    /// Kind of table.
    pub kind: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Account that brought it in.
    pub by: String,
    /// New rows.
    pub inserted: u64,
    /// Changed rows.
    pub updated: u64,
    /// It is not undone, and its rows are kept.
    pub can_be_undone: bool,
    /// Who undid it, when and why.
    pub undone: Option<Signature>,
}

impl From<&Import> for ToldImport {
    fn from(i: &Import) -> ToldImport {
        ToldImport {
            id: i.id.clone(),
            kind: i.kind.clone(),
            at: i.at,
            by: i.by.clone(),
            inserted: i.inserted,
            updated: i.updated,
            can_be_undone: i.undone.is_none() && i.kept,
            undone: i.undone.clone(),
        }
    }
}

impl std::fmt::Display for ToldImport {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (id, kind, at) = (&self.id, &self.kind, self.at.format("%Y-%m-%d %H:%M UTC"));
        let stage = match (&self.undone, self.can_be_undone) {
            (Some(_), _) => "undone",
            (None, true) => "can be undone",
            (None, false) => "too large to be undone",
        };
        write!(
            f,
            "{id} {kind} {at} by {}: {} new, {} changed; {stage}",
            self.by, self.inserted, self.updated
        )
    }
}

/// Imports, the latest first; the next page begins after the last key of this.
///
/// # Errors
/// AC010 and AC011 for whom tables are not.
pub fn list(desk: &Desk, (after, limit): (Option<String>, u32)) -> Result<Vec<ToldImport>, Faults> {
    desk.may(&SEE_TABLE)?;
    let mut all: Vec<Import> = desk.store().read(store::all)?;
    all.reverse();
    let begins = |i: &&Import| after.as_ref().is_none_or(|key| i.id < *key);
    let some = all.iter().filter(begins).take(limit as usize);
    Ok(some.map(ToldImport::from).collect())
}

/// The last import of a kind of table.
///
/// # Errors
/// AC010 and AC011 for whom tables are not.
pub fn last(desk: &Desk, kind: Kind) -> Result<Option<ToldImport>, Faults> {
    desk.may(&SEE_TABLE)?;
    let of_kind = |tx: &mut Reading<'_>| store::having::<Import>(tx, "kind", kind.name());
    let all = desk.store().read(of_kind)?;
    Ok(all.last().map(ToldImport::from))
}

/// Undoes an import: changed rows become what they were, new rows go. All of it or nothing.
///
/// # Errors
/// AC013 for an unknown import, AC014 for one that is undone, AC504 for one that is too large, AC505 for each
/// row that was changed since, ST103 when something names a row that would go, AC018 for the reason.
pub fn undo(desk: &Desk, id: &str, reason: &str) -> Result<ToldImport, Faults> {
    let reason = reason.trim();
    desk.act(
        &UNDO_IMPORT,
        &json!({ "import": id, "reason": reason }),
        |tx| {
            if reason.is_empty() || reason.chars().count() > REASON_MAX {
                let cause = format!("give 1 to {REASON_MAX} characters");
                return Err(refuse::unfit("reason", cause, "say why it is undone").into());
            }
            let mut import: Import =
                store::get(tx, id)?.ok_or_else(|| refuse::absent("import", id))?;
            let before = ToldImport::from(&import);
            if import.undone.is_some() {
                return Err(
                    refuse::wrong_state(format!("import {id}"), "undone", &["done"]).into(),
                );
            }
            let kept: Option<ImportRows> = store::get(tx, id)?;
            put_back(
                tx,
                &kept.filter(|_| import.kept).ok_or_else(too_large)?.rows,
            )?;
            store::remove::<ImportRows>(tx, id)?;
            import.undone = Some(Signature {
                by: desk.actor().to_owned(),
                at: desk.now(),
                reason: reason.to_owned(),
            });
            store::upsert_many(tx, std::slice::from_ref(&import))?;
            let after = ToldImport::from(&import);
            let done = Done::new(after.clone(), format!("import {id}"), Owner::city());
            Ok(done.before(&before)?.after(&after)?)
        },
    )
}

fn put_back(tx: &mut Writing<'_>, rows: &[FormerRow]) -> Result<(), Faults> {
    let faults = changed_since(tx, rows)?;
    Faults(faults).or(())?;
    for way in &ways::WAYS {
        let bodies = rows.iter().filter(|r| r.noun == way.noun);
        let bodies: Vec<&str> = bodies.filter_map(|r| r.before.as_deref()).collect();
        (way.put)(tx, &bodies)?;
    }
    // Children go before the rows that they name.
    for way in ways::WAYS.iter().rev() {
        let new = rows
            .iter()
            .filter(|r| r.noun == way.noun && r.before.is_none());
        for row in new {
            (way.out)(tx, &row.key)?;
        }
    }
    Ok(())
}

/// AC505 for the first rows that are not what the import left.
fn changed_since(tx: &mut Reading<'_>, rows: &[FormerRow]) -> Result<Vec<Fault>, Faults> {
    let mut faults = Vec::new();
    for row in rows {
        let way = ways::WAYS.iter().find(|w| w.noun == row.noun);
        let now = match way {
            Some(way) => (way.now)(tx, &row.key)?,
            None => None,
        };
        if now.map(|text| records::digest(&text)).as_deref() != Some(row.after.as_str()) {
            faults.push(changed(row));
        }
        if faults.len() >= LISTED {
            break;
        }
    }
    Ok(faults)
}

fn changed(row: &FormerRow) -> Fault {
    Fault::new(
        CHANGED_SINCE,
        "the row was changed or taken out after the import",
        "change it by hand, or undo the later import first",
    )
    .at(Place::subject(format!("{} {}", row.noun, row.key)))
}

fn too_large() -> Fault {
    Fault::new(
        NOT_KEPT,
        format!("the import changed more than {FORMER_MAX} rows, which are not kept"),
        "restore a backup, or import a table of the rows as they were",
    )
}
