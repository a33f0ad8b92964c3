//! Area entitlement (面积标准): how much a firm may have. The least of: the step of its headcount; heads
//! times the area per head of the use, where one is given; the cap of one firm, where one is given.
//!
//! Not here: how much there is.

use chrono::NaiveDate;
use serde::Deserialize;

use super::Policy;
use super::gather::{Exact, Gather, exact, maybe_exact, spot};
use crate::domain::area::{Area, Share};
use crate::domain::evidence::Evidence;
use crate::domain::fault::{Code, Fault, Place};
use crate::domain::firm::Firm;
use crate::domain::space::Use;

/// A use has two areas per head, or an area per head or cap is nothing.
pub const BAD_PER_HEAD: Code = Code("PO115");
/// The area steps leave a gap, overlap, fall, or do not reach every eligible headcount.
pub const BAD_AREA_STEPS: Code = Code("PO110");

/// One step: `headcount_from <= headcount < headcount_below`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AreaStep {
    /// First headcount of the step.
    pub headcount_from: u32,
    /// First headcount above the step; `None` = no end.
    pub headcount_below: Option<u32>,
    /// Most units.
    pub units_max: u32,
    /// Largest area.
    pub area_max: Area,
    /// Legal basis.
    pub basis: String,
    /// How well the step is known.
    pub evidence: Evidence,
    /// Last day on which the basis is in force; `None` = not known.
    pub basis_until: Option<NaiveDate>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Twin {
    headcount_from: u32,
    headcount_below: Option<u32>,
    units_max: u32,
    area_max_m2: Exact,
    basis: String,
    evidence: Evidence,
    basis_until: Option<NaiveDate>,
}

/// Tolerance of the area.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AreaRule {
    /// How far an offer may stay below the least area wished.
    #[serde(rename = "tolerance_bp")]
    pub tolerance: Share,
    /// Largest area of one firm; `None` = only the steps limit it.
    #[serde(rename = "firm_cap_m2", default, deserialize_with = "maybe_exact")]
    pub firm_cap: Option<Area>,
    /// Legal basis.
    pub basis: String,
    /// How well the rule is known.
    pub evidence: Evidence,
    /// Last day on which the basis is in force; `None` = not known.
    pub basis_until: Option<NaiveDate>,
}

/// Area per head for one use; a use without one is limited by the steps alone.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PerHead {
    /// The use.
    #[serde(rename = "use")]
    pub use_: Use,
    /// Largest area for each head.
    #[serde(rename = "m2_per_head", deserialize_with = "exact")]
    pub area: Area,
    /// Legal basis.
    pub basis: String,
    /// How well the rule is known.
    pub evidence: Evidence,
    /// Last day on which the basis is in force; `None` = not known.
    pub basis_until: Option<NaiveDate>,
}

/// What a firm may have at most.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entitlement {
    /// Largest area; zero when no step holds the headcount.
    pub area_max: Area,
    /// Most units.
    pub units_max: u32,
    /// Basis of the step.
    pub basis: String,
}

impl AreaStep {
    /// True when the headcount lies in the step.
    pub fn holds(&self, headcount: u32) -> bool {
        self.headcount_from <= headcount && self.headcount_below.is_none_or(|end| headcount < end)
    }
}

/// The entitlement of a firm for a use; nothing when no step holds its headcount. The basis is that
/// of the limit that binds, the step where two are equal.
pub fn of(policy: &Policy, firm: &Firm, use_: Use) -> Entitlement {
    let Some(step) = policy.area_steps.iter().find(|s| s.holds(firm.headcount)) else {
        return Entitlement {
            area_max: Area::ZERO,
            units_max: 0,
            basis: "no area step holds this headcount".to_owned(),
        };
    };
    let per_head = policy.area_per_head.iter().find(|p| p.use_ == use_);
    let by_heads = per_head.map(|p| {
        let heads = i64::from(firm.headcount);
        (Area(p.area.0.saturating_mul(heads)), &p.basis)
    });
    let by_cap = policy.area.firm_cap.map(|cap| (cap, &policy.area.basis));
    let (area_max, basis) = [Some((step.area_max, &step.basis)), by_heads, by_cap]
        .into_iter()
        .flatten()
        .min_by_key(|(area, _)| *area)
        .unwrap_or((step.area_max, &step.basis));
    Entitlement {
        area_max,
        units_max: step.units_max,
        basis: basis.clone(),
    }
}

/// The least area that may be offered to one who asks for `area_min`:
/// `area_min x (1 - tolerance)`, rounded up to 0.01 m2.
pub fn least(policy: &Policy, area_min: Area) -> Area {
    let left = i128::from(10_000 - policy.area.tolerance.bp());
    let exact = i128::from(area_min.0) * left + 9_999;
    Area(i64::try_from(exact.div_euclid(10_000)).unwrap_or(area_min.0))
}

/// Takes the tables `[[area_step]]`.
pub(super) fn rows(doc: &mut Gather) -> Vec<AreaStep> {
    let twins: Vec<Twin> = doc.rows("area_step");
    twins
        .into_iter()
        .filter_map(|twin| {
            let subject = format!("area step from {}", twin.headcount_from);
            Some(AreaStep {
                area_max: doc.keep(&subject, "area_max_m2", twin.area_max_m2.0.parse())?,
                headcount_from: twin.headcount_from,
                headcount_below: twin.headcount_below,
                units_max: twin.units_max,
                basis: twin.basis,
                evidence: twin.evidence,
                basis_until: twin.basis_until,
            })
        })
        .collect()
}

/// Steps begin at or below the least headcount, join without gap or overlap, have no end, never fall.
pub(super) fn breaches(steps: &[AreaStep], min_headcount: u32) -> Vec<Fault> {
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

/// Areas per head and the cap: positive, each use once.
pub(super) fn per_head_breaches(policy: &Policy) -> Vec<Fault> {
    let bad = |subject: &str, key: &str, cause: &str| {
        let action = "give each use one area above zero";
        Fault::new(BAD_PER_HEAD, cause, action).at(spot(subject, key))
    };
    let mut faults = Vec::new();
    for (n, rule) in policy.area_per_head.iter().enumerate() {
        let subject = format!("area per head {:?}", rule.use_);
        if rule.area <= Area::ZERO {
            faults.push(bad(&subject, "m2_per_head", "a head would get nothing"));
        }
        let before = policy.area_per_head.iter().take(n);
        if before.into_iter().any(|r| r.use_ == rule.use_) {
            faults.push(bad(&subject, "use", "the use is named twice"));
        }
    }
    if policy.area.firm_cap.is_some_and(|cap| cap <= Area::ZERO) {
        faults.push(bad("[area]", "firm_cap_m2", "the cap is nothing"));
    }
    faults
}
