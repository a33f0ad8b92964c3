//! Rounds (批次): one allocation from the guide to the contracts.

use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::ids::RoundId;

/// State of a round. The acts that lead from one to the next come with the procedure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoundState {
    /// Applications come in.
    Open,
    /// A snapshot is frozen; only plans may follow.
    Frozen,
    /// A plan is stored.
    Planned,
}

/// A round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Round {
    /// Key.
    pub id: RoundId,
    /// Chinese name.
    pub name_zh: String,
    /// English name.
    pub name_en: String,
    /// First day of the leases.
    pub start: NaiveDate,
    /// Term of the leases in months.
    pub lease_months: u32,
    /// Applications and facts count as of this moment.
    pub cut_off: DateTime<Utc>,
    /// Budget year from which subsidy is paid.
    pub subsidy_year: i32,
    /// Announced seed.
    pub seed: u64,
    /// State.
    pub state: RoundState,
}

impl Round {
    /// The day of the cut-off in Shenzhen: ages of firms count on it.
    pub fn cut_off_day(&self) -> NaiveDate {
        day_in_shenzhen(self.cut_off)
    }
}

/// The day of a moment in Shenzhen (UTC+8, no summer time).
pub fn day_in_shenzhen(moment: DateTime<Utc>) -> NaiveDate {
    let ahead = FixedOffset::east_opt(8 * 3600);
    ahead.map_or(moment.date_naive(), |zone| {
        moment.with_timezone(&zone).date_naive()
    })
}
