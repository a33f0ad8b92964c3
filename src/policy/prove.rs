//! The laws of a policy document that tie values together. Each breach is one fault.
//!
//! Not here: whether a rule is wise or lawful.

use std::collections::BTreeSet;

use super::entitlement::{AreaStep, BAD_AREA_STEPS};
use super::gather::{BAD_VALUE, KEY_TWICE, spot};
use super::housing::{BAD_HOUSEHOLD, KINDS};
use super::labels::BAD_LABEL;
use super::subsidy_rule::{BAD_BANDS, Band, Scale, SubsidyRule};
use super::transit::BAD_TRANSIT;
use super::weights::{BAD_WEIGHT, PARTS, WEIGHT_MAX};
use super::{Meta, Policy};
use crate::domain::area::Area;
use crate::domain::fault::{Code, Fault, Place};
use crate::domain::money::Fen;
use crate::domain::place::District;
use crate::domain::points::Points;

/// A policy ends before it begins.
pub const BAD_VALIDITY: Code = Code("PO105");
/// A rule names a district that does not exist.
pub const UNKNOWN_DISTRICT: Code = Code("PO150");

/// Most months of subsidy and most minutes or metres that can be meant; larger is a slip.
const MONTHS_MAX: u32 = 1_200;

/// Every breach of a law inside the document.
pub(super) fn all(policy: &Policy) -> Vec<Fault> {
    let mut faults = Vec::new();
    faults.extend(validity(&policy.meta));
    faults.extend(eligibility(policy));
    faults.extend(steps(&policy.area_steps, policy.eligibility.min_headcount));
    faults.extend(twice(
        "subsidy",
        policy.subsidy.iter().map(|r| r.id.as_str()),
    ));
    faults.extend(policy.subsidy.iter().flat_map(subsidy));
    faults.extend(households(policy));
    faults.extend(twice(
        "reserve",
        policy.reserves.iter().map(|r| r.id.as_str()),
    ));
    faults.extend(weights(policy));
    faults.extend(labels(policy));
    faults.extend(transit(policy));
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

fn value(subject: &str, key: &str, cause: &str) -> Fault {
    Fault::new(BAD_VALUE, cause, "correct the value").at(spot(subject, key))
}

/// Prefixes of industry codes: one to four digits, at least one where `needed`.
fn prefixes(subject: &str, all: &[String], needed: bool) -> Option<Fault> {
    let is_prefix =
        |p: &String| (1..=4).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_digit());
    let bad = (needed && all.is_empty()) || !all.iter().all(is_prefix);
    let cause = "a prefix of an industry code is one to four digits";
    bad.then(|| value(subject, "industry_prefixes", cause))
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

/// Steps begin at or below the least headcount, join without gap or overlap, have no end, never fall.
fn steps(steps: &[AreaStep], min_headcount: u32) -> Vec<Fault> {
    let bad = |from: u32, cause: &str| {
        Fault::new(
            BAD_AREA_STEPS,
            cause,
            "let each step begin where the last one ends",
        )
        .at(Place::subject(format!("area step from {from}")))
    };
    let mut faults = Vec::new();
    match (steps.first(), steps.last()) {
        (Some(first), Some(last)) => {
            if first.headcount_from > min_headcount {
                faults.push(bad(
                    first.headcount_from,
                    "the least eligible headcount has no step",
                ));
            }
            if last.headcount_below.is_some() {
                faults.push(bad(last.headcount_from, "the last step has an end"));
            }
        }
        _ => faults.push(bad(min_headcount, "there is no step at all")),
    }
    for step in steps {
        if step.area_max <= Area::ZERO || step.units_max == 0 {
            faults.push(bad(step.headcount_from, "the step gives nothing"));
        }
        if step
            .headcount_below
            .is_some_and(|end| end <= step.headcount_from)
        {
            faults.push(bad(step.headcount_from, "the step holds no headcount"));
        }
    }
    for (low, high) in steps.iter().zip(steps.iter().skip(1)) {
        if low.headcount_below != Some(high.headcount_from) {
            faults.push(bad(
                high.headcount_from,
                "the step leaves a gap or overlaps",
            ));
        }
        if high.area_max < low.area_max || high.units_max < low.units_max {
            faults.push(bad(
                high.headcount_from,
                "more employees would be entitled to less",
            ));
        }
    }
    faults
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

fn subsidy(rule: &SubsidyRule) -> Vec<Fault> {
    let subject = format!("subsidy {}", rule.id);
    let mut faults = Vec::new();
    if rule.months == 0 || rule.months > MONTHS_MAX {
        faults.push(value(&subject, "months", "give 1 to 1200 months"));
    }
    if rule.year_cap.is_some_and(|cap| cap <= Fen::ZERO) {
        faults.push(value(
            &subject,
            "year_cap_yuan",
            "a cap of nothing pays nothing",
        ));
    }
    if rule.area_cap.is_some_and(|cap| cap <= Area::ZERO) {
        faults.push(value(
            &subject,
            "area_cap_m2",
            "a cap of nothing pays nothing",
        ));
    }
    if rule
        .guide
        .is_some_and(|g| g.factor_bp == 0 || g.factor_bp > 1_000_000)
    {
        faults.push(value(
            &subject,
            "guide_factor_bp",
            "give 1 to 1000000 basis points",
        ));
    }
    faults.extend(prefixes(&subject, &rule.industry_prefixes, false));
    if let Scale::Bands(all) = &rule.scale {
        faults.extend(bands(&subject, all));
    }
    faults
}

fn bands(subject: &str, all: &[Band]) -> Vec<Fault> {
    let bad = |cause: &str| {
        Fault::new(
            BAD_BANDS,
            cause,
            "let each band begin where the last one ends",
        )
        .at(spot(subject, "bands"))
    };
    let mut faults = Vec::new();
    if all.first().is_none_or(|band| band.from != Area::ZERO) {
        faults.push(bad("the first band does not begin at 0"));
    }
    if all
        .iter()
        .any(|band| band.to.is_some_and(|to| to <= band.from))
    {
        faults.push(bad("a band ends before or where it begins"));
    }
    let joined = |(low, high): (&Band, &Band)| low.to == Some(high.from);
    if !all.iter().zip(all.iter().skip(1)).all(joined) {
        faults.push(bad("the bands leave a gap, overlap or do not ascend"));
    }
    faults
}

fn households(policy: &Policy) -> Vec<Fault> {
    let rules = &policy.housing.households;
    let bad = |kind, cause: &str| {
        Fault::new(
            BAD_HOUSEHOLD,
            cause,
            "give each kind of household one rule with its layouts",
        )
        .at(Place::subject(format!("household {kind:?}").to_lowercase()))
    };
    let mut faults = Vec::new();
    for kind in KINDS {
        if rules.iter().filter(|r| r.kind == kind).count() != 1 {
            faults.push(bad(kind, "the kind has no rule, or more than one"));
        }
    }
    for rule in rules {
        let distinct: BTreeSet<_> = rule.layouts.iter().collect();
        if rule.layouts.is_empty() || distinct.len() != rule.layouts.len() {
            faults.push(bad(rule.kind, "the kind has no layout, or one twice"));
        }
    }
    faults
}

fn weights(policy: &Policy) -> Vec<Fault> {
    let bad = |key: &str, cause: &str| {
        Fault::new(BAD_WEIGHT, cause, "give 0 to 1000000000 milli-points")
            .at(spot("[weights]", key))
    };
    let mut faults = Vec::new();
    for (key, points) in policy.weights.named() {
        if points < Points::ZERO || points > WEIGHT_MAX {
            faults.push(bad(key, "the weight is negative or too large"));
        }
    }
    if policy.weights.placed_base <= Points::ZERO {
        faults.push(bad(
            "placed_base",
            "a plain placement would be worth nothing",
        ));
    }
    faults
}

fn labels(policy: &Policy) -> Vec<Fault> {
    let bad = |part: &str, cause: &str| {
        Fault::new(BAD_LABEL, cause, "label exactly the parts of a score").at(spot("[label]", part))
    };
    let mut faults = Vec::new();
    for part in PARTS {
        let named = policy.labels.get(part);
        if named.is_none_or(|l| l.zh.is_empty() || l.en.is_empty()) {
            faults.push(bad(part, "the part has no label in both languages"));
        }
    }
    for part in policy
        .labels
        .keys()
        .filter(|k| !PARTS.contains(&k.as_str()))
    {
        faults.push(bad(part, "no part of a score has this name"));
    }
    faults
}

fn transit(policy: &Policy) -> Vec<Fault> {
    let speeds = &policy.transit;
    let bad = |key: &str, cause: &str| {
        Fault::new(BAD_TRANSIT, cause, "correct the value").at(spot("[transit]", key))
    };
    let mut faults = Vec::new();
    if speeds.walk_m_per_min == 0 {
        faults.push(bad("walk_m_per_min", "nobody would arrive"));
    }
    if !(10_000..=100_000).contains(&speeds.detour_bp) {
        faults.push(bad("detour_bp", "give 10000 (straight) to 100000"));
    }
    if speeds.ride_min_per_km_x100 == 0 {
        faults.push(bad("ride_min_per_km_x100", "a ride would take no time"));
    }
    faults
}
