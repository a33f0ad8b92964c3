//! Nearest queries: the nearest unit to random places, by the index, against a scan over all units
//! with the same geodesic distance on a sample of the same places. Both must find the same distance.
//!
//! Not here: travel time (`candidates`).

use std::fmt;
use std::time::Duration;

use serde::Serialize;

use super::{forget_peak, inventory, peak_mib, peak_text, per_second, timed};
use crate::acts::generate::random::Random;
use crate::atlas::{Atlas, Speeds, distance};
use crate::domain::fault::Faults;
use crate::domain::place::Position;
use crate::domain::snapshot::Inventory;

/// Firms of the city: about 17,000 units.
const FIRMS: u32 = 20_000;
/// Queries of the scan.
const SAMPLE: usize = 50;
/// Corners of the places asked about, micro-degrees: the city without the sea to the south.
const WEST_SOUTH: (i32, i32) = (113_750_000, 22_450_000);
const WIDE_HIGH: (u32, u32) = (870_000, 410_000);

/// What was measured.
#[derive(Debug, Clone, Serialize)]
pub struct Nearest {
    /// Units in the index.
    pub units: u64,
    /// Queries by the index.
    pub queries: u64,
    /// Nanoseconds per query.
    pub ns_per_query: f64,
    /// Queries by the scan.
    pub scan_queries: u64,
    /// Nanoseconds per query of the scan.
    pub scan_ns_per_query: f64,
    /// How many times faster the index is.
    pub ratio: f64,
    /// Queries of the scan in which both found the same distance to the millimetre; should be all.
    pub agree: u64,
    /// Peak of memory in MiB.
    pub peak_mib: Option<u64>,
}

impl fmt::Display for Nearest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "nearest: {} queries over {} units, {:.0} ns/query; scan {:.0} ns/query ({} queries, {} agree): \
             {:.0} times faster, peak {}",
            self.queries,
            self.units,
            self.ns_per_query,
            self.scan_ns_per_query,
            self.scan_queries,
            self.agree,
            self.ratio,
            peak_text(self.peak_mib)
        )
    }
}

/// Measures so many queries.
pub fn run(queries: u32, seed: u64) -> Result<Nearest, Faults> {
    let (ground, stock) = inventory(FIRMS, seed)?;
    let atlas = Atlas::new(&ground, &stock, Speeds::CALIBRATED)?;
    let places = places(queries, seed);
    let units = positions(&atlas, &stock);
    forget_peak();
    let nearest = |p: &Position| atlas.nearest_units(*p, 1).first().map(|n| n.1);
    // The sum keeps the queries from being left out.
    let (_, indexed) = timed(|| places.iter().filter_map(nearest).sum::<f64>());
    let sample = || places.iter().take(SAMPLE);
    let (scanned, scan) = timed(|| sample().map(|p| by_scan(&units, *p)).collect::<Vec<_>>());
    let agree = sample()
        .zip(&scanned)
        .filter(|(p, metres)| nearest(p).is_some_and(|found| (found - **metres).abs() < 0.001));
    let (queries, asked) = (length(places.len()), length(scanned.len()));
    let (ns, scan_ns) = (nanoseconds(indexed, queries), nanoseconds(scan, asked));
    Ok(Nearest {
        units: length(units.len()),
        queries,
        ns_per_query: ns,
        scan_queries: asked,
        scan_ns_per_query: scan_ns,
        ratio: if ns > 0.0 { scan_ns / ns } else { 0.0 },
        agree: length(agree.count()),
        peak_mib: peak_mib(),
    })
}

fn nanoseconds(time: Duration, queries: u64) -> f64 {
    let speed = per_second(queries, time);
    if speed > 0.0 { 1e9 / speed } else { 0.0 }
}

fn places(queries: u32, seed: u64) -> Vec<Position> {
    let mut random = Random::stream(seed, "places");
    let place = |_| {
        let lon = WEST_SOUTH
            .0
            .saturating_add_unsigned(random.between(0, WIDE_HIGH.0));
        let lat = WEST_SOUTH
            .1
            .saturating_add_unsigned(random.between(0, WIDE_HIGH.1));
        Position::try_from((lon, lat)).ok()
    };
    (0..queries).filter_map(place).collect()
}

/// Position of every unit.
fn positions(atlas: &Atlas, stock: &Inventory) -> Vec<Position> {
    let site = |unit| stock.sites.get(usize::try_from(atlas.site_of(unit)?).ok()?);
    let position = |unit| Some(site(unit)?.located.as_ref()?.position);
    (0..)
        .zip(&stock.units)
        .filter_map(|(n, _)| position(n))
        .collect()
}

fn by_scan(units: &[Position], from: Position) -> f64 {
    units
        .iter()
        .map(|u| distance::metres(from, *u))
        .fold(f64::INFINITY, f64::min)
}

fn length(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}
