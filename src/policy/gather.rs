//! Collecting faults while a policy document is read: every table is tried, every value is tried,
//! and the caller gets all that is wrong at once. Within one table the TOML reader stops at the
//! first key that is unknown, missing or of the wrong type, so such a fault comes once per table.
//!
//! Not here: the laws that tie several rules together (`prove`).

use std::str::FromStr;

use serde::Deserialize;
use serde::de::{DeserializeOwned, Error as _};
use toml::{Table, Value};

use super::condition::BAD_CONDITION;

use crate::domain::fault::{Code, Fault, Faults, Place};

/// The document is not TOML.
pub const BAD_DOCUMENT: Code = Code("PO101");
/// A section is missing, unknown, or holds a key that is unknown, missing or of the wrong type.
pub const BAD_SECTION: Code = Code("PO102");
/// A value cannot be used: empty, out of range or of the wrong form.
pub const BAD_VALUE: Code = Code("PO103");
/// An id or a kind is named twice.
pub const KEY_TWICE: Code = Code("PO104");

/// An exact number of the document: an integer, or a decimal in quotes. Never a float, because a
/// float does not hold 47.70.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Exact(pub(super) String);

impl<'de> Deserialize<'de> for Exact {
    fn deserialize<D: serde::Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        struct Words;
        impl serde::de::Visitor<'_> for Words {
            type Value = Exact;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a whole number, or a decimal in quotes such as \"47.70\"")
            }

            fn visit_i64<E>(self, number: i64) -> Result<Exact, E> {
                Ok(Exact(number.to_string()))
            }

            fn visit_u64<E>(self, number: u64) -> Result<Exact, E> {
                Ok(Exact(number.to_string()))
            }

            fn visit_str<E>(self, text: &str) -> Result<Exact, E> {
                Ok(Exact(text.to_owned()))
            }
        }
        reader.deserialize_any(Words)
    }
}

/// A value that reads from an exact number, for `#[serde(deserialize_with)]`.
pub(super) fn exact<'de, D, T>(reader: D) -> Result<T, D::Error>
where
    D: serde::Deserializer<'de>,
    T: FromStr<Err = Fault>,
{
    Exact::deserialize(reader)?
        .0
        .parse()
        .map_err(D::Error::custom)
}

/// The same where the key may be absent; add `default`.
pub(super) fn maybe_exact<'de, D, T>(reader: D) -> Result<Option<T>, D::Error>
where
    D: serde::Deserializer<'de>,
    T: FromStr<Err = Fault>,
{
    exact(reader).map(Some)
}

/// A document being read, and the faults found so far.
pub(super) struct Gather {
    table: Table,
    /// Names of the sections asked for so far.
    known: Vec<String>,
    /// Faults found so far.
    pub(super) faults: Vec<Fault>,
}

impl Gather {
    /// Parses a document; PO101 when it is not TOML.
    pub(super) fn parse(text: &str) -> Result<Gather, Faults> {
        match text.parse::<Table>() {
            Ok(table) => Ok(Gather {
                table,
                known: Vec::new(),
                faults: Vec::new(),
            }),
            Err(error) => Err(Faults::from(not_toml(text, &error))),
        }
    }

    /// The whole document.
    pub(super) fn into_table(self) -> Table {
        self.table
    }

    /// Takes the section `[name]`, or notes why it cannot be read.
    pub(super) fn section<T: DeserializeOwned>(&mut self, name: &str) -> Option<T> {
        match self.take(name) {
            Some(value) => self.read(value, format!("[{name}]")),
            None => {
                self.section_fault(format!("[{name}]"), "the section is missing", "add it");
                None
            }
        }
    }

    /// Takes the section `[name]` if it is there. `None` = its value is at fault.
    pub(super) fn optional<T: DeserializeOwned>(&mut self, name: &str) -> Option<Option<T>> {
        match self.take(name) {
            Some(value) => self.read(value, format!("[{name}]")).map(Some),
            None => Some(None),
        }
    }

    fn take(&mut self, name: &str) -> Option<Value> {
        self.known.push(name.to_owned());
        self.table.remove(name)
    }

    /// Takes all tables `[[name]]`, noting each that cannot be read. None at all is an empty list.
    pub(super) fn rows<T: DeserializeOwned>(&mut self, name: &str) -> Vec<T> {
        match self.take(name) {
            None => Vec::new(),
            Some(Value::Array(values)) => (1..)
                .zip(values)
                .filter_map(|(n, value)| self.read(value, format!("[[{name}]] no. {n}")))
                .collect(),
            Some(_) => {
                let place = format!("[[{name}]]");
                self.section_fault(place, "it is not a list of tables", "write [[..]]");
                Vec::new()
            }
        }
    }

    /// Notes every section that nobody took.
    pub(super) fn refuse_rest(&mut self) {
        for name in self.table.keys().cloned().collect::<Vec<_>>() {
            let cause = format!(
                "no section has this name; there are {}",
                self.known.join(", ")
            );
            self.section_fault(format!("[{name}]"), &cause, "remove it or correct its name");
        }
    }

    /// The value, or its fault noted at `subject`, column `key`.
    pub(super) fn keep<T>(
        &mut self,
        subject: &str,
        key: &str,
        value: Result<T, Fault>,
    ) -> Option<T> {
        value
            .map_err(|fault| self.faults.push(fault.at(spot(subject, key))))
            .ok()
    }

    fn read<T: DeserializeOwned>(&mut self, value: Value, place: String) -> Option<T> {
        value
            .try_into()
            .map_err(|error: toml::de::Error| {
                let cause = error.message().to_owned();
                let action = "compare with data/policy/default.toml";
                if cause.starts_with(BAD_CONDITION.0) {
                    let fault = Fault::new(BAD_CONDITION, cause, action);
                    self.faults.push(fault.at(Place::subject(place)));
                } else {
                    self.section_fault(place, &cause, action);
                }
            })
            .ok()
    }

    fn section_fault(&mut self, place: String, cause: &str, action: &str) {
        self.faults
            .push(Fault::new(BAD_SECTION, cause, action).at(Place::subject(place)));
    }
}

/// The place of one value of the document.
pub(super) fn spot(subject: &str, key: &str) -> Place {
    Place {
        column: Some(key.to_owned()),
        ..Place::subject(subject)
    }
}

fn not_toml(text: &str, error: &toml::de::Error) -> Fault {
    let before = error
        .span()
        .and_then(|s| text.get(..s.start))
        .unwrap_or_default();
    let line = u64::try_from(before.matches('\n').count()).unwrap_or(0) + 1;
    let place = Place {
        row: Some(line),
        ..Place::default()
    };
    Fault::new(
        BAD_DOCUMENT,
        format!("the policy is not TOML: {}", error.message()),
        "correct the line",
    )
    .at(place)
}

/// A value that cannot be used (PO103).
pub(super) fn value(subject: &str, key: &str, cause: &str) -> Fault {
    Fault::new(BAD_VALUE, cause, "correct the value").at(spot(subject, key))
}

/// Prefixes of industry codes: one to four digits, at least one where `needed`.
pub(super) fn prefixes(subject: &str, all: &[String], needed: bool) -> Option<Fault> {
    let is_prefix =
        |p: &String| (1..=4).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_digit());
    let bad = (needed && all.is_empty()) || !all.iter().all(is_prefix);
    let cause = "a prefix of an industry code is one to four digits";
    bad.then(|| value(subject, "industry_prefixes", cause))
}
