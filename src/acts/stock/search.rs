//! Units by what somebody needs. What a unit does not state, it does not have: a unit without a stated
//! floor load is not among those that bear so much.
//!
//! Not here: minutes to a station, which need the network of the metro (`atlas`).

use chrono::NaiveDate;

use super::map::Bounds;
use super::shelf::{Placed, Shelf};
use super::standing::{OnDay, Standing};
use crate::acts::refuse;
use crate::domain::area::Area;
use crate::domain::fault::Fault;
use crate::domain::ids::{BuildingId, SiteId};
use crate::domain::money::Rate;
use crate::domain::place::DistrictCode;
use crate::domain::space::{Division, Use};

/// Which units are wanted; all that is given must hold.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Those of a district.
    pub district: Option<DistrictCode>,
    /// Those of a site.
    pub site: Option<SiteId>,
    /// Those of a building.
    pub building: Option<BuildingId>,
    /// Those of a use.
    pub use_: Option<Use>,
    /// Those of which so much may be let.
    pub area_from: Option<Area>,
    /// Those of which no more than so much must be let.
    pub area_to: Option<Area>,
    /// Those with at most this rent.
    pub rent_to: Option<Rate>,
    /// Those that bear so many kg/m2.
    pub floor_load_from: Option<u32>,
    /// Those at least so many mm high.
    pub clear_height_from: Option<u32>,
    /// Those with so many ampere.
    pub power_from: Option<u32>,
    /// Those of sites within a box; sites without a position are not.
    pub within: Option<Bounds>,
    /// Those that are vacant, or have a vacant part, on the day.
    pub vacant: bool,
}

/// Order of a list; by key among equals.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    /// By key.
    #[default]
    Key,
    /// Smallest first.
    Area,
    /// Largest first.
    AreaDown,
    /// Cheapest first; unknown rents last.
    Rent,
    /// Dearest first; unknown rents last.
    RentDown,
}

impl Order {
    /// The order of a word. AC018 for another word.
    pub fn named(word: Option<&str>) -> Result<Order, Fault> {
        match word {
            None | Some("id") => Ok(Order::Key),
            Some("area") => Ok(Order::Area),
            Some("-area") => Ok(Order::AreaDown),
            Some("rent") => Ok(Order::Rent),
            Some("-rent") => Ok(Order::RentDown),
            Some(_) => Err(refuse::unfit(
                "sort",
                "it is no order of units",
                "give id, area, -area, rent or -rent",
            )),
        }
    }

    fn rank(self, placed: &Placed) -> i64 {
        let rent = placed.unit.rent.as_ref().map(|r| r.rate.fen());
        match self {
            Order::Key => 0,
            Order::Area => placed.unit.area.0,
            Order::AreaDown => placed.unit.area.0.saturating_neg(),
            Order::Rent => rent.unwrap_or(i64::MAX),
            Order::RentDown => rent.map_or(i64::MAX, i64::saturating_neg),
        }
    }
}

impl Shelf {
    /// The units that are wanted, by key, with how they stand on a day.
    pub fn wanted<'s>(
        &'s self,
        wanted: &'s Wanted,
        day: NaiveDate,
    ) -> impl Iterator<Item = (&'s Placed, OnDay)> {
        self.wanted_from(0, wanted, day)
    }

    fn wanted_from<'s>(
        &'s self,
        first: usize,
        wanted: &'s Wanted,
        day: NaiveDate,
    ) -> impl Iterator<Item = (&'s Placed, OnDay)> {
        let units = self.built.units.iter().skip(first);
        let placed = units.filter(move |p| self.there(p, wanted) && fit(p, wanted));
        let shown = placed.map(move |p| (p, self.on(p, day)));
        shown.filter(move |(p, on)| {
            (!wanted.vacant || on.standing == Standing::Vacant) && large(p, *on, wanted)
        })
    }

    fn there(&self, placed: &Placed, wanted: &Wanted) -> bool {
        let site = self.site(placed);
        let building = &placed.floor.building;
        (wanted.district.as_ref()).is_none_or(|d| *d == site.district)
            && wanted.site.as_ref().is_none_or(|s| *s == site.id)
            && wanted.building.as_ref().is_none_or(|b| b == building)
            && wanted.within.is_none_or(|bounds| bounds.hold(site))
    }

    /// A page of the units that are wanted, in an order, after the unit of a key.
    ///
    /// # Errors
    /// AC018 when another order than that by key begins after a unit that is not there.
    pub fn page<'s>(
        &'s self,
        wanted: &'s Wanted,
        day: NaiveDate,
        order: Order,
        (after, limit): (Option<&str>, u32),
    ) -> Result<Vec<(&'s Placed, OnDay)>, Fault> {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        if order == Order::Key {
            let before = |p: &Placed| after.is_some_and(|key| p.unit.id.as_str() <= key);
            let first = self.built.units.partition_point(before);
            return Ok(self.wanted_from(first, wanted, day).take(limit).collect());
        }
        let place = |p: &Placed| (order.rank(p), p.unit.id.clone());
        let from = after.map(|key| self.needed(key).map(place)).transpose()?;
        let mut all: Vec<_> = self.wanted(wanted, day).collect();
        all.sort_by_cached_key(|(p, _)| place(p));
        let later = all.into_iter();
        let later = later.skip_while(|(p, _)| from.as_ref().is_some_and(|from| place(p) <= *from));
        Ok(later.take(limit).collect())
    }

    fn needed(&self, key: &str) -> Result<&Placed, Fault> {
        self.unit(key)
            .ok_or_else(|| refuse::unfit("after", "there is no such unit", "begin without `after`"))
    }
}

fn fit(placed: &Placed, wanted: &Wanted) -> bool {
    let (unit, has) = (&placed.unit, &placed.unit.technical);
    let rate = unit.rent.as_ref().map(|r| r.rate);
    let at_least = |want: Option<u32>, has: Option<u32>| {
        want.is_none_or(|want| has.is_some_and(|has| has >= want))
    };
    (wanted.use_).is_none_or(|u| u == unit.use_)
        && wanted
            .rent_to
            .is_none_or(|most| rate.is_some_and(|r| r <= most))
        && at_least(wanted.floor_load_from, has.floor_load_kg_m2)
        && at_least(wanted.clear_height_from, has.clear_height_mm)
        && at_least(wanted.power_from, has.power_a)
}

/// Whether an area that is wanted may be let of it: of what is vacant, when only that is wanted.
fn large(placed: &Placed, on: OnDay, wanted: &Wanted) -> bool {
    let unit = &placed.unit;
    let most = if wanted.vacant { on.vacant } else { unit.area };
    let least = match unit.division {
        Division::Whole => unit.area,
        Division::Divisible { smallest_lot } => smallest_lot,
    };
    wanted.area_from.is_none_or(|a| most >= a) && wanted.area_to.is_none_or(|a| least <= a)
}
