//! All conditions of a policy with the rule that each belongs to, and the law where each may ask for
//! facts of an application.
//!
//! Not here: the language (`condition`).

use super::Policy;
use super::condition::Condition;
use super::gather::spot;
use crate::domain::fault::{Code, Fault};

/// A condition asks for a fact of the application where only the firm is known.
pub const NOT_KNOWN_HERE: Code = Code("PO114");

/// A condition with its rule.
#[derive(Debug, Clone, Copy)]
pub struct Placed<'a> {
    /// Section, for example `subsidy`.
    pub section: &'static str,
    /// Key of the rule.
    pub rule: &'a str,
    /// The condition.
    pub condition: &'a Condition,
    /// False where only the firm is known.
    pub of_application: bool,
}

/// Every condition of the document, in its order.
pub fn all(policy: &Policy) -> Vec<Placed<'_>> {
    let mut all = applicants(policy);
    let firms = |section, rule, condition| Placed {
        section,
        rule,
        condition,
        of_application: false,
    };
    for rule in &policy.subsidy {
        all.extend(rule.condition.iter().map(|c| firms("subsidy", &rule.id, c)));
        let multipliers = rule.multipliers.iter();
        all.extend(multipliers.map(|m| firms("subsidy", &rule.id, &m.condition)));
    }
    for tier in policy.rent.iter().flat_map(|r| &r.tiers) {
        all.extend(
            tier.condition
                .iter()
                .map(|c| firms("rent.tier", &tier.id, c)),
        );
    }
    for bonus in policy.housing.firm_quota.iter().flat_map(|q| &q.bonus) {
        all.push(firms("housing.firm_quota", "", &bonus.condition));
    }
    for risk in policy.process.iter().flat_map(|p| &p.risks) {
        all.push(firms("process.risk", &risk.id, &risk.condition));
    }
    all
}

/// Conditions that see firm and application.
fn applicants(policy: &Policy) -> Vec<Placed<'_>> {
    let of = |section, rule, condition| Placed {
        section,
        rule,
        condition,
        of_application: true,
    };
    let mut all = Vec::new();
    for rule in &policy.eligibility.rules {
        let conditions = rule.condition.iter();
        all.extend(conditions.map(|c| of("eligibility.rule", rule.id.as_str(), c)));
    }
    if let Some(card) = &policy.score_card {
        let queues = card.queues.iter();
        all.extend(queues.map(|q| of("score_card.queue", q.id.as_str(), &q.condition)));
        for criterion in &card.criteria {
            let steps = criterion.steps.iter();
            let place = |c| of("score_card.criterion", criterion.id.as_str(), c);
            all.extend(steps.map(|s| place(&s.condition)));
        }
    }
    all
}

/// Breaches: where only the firm is known, a condition asks only for the firm.
pub(super) fn breaches(policy: &Policy) -> Vec<Fault> {
    let wrong = |p: &Placed<'_>| !p.of_application && p.condition.0.asks_application();
    let fault = |p: Placed<'_>| {
        let cause = format!("here only the firm is known: {}", p.condition);
        Fault::new(NOT_KNOWN_HERE, cause, "ask for facts of the firm only")
            .at(spot(&format!("{} {}", p.section, p.rule), "condition"))
    };
    all(policy).into_iter().filter(wrong).map(fault).collect()
}
