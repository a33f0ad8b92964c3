//! Names of the parts of a score in both languages, for pages and notices.
//!
//! Not here: their worth (`weights`).

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::domain::fault::Code;

/// A part of the score has no label, or a label names no part.
pub const BAD_LABEL: Code = Code("PO131");

/// A name in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Label {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

/// Labels by the name of the part (`weights::PARTS`).
pub type Labels = BTreeMap<String, Label>;
