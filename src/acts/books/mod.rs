//! Workbooks that go out to be filled in and come back: a template of what is stored, the fence
//! around the reader, the import with its differences and its optimistic lock, and the copy that
//! is returned with a note in every faulty cell.
//!
//! Not here: lists that only go out (`acts::tables`), what cells mean (`intake`).

pub mod changes;
pub mod fence;
pub mod lists;
pub mod marked;
pub mod spots;
pub mod take;
pub mod template;

use crate::domain::fault::{Code, Fault};
use crate::intake::Kind;
use crate::intake::choices;
use crate::intake::columns;
use crate::planning::files;

/// The reader of workbooks stopped before it had an answer: too much memory or time.
pub const READER_STOPPED: Code = Code("AC501");
/// The row was changed by somebody else since the workbook was made.
pub const STALE_ROW: Code = Code("AC502");
/// Nouns of this kind do not come in by this door.
pub const OTHER_DOOR: Code = Code("AC503");

/// Digest of a row, by which a change is seen.
pub fn tag(row: &[String]) -> String {
    files::digest(row.join("\u{1f}").as_bytes())
}

/// The key of a row: the cells of its key columns with `/` between them.
pub fn key(kind: Kind, row: &[String]) -> String {
    let names = choices::keys(kind);
    let named = columns::of(kind).iter().zip(row);
    let parts: Vec<&str> = named
        .filter(|(column, _)| names.contains(&column.name))
        .map(|(_, cell)| cell.as_str())
        .collect();
    parts.join("/")
}

/// The kinds that the bureau brings in by file: the map and the inventory. Quotas are set by their
/// district, profiles and cases are signed by their firm, each by an act of its own.
pub const BUREAU: [Kind; 7] = [
    Kind::Districts,
    Kind::Stations,
    Kind::Lines,
    Kind::Clusters,
    Kind::Sites,
    Kind::Units,
    Kind::Apartments,
];

/// The fault of a kind that has a door of its own.
pub fn other_door(kind: Kind) -> Fault {
    let all: Vec<&str> = BUREAU.iter().map(|k| k.name()).collect();
    Fault::new(
        OTHER_DOOR,
        format!("{} are not brought in by file here", kind.name()),
        format!("use the acts on them; by file come: {}", all.join(", ")),
    )
}
