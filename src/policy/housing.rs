//! Talent housing (人才公寓): which household may take which layout, and what counts as near.
//!
//! Not here: distances and minutes (atlas), how many apartments there are (inventory).

use serde::Deserialize;

use super::Policy;
use crate::domain::evidence::Evidence;
use crate::domain::fault::Code;
use crate::domain::housing::{HouseholdKind, Layout};

/// A kind of household has no rule, two rules, or no layout.
pub const BAD_HOUSEHOLD: Code = Code("PO120");

/// All kinds of household, in order of size.
pub const KINDS: [HouseholdKind; 4] = [
    HouseholdKind::Single,
    HouseholdKind::Couple,
    HouseholdKind::Family,
    HouseholdKind::Large,
];

/// The housing rules.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Housing {
    /// A project is near when it is at most so many metres away ..
    pub near_metres: u32,
    /// .. or so many minutes from door to door.
    pub near_minutes: u32,
    /// Apartments of a park go first to firms in that park.
    pub same_park_first: bool,
    /// Legal basis.
    pub basis: String,
    /// How well the rule is known.
    pub evidence: Evidence,
    /// Layouts by kind of household, each kind once.
    #[serde(rename = "household", default)]
    pub households: Vec<HouseholdRule>,
}

/// Layouts that a kind of household may take.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HouseholdRule {
    /// The kind.
    pub kind: HouseholdKind,
    /// Layouts, the best first.
    pub layouts: Vec<Layout>,
    /// Legal basis.
    pub basis: String,
    /// How well the rule is known.
    pub evidence: Evidence,
}

/// The layouts that a kind of household may take, the best first. Never empty for a policy that
/// was read.
pub fn layouts(policy: &Policy, kind: HouseholdKind) -> &[Layout] {
    let rule = policy.housing.households.iter().find(|r| r.kind == kind);
    rule.map_or(&[], |r| &r.layouts)
}
