//! Lots (标的): what can be let by itself. A lot is a single unit, all units of a
//! let-only-together group, or all units of a one-tenant floor (一层一户); a group that touches a
//! one-tenant floor joins it. A divisible unit that is a lot by itself may be let in parts.
//!
//! Floors and buildings are put in order here too: lots of a floor by room (shorter rooms first,
//! then by text, then by key), floors of a building by level.
//!
//! Not here: which lots a firm may take (`bundles`), who does.

use std::collections::HashMap;

use crate::domain::area::Area;
use crate::domain::fault::{Fault, Place};
use crate::domain::snapshot::Inventory;
use crate::domain::space::{Division, Unit};

use super::files::BROKEN_REFERENCE;

/// A lot.
#[derive(Debug, Clone)]
pub struct Lot {
    /// Its units, by position in the inventory, ascending.
    pub units: Vec<u32>,
    /// Area of all of them.
    pub area: Area,
    /// Smallest part when it may be divided.
    pub smallest_part: Option<Area>,
}

/// A floor with what stands on it.
#[derive(Debug, Clone, Default)]
pub struct FloorLots {
    /// Level, 0 is never used.
    pub level: i32,
    /// All lots that touch the floor, in room order.
    pub lots: Vec<u32>,
    /// Building by position.
    pub building: u32,
}

/// Lots, floors and buildings of an inventory.
#[derive(Debug, Clone, Default)]
pub struct Lots {
    /// The lots, by their first unit.
    pub lots: Vec<Lot>,
    /// Lot of each unit.
    pub of_unit: Vec<u32>,
    /// Floor of each unit.
    pub floor_of_unit: Vec<u32>,
    /// Site of each unit.
    pub site_of_unit: Vec<u32>,
    /// Floors, by position in the inventory.
    pub floors: Vec<FloorLots>,
    /// Floors of each building, by level.
    pub buildings: Vec<Vec<u32>>,
}

impl Lots {
    /// Lots of an inventory whose references are whole; a broken one gives PL106.
    pub fn new(inventory: &Inventory) -> Result<Lots, Fault> {
        let mut lots = Lots::default();
        lots.place_floors(inventory)?;
        lots.place_units(inventory)?;
        lots.join(inventory)?;
        lots.order_floors(inventory);
        Ok(lots)
    }

    /// A lot by position.
    pub fn lot(&self, lot: u32) -> Option<&Lot> {
        self.lots.get(at(lot))
    }

    /// Lot of a unit.
    pub fn lot_of(&self, unit: u32) -> Option<u32> {
        self.of_unit.get(at(unit)).copied()
    }

    /// Site of a unit.
    pub fn site_of(&self, unit: u32) -> Option<u32> {
        self.site_of_unit.get(at(unit)).copied()
    }

    fn place_floors(&mut self, inventory: &Inventory) -> Result<(), Fault> {
        let buildings = positions(inventory.buildings.iter().map(|b| b.id.as_str()));
        self.buildings = vec![Vec::new(); inventory.buildings.len()];
        for (n, floor) in inventory.floors.iter().enumerate() {
            let building = find(&buildings, floor.building.as_str(), floor.id.as_str())?;
            self.floors.push(FloorLots {
                level: floor.level,
                lots: Vec::new(),
                building,
            });
            self.buildings[at(building)].push(count(n));
        }
        for list in &mut self.buildings {
            list.sort_by_key(|f| (self.floors[at(*f)].level, *f));
        }
        Ok(())
    }

    fn place_units(&mut self, inventory: &Inventory) -> Result<(), Fault> {
        let floors = positions(inventory.floors.iter().map(|f| f.id.as_str()));
        let sites = positions(inventory.sites.iter().map(|s| s.id.as_str()));
        for unit in &inventory.units {
            let floor = find(&floors, unit.floor.as_str(), unit.id.as_str())?;
            let building = &inventory.buildings[at(self.floors[at(floor)].building)];
            self.floor_of_unit.push(floor);
            self.site_of_unit
                .push(find(&sites, building.site.as_str(), building.id.as_str())?);
        }
        Ok(())
    }

    /// Joins units of a group and units of a one-tenant floor into lots.
    fn join(&mut self, inventory: &Inventory) -> Result<(), Fault> {
        let mut parent: Vec<u32> = (0..count(inventory.units.len())).collect();
        let mut first: HashMap<(bool, &str), u32> = HashMap::new();
        for (n, unit) in inventory.units.iter().enumerate() {
            let floor = &inventory.floors[at(self.floor_of_unit[n])];
            let group = unit.group.as_ref().map(|g| (true, g.as_str()));
            let whole_floor = floor.one_tenant.then_some((false, floor.id.as_str()));
            for bond in [group, whole_floor].into_iter().flatten() {
                let other = *first.entry(bond).or_insert(count(n));
                unite(&mut parent, other, count(n));
            }
        }
        let mut lot_of_root: HashMap<u32, u32> = HashMap::new();
        for (n, unit) in inventory.units.iter().enumerate() {
            let root = root(&parent, count(n));
            let lot = *lot_of_root.entry(root).or_insert(count(self.lots.len()));
            self.of_unit.push(lot);
            self.add_to_lot(lot, count(n), unit)?;
        }
        let one_tenant = |u: &u32| inventory.floors[at(self.floor_of_unit[at(*u)])].one_tenant;
        for lot in &mut self.lots {
            if lot.units.len() > 1 || lot.units.iter().any(one_tenant) {
                lot.smallest_part = None;
            }
        }
        Ok(())
    }

    fn add_to_lot(&mut self, lot: u32, n: u32, unit: &Unit) -> Result<(), Fault> {
        let smallest_part = match unit.division {
            Division::Divisible { smallest_lot } => Some(smallest_lot),
            Division::Whole => None,
        };
        match self.lots.get_mut(at(lot)) {
            Some(lot) => {
                lot.units.push(n);
                lot.area = lot.area.plus(unit.area)?;
            }
            None => self.lots.push(Lot {
                units: vec![n],
                area: unit.area,
                smallest_part,
            }),
        }
        Ok(())
    }

    fn order_floors(&mut self, inventory: &Inventory) {
        let mut units: Vec<u32> = (0..count(inventory.units.len())).collect();
        units.sort_by_cached_key(|u| room_key(&inventory.units[at(*u)]));
        for unit in units {
            let lot = self.of_unit[at(unit)];
            let floor = &mut self.floors[at(self.floor_of_unit[at(unit)])];
            if !floor.lots.contains(&lot) {
                floor.lots.push(lot);
            }
        }
    }
}

fn room_key(unit: &Unit) -> (usize, String, String) {
    (
        unit.room.chars().count(),
        unit.room.clone(),
        unit.id.to_string(),
    )
}

fn root(parent: &[u32], mut n: u32) -> u32 {
    while parent[at(n)] != n {
        n = parent[at(n)];
    }
    n
}

/// The smaller root stays, so that a lot is named by its first unit.
fn unite(parent: &mut [u32], a: u32, b: u32) {
    let (a, b) = (root(parent, a), root(parent, b));
    parent[at(a.max(b))] = a.min(b);
}

/// A position as an index.
pub fn at(n: u32) -> usize {
    // 32 bits fit wherever this runs.
    usize::try_from(n).unwrap_or(usize::MAX)
}

/// An index as a position; lists longer than 32 bits are refused when a snapshot is read.
pub fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// Positions by key.
pub fn positions<'a>(keys: impl Iterator<Item = &'a str>) -> HashMap<&'a str, u32> {
    keys.enumerate().map(|(n, key)| (key, count(n))).collect()
}

/// The position of a key, or PL106 said by whoever refers to it.
pub fn find(positions: &HashMap<&str, u32>, key: &str, by: &str) -> Result<u32, Fault> {
    positions.get(key).copied().ok_or_else(|| {
        Fault::new(
            BROKEN_REFERENCE,
            format!("{by} refers to {key}, which is not in the snapshot"),
            "freeze the snapshot again from a whole inventory",
        )
        .at(Place::subject(by))
    })
}
