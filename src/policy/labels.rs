//! Names of the parts of a score in both languages, for pages and notices.
//!
//! Not here: their worth (`weights`).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::gather::spot;
use super::weights::PARTS;
use crate::domain::fault::{Code, Fault};

/// A part of the score has no label, or a label names no part.
pub const BAD_LABEL: Code = Code("PO131");

/// A name in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Label {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

/// Labels by the name of the part (`weights::PARTS`).
pub type Labels = BTreeMap<String, Label>;

/// Breaches: exactly the parts of a score have labels.
pub(super) fn breaches(all: &Labels) -> Vec<Fault> {
    let bad = |part: &str, cause: &str| {
        Fault::new(BAD_LABEL, cause, "label exactly the parts of a score").at(spot("[label]", part))
    };
    let mut faults = Vec::new();
    for part in PARTS {
        let named = all.get(part);
        if named.is_none_or(|l| l.zh.is_empty() || l.en.is_empty()) {
            faults.push(bad(part, "the part has no label in both languages"));
        }
    }
    for part in all.keys().filter(|k| !PARTS.contains(&k.as_str())) {
        faults.push(bad(part, "no part of a score has this name"));
    }
    faults
}
