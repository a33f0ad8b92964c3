//! Plans that were asked about last, with their instances and prices, in memory: reading a snapshot and
//! building its instance takes longer than most answers. A plan never changes, so what is here is never old.
//!
//! Not here: who may read a plan; it is asked on every question, before this.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::domain::fault::Faults;
use crate::domain::plan::Plan;
use crate::domain::snapshot::Snapshot;
use crate::planning::build::{self, Built};

/// Most options of all instances together (some 300 bytes each); a larger one is not kept.
const OPTIONS_MOST: usize = 1_000_000;
/// Most plans.
const PLANS_MOST: usize = 4;

/// A stored plan with its snapshot, its instance and prices.
pub struct Read {
    /// The snapshot.
    pub snapshot: Snapshot,
    /// The plan.
    pub plan: Plan,
    /// The instance.
    pub built: Built,
    /// The prices of its run, or those that the first question found.
    pub(super) prices: OnceLock<Vec<f64>>,
}

impl Read {
    /// Builds the instance of a plan.
    pub(super) fn of(
        snapshot: Snapshot,
        plan: Plan,
        prices: Option<Vec<f64>>,
    ) -> Result<Read, Faults> {
        let built = build::build(&snapshot)?;
        Ok(Read {
            snapshot,
            plan,
            built,
            prices: prices.map(OnceLock::from).unwrap_or_default(),
        })
    }

    fn options(&self) -> usize {
        let agents = self.built.instance.agents().iter();
        agents.map(|a| a.options.len()).sum()
    }
}

type Kept = (String, Arc<Read>);

/// The plans that were asked about last.
#[derive(Default)]
pub struct Library(Mutex<Vec<Kept>>);

impl Library {
    /// A plan by digest, read anew unless it is here.
    pub(super) fn get(
        &self,
        digest: &str,
        read: impl FnOnce() -> Result<Read, Faults>,
    ) -> Result<Arc<Read>, Faults> {
        if let Some(found) = self.peek(digest) {
            return Ok(found);
        }
        // Not under the lock: others are not to wait for this one to be built.
        let found = Arc::new(read()?);
        self.put(digest, &found);
        Ok(found)
    }

    /// A plan that is here; it is then the last that was asked about.
    pub(super) fn peek(&self, digest: &str) -> Option<Arc<Read>> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let place = kept.iter().position(|(name, _)| name == digest)?;
        let found = kept.remove(place);
        let read = Arc::clone(&found.1);
        kept.insert(0, found);
        Some(read)
    }

    fn put(&self, digest: &str, read: &Arc<Read>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|(name, _)| name != digest);
        kept.insert(0, (digest.to_owned(), Arc::clone(read)));
        let mut room = OPTIONS_MOST;
        kept.retain(|(_, read)| {
            let fits = read.options() <= room;
            room = room.saturating_sub(read.options());
            fits
        });
        kept.truncate(PLANS_MOST);
    }
}
