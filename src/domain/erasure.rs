//! Erasures (清除): content that was taken out when its time was over. The digest stays, so that the journal,
//! cases and records that name it still verify; an erasure says which rule, when, and what was left.
//!
//! Not here: how long what is kept (`policy::retention`), who may erase (`acts::record`).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What was erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Erased {
    /// The bytes of a file of evidence.
    File,
    /// A record of an act, replaced by one without personal data.
    Record,
}

impl Erased {
    /// The name in tables and files.
    pub fn name(self) -> &'static str {
        match self {
            Erased::File => "file",
            Erased::Record => "record",
        }
    }
}

/// An erasure; never changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Erasure {
    /// What.
    pub kind: Erased,
    /// Its key: that of a file, or the digest of a record.
    pub of: String,
    /// Digest of the content that was erased.
    pub digest: String,
    /// The rule of the retention settings.
    pub rule: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub by: String,
    /// What is left of a record: the same without personal data.
    pub left: Option<String>,
}

impl Erasure {
    /// The key, for example `record 0a1b..` or `file case A-1/0a1b..`.
    pub fn key(&self) -> String {
        format!("{} {}", self.kind.name(), self.of)
    }
}
