//! Faults: what is wrong, why, what to do, and where. Data faults are collected, never
//! returned one at a time; the law that finds one names its code.
//!
//! Not here: the catalogue of all codes in both languages (`data/faults/*.csv`).

use std::fmt;

use serde::{Deserialize, Serialize};

/// A fault code: two letters of the room and three digits, declared once in the code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Code(pub &'static str);

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// Where a fault sits. All parts are optional; rows and columns count from 1 as in a spreadsheet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// File or table.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub source: Option<String>,
    /// Line of the file, the header being line 1.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub row: Option<u64>,
    /// Name of the column or of the field.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub column: Option<String>,
    /// The noun concerned, for example `unit N1-001`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub subject: Option<String>,
}

impl Place {
    /// A cell of a table.
    pub fn cell(row: u64, column: &str) -> Self {
        Self {
            row: Some(row),
            column: Some(column.to_owned()),
            ..Self::default()
        }
    }

    /// A noun, for example `Place::subject("unit N1-001")`.
    pub fn subject(subject: impl Into<String>) -> Self {
        Self {
            subject: Some(subject.into()),
            ..Self::default()
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts: Vec<String> = Vec::new();
        parts.extend(self.source.clone());
        parts.extend(self.row.map(|r| format!("row {r}")));
        parts.extend(self.column.as_ref().map(|c| format!("column {c}")));
        parts.extend(self.subject.clone());
        f.write_str(&parts.join(", "))
    }
}

/// One fault: code, cause, action, place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// Stable code, for example `IN104`.
    #[serde(serialize_with = "code_text")]
    pub code: Code,
    /// What is wrong, with the offending value where that helps.
    pub cause: String,
    /// What the reader can do about it.
    pub action: String,
    /// Where it is wrong.
    pub place: Place,
}

fn code_text<S: serde::Serializer>(code: &Code, s: S) -> Result<S::Ok, S::Error> {
    s.serialize_str(code.0)
}

impl Fault {
    /// A fault without a place.
    pub fn new(code: Code, cause: impl Into<String>, action: impl Into<String>) -> Self {
        Self {
            code,
            cause: cause.into(),
            action: action.into(),
            place: Place::default(),
        }
    }

    /// The same fault at a place.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = place;
        self
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ", self.code)?;
        let place = self.place.to_string();
        if !place.is_empty() {
            write!(f, "[{place}] ")?;
        }
        write!(f, "{} — {}", self.cause, self.action)
    }
}

impl std::error::Error for Fault {}

/// Every fault found; the error type of whatever reads or proves data.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Faults(pub Vec<Fault>);

impl Faults {
    /// `Ok(value)` when nothing was found.
    pub fn or<T>(self, value: T) -> Result<T, Faults> {
        if self.0.is_empty() {
            Ok(value)
        } else {
            Err(self)
        }
    }
}

impl From<Fault> for Faults {
    fn from(fault: Fault) -> Self {
        Self(vec![fault])
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, fault) in self.0.iter().enumerate() {
            if n > 0 {
                writeln!(f)?;
            }
            write!(f, "{fault}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Faults {}
