//! Talent housing (人才公寓): which household may take which layout, and what counts as near.
//!
//! Not here: distances and minutes (atlas), how many apartments there are (inventory).

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::Deserialize;

use super::Policy;
use super::housing_terms::{Cash, FirmQuota, HousingRent};
use crate::domain::evidence::Evidence;
use crate::domain::fault::{Code, Fault, Place};
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
    /// Last day on which the basis is in force; `None` = not known.
    pub basis_until: Option<NaiveDate>,
    /// Rent as a share of the market; `None` = the rent of the apartment type.
    pub rent: Option<HousingRent>,
    /// Most apartments of a firm; `None` = no quota of its own.
    pub firm_quota: Option<FirmQuota>,
    /// Money in place of an apartment; `None` = apartments only.
    pub cash: Option<Cash>,
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
    /// Last day on which the basis is in force; `None` = not known.
    pub basis_until: Option<NaiveDate>,
}

/// The layouts that a kind of household may take, the best first. Never empty for a policy that
/// was read.
pub fn layouts(policy: &Policy, kind: HouseholdKind) -> &[Layout] {
    let rule = policy.housing.households.iter().find(|r| r.kind == kind);
    rule.map_or(&[], |r| &r.layouts)
}

/// Breaches: each kind has one rule with distinct layouts.
pub(super) fn breaches(policy: &Policy) -> Vec<Fault> {
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
