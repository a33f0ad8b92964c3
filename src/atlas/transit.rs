//! Door to door: the best of walking all the way and walk, metro, walk.
//!
//! minutes(a, b) = the least of
//!   walk(a, b), and
//!   walk(a, s) + wait + ride(s, t) + walk(t, b) over stations s near a and t near b,
//! rounded up to whole minutes. A walk is the geodesic times the detour over the walking speed.
//! Stations near a place are all within the longest walk, or, when there is none, the nearest one
//! (someone walks farther rather than not at all); ties by number. A station is dropped when it is
//! as quick to take the metro to it from a nearer one and to change there: no way through it can
//! win, because ride(s, t) <= ride(s, u) + change + ride(u, t). Symmetric: minutes(a, b) =
//! minutes(b, a). Buses, roads and walks between stations are not known and not modelled.
//!
//! Not here: the table of rides (`network`), the numbers (`speeds`).

use super::distance::metres;
use super::index::Points;
use super::network::{NEVER, RideTable};
use super::speeds::Speeds;
use crate::domain::fault::{Code, Fault, Faults};
use crate::domain::place::{Network, Position};

/// A speed is zero or a detour is shorter than the straight line.
pub const BAD_SPEEDS: Code = Code("AT107");

/// Milliseconds of a minute.
const MINUTE: u64 = 60_000;

/// The metro and the pavement.
#[derive(Debug, Clone)]
pub struct Transit {
    speeds: Speeds,
    stations: Points,
    rides: RideTable,
}

/// Ways from a place to its stations: (station number, walk in milliseconds).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Access(Vec<(u32, u64)>);

impl Transit {
    /// Prepares a network; every fault of it and of the speeds is reported (AT101 to AT107).
    pub fn new(network: &Network, speeds: Speeds) -> Result<Transit, Faults> {
        if speeds.walk_m_per_min == 0 || speeds.detour_bp < 10_000 {
            return Err(Faults::from(Fault::new(
                BAD_SPEEDS,
                "walking needs a speed above 0 and a detour of at least 10000 basis points",
                "correct the transit section of the policy",
            )));
        }
        let rides = RideTable::new(network, speeds)?;
        let numbered = network.stations.iter().zip(0u32..);
        Ok(Transit {
            speeds,
            stations: Points::new(numbered.map(|(s, n)| (n, s.position))),
            rides,
        })
    }

    /// Door-to-door minutes, rounded up; 0 only at the same position.
    pub fn minutes(&self, a: Position, b: Position) -> u32 {
        self.between(&self.access(a), &self.access(b), metres(a, b))
    }

    /// The stations of a place. Keep it where many ways start or end at one place.
    pub fn access(&self, place: Position) -> Access {
        let limit = f64::from(self.speeds.walk_max_m);
        let mut near = self.stations.within(place, limit);
        if near.is_empty() {
            near = self.stations.nearest(place, 1);
        }
        let mut kept: Vec<(u32, u64)> = Vec::new();
        for (station, metres) in near {
            let walk = self.speeds.walk_ms(metres);
            let quicker = |(from, out): &(u32, u64)| match self.rides.ms(*from, station) {
                NEVER => false,
                ride => out.saturating_add(u64::from(ride) + self.speeds.transfer_ms()) <= walk,
            };
            if !kept.iter().any(quicker) {
                kept.push((station, walk));
            }
        }
        Access(kept)
    }

    /// Door-to-door minutes between two places whose stations and distance in metres are known.
    pub fn between(&self, a: &Access, b: &Access, metres: f64) -> u32 {
        let ms = self.speeds.walk_ms(metres).min(self.by_metro_ms(a, b));
        u32::try_from(ms.div_ceil(MINUTE)).unwrap_or(u32::MAX)
    }

    /// Whole minutes by metro, `u32::MAX` when no ride connects the two.
    pub fn by_metro(&self, a: &Access, b: &Access) -> u32 {
        u32::try_from(self.by_metro_ms(a, b).div_ceil(MINUTE)).unwrap_or(u32::MAX)
    }

    /// Minutes in a train between two stations by number, changes included and the wait for the
    /// first train not; `None` when no ride connects them.
    pub fn ride_minutes(&self, from: u32, to: u32) -> Option<f64> {
        match self.rides.ms(from, to) {
            NEVER => None,
            ms => Some(f64::from(ms) / MINUTE as f64),
        }
    }

    fn by_metro_ms(&self, a: &Access, b: &Access) -> u64 {
        let mut best = u64::MAX;
        for (from, out) in &a.0 {
            for (to, back) in &b.0 {
                let ride = self.rides.ms(*from, *to);
                if ride != NEVER && from != to {
                    let way = out.saturating_add(*back).saturating_add(u64::from(ride));
                    best = best.min(way);
                }
            }
        }
        best.saturating_add(self.speeds.wait_ms())
    }
}
