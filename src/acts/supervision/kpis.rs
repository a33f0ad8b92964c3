//! Performance terms (监管协议约定指标) against what was filed: met, not met, not yet due, not filed, not measured.
//!
//! A term of a year is judged over the quarters of that year that the contract owes. `revenue`,
//! `rd_expense` and `tax` (fen) add up; `headcount`, `area_in_use` (0.01 m2) and `apartments_used` are as
//! on the last day. A term is final once the last of those quarters is due; a sum may be met before.
//!
//! Not here: what follows from a term that is not met (findings).

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use super::{due, statement_days, today};
use crate::acts::Desk;
use crate::acts::powers::supervision::SEE_STATEMENT;
use crate::acts::rounds::contracts;
use crate::domain::fault::Faults;
use crate::domain::ids::ContractId;
use crate::domain::offer::{Contract, Kpi};
use crate::domain::quarter::Quarter;
use crate::domain::statement::{Figures, Statement};

/// Last year of a term that can be meant.
const YEAR_MAX: i32 = 9999;

/// How a term comes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TermOutcome {
    /// Met.
    Met,
    /// Filed, and less than agreed.
    NotMet,
    /// The year is not over, or its last statement not due.
    NotDue,
    /// Statements that decide are overdue.
    NotFiled,
    /// No statement says anything about this term: a person must judge.
    NotMeasured,
}

impl TermOutcome {
    /// The name in files.
    pub fn name(self) -> &'static str {
        match self {
            TermOutcome::Met => "met",
            TermOutcome::NotMet => "not_met",
            TermOutcome::NotDue => "not_due",
            TermOutcome::NotFiled => "not_filed",
            TermOutcome::NotMeasured => "not_measured",
        }
    }
}

/// A term and how it comes out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Judged {
    /// The term.
    pub term: Kpi,
    /// What was filed so far; `None` when nothing was.
    pub filed: Option<i64>,
    /// How it comes out.
    pub outcome: TermOutcome,
}

/// How a term is measured.
enum Measure {
    /// Adds up over the quarters.
    Sum(fn(&Figures) -> i64),
    /// As on the last day.
    Last(fn(&Figures) -> i64),
}

fn measure(name: &str) -> Option<Measure> {
    Some(match name {
        "revenue" => Measure::Sum(|f| f.revenue.0),
        "rd_expense" => Measure::Sum(|f| f.rd_expense.0),
        "tax" => Measure::Sum(|f| f.tax.0),
        "headcount" => Measure::Last(|f| i64::from(f.headcount)),
        "area_in_use" => Measure::Last(|f| f.area_in_use.0),
        "apartments_used" => Measure::Last(|f| i64::from(f.apartments_used)),
        _ => return None,
    })
}

/// The terms of a contract on a day. `days` = calendar days for a statement.
pub fn judged<'a>(
    contract: &Contract,
    statements: impl Iterator<Item = &'a Statement> + Clone,
    (day, days): (NaiveDate, u32),
) -> Vec<Judged> {
    let one = |term: &Kpi| {
        let quarters = of_year(contract, term.year);
        let of_term = statements.clone();
        let of_term = of_term.filter(|s| s.stage.is_filed() && quarters.contains(&s.quarter));
        let filed: Vec<&Statement> = of_term.collect();
        let over = quarters.last().is_none_or(|last| last.due(days) < day);
        let (value, outcome) = outcome(term, &quarters, (&filed, over));
        Judged {
            term: term.clone(),
            filed: value,
            outcome,
        }
    };
    contract.kpis.iter().map(one).collect()
}

/// The quarters of a year in which the contract is in force; none of a year that nobody can mean.
fn of_year(contract: &Contract, year: i32) -> Vec<Quarter> {
    let first = contract.holds.from().year();
    let last = NaiveDate::from_ymd_opt(year.saturating_add(1), 1, 1);
    let Some(last) = last.filter(|_| (first..=YEAR_MAX).contains(&year)) else {
        return Vec::new();
    };
    let all = due::quarters(contract, last);
    all.filter(|q| q.year() == year).collect()
}

fn outcome(
    term: &Kpi,
    quarters: &[Quarter],
    (filed, over): (&[&Statement], bool),
) -> (Option<i64>, TermOutcome) {
    let Some(measure) = measure(&term.name).filter(|_| !quarters.is_empty()) else {
        return (None, TermOutcome::NotMeasured);
    };
    let latest = filed.iter().max_by_key(|s| s.quarter);
    let (value, whole, early) = match measure {
        Measure::Sum(of) => {
            let sum = filed
                .iter()
                .fold(0_i64, |sum, s| sum.saturating_add(of(&s.figures)));
            let all = filed.len() == quarters.len();
            ((!filed.is_empty()).then_some(sum), all, true)
        }
        Measure::Last(of) => {
            let last = latest.is_some_and(|s| quarters.last() == Some(&s.quarter));
            (latest.map(|s| of(&s.figures)), last, false)
        }
    };
    let reached = value.is_some_and(|v| v >= term.least);
    let outcome = match (reached, whole) {
        (true, _) if whole || early => TermOutcome::Met,
        (false, true) => TermOutcome::NotMet,
        _ if over => TermOutcome::NotFiled,
        _ => TermOutcome::NotDue,
    };
    (value, outcome)
}

/// How the terms of a contract stand today.
pub fn of_contract(desk: &Desk, id: &ContractId) -> Result<Vec<Judged>, Faults> {
    desk.look(&SEE_STATEMENT, |tx| {
        let contract = contracts::need(tx, id)?;
        let day = today(desk);
        let days = statement_days(tx, day)?;
        let statements = due::of_contract(tx, id)?;
        let judged = judged(&contract, statements.values(), (day, days));
        Ok((contracts::owner(&contract), judged))
    })
}
