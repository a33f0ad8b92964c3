//! Area entitlement (面积标准): how much a firm may have, by steps of its headcount.
//!
//! Not here: how much there is.

use serde::Deserialize;

use super::Policy;
use super::gather::{Exact, Gather};
use crate::domain::area::{Area, Share};
use crate::domain::evidence::Evidence;
use crate::domain::fault::Code;
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
