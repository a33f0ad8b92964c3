//! Packed inventory: per unit 24 bytes (site, class, rent), so that a need is tried on all units in
//! one pass through the cache. Units that agree in use, technical attributes, longest lease and
//! availability share a class; a need is tried once per class and once per site.
//!
//! Faults: a key that leads nowhere, a key given twice.
//!
//! Not here: positions (`ground`), the rules themselves (`rules`).

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::fault::{Code, Fault, Faults, Place};
use crate::domain::ids::SiteId;
use crate::domain::money::Rate;
use crate::domain::period::Period;
use crate::domain::snapshot::Inventory;
use crate::domain::space::{Hazard, RentRule, Technical, Unit, Use};

/// A unit, floor, building or project names a floor, building or site that is not listed.
pub const DANGLING: Code = Code("AT120");
/// A site, building or floor is listed twice.
pub const LISTED_TWICE: Code = Code("AT121");

/// What a need asks of a unit besides its site and its rent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitClass {
    /// Use.
    pub use_: Use,
    /// Technical attributes.
    pub technical: Technical,
    /// Longest lease in months.
    pub lease_months: Option<u32>,
    /// When it can be let.
    pub available: Vec<Period>,
}

/// A unit by numbers.
#[derive(Debug, Clone, Copy)]
pub struct PackedUnit {
    /// Index into the sites of the inventory.
    pub site: u32,
    /// Index into the classes.
    pub class: u32,
    /// Rent.
    pub rent: UnitRent,
}

/// Rent of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnitRent {
    /// Not known.
    Unknown,
    /// Per m2 and month.
    Stated(Rate),
    /// By the rule of this index.
    ByRule(u32),
}

/// All units and their classes.
#[derive(Debug, Clone, Default)]
pub struct Packed {
    /// One entry per unit of the inventory, in its order.
    pub units: Vec<PackedUnit>,
    /// Classes.
    pub classes: Vec<UnitClass>,
    /// Rules by which units are let.
    pub rules: Vec<RentRule>,
    /// Per project of the inventory, the index of its site.
    pub project_sites: Vec<u32>,
    /// Index of each site.
    pub sites: BTreeMap<SiteId, u32>,
}

type ClassKey = (
    Use,
    [Option<u32>; 4],
    [Option<bool>; 2],
    Option<Hazard>,
    Vec<Period>,
);

impl Packed {
    /// Packs an inventory, or reports every key that leads nowhere or is given twice.
    pub fn new(inventory: &Inventory) -> Result<Packed, Faults> {
        let mut faults = Faults::default();
        let keys = inventory.sites.iter().map(|s| s.id.clone()).collect();
        let sites = numbered(keys, "site", &mut faults);
        let floors = floor_sites(inventory, &sites, &mut faults);
        let mut classes = Classes::default();
        let rules = rent_rules(inventory);
        let mut units = Vec::with_capacity(inventory.units.len());
        for unit in &inventory.units {
            match floors.get(unit.floor.as_str()) {
                Some(site) => units.push(PackedUnit {
                    site: *site,
                    class: classes.number(unit),
                    rent: rent(unit, &rules),
                }),
                None => faults.0.push(dangling(
                    "unit",
                    unit.id.as_str(),
                    "floor",
                    unit.floor.as_str(),
                )),
            }
        }
        let mut project_sites = Vec::with_capacity(inventory.projects.len());
        for project in &inventory.projects {
            match sites.get(&project.site) {
                Some(site) => project_sites.push(*site),
                None => faults.0.push(dangling(
                    "project",
                    project.id.as_str(),
                    "site",
                    project.site.as_str(),
                )),
            }
        }
        let classes = classes.list;
        faults.or(Packed {
            units,
            classes,
            rules,
            project_sites,
            sites,
        })
    }
}

/// The rules that units name, in order.
fn rent_rules(inventory: &Inventory) -> Vec<RentRule> {
    let named = inventory.units.iter().filter_map(|u| u.rent_rule.clone());
    let named: BTreeSet<RentRule> = named.collect();
    named.into_iter().collect()
}

fn rent(unit: &Unit, rules: &[RentRule]) -> UnitRent {
    let by_rule = unit.rent_rule.as_ref();
    let at = by_rule.and_then(|rule| rules.binary_search(rule).ok());
    match (at, &unit.rent) {
        // There are fewer rules than units, and units are numbered in 32 bits.
        (Some(at), _) => UnitRent::ByRule(u32::try_from(at).unwrap_or(u32::MAX)),
        (None, Some(rent)) => UnitRent::Stated(rent.rate),
        (None, None) => UnitRent::Unknown,
    }
}

/// Site of each floor, by the key of the floor.
fn floor_sites<'a>(
    inventory: &'a Inventory,
    sites: &BTreeMap<SiteId, u32>,
    faults: &mut Faults,
) -> BTreeMap<&'a str, u32> {
    let mut buildings: BTreeMap<&str, u32> = BTreeMap::new();
    for building in &inventory.buildings {
        let key = building.id.as_str();
        match sites.get(&building.site) {
            Some(site) if buildings.insert(key, *site).is_some() => {
                faults.0.push(twice("building", key))
            }
            Some(_) => {}
            None => faults
                .0
                .push(dangling("building", key, "site", building.site.as_str())),
        }
    }
    let mut floors: BTreeMap<&str, u32> = BTreeMap::new();
    for floor in &inventory.floors {
        let key = floor.id.as_str();
        match buildings.get(floor.building.as_str()) {
            Some(site) if floors.insert(key, *site).is_some() => faults.0.push(twice("floor", key)),
            Some(_) => {}
            None => faults
                .0
                .push(dangling("floor", key, "building", floor.building.as_str())),
        }
    }
    floors
}

fn numbered(keys: Vec<SiteId>, noun: &str, faults: &mut Faults) -> BTreeMap<SiteId, u32> {
    let mut numbers = BTreeMap::new();
    for (key, n) in keys.into_iter().zip(0u32..) {
        if numbers.contains_key(&key) {
            faults.0.push(twice(noun, key.as_str()));
        }
        numbers.insert(key, n);
    }
    numbers
}

fn dangling(noun: &str, key: &str, target: &str, named: &str) -> Fault {
    let cause = format!("it names the {target} {named}, which is not listed");
    Fault::new(
        DANGLING,
        cause,
        format!("list the {target} or correct the key"),
    )
    .at(Place::subject(format!("{noun} {key}")))
}

fn twice(noun: &str, key: &str) -> Fault {
    Fault::new(
        LISTED_TWICE,
        format!("the {noun} is listed twice"),
        "keep one of them",
    )
    .at(Place::subject(format!("{noun} {key}")))
}

#[derive(Default)]
struct Classes {
    numbers: BTreeMap<ClassKey, u32>,
    list: Vec<UnitClass>,
}

impl Classes {
    fn number(&mut self, unit: &Unit) -> u32 {
        let t = &unit.technical;
        let key = (
            unit.use_,
            [
                t.floor_load_kg_m2,
                t.clear_height_mm,
                t.power_a,
                unit.lease_months,
            ],
            [t.gas, t.clean_water],
            t.hazard,
            unit.available.clone(),
        );
        let list = &mut self.list;
        *self.numbers.entry(key).or_insert_with(|| {
            list.push(UnitClass {
                use_: unit.use_,
                technical: t.clone(),
                lease_months: unit.lease_months,
                available: unit.available.clone(),
            });
            // There are fewer classes than units, and units are numbered in 32 bits.
            u32::try_from(list.len() - 1).unwrap_or(u32::MAX)
        })
    }
}
