//! What a cell may hold, for the drop-downs of a template: the words of a choice, and the keys of the
//! nouns that a column refers to.
//!
//! Not here: the laws of intake, which are asked again when the file comes back.

use std::collections::{BTreeMap, BTreeSet};

use crate::acts::vacancy;
use crate::domain::place::{District, Station};
use crate::domain::space::Site;
use crate::intake::Kind;
use crate::intake::choices::{self, Shape, To};
use crate::intake::columns;
use crate::policy::{self, rent::Rents};
use crate::store::{self, Reading, StoreError, policies};

/// Words by column.
pub type Lists = BTreeMap<&'static str, Vec<String>>;

/// The lists of a kind, by column.
pub fn of(tx: &mut Reading<'_>, kind: Kind) -> Result<Lists, StoreError> {
    let mut all = Lists::new();
    for column in columns::of(kind) {
        let words = match choices::shape(kind, column.name) {
            Shape::Choice(words) => words.into_iter().map(str::to_owned).collect(),
            Shape::Reference(to) => keys(tx, to)?,
            _ => continue,
        };
        all.insert(column.name, words);
    }
    Ok(all)
}

fn keys(tx: &mut Reading<'_>, to: To) -> Result<Vec<String>, StoreError> {
    Ok(match to {
        To::Districts => (store::all::<District>(tx)?.iter())
            .map(|d| d.code.to_string())
            .collect(),
        To::Sites => (store::all::<Site>(tx)?.iter())
            .map(|s| s.id.to_string())
            .collect(),
        To::Stations => (store::all::<Station>(tx)?.iter())
            .map(|s| s.id.to_string())
            .collect(),
        To::Firms => (vacancy::keys_of_firms(tx)?.iter())
            .map(ToString::to_string)
            .collect(),
        To::Rounds => (vacancy::keys_of_rounds(tx)?.iter())
            .map(ToString::to_string)
            .collect(),
        To::RentAreas => of_rents(tx, |rents| {
            rents.references.iter().map(|r| r.id.clone()).collect()
        })?,
        To::RentGrades => of_rents(tx, |rents| {
            rents.grades.iter().map(|g| g.id.clone()).collect()
        })?,
    })
}

/// Keys of the rents of every published policy, each once; one that cannot be read has none.
fn of_rents(
    tx: &mut Reading<'_>,
    keys: fn(&Rents) -> Vec<String>,
) -> Result<Vec<String>, StoreError> {
    let stored = policies::all(tx)?;
    let read = stored.iter().filter_map(|p| policy::read(&p.text).ok());
    let rents = read.filter_map(|policy| policy.rent);
    let all: BTreeSet<String> = rents.flat_map(|rents| keys(&rents)).collect();
    Ok(all.into_iter().collect())
}
