//! One thing that is wrong with an instance or an outcome: a stable code, a text and a place.
//!
//! `SV1..` instances and files, `SV2..` outcomes. Not here: the checks themselves; wording for
//! officers (the table of faults holds it).

use std::fmt;

/// Stable short name of a kind of finding, such as `SV104`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(pub &'static str);

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// What is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Kind of the finding.
    pub code: Code,
    /// What was found, with the numbers.
    pub text: String,
    /// Where: a path such as `agents/firm:7/options/o2`; empty for the whole.
    pub place: String,
}

impl Finding {
    /// A finding at a place.
    pub fn new(code: Code, place: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            code,
            text: text.into(),
            place: place.into(),
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.place.is_empty() {
            write!(f, "{} {}", self.code, self.text)
        } else {
            write!(f, "{} {}: {}", self.code, self.place, self.text)
        }
    }
}

impl std::error::Error for Finding {}
