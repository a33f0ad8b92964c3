//! Reach: how far from its anchor a firm must look to have about 30 to 40 options.
//!
//! Parks are tried in the order of their minutes to the anchor. In each park the bundles that the
//! firm could be let are counted by the same code that makes the options of a plan; a bundle counts
//! twice where the firm may come with or without subsidy. When the goal is reached, the minutes of
//! that park are the firm's limit; when the whole city does not reach it, the firm has no limit.
//! So the number of options does not grow with the city, and neighbours compete for the same floors.
//!
//! Not here: the hard rules (`atlas`), the bundles (`planning`).

use crate::atlas::{Atlas, Need, Speeds};
use crate::domain::application::Application;
use crate::domain::area::Area;
use crate::domain::fault::Fault;
use crate::domain::firm::Firm;
use crate::domain::ids::StationId;
use crate::planning::bundles::{self, Limits};
use crate::planning::lots::{Lots, at, positions};
use crate::policy::entitlement;

use super::random::Random;
use super::{Stock, World, first};

/// Fewest and most options aimed at. The last park overshoots, so the aim is lower than the result.
const AIM: (u32, u32) = (18, 30);
/// Parks tried at most, so that rare needs do not search the whole city.
const PARKS: usize = 90;

/// A number of options to aim at.
pub fn aim(random: &mut Random) -> u32 {
    random.between(AIM.0, AIM.1)
}

/// The city as seen from its stations.
pub struct Reach<'a> {
    world: &'a World<'a>,
    atlas: Atlas,
    lots: Lots,
    areas: Vec<Area>,
    /// Parks of each station with minutes, the nearest first.
    around: Vec<Vec<(u32, u32)>>,
    /// Lots of each site of the inventory.
    lots_of_site: Vec<Vec<u32>>,
    /// Whether the policy aids firms at a site.
    aided: Vec<bool>,
}

impl<'a> Reach<'a> {
    /// The reach of all stations; faults of the network.
    pub fn of(world: &'a World, stock: &Stock) -> Result<Reach<'a>, Fault> {
        let inventory = &stock.inventory;
        let atlas = Atlas::new(world.ground, inventory, speeds(world)).map_err(first)?;
        let lots = Lots::new(inventory)?;
        let mut lots_of_site = vec![Vec::new(); inventory.sites.len()];
        for (lot, n) in lots.lots.iter().zip(0..) {
            let site = lot.units.first().and_then(|u| lots.site_of(*u));
            if let Some(list) = site.and_then(|s| lots_of_site.get_mut(at(s))) {
                list.push(n);
            }
        }
        let rules = &world.policy.subsidy;
        let aided = |s: &crate::domain::space::Site| rules.iter().any(|r| r.district == s.district);
        Ok(Reach {
            around: around(world, stock, &atlas),
            areas: inventory.units.iter().map(|u| u.area).collect(),
            aided: inventory.sites.iter().map(aided).collect(),
            atlas,
            lots,
            lots_of_site,
            world,
        })
    }

    /// How many options an application finds until it has as many as it aims at, and within how many
    /// minutes of its anchor; `None` when it looks at the whole city.
    pub fn of_application(
        &self,
        application: &Application,
        firm: &Firm,
        aim: u32,
    ) -> (u32, Option<u32>) {
        let station = application.anchors.first().and_then(|id| self.station(id));
        let around = station
            .and_then(|n| self.around.get(n))
            .map_or(&[][..], Vec::as_slice);
        let mut need = Need::of(application, firm, &self.world.round, self.world.ground);
        // Minutes are what is looked for, wishes limit nothing.
        need.anchors.clear();
        need.site_wishes.clear();
        let limits = self.limits(application, firm);
        let mut options = 0;
        for (tried, (minutes, site)) in around.iter().enumerate() {
            let found = self.bundles(&need, limits, *site);
            let twice = application.wants_subsidy && self.aided.get(at(*site)) == Some(&true);
            options += if twice { 2 * found } else { found };
            if options >= aim || tried == PARKS {
                return (options, Some(*minutes));
            }
        }
        (options, None)
    }

    /// How many bundles of a site a firm could be let.
    fn bundles(&self, need: &Need, limits: Limits, site: u32) -> u32 {
        let lots = self.lots_of_site.get(at(site)).into_iter().flatten();
        let fit: Vec<u32> = lots.copied().filter(|lot| self.fits(need, *lot)).collect();
        let found = bundles::of(&self.lots, &self.areas, &fit, limits).len();
        u32::try_from(found)
            .unwrap_or(u32::MAX / 4)
            .min(u32::MAX / 4)
    }

    /// The units that pass the hard rules make up at least half of the lot (as in planning).
    fn fits(&self, need: &Need, lot: u32) -> bool {
        let Some(lot) = self.lots.lot(lot) else {
            return false;
        };
        let passes = |u: &&u32| self.atlas.why(need, **u).is_none();
        let area = |u: &u32| self.areas.get(at(*u)).map_or(0, |a| a.0);
        let fit: i64 = lot.units.iter().filter(passes).map(area).sum();
        fit > 0 && fit.saturating_mul(2) >= lot.area.0
    }

    fn limits(&self, application: &Application, firm: &Firm) -> Limits {
        let entitled = entitlement::of(&self.world.policy, firm, application.use_);
        Limits {
            least: entitlement::least(&self.world.policy, application.area_min),
            most: application.area_max.min(entitled.area_max),
            units_max: entitled.units_max,
        }
    }

    fn station(&self, id: &StationId) -> Option<usize> {
        let stations = &self.world.ground.network.stations;
        match stations.binary_search_by(|s| s.id.cmp(id)) {
            Ok(n) => Some(n),
            Err(_) => stations.iter().position(|s| s.id == *id),
        }
    }
}

/// For each station, the parks by minutes.
fn around(world: &World, stock: &Stock, atlas: &Atlas) -> Vec<Vec<(u32, u32)>> {
    let sites = positions(stock.inventory.sites.iter().map(|s| s.id.as_str()));
    let names: Vec<String> = stock.parks.iter().map(super::parks::Park::site).collect();
    let parks: Vec<u32> = names
        .iter()
        .filter_map(|n| sites.get(n.as_str()).copied())
        .collect();
    let located: Vec<_> = parks
        .iter()
        .zip(&stock.parks)
        .map(|(site, park)| (*site, park.position, atlas.transit().access(park.position)))
        .collect();
    let of_station = |from| {
        let transit = atlas.transit();
        let here = transit.access(from);
        let mut near: Vec<(u32, u32)> = located
            .iter()
            .map(|(site, position, access)| {
                let metres = crate::atlas::distance::metres(from, *position);
                (transit.between(&here, access, metres), *site)
            })
            .collect();
        near.sort_unstable();
        near
    };
    world
        .ground
        .network
        .stations
        .iter()
        .map(|s| of_station(s.position))
        .collect()
}

fn speeds(world: &World) -> Speeds {
    let t = &world.policy.transit;
    Speeds {
        walk_m_per_min: t.walk_m_per_min,
        detour_bp: t.detour_bp,
        walk_max_m: t.walk_max_m,
        ride_min_per_km_x100: t.ride_min_per_km_x100,
        dwell_s: t.dwell_s,
        transfer_min: t.transfer_min,
        wait_min: t.wait_min,
    }
}
