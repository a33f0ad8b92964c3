//! Figures of fairness of a plan, in whole numbers.
//!
//! Housing satisfaction of an application: apartments granted over apartments asked for, in parts per
//! million, of all that ask and have an option. Gini coefficient of these, in parts per million: with x
//! rising, `(2 sum i x_i) / (n sum x) - (n + 1) / n`; 0 when all are equal or none is housed.
//!
//! Not here: how plans are made.

use serde::Serialize;

use super::envy::pairs;
use super::groups::{By, groups, least};
use super::rank::{Rank, rank};
use super::serial::Taken;
use crate::domain::fault::Faults;
use crate::domain::plan::Plan;
use crate::domain::snapshot::Snapshot;
use crate::planning::ask::footing::Footing;
use crate::planning::build::Built;
use crate::planning::lots::at;
use crate::planning::why::viewer::{Size, firm_of};

/// The figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Measure {
    /// Firms placed.
    pub placed: u64,
    /// Pairs of justified envy.
    pub envy_pairs: u64,
    /// Firms that could complain.
    pub envious: u64,
    /// Gini coefficient of housing satisfaction, parts per million.
    pub housing_gini_ppm: i64,
    /// Share of micro and small firms among those placed, parts per million.
    pub small_share_ppm: i64,
    /// The least satisfaction of a district, parts per million.
    pub least_district_ppm: i64,
    /// The least satisfaction of a size of firm, parts per million.
    pub least_size_ppm: i64,
}

/// Measures a stored plan. PL203, DM130.
pub fn of_plan(snapshot: &Snapshot, built: &Built, plan: &Plan) -> Result<Measure, Faults> {
    let footing = Footing::unpriced(snapshot, built, plan)?;
    let rank = rank(snapshot, built)?;
    let taken = Taken::of(&built.instance, footing.chosen);
    Ok(measure(snapshot, built, &taken, &rank))
}

/// Measures a plan.
pub fn measure(snapshot: &Snapshot, built: &Built, taken: &Taken, rank: &Rank) -> Measure {
    let pairs = pairs(&built.instance, taken, rank);
    let envious: std::collections::BTreeSet<usize> = pairs.iter().map(|p| p.envious).collect();
    let mut placed = 0;
    let mut small = 0;
    for case in &built.cases {
        let has = case.agent.and_then(|a| taken.chosen.get(at(a))?.as_ref());
        if has.is_none() {
            continue;
        }
        placed += 1;
        let firm = firm_of(snapshot, &case.application);
        small += i64::from(firm.is_some_and(|f| Size::of(f) <= Size::Small));
    }
    let of = |by| least(&groups(snapshot, built, by), built, &taken.chosen);
    Measure {
        placed: u64::try_from(placed).unwrap_or(0),
        envy_pairs: u64::try_from(pairs.len()).unwrap_or(u64::MAX),
        envious: u64::try_from(envious.len()).unwrap_or(u64::MAX),
        housing_gini_ppm: gini_ppm(housed(built, taken)),
        small_share_ppm: small * 1_000_000 / i64::max(placed, 1),
        least_district_ppm: of(By::District),
        least_size_ppm: of(By::Size),
    }
}

/// Housing satisfaction of each application that asks, parts per million.
fn housed(built: &Built, taken: &Taken) -> Vec<i64> {
    let mut all = Vec::new();
    for (agent, chosen) in built.instance.agents().iter().zip(&taken.chosen) {
        let asked: i64 = agent.lodging.iter().map(|d| d.need).sum();
        if asked > 0 {
            let granted = chosen.iter().flat_map(|c| c.lodging.iter().flatten());
            let granted: i64 = granted.map(|(_, n)| *n).sum();
            all.push(granted * 1_000_000 / asked);
        }
    }
    all
}

/// The Gini coefficient of numbers that are not negative, parts per million.
pub fn gini_ppm(mut all: Vec<i64>) -> i64 {
    all.sort_unstable();
    let n = i128::try_from(all.len()).unwrap_or(i128::MAX);
    let sum: i128 = all.iter().map(|x| i128::from(*x)).sum();
    if n == 0 || sum == 0 {
        return 0;
    }
    let ranked = (1_i128..)
        .zip(&all)
        .map(|(i, x)| i * i128::from(*x))
        .sum::<i128>();
    let exact = (2 * ranked - (n + 1) * sum) * 1_000_000 / (n * sum);
    i64::try_from(exact).unwrap_or(i64::MAX)
}
