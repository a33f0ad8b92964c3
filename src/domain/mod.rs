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
pub mod claim;
pub mod claw_back;
pub mod commitment;
pub mod credential;
pub mod credit_code;
pub mod decimal;
pub mod draw;
pub mod erasure;
pub mod evidence;
pub mod fault;
pub mod finding;
pub mod firm;
pub mod housing;
pub mod ids;
pub mod import;
pub mod industry;
pub mod key;
pub mod ledger;
pub mod money;
pub mod objection;
pub mod offer;
pub mod paper_template;
pub mod payment;
pub mod people;
pub mod period;
pub mod personal;
pub mod place;
pub mod plan;
pub mod points;
pub mod policy_draft;
pub mod procedure;
pub mod profile;
pub mod quarter;
pub mod quota;
pub mod quota_change;
pub mod reason;
pub mod round;
pub mod sanction;
pub mod scenario;
pub mod session;
pub mod settlement;
pub mod signature;
pub mod snapshot;
pub mod space;
pub mod statement;
pub mod task;
pub mod visit;
pub mod waiting_list;
pub mod year_end;
