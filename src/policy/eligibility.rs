//! Eligibility (准入条件): which rules a firm and its application do not meet, all of them, each
//! with its basis. Nothing is scored here: a rule is met or not.
//!
//! Not here: whether the facts are true (review), what the firm gets (planning).

use serde::Deserialize;

use super::{Policy, entitlement};
use crate::domain::application::Application;
use crate::domain::evidence::Evidence;
use crate::domain::firm::Firm;
use crate::domain::reason::Unmet;

/// Who may apply.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Eligibility {
    /// The main industry lies under one of these GB/T 4754 prefixes.
    pub industry_prefixes: Vec<String>,
    /// Least mean number of insured employees of the last three months.
    pub min_headcount: u32,
    /// The district of registration begins with this.
    pub registered_district_prefix: String,
    /// Legal basis.
    pub basis: String,
    /// How well the rule is known.
    pub evidence: Evidence,
}

/// Every rule that is not met, in the order industry, seat, headcount, entitlement; empty = eligible.
/// The entitlement is tried only when the headcount rule is met, for it is counted by heads.
pub fn unmet(policy: &Policy, firm: &Firm, application: &Application) -> Vec<Unmet> {
    [
        industry(policy, firm),
        seat(policy, firm),
        headcount(policy, firm).or_else(|| entitled(policy, firm, application)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn broken(rule: &str, basis: &str, cause: String) -> Option<Unmet> {
    Some(Unmet {
        rule: rule.to_owned(),
        basis: basis.to_owned(),
        cause,
    })
}

fn industry(policy: &Policy, firm: &Firm) -> Option<Unmet> {
    let rule = &policy.eligibility;
    if rule
        .industry_prefixes
        .iter()
        .any(|p| firm.industry.is_under(p))
    {
        return None;
    }
    let asked = rule.industry_prefixes.join(", ");
    let cause = format!("industry {} is not under {asked}", firm.industry);
    broken("industry", &rule.basis, cause)
}

fn seat(policy: &Policy, firm: &Firm) -> Option<Unmet> {
    let rule = &policy.eligibility;
    let prefix = &rule.registered_district_prefix;
    if firm.district.as_str().starts_with(prefix.as_str()) {
        return None;
    }
    let cause = format!("registered in {}, asked is {prefix}..", firm.district);
    broken("registered_district", &rule.basis, cause)
}

fn headcount(policy: &Policy, firm: &Firm) -> Option<Unmet> {
    let rule = &policy.eligibility;
    if firm.headcount >= rule.min_headcount {
        return None;
    }
    let cause = format!(
        "{} insured employees, asked are at least {}",
        firm.headcount, rule.min_headcount
    );
    broken("headcount", &rule.basis, cause)
}

fn entitled(policy: &Policy, firm: &Firm, application: &Application) -> Option<Unmet> {
    let limit = entitlement::of(policy, firm);
    let least = entitlement::least(policy, application.area_min);
    if least <= limit.area_max {
        return None;
    }
    let cause = format!(
        "asks for at least {least} m2, {} insured employees give at most {} m2",
        firm.headcount, limit.area_max
    );
    broken("entitlement", &limit.basis, cause)
}
