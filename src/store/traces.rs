//! Traces: bookkeeping of the door, the one thing that is written without a journal entry. A trace
//! decides nothing about a case, a unit or money; it says who was seen when, what was tried, which code is
//! used up. A journal row for each request would drown the acts, and whoever is refused at the door
//! must not be able to make the journal grow. Whatever changes what somebody may do (an account, a
//! password, a token, an end of sessions by another) is an act with its entry, in the same transaction.
//!
//! Not here: what traces mean (`acts::people`).

use std::ops::{Deref, DerefMut};

use chrono::{DateTime, Utc};

use super::error::StoreError;
use super::noun::Noun;
use super::pool::Store;
use super::repeats::stamp;
use super::rows::{remove, remove_before, upsert_many};
use super::tx::{Reading, Writing};
use crate::domain::credential::TokenKey;
use crate::domain::session::{Attempts, OtpUse, Session, Sighting, Ticket};

/// A noun that may be written without a journal entry. The list below is the whole of it.
pub trait Trace: Noun {}

impl Trace for Attempts {}
impl Trace for OtpUse {}
impl Trace for Session {}
impl Trace for Sighting {}
impl Trace for Ticket {}
impl Trace for TokenKey {}

/// A transaction that may write traces and nothing else; it may read everything.
pub struct Keeping<'k, 'a>(&'k mut Writing<'a>);

impl Store {
    /// Writes traces, all or nothing.
    pub fn keep<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&mut Keeping<'_, '_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.write(|tx| {
            // No entry is owed: `Keeping` gives no way to write anything but traces.
            tx.journaled = true;
            work(&mut Keeping(tx))
        })
    }
}

impl Keeping<'_, '_> {
    /// Stores a trace.
    pub fn put<T: Trace>(&mut self, trace: &T) -> Result<(), StoreError> {
        upsert_many(self.0, std::slice::from_ref(trace)).map(drop)
    }

    /// Takes a trace out.
    pub fn forget<T: Trace>(&mut self, key: &str) -> Result<(), StoreError> {
        remove::<T>(self.0, key).map(drop)
    }
}

/// Forgets the attempts, tickets and sessions that ended before a moment.
pub fn forget_before(tx: &mut Keeping<'_, '_>, moment: DateTime<Utc>) -> Result<(), StoreError> {
    let moment = stamp(moment);
    remove_before::<Attempts>(tx.0, "at", &moment)?;
    remove_before::<Ticket>(tx.0, "expires_at", &moment)?;
    remove_before::<Session>(tx.0, "expires_at", &moment)?;
    Ok(())
}

/// Forgets, within an act, the sessions and sign-ins that were over before a moment; how many.
pub fn forget_sessions(tx: &mut Writing<'_>, moment: DateTime<Utc>) -> Result<usize, StoreError> {
    let moment = stamp(moment);
    let tickets = remove_before::<Ticket>(tx, "expires_at", &moment)?;
    Ok(tickets + remove_before::<Session>(tx, "expires_at", &moment)?)
}

impl<'a> Deref for Keeping<'_, 'a> {
    type Target = Reading<'a>;

    fn deref(&self) -> &Reading<'a> {
        self.0
    }
}

impl<'a> DerefMut for Keeping<'_, 'a> {
    fn deref_mut(&mut self) -> &mut Reading<'a> {
        self.0
    }
}
