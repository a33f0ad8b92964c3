//! The round of a synthetic city: leases from 2026-03-01 for five years, as in the demonstration.
//!
//! Not here: the policy of the round.

use chrono::{DateTime, NaiveDate, Utc};

use crate::domain::fault::Fault;
use crate::domain::round::{Round, RoundState};

use super::{Spec, key};

/// First day of the leases.
pub const START: NaiveDate = day(2026, 3, 1);

/// A day of the calendar; refused by the compiler when there is none.
pub const fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("every day in this room is of the calendar")
}

/// The round of a spec.
pub fn of(spec: &Spec) -> Result<Round, Fault> {
    Ok(Round {
        id: key(format!("SYN-{}", spec.seed))?,
        name_zh: format!("（模拟）{}家企业，种子{}", spec.firms, spec.seed),
        name_en: format!("(synthetic) {} firms, seed {}", spec.firms, spec.seed),
        start: START,
        lease_months: 60,
        cut_off: cut_off(),
        subsidy_year: 2026,
        seed: spec.seed,
        state: RoundState::Frozen,
    })
}

/// 2026-02-06 17:00 in Shenzhen.
fn cut_off() -> DateTime<Utc> {
    DateTime::from_timestamp(1_770_368_400, 0).unwrap_or_default()
}
