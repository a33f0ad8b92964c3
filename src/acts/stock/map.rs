//! A view of the map: sites with the sums of their units, gathered into clusters by a grid so that no
//! view is crowded. A cluster of one site is that site.
//!
//! Not here: GeoJSON (`web`).

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::buildings::Sums;
use super::search::Wanted;
use super::shelf::Shelf;
use crate::acts::refuse;
use crate::domain::fault::Fault;
use crate::domain::place::Position;
use crate::domain::space::Site;

/// From this zoom on, sites stand by themselves as long as there are not too many.
const SINGLE_FROM: u8 = 13;
/// Most marks of a view: at 400 bytes each it stays below 200 KB.
const MARKS_MAX: usize = 400;
/// Zoom of the finest map.
const ZOOM_MAX: u8 = 22;
/// The globe in micro-degrees.
const GLOBE: i64 = 360_000_000;

/// A box on the map, in micro-degrees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    west_south: (i32, i32),
    east_north: (i32, i32),
}

impl Bounds {
    /// The box `west,south,east,north` in degrees.
    ///
    /// # Errors
    /// AC018 for other words or numbers; DM160 off the globe.
    pub fn read(text: &str) -> Result<Bounds, Fault> {
        let bad = || {
            let cause = "it is no box of four degrees with west before east and south before north";
            refuse::unfit("bbox", cause, "give west,south,east,north")
        };
        let degrees: Vec<f64> = (text.split(','))
            .map(|word| word.trim().parse::<f64>())
            .collect::<Result<_, _>>()
            .map_err(|_| bad())?;
        let [west, south, east, north] = degrees[..] else {
            return Err(bad());
        };
        let west_south = Position::degrees(west, south)?.micro();
        let east_north = Position::degrees(east, north)?.micro();
        if west_south.0 > east_north.0 || west_south.1 > east_north.1 {
            return Err(bad());
        }
        Ok(Bounds {
            west_south,
            east_north,
        })
    }

    /// True when a site is known to lie in it.
    pub(super) fn hold(&self, site: &Site) -> bool {
        place(site).is_some_and(|at| self.holds(at))
    }

    /// True when a place in micro-degrees lies in it.
    pub fn holds(&self, (lon, lat): (i32, i32)) -> bool {
        (self.west_south.0..=self.east_north.0).contains(&lon)
            && (self.west_south.1..=self.east_north.1).contains(&lat)
    }
}

fn place(site: &Site) -> Option<(i32, i32)> {
    site.located.as_ref().map(|l| l.position.micro())
}

/// Side of a cell at a zoom: a quarter of a tile, or one micro-degree where sites stand by themselves.
fn cell_at(zoom: u8) -> i64 {
    match zoom < SINGLE_FROM {
        true => (GLOBE >> zoom >> 2).max(1),
        false => 1,
    }
}

/// What stands on the map.
#[derive(Debug)]
pub enum Mark<'s> {
    /// A site.
    One(&'s Site, Sums),
    /// Several sites: their middle in micro-degrees, how many.
    Many((i32, i32), u32, Sums),
}

type Found<'s> = ((i32, i32), &'s Site, Sums);

/// The marks of a view at a zoom as map services count it (0 = the globe in one tile): sites that have
/// units which are wanted, with the sums of these on a day.
///
/// # Errors
/// AC018 for another zoom than 0 to 22.
pub fn marks<'s>(
    shelf: &'s Shelf,
    zoom: u8,
    wanted: &Wanted,
    day: NaiveDate,
) -> Result<Vec<Mark<'s>>, Fault> {
    if zoom > ZOOM_MAX {
        return Err(refuse::unfit("zoom", "it is no zoom", "give 0 to 22"));
    }
    let found = sites(shelf, wanted, day);
    let cells = grid(&found, zoom, |one| one.0);
    Ok(cells.iter().map(|some| mark(some)).collect())
}

/// Things gathered by the cells of a grid at a zoom, which is made coarser until the view is not crowded.
pub(in crate::acts) fn grid<T>(found: &[T], zoom: u8, at: fn(&T) -> (i32, i32)) -> Vec<Vec<&T>> {
    let mut cell = cell_at(zoom);
    let mut cells = gathered(found, cell, at);
    while cells.len() > MARKS_MAX && cell < GLOBE {
        cell = (cell * 2).max(GLOBE >> ZOOM_MAX);
        cells = gathered(found, cell, at);
    }
    cells.into_values().collect()
}

fn sites<'s>(shelf: &'s Shelf, wanted: &Wanted, day: NaiveDate) -> Vec<Found<'s>> {
    let all = &shelf.built.sites;
    let mut sums = vec![Sums::default(); all.len()];
    for (placed, on) in shelf.wanted(wanted, day) {
        sums[placed.site].add(placed.unit.area.0, on.vacant.0);
    }
    let with = all.iter().zip(sums).filter(|(_, s)| s.units > 0);
    with.filter_map(|(site, sums)| Some((place(site)?, site, sums)))
        .collect()
}

fn gathered<T>(
    found: &[T],
    cell: i64,
    place: fn(&T) -> (i32, i32),
) -> BTreeMap<(i64, i64), Vec<&T>> {
    let mut cells: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for one in found {
        let (lon, lat) = place(one);
        let at = |n: i32| i64::from(n).div_euclid(cell);
        cells.entry((at(lon), at(lat))).or_default().push(one);
    }
    cells
}

fn mark<'s>(some: &[&Found<'s>]) -> Mark<'s> {
    if let [(_, site, sums)] = some {
        return Mark::One(site, *sums);
    }
    let mut sums = Sums::default();
    some.iter().for_each(|(_, _, one)| sums.join(one));
    let count = i64::try_from(some.len()).unwrap_or(i64::MAX).max(1);
    // A mean of values of 32 bits is one.
    let mean = |of: fn(&(i32, i32)) -> i32| {
        let sum: i64 = some.iter().map(|(at, ..)| i64::from(of(at))).sum();
        i32::try_from(sum.div_euclid(count)).unwrap_or_default()
    };
    let count = u32::try_from(count).unwrap_or(u32::MAX);
    Mark::Many((mean(|p| p.0), mean(|p| p.1)), count, sums)
}
