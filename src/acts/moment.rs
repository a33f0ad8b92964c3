//! The moment of an act: while one runs, its desk's clock stands still for its thread, so that what the act
//! leaves, its record and its journal entry bear the same time.
//!
//! Not here: the clock (`desk`), how an act runs (`act`).

use std::collections::HashMap;
use std::marker::PhantomData;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, ThreadId};

use chrono::{DateTime, Utc};

/// The moments of the acts that run, by thread.
#[derive(Debug, Clone, Default)]
pub(super) struct Moments(Arc<Mutex<HashMap<ThreadId, DateTime<Utc>>>>);

impl Moments {
    /// The moment of the act that runs in this thread.
    pub(super) fn here(&self) -> Option<DateTime<Utc>> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.get(&thread::current().id()).copied()
    }

    /// Stops the clock for this thread; within a moment that is held already it changes nothing.
    pub(super) fn hold(&self, now: DateTime<Utc>) -> Moment {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let id = thread::current().id();
        let first = !all.contains_key(&id);
        all.entry(id).or_insert(now);
        Moment {
            of: first.then(|| self.clone()),
            here: PhantomData,
        }
    }
}

/// The clock stands still for this thread until this is dropped.
#[must_use = "the clock goes on when it is dropped"]
pub struct Moment {
    of: Option<Moments>,
    /// It belongs to its thread.
    here: PhantomData<*const ()>,
}

impl Drop for Moment {
    fn drop(&mut self) {
        if let Some(of) = &self.of {
            let mut all = of.0.lock().unwrap_or_else(PoisonError::into_inner);
            all.remove(&thread::current().id());
        }
    }
}
