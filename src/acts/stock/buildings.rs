//! Buildings with what of them is vacant.

use chrono::NaiveDate;

use super::search::Wanted;
use super::shelf::Shelf;
use crate::domain::ids::SiteId;
use crate::domain::place::DistrictCode;
use crate::domain::space::{Building, Site};

/// A building with the sums of its units.
#[derive(Debug)]
pub struct BuildingNow<'s> {
    /// The building.
    pub building: &'s Building,
    /// Its site.
    pub site: &'s Site,
    /// Sums of its units.
    pub sums: Sums,
}

/// Sums of units. Areas in 0.01 m2.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sums {
    /// How many.
    pub units: u32,
    /// Their area.
    pub area: i64,
    /// How many of them are vacant, or have a vacant part.
    pub vacant_units: u32,
    /// What of them may be let.
    pub vacant_area: i64,
}

impl Sums {
    /// Adds a unit: its area, and what of it is vacant. Saturates.
    pub(super) fn add(&mut self, area: i64, vacant: i64) {
        self.units = self.units.saturating_add(1);
        self.area = self.area.saturating_add(area);
        self.vacant_units = self.vacant_units.saturating_add(u32::from(vacant > 0));
        self.vacant_area = self.vacant_area.saturating_add(vacant);
    }

    /// Adds other sums. Saturates.
    pub(super) fn join(&mut self, other: &Sums) {
        self.units = self.units.saturating_add(other.units);
        self.area = self.area.saturating_add(other.area);
        self.vacant_units = self.vacant_units.saturating_add(other.vacant_units);
        self.vacant_area = self.vacant_area.saturating_add(other.vacant_area);
    }
}

/// At most `limit` buildings after a key, by key, with their sums on a day.
pub fn page<'s>(
    shelf: &'s Shelf,
    (district, site): (Option<&DistrictCode>, Option<&SiteId>),
    day: NaiveDate,
    (after, limit): (Option<&str>, u32),
) -> Vec<BuildingNow<'s>> {
    let all_units = Wanted::default();
    let mut sums = vec![Sums::default(); shelf.built.buildings.len()];
    for (placed, on) in shelf.wanted(&all_units, day) {
        sums[placed.building].add(placed.unit.area.0, on.vacant.0);
    }
    let all = shelf.built.buildings.iter().zip(sums);
    let all = all.map(|((building, at), sums)| BuildingNow {
        building,
        site: &shelf.built.sites[*at],
        sums,
    });
    all.filter(|b| after.is_none_or(|key| b.building.id.as_str() > key))
        .filter(|b| district.is_none_or(|d| *d == b.site.district))
        .filter(|b| site.is_none_or(|s| *s == b.site.id))
        .take(usize::try_from(limit).unwrap_or(usize::MAX))
        .collect()
}
