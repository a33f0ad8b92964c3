//! The laws of a policy document that tie values together. Each breach is one fault.
//!
//! Not here: whether a rule is wise or lawful.

use std::collections::BTreeSet;

use super::gather::{KEY_TWICE, prefixes, spot, value};
use super::subsidy_rule::SubsidyRule;
use super::{Meta, Policy, entitlement, housing, labels, subsidy_rule, transit, weights};
use crate::domain::fault::{Code, Fault};
use crate::domain::place::District;

/// A policy ends before it begins.
pub const BAD_VALIDITY: Code = Code("PO105");
/// A rule names a district that does not exist.
pub const UNKNOWN_DISTRICT: Code = Code("PO150");

/// Every breach of a law inside the document.
pub(super) fn all(policy: &Policy) -> Vec<Fault> {
    let subsidies = policy.subsidy.iter().map(|r| r.id.as_str());
    let reserves = policy.reserves.iter().map(|r| r.id.as_str());
    let least = policy.eligibility.min_headcount;
    let mut faults = Vec::new();
    faults.extend(validity(&policy.meta));
    faults.extend(eligibility(policy));
    faults.extend(entitlement::breaches(&policy.area_steps, least));
    faults.extend(twice("subsidy", subsidies));
    faults.extend(policy.subsidy.iter().flat_map(subsidy_rule::breaches));
    faults.extend(housing::breaches(policy));
    faults.extend(twice("reserve", reserves));
    faults.extend(weights::breaches(&policy.weights));
    faults.extend(labels::breaches(&policy.labels));
    faults.extend(transit::breaches(&policy.transit));
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

fn twice<'a>(what: &str, ids: impl Iterator<Item = &'a str>) -> Vec<Fault> {
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
