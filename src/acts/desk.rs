//! The desk: where an act happens. It knows the database, who acts and what time it is.
//!
//! Until accounts exist, whoever may run the program on the machine of the database acts as the
//! operator, and the journal says so.
//!
//! Not here: any act.

use chrono::{DateTime, SubsecRound, Utc};

use crate::domain::fault::{Fault, Faults};
use crate::store::{Store, StoreError};

/// Where an act happens.
pub struct Desk {
    store: Store,
    actor: String,
    clock: fn() -> DateTime<Utc>,
}

impl Desk {
    /// A desk at a database, for an actor.
    pub fn open(url: &str, actor: &str) -> Result<Desk, Faults> {
        Ok(Desk::at(Store::open(url)?, actor, Utc::now))
    }

    /// A desk with a clock of its own, for tests and replay.
    pub fn at(store: Store, actor: &str, clock: fn() -> DateTime<Utc>) -> Desk {
        Desk {
            store,
            actor: actor.to_owned(),
            clock,
        }
    }

    /// The database.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Who acts.
    pub fn actor(&self) -> &str {
        &self.actor
    }

    /// Now, to the microsecond, as both databases keep it.
    pub fn now(&self) -> DateTime<Utc> {
        (self.clock)().trunc_subsecs(6)
    }
}

impl From<StoreError> for Faults {
    fn from(error: StoreError) -> Faults {
        if !error.detail().is_empty() {
            tracing::debug!(code = %error.code(), detail = error.detail(), "store");
        }
        Fault::from(error).into()
    }
}
