//! Zhuchao (筑巢): allocates innovative industrial floor space, talent apartments and rent subsidy.
//!
//! The modules stand in the order in which data flows. Each names what is NOT in it.
//! The edges between them are law and a test enforces them (`tests/it/tidy`).

/// Who may do what, from which state, in one transaction. Not here: HTTP, terminals.
pub mod acts;
/// Datum, distance, index, transit, candidates. Not here: prices, quotas, choices.
pub mod atlas;
/// Verbs of the command line, each with a typed result. Not here: decisions.
pub mod cli;
/// One typed configuration value. Not here: use of any setting.
pub mod config;
/// Nouns and laws. Not here: files, databases, clocks, policy numbers.
pub mod domain;
/// Outside files into proved nouns, every fault with its cell. Not here: writing anything.
pub mod intake;
/// Snapshot to instance to outcome to plan, its proof and its reasons. Not here: storage.
pub mod planning;
/// Rules as data and how each is evaluated. Not here: who applies them, when, on what table.
pub mod policy;
/// Numbers only: instance in, outcome out. Not here: firms, floors, files.
pub mod solve;
/// The only place that knows a database. Not here: rules.
pub mod store;
/// Pages and API. Not here: decisions.
pub mod web;
/// Claims a task, runs it, hands the result in. Not here: who may hold it, how plans are made.
pub mod worker;
