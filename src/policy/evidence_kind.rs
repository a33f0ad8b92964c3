//! Kinds of evidence (申报材料) that rules may ask for, with their names.
//!
//! Absent: no rule asks for evidence.
//!
//! Not here: files (acts), how well a value of the policy is known (`domain::evidence`).

use std::collections::BTreeSet;

use serde::Deserialize;

use super::Policy;
use super::gather::spot;
use crate::domain::fault::{Code, Fault};

/// A rule asks for a kind of evidence that the document does not name.
pub const UNKNOWN_EVIDENCE: Code = Code("PO117");

/// A kind of evidence.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EvidenceKind {
    /// Key.
    pub id: String,
    /// Chinese name.
    pub label_zh: String,
    /// English name.
    pub label_en: String,
}

/// Rules that ask for evidence: place, key and the kinds.
fn asked(policy: &Policy) -> Vec<(String, &'static str, &[String])> {
    let rule = &policy.eligibility;
    let section = || "[eligibility]".to_owned();
    let mut all: Vec<(String, &'static str, &[String])> = vec![
        (section(), "industry_evidence", &rule.industry_evidence),
        (section(), "seat_evidence", &rule.seat_evidence),
        (section(), "headcount_evidence", &rule.headcount_evidence),
    ];
    for rule in &rule.rules {
        let subject = format!("eligibility rule {}", rule.id);
        all.push((subject, "evidence_needed", &rule.evidence_needed));
    }
    for criterion in policy.score_card.iter().flat_map(|card| &card.criteria) {
        let subject = format!("criterion {}", criterion.id);
        all.push((subject, "evidence_needed", &criterion.evidence_needed));
    }
    all
}

/// Breaches: every kind asked for has a name.
pub(super) fn breaches(policy: &Policy) -> Vec<Fault> {
    let known: BTreeSet<&str> = policy
        .evidence_kinds
        .iter()
        .map(|k| k.id.as_str())
        .collect();
    let mut faults = Vec::new();
    for (subject, key, kinds) in asked(policy) {
        for kind in kinds.iter().filter(|k| !known.contains(k.as_str())) {
            let cause = format!("no [[evidence_kind]] is called {kind:?}");
            let fault = Fault::new(UNKNOWN_EVIDENCE, cause, "name it, or correct the name");
            faults.push(fault.at(spot(&subject, key)));
        }
    }
    faults
}
