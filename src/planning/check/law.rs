//! The facts of a snapshot as the laws read them: who, what, where, by key and by number.
//!
//! Not here: any law.

use std::collections::{BTreeSet, HashMap};

use crate::atlas::{Atlas, Need, Speeds};
use crate::domain::application::Application;
use crate::domain::area::Area;
use crate::domain::fault::Faults;
use crate::domain::firm::Firm;
use crate::domain::ids::BuildingId;
use crate::domain::money::Rate;
use crate::domain::quota::{Item, Quota};
use crate::domain::reason::Unmet;
use crate::domain::snapshot::{Inventory, Snapshot};
use crate::domain::space::{Floor, Site, Unit};
use crate::planning::prove;
use crate::policy::condition::Facts as Tenant;
use crate::policy::{self, Policy, eligibility, entitlement};

/// A snapshot, its policy and its map.
pub struct Law<'a> {
    /// The snapshot.
    pub snapshot: &'a Snapshot,
    /// Its inventory.
    pub stock: &'a Inventory,
    /// Its policy.
    pub policy: Policy,
    /// Its map.
    pub atlas: Atlas,
    units: HashMap<&'a str, usize>,
    floor_of: Vec<usize>,
    site_of: Vec<usize>,
    /// Units of each floor in room order.
    rooms: Vec<Vec<usize>>,
    groups: HashMap<&'a str, Vec<usize>>,
    lots: Vec<BTreeSet<usize>>,
    lot_of: Vec<usize>,
    storeys: HashMap<&'a BuildingId, Vec<usize>>,
    applications: HashMap<&'a str, &'a Application>,
    firms: HashMap<&'a str, &'a Firm>,
}

/// Who asks, and what it may have.
pub struct Asker<'a> {
    /// The application.
    pub application: &'a Application,
    /// The firm.
    pub firm: &'a Firm,
    /// What is asked of a place.
    pub need: Need,
    /// Least area.
    pub least: Area,
    /// Largest area.
    pub most: Area,
    /// Most units.
    pub units_max: usize,
    /// Rules of eligibility that are not met.
    pub unmet: Vec<Unmet>,
}

impl<'a> Law<'a> {
    /// Reads a snapshot; its faults when it is not sound.
    pub fn of(snapshot: &'a Snapshot) -> Result<Law<'a>, Faults> {
        Faults(prove::faults(snapshot)).or(())?;
        let policy = policy::read(&snapshot.policy)?;
        let stock = &snapshot.inventory;
        let atlas = Atlas::new(&snapshot.ground, stock, speeds(&policy))?;
        let mut law = Law {
            snapshot,
            stock,
            policy,
            atlas,
            units: stock
                .units
                .iter()
                .zip(0..)
                .map(|(u, n)| (u.id.as_str(), n))
                .collect(),
            floor_of: Vec::new(),
            site_of: Vec::new(),
            rooms: vec![Vec::new(); stock.floors.len()],
            groups: HashMap::new(),
            lots: Vec::new(),
            lot_of: Vec::new(),
            storeys: HashMap::new(),
            applications: snapshot
                .applications
                .iter()
                .map(|a| (a.id.as_str(), a))
                .collect(),
            firms: snapshot.firms.iter().map(|f| (f.id.as_str(), f)).collect(),
        };
        law.place_units();
        law.bind();
        Ok(law)
    }

    fn place_units(&mut self) {
        let stock = self.stock;
        let sites: HashMap<_, usize> = stock.sites.iter().map(|s| &s.id).zip(0..).collect();
        let floors: HashMap<_, usize> = stock.floors.iter().map(|f| &f.id).zip(0..).collect();
        let buildings: HashMap<_, _> = stock.buildings.iter().map(|b| (&b.id, &b.site)).collect();
        for (n, unit) in stock.units.iter().enumerate() {
            // References are whole: the snapshot is proved.
            let floor = floors.get(&unit.floor).copied().unwrap_or(0);
            let site = buildings
                .get(&stock.floors[floor].building)
                .and_then(|s| sites.get(s));
            self.floor_of.push(floor);
            self.site_of.push(site.copied().unwrap_or(0));
            self.rooms[floor].push(n);
            if let Some(group) = &unit.group {
                self.groups.entry(group.as_str()).or_default().push(n);
            }
        }
        for rooms in &mut self.rooms {
            rooms.sort_by_key(|n| {
                let unit = &stock.units[*n];
                (unit.room.chars().count(), &unit.room, &unit.id)
            });
        }
    }

    /// The firm of an application.
    pub fn firm_of(&self, application: &str) -> Option<&'a Firm> {
        let application = *self.applications.get(application)?;
        self.firms.get(application.firm.as_str()).copied()
    }

    /// The firm of an application, and the application.
    pub fn asked_by(&self, application: &str) -> Option<(&'a Firm, &'a Application)> {
        let application = *self.applications.get(application)?;
        let firm = *self.firms.get(application.firm.as_str())?;
        Some((firm, application))
    }

    /// The rent of a unit for a firm, per m2 and month: of its row or by the policy; `None` when not known.
    pub fn rent(&self, unit: &Unit, firm: &Firm, application: &Application) -> Option<Rate> {
        let facts = Tenant {
            firm,
            application: Some(application),
            day: self.snapshot.round.cut_off_day(),
        };
        self.policy.rent_of(unit, &facts)
    }

    /// Who asks by an application; `None` for an unknown key.
    pub fn asker(&self, application: &str) -> Option<Asker<'a>> {
        let application = *self.applications.get(application)?;
        let firm = *self.firms.get(application.firm.as_str())?;
        let entitled = entitlement::of(&self.policy, firm, application.use_);
        let round = &self.snapshot.round;
        Some(Asker {
            application,
            firm,
            need: Need::of(application, firm, round, &self.snapshot.ground),
            least: entitlement::least(&self.policy, application.area_min),
            most: application.area_max.min(entitled.area_max),
            units_max: usize::try_from(entitled.units_max).unwrap_or(usize::MAX),
            unmet: eligibility::unmet(
                &self.policy,
                firm,
                application,
                self.snapshot.round.cut_off_day(),
            ),
        })
    }

    /// Number of a unit.
    pub fn number(&self, unit: &str) -> Option<usize> {
        self.units.get(unit).copied()
    }

    /// A unit by number.
    pub fn unit(&self, n: usize) -> &'a Unit {
        &self.stock.units[n]
    }

    /// Floor of a unit by number, and the floor.
    pub fn floor_of(&self, n: usize) -> (usize, &'a Floor) {
        let floor = self.floor_of[n];
        (floor, &self.stock.floors[floor])
    }

    /// Number of the site of a unit, and the site.
    pub fn site_of(&self, n: usize) -> (usize, &'a Site) {
        let site = self.site_of[n];
        (site, &self.stock.sites[site])
    }

    /// Units of a floor in room order.
    pub fn rooms(&self, floor: usize) -> &[usize] {
        &self.rooms[floor]
    }

    /// All units that can be let only together with a unit, itself among them.
    pub fn together(&self, unit: usize) -> &BTreeSet<usize> {
        &self.lots[self.lot_of[unit]]
    }

    /// Units of a floor bound together, in the order of their first rooms.
    pub fn lots_of_floor(&self, floor: usize) -> Vec<&BTreeSet<usize>> {
        let mut lots: Vec<&BTreeSet<usize>> = Vec::new();
        for unit in self.rooms(floor) {
            if !lots.iter().any(|lot| lot.contains(unit)) {
                lots.push(self.together(*unit));
            }
        }
        lots
    }

    /// The floors of the building of a floor, by level.
    pub fn storeys(&self, floor: usize) -> &[usize] {
        let building = &self.stock.floors[floor].building;
        self.storeys.get(building).map_or(&[], Vec::as_slice)
    }

    /// Binds units into lots and floors into buildings.
    fn bind(&mut self) {
        let mut lot_of = vec![usize::MAX; self.stock.units.len()];
        for unit in 0..self.stock.units.len() {
            if lot_of[unit] == usize::MAX {
                let lot = self.bound_to(unit);
                lot.iter().for_each(|n| lot_of[*n] = self.lots.len());
                self.lots.push(lot);
            }
        }
        self.lot_of = lot_of;
        for (n, floor) in self.stock.floors.iter().enumerate() {
            self.storeys.entry(&floor.building).or_default().push(n);
        }
        for storeys in self.storeys.values_mut() {
            storeys.sort_by_key(|n| (self.stock.floors[*n].level, *n));
        }
    }

    /// Follows groups and one-tenant floors from a unit as far as they lead.
    fn bound_to(&self, unit: usize) -> BTreeSet<usize> {
        let mut all = BTreeSet::from([unit]);
        let mut open = vec![unit];
        while let Some(n) = open.pop() {
            let (floor, facts) = self.floor_of(n);
            let floor_mates = self.rooms(floor).iter().filter(|_| facts.one_tenant);
            for mate in self.group_of(n).iter().chain(floor_mates) {
                if all.insert(*mate) {
                    open.push(*mate);
                }
            }
        }
        all
    }

    /// Units of the group of a unit; none without a group.
    pub fn group_of(&self, unit: usize) -> &[usize] {
        let group = self.unit(unit).group.as_ref();
        group
            .and_then(|g| self.groups.get(g.as_str()))
            .map_or(&[], Vec::as_slice)
    }

    /// Whether one floor stands directly on another; there is no level 0.
    pub fn stands_on(&self, upper: usize, lower: usize) -> bool {
        let storey = |n: usize| {
            let level = i64::from(self.stock.floors[n].level);
            if level > 0 { level - 1 } else { level }
        };
        storey(upper) == storey(lower) + 1
    }

    /// Sum of whole units in 0.01 m2.
    pub fn area_of(&self, units: impl IntoIterator<Item = usize>) -> i128 {
        units
            .into_iter()
            .map(|n| i128::from(self.unit(n).area.0))
            .sum()
    }

    /// The quota for rent subsidy of a district in the year of the round.
    pub fn quota(&self, district: &str) -> Option<&'a Quota> {
        let year = self.snapshot.round.subsidy_year;
        self.snapshot.quotas.iter().find(|q| {
            q.district.as_str() == district && q.year == year && q.item == Item::RentSubsidy
        })
    }
}

fn speeds(policy: &Policy) -> Speeds {
    let policy::transit::Transit {
        walk_m_per_min,
        detour_bp,
        walk_max_m,
        ride_min_per_km_x100,
        dwell_s,
        transfer_min,
        wait_min,
        ..
    } = policy.transit;
    Speeds {
        walk_m_per_min,
        detour_bp,
        walk_max_m,
        ride_min_per_km_x100,
        dwell_s,
        transfer_min,
        wait_min,
    }
}
