//! Apartments: they exist, suit the household, are open to a firm at this site, are not more than
//! asked for, nor more than there are, and are worth what the policy says.
//!
//! Open: the type can be let on the latest day on which the lease may start, and its project belongs
//! to the park or is near (metres or minutes); under "same park first" a project of another park is
//! closed.
//!
//! Not here: distances (atlas).

use std::collections::BTreeMap;

use crate::domain::fault::{Code, Fault, Place};
use crate::domain::housing::{ApartmentType, HouseholdKind};
use crate::domain::ids::SiteId;
use crate::domain::plan::{ApartmentGrant, Award, Plan};
use crate::policy::housing;

use super::law::{Asker, Law};
use super::{wrong, wrong_plan};

/// An apartment type is unknown, granted zero times or twice to the same household.
pub const UNKNOWN_APARTMENT: Code = Code("CK140");
/// The layout does not suit the household.
pub const LAYOUT_UNSUITED: Code = Code("CK141");
/// The project is not open to a firm at this site, or not in time.
pub const NOT_OPEN: Code = Code("CK142");
/// More apartments of a type are granted than there are.
pub const OVER_COUNT: Code = Code("CK143");
/// More apartments are granted than the firm has households of the kind.
pub const ABOVE_NEED: Code = Code("CK144");
/// The points of apartments are not count x weight.
pub const APARTMENT_POINTS: Code = Code("CK145");

/// What is wrong with the apartments of an award.
pub fn faults(law: &Law, asker: &Asker, award: &Award) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut given: BTreeMap<HouseholdKind, u64> = BTreeMap::new();
    let mut seen = Vec::new();
    for grant in &award.apartments {
        *given.entry(grant.household).or_default() += u64::from(grant.count);
        let pair = (grant.household, &grant.apartment);
        let twice = seen.contains(&pair);
        seen.push(pair);
        faults.extend(one(law, asker, award, grant, twice));
    }
    for (kind, count) in given {
        let wished = asker
            .application
            .households
            .iter()
            .filter(|h| h.kind == kind);
        let need: u64 = wished.map(|h| u64::from(h.count)).sum();
        if count > need {
            let cause = format!("{count} apartments for {need} households ({kind:?})");
            faults.push(wrong(ABOVE_NEED, award.application.as_str(), cause));
        }
    }
    faults
}

fn one(law: &Law, asker: &Asker, award: &Award, grant: &ApartmentGrant, twice: bool) -> Vec<Fault> {
    let key = award.application.as_str();
    let name = &grant.apartment;
    let kind = law.stock.apartments.iter().find(|t| t.id == *name);
    let Some(kind) = kind.filter(|_| grant.count > 0 && !twice) else {
        let cause = format!("the grant of {} apartments {name} is no grant", grant.count);
        return vec![wrong(UNKNOWN_APARTMENT, key, cause)];
    };
    let mut faults = Vec::new();
    if !housing::layouts(&law.policy, grant.household).contains(&kind.layout) {
        let cause = format!("{name} does not suit the household {:?}", grant.household);
        faults.push(wrong(LAYOUT_UNSUITED, key, cause));
    }
    if !is_open(law, asker, &award.site, kind) {
        let cause = format!("{name} is not open to a firm at the site {}", award.site);
        faults.push(wrong(NOT_OPEN, key, cause));
    }
    let each = i128::from(law.policy.weights.apartment(grant.household).0);
    if i128::from(grant.points.0) != each * i128::from(grant.count) {
        let cause = format!(
            "{} apartments {name} are not worth {}",
            grant.count, grant.points
        );
        faults.push(wrong(APARTMENT_POINTS, key, cause));
    }
    faults
}

/// Whether apartments of a type are open to a firm at a site.
pub fn is_open(law: &Law, asker: &Asker, site: &SiteId, kind: &ApartmentType) -> bool {
    let day = asker.application.start_until;
    let ended = kind.available.until().is_some_and(|end| end <= day);
    let stock = law.stock;
    let project = stock.projects.iter().position(|p| p.id == kind.project);
    let place = stock.sites.iter().position(|s| s.id == *site);
    let (Some(project), Some(place), false) =
        (project, place, ended || kind.available.from() > day)
    else {
        return false;
    };
    let rule = &law.policy.housing;
    match &stock.projects[project].park {
        Some(park) if park == site => return true,
        Some(_) if rule.same_park_first => return false,
        _ => {}
    }
    let place = u32::try_from(place).unwrap_or(u32::MAX);
    let near = law
        .atlas
        .projects_near(place, rule.near_metres, rule.near_minutes);
    near.iter()
        .any(|n| usize::try_from(n.project) == Ok(project))
}

/// Types of which more are granted than there are.
pub fn over_count(law: &Law, plan: &Plan) -> Vec<Fault> {
    let mut given: BTreeMap<&str, u64> = BTreeMap::new();
    for grant in plan.awards.iter().flat_map(|a| &a.apartments) {
        *given.entry(grant.apartment.as_str()).or_default() += u64::from(grant.count);
    }
    let over = law.stock.apartments.iter().filter_map(|kind| {
        let count = given.get(kind.id.as_str()).copied().unwrap_or(0);
        let cause = format!(
            "{count} apartments {} of {} are granted",
            kind.id, kind.count
        );
        let place = Place::subject(format!("apartment type {}", kind.id));
        (count > kind.count.into()).then(|| wrong_plan(OVER_COUNT, cause).at(place))
    });
    over.collect()
}
