//! Why an application waits: exactly one of not eligible (all rules not met), nothing fits (units
//! by the law that left them out), priced out (the resources that were missing, counted over its
//! options). Each is computed from the plan itself, never guessed.
//!
//! Not here: the reasons of units (`left_out`), what would have to change.

use std::collections::BTreeMap;

use crate::domain::reason::{Scarce, WhyNot};
use crate::solve::instance::Instance;

use super::build::Case;
use super::lots::at;

/// The reason of a case that is not placed; `left` is what the plan leaves of each resource.
pub fn why(case: &Case, instance: &Instance, left: &[i64]) -> WhyNot {
    if !case.unmet.is_empty() {
        return WhyNot::NotEligible {
            unmet: case.unmet.clone(),
        };
    }
    if case.options.is_empty() {
        return WhyNot::NothingFits {
            left_out: case.left_out.clone(),
        };
    }
    WhyNot::PricedOut {
        options: u64::try_from(case.options.len()).unwrap_or(u64::MAX),
        scarce: scarce(case, instance, left),
    }
}

/// For each resource, how many options need more than is left; most often first, ties by name.
fn scarce(case: &Case, instance: &Instance, left: &[i64]) -> Vec<Scarce> {
    let mut missing: BTreeMap<u32, u64> = BTreeMap::new();
    let uses = case.options.iter().flat_map(|option| &option.uses);
    for (resource, amount) in uses {
        if left.get(at(*resource)).is_none_or(|l| l < amount) {
            *missing.entry(*resource).or_default() += 1;
        }
    }
    let name = |n: u32| instance.resources().get(at(n)).map(|r| r.id.clone());
    let mut scarce: Vec<Scarce> = missing
        .into_iter()
        .filter_map(|(n, options)| name(n).map(|resource| Scarce { resource, options }))
        .collect();
    scarce.sort_by(|a, b| {
        b.options
            .cmp(&a.options)
            .then_with(|| a.resource.cmp(&b.resource))
    });
    scarce
}
