//! Renewal (续租): whether the firm still qualifies is checked again by the policy in force; the new
//! contract follows the old one without a gap, on the same units and apartments.
//!
//! Rents are those of the units today. A firm with subsidy keeps it for the months that the rules of its
//! round leave, counted from its entry; they are bound anew. Nobody gets subsidy by a renewal.
//!
//! Not here: the end of the old contract (`contract_end`).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::contracts::{self, Terms, in_force, need, owner};
use super::holds::Hold;
use super::{fresh, sign, today};
use crate::acts::act::Done;
use crate::acts::freeze::NO_POLICY;
use crate::acts::policy::in_force_on;
use crate::acts::powers::contracts::RENEW_CONTRACT;
use crate::acts::supervision::sanctions;
use crate::acts::{Desk, money, refuse};
use crate::domain::application::Application;
use crate::domain::fault::{Code, Fault, Faults};
use crate::domain::firm::Firm;
use crate::domain::ids::ContractId;
use crate::domain::offer::{Contract, ContractStage};
use crate::domain::period::Period;
use crate::domain::plan::Award;
use crate::domain::space::Unit;
use crate::policy::condition::Facts as Tenant;
use crate::policy::{self, Policy, eligibility};
use crate::store::allocations::HoldState;
use crate::store::{self, Reading};

/// The firm does not qualify any more.
pub const NOT_ELIGIBLE: Code = Code("AC293");

/// Longest renewal in months.
const MONTHS_MAX: u32 = 600;

/// A renewal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Renewal {
    /// Term in months.
    pub months: u32,
    /// What is agreed.
    pub terms: Terms,
}

/// Renews a contract in force, from its last day on.
///
/// # Errors
/// AC293 with every rule that is not met, AC018 for a term that is not 1 to 600 months or longer than
/// a unit may be let, AC014 when it is over or renewed already, ST104 when the space is promised to
/// others.
pub fn renew(desk: &Desk, id: &ContractId, new: &Renewal) -> Result<Contract, Faults> {
    let asked = json!({ "contract": id, "renewal": new });
    desk.act(&RENEW_CONTRACT, &asked, |tx| {
        let old = need(tx, id)?;
        in_force(&old)?;
        if old.ended.is_some() {
            let subject = format!("contract {id}");
            return Err(refuse::wrong_state(subject, "given up", &["in_force"]).into());
        }
        once(tx, &old)?;
        contracts::number_free(tx, &new.terms.number)?;
        let policy = qualifies(tx, &old, today(desk))?;
        let award = award(desk, tx, &old, new.months, &policy)?;
        new.terms.prove(&award.lease)?;
        let mut contract = Contract {
            id: fresh("C")?,
            number: new.terms.number.trim().to_owned(),
            offer: None,
            renews: Some(old.id.clone()),
            monthly_rent: contracts::rent(&award)?,
            free_months: 0,
            kpis: new.terms.kpis.clone(),
            agreement: new.terms.agreement(),
            decision: new.terms.decision(&policy, &award)?,
            stage: ContractStage::InForce,
            holds: award.lease,
            award,
            signed: sign(desk, ""),
            ended: None,
            ..old.clone()
        };
        contract.award.subsidy = money::kept_by(tx, desk, &old, &contract)?;
        store::upsert_many(tx, std::slice::from_ref(&contract))?;
        Hold::of_contract(&contract).enter(tx, HoldState::Let)?;
        money::commit_for(tx, desk, &RENEW_CONTRACT, &contract)?;
        let subject = format!("contract {}", contract.id);
        let done = Done::new(contract.clone(), subject, owner(&contract));
        Ok(done.before(&old)?.after(&contract)?)
    })
}

/// AC014 when another contract renews it already.
fn once(tx: &mut Reading<'_>, old: &Contract) -> Result<(), Faults> {
    let all: Vec<Contract> = store::having(tx, "application_id", old.application.as_str())?;
    let renewed = |c: &Contract| c.renews.as_ref() == Some(&old.id) && in_force(c).is_ok();
    if all.iter().any(renewed) {
        let subject = format!("contract {}", old.id);
        return Err(refuse::wrong_state(subject, "renewed", &["not renewed"]).into());
    }
    Ok(())
}

fn qualifies(tx: &mut Reading<'_>, old: &Contract, today: NaiveDate) -> Result<Policy, Faults> {
    if let Some(ban) = sanctions::ban_on(tx, &old.firm, today)? {
        let cause = format!("the firm is barred until {}", ban.until);
        return Err(Fault::new(NOT_ELIGIBLE, cause, "let the contract run out").into());
    }
    let stored = in_force_on(tx, today)?.ok_or_else(|| {
        let cause = format!("no stored policy is in force on {today}");
        Fault::new(NO_POLICY, cause, "publish a policy first")
    })?;
    let policy = policy::read(&stored.text)?;
    let firm: Firm = store::need(tx, old.firm.as_str())?;
    let application: Application = store::need(tx, old.application.as_str())?;
    let unmet = eligibility::unmet(&policy, &firm, &application, today);
    let faults = unmet.into_iter().map(|u| {
        let cause = format!("{}: {}", u.rule, u.cause);
        Fault::new(NOT_ELIGIBLE, cause, "let the contract run out")
    });
    Faults(faults.collect()).or(policy)
}

/// The old award for the new term, at the rents of today, without subsidy.
fn award(
    desk: &Desk,
    tx: &mut Reading<'_>,
    old: &Contract,
    months: u32,
    policy: &Policy,
) -> Result<Award, Faults> {
    let Some(from) = old.holds.until().filter(|end| today(desk) < *end) else {
        let subject = format!("contract {}", old.id);
        return Err(refuse::wrong_state(subject, "over", &["running"]).into());
    };
    if !(1..=MONTHS_MAX).contains(&months) {
        return Err(refuse::unfit("months", "not 1 to 600", "give a term in months").into());
    }
    let mut award = Award {
        lease: Period::months(from, months)?,
        subsidy: None,
        ..old.award.clone()
    };
    let firm: Firm = store::need(tx, old.firm.as_str())?;
    let application: Application = store::need(tx, old.application.as_str())?;
    let tenant = Tenant {
        firm: &firm,
        application: Some(&application),
        day: today(desk),
    };
    for grant in &mut award.units {
        let unit: Unit = store::need(tx, grant.unit.as_str())?;
        if unit.lease_months.is_some_and(|longest| longest < months) {
            let cause = format!("unit {} is let for a shorter term at most", unit.id);
            return Err(refuse::unfit("months", cause, "give a shorter term").into());
        }
        if let Some(rate) = policy.rent_of(&unit, &tenant) {
            grant.monthly_rent = rate.monthly(grant.area)?;
        }
    }
    Ok(award)
}
