//! What a contract weighs in the draw: 1 and what the conditions of the policy add for the firm, and for its
//! record whole numbers of the policy times what was counted.
//!
//! Not here: the draw (`lottery`).

use chrono::NaiveDate;

use super::kpis::{self, TermOutcome};
use super::{due, rules};
use crate::domain::draw::{Risk, WEIGHT_MAX};
use crate::domain::fault::Faults;
use crate::domain::finding::{Finding, FindingStage};
use crate::domain::firm::Firm;
use crate::domain::offer::Contract;
use crate::policy::Policy;
use crate::policy::condition::Facts;
use crate::policy::process::Process;
use crate::store::{self, Reading};

/// Fen of a million of yuan.
const MILLION: i64 = 100_000_000;

/// The rules of a draw on a day.
pub(super) struct Rules {
    policy: Policy,
    day: NaiveDate,
}

impl Rules {
    /// Those of the policy in force; AC110 without one.
    pub fn on(tx: &mut Reading<'_>, day: NaiveDate) -> Result<Rules, Faults> {
        let policy = rules(tx, day)?;
        Ok(Rules { policy, day })
    }

    /// Version of the policy.
    pub fn version(&self) -> &str {
        &self.policy.meta.version
    }

    /// How many of `n` are drawn: the rate of the policy, rounded up. PO171 without rules of the
    /// procedure.
    pub fn count(&self, n: usize) -> Result<u32, Faults> {
        let rate = u64::try_from(self.policy.process()?.spot_check_rate.bp()).unwrap_or(0);
        let exact = (n as u64).saturating_mul(rate).div_ceil(10_000);
        Ok(u32::try_from(exact.max(1)).unwrap_or(u32::MAX))
    }

    /// The risk of a contract and its weight.
    pub fn weigh(&self, tx: &mut Reading<'_>, contract: &Contract) -> Result<(Risk, u64), Faults> {
        let process = self.policy.process()?;
        let firm: Firm = store::need(tx, contract.firm.as_str())?;
        let days = process.statement_calendar_days;
        let owed = due::owed(tx, contract, self.day, days)?;
        let statements = due::of_contract(tx, &contract.id)?;
        let terms = kpis::judged(contract, statements.values(), (self.day, days));
        let findings: Vec<Finding> = store::having(tx, "contract_id", contract.id.as_str())?;
        let awarded = contract.award.subsidy.as_ref().map_or(0, |s| s.awarded.0);
        let count = |n: usize| n as u64;
        let risk = Risk {
            base: process.risk_weight(&Facts::of_firm(&firm, self.day)),
            overdue: count(owed.iter().filter(|o| o.overdue).count()),
            kpis_missed: count(
                terms
                    .iter()
                    .filter(|t| t.outcome == TermOutcome::NotMet)
                    .count(),
            ),
            findings: count(
                findings
                    .iter()
                    .filter(|f| f.stage != FindingStage::Dismissed)
                    .count(),
            ),
            subsidy_millions: u64::try_from(awarded / MILLION).unwrap_or(0),
        };
        Ok((risk, weight(process, &risk)))
    }
}

fn weight(process: &Process, risk: &Risk) -> u64 {
    let each = process.record_weights;
    let parts = [
        (each.overdue_statement, risk.overdue),
        (each.term_missed, risk.kpis_missed),
        (each.finding, risk.findings),
        (each.subsidy_million, risk.subsidy_millions),
    ];
    let sum = parts.into_iter().fold(risk.base, |sum, (weight, count)| {
        sum.saturating_add(u64::from(weight).saturating_mul(count))
    });
    sum.clamp(1, WEIGHT_MAX)
}
