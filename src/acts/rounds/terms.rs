//! The terms of a round: its policy, and the periods that the policy sets. The policy is the version
//! that the guide names; a round without a guide follows what is in force on the day.
//!
//! Not here: counting days (`domain::calendar`).

use chrono::NaiveDate;

use crate::acts::freeze::NO_POLICY;
use crate::acts::policy::in_force_on;
use crate::acts::refuse;
use crate::domain::fault::{Fault, Faults};
use crate::domain::procedure::Procedure;
use crate::domain::space::Unit;
use crate::policy::{self, Policy};
use crate::store::{Reading, calendar, policies};

/// The policy of a round on a day. AC110 when none is in force, AC013 when the named one is not stored.
pub fn policy(
    tx: &mut Reading<'_>,
    procedure: &Procedure,
    day: NaiveDate,
) -> Result<Policy, Faults> {
    policy::read(&text(tx, procedure, day)?)
}

/// The text of the policy of a round: that of the guide, else what is in force on the day.
pub fn text(tx: &mut Reading<'_>, procedure: &Procedure, day: NaiveDate) -> Result<String, Faults> {
    if let Some(guide) = &procedure.guide {
        let named = policies::get(tx, &guide.policy)?;
        let named = named.ok_or_else(|| refuse::absent("policy", &guide.policy))?;
        return Ok(named.text);
    }
    let found = in_force_on(tx, day)?.ok_or_else(|| {
        let cause = format!("no stored policy is in force on {day}");
        Fault::new(NO_POLICY, cause, "publish a policy first")
    })?;
    Ok(found.text)
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
    /// 签订合同, from the acceptance on.
    Contract,
}

/// The last day of a term that begins with a day. DM200 when it leads into an unknown year, PO171
/// when the policy does not govern the procedure.
pub fn last_day(
    tx: &mut Reading<'_>,
    procedure: &Procedure,
    term: Term,
    from: NaiveDate,
) -> Result<NaiveDate, Faults> {
    let policy = policy(tx, procedure, from)?;
    let days = working_days(&policy, term)?;
    Ok(calendar::load(tx)?.after(from, days)?)
}

fn working_days(policy: &Policy, term: Term) -> Result<u32, Fault> {
    let process = policy.process()?;
    Ok(match term {
        Term::Publicity => process.publicity_working_days,
        Term::Reply => process.objection_answer_working_days,
        Term::Offer => process.offer_working_days,
        Term::Contract => process.contract_working_days,
    })
}

/// Months free for fit-out of a unit: those of its row; where it states none, those that the policy
/// grants for its state.
pub fn free_months(policy: &Policy, unit: &Unit) -> u32 {
    match (unit.rent_free_months, &policy.rent) {
        (0, Some(rents)) => rents.free_months(unit.fitout),
        (stated, _) => stated,
    }
}
