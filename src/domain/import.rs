//! A file that came in (导入): what it changed, and the rows as they were, so that it can be undone.
//!
//! Not here: reading files (`intake`), undoing (`acts::imports`).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::signature::Signature;

/// Most changed rows of an import that are kept for its undoing.
pub const FORMER_MAX: usize = 20_000;

/// A row that an import changed or made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormerRow {
    /// Name of the noun.
    pub noun: String,
    /// Its key.
    pub key: String,
    /// The noun as canonical JSON before; `None` = it was not there.
    pub before: Option<String>,
    /// SHA-256 of the canonical JSON that the import left.
    pub after: String,
}

/// An import that changed something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Import {
    /// Key; later imports have later keys.
    pub id: String,
    /// Kind of table.
    pub kind: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Account that brought it in.
    pub by: String,
    /// New rows, the buildings and floors of units among them.
    pub inserted: u64,
    /// Changed rows.
    pub updated: u64,
    /// The rows as they were are kept ([`ImportRows`]): there were no more than [`FORMER_MAX`].
    pub kept: bool,
    /// Who undid it, when and why.
    pub undone: Option<Signature>,
}

/// The rows of an import as they were.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImportRows {
    /// Key of the import.
    pub id: String,
    /// The rows, parents first.
    pub rows: Vec<FormerRow>,
}

impl Import {
    /// The stage in tables: done, undone.
    pub fn stage(&self) -> &'static str {
        match self.undone {
            Some(_) => "undone",
            None => "done",
        }
    }
}
