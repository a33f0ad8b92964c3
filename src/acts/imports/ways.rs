//! How a row of each noun that imports write is read and put back. Nouns stand after those that they name.
//!
//! Not here: in which order (`super`).

use crate::domain::application::Application;
use crate::domain::fault::Faults;
use crate::domain::firm::Firm;
use crate::domain::housing::{ApartmentType, Project};
use crate::domain::place::{Cluster, District, Line, Station};
use crate::domain::quota::Quota;
use crate::domain::space::{Building, Floor, Site, Unit};
use crate::store::{self, Noun, Reading, StoreError, Writing};

/// The ways of one noun.
pub(super) struct Way {
    /// Its name.
    pub(super) noun: &'static str,
    /// Its canonical JSON, if it is there.
    pub(super) now: fn(&mut Reading<'_>, &str) -> Result<Option<String>, Faults>,
    /// Stores nouns of canonical JSON.
    pub(super) put: fn(&mut Writing<'_>, &[&str]) -> Result<(), Faults>,
    /// Takes one out.
    pub(super) out: fn(&mut Writing<'_>, &str) -> Result<bool, StoreError>,
}

/// All of them, parents first.
pub(super) const WAYS: [Way; 13] = [
    way::<District>(),
    way::<Station>(),
    way::<Line>(),
    way::<Cluster>(),
    way::<Site>(),
    way::<Building>(),
    way::<Floor>(),
    way::<Unit>(),
    way::<Project>(),
    way::<ApartmentType>(),
    way::<Firm>(),
    way::<Application>(),
    way::<Quota>(),
];

const fn way<T: Noun>() -> Way {
    Way {
        noun: T::NOUN,
        now: now::<T>,
        put: put::<T>,
        out: store::remove::<T>,
    }
}

/// A noun as canonical JSON, which is the body of its row. ST1xx when it cannot be written.
pub(super) fn text<T: Noun>(noun: &T) -> Result<String, StoreError> {
    serde_json::to_string(noun).map_err(|e| StoreError::bad_row(T::TABLE, &noun.key(), e))
}

fn now<T: Noun>(tx: &mut Reading<'_>, key: &str) -> Result<Option<String>, Faults> {
    let noun: Option<T> = store::get(tx, key)?;
    Ok(noun.map(|n| text(&n)).transpose()?)
}

fn put<T: Noun>(tx: &mut Writing<'_>, bodies: &[&str]) -> Result<(), Faults> {
    let read = |body: &&str| {
        serde_json::from_str(body).map_err(|e| StoreError::bad_row(T::TABLE, "of an import", e))
    };
    let nouns: Vec<T> = bodies.iter().map(read).collect::<Result<_, _>>()?;
    if !nouns.is_empty() {
        store::upsert_many(tx, &nouns)?;
    }
    Ok(())
}
