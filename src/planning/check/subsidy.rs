//! Subsidy to the fen: what the rule gives for the award, what is awarded after the cut, and never
//! more than the quota of the district.
//!
//! Under a hard quota an award may go without subsidy; under a pro-rata quota never.
//!
//! Not here: the rules and the cut themselves (policy).

use std::collections::BTreeMap;

use crate::domain::area::Area;
use crate::domain::fault::{Code, Fault};
use crate::domain::money::Fen;
use crate::domain::plan::{Award, Plan, SubsidyGrant};
use crate::domain::quota::QuotaMode;
use crate::policy::{settle, subsidy};

use super::law::{Asker, Law};
use super::{wrong, wrong_plan};

/// A subsidy is not what the rule of its district gives, is not asked for, or is missing.
pub const SUBSIDY_WRONG: Code = Code("CK131");
/// What is awarded is not what the cut leaves.
pub const AWARDED_WRONG: Code = Code("CK132");
/// A quota is exceeded.
pub const QUOTA_EXCEEDED: Code = Code("CK133");

/// Whether the subsidy of an award is what the rule gives.
pub fn computed(law: &Law, asker: &Asker, award: &Award, units: &[usize]) -> Vec<Fault> {
    let key = award.application.as_str();
    let due = match due(law, asker, award, units) {
        Ok(due) => due,
        Err(fault) => return vec![wrong(SUBSIDY_WRONG, key, fault.cause)],
    };
    let stated = award.subsidy.as_ref();
    let right = match (&due, stated) {
        (None, None) => true,
        (Some((_, mode)), None) => *mode == QuotaMode::Hard,
        (None, Some(_)) => false,
        (Some((due, _)), Some(stated)) => {
            let as_stated = SubsidyGrant {
                awarded: due.awarded,
                ..stated.clone()
            };
            as_stated == *due
        }
    };
    if right {
        return Vec::new();
    }
    let show = |grant: Option<&SubsidyGrant>| {
        grant.map_or("none".to_owned(), |g| {
            format!("{} yuan by {}", g.computed, g.rule)
        })
    };
    let cause = format!(
        "the subsidy is {}, the rule gives {}",
        show(stated),
        show(due.as_ref().map(|(grant, _)| grant))
    );
    vec![wrong(SUBSIDY_WRONG, key, cause)]
}

/// The subsidy that the rule gives for an award, uncut, with the mode of its quota.
fn due(
    law: &Law,
    asker: &Asker,
    award: &Award,
    units: &[usize],
) -> Result<Option<(SubsidyGrant, QuotaMode)>, Fault> {
    let Some(first) = units.first().filter(|_| asker.application.wants_subsidy) else {
        return Ok(None);
    };
    let district = &law.site_of(*first).1.district;
    let Some(quota) = law.quota(district.as_str()) else {
        return Ok(None);
    };
    let area = Area::sum(award.units.iter().map(|g| g.area))?;
    let rent = Fen::sum(award.units.iter().map(|g| g.monthly_rent))?;
    let free = units
        .iter()
        .map(|n| law.unit(*n).rent_free_months)
        .max()
        .unwrap_or(0);
    let year = law.snapshot.round.subsidy_year;
    let given = subsidy::computed(
        &law.policy,
        asker.firm,
        district,
        area,
        rent,
        free,
        &award.lease,
        year,
    )?;
    let grant = |c: subsidy::Computed| SubsidyGrant {
        district: district.clone(),
        year,
        rule: c.rule,
        computed: c.amount,
        awarded: c.amount,
    };
    Ok(given
        .filter(|c| c.amount > Fen::ZERO)
        .map(|c| (grant(c), quota.mode)))
}

/// Whether the awards of each district are what its quota allows.
pub fn settled(law: &Law, plan: &Plan) -> Vec<Fault> {
    let mut by_district: BTreeMap<&str, Vec<(&str, &SubsidyGrant)>> = BTreeMap::new();
    for award in &plan.awards {
        if let Some(grant) = &award.subsidy {
            let list = by_district.entry(grant.district.as_str()).or_default();
            list.push((award.application.as_str(), grant));
        }
    }
    let districts = by_district.iter();
    districts
        .flat_map(|(district, grants)| settled_in(law, district, grants))
        .collect()
}

fn settled_in(law: &Law, district: &str, grants: &[(&str, &SubsidyGrant)]) -> Vec<Fault> {
    let Some(quota) = law.quota(district) else {
        let cause = format!("district {district} has no quota in the year of the round");
        return vec![wrong_plan(QUOTA_EXCEEDED, cause)];
    };
    let mut faults = Vec::new();
    let sum: i128 = grants.iter().map(|(_, g)| i128::from(g.awarded.0)).sum();
    if sum > i128::from(quota.amount.0) {
        let cause = format!(
            "district {district}: {sum} fen awarded, the quota is {}",
            quota.amount.0
        );
        faults.push(wrong_plan(QUOTA_EXCEEDED, cause));
    }
    let claims: Vec<Fen> = grants.iter().map(|(_, g)| g.computed).collect();
    let right = match quota.mode {
        QuotaMode::Hard => Ok(claims),
        QuotaMode::ProRata => settle::pro_rata(quota.amount, &claims),
    };
    // A claim that cannot be settled is a wrong claim, reported as such above.
    for ((key, grant), right) in grants.iter().zip(right.unwrap_or_default()) {
        if grant.awarded != right {
            let cause = format!("{} yuan are awarded, right are {right}", grant.awarded);
            faults.push(wrong(AWARDED_WRONG, key, cause));
        }
    }
    faults
}
