//! Reasons of a stored plan: the certificate of an application, and questions (foils, gains, conflicts,
//! disruption, fairness). They read and compute; nothing is stored. No transaction is open meanwhile.
//!
//! - `certificate`: for whoever the application belongs to. `questions`: for the bureau; `told`: what a page needs
//!   around them. `library`: the plans that were asked about last, in memory.
//! - `next_yuan`: for a district, of its own quota.
//!
//! Not here: how an answer is found (`planning`).

pub mod certificate;
mod library;
pub mod next_yuan;
pub mod questions;
pub mod told;

use std::ops::Deref;
use std::sync::Arc;

use serde::Serialize;

use super::act::Owner;
use super::powers::Power;
use super::{Desk, prices, published, refuse, stored};
use crate::domain::fault::{Code, Fault, Faults};
use crate::domain::ids::RoundId;
use crate::planning::why::name::Names;

pub use self::library::{Library, Read};
pub use crate::planning::ask::again::Effort;
pub use crate::planning::ask::footing::Footing;
pub use crate::planning::ask::moves::Move;
pub use crate::planning::ask::range::Range;
pub use crate::planning::conflict::{Conflict, Found};
pub use crate::planning::disrupt::{Event, Frontier};
pub use crate::planning::fair::measure::Measure;
pub use crate::planning::fair::report::Complaint;
pub use crate::planning::fair::table::{Mode, Row};
pub use crate::planning::foil::Demand;
pub use crate::planning::inverse::freed::Freed;
pub use crate::planning::inverse::more::More;
pub use crate::planning::why::book::Text;
pub use crate::planning::why::certificate::{Certificate, PricedOut};
pub use crate::planning::why::placed::Placed;

/// The seconds asked for are not within what a question may take.
pub const BAD_SECONDS: Code = Code("AC520");

/// Most seconds that a question may take for one run.
pub const SECONDS_MOST: u32 = 60;

/// Seconds for the prices of a plan that brings none.
const PRICES_SECONDS: f64 = 4.0;
/// Gap at which prices are good enough to screen with.
const PRICES_GAP: f64 = 0.02;

/// An answer and its sentences.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Said<T> {
    /// The answer.
    pub answer: T,
    /// In words, Chinese and English, the most important first.
    pub sentences: Vec<Text>,
}

impl<T> Deref for Said<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.answer
    }
}

/// Reads a plan for a question of the bureau. AC013.
fn read(desk: &Desk, power: &Power, plan: &str) -> Result<Arc<Read>, Faults> {
    desk.look(power, |tx| {
        Ok((Owner::city(), stored::plan_is_there(tx, plan)?))
    })?;
    desk.library().get(plan, || {
        let (snapshot, read, prices) = desk.look(power, |tx| {
            let read = stored::plan(tx, plan)?;
            let snapshot = stored::snapshot(tx, &read.snapshot)?;
            Ok((Owner::city(), (snapshot, read, prices::of(tx, plan)?)))
        })?;
        Read::of(snapshot, read, prices)
    })
}

impl Read {
    /// What questions stand on.
    pub fn footing(&self) -> Result<Footing<'_>, Faults> {
        let effort = Effort {
            seconds: PRICES_SECONDS,
            gap: PRICES_GAP,
            ..effort(1, self.snapshot.round.seed)
        };
        let known = self.prices.get().cloned();
        let footing = Footing::of(&self.snapshot, &self.built, &self.plan, known, &effort)?;
        // Others may have found some meanwhile; any prices do.
        self.prices.get_or_init(|| footing.prices.clone());
        Ok(footing)
    }

    /// What its words are made of.
    fn names(&self) -> Names<'_> {
        Names {
            snapshot: &self.snapshot,
            policy: &self.built.policy,
        }
    }

    /// The same where no price is asked for.
    fn unpriced(&self) -> Result<Footing<'_>, Faults> {
        Footing::unpriced(&self.snapshot, &self.built, &self.plan)
    }
}

/// The effort for a question of so many seconds. AC520.
pub fn seconds(asked: u32, seed: u64) -> Result<Effort, Fault> {
    if !(1..=SECONDS_MOST).contains(&asked) {
        let cause = format!("{asked} seconds are asked for");
        let action = format!("ask for 1 to {SECONDS_MOST} seconds");
        return Err(Fault::new(BAD_SECONDS, cause, action));
    }
    Ok(effort(asked, seed))
}

fn effort(seconds: u32, seed: u64) -> Effort {
    Effort {
        seconds: f64::from(seconds),
        threads: 1,
        seed,
        gap: 0.0,
        work: None,
    }
}

/// Refuses as if there were no such plan: whether there is one is not told before it is published.
fn unpublished(digest: &str) -> Fault {
    refuse::absent("plan", digest)
}

/// The plan of a round that everybody may see, if there is one.
pub fn shown(desk: &Desk, round: &RoundId) -> Result<Option<String>, Faults> {
    desk.store().read(|tx| published::plan_of(tx, round))
}
