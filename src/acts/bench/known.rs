//! Best known values of published instances: a CSV with the columns `instance`, `known_value` and
//! `upper_bound` (larger is better; empty bound = nothing is proven), others are ignored.
//!
//! Not here: what a run found (`cli::bench`).

use std::collections::BTreeMap;

use crate::domain::fault::{Code, Fault, Place};

/// The table of known values lacks a column, or has a cell that is not a whole number.
pub const BAD_KNOWN: Code = Code("AC211");

/// What is known of an instance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// Best known value.
    pub value: i64,
    /// Proven bound.
    pub bound: Option<i64>,
}

/// The table by instance; AC211 at the first bad row.
pub fn read(bytes: &[u8]) -> Result<BTreeMap<String, Known>, Fault> {
    let mut reader = csv::Reader::from_reader(bytes);
    let head = reader.headers().map_err(|e| bad(&e.to_string()))?.clone();
    let column = |name: &str| {
        let found = head.iter().position(|h| h == name);
        found.ok_or_else(|| bad(&format!("the column {name} is missing")))
    };
    let (name, value, bound) = (
        column("instance")?,
        column("known_value")?,
        column("upper_bound")?,
    );
    let mut known = BTreeMap::new();
    for row in reader.records() {
        let row = row.map_err(|e| bad(&e.to_string()))?;
        let text = |n: usize| row.get(n).unwrap_or_default().trim();
        let number = |n: usize| {
            let number: Result<i64, _> = text(n).parse();
            number.map_err(|_| bad(&format!("{}: {:?} is no whole number", text(name), text(n))))
        };
        let proven = (!text(bound).is_empty())
            .then(|| number(bound))
            .transpose()?;
        let found = Known {
            value: number(value)?,
            bound: proven,
        };
        known.insert(text(name).to_owned(), found);
    }
    Ok(known)
}

fn bad(cause: &str) -> Fault {
    let action = "give the columns instance, known_value and upper_bound in whole numbers";
    Fault::new(BAD_KNOWN, cause, action).at(Place::subject("the table of known values"))
}
