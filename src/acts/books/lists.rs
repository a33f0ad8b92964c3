//! What a cell may hold, for the drop-downs of a template: the words of a choice, and the keys of the
//! nouns that a column refers to.
//!
//! Not here: the laws of intake, which are asked again when the file comes back.

use std::collections::BTreeMap;

use crate::acts::vacancy;
use crate::domain::place::{District, Station};
use crate::domain::space::Site;
use crate::intake::Kind;
use crate::intake::choices::{self, Shape, To};
use crate::intake::columns;
use crate::store::{self, Reading, StoreError};

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
    })
}
