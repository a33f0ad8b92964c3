//! The laws that one rule of subsidy keeps by itself.
//!
//! Not here: how a rule compares with others (`lint`).

use super::gather::{prefixes, spot, value};
use super::subsidy_rule::{Band, Cohort, Scale, SubsidyRule};
use crate::domain::area::Area;
use crate::domain::fault::{Code, Fault};
use crate::domain::money::Fen;

/// The bands of a rule do not begin at 0, leave a gap, overlap or do not ascend.
pub const BAD_BANDS: Code = Code("PO111");
/// The keys of a rule do not suit its kind, or half of a guide price is missing.
pub const BAD_SUBSIDY_RULE: Code = Code("PO112");
/// The years of entry of a rule overlap or end before they begin.
pub const BAD_COHORT: Code = Code("PO116");

/// Rules of one stacking group differ in having a cap, so that what is left of it cannot be told.
pub const BAD_STACK: Code = Code("PO118");

/// Most months that can be meant: a hundred years; more is a slip.
const MONTHS_MAX: u32 = 1_200;
/// Largest factor in basis points: a hundred times.
const FACTOR_MAX: u32 = 1_000_000;

/// Breaches of the laws of one rule.
pub(super) fn breaches(rule: &SubsidyRule) -> Vec<Fault> {
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
    if rule.total_cap.is_some_and(|cap| cap <= Fen::ZERO) {
        faults.push(value(
            &subject,
            "total_cap_yuan",
            "a cap of nothing pays nothing",
        ));
    }
    if (rule.multipliers.iter()).any(|m| m.factor_bp == 0 || m.factor_bp > FACTOR_MAX) {
        let cause = "give 1 to 1000000 basis points";
        faults.push(value(&subject, "multipliers.factor_bp", cause));
    }
    if rule.stack_group.as_ref().is_some_and(String::is_empty) {
        faults.push(value(&subject, "stack_group", "the group has no name"));
    }
    faults.extend(cohorts(&subject, &rule.cohorts));
    faults.extend(prefixes(&subject, &rule.industry_prefixes, false));
    let own = std::iter::once(&rule.scale);
    for scale in own.chain(rule.cohorts.iter().map(|c| &c.scale)) {
        if let Scale::Bands(all) = scale {
            faults.extend(bands(&subject, all));
        }
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

fn cohorts(subject: &str, all: &[Cohort]) -> Vec<Fault> {
    let bad = |cause: &str| {
        let action = "let the years of entry ascend without overlap";
        Fault::new(BAD_COHORT, cause, action).at(spot(subject, "cohorts"))
    };
    let mut faults = Vec::new();
    if all.iter().any(|c| c.until_year < c.from_year) {
        faults.push(bad("a cohort ends before it begins"));
    }
    let mut pairs = all.iter().zip(all.iter().skip(1));
    if pairs.any(|(low, high)| high.from_year <= low.until_year) {
        faults.push(bad("two cohorts overlap or do not ascend"));
    }
    faults
}

/// Rules of one stacking group of a district have all a yearly cap or none, and all a total cap or none: earlier
/// payments are known for the group, not for each of its rules.
pub(super) fn stacks(rules: &[SubsidyRule]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (n, rule) in rules.iter().enumerate() {
        let first = rules.iter().take(n).find(|r| {
            r.district == rule.district
                && r.stack_group.is_some()
                && r.stack_group == rule.stack_group
        });
        let differs = |f: &SubsidyRule| {
            f.year_cap.is_some() != rule.year_cap.is_some()
                || f.total_cap.is_some() != rule.total_cap.is_some()
        };
        if let Some(first) = first.filter(|f| differs(f)) {
            let cause = format!(
                "{} has a cap and {} has none, or the other way round",
                first.id, rule.id
            );
            let action = "give a cap to all rules of the group or to none";
            let place = spot(&format!("subsidy {}", rule.id), "stack_group");
            faults.push(Fault::new(BAD_STACK, cause, action).at(place));
        }
    }
    faults
}
