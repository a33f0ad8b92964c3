//! Browsing the journal: entries by act, subject, actor and time, and one entry with its record, masked.
//!
//! Not here: the heads of the chain (`heads`), the history of one noun (`history`).

use serde::Serialize;
use serde_json::Value;

use super::trail;
use crate::acts::act::Owner;
use crate::acts::powers::record::SEE_JOURNAL;
use crate::acts::record::masking;
use crate::acts::{Desk, refuse};
use crate::domain::fault::Faults;
use crate::store::journal;
use crate::store::journal_search;

pub use crate::store::journal::Entered;
pub use crate::store::journal_search::Wanted;

/// Most entries that are read at once, as many as a file holds.
pub const LIMIT_MAX: u32 = 50_000;

/// The entries that are wanted, in order; at most 50,000.
pub fn list(desk: &Desk, wanted: &Wanted) -> Result<Vec<Entered>, Faults> {
    desk.may(&SEE_JOURNAL)?;
    let wanted = Wanted {
        limit: wanted.limit.clamp(1, LIMIT_MAX),
        ..wanted.clone()
    };
    Ok(desk
        .store()
        .read(|tx| journal_search::select(tx, &wanted))?)
}

/// One entry with its record.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Opened {
    /// The entry.
    #[serde(skip)]
    pub entered: Entered,
    /// The record, masked; null where the entry names a plan, a snapshot or nothing.
    pub record: Value,
    /// True when the record is the one that the entry names.
    pub genuine: bool,
    /// True when the entry continues the chain.
    pub linked: bool,
}

/// One entry by its number; AC013.
pub fn one(desk: &Desk, seq: i64) -> Result<Opened, Faults> {
    desk.look(&SEE_JOURNAL, |tx| {
        let before = seq.saturating_sub(1);
        let found = journal::page(tx, before, 1)?.into_iter().next();
        let found = found.filter(|row| row.seq == seq);
        let entered = found.ok_or_else(|| refuse::absent("journal entry", seq))?;
        let linked = trail::is_linked(tx, &entered)?;
        let step = trail::step(tx, entered)?;
        let record = step.record.as_ref().map(super::replay::written);
        let record = record.transpose()?.unwrap_or(Value::Null);
        let opened = Opened {
            record: masking::masked(&record),
            genuine: step.genuine,
            entered: step.entered,
            linked,
        };
        Ok((Owner::city(), opened))
    })
}
