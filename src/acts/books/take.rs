//! A file comes in: read and proved whole, compared with what is stored, then written in one act or
//! not at all. A dry run does the same and takes everything back.
//!
//! Not here: reading (`intake`), what a difference is (`changes`).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::changes::{Change, LISTED, Rows};
use super::{BUREAU, other_door};
use crate::acts::act::{Done, Owner};
use crate::acts::export::{self, NOT_WRITABLE};
use crate::acts::import::{Refused, reference, stored};
use crate::acts::imports::former;
use crate::acts::powers::tables::IMPORT_TABLE;
use crate::acts::{Desk, embedded};
use crate::domain::fault::{Fault, Faults};
use crate::domain::people::Role;
use crate::domain::place::{Datum, District};
use crate::intake::columns;
use crate::intake::sheet::{Sheet, Stamp};
use crate::intake::{self, Batch, Format, Kind, Limits, write};
use crate::planning::files;
use crate::store::{self, Changed, Reading, StoreError, Writing};

/// What is sent.
#[derive(Debug)]
pub enum Sent<'a> {
    /// Bytes of a CSV file.
    Csv(&'a [u8]),
    /// A workbook that was read behind the fence.
    Book(&'a Sheet),
}

/// How it is meant.
#[derive(Debug, Clone, Copy)]
pub struct Meant {
    /// Datum of positions whose row names none.
    pub datum: Option<Datum>,
    /// Prove and compare, then take everything back.
    pub dry_run: bool,
}

/// Something a person should look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Look {
    /// Code.
    pub code: String,
    /// Row of the file.
    pub row: Option<u64>,
    /// What is odd.
    pub cause: String,
}

/// What came in, or would.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    /// Kind of noun.
    pub kind: String,
    /// Rows read.
    pub rows: u64,
    /// New rows.
    pub inserted: usize,
    /// Changed rows.
    pub updated: usize,
    /// Rows as they were.
    pub unchanged: usize,
    /// Nothing was written.
    pub dry_run: bool,
    /// The differences, as many as are listed.
    pub changes: Vec<Change>,
    /// So many more.
    pub more_changes: usize,
    /// What a person should look at.
    pub remarks: Vec<Look>,
    /// Key by which it can be undone; `None` when nothing was changed.
    #[serde(default)]
    pub import: Option<String>,
}

impl std::fmt::Display for Taken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let head = match self.dry_run {
            true => "dry run, nothing written: ",
            false => "",
        };
        let (kind, rows) = (&self.kind, self.rows);
        write!(
            f,
            "{head}{kind}: {rows} rows, {} new, {} changed, {} as they were",
            self.inserted, self.updated, self.unchanged
        )?;
        for change in &self.changes {
            let sign = if change.new { "new" } else { "changed" };
            write!(f, "\n  {sign} {}", change.key)?;
            for cell in change.cells.iter().filter(|_| !change.new) {
                write!(f, "; {}: {:?} -> {:?}", cell.column, cell.from, cell.to)?;
            }
        }
        if self.more_changes > 0 {
            write!(f, "\n  and {} more", self.more_changes)?;
        }
        match &self.import {
            Some(key) => write!(f, "\n  to undo it: zhuchao undo {key}"),
            None => Ok(()),
        }
    }
}

/// A file that was proved.
struct Proved {
    batch: Batch,
    rows: u64,
    remarks: Vec<Look>,
    stamps: Vec<Stamp>,
    digest: String,
}

/// Takes a file of a kind in.
///
/// # Errors
/// AC503 for a kind that comes in by another door; every fault of intake with its cell; AC502 for
/// each row that somebody else changed since the workbook was made.
pub fn take(desk: &Desk, kind: Kind, sent: &Sent<'_>, meant: Meant) -> Result<Taken, Refused> {
    desk.may(&IMPORT_TABLE)?;
    if desk.person().role != Role::Operator && !BUREAU.contains(&kind) {
        return Err(Faults::from(other_door(kind)).into());
    }
    let proved = proved(desk, kind, sent, meant)?;
    let lines = lines(kind, sent);
    let done = match meant.dry_run {
        true => tried(desk, &proved),
        false => acted(desk, &proved),
    };
    done.map_err(|faults| placed(faults, &lines).into())
}

fn proved(desk: &Desk, kind: Kind, sent: &Sent<'_>, meant: Meant) -> Result<Proved, Refused> {
    let known = desk.store().read(reference)?;
    let limits = Limits::default();
    let (datum, csv) = (meant.datum.or_else(|| written_in(kind, sent)), Format::Csv);
    let report = match sent {
        Sent::Csv(bytes) => {
            intake::read(kind, &mut &bytes[..], csv, datum, &known, &known, &limits)
        }
        Sent::Book(sheet) => intake::read_sheet(kind, sheet, datum, &known, &known, &limits),
    };
    let (rows, more) = (report.rows, report.more_faults);
    let look = |r: &intake::Remark| Look {
        code: r.0.code.0.to_owned(),
        row: r.0.place.row,
        cause: r.0.cause.clone(),
    };
    let remarks = report.remarks.iter().map(look).collect();
    let batch = report.into_batch();
    let batch = batch.map_err(|faults| Refused { faults, more })?;
    Ok(Proved {
        digest: files::digest(format!("{batch:?}").as_bytes()),
        batch,
        rows,
        remarks,
        stamps: match sent {
            Sent::Csv(_) => Vec::new(),
            Sent::Book(sheet) => sheet.stamps.clone(),
        },
    })
}

/// The datum of a workbook of ours whose table has no column for it: it was written in WGS-84.
fn written_in(kind: Kind, sent: &Sent<'_>) -> Option<Datum> {
    let named = columns::of(kind).iter().any(|c| c.name == "datum");
    let ours = matches!(sent, Sent::Book(sheet) if !sheet.stamps.is_empty());
    (ours && !named).then_some(Datum::Wgs84)
}

/// The row of the file in which each key of a workbook stands.
fn lines(kind: Kind, sent: &Sent<'_>) -> BTreeMap<String, u64> {
    match sent {
        Sent::Csv(_) => BTreeMap::new(),
        Sent::Book(sheet) => sheet.keys(kind).into_iter().collect(),
    }
}

/// The faults with their rows, where a fault names a key only.
fn placed(mut faults: Faults, lines: &BTreeMap<String, u64>) -> Faults {
    for fault in &mut faults.0 {
        let subject = fault.place.subject.as_deref().unwrap_or_default();
        let key = subject.split_once(' ').map(|(_, key)| key);
        let line = key.and_then(|key| lines.get(key)).copied();
        fault.place.row = fault.place.row.or(line);
    }
    faults
}

fn acted(desk: &Desk, proved: &Proved) -> Result<Taken, Faults> {
    let kind = proved.batch.kind();
    let asked = json!({ "kind": kind.name(), "rows": proved.rows, "digest": proved.digest });
    desk.act(&IMPORT_TABLE, &asked, |tx| {
        let rows = former::of(tx, &proved.batch)?;
        let mut taken = written(tx, proved, false)?;
        let changed = Changed {
            inserted: taken.inserted,
            updated: taken.updated,
            unchanged: taken.unchanged,
        };
        taken.import = former::keep(desk, tx, kind.name(), (changed, rows))?;
        Ok(Done::new(taken.clone(), subject(kind), Owner::city()).after(&taken)?)
    })
}

/// Ends a transaction that must leave nothing behind.
enum Undone {
    Seen(Box<Taken>),
    Failed(Faults),
}

impl From<StoreError> for Undone {
    fn from(error: StoreError) -> Undone {
        Undone::Failed(error.into())
    }
}

fn tried(desk: &Desk, proved: &Proved) -> Result<Taken, Faults> {
    let undone = desk.store().write(|tx| -> Result<(), Undone> {
        let taken = written(tx, proved, true).map_err(Undone::Failed)?;
        Err(Undone::Seen(Box::new(taken)))
    });
    match undone {
        Err(Undone::Seen(taken)) => Ok(*taken),
        Err(Undone::Failed(faults)) => Err(faults),
        Ok(()) => Err(Fault::new(NOT_WRITABLE, "the trial has no result", "report this").into()),
    }
}

fn written(tx: &mut Writing<'_>, proved: &Proved, dry_run: bool) -> Result<Taken, Faults> {
    let kind = proved.batch.kind();
    let before = Rows::new(kind, rows(&export::batch(tx, kind)?)?);
    let after = Rows::new(kind, rows(&whole(tx, &proved.batch)?)?);
    let conflicts = after.conflicts(&before, &proved.stamps);
    if !conflicts.is_empty() {
        return Err(Faults(conflicts));
    }
    let mut changes = after.changes(&before);
    let more_changes = changes.len().saturating_sub(LISTED);
    changes.truncate(LISTED);
    let changed = stored(tx, &proved.batch)?;
    Ok(Taken {
        kind: kind.name().to_owned(),
        rows: proved.rows,
        inserted: changed.inserted,
        updated: changed.updated,
        unchanged: changed.unchanged,
        dry_run,
        changes,
        more_changes,
        remarks: proved.remarks.clone(),
        import: None,
    })
}

/// The batch as it will be stored: districts keep what a table does not tell.
fn whole(tx: &mut Reading<'_>, batch: &Batch) -> Result<Batch, StoreError> {
    match batch {
        Batch::Districts(more) => {
            let known: Vec<District> = store::all(tx)?;
            Ok(Batch::Districts(embedded::merged(known, more.clone())))
        }
        other => Ok(other.clone()),
    }
}

/// What an import of a kind is about, as the journal says it.
fn subject(kind: Kind) -> String {
    format!("table {}", kind.name())
}

/// The rows of a batch as cells.
pub(super) fn rows(batch: &Batch) -> Result<Vec<Vec<String>>, Fault> {
    let rows = write::rows(batch);
    rows.map_err(|e| Fault::new(NOT_WRITABLE, e.to_string(), "report this"))
}
