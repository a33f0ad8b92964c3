//! How well a fact is known. Assumed and synthetic data stay marked wherever a person sees them.

use serde::{Deserialize, Serialize};

/// Evidence level of a row or a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// Stated by the publisher itself, or entered by the responsible officer.
    Published,
    /// Third-party copy or report.
    Secondary,
    /// Computed from other rows.
    Derived,
    /// An editable default; not sourced.
    Assumption,
    /// Invented by a seeded generator.
    Synthetic,
}

impl Evidence {
    /// True when a person must be told that the value is not a sourced fact.
    pub fn is_marked(self) -> bool {
        matches!(self, Evidence::Assumption | Evidence::Synthetic)
    }
}

/// Where a row comes from and which of its cells are assumed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provenance {
    /// Level of the row.
    pub evidence: Evidence,
    /// Source; empty when none is named.
    pub source: String,
    /// Remark.
    pub note: String,
    /// Names of cells that are assumptions though the row is not.
    pub assumed: Vec<String>,
}

impl Provenance {
    /// A row of a level without further words.
    pub fn of(evidence: Evidence) -> Self {
        Self {
            evidence,
            source: String::new(),
            note: String::new(),
            assumed: Vec::new(),
        }
    }
}
