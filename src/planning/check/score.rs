//! Points: each part of a score, the value as their sum, the bound not below it, and the status.
//!
//! Not here: the formula of each part (policy), whether the bound is proven (outcome and its
//! certificate).

use std::collections::BTreeMap;

use crate::domain::fault::{Code, Fault};
use crate::domain::money::Fen;
use crate::domain::plan::{Award, Plan};
use crate::policy::weights::{Facts, PARTS};

use super::law::{Asker, Law};
use super::{wrong, wrong_plan};

/// A part of a score is wrong, missing or named twice.
pub const SCORE_WRONG: Code = Code("CK150");
/// The value is not the sum of all points.
pub const VALUE_WRONG: Code = Code("CK151");
/// The bound is below the value.
pub const BOUND_BELOW_VALUE: Code = Code("CK152");
/// The status is unknown, or `optimal` without a bound that proves it.
pub const STATUS_WRONG: Code = Code("CK153");
/// The minutes to the nearest anchor are wrong.
pub const MINUTES_WRONG: Code = Code("CK154");

/// Wrong parts of the score of an award, and wrong minutes.
pub fn parts(law: &Law, asker: &Asker, award: &Award) -> Vec<Fault> {
    let key = award.application.as_str();
    let place = law.stock.sites.iter().position(|s| s.id == award.site);
    let place = place
        .and_then(|n| u32::try_from(n).ok())
        .unwrap_or(u32::MAX);
    let site = law.atlas.site_parts(&asker.need, place);
    let mut faults = Vec::new();
    if award.minutes != site.minutes {
        let cause = format!(
            "{:?} minutes to an anchor, right are {:?}",
            award.minutes, site.minutes
        );
        faults.push(wrong(MINUTES_WRONG, key, cause));
    }
    let area: i64 = award
        .units
        .iter()
        .map(|g| g.area.0)
        .fold(0, i64::saturating_add);
    let due = law.policy.weights.parts(&Facts {
        area: crate::domain::area::Area(area),
        wish: (asker.application.area_min, asker.application.area_max),
        cluster_fit_bp: site.cluster_fit_bp,
        field_affinity_bp: site.field_affinity_bp,
        wish_rank: rank(asker, award),
        minutes: site.minutes,
        credentials: &asker.firm.credentials,
        subsidy: award.subsidy.as_ref().map_or(Fen::ZERO, |s| s.computed),
    });
    let Ok(due) = due else {
        faults.push(wrong(
            SCORE_WRONG,
            key,
            "the points exceed 64 bits".to_owned(),
        ));
        return faults;
    };
    let mut stated: BTreeMap<&str, Vec<i64>> = BTreeMap::new();
    for part in &award.score {
        stated
            .entry(part.name.as_str())
            .or_default()
            .push(part.points.0);
    }
    for (name, points) in PARTS.iter().zip(due) {
        let found = stated.remove(name).unwrap_or_default();
        let right = if points.0 == 0 {
            found.is_empty()
        } else {
            found == [points.0]
        };
        if !right {
            let cause = format!(
                "the part {name} is {found:?}, right are {} milli-points",
                points.0
            );
            faults.push(wrong(SCORE_WRONG, key, cause));
        }
    }
    let unknown = |name: &&str| wrong(SCORE_WRONG, key, format!("there is no part {name}"));
    faults.extend(stated.keys().map(unknown));
    faults
}

/// Rank of the site among the wishes, from 0.
fn rank(asker: &Asker, award: &Award) -> Option<u32> {
    let wishes = &asker.application.site_wishes;
    let rank = wishes.iter().position(|s| *s == award.site)?;
    u32::try_from(rank).ok()
}

/// Whether value, bound and status agree with the awards.
pub fn proof(plan: &Plan) -> Vec<Fault> {
    let mut faults = Vec::new();
    let space = plan
        .awards
        .iter()
        .flat_map(|a| &a.score)
        .map(|p| i128::from(p.points.0));
    let homes = plan
        .awards
        .iter()
        .flat_map(|a| &a.apartments)
        .map(|g| i128::from(g.points.0));
    let sum: i128 = space.chain(homes).sum();
    let value = i128::from(plan.proof.value.0);
    if sum != value {
        let cause = format!("the value is {value}, the points of the awards are {sum}");
        faults.push(wrong_plan(VALUE_WRONG, cause));
    }
    let bound = plan.proof.upper_bound.map(|b| i128::from(b.0));
    if bound.is_some_and(|b| b < value.max(sum)) {
        let cause = format!("the bound {bound:?} is below the value {}", value.max(sum));
        faults.push(wrong_plan(BOUND_BELOW_VALUE, cause));
    }
    let right = match plan.proof.status.as_str() {
        "optimal" => bound.is_some_and(|b| b - value < 1),
        "feasible" => true,
        _ => false,
    };
    if !right {
        let cause = format!(
            "the status {:?} is not proven by {bound:?}",
            plan.proof.status
        );
        faults.push(wrong_plan(STATUS_WRONG, cause));
    }
    faults
}
