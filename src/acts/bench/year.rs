//! Years of arrivals for the rolling mode: a synthetic city, its firms arriving in random order in steps,
//! and the firms of earlier years, drawn by the same law, as all that is known of those to come.
//! Everything is drawn from the seed.
//!
//! Not here: how arrivals are placed (`planning::roll`).

use chrono::DateTime;

use crate::acts::generate::random::Random;
use crate::acts::{embedded, generate};
use crate::domain::fault::Faults;
use crate::domain::snapshot::Snapshot;

/// A drawn year: arrivals and what earlier years let expect, as positions in a list of firms.
pub struct Drawn {
    /// Arrivals, by step.
    pub steps: Vec<Vec<usize>>,
    /// For every step some draws of those who may still come.
    pub expected: Vec<Vec<Vec<usize>>>,
}

/// What is drawn.
#[derive(Debug, Clone, Copy)]
pub struct Plot {
    /// Steps of the year.
    pub steps: usize,
    /// Draws of the expected rest at each step.
    pub draws: usize,
    /// Seed.
    pub seed: u64,
}

/// The city of so many firms with the applicants of this year, then those of `earlier` years. AC201 when
/// these are too many.
pub fn city(firms: u32, earlier: u32, seed: u64) -> Result<Snapshot, Faults> {
    let ground = embedded::ground()?;
    let spec = generate::Spec {
        firms,
        seed,
        frozen_at: DateTime::UNIX_EPOCH,
    };
    let years = earlier.saturating_add(1);
    Ok(generate::years(&ground, embedded::POLICY, &spec, years)?)
}

/// Lets `year` arrive in steps of equal size; who may still come is drawn from `earlier` years alone, as
/// many as are still to come.
pub fn draw(mut year: Vec<usize>, earlier: &[usize], plot: Plot) -> Drawn {
    let mut random = Random::stream(plot.seed, "year");
    random.shuffle(&mut year);
    let size = year.len().div_ceil(plot.steps.max(1)).max(1);
    let mut rest = year.len();
    let mut expected = Vec::new();
    for arrived in year.chunks(size) {
        // Those who arrive now are known; the draws are of those who come after them.
        rest -= arrived.len();
        let some = (0..plot.draws).map(|_| {
            let mut earlier = earlier.to_vec();
            random.shuffle(&mut earlier);
            earlier.truncate(rest);
            earlier
        });
        expected.push(some.collect());
    }
    Drawn {
        steps: year.chunks(size).map(<[usize]>::to_vec).collect(),
        expected,
    }
}
