//! The inventory in memory: each unit with its floor, building and site, and what is held of it.
//!
//! Not here: when it is read again (`super`).

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::standing::{Hold, OnDay, unit};
use crate::domain::fault::Faults;
use crate::domain::housing::{ApartmentType, Project};
use crate::domain::space::{Building, Floor, Site, Unit};
use crate::store::allocations::{self, HoldState};
use crate::store::versions::{self, Versions};
use crate::store::{Reading, inventory};

/// A unit in its place.
#[derive(Debug)]
pub struct Placed {
    /// The unit.
    pub unit: Unit,
    /// Its floor.
    pub floor: Floor,
    /// Where its building is among the buildings.
    pub(super) building: usize,
    /// Where its site is among the sites.
    pub(super) site: usize,
}

/// What is built, each kind by key.
#[derive(Debug, Default)]
pub(super) struct Built {
    pub sites: Vec<Site>,
    /// With the place of the site.
    pub buildings: Vec<(Building, usize)>,
    pub units: Vec<Placed>,
    /// With the place of the site.
    pub apartments: Vec<(ApartmentType, Project, usize)>,
}

type Holds = HashMap<String, Vec<Hold>>;

/// The inventory as it was at a moment.
#[derive(Debug)]
pub struct Shelf {
    pub(super) versions: Versions,
    pub(super) built: Arc<Built>,
    /// By unit.
    units_held: Holds,
    /// By apartment type.
    pub(super) apartments_held: Holds,
}

impl Shelf {
    /// The unit of a key.
    pub fn unit(&self, key: &str) -> Option<&Placed> {
        let units = &self.built.units;
        let at = units.binary_search_by(|p| p.unit.id.as_str().cmp(key));
        units.get(at.ok()?)
    }

    /// How a unit stands on a day.
    pub fn on(&self, placed: &Placed, day: NaiveDate) -> OnDay {
        let held = self.units_held.get(placed.unit.id.as_str());
        unit(&placed.unit, held.map_or(&[], Vec::as_slice), day)
    }

    /// The building of a unit.
    pub fn building(&self, placed: &Placed) -> &Building {
        &self.built.buildings[placed.building].0
    }

    /// The site of a unit.
    pub fn site(&self, placed: &Placed) -> &Site {
        &self.built.sites[placed.site]
    }
}

/// Reads the inventory; what did not change since `before` is taken from there.
pub(super) fn read(tx: &mut Reading<'_>, before: Option<&Shelf>) -> Result<Shelf, Faults> {
    let versions = versions::now(tx)?;
    let same = before.filter(|b| b.versions.inventory == versions.inventory);
    let built = match same {
        Some(shelf) => Arc::clone(&shelf.built),
        None => Arc::new(built(tx)?),
    };
    let units = allocations::units(tx)?.into_iter();
    let units = units.map(|a| (a.unit.to_string(), a.period, a.area.0, a.state));
    let units_held = held(units);
    let apartments = allocations::apartments(tx)?.into_iter();
    let apartments = apartments.map(|a| {
        let amount = i64::from(a.count);
        (a.apartment.to_string(), a.period, amount, a.state)
    });
    Ok(Shelf {
        versions,
        built,
        units_held,
        apartments_held: held(apartments),
    })
}

fn held(
    all: impl Iterator<Item = (String, crate::domain::period::Period, i64, HoldState)>,
) -> Holds {
    let mut holds = Holds::new();
    for (key, period, amount, state) in all.filter(|(.., state)| *state != HoldState::Ended) {
        let hold = Hold {
            period,
            amount,
            state,
        };
        holds.entry(key).or_default().push(hold);
    }
    holds
}

/// Reads what is built. Foreign keys see to it that each place is there; what had none would be left out.
fn built(tx: &mut Reading<'_>) -> Result<Built, Faults> {
    let all = inventory::load(tx)?;
    let at = |keys: Vec<String>| -> HashMap<String, usize> { keys.into_iter().zip(0..).collect() };
    let sites = at(all.sites.iter().map(|s| s.id.to_string()).collect());
    let buildings: Vec<(Building, usize)> = (all.buildings.into_iter())
        .filter_map(|b| sites.get(b.site.as_str()).map(|site| (b, *site)))
        .collect();
    let building_at = at(buildings.iter().map(|(b, _)| b.id.to_string()).collect());
    let floors: HashMap<String, Floor> = (all.floors.into_iter())
        .map(|f| (f.id.to_string(), f))
        .collect();
    let place = |unit: Unit| {
        let floor = floors.get(unit.floor.as_str())?.clone();
        let building = *building_at.get(floor.building.as_str())?;
        let site = buildings.get(building)?.1;
        Some(Placed {
            unit,
            floor,
            building,
            site,
        })
    };
    let units = all.units.into_iter().filter_map(place).collect();
    let projects: HashMap<String, Project> = (all.projects.into_iter())
        .map(|p| (p.id.to_string(), p))
        .collect();
    let house = |kind: ApartmentType| {
        let project = projects.get(kind.project.as_str())?.clone();
        let site = *sites.get(project.site.as_str())?;
        Some((kind, project, site))
    };
    let apartments = all.apartments.into_iter().filter_map(house).collect();
    Ok(Built {
        sites: all.sites,
        buildings,
        units,
        apartments,
    })
}
