//! The laws of a policy document that tie values together. Each breach is one fault.
//!
//! Not here: whether a rule is wise or lawful.

use std::collections::BTreeSet;

use super::gather::{KEY_TWICE, prefixes, spot, value};
use super::subsidy_rule::SubsidyRule;
use super::{
    Meta, Policy, conditions, entitlement, evidence_kind, housing, housing_terms, labels,
    optimizer, process, rent, score_card, subsidy_laws, transit, weights,
};
use crate::domain::fault::{Code, Fault};
use crate::domain::place::District;

/// A policy ends before it begins.
pub const BAD_VALIDITY: Code = Code("PO105");
/// A rule names a district that does not exist.
pub const UNKNOWN_DISTRICT: Code = Code("PO150");

/// Every breach of a law inside the document.
pub(super) fn all(policy: &Policy) -> Vec<Fault> {
    let least = policy.eligibility.min_headcount;
    let mut faults = Vec::new();
    faults.extend(validity(&policy.meta));
    faults.extend(eligibility(policy));
    faults.extend(evidence_kind::breaches(policy));
    faults.extend(entitlement::breaches(&policy.area_steps, least));
    faults.extend(entitlement::per_head_breaches(policy));
    faults.extend(policy.subsidy.iter().flat_map(subsidy_laws::breaches));
    faults.extend(subsidy_laws::stacks(&policy.subsidy));
    faults.extend(housing::breaches(policy));
    faults.extend(housing_terms::breaches(&policy.housing));
    faults.extend(policy.rent.iter().flat_map(rent::breaches));
    faults.extend(policy.score_card.iter().flat_map(score_card::breaches));
    faults.extend(policy.process.iter().flat_map(process::breaches));
    faults.extend(policy.optimizer.iter().flat_map(optimizer::breaches));
    faults.extend(weights::breaches(&policy.weights));
    faults.extend(labels::breaches(&policy.labels));
    faults.extend(transit::breaches(&policy.transit));
    faults.extend(conditions::breaches(policy));
    faults.extend(keys(policy));
    faults
}

/// Keys that are empty or used twice in their list.
fn keys(policy: &Policy) -> Vec<Fault> {
    fn ids<T>(all: &[T], id: impl Fn(&T) -> &String) -> Vec<&str> {
        all.iter().map(|t| id(t).as_str()).collect()
    }
    let mut faults = twice("subsidy", ids(&policy.subsidy, |r| &r.id));
    faults.extend(twice("reserve", ids(&policy.reserves, |r| &r.id)));
    faults.extend(twice(
        "evidence kind",
        ids(&policy.evidence_kinds, |k| &k.id),
    ));
    let rules = &policy.eligibility.rules;
    faults.extend(twice("eligibility rule", ids(rules, |r| &r.id)));
    if let Some(rent) = &policy.rent {
        faults.extend(twice("rent reference", ids(&rent.references, |r| &r.id)));
        faults.extend(twice("rent grade", ids(&rent.grades, |r| &r.id)));
        faults.extend(twice("rent tier", ids(&rent.tiers, |r| &r.id)));
    }
    if let Some(card) = &policy.score_card {
        faults.extend(twice("queue", ids(&card.queues, |q| &q.id)));
        faults.extend(twice("criterion", ids(&card.criteria, |c| &c.id)));
    }
    if let Some(process) = &policy.process {
        faults.extend(twice("process risk", ids(&process.risks, |r| &r.id)));
        faults.extend(twice("process route", ids(&process.routes, |r| &r.id)));
        let reasons = ids(&process.reject_reasons, |r| &r.id);
        faults.extend(twice("reject reason", reasons));
    }
    let items: Vec<String> = policy
        .quotas
        .iter()
        .map(|q| format!("{:?}", q.item))
        .collect();
    faults.extend(twice("quota", items.iter().map(String::as_str).collect()));
    faults
}

/// Districts that rules name and `known` does not hold (PO150). The map is not part of the
/// document, so whoever has both asks.
pub fn unknown_districts(policy: &Policy, known: &[District]) -> Vec<Fault> {
    let missing = |rule: &&SubsidyRule| !known.iter().any(|d| d.code == rule.district);
    let fault = |rule: &SubsidyRule| {
        let cause = format!("no district has the code {}", rule.district);
        Fault::new(UNKNOWN_DISTRICT, cause, "use a code of data/districts.csv")
            .at(spot(&format!("subsidy {}", rule.id), "district"))
    };
    policy.subsidy.iter().filter(missing).map(fault).collect()
}

fn validity(meta: &Meta) -> Option<Fault> {
    let last = meta.effective_until?;
    let cause = format!("the policy ends on {last}, before {}", meta.effective_from);
    (last < meta.effective_from).then(|| {
        Fault::new(
            BAD_VALIDITY,
            cause,
            "let the last day be the first or later",
        )
        .at(spot("[meta]", "effective_until"))
    })
}

fn eligibility(policy: &Policy) -> Vec<Fault> {
    let rule = &policy.eligibility;
    let seat = &rule.registered_district_prefix;
    let seat_ok = !seat.is_empty() && seat.len() <= 6 && seat.is_ascii();
    let seat_fault = (!seat_ok).then(|| {
        value(
            "[eligibility]",
            "registered_district_prefix",
            "give one to six characters",
        )
    });
    prefixes("[eligibility]", &rule.industry_prefixes, true)
        .into_iter()
        .chain(seat_fault)
        .collect()
}

fn twice(what: &str, ids: Vec<&str>) -> Vec<Fault> {
    let mut seen = BTreeSet::new();
    let mut faults = Vec::new();
    for id in ids {
        let subject = format!("{what} {id}");
        if id.is_empty() {
            faults.push(value(&subject, "id", "the id is empty"));
        }
        if !seen.insert(id) {
            let fault = Fault::new(KEY_TWICE, "the id is used twice", "rename one of the two");
            faults.push(fault.at(spot(&subject, "id")));
        }
    }
    faults
}
