//! Bans (禁止申请) over a case: a barred firm is told so by the pre-check and beside the rules of the policy, and
//! its case is not accepted until the last day of the ban is over.
//!
//! Not here: how a ban comes into being (`acts::supervision::measures`).

use chrono::NaiveDate;

use crate::acts::supervision::sanctions;
use crate::domain::fault::{Code, Fault, Faults, Place};
use crate::domain::ids::FirmId;
use crate::domain::sanction::Ban;
use crate::policy::eligibility::{Outcome, Verdict};
use crate::policy::labels::Label;
use crate::store::Reading;

/// The firm is barred from applying.
pub const BARRED: Code = Code("AC445");

/// AC445 when the firm is barred on a day.
pub(super) fn none(tx: &mut Reading<'_>, firm: &FirmId, day: NaiveDate) -> Result<(), Faults> {
    let Some(ban) = sanctions::ban_on(tx, firm, day)? else {
        return Ok(());
    };
    let cause = format!("the firm is barred from applying until {}", ban.until);
    let place = Place::subject(format!("ban {}", ban.id));
    Err(
        Fault::new(BARRED, cause, "reject the case, or wait for that day")
            .at(place)
            .into(),
    )
}

/// A ban as a rule that is not met; `None` when the firm is not barred on the day.
pub(super) fn verdict(
    tx: &mut Reading<'_>,
    firm: &FirmId,
    day: NaiveDate,
) -> Result<Option<Verdict>, Faults> {
    Ok(sanctions::ban_on(tx, firm, day)?.map(|ban| told(&ban)))
}

fn told(ban: &Ban) -> Verdict {
    let label = |zh: String, en: String| Label { zh, en };
    Verdict {
        rule: "ban".to_owned(),
        clause: String::new(),
        basis: format!("finding {}", ban.finding),
        label: label(
            "禁止申请期".to_owned(),
            "Not barred from applying".to_owned(),
        ),
        outcome: Outcome::NotMet,
        detail: label(
            format!("至{}止禁止申请", ban.until),
            format!("barred from applying until {}", ban.until),
        ),
        missing: Vec::new(),
    }
}
