//! Eligibility (准入条件) rule by rule: met, not met or needs evidence, each with its clause.
//!
//! Three rules have keys of their own (industry, seat, headcount), the area entitlement follows from
//! its steps, and any number of named rules state a condition, evidence, or both. A rule needs
//! evidence when a fact that decides is not known, or when its facts are good and a document it asks
//! for is not there. Nothing is scored here.
//!
//! Not here: whether the facts are true (review), what the firm gets (planning).

use chrono::NaiveDate;
use serde::Deserialize;

use super::condition::{Condition, Facts, Truth};
use super::entitlement;
use super::labels::Label;
use super::verdict::Papers;
use super::{Policy, verdict};
use crate::domain::application::Application;
use crate::domain::evidence::Evidence;
use crate::domain::firm::Firm;
use crate::domain::reason::Unmet;

pub use super::verdict::{Outcome, Verdict};

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
    /// Clause of the rule text.
    #[serde(default)]
    pub clause: String,
    /// Kinds of evidence that prove the industry.
    #[serde(default)]
    pub industry_evidence: Vec<String>,
    /// Kinds of evidence that prove the seat.
    #[serde(default)]
    pub seat_evidence: Vec<String>,
    /// Kinds of evidence that prove the headcount.
    #[serde(default)]
    pub headcount_evidence: Vec<String>,
    /// Legal basis.
    pub basis: String,
    /// How well the rule is known.
    pub evidence: Evidence,
    /// Last day on which the basis is in force; `None` = not known.
    pub basis_until: Option<NaiveDate>,
    /// Further rules by name; none = the keys above are all.
    #[serde(rename = "rule", default)]
    pub rules: Vec<NamedRule>,
}

/// A rule with a name.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NamedRule {
    /// Key.
    pub id: String,
    /// Clause of the rule text.
    #[serde(default)]
    pub clause: String,
    /// Chinese name.
    pub label_zh: String,
    /// English name.
    pub label_en: String,
    /// What must hold; `None` = only the evidence is asked for.
    pub condition: Option<Condition>,
    /// Kinds of evidence (`[[evidence_kind]]`) that must all be there.
    #[serde(default)]
    pub evidence_needed: Vec<String>,
    /// Legal basis.
    pub basis: String,
    /// How well the rule is known.
    pub evidence: Evidence,
    /// Last day on which the basis is in force; `None` = not known.
    pub basis_until: Option<NaiveDate>,
}

/// Every rule with its outcome, in the order industry, seat, headcount, entitlement, then the named
/// rules as written. `held` are the kinds of evidence that are there; ages count on `day`.
pub fn evaluate(
    policy: &Policy,
    firm: &Firm,
    application: &Application,
    held: &[&str],
    day: NaiveDate,
) -> Vec<Verdict> {
    let rule = &policy.eligibility;
    let asked = Facts {
        firm,
        application: Some(application),
        day,
    };
    let papers = Papers {
        held,
        kinds: &policy.evidence_kinds,
    };
    let mut all = vec![
        verdict::industry(rule, firm).with_evidence(&rule.industry_evidence, &papers),
        verdict::seat(rule, firm).with_evidence(&rule.seat_evidence, &papers),
        verdict::headcount(rule, firm).with_evidence(&rule.headcount_evidence, &papers),
        entitled(policy, firm, application),
    ];
    let named = rule.rules.iter();
    all.extend(named.map(|r| verdict::named(r, &asked).with_evidence(&r.evidence_needed, &papers)));
    all
}

/// Every rule that is not met by the facts, in the order of [`evaluate`]; empty = eligible. A fact
/// that is not known does not meet a rule. Documents do not count here: whoever is in a snapshot was
/// verified. The entitlement is tried only when the headcount rule is met, for it is counted by heads.
pub fn unmet(
    policy: &Policy,
    firm: &Firm,
    application: &Application,
    day: NaiveDate,
) -> Vec<Unmet> {
    let rule = &policy.eligibility;
    let asked = Facts {
        firm,
        application: Some(application),
        day,
    };
    let heads = verdict::headcount(rule, firm);
    let heads = match heads.outcome {
        Outcome::Met => entitled(policy, firm, application),
        _ => heads,
    };
    let mut all = vec![
        verdict::industry(rule, firm),
        verdict::seat(rule, firm),
        heads,
    ];
    all.extend(rule.rules.iter().map(|r| verdict::named(r, &asked)));
    all.into_iter().filter_map(Verdict::unmet).collect()
}

fn entitled(policy: &Policy, firm: &Firm, application: &Application) -> Verdict {
    let limit = entitlement::of(policy, firm, application.use_);
    let least = entitlement::least(policy, application.area_min);
    let heads = firm.headcount;
    Verdict {
        rule: "entitlement".to_owned(),
        clause: policy.eligibility.clause.clone(),
        basis: limit.basis,
        label: verdict::label("面积标准", "Area entitlement"),
        outcome: verdict::met(least <= limit.area_max),
        detail: verdict::label(
            &format!(
                "申请至少{least}平方米，参保{heads}人最多可得{}平方米",
                limit.area_max
            ),
            &format!(
                "asks for at least {least} m2, {heads} insured employees give at most {} m2",
                limit.area_max
            ),
        ),
        missing: Vec::new(),
    }
}

impl NamedRule {
    /// What the condition says; met when there is none.
    pub fn says(&self, facts: &Facts<'_>) -> Truth {
        self.condition
            .as_ref()
            .map_or(Truth::Yes, |condition| condition.of(facts))
    }

    /// The name in both languages.
    pub fn label(&self) -> Label {
        verdict::label(&self.label_zh, &self.label_en)
    }
}
