//! Ends of contracts: given up by the firm, ended for a breach with the notice that claims aid back, or
//! run out. The end is stored on the contract, and what it no longer needs of a quota is free in the same
//! transaction; supervision follows from there.
//!
//! Days: a contract holds up to but not including its end. One that ends on a day to come stays in force
//! until then, with its duties and its supervision; that day enters its end.
//!
//! Not here: the claw-back itself (money), bans (supervision).

use chrono::NaiveDate;
use serde_json::json;

use super::contracts::{in_force, need, owner};
use super::holds::Hold;
use super::{reason, sign, today, words};
use crate::acts::act::Done;
use crate::acts::powers::Power;
use crate::acts::powers::contracts::{END_CONTRACT, EXIT_CONTRACT, TERMINATE_CONTRACT};
use crate::acts::{Desk, money, refuse};
use crate::domain::fault::{Code, Fault, Faults};
use crate::domain::ids::ContractId;
use crate::domain::offer::{Breach, Contract, ContractStage};
use crate::domain::period::Period;
use crate::store::allocations::HoldState;
use crate::store::{self, Writing};

/// The day is not within the term of the contract, or lies in the past.
pub const DAY_OUTSIDE: Code = Code("AC295");

/// How a contract ends.
struct End<'a> {
    power: &'a Power,
    stage: ContractStage,
    day: NaiveDate,
    reason: &'a str,
    breach: Option<&'a Breach>,
}

/// The firm gives its contract up from a day on, today at the earliest.
///
/// # Errors
/// AC295 for a day outside the term or in the past, AC014 unless it is in force and under no notice of a breach.
pub fn exit(desk: &Desk, id: &ContractId, day: NaiveDate, why: &str) -> Result<Contract, Faults> {
    let end = End {
        power: &EXIT_CONTRACT,
        stage: ContractStage::Ended,
        day,
        reason: why,
        breach: None,
    };
    finish(desk, id, &end)
}

/// The bureau or the district ends a contract for a breach, with its notice.
///
/// # Errors
/// AC295 for a day outside the term or in the past, AC018 for a notice without number or clause, AC014
/// unless it is in force and under no such notice.
pub fn terminate(
    desk: &Desk,
    id: &ContractId,
    (day, why): (NaiveDate, &str),
    breach: &Breach,
) -> Result<Contract, Faults> {
    words("number", &breach.number)?;
    words("clause", &breach.clause)?;
    let end = End {
        power: &TERMINATE_CONTRACT,
        stage: ContractStage::Terminated,
        day,
        reason: why,
        breach: Some(breach),
    };
    finish(desk, id, &end)
}

fn finish(desk: &Desk, id: &ContractId, end: &End<'_>) -> Result<Contract, Faults> {
    let asked = json!({
        "contract": id, "day": end.day, "reason": end.reason, "breach": end.breach,
    });
    desk.act(end.power, &asked, |tx| {
        let before = need(tx, id)?;
        // Before anything is said of it.
        desk.own(end.power, &owner(&before))?;
        in_force(&before)?;
        if before.agreement.breach.is_some() {
            let subject = format!("contract {id}");
            return Err(refuse::wrong_state(subject, "under notice", &["not under notice"]).into());
        }
        reason(end.reason)?;
        claw_back_day(&before, end)?;
        let day = today(desk);
        let begun = before.holds.from() < end.day;
        let mut after = Contract {
            stage: match end.day <= day || !begun {
                true => end.stage,
                false => ContractStage::InForce,
            },
            holds: until(&before, end.day, day)?,
            ended: Some(sign(desk, end.reason)),
            ..before.clone()
        };
        after.agreement.breach = end.breach.cloned();
        store::upsert_many(tx, std::slice::from_ref(&after))?;
        let hold = Hold::of_contract(&after);
        match begun {
            true => hold.give_back(tx, end.day, day)?,
            false => hold.change(tx, HoldState::Ended, after.holds.until())?,
        }
        money::release_for(tx, desk, end.power, &after)?;
        if after.holds.until() != before.holds.until() {
            fall(tx, desk, end, &before)?;
        }
        let done = Done::new(after.clone(), format!("contract {id}"), owner(&after));
        Ok(done.before(&before)?.after(&after)?)
    })
}

/// Renewals of a contract that ends before them end with it, each with an entry of its own.
fn fall(
    tx: &mut Writing<'_>,
    desk: &Desk,
    end: &End<'_>,
    contract: &Contract,
) -> Result<(), Faults> {
    let all: Vec<Contract> = store::having(tx, "application_id", contract.application.as_str())?;
    let renews = |c: &&Contract| c.renews.as_ref() == Some(&contract.id) && in_force(c).is_ok();
    let Some(before) = all.iter().find(renews) else {
        return Ok(());
    };
    let after = Contract {
        stage: end.stage,
        holds: never_begun(before)?,
        ended: Some(sign(desk, end.reason)),
        ..before.clone()
    };
    store::upsert_many(tx, std::slice::from_ref(&after))?;
    Hold::of_contract(&after).change(tx, HoldState::Ended, after.holds.until())?;
    money::release_for(tx, desk, end.power, &after)?;
    desk.beside(
        tx,
        end.power,
        &format!("contract {}", after.id),
        (before, &after),
    )?;
    fall(tx, desk, end, before)
}

/// The days of a contract that ends before it begins: its first day alone, for a period has one at least.
fn never_begun(contract: &Contract) -> Result<Period, Fault> {
    let first = contract.holds.from();
    Period::new(first, first.succ_opt())
}

/// AC295 when aid would be claimed back for days before the contract or after its end.
fn claw_back_day(contract: &Contract, end: &End<'_>) -> Result<(), Fault> {
    let Some(from) = end.breach.map(|breach| breach.claw_back_from) else {
        return Ok(());
    };
    let first = contract.holds.from();
    match (first..=end.day.max(first)).contains(&from) {
        true => Ok(()),
        false => {
            let cause = format!("aid cannot be claimed back from {from} on");
            let action = format!("name a day from {first} to the end of the contract");
            Err(Fault::new(DAY_OUTSIDE, cause, action))
        }
    }
}

/// The days in force when it ends on a day; on or before its first day, it never begins.
fn until(contract: &Contract, end: NaiveDate, today: NaiveDate) -> Result<Period, Fault> {
    let (first, last) = (contract.holds.from(), contract.holds.until());
    if today <= end && end <= first {
        return never_begun(contract);
    }
    if first < end && today <= end && last.is_none_or(|last| end <= last) {
        return Period::new(first, Some(end));
    }
    Err(Fault::new(
        DAY_OUTSIDE,
        format!("the contract cannot end on {end}: the day is past or outside its term"),
        "name a day that is not past and not after the last of the term",
    ))
}

/// Enters the end of every contract whose term is over, each as an act of its own; gives their keys.
pub fn end_due(desk: &Desk) -> Result<Vec<ContractId>, Faults> {
    desk.may(&END_CONTRACT)?;
    let day = today(desk);
    let all: Vec<Contract> = desk
        .store()
        .read(|tx| store::having(tx, "stage", ContractStage::InForce.name()))?;
    let over = |c: &Contract| c.holds.until().is_some_and(|end| end <= day);
    let mut ended = Vec::new();
    for contract in all.into_iter().filter(over) {
        match end_one(desk, &contract.id) {
            Ok(contract) => ended.push(contract.id),
            Err(faults) if faults.0.iter().all(|f| f.code == refuse::WRONG_STATE) => {}
            Err(faults) => return Err(faults),
        }
    }
    Ok(ended)
}

fn end_one(desk: &Desk, id: &ContractId) -> Result<Contract, Faults> {
    desk.act(&END_CONTRACT, &json!({ "contract": id }), |tx| {
        let before = need(tx, id)?;
        in_force(&before)?;
        let day = today(desk);
        let Some(end) = before.holds.until().filter(|end| *end <= day) else {
            let subject = format!("contract {id}");
            return Err(refuse::wrong_state(subject, "running", &["over"]).into());
        };
        let after = Contract {
            stage: match before.agreement.breach {
                Some(_) => ContractStage::Terminated,
                None => ContractStage::Ended,
            },
            // Who gave notice ended it.
            ended: (before.ended.clone()).or_else(|| Some(sign(desk, "the term is over"))),
            ..before.clone()
        };
        store::upsert_many(tx, std::slice::from_ref(&after))?;
        Hold::of_contract(&after).give_back(tx, end, day)?;
        money::release_for(tx, desk, &END_CONTRACT, &after)?;
        let done = Done::new(after.clone(), format!("contract {id}"), owner(&after));
        Ok(done.before(&before)?.after(&after)?)
    })
}
