//! Conflicts: when pins, demands, quotas and reserves cannot all hold, a smallest set of them that cannot,
//! and the least that would have to give, in yuan, square metres, or a demand given up.
//!
//! - `piece`: the things that can conflict, by name, and the instance of some of them.
//! - `find`: the set. `relax`: what would have to give.
//!
//! Not here: pins that break a rule by themselves (PL111, `build`).

pub mod find;
pub mod piece;
pub mod relax;

pub use find::{Conflict, Found, find};
pub use piece::Piece;
