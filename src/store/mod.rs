//! The only place that knows a database: SQLite or PostgreSQL, chosen by the URL.
//! Domain nouns go in and come out; rows are private.
//!
//! [`Store::open`], then [`Store::read`] or [`Store::write`] with a closure; inside it
//! [`upsert_many`], [`all`], [`get`] .. for the nouns, and the modules below for the rest.
//! Whatever writes appends a [`journal::Entry`] in the same transaction.
//!
//! Not here: rules (domain, policy), who may write what (acts).

pub mod allocations;
pub mod applications;
pub mod backup;
pub mod calendar;
pub mod case_files;
mod cases;
mod connection;
mod dialect;
mod digest;
pub mod doctor;
mod doctor_columns;
pub mod erasures;
mod error;
mod files;
pub mod firms;
pub mod ground;
mod imports;
pub mod inventory;
pub mod journal;
pub mod journal_search;
pub mod ledger;
pub mod money;
mod noun;
mod objections;
mod offers;
mod paper_templates;
mod payments;
mod people;
mod pg_tools;
pub mod plans;
pub mod policies;
mod policy_drafts;
mod pool;
mod prices;
mod procedures;
pub mod profiles;
mod quotas;
pub mod raw;
pub mod records;
pub mod repeats;
mod rounds;
mod rows;
mod scenarios;
mod schema;
mod search;
mod select;
pub mod snapshots;
mod supervision;
pub mod tasks;
pub mod traces;
mod turn;
mod tx;
mod url;
pub mod versions;
mod waiting_list;

pub use connection::Backend;
pub use error::{
    APARTMENT_OVER_LET, APPEND_ONLY, BAD_ROW, BAD_URL, BROKEN, BUSY, CHECK_BROKEN, CONTENDED,
    IMMUTABLE, MISSING_PARENT, NO_BTREE_GIST, NO_TARGET, NOT_BUILT, NOT_FOUND, NOT_MIGRATED,
    QUOTA_LEDGERED, StoreError, TAKEN, TOOL_FAILED, UNFIT_BACKUP, UNIT_IN_PART, UNIT_OVER_LET,
    UNJOURNALED, UNREACHABLE, WRONG_DIGEST,
};
pub use noun::{Bookkept, Noun};
pub use pool::Store;
pub use rows::{Changed, all, count, get, having, keep, need, page, remove, upsert_many};
pub use select::{Filter, Order, select};
pub use tx::{Reading, Writing};
pub use url::Address;
