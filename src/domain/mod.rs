//! Nouns and laws: values, places, space, housing, firms, applications, quotas, rounds,
//! snapshots, plans, faults. Illegal states cannot be built: what a type cannot forbid, its
//! `proved` constructor refuses.
//!
//! Not here: files, databases, clocks, randomness, policy numbers, distances.

pub mod account;
pub mod application;
pub mod area;
pub mod calendar;
pub mod case;
pub mod case_proof;
pub mod credential;
pub mod credit_code;
pub mod decimal;
pub mod evidence;
pub mod fault;
pub mod firm;
pub mod housing;
pub mod ids;
pub mod industry;
pub mod key;
pub mod money;
pub mod objection;
pub mod offer;
pub mod people;
pub mod period;
pub mod place;
pub mod plan;
pub mod points;
pub mod procedure;
pub mod profile;
pub mod quota;
pub mod reason;
pub mod round;
pub mod scenario;
pub mod session;
pub mod signature;
pub mod snapshot;
pub mod space;
pub mod task;
pub mod waiting_list;
