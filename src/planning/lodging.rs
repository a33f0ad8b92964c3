//! Apartments open to an application: one demand for each kind of household, with the pools open at
//! each site.
//!
//! A type is open for a kind of household at a site when its layout suits the kind, it can be let on
//! the latest day on which the lease may start, and its project either belongs to the park or is
//! near it (metres or minutes). Under "same park first" a project that belongs to a park is open
//! only to firms in that park.
//!
//! Not here: how many are granted.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::application::Application;
use crate::domain::housing::{ApartmentType, HouseholdKind, Project};
use crate::policy::housing;
use crate::solve::instance::Lodging;

use super::facts::Facts;
use super::lots::{at, count, positions};
use super::resources::Resources;

/// Apartment types near each space site, by position.
pub struct Open {
    by_site: BTreeMap<u32, Vec<u32>>,
}

impl Open {
    /// The types whose project is open to firms at each site that has units.
    pub fn of(facts: &Facts) -> Open {
        let sites: BTreeSet<u32> = facts.lots.site_of_unit.iter().copied().collect();
        let projects = positions(
            facts
                .snapshot
                .inventory
                .projects
                .iter()
                .map(|p| p.id.as_str()),
        );
        let types = &facts.snapshot.inventory.apartments;
        let mut by_project: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for (n, kind) in types.iter().enumerate() {
            if let Some(project) = projects.get(kind.project.as_str()) {
                by_project.entry(*project).or_default().push(count(n));
            }
        }
        let of_site = |site: u32| {
            let open = open_projects(facts, site).into_iter();
            let mut types: Vec<u32> = open
                .filter_map(|p| by_project.get(&p))
                .flatten()
                .copied()
                .collect();
            types.sort_unstable();
            (site, types)
        };
        Open {
            by_site: sites.into_iter().map(of_site).collect(),
        }
    }

    /// The demands of an application at the sites of its options, in the order of its households.
    pub fn demands(
        &self,
        facts: &Facts,
        application: &Application,
        sites: &BTreeSet<u32>,
        resources: &Resources,
    ) -> Vec<Lodging> {
        let demand = |kind: HouseholdKind, need: u32| Lodging {
            need: need.into(),
            value: facts.policy.weights.apartment(kind).0,
            pools: sites
                .iter()
                .map(|site| {
                    (
                        i64::from(*site),
                        self.pools(facts, application, kind, *site, resources),
                    )
                })
                .filter(|(_, pools)| !pools.is_empty())
                .collect(),
        };
        application
            .households
            .iter()
            .map(|h| demand(h.kind, h.count))
            .collect()
    }

    fn pools(
        &self,
        facts: &Facts,
        application: &Application,
        kind: HouseholdKind,
        site: u32,
        resources: &Resources,
    ) -> Vec<u32> {
        let layouts = housing::layouts(&facts.policy, kind);
        let suits = |n: &&u32| {
            let found = facts.snapshot.inventory.apartments.get(at(**n));
            found.is_some_and(|t| layouts.contains(&t.layout) && can_be_let(t, application))
        };
        let near = self.by_site.get(&site).into_iter().flatten();
        near.filter(suits)
            .map(|n| resources.of_apartment(*n))
            .collect()
    }
}

/// Whether the type can be let on the latest day on which the lease may start.
fn can_be_let(kind: &ApartmentType, application: &Application) -> bool {
    let day = application.start_until;
    kind.available.from() <= day && kind.available.until().is_none_or(|end| day < end)
}

/// Projects open to firms at a site, by position.
fn open_projects(facts: &Facts, site: u32) -> BTreeSet<u32> {
    let rule = &facts.policy.housing;
    let near: BTreeSet<u32> = facts
        .atlas
        .projects_near(site, rule.near_metres, rule.near_minutes)
        .into_iter()
        .map(|p| p.project)
        .collect();
    let here = facts.snapshot.inventory.sites.get(at(site)).map(|s| &s.id);
    let open = |(n, project): (usize, &Project)| {
        let own = project.park.is_some() && project.park.as_ref() == here;
        let foreign = rule.same_park_first && project.park.is_some() && !own;
        (own || (near.contains(&count(n)) && !foreign)).then_some(count(n))
    };
    let projects = &facts.snapshot.inventory.projects;
    projects.iter().enumerate().filter_map(open).collect()
}
