//! Vacancies on a view of the map: one mark for each site, or for several that stand too close at a zoom.
//!
//! Not here: which vacancies are wanted, GeoJSON (`web`).

use std::collections::BTreeMap;

use super::stock::map::{Bounds, grid};
use super::vacancies::Vacancy;

/// A mark: one site, or several.
#[derive(Debug)]
pub struct Cluster<'v> {
    /// Where it stands, in micro-degrees: the site, or the middle of several.
    pub at: (i32, i32),
    /// How many sites.
    pub sites: usize,
    /// How many units.
    pub units: u32,
    /// Area of them in 0.01 m2.
    pub area: i64,
    /// A unit of the site when it is one.
    pub one: Option<&'v Vacancy>,
}

struct Sum<'v> {
    first: &'v Vacancy,
    units: u32,
    area: i64,
}

/// The marks of some vacancies within a box at a zoom, as map services count it. Never more than some hundred.
pub fn clusters<'v>(rows: &[&'v Vacancy], within: Option<&Bounds>, zoom: u8) -> Vec<Cluster<'v>> {
    let mut sites: BTreeMap<&str, ((i32, i32), Sum<'v>)> = BTreeMap::new();
    for row in rows.iter().copied() {
        let Some(at) = row.located.as_ref().map(|l| l.position.micro()) else {
            continue;
        };
        if within.is_some_and(|b| !b.holds(at)) {
            continue;
        }
        let new = || {
            let sum = Sum {
                first: row,
                units: 0,
                area: 0,
            };
            (at, sum)
        };
        let (_, sum) = sites.entry(row.site.as_str()).or_insert_with(new);
        sum.units += 1;
        sum.area = sum.area.saturating_add(row.unit.area.0);
    }
    let found: Vec<_> = sites.into_values().collect();
    grid(&found, zoom, |one| one.0)
        .into_iter()
        .map(|some| joined(&some))
        .collect()
}

fn joined<'v>(some: &[&((i32, i32), Sum<'v>)]) -> Cluster<'v> {
    let count = i64::try_from(some.len()).unwrap_or(i64::MAX).max(1);
    // A mean of values of 32 bits is one.
    let mean = |of: fn(&(i32, i32)) -> i32| {
        let sum: i64 = some.iter().map(|(at, _)| i64::from(of(at))).sum();
        i32::try_from(sum.div_euclid(count)).unwrap_or_default()
    };
    Cluster {
        at: (mean(|p| p.0), mean(|p| p.1)),
        sites: some.len(),
        units: some.iter().map(|(_, s)| s.units).sum(),
        area: some
            .iter()
            .fold(0, |sum, (_, s)| s.area.saturating_add(sum)),
        one: match some {
            [(_, only)] => Some(only.first),
            _ => None,
        },
    }
}
