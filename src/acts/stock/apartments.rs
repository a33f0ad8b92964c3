//! Apartment types with how many of them are vacant.

use chrono::NaiveDate;

use super::shelf::Shelf;
use super::standing::{held, within};
use crate::domain::housing::{ApartmentType, Layout, Project};
use crate::domain::ids::SiteId;
use crate::domain::place::DistrictCode;
use crate::domain::space::Site;

/// An apartment type on a day.
#[derive(Debug)]
pub struct ApartmentsNow<'s> {
    /// The type.
    pub kind: &'s ApartmentType,
    /// Its project.
    pub project: &'s Project,
    /// The site of the project.
    pub site: &'s Site,
    /// How many are vacant.
    pub vacant: i64,
}

/// Which apartment types are wanted.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Those of a district.
    pub district: Option<DistrictCode>,
    /// Those of a site.
    pub site: Option<SiteId>,
    /// Those of a layout.
    pub layout: Option<Layout>,
    /// Those of which one at least is vacant.
    pub vacant: bool,
}

/// At most `limit` apartment types after a key, by key, as they stand on a day.
pub fn page<'s>(
    shelf: &'s Shelf,
    wanted: &Wanted,
    day: NaiveDate,
    (after, limit): (Option<&str>, u32),
) -> Vec<ApartmentsNow<'s>> {
    let all = shelf.built.apartments.iter();
    let all = all.map(|(kind, project, site)| ApartmentsNow {
        kind,
        project,
        site: &shelf.built.sites[*site],
        vacant: vacant(shelf, kind, day),
    });
    all.filter(|a| after.is_none_or(|key| a.kind.id.as_str() > key))
        .filter(|a| (wanted.district.as_ref()).is_none_or(|d| *d == a.site.district))
        .filter(|a| wanted.site.as_ref().is_none_or(|s| *s == a.site.id))
        .filter(|a| wanted.layout.is_none_or(|l| l == a.kind.layout))
        .filter(|a| !wanted.vacant || a.vacant > 0)
        .take(usize::try_from(limit).unwrap_or(usize::MAX))
        .collect()
}

fn vacant(shelf: &Shelf, kind: &ApartmentType, day: NaiveDate) -> i64 {
    if !within(&kind.available, day) {
        return 0;
    }
    let holds = shelf.apartments_held.get(kind.id.as_str());
    let held = held(holds.map_or(&[], Vec::as_slice), day);
    i64::from(kind.count).saturating_sub(held).max(0)
}
