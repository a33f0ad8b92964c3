//! Years of arrivals for the rolling mode: one synthetic city of twice the firms with every other building,
//! half of its firms drawn as this year and the other half as earlier years; quotas and apartments halved,
//! so that space and money are as scarce as in a round. Everything is drawn from the seed.
//!
//! Not here: how arrivals are placed (`planning::roll`).

use std::collections::BTreeSet;

use super::city;
use crate::acts::generate::random::Random;
use crate::domain::fault::Faults;
use crate::domain::money::Fen;
use crate::domain::snapshot::Snapshot;

/// A drawn year: arrivals and what earlier years let expect, as positions of agents.
pub struct Drawn {
    /// Arrivals, by step.
    pub steps: Vec<Vec<usize>>,
    /// For every step some draws of those who may still come.
    pub expected: Vec<Vec<Vec<usize>>>,
}

/// A city of twice the firms, with every other building and half of money and apartments.
pub fn halved(firms: u32, seed: u64) -> Result<Snapshot, Faults> {
    let mut snapshot = city(firms.saturating_mul(2), seed)?;
    let stock = &mut snapshot.inventory;
    let mut buildings = stock.buildings.iter().enumerate();
    let keep: BTreeSet<String> = buildings
        .by_ref()
        .filter(|(n, _)| n % 2 == 0)
        .map(|(_, b)| b.id.to_string())
        .collect();
    stock.buildings.retain(|b| keep.contains(b.id.as_str()));
    stock.floors.retain(|f| keep.contains(f.building.as_str()));
    let floors: BTreeSet<String> = stock.floors.iter().map(|f| f.id.to_string()).collect();
    stock.units.retain(|u| floors.contains(u.floor.as_str()));
    for kind in &mut stock.apartments {
        kind.count = kind.count.div_ceil(2);
    }
    for quota in &mut snapshot.quotas {
        quota.amount = Fen(quota.amount.0 / 2);
    }
    Ok(snapshot)
}

/// Draws a year from so many agents: steps of equal size, and draws of the expected rest.
pub fn draw(agents: usize, (steps, draws): (usize, usize), seed: u64) -> Drawn {
    let mut random = Random::stream(seed, "year");
    let mut all: Vec<usize> = (0..agents).collect();
    random.shuffle(&mut all);
    let (year, earlier) = all.split_at(agents / 2);
    let size = year.len().div_ceil(steps.max(1)).max(1);
    let arrivals: Vec<Vec<usize>> = year.chunks(size).map(<[usize]>::to_vec).collect();
    let mut expected = Vec::new();
    let mut rest = year.len();
    for arrived in &arrivals {
        // Those who arrive now are decided now; the draws are of those who come after them.
        rest -= arrived.len();
        let some = (0..draws).map(|_| {
            let mut earlier = earlier.to_vec();
            random.shuffle(&mut earlier);
            earlier.truncate(rest);
            earlier
        });
        expected.push(some.collect());
    }
    Drawn {
        steps: arrivals,
        expected,
    }
}
