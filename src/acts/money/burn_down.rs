//! The burn-down of a quota (额度消耗): what stood in its accounts at the end of each month, from the first
//! entry to the last, and what moved in it. Months are those of Shenzhen.
//!
//! Not here: single entries (`quotas::entries`).

use std::collections::BTreeMap;

use chrono::Datelike;
use serde::{Deserialize, Serialize};

use super::quotas;
use crate::acts::Desk;
use crate::acts::powers::money::SEE_QUOTA;
use crate::domain::fault::Faults;
use crate::domain::ledger::{Balance, LedgerEntry, QuotaKey};
use crate::domain::money::Fen;
use crate::domain::round::day_in_shenzhen;
use crate::store;

/// The end of a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthEnd {
    /// `2026-03`.
    pub month: String,
    /// What stood in the accounts.
    pub balance: Balance,
    /// What moved in the month, by kind of entry.
    pub moved: BTreeMap<String, Fen>,
}

/// The burn-down of a quota, month by month; empty before the first entry.
pub fn series(desk: &Desk, key: &QuotaKey) -> Result<Vec<MonthEnd>, Faults> {
    desk.look(&SEE_QUOTA, |tx| {
        let entries = store::ledger::entries(tx, key, (None, 0))?;
        Ok((quotas::owner(key), by_month(&entries)?))
    })
}

/// Months since year 0.
fn month_of(entry: &LedgerEntry) -> i32 {
    let day = day_in_shenzhen(entry.at);
    day.year() * 12 + i32::try_from(day.month0()).unwrap_or(0)
}

/// One row per month, also for months in which nothing moved.
fn by_month(entries: &[LedgerEntry]) -> Result<Vec<MonthEnd>, Faults> {
    let (Some(first), Some(last)) = (entries.first(), entries.last()) else {
        return Ok(Vec::new());
    };
    let mut rest = entries.iter().peekable();
    let mut balance = Balance::default();
    let mut all = Vec::new();
    for month in month_of(first)..=month_of(last) {
        let mut moved: BTreeMap<String, Fen> = BTreeMap::new();
        // Entries of a clock that was set back count in the month that runs.
        while let Some(entry) = rest.next_if(|e| month_of(e) <= month) {
            balance = balance.after(entry)?;
            let sum = moved.entry(entry.kind.name().to_owned()).or_default();
            *sum = sum.plus(entry.amount)?;
        }
        all.push(MonthEnd {
            month: format!("{}-{:02}", month.div_euclid(12), month.rem_euclid(12) + 1),
            balance,
            moved,
        });
    }
    Ok(all)
}
