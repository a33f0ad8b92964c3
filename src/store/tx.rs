//! Transactions as the aggregates see them: one to read, one to write.
//!
//! Not here: how they begin and end (`pool`).

use std::ops::{Deref, DerefMut};

use diesel::QueryResult;

use super::connection::{Backend, Link};
use super::error::{CONTENDED, StoreError};

/// A transaction that sees one state of everything.
pub struct Reading<'a> {
    link: &'a mut Link,
    pub(super) contended: bool,
}

/// A transaction that may write; it is also a [`Reading`]. What it writes needs a journal entry.
pub struct Writing<'a> {
    reading: Reading<'a>,
    pub(super) changed: bool,
    pub(super) journaled: bool,
}

impl<'a> Reading<'a> {
    pub(super) fn new(link: &'a mut Link) -> Self {
        Self {
            link,
            contended: false,
        }
    }

    /// Which database this is.
    pub fn backend(&self) -> Backend {
        self.link.backend()
    }

    /// Runs a query, and remembers whether it failed because of a concurrent transaction.
    pub(super) fn run<T>(
        &mut self,
        query: impl FnOnce(&mut Link) -> QueryResult<T>,
    ) -> Result<T, StoreError> {
        query(self.link).map_err(|error| {
            let error = StoreError::from(error);
            self.contended |= error.code() == CONTENDED;
            error
        })
    }
}

impl<'a> Writing<'a> {
    pub(super) fn new(link: &'a mut Link) -> Self {
        Self {
            reading: Reading::new(link),
            changed: false,
            journaled: false,
        }
    }

    /// Runs a statement that changes something, so that a journal entry is owed.
    pub(super) fn change<T>(
        &mut self,
        statement: impl FnOnce(&mut Link) -> QueryResult<T>,
    ) -> Result<T, StoreError> {
        self.changed = true;
        self.reading.run(statement)
    }
}

impl<'a> Deref for Writing<'a> {
    type Target = Reading<'a>;

    fn deref(&self) -> &Reading<'a> {
        &self.reading
    }
}

impl<'a> DerefMut for Writing<'a> {
    fn deref_mut(&mut self) -> &mut Reading<'a> {
        &mut self.reading
    }
}
