//! What all tests share: databases to work on and worlds to work with.
//!
//! Not here: any assertion.

pub mod client;
pub mod log;
pub mod pg;
pub mod town;
pub mod world;
