//! Space and housing: sites, buildings, floors, units, housing projects, apartment types.
//!
//! Not here: who holds them (`allocations`).

use super::error::StoreError;
use super::noun::{Cell, Noun};
use super::rows::{Changed, all, upsert_many};
use super::search::within;
use super::tx::{Reading, Writing};
use crate::domain::area::Area;
use crate::domain::housing::{ApartmentType, Project};
use crate::domain::snapshot::Inventory;
use crate::domain::space::{Building, Division, Floor, Site, SiteKind, Unit};

impl Noun for Site {
    const NOUN: &'static str = "site";
    const TABLE: &'static str = "sites";
    const COLUMNS: &'static [&'static str] = &["kind", "district_id"];

    fn key(&self) -> String {
        self.id.to_string()
    }

    fn cells(&self) -> Vec<Cell> {
        let kind = match self.kind {
            SiteKind::Space => "space",
            SiteKind::Housing => "housing",
        };
        vec![
            Cell::Text(kind.to_owned()),
            Cell::Text(self.district.to_string()),
        ]
    }
}

impl Noun for Building {
    const NOUN: &'static str = "building";
    const TABLE: &'static str = "buildings";
    const COLUMNS: &'static [&'static str] = &["site_id"];

    fn key(&self) -> String {
        self.id.to_string()
    }

    fn cells(&self) -> Vec<Cell> {
        vec![Cell::Text(self.site.to_string())]
    }
}

impl Noun for Floor {
    const NOUN: &'static str = "floor";
    const TABLE: &'static str = "floors";
    const COLUMNS: &'static [&'static str] = &["building_id", "level"];

    fn key(&self) -> String {
        self.id.to_string()
    }

    fn cells(&self) -> Vec<Cell> {
        vec![Cell::Text(self.building.to_string()), Cell::Int(self.level)]
    }
}

impl Noun for Unit {
    const NOUN: &'static str = "unit";
    const TABLE: &'static str = "units";
    const COLUMNS: &'static [&'static str] =
        &["floor_id", "area", "smallest_lot", "group_id", "rent"];
    const MAYBE: &'static [&'static str] = &["smallest_lot", "group_id", "rent"];

    fn key(&self) -> String {
        self.id.to_string()
    }

    fn cells(&self) -> Vec<Cell> {
        let lot = match self.division {
            Division::Whole => None,
            Division::Divisible { smallest_lot } => Some(smallest_lot.0),
        };
        vec![
            Cell::Text(self.floor.to_string()),
            Cell::Big(self.area.0),
            Cell::MaybeBig(lot),
            Cell::MaybeText(self.group.as_ref().map(ToString::to_string)),
            Cell::MaybeBig(self.rent.as_ref().map(|r| r.rate.fen())),
        ]
    }
}

impl Noun for Project {
    const NOUN: &'static str = "housing project";
    const TABLE: &'static str = "projects";
    const COLUMNS: &'static [&'static str] = &["site_id", "park_id"];
    const MAYBE: &'static [&'static str] = &["park_id"];

    fn key(&self) -> String {
        self.id.to_string()
    }

    fn cells(&self) -> Vec<Cell> {
        let park = self.park.as_ref().map(ToString::to_string);
        vec![Cell::Text(self.site.to_string()), Cell::MaybeText(park)]
    }
}

impl Noun for ApartmentType {
    const NOUN: &'static str = "apartment type";
    const TABLE: &'static str = "apartment_types";
    const COLUMNS: &'static [&'static str] = &["project_id", "count", "rent"];
    const MAYBE: &'static [&'static str] = &["rent"];

    fn key(&self) -> String {
        self.id.to_string()
    }

    fn cells(&self) -> Vec<Cell> {
        vec![
            Cell::Text(self.project.to_string()),
            Cell::Big(i64::from(self.count)),
            Cell::MaybeBig(self.rent.map(|r| r.fen())),
        ]
    }
}

/// At most `limit` units, by key, of which an area from `least` to `most` could be let alone: whole ones of
/// such an area, divisible ones with such a part. Units let only together are left out.
pub fn units_of_area(
    tx: &mut Reading<'_>,
    least: Area,
    most: Area,
    limit: u32,
) -> Result<Vec<Unit>, StoreError> {
    let sql = format!(
        "group_id IS NULL AND area >= $1 AND COALESCE(smallest_lot, area) <= $2 ORDER BY id LIMIT {limit}"
    );
    within(tx, &sql, &[least.0, most.0])
}

/// The whole inventory.
pub fn load(tx: &mut Reading<'_>) -> Result<Inventory, StoreError> {
    Ok(Inventory {
        sites: all(tx)?,
        buildings: all(tx)?,
        floors: all(tx)?,
        units: all(tx)?,
        projects: all(tx)?,
        apartments: all(tx)?,
    })
}

/// Stores an inventory: what is new or different.
pub fn store(tx: &mut Writing<'_>, inventory: &Inventory) -> Result<Changed, StoreError> {
    let mut changed = upsert_many(tx, &inventory.sites)?;
    changed += upsert_many(tx, &inventory.buildings)?;
    changed += upsert_many(tx, &inventory.floors)?;
    changed += upsert_many(tx, &inventory.units)?;
    changed += upsert_many(tx, &inventory.projects)?;
    changed += upsert_many(tx, &inventory.apartments)?;
    Ok(changed)
}
