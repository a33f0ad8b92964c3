//! Bundles: what a firm could be let at once, by the laws of letting alone.
//!
//! 1. one whole lot;
//! 2. a part of a divisible unit: the largest that the firm may and wants, the smallest, and one
//!    between, each at least the smallest lot (whatever remains may be let to others);
//! 3. neighbouring lots of one floor, a run in room order, at most `units_max` lots;
//! 4. all lots of consecutive complete floors of a building, at most `units_max` floors.
//!
//! A part is always let alone. A complete floor counts as one unit of the entitlement, so does a
//! group; the area always lies between `least` and `most`. A floor without units in the inventory
//! breaks a run, for nobody knows who holds it.
//!
//! Not here: hard rules of the single unit (atlas), lease, rent, score (`options`).

use std::collections::BTreeSet;

use crate::domain::area::Area;

use super::lots::{Lot, Lots, at};

/// What a firm wants and may have.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Least area.
    pub least: Area,
    /// Largest area.
    pub most: Area,
    /// Most lots on a floor, or complete floors.
    pub units_max: u32,
}

impl Limits {
    fn hold(&self, area: Area) -> bool {
        self.least <= area && area <= self.most
    }
}

/// Units with the area taken of each, ascending by position.
pub type Bundle = Vec<(u32, Area)>;

/// All bundles of a firm: `fit` are the lots that pass the hard rules. Ascending, none twice.
pub fn of(lots: &Lots, areas: &[Area], fit: &[u32], limits: Limits) -> Vec<Bundle> {
    let mut fit = fit.to_vec();
    fit.sort_unstable();
    let maker = Maker {
        lots,
        areas,
        fit: &fit,
        limits,
    };
    let mut found = BTreeSet::new();
    if limits.units_max == 0 {
        return Vec::new();
    }
    for lot in fit.iter().filter_map(|l| lots.lot(*l)) {
        maker.single(lot, &mut found);
    }
    for floor in maker.floors() {
        maker.room_runs(floor, &mut found);
        maker.floor_runs(floor, &mut found);
    }
    found.into_iter().collect()
}

struct Maker<'a> {
    lots: &'a Lots,
    areas: &'a [Area],
    /// Ascending.
    fit: &'a [u32],
    limits: Limits,
}

impl Maker<'_> {
    fn single(&self, lot: &Lot, found: &mut BTreeSet<Bundle>) {
        if self.limits.hold(lot.area) {
            found.insert(self.whole(&lot.units));
        }
        let (Some(smallest), Some(unit)) = (lot.smallest_part, lot.units.first()) else {
            return;
        };
        for size in part_sizes(lot.area, smallest, self.limits) {
            found.insert(vec![(*unit, size)]);
        }
    }

    /// Floors that hold a fitting lot.
    fn floors(&self) -> BTreeSet<u32> {
        let units = self
            .fit
            .iter()
            .filter_map(|l| self.lots.lot(*l))
            .flat_map(|l| &l.units);
        units
            .filter_map(|u| self.lots.floor_of_unit.get(at(*u)).copied())
            .collect()
    }

    /// Runs of two or more lots in room order. A lot that reaches to another floor breaks a run.
    fn room_runs(&self, floor: u32, found: &mut BTreeSet<Bundle>) {
        let Some(row) = self.lots.floors.get(at(floor)) else {
            return;
        };
        for start in 0..row.lots.len() {
            let mut units = Vec::new();
            let mut area = Area::ZERO;
            for (n, lot) in row.lots.iter().skip(start).enumerate() {
                let Some(lot) = self.fitting(*lot).filter(|l| self.on_floor(l, floor)) else {
                    break;
                };
                area = Area(area.0.saturating_add(lot.area.0));
                if area > self.limits.most || n >= at(self.limits.units_max) {
                    break;
                }
                units.extend(&lot.units);
                if n > 0 && self.limits.hold(area) {
                    found.insert(self.whole(&units));
                }
            }
        }
    }

    /// Runs of complete floors that begin with this one.
    fn floor_runs(&self, floor: u32, found: &mut BTreeSet<Bundle>) {
        let Some(mut row) = self.lots.floors.get(at(floor)) else {
            return;
        };
        let Some(floors) = self.lots.buildings.get(at(row.building)) else {
            return;
        };
        let mut taken = BTreeSet::new();
        let above = floors.iter().skip_while(|f| **f != floor);
        for (n, next) in above.take(at(self.limits.units_max)).enumerate() {
            let Some(next) = self.lots.floors.get(at(*next)) else {
                return;
            };
            let joined = n == 0 || next.level == level_above(row.level);
            if !joined || next.lots.is_empty() || next.lots.iter().any(|l| !self.fits(*l)) {
                return;
            }
            taken.extend(next.lots.iter().copied());
            row = next;
            if !self.emit_floors(&taken, floors, floor, n + 1, found) {
                return;
            }
        }
    }

    /// Adds the lots when they are whole floors and the area fits; false when already too large.
    fn emit_floors(
        &self,
        taken: &BTreeSet<u32>,
        floors: &[u32],
        first: u32,
        many: usize,
        found: &mut BTreeSet<Bundle>,
    ) -> bool {
        let lots: Vec<&Lot> = taken.iter().filter_map(|l| self.lots.lot(*l)).collect();
        let area = lots
            .iter()
            .fold(0_i64, |sum, l| sum.saturating_add(l.area.0));
        let units: Vec<u32> = lots.iter().flat_map(|l| l.units.iter().copied()).collect();
        let run: BTreeSet<u32> = floors
            .iter()
            .skip_while(|f| **f != first)
            .take(many)
            .copied()
            .collect();
        let inside = units.iter().all(|u| {
            self.lots
                .floor_of_unit
                .get(at(*u))
                .is_some_and(|f| run.contains(f))
        });
        if inside && self.limits.hold(Area(area)) {
            found.insert(self.whole(&units));
        }
        Area(area) <= self.limits.most
    }

    fn fitting(&self, lot: u32) -> Option<&Lot> {
        self.lots.lot(lot).filter(|_| self.fits(lot))
    }

    fn fits(&self, lot: u32) -> bool {
        self.fit.binary_search(&lot).is_ok()
    }

    fn on_floor(&self, lot: &Lot, floor: u32) -> bool {
        let here = |u: &u32| self.lots.floor_of_unit.get(at(*u)) == Some(&floor);
        lot.units.iter().all(here)
    }

    fn whole(&self, units: &[u32]) -> Bundle {
        let area = |u: &u32| self.areas.get(at(*u)).map(|a| (*u, *a));
        let mut bundle: Bundle = units.iter().filter_map(area).collect();
        bundle.sort_unstable();
        bundle
    }
}

/// The level above: there is no level 0.
fn level_above(level: i32) -> i32 {
    if level == -1 {
        1
    } else {
        level.saturating_add(1)
    }
}

/// Sizes of parts, smaller than the unit: largest, smallest, and the middle in whole m2.
fn part_sizes(unit: Area, smallest: Area, limits: Limits) -> BTreeSet<Area> {
    let low = limits.least.max(smallest);
    let high = limits.most.min(unit);
    if low > high {
        return BTreeSet::new();
    }
    let middle = Area((low.0 + (high.0 - low.0) / 2) / 100 * 100);
    [high, middle.max(low), low]
        .into_iter()
        .filter(|size| *size < unit)
        .collect()
}
