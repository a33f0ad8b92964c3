//! The inverse question: more of something, and what it is worth. A unit is freed, a quota is raised,
//! apartments are added, a building is opened: who should get it, ranked by gain.
//!
//! - `freed`: a unit given back; the waiting list by gain.
//! - `more`: more quota or apartments, each by itself, ranked.
//! - `building`: new units.
//!
//! Not here: less of something (`disrupt`).

pub mod building;
pub mod freed;
pub mod more;
