//! Speeds of walking and metro, as calibrated on published run times. The fields are those of
//! `atlas::Speeds`; planning hands them over.
//!
//! Not here: the network and the graph (atlas).

use chrono::NaiveDate;
use serde::Deserialize;

use super::gather::spot;
use crate::domain::evidence::Evidence;
use crate::domain::fault::{Code, Fault};

/// A speed is zero, or a value of the transit section cannot be meant.
pub const BAD_TRANSIT: Code = Code("PO140");

/// Speeds and waits, plain integers.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Transit {
    /// Walking, metres per minute.
    pub walk_m_per_min: u32,
    /// Length of a walk over the straight line, basis points (at least 10000).
    pub detour_bp: u32,
    /// Longest walk to or from a station, metres of straight line.
    pub walk_max_m: u32,
    /// Ride, hundredths of a minute per km of straight line between stations.
    pub ride_min_per_km_x100: u32,
    /// Stop at a station, seconds.
    pub dwell_s: u32,
    /// Change of line, minutes.
    pub transfer_min: u32,
    /// Wait for the first train, minutes.
    pub wait_min: u32,
    /// Source.
    pub basis: String,
    /// How well the values are known.
    pub evidence: Evidence,
    /// Last day on which the basis is in force; `None` = not known.
    pub basis_until: Option<NaiveDate>,
}

/// Breaches: speeds that nobody can mean.
pub(super) fn breaches(speeds: &Transit) -> Vec<Fault> {
    let bad = |key: &str, cause: &str| {
        Fault::new(BAD_TRANSIT, cause, "correct the value").at(spot("[transit]", key))
    };
    let mut faults = Vec::new();
    if speeds.walk_m_per_min == 0 {
        faults.push(bad("walk_m_per_min", "nobody would arrive"));
    }
    if !(10_000..=100_000).contains(&speeds.detour_bp) {
        faults.push(bad("detour_bp", "give 10000 (straight) to 100000"));
    }
    if speeds.ride_min_per_km_x100 == 0 {
        faults.push(bad("ride_min_per_km_x100", "a ride would take no time"));
    }
    faults
}
