//! Answers to questions in words for officials, in Chinese and English: nobody who reads them needs to know
//! how they were found.
//!
//! - `range`: a change, a gain, a total, as far as it is proven. `demand`: demands, moves, quotas.
//! - `foil`, `inverse`, `conflict`, `frontier`, `envy`, `fair`, `money`: one for each kind of question.
//!
//! Not here: the sentences (`data/reasons.tsv`), certificates (`why::tell`), the answers.

pub mod conflict;
pub mod demand;
pub mod envy;
pub mod fair;
pub mod foil;
pub mod frontier;
pub mod inverse;
pub mod money;
mod range;

use crate::planning::why::book::Text;

/// The same in both languages, as a list.
fn all<T: std::fmt::Display>(of: &[T]) -> Text {
    Text::list(&of.iter().map(Text::same).collect::<Vec<_>>())
}
