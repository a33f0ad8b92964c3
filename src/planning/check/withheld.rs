//! A plan that is called optimal withholds no apartment: where a placed firm has a household without
//! one, no suitable and open apartment that is worth points stands free. Granting it would break
//! no other law and raise the value, so the plan would not be optimal. An award that a pin keeps whole
//! gets nothing more.
//!
//! Not here: whether a better choice of space exists (the bound speaks of that).

use std::collections::BTreeMap;

use crate::domain::fault::{Code, Fault};
use crate::domain::housing::{ApartmentType, Households};
use crate::domain::plan::{Award, Plan};
use crate::domain::points::Points;
use crate::policy::housing;

use super::apartments::is_open;
use super::law::{Asker, Law};
use super::wrong;

/// A plan that is called optimal withholds an apartment that is free, suitable and open.
pub const WITHHELD: Code = Code("CK146");

/// Households that a plan called optimal leaves without an apartment though one is free.
pub fn faults(law: &Law, plan: &Plan) -> Vec<Fault> {
    if plan.proof.status != "optimal" {
        return Vec::new();
    }
    let free = free(law, plan);
    let kept = |award: &Award| {
        let mut pins = law.snapshot.pins.iter();
        pins.any(|p| p.application == award.application && p.kept.is_some())
    };
    let of_award = |award: &Award| -> Vec<Fault> {
        if kept(award) {
            return Vec::new();
        }
        let Some(asker) = law.asker(award.application.as_str()) else {
            return Vec::new();
        };
        let short = asker.application.households.iter();
        let short = short.filter(|h| granted(award, h) < u64::from(h.count));
        short
            .filter_map(|h| withheld(law, &asker, award, h, &free))
            .collect()
    };
    plan.awards.iter().flat_map(of_award).collect()
}

/// Apartment types of which some are left.
fn free<'a>(law: &Law<'a>, plan: &Plan) -> Vec<&'a ApartmentType> {
    let mut given: BTreeMap<&str, u64> = BTreeMap::new();
    for grant in plan.awards.iter().flat_map(|a| &a.apartments) {
        *given.entry(grant.apartment.as_str()).or_default() += u64::from(grant.count);
    }
    let left = |t: &&ApartmentType| given.get(t.id.as_str()).copied().unwrap_or(0) < t.count.into();
    law.stock.apartments.iter().filter(left).collect()
}

fn granted(award: &Award, wished: &Households) -> u64 {
    let of_kind = award
        .apartments
        .iter()
        .filter(|g| g.household == wished.kind);
    of_kind.map(|g| u64::from(g.count)).sum()
}

fn withheld(
    law: &Law,
    asker: &Asker,
    award: &Award,
    wished: &Households,
    free: &[&ApartmentType],
) -> Option<Fault> {
    if law.policy.weights.apartment(wished.kind) <= Points::ZERO {
        return None;
    }
    let layouts = housing::layouts(&law.policy, wished.kind);
    let suits = |t: &&&ApartmentType| layouts.contains(&t.layout);
    let spare = free
        .iter()
        .filter(suits)
        .find(|t| is_open(law, asker, &award.site, t))?;
    let cause = format!(
        "{} is free, suits the household {:?} and is withheld, so the plan is not optimal",
        spare.id, wished.kind
    );
    Some(wrong(WITHHELD, award.application.as_str(), cause))
}
