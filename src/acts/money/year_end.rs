//! The end of a budget year (年度关账): when the year is over and no claim of it is under way, the approver
//! closes it; what contracts still bind is free, and nothing more is claimed, bound or changed. Money that
//! is ordered back may still come in.
//!
//! Not here: what the finance bureau does with what is left.

use chrono::Datelike;
use serde_json::json;

use super::ledger::post;
use super::{need_quota, quotas, settle, sign, today};
use crate::acts::Desk;
use crate::acts::act::Done;
use crate::acts::powers::money::CLOSE_YEAR;
use crate::domain::fault::{Code, Fault, Faults};
use crate::domain::ledger::QuotaKey;
use crate::domain::quota_change::{ChangeStage, QuotaChange};
use crate::domain::year_end::YearEnd;
use crate::store::{self, Reading};

/// The budget year is closed.
pub const YEAR_CLOSED: Code = Code("AC389");
/// The budget year cannot be closed yet.
pub const YEAR_OPEN: Code = Code("AC390");

/// True when a budget year is closed.
pub(super) fn is_closed(tx: &mut Reading<'_>, key: &QuotaKey) -> Result<bool, Faults> {
    Ok(store::get::<YearEnd>(tx, &key.to_string())?.is_some())
}

/// AC389 when a budget year is closed.
pub(super) fn open(tx: &mut Reading<'_>, key: &QuotaKey) -> Result<(), Faults> {
    match is_closed(tx, key)? {
        false => Ok(()),
        true => Err(Fault::new(
            YEAR_CLOSED,
            format!("the budget year {key} is closed"),
            "use the quota of another year",
        )
        .into()),
    }
}

/// Closes a budget year.
///
/// # Errors
/// AC013 without a quota, AC389 when it is closed, AC390 before the year is over, or while claims are under
/// way or a change of the quota is open.
pub fn close(desk: &Desk, key: &QuotaKey) -> Result<YearEnd, Faults> {
    let asked = json!({ "quota": key.to_string() });
    desk.act(&CLOSE_YEAR, &asked, |tx| {
        desk.own(&CLOSE_YEAR, &quotas::owner(key))?;
        need_quota(tx, key)?;
        open(tx, key)?;
        ready(tx, desk, key)?;
        settle::free_commitments(tx, desk, &CLOSE_YEAR, key)?;
        let end = YearEnd {
            quota: key.clone(),
            balance: post(tx, desk, key, &[])?,
            closed: sign(desk, ""),
        };
        store::upsert_many(tx, std::slice::from_ref(&end))?;
        let subject = format!("quota {key}");
        Ok(Done::new(end.clone(), subject, quotas::owner(key)).after(&end)?)
    })
}

fn ready(tx: &mut Reading<'_>, desk: &Desk, key: &QuotaKey) -> Result<(), Faults> {
    let under_way = settle::under_way(tx, key)?;
    let changes: Vec<QuotaChange> = store::money::of_quota(tx, key)?;
    let proposed = changes.iter().any(|c| c.stage == ChangeStage::Proposed);
    let why = match (today(desk).year() <= key.year, under_way, proposed) {
        (true, _, _) => "the year is not over".to_owned(),
        (_, n, _) if n > 0 => format!("{n} claims are under way"),
        (_, _, true) => "a change of the quota is open".to_owned(),
        _ => return Ok(()),
    };
    let action = "close the year after its end, when every claim is paid, closed or rejected";
    Err(Fault::new(YEAR_OPEN, why, action).into())
}
