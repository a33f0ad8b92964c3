//! A fair queue in front of the one writer: who comes first writes first.
//!
//! Not here: the lock between processes (the database's own).

use std::sync::{Condvar, Mutex, PoisonError};

/// The queue.
#[derive(Default)]
pub(super) struct Queue {
    counters: Mutex<Counters>,
    changed: Condvar,
}

#[derive(Default)]
struct Counters {
    next: u64,
    serving: u64,
}

/// A turn; it ends when dropped.
pub(super) struct Turn<'a>(&'a Queue);

impl Queue {
    /// Draws a number and waits until it is served.
    pub(super) fn wait(&self) -> Turn<'_> {
        let mut counters = self.counters.lock().unwrap_or_else(PoisonError::into_inner);
        let mine = counters.next;
        counters.next += 1;
        while counters.serving != mine {
            counters = self
                .changed
                .wait(counters)
                .unwrap_or_else(PoisonError::into_inner);
        }
        Turn(self)
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let mut counters = self
            .0
            .counters
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        counters.serving += 1;
        self.0.changed.notify_all();
    }
}
