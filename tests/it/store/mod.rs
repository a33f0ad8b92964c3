//! The store, on both databases.

mod contention;
mod letting;
mod sample;
