//! The common shape of the readers of kinds: take row by row, then finish with the laws that
//! concern the file as a whole; and the register of keys seen.

use std::collections::HashMap;

use crate::domain::fault::{Fault, Place};

use super::apartments::Apartments;
use super::applications::Applications;
use super::cell::shown;
use super::clusters::Clusters;
use super::codes;
use super::firms::Firms;
use super::found::Found;
use super::ground::{Districts, Lines, Stations};
use super::outside::Context;
use super::quotas::Quotas;
use super::report::{Batch, Kind};
use super::row::Row;
use super::sites::Sites;
use super::units::Units;

/// Gathers the nouns of one kind.
pub(super) trait Gather {
    /// Takes one row; faults go to the row.
    fn row(&mut self, row: &mut Row<'_>, ctx: &Context<'_>);
    /// Ends the file: laws across rows.
    fn finish(self: Box<Self>, ctx: &Context<'_>, found: &mut Found) -> Batch;
}

/// The gatherer of a kind.
pub(super) fn of(kind: Kind) -> Box<dyn Gather> {
    match kind {
        Kind::Districts => Box::<Districts>::default(),
        Kind::Stations => Box::<Stations>::default(),
        Kind::Lines => Box::<Lines>::default(),
        Kind::Clusters => Box::<Clusters>::default(),
        Kind::Sites => Box::<Sites>::default(),
        Kind::Units => Box::<Units>::default(),
        Kind::Apartments => Box::<Apartments>::default(),
        Kind::Firms => Box::<Firms>::default(),
        Kind::Applications => Box::<Applications>::default(),
        Kind::Quotas => Box::<Quotas>::default(),
    }
}

/// The keys of a file and the rows they stand in.
#[derive(Debug, Default)]
pub(super) struct Seen(HashMap<String, u64>);

impl Seen {
    /// Whether the file has the key.
    pub(super) fn holds(&self, key: &str) -> bool {
        self.0.contains_key(key)
    }

    /// Registers a key; a fault naming both rows when it was there.
    pub(super) fn once(&mut self, key: &str, column: &str, line: u64, found: &mut Found) {
        if let Some(first) = self.0.get(key) {
            found.fault(
                Fault::new(
                    codes::DUPLICATE_KEY,
                    format!(
                        "{} stands in row {first} and again in row {line}",
                        shown(key)
                    ),
                    "keep one of the rows, or correct the key",
                )
                .at(Place::cell(line, column)),
            );
        } else {
            self.0.insert(key.to_owned(), line);
        }
    }
}
