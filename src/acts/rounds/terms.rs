//! The terms of a round: its policy, and the periods that the policy sets. The policy is the version
//! that the guide names; a round without a guide follows the version stored last.
//!
//! Not here: counting days (`domain::calendar`).

use chrono::NaiveDate;

use crate::acts::freeze::NO_POLICY;
use crate::acts::refuse;
use crate::domain::fault::{Fault, Faults};
use crate::domain::procedure::Procedure;
use crate::domain::space::Unit;
use crate::policy::{self, Policy};
use crate::store::{Reading, calendar, policies};

/// The policy of a round with its text. AC110 when none is stored, AC013 when the named one is not.
pub fn policy(tx: &mut Reading<'_>, procedure: &Procedure) -> Result<Policy, Faults> {
    policy::read(&text(tx, procedure)?)
}

/// The text of the policy of a round.
pub fn text(tx: &mut Reading<'_>, procedure: &Procedure) -> Result<String, Faults> {
    if let Some(guide) = &procedure.guide {
        let named = policies::get(tx, &guide.policy)?;
        let named = named.ok_or_else(|| refuse::absent("policy", &guide.policy))?;
        return Ok(named.text);
    }
    let latest = policies::latest(tx)?;
    let latest =
        latest.ok_or_else(|| Fault::new(NO_POLICY, "no policy is stored", "load a policy first"))?;
    Ok(latest.text)
}

/// Periods that a policy sets, in working days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Term {
    /// 公示期.
    Publicity,
    /// 异议答复.
    Reply,
    /// 接受配租.
    Offer,
}

/// The last day of a term that begins with a day. DM200 when it leads into an unknown year, PO171
/// when the policy does not govern the procedure.
pub fn last_day(
    tx: &mut Reading<'_>,
    procedure: &Procedure,
    term: Term,
    from: NaiveDate,
) -> Result<NaiveDate, Faults> {
    let policy = policy(tx, procedure)?;
    let days = working_days(&policy, term)?;
    Ok(calendar::load(tx)?.after(from, days)?)
}

fn working_days(_policy: &Policy, term: Term) -> Result<u32, Fault> {
    Ok(match term {
        Term::Publicity | Term::Reply => 5,
        Term::Offer => 10,
    })
}

/// Months free for fit-out of a unit: those of its row.
pub fn free_months(_policy: &Policy, unit: &Unit) -> u32 {
    unit.rent_free_months
}
