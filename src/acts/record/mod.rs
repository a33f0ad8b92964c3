//! The record (档案): what was done, by whom, and whether what stands is what was decided.
//!
//! - `trail`: the entries about a noun with their records, folded to its states. `history` shows them.
//! - `replay`: rebuilds a decision from what is stored and says each place where it differs.
//! - `journal`: browsing; `heads`: the head of the chain per day, and whether heads kept elsewhere still hold.
//! - `reveal`: personal data whole, with a reason. `retention`: what is erased when.
//!
//! Not here: writing the journal (`act`).

pub mod heads;
pub mod history;
pub mod journal;
pub mod masking;
pub mod nouns;
pub mod replay;
pub mod retention;
pub mod reveal;
mod trail;
