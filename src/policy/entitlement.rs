//! Area entitlement (面积标准): how much a firm may have, by steps of its headcount.
//!
//! Not here: how much there is.

use serde::Deserialize;

use super::Policy;
use super::gather::{Exact, Gather};
use crate::domain::area::{Area, Share};
use crate::domain::evidence::Evidence;
use crate::domain::fault::{Code, Fault, Place};
use crate::domain::firm::Firm;

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
}

/// Tolerance of the area.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AreaRule {
    /// How far an offer may stay below the least area wished.
    #[serde(rename = "tolerance_bp")]
    pub tolerance: Share,
    /// Legal basis.
    pub basis: String,
    /// How well the rule is known.
    pub evidence: Evidence,
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

/// The entitlement of a firm: that of the step that holds its headcount, else nothing.
pub fn of(policy: &Policy, firm: &Firm) -> Entitlement {
    let step = policy.area_steps.iter().find(|s| s.holds(firm.headcount));
    step.map_or_else(
        || Entitlement {
            area_max: Area::ZERO,
            units_max: 0,
            basis: "no area step holds this headcount".to_owned(),
        },
        |s| Entitlement {
            area_max: s.area_max,
            units_max: s.units_max,
            basis: s.basis.clone(),
        },
    )
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
