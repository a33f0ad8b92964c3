//! Candidates: for every application of a synthetic city the units that pass every hard rule, counted
//! by rule where they do not, with the score parts of their sites; and the projects near every site.
//!
//! Not here: bundles and options (planning).

use std::fmt;

use serde::Serialize;

use super::{city, forget_peak, peak_mib, peak_text, per_second, threads, timed};
use crate::atlas::{Atlas, Need, Speeds};
use crate::domain::fault::Faults;
use crate::domain::snapshot::Snapshot;
use crate::policy;

/// What was measured.
#[derive(Debug, Clone, Serialize)]
pub struct Found {
    /// Applications.
    pub applications: u64,
    /// Units.
    pub units: u64,
    /// Housing projects.
    pub projects: u64,
    /// Threads.
    pub threads: usize,
    /// Seconds to prepare the atlas: metro graph, indexes, minutes of every site to every station.
    pub prepare_seconds: f64,
    /// Seconds for all candidates and all projects near sites.
    pub seconds: f64,
    /// Candidates found.
    pub candidates: u64,
    /// Candidates per second.
    pub candidates_per_second: f64,
    /// Pairs of site and project near each other.
    pub near_projects: u64,
    /// Peak of memory in MiB, the city included.
    pub peak_mib: Option<u64>,
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "candidates: {} applications x {} units x {} projects: {} candidates, {} near projects in {:.2} s \
             = {:.0} candidates/s (prepared in {:.2} s, {} threads), peak {}",
            self.applications,
            self.units,
            self.projects,
            self.candidates,
            self.near_projects,
            self.seconds,
            self.candidates_per_second,
            self.prepare_seconds,
            self.threads,
            peak_text(self.peak_mib)
        )
    }
}

/// Measures the candidates of a city of so many firms.
pub fn run(firms: u32, seed: u64) -> Result<Found, Faults> {
    let city = city(firms, seed)?;
    let policy = policy::read(&city.policy)?;
    let threads = threads();
    forget_peak();
    let (atlas, prepare) = timed(|| Atlas::new(&city.ground, &city.inventory, Speeds::CALIBRATED));
    let atlas = atlas?;
    let (candidates, time) = timed(|| candidates(&atlas, &city, threads));
    let near = (policy.housing.near_metres, policy.housing.near_minutes);
    let (projects, more) = timed(|| atlas.all_projects_near(near.0, near.1, threads));
    let time = time + more;
    Ok(Found {
        applications: length(city.applications.len()),
        units: length(city.inventory.units.len()),
        projects: length(city.inventory.projects.len()),
        threads,
        prepare_seconds: prepare.as_secs_f64(),
        seconds: time.as_secs_f64(),
        candidates,
        candidates_per_second: per_second(candidates, time),
        near_projects: projects.iter().map(|p| length(p.len())).sum(),
        peak_mib: peak_mib(),
    })
}

fn candidates(atlas: &Atlas, city: &Snapshot, threads: usize) -> u64 {
    // Firm `n` made application `n`: both lists are by key and the numbers agree.
    let needs: Vec<Need> = city
        .applications
        .iter()
        .zip(&city.firms)
        .map(|(a, f)| Need::of(a, f, &city.round, &city.ground))
        .collect();
    let counts = atlas.for_each_candidates(&needs, threads, |_, found, _| length(found.kept.len()));
    counts.into_iter().sum()
}

fn length(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}
