//! Leases: they begin within the window of starts, not before the round, last the term of the round,
//! and every unit is available on every day of them.
//!
//! Not here: the longest lease of a unit (a hard rule).

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::domain::fault::{Code, Fault};
use crate::domain::period::Period;
use crate::domain::plan::Award;

use super::law::{Asker, Law};
use super::wrong;

/// A lease begins outside the window or does not last the term of the round.
pub const LEASE_WRONG: Code = Code("CK121");
/// A unit is not available during the whole lease.
pub const NOT_AVAILABLE: Code = Code("CK122");

/// What is wrong with the lease of an award.
pub fn faults(law: &Law, asker: &Asker, award: &Award, units: &[usize]) -> Vec<Fault> {
    let (key, lease) = (award.application.as_str(), award.lease);
    let (round, wish) = (&law.snapshot.round, asker.application);
    let mut faults = Vec::new();
    let first = round.start.max(wish.start_from);
    let in_window = first <= lease.from() && lease.from() <= wish.start_until;
    if !in_window || Period::months(lease.from(), round.lease_months) != Ok(lease) {
        let cause = format!(
            "the lease from {} is not {} months from a day between {first} and {}",
            lease.from(),
            round.lease_months,
            wish.start_until
        );
        faults.push(wrong(LEASE_WRONG, key, cause));
    }
    for unit in units.iter().map(|n| law.unit(*n)) {
        if !unit.available.iter().any(|p| p.covers(&lease)) {
            let cause = format!("unit {} is not available during the whole lease", unit.id);
            faults.push(wrong(NOT_AVAILABLE, key, cause));
        }
    }
    faults
}

/// Whether there is a day on which a lease of all these units may begin.
pub fn possible(law: &Law, asker: &Asker, units: &[usize]) -> bool {
    let (round, wish) = (&law.snapshot.round, asker.application);
    let first = round.start.max(wish.start_from);
    let begins = units
        .iter()
        .flat_map(|n| &law.unit(*n).available)
        .map(|p| p.from().max(first));
    let days: BTreeSet<NaiveDate> = begins.filter(|day| *day <= wish.start_until).collect();
    days.into_iter().any(|day| {
        let Ok(lease) = Period::months(day, round.lease_months) else {
            return false;
        };
        let free = |n: &usize| law.unit(*n).available.iter().any(|p| p.covers(&lease));
        units.iter().all(free)
    })
}
