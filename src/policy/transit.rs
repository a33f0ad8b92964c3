//! Speeds of walking and metro, as calibrated on published run times. The fields are those of
//! `atlas::Speeds`; planning hands them over.
//!
//! Not here: the network and the graph (atlas).

use serde::Deserialize;

use crate::domain::evidence::Evidence;
use crate::domain::fault::Code;

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
}
