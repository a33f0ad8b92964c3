//! The last import of a table taken back: the rows that it changed are brought in again as they were, by an act like any
//! other, with its own entry. Taken back twice, it stands again.
//!
//! Not here: rows that an import made; what refers to them nobody knows, so they stay and the import is not undone.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::changes::Change;
use super::take::{Meant, Sent, Taken, rows, take};
use super::{key, take as import};
use crate::acts::Desk;
use crate::acts::export::{self, NOT_WRITABLE};
use crate::acts::powers::tables::{IMPORT_TABLE, SEE_TABLE};
use crate::acts::tables::Row;
use crate::domain::fault::{Code, Fault, Faults};
use crate::domain::place::Datum;
use crate::intake::{Kind, columns};
use crate::store::{Reading, journal, records};

/// No import of this table is known.
pub const NONE_KNOWN: Code = Code("AC504");
/// The last import made rows, changed more than is listed, or was changed by somebody since.
pub const NOT_UNDONE: Code = Code("AC505");

/// The last import of a table.
#[derive(Debug, Clone)]
pub struct Last {
    /// Number of its entry.
    pub entry: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// What came in.
    pub taken: Taken,
}

#[derive(Deserialize)]
struct Recorded {
    after: Taken,
}

/// The last import of a table, if one is known.
pub fn last(desk: &Desk, kind: Kind) -> Result<Option<Last>, Faults> {
    desk.may(&SEE_TABLE)?;
    desk.store().read(|tx| last_of(tx, kind))
}

fn last_of(tx: &mut Reading<'_>, kind: Kind) -> Result<Option<Last>, Faults> {
    let entries = journal::about(tx, &import::subject(kind))?;
    let Some(entered) = entries
        .into_iter()
        .rfind(|e| e.entry.act == IMPORT_TABLE.act)
    else {
        return Ok(None);
    };
    let Some(digest) = &entered.entry.after else {
        return Ok(None);
    };
    let text = records::get(tx, digest)?.unwrap_or_default();
    let recorded: Option<Recorded> = serde_json::from_str(&text).ok();
    Ok(recorded.map(|r| Last {
        entry: entered.seq,
        at: entered.entry.at,
        taken: r.after,
    }))
}

/// Takes the last import of a table back. `entry` is the one that was looked at.
///
/// # Errors
/// AC504 when there is none, AC505 when another came since, when it made rows, changed more than is listed or when
/// somebody changed one of its rows since; those of the import.
pub fn undo(desk: &Desk, kind: Kind, entry: i64) -> Result<Taken, Faults> {
    desk.may(&IMPORT_TABLE)?;
    let (last, now) = desk.store().read(|tx| {
        let last = last_of(tx, kind)?;
        let now = rows(&export::batch(tx, kind)?)?;
        Ok::<_, Faults>((last, now))
    })?;
    let last = last.ok_or_else(|| {
        let cause = format!("no import of {} is known", kind.name());
        Fault::new(NONE_KNOWN, cause, "import a file first")
    })?;
    if last.entry != entry {
        return Err(not("another import came in since").into());
    }
    let bytes = file(kind, &before(kind, &last.taken, now)?)?;
    let meant = Meant {
        datum: Some(Datum::Wgs84),
        dry_run: false,
    };
    take(desk, kind, &Sent::Csv(&bytes), meant).map_err(|refused| refused.faults)
}

fn not(cause: &str) -> Fault {
    Fault::new(NOT_UNDONE, cause, "correct the rows by a new file")
}

/// The rows that an import changed, as they were before it.
fn before(kind: Kind, taken: &Taken, now: Vec<Row>) -> Result<Vec<Row>, Fault> {
    if taken.more_changes > 0 {
        return Err(not("it changed more rows than are listed"));
    }
    if let Some(new) = taken.changes.iter().find(|c| c.new) {
        return Err(not(&format!("it made the row {}", new.key)));
    }
    if taken.changes.is_empty() {
        return Err(not("it changed nothing"));
    }
    let mut by_key: BTreeMap<String, Row> =
        now.into_iter().map(|row| (key(kind, &row), row)).collect();
    let row = |change: &Change| {
        let row = by_key.remove(&change.key);
        let row = row.ok_or_else(|| not(&format!("the row {} is gone", change.key)))?;
        turned(kind, change, row)
    };
    taken.changes.iter().map(row).collect()
}

/// A row with its cells as they were; refused when one of them is not what the import left.
fn turned(kind: Kind, change: &Change, mut row: Row) -> Result<Row, Fault> {
    for cell in &change.cells {
        let at = columns::of(kind).iter().position(|c| c.name == cell.column);
        let now = at.and_then(|at| row.get_mut(at));
        match now {
            Some(now) if *now == cell.to => now.clone_from(&cell.from),
            _ => {
                let cause = format!("{} of {} was changed since", cell.column, change.key);
                return Err(not(&cause));
            }
        }
    }
    Ok(row)
}

fn file(kind: Kind, rows: &[Row]) -> Result<Vec<u8>, Fault> {
    let broken = |e: &dyn std::fmt::Display| Fault::new(NOT_WRITABLE, e.to_string(), "report this");
    let mut out = csv::Writer::from_writer(Vec::new());
    let heads: Vec<&str> = columns::of(kind).iter().map(|c| c.name).collect();
    out.write_record(&heads).map_err(|e| broken(&e))?;
    for row in rows {
        out.write_record(row).map_err(|e| broken(&e))?;
    }
    out.into_inner().map_err(|e| broken(&e))
}
