//! The desk: where an act happens. It knows the database, who acts, what time it is, and what the
//! caller wishes of the act (`If-Match`, a key against doing it twice).
//!
//! Not here: any act; how an act runs (`act`).

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU8, Ordering};

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};

use super::door::{Entered, Via};
use super::moment::{Moment, Moments};
use super::reasons::Library;
use crate::domain::credential::Leave;
use crate::domain::fault::{Fault, Faults};
use crate::domain::people::{Actor, Role};
use crate::store::{Store, StoreError};

/// A clock: the machine's, or one that a test or a replay moves.
pub type Clock = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;

/// What a caller wishes of an act besides the act itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wish {
    /// Digest that the noun must still have (`If-Match`).
    pub unchanged: Option<String>,
    /// Key under which the act is done once however often it is asked for (`Idempotency-Key`).
    pub once: Option<String>,
    /// The answer holds a secret that is shown once: it is not remembered, only that the act was done.
    pub secret: bool,
}

/// Where an act happens.
#[derive(Clone)]
pub struct Desk {
    store: Arc<Store>,
    actor: Actor,
    clock: Clock,
    ahead: Arc<AtomicI64>,
    moments: Moments,
    again: Arc<AtomicU8>,
    library: Arc<Library>,
    wish: Wish,
    leave: Leave,
    via: Via,
}

impl Desk {
    /// A desk at a database for the operator of this machine, under a name for the journal.
    pub fn open(url: &str, operator: &str) -> Result<Desk, Faults> {
        Ok(Desk::at(Store::open(url)?, operator, Utc::now))
    }

    /// An operator's desk with a clock of its own, for tests and replay.
    pub fn at(
        store: impl Into<Arc<Store>>,
        operator: &str,
        clock: impl Fn() -> DateTime<Utc> + Send + Sync + 'static,
    ) -> Desk {
        Desk {
            store: store.into(),
            actor: Actor::city(operator, Role::Operator),
            clock: Arc::new(clock),
            ahead: Arc::default(),
            moments: Moments::default(),
            again: Arc::default(),
            library: Arc::default(),
            wish: Wish::default(),
            leave: Leave::Full,
            via: Via::Nothing,
        }
    }

    /// The same database and clock, for somebody else.
    #[must_use]
    pub fn of(&self, actor: Actor) -> Desk {
        Desk {
            actor,
            wish: Wish::default(),
            leave: Leave::Full,
            via: Via::Nothing,
            ..self.clone()
        }
    }

    /// The same database and clock, for somebody who came in by the door.
    #[must_use]
    pub fn entered(&self, entered: Entered) -> Desk {
        Desk {
            actor: entered.actor,
            wish: Wish::default(),
            leave: entered.leave,
            via: entered.via,
            ..self.clone()
        }
    }

    /// The same desk with a wish for the next act.
    #[must_use]
    pub fn wishing(&self, wish: Wish) -> Desk {
        Desk {
            wish,
            ..self.clone()
        }
    }

    /// The database.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Plans that were asked about last; all desks that come from one share them.
    pub(super) fn library(&self) -> &Library {
        &self.library
    }

    /// Key of who acts, as the journal names him.
    pub fn actor(&self) -> &str {
        &self.actor.id
    }

    /// Who acts.
    pub fn person(&self) -> &Actor {
        &self.actor
    }

    /// How far what he came with goes, within his role.
    pub fn leave(&self) -> &Leave {
        &self.leave
    }

    /// With what he came.
    pub fn via(&self) -> &Via {
        &self.via
    }

    /// What is wished of the act.
    pub fn wish(&self) -> &Wish {
        &self.wish
    }

    /// Now, to the microsecond, as both databases keep it. While an act runs in this thread: the moment at
    /// which it began.
    pub fn now(&self) -> DateTime<Utc> {
        if let Some(moment) = self.moments.here() {
            return moment;
        }
        let ahead = TimeDelta::seconds(self.ahead.load(Ordering::Relaxed));
        ((self.clock)() + ahead).trunc_subsecs(6)
    }

    /// Lets the clock stand still for this thread until the guard is dropped: what prepares an act and the act
    /// then happen at the same moment.
    pub fn moment(&self) -> Moment {
        self.moments.hold(self.now())
    }

    /// Where the desk, and all that came from the same, stand about beginning anew: see `people::again`.
    pub(super) fn again(&self) -> &AtomicU8 {
        &self.again
    }

    /// Sets the clock of this desk, and of all that came from the same, ahead by some days: only for a
    /// demonstration, whose visitors do not wait for a publicity period.
    pub(super) fn ahead_by(&self, days: i64) {
        self.ahead.fetch_add(days * 86_400, Ordering::Relaxed);
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
