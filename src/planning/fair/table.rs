//! The price of fairness (公平的代价): one row a mode, each with what it loses against the optimum and with
//! its proven gap.
//!
//! Not here: the modes themselves.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use serde::Serialize;

use super::cap::capped;
use super::groups::{By, groups};
use super::measure::{Measure, measure};
use super::rank::{Rank, rank};
use super::serial::{Taken, serial};
use super::weigh::{Scale, Weighed};
use crate::domain::fault::Faults;
use crate::domain::points::Points;
use crate::domain::snapshot::Snapshot;
use crate::planning::ask::again::{Effort, again};
use crate::planning::ask::edit::Edit;
use crate::planning::build::Built;
use crate::planning::lots::count;

/// A mode.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "mode", content = "pairs")]
pub enum Mode {
    /// Most points.
    Optimum,
    /// Strict order of priority.
    Ranked,
    /// Most points found with at most so many pairs of justified envy.
    EnvyCap(u64),
    /// A tenth more of the area kept for small firms.
    Reserve,
    /// The least satisfied district as well off as possible.
    MaxMinDistricts,
    /// The least satisfied size of firm as well off as possible.
    MaxMinSizes,
    /// Nash welfare over sizes.
    NashSizes,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    /// The mode.
    #[serde(flatten)]
    pub mode: Mode,
    /// Total points.
    pub points: Points,
    /// Points less than the optimum found; negative when more were found.
    pub lost: Points,
    /// At most so many points less than any plan could have: the proven bound less the points.
    pub lost_at_most: Option<Points>,
    /// Gap of what the mode itself seeks, parts per million; `None` when it seeks nothing that is bounded.
    pub gap_ppm: Option<i64>,
    /// Figures.
    #[serde(flatten)]
    pub measure: Measure,
}

/// The table. Each row gets the effort by itself. DM130, PL204.
pub fn table(
    snapshot: &Snapshot,
    built: &Built,
    effort: &Effort,
    stop: &Arc<AtomicBool>,
) -> Result<Vec<Row>, Faults> {
    let rank = rank(snapshot, built)?;
    let strict = serial(&built.instance, &rank.order);
    let start = strict.choices(&built.instance);
    let answer = again(&built.instance, &start, effort, stop);
    let optimum = match answer.value {
        Some(_) => Taken::of(&built.instance, answer.chosen),
        None => strict.clone(),
    };
    let desk = Desk {
        snapshot,
        built,
        rank,
        best: optimum.value.max(strict.value),
        bound: answer.bound,
        effort,
        stop,
    };
    let gap = desk.bound.map(|b| gap_ppm(optimum.value as f64, b as f64));
    let mut rows = vec![
        desk.row(Mode::Optimum, &optimum, gap),
        desk.row(Mode::Ranked, &strict, None),
    ];
    rows.extend(desk.caps(&optimum)?);
    rows.extend(desk.reserve(&optimum)?);
    rows.extend(desk.weighed(&optimum)?);
    Ok(rows)
}

struct Desk<'a> {
    snapshot: &'a Snapshot,
    built: &'a Built,
    rank: Rank,
    best: i64,
    bound: Option<i64>,
    effort: &'a Effort,
    stop: &'a Arc<AtomicBool>,
}

impl Desk<'_> {
    fn row(&self, mode: Mode, taken: &Taken, gap_ppm: Option<i64>) -> Row {
        let below = |b: i64| Points(b.saturating_sub(taken.value));
        Row {
            mode,
            points: Points(taken.value),
            lost: below(self.best),
            lost_at_most: self.bound.map(below),
            gap_ppm,
            measure: measure(self.snapshot, self.built, taken, &self.rank),
        }
    }

    /// Half and a tenth of the pairs of the optimum, and none.
    fn caps(&self, optimum: &Taken) -> Result<Vec<Row>, Faults> {
        let all = super::envy::pairs(&self.built.instance, optimum, &self.rank).len();
        let mut rows = Vec::new();
        let mut caps = vec![all / 2, all / 10, 0];
        caps.dedup();
        for most in caps {
            let instance = &self.built.instance;
            let known = (most, &[optimum][..]);
            let taken = capped(instance, &self.rank, known, self.effort, self.stop)?;
            let gap = self.bound.map(|b| gap_ppm(taken.value as f64, b as f64));
            let pairs = u64::try_from(most).unwrap_or(u64::MAX);
            rows.push(self.row(Mode::EnvyCap(pairs), &taken, gap));
        }
        Ok(rows)
    }

    /// A tenth of the whole area more is kept for small firms, where the policy has a reserve.
    fn reserve(&self, optimum: &Taken) -> Result<Option<Row>, Faults> {
        let whole: i64 = self.snapshot.inventory.units.iter().map(|u| u.area.0).sum();
        let mut edit = Edit::default();
        for (n, resource) in self.built.instance.resources().iter().enumerate() {
            if resource.id.starts_with("reserve:") {
                let less = resource.capacity.saturating_sub(whole / 10).max(0);
                edit.capacity.insert(count(n), less);
            }
        }
        if edit.capacity.is_empty() {
            return Ok(None);
        }
        let changed = edit.apply(&self.built.instance)?;
        let start = optimum.choices(&self.built.instance);
        let answer = again(&changed, &start, self.effort, self.stop);
        let Some(value) = answer.value else {
            return Ok(None);
        };
        let gap = answer.bound.map(|b| gap_ppm(value as f64, b as f64));
        let taken = Taken::of(&self.built.instance, answer.chosen);
        Ok(Some(self.row(Mode::Reserve, &taken, gap)))
    }

    fn weighed(&self, optimum: &Taken) -> Result<Vec<Row>, Faults> {
        let each = self.effort.part(0.25);
        let scale = |by| (groups(self.snapshot, self.built, by), by);
        let mut rows = Vec::new();
        for (groups, by) in [scale(By::District), scale(By::Size)] {
            let scale = Scale {
                built: self.built,
                groups: &groups,
                effort: &each,
                stop: self.stop,
            };
            let mode = match by {
                By::District => Mode::MaxMinDistricts,
                By::Size => Mode::MaxMinSizes,
            };
            rows.push(self.scaled(mode, &scale.max_min(optimum)?));
            if by == By::Size {
                rows.push(self.scaled(Mode::NashSizes, &scale.nash(optimum)?));
            }
        }
        Ok(rows)
    }

    fn scaled(&self, mode: Mode, weighed: &Weighed) -> Row {
        let gap = weighed
            .most
            .is_finite()
            .then(|| gap_ppm(weighed.measure, weighed.most));
        self.row(mode, &weighed.taken, gap)
    }
}

/// (bound - value) / value in parts per million, rounded up; at most a thousandfold.
fn gap_ppm(value: f64, bound: f64) -> i64 {
    let gap = (bound - value).max(0.0) / value.abs().max(1.0);
    // In range: the share is capped; the conversion saturates.
    (gap.min(1_000.0) * 1e6).ceil() as i64
}
