//! The ends of each day: offers that nobody answered lapse and go to the next in line, contracts whose term is
//! over end. Whoever comes first enters it; for others nothing is left to do.
//!
//! Not here: who asks when (the worker).

use std::sync::{Mutex, PoisonError};

use chrono::NaiveDate;

use super::Desk;
use super::rounds::{contract_end, offers};
use crate::domain::fault::Faults;
use crate::domain::round::day_in_shenzhen;

/// Remembers the day whose ends were entered last.
#[derive(Debug, Default)]
pub struct Daily {
    last: Mutex<Option<NaiveDate>>,
}

/// How many ends were entered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ends {
    /// Offers that lapsed.
    pub lapsed: usize,
    /// Contracts that ended.
    pub ended: usize,
}

impl Daily {
    /// Enters the ends of today, unless that was done; `None` then.
    ///
    /// # Errors
    /// Those of the acts; it is tried again with the next call.
    pub fn enter(&self, desk: &Desk) -> Result<Option<Ends>, Faults> {
        let day = day_in_shenzhen(desk.now());
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if *last == Some(day) {
            return Ok(None);
        }
        let ends = Ends {
            lapsed: offers::expire_and_succeed(desk)?.len(),
            ended: contract_end::end_due(desk)?.len(),
        };
        *last = Some(day);
        Ok(Some(ends))
    }
}
