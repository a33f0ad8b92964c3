//! What a file would change: row by row against what is stored. And who was first: a row that
//! somebody changed since the workbook was made is refused, never overwritten.
//!
//! Not here: writing (`take`).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{STALE_ROW, key, tag};
use crate::acts::tables::Row;
use crate::domain::fault::{Fault, Place};
use crate::intake::sheet::Stamp;
use crate::intake::{Kind, columns};

/// Most differences that are listed.
pub const LISTED: usize = 1_000;

/// A cell that would be another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellChange {
    /// Name of the column.
    pub column: String,
    /// What is stored.
    pub from: String,
    /// What the file has.
    pub to: String,
}

/// A row that would be new or another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Key of the row.
    pub key: String,
    /// True when nothing of this key is stored.
    pub new: bool,
    /// The cells that differ; for a new row the filled ones.
    pub cells: Vec<CellChange>,
}

/// Rows by key.
#[derive(Debug)]
pub struct Rows {
    kind: Kind,
    by_key: BTreeMap<String, Row>,
}

impl Rows {
    /// The rows of a kind.
    pub fn new(kind: Kind, rows: Vec<Row>) -> Rows {
        let by_key = rows.into_iter().map(|row| (key(kind, &row), row)).collect();
        Rows { kind, by_key }
    }

    /// What these rows would change of the stored ones, all of it, by key.
    pub fn changes(&self, stored: &Rows) -> Vec<Change> {
        let mut all = Vec::new();
        for (key, row) in &self.by_key {
            let was = stored.by_key.get(key);
            let cells = self.cells(was, row);
            if was.is_none() || !cells.is_empty() {
                all.push(Change {
                    key: key.clone(),
                    new: was.is_none(),
                    cells,
                });
            }
        }
        all
    }

    fn cells(&self, was: Option<&Row>, row: &Row) -> Vec<CellChange> {
        let columns = columns::of(self.kind);
        let mut all = Vec::new();
        for (n, column) in columns.iter().enumerate() {
            let from = was.and_then(|r| r.get(n)).cloned().unwrap_or_default();
            let to = row.get(n).cloned().unwrap_or_default();
            // An outline is not in the table: a row without one leaves the stored one alone.
            let same = from == to || column.name == "has_outline";
            if !same {
                let column = column.name.to_owned();
                all.push(CellChange { column, from, to });
            }
        }
        all
    }

    /// A fault for each row that would overwrite what somebody else changed since the stamps were
    /// made. A row that is as stored is no conflict, whoever changed it.
    pub fn conflicts(&self, stored: &Rows, stamps: &[Stamp]) -> Vec<Fault> {
        if stamps.is_empty() {
            return Vec::new();
        }
        let stamps: BTreeMap<&str, &str> = (stamps.iter())
            .map(|s| (s.key.as_str(), s.tag.as_str()))
            .collect();
        let mut all = Vec::new();
        for change in self.changes(stored) {
            let was = stored.by_key.get(&change.key).map(|row| tag(row));
            let stamp = stamps.get(change.key.as_str()).copied();
            if was.as_deref() != stamp {
                all.push(stale(self.kind, &change.key, was.is_some()));
            }
        }
        all
    }
}

fn stale(kind: Kind, key: &str, stored: bool) -> Fault {
    let cause = match stored {
        true => format!("{key} was changed since the workbook was made"),
        false => format!("{key} was taken out since the workbook was made"),
    };
    Fault::new(
        STALE_ROW,
        cause,
        "take a new template and make the change in it",
    )
    .at(Place::subject(format!("{} {key}", kind.name())))
}
