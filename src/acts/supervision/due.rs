//! Statements that are owed (台账应报清单): one for each quarter that has ended and in which the contract was in
//! force, with its last day and whether it is overdue.
//!
//! Not here: writing a statement (`statements`).

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::{scoped, statement_days, today};
use crate::acts::Desk;
use crate::acts::powers::supervision::SEE_STATEMENT;
use crate::domain::fault::Faults;
use crate::domain::ids::{ContractId, FirmId};
use crate::domain::offer::{Contract, ContractStage};
use crate::domain::place::DistrictCode;
use crate::domain::quarter::Quarter;
use crate::domain::statement::{Statement, StatementStage};
use crate::store::{self, Filter, Reading};

/// A statement that is owed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Owed {
    /// For which contract.
    pub contract: ContractId,
    /// By which firm.
    pub firm: FirmId,
    /// In which district.
    pub district: DistrictCode,
    /// For which quarter.
    pub quarter: Quarter,
    /// Last day.
    pub due: NaiveDate,
    /// Where the statement stands; `None` = nothing is there.
    pub stage: Option<StatementStage>,
    /// True when the last day is over and it is not filed.
    pub overdue: bool,
}

/// The statements that the contracts in force owe and that are not confirmed, as far as the actor may
/// see them; by district, contract and quarter. `overdue` = these alone.
pub fn list(desk: &Desk, overdue: bool) -> Result<Vec<Owed>, Faults> {
    let mut equal = scoped(desk.scope(&SEE_STATEMENT)?);
    equal.push(("stage", ContractStage::InForce.name().to_owned()));
    let day = today(desk);
    desk.store().read(|tx| {
        let days = statement_days(tx, day)?;
        let filter = Filter {
            equal,
            ..Filter::default()
        };
        let contracts: Vec<Contract> = store::select(tx, &filter)?;
        let mut all = Vec::new();
        for contract in &contracts {
            all.extend(owed(tx, contract, day, days)?);
        }
        all.retain(|o| o.stage != Some(StatementStage::Confirmed) && (o.overdue || !overdue));
        all.sort_by_key(|o| (o.district.clone(), o.contract.clone(), o.quarter));
        Ok(all)
    })
}

/// What a contract owes on a day.
pub(super) fn owed(
    tx: &mut Reading<'_>,
    contract: &Contract,
    day: NaiveDate,
    days: u32,
) -> Result<Vec<Owed>, Faults> {
    let there = of_contract(tx, &contract.id)?;
    let one = |quarter: Quarter| {
        let stage = there.get(&quarter).map(|s| s.stage);
        let due = quarter.due(days);
        Owed {
            contract: contract.id.clone(),
            firm: contract.firm.clone(),
            district: contract.district.clone(),
            quarter,
            due,
            stage,
            overdue: due < day && !stage.is_some_and(StatementStage::is_filed),
        }
    };
    Ok(quarters(contract, day).map(one).collect())
}

/// The statements of a contract by quarter.
pub(super) fn of_contract(
    tx: &mut Reading<'_>,
    contract: &ContractId,
) -> Result<BTreeMap<Quarter, Statement>, Faults> {
    let all: Vec<Statement> = store::having(tx, "contract_id", contract.as_str())?;
    Ok(all.into_iter().map(|s| (s.quarter, s)).collect())
}

/// The quarters that ended by a day and in which the contract was in force on some day.
pub(super) fn quarters(contract: &Contract, day: NaiveDate) -> impl Iterator<Item = Quarter> {
    let (first, end) = (contract.holds.from(), contract.holds.until());
    std::iter::successors(Some(Quarter::of(first)), |q| Some(q.next()))
        .take_while(move |q| q.until() <= day && end.is_none_or(|end| q.from() < end))
}
