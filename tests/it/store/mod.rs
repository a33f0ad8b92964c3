//! The store, on both databases.

mod backup;
mod contention;
mod doctor;
mod errors;
mod generated;
mod journal;
mod letting;
mod migrations;
mod nouns;
mod sample;
mod transactions;
mod url;
