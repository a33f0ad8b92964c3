//! The atlas itself: everything about places that a round needs, prepared once from a snapshot.
//! It owns what it needs; indices are those of the lists of the inventory.
//!
//! Not here: how needs are tried (`candidates`), what a site is worth (`score`), housing (`near`).

use super::index::Points;
use super::legs::Legs;
use super::outline::Outlines;
use super::packed::Packed;
use super::score::{Nearness, nearness};
use super::speeds::Speeds;
use super::transit::{Access, Transit};
use crate::domain::fault::Faults;
use crate::domain::ids::ClusterId;
use crate::domain::place::{DistrictCode, Position};
use crate::domain::snapshot::{Ground, Inventory};
use crate::domain::space::RentRule;

/// A position with its stations.
#[derive(Debug, Clone)]
pub struct Spot {
    /// Where.
    pub position: Position,
    /// Stations on foot.
    pub access: Access,
}

/// Places, distances, minutes and candidates of a snapshot.
#[derive(Debug, Clone)]
pub struct Atlas {
    pub(super) outlines: Outlines,
    pub(super) transit: Transit,
    pub(super) packed: Packed,
    pub(super) legs: Legs,
    /// Per site, where it is; `None` when no point is known.
    pub(super) spots: Vec<Option<Spot>>,
    /// Per site, its district as an index into `districts`.
    pub(super) site_districts: Vec<u32>,
    /// Distinct districts of the sites.
    pub(super) districts: Vec<DistrictCode>,
    /// Per site, the clusters it is near.
    pub(super) site_clusters: Vec<Vec<Nearness>>,
    /// Per cluster of the ground, the fields that suit it.
    pub(super) cluster_fields: Vec<Vec<ClusterId>>,
    pub(super) unit_points: Points,
    pub(super) project_points: Points,
}

impl Atlas {
    /// Prepares a snapshot, or reports every fault of its network and keys (AT101 to AT121).
    pub fn new(ground: &Ground, inventory: &Inventory, speeds: Speeds) -> Result<Atlas, Faults> {
        let (transit, packed) = both(
            Transit::new(&ground.network, speeds),
            Packed::new(inventory),
        )?;
        let spots = spots(inventory, &transit);
        let stations: Vec<Position> = ground.network.stations.iter().map(|s| s.position).collect();
        let (districts, site_districts) = districts(inventory);
        let units = packed.units.iter().map(|u| u.site);
        Ok(Atlas {
            outlines: Outlines::new(&ground.districts),
            legs: Legs::new(&transit, &spots, &stations),
            site_districts,
            districts,
            site_clusters: spots
                .iter()
                .map(|s| nearness(s.as_ref().map(|s| s.position), &ground.clusters))
                .collect(),
            cluster_fields: ground.clusters.iter().map(|c| c.fields.clone()).collect(),
            unit_points: points(units, &spots),
            project_points: points(packed.project_sites.iter().copied(), &spots),
            transit,
            packed,
            spots,
        })
    }

    /// Outlines of the districts.
    pub fn outlines(&self) -> &Outlines {
        &self.outlines
    }

    /// The metro and the pavement.
    pub fn transit(&self) -> &Transit {
        &self.transit
    }

    /// The rules by which units are let whose rent the policy sets.
    pub fn rent_rules(&self) -> &[RentRule] {
        &self.packed.rules
    }

    /// Index of the site of a unit.
    pub fn site_of(&self, unit: u32) -> Option<u32> {
        self.packed.units.get(unit as usize).map(|u| u.site)
    }

    /// The `k` nearest units with their metres, in exact geodesic order; units at one place by number,
    /// units without a position never.
    pub fn nearest_units(&self, from: Position, k: usize) -> Vec<(u32, f64)> {
        self.unit_points.nearest(from, k)
    }

    /// The `k` nearest housing projects in the same way.
    pub fn nearest_projects(&self, from: Position, k: usize) -> Vec<(u32, f64)> {
        self.project_points.nearest(from, k)
    }

    pub(super) fn spot(&self, site: u32) -> Option<&Spot> {
        self.spots.get(site as usize)?.as_ref()
    }
}

/// Both values, or the faults of both.
fn both<A, B>(a: Result<A, Faults>, b: Result<B, Faults>) -> Result<(A, B), Faults> {
    match (a, b) {
        (Ok(a), Ok(b)) => Ok((a, b)),
        (Err(mut a), Err(b)) => {
            a.0.extend(b.0);
            Err(a)
        }
        (Err(faults), _) | (_, Err(faults)) => Err(faults),
    }
}

fn spots(inventory: &Inventory, transit: &Transit) -> Vec<Option<Spot>> {
    let located = inventory.sites.iter().map(|s| s.located.as_ref());
    located
        .map(|place| {
            place.map(|l| Spot {
                position: l.position,
                access: transit.access(l.position),
            })
        })
        .collect()
}

fn districts(inventory: &Inventory) -> (Vec<DistrictCode>, Vec<u32>) {
    let mut distinct: Vec<DistrictCode> =
        inventory.sites.iter().map(|s| s.district.clone()).collect();
    distinct.sort_unstable();
    distinct.dedup();
    let number = |code| distinct.partition_point(|d| d < code);
    let numbers = inventory
        .sites
        .iter()
        .map(|s| u32::try_from(number(&s.district)).unwrap_or(u32::MAX))
        .collect();
    (distinct, numbers)
}

/// Points of things that stand on sites; things without a position are left out.
fn points(sites: impl Iterator<Item = u32>, spots: &[Option<Spot>]) -> Points {
    Points::new(sites.zip(0u32..).filter_map(|(site, n)| {
        let spot = spots.get(site as usize)?.as_ref()?;
        Some((n, spot.position))
    }))
}
