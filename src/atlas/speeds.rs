//! Speeds of walking and metro, as plain integers, and the values calibrated on published run times.
//!
//! Calibration (`data/metro_facts.csv`, rows F01 to F16): time of a ride = `a` x straight-line km
//! summed station by station + `b` x segments, because each printed segment includes one stop.
//! Ordinary least squares over the 14 independent rows that agree with each other (the 12 segments
//! of line 11, F14 and F16 of line 14) gives a = 0.977 min/km and b = 37.4 s, rounded here to 0.98
//! and 37. Against the printed totals: line 11 46.0 for 48 min (-4 %), line 14 end to end 56.2 for
//! 55 (+2 %), to 大运 28.4 for 30 (-5 %). F13 is the sum of the 12 segments and adds nothing. F15
//! (40 min to 坪山中心) is left out: with F14 and F16 it would mean 88 km/h over seven stops and then
//! 32 km/h over two; the model says 47. Detours of the track are inside `a` (lines are 1.04 to 1.08
//! of the chords). Lines of 80 km/h are slower and publish no run time: their rides are too short.
//!
//! Wait: headways of 325 s (peak) and 375 s (off peak), F17 and F18, halved: 3 min. Walking 75 m/min,
//! detour 1.3, longest walk 1500 m and 5 min for a change of line are assumptions.
//!
//! Not here: the graph (`network`), door to door (`transit`).

/// Speeds and waits. The policy of the round carries them; nothing here is hidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Speeds {
    /// Walking, metres per minute.
    pub walk_m_per_min: u32,
    /// Length of a walk over the straight line, basis points (10,000 = no detour).
    pub detour_bp: u32,
    /// Longest walk to or from a station, metres of straight line.
    pub walk_max_m: u32,
    /// Ride, hundredths of a minute per km of straight line between neighbouring stations.
    pub ride_min_per_km_x100: u32,
    /// Stop at a station, seconds; each segment includes one.
    pub dwell_s: u32,
    /// Change of line in minutes: the way and the wait for the next train.
    pub transfer_min: u32,
    /// Wait for the first train, minutes: half the headway.
    pub wait_min: u32,
}

impl Speeds {
    /// The calibrated and assumed values of the header.
    pub const CALIBRATED: Speeds = Speeds {
        walk_m_per_min: 75,
        detour_bp: 13_000,
        walk_max_m: 1_500,
        ride_min_per_km_x100: 98,
        dwell_s: 37,
        transfer_min: 5,
        wait_min: 3,
    };

    /// Walk of so many metres of straight line, in milliseconds.
    pub fn walk_ms(&self, metres: f64) -> u64 {
        let detour = f64::from(self.detour_bp) / 10_000.0;
        // A float beyond the range saturates, which is what "too far to walk" wants.
        (metres * detour / f64::from(self.walk_m_per_min) * 60_000.0).round() as u64
    }

    /// Ride over one segment of so many metres of straight line, with its stop, in milliseconds.
    pub fn ride_ms(&self, metres: f64) -> u64 {
        let per_metre = f64::from(self.ride_min_per_km_x100) * 0.6;
        (metres * per_metre).round() as u64 + u64::from(self.dwell_s) * 1_000
    }

    /// Change of line in milliseconds.
    pub fn transfer_ms(&self) -> u64 {
        u64::from(self.transfer_min) * 60_000
    }

    /// Wait for the first train in milliseconds.
    pub fn wait_ms(&self) -> u64 {
        u64::from(self.wait_min) * 60_000
    }
}
