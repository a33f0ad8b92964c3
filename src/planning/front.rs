//! Money against points: the front of the total quota, and what the next yuan of a district is worth.
//!
//! Front: all hard quotas of the round in one proportion, solved again at each share, from the plan.
//! Next yuan: the gain at a few steps above the quota of one district; its value is the best average gain
//! per yuan from the quota up to a step (the first edge of the concave hull), and it is valid up to that
//! step. The prices limit it from above.
//!
//! Not here: how a quota is settled when claims exceed it (`policy`).

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use serde::Serialize;

use super::ask::again::{Effort, again};
use super::ask::edit::Edit;
use super::ask::footing::Footing;
use super::ask::range::Range;
use super::inverse::more::{More, gain};
use super::lots::{at, count};
use crate::domain::fault::Faults;
use crate::domain::money::Fen;
use crate::domain::place::DistrictCode;
use crate::domain::points::Points;

/// The best at one total.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// Share of today's quotas in basis points.
    pub share_bp: u32,
    /// Total of the hard quotas.
    pub total: Fen,
    /// Total points.
    pub points: Range,
    /// Milli-points for each 10,000 yuan more than at the step before; `None` at the first.
    pub per_10k: Option<Points>,
}

/// What the next yuan of a district is worth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NextYuan {
    /// District.
    pub district: DistrictCode,
    /// Its quota.
    pub quota: Fen,
    /// What the plan leaves of it.
    pub left: Fen,
    /// Points for each 10,000 yuan more, reached.
    pub per_10k: Points,
    /// Up to how much more that holds.
    pub valid_to: Fen,
    /// More money and its gain, rising.
    pub steps: Vec<(Fen, Range)>,
}

/// The hard quotas: resource, district, amount.
fn quotas(footing: &Footing<'_>) -> Vec<(u32, DistrictCode, i64)> {
    let all = footing.instance().resources().iter().enumerate();
    all.filter_map(|(n, r)| {
        let code = r.id.strip_prefix("quota:")?.split(':').next()?;
        Some((count(n), code.parse().ok()?, r.capacity))
    })
    .collect()
}

/// The front at these shares of today's quotas, in basis points. PL204.
pub fn front(
    footing: &Footing<'_>,
    shares_bp: &[u32],
    effort: &Effort,
    stop: &Arc<AtomicBool>,
) -> Result<Vec<Step>, Faults> {
    let mut shares = shares_bp.to_vec();
    shares.sort_unstable();
    shares.dedup();
    let quotas = quotas(footing);
    let mut start = footing.choices.clone();
    let mut steps: Vec<Step> = Vec::new();
    for share_bp in shares {
        let mut edit = Edit::default();
        let mut total = 0_i64;
        for (resource, _, amount) in &quotas {
            let exact = i128::from(*amount) * i128::from(share_bp) / 10_000;
            let amount = i64::try_from(exact).unwrap_or(i64::MAX);
            total = total.saturating_add(amount);
            edit.capacity.insert(*resource, amount);
        }
        let answer = again(&edit.apply(footing.instance())?, &start, effort, stop);
        let before = steps.last();
        // More money never hurts: what was reached with less is reached with more.
        let low = answer
            .value
            .max(before.and_then(|s| s.points.low).map(|p| p.0));
        let points = Range::of(low, answer.bound, 0);
        let per_10k = before.and_then(|s| {
            let more = total.checked_sub(s.total.0).filter(|m| *m > 0)?;
            let gained = points.low?.0.saturating_sub(s.points.low?.0);
            ratio(gained, more)
        });
        if !answer.choices.is_empty() {
            start = answer.choices;
        }
        steps.push(Step {
            share_bp,
            total: Fen(total),
            points,
            per_10k,
        });
    }
    Ok(steps)
}

/// Milli-points for each 10,000 yuan.
fn ratio(points: i64, fen: i64) -> Option<Points> {
    let exact = i128::from(points) * 1_000_000 / i128::from(fen.max(1));
    i64::try_from(exact).ok().map(Points)
}

/// What the next yuan of every district with a hard quota is worth, at these steps in basis points of its
/// quota. The most valuable first.
pub fn next_yuan(
    footing: &Footing<'_>,
    steps_bp: &[u32],
    effort: &Effort,
    stop: &Arc<AtomicBool>,
) -> Result<Vec<NextYuan>, Faults> {
    let mut all = Vec::new();
    for (resource, district, quota) in quotas(footing) {
        let mut steps: Vec<(Fen, Range)> = Vec::new();
        for bp in steps_bp {
            let more = i128::from(quota) * i128::from(*bp) / 10_000;
            let amount = Fen(i64::try_from(more).unwrap_or(i64::MAX));
            if amount <= Fen::ZERO || steps.last().is_some_and(|(m, _)| *m >= amount) {
                continue;
            }
            let more = More::Quota {
                district: district.clone(),
                amount,
            };
            let mut found = gain(footing, &more, effort, stop)?.gain;
            let before = steps.last().and_then(|(_, r)| r.low);
            found.low = found.low.max(before);
            steps.push((amount, found));
        }
        let slope = |(more, gain): &(Fen, Range)| ratio(gain.low.map_or(0, |p| p.0), more.0);
        let best = steps.iter().filter_map(|s| Some((slope(s)?, s.0)));
        let best = best.max_by_key(|(slope, more)| (*slope, *more));
        let (per_10k, valid_to) = best.unwrap_or((Points::ZERO, Fen::ZERO));
        all.push(NextYuan {
            district,
            quota: Fen(quota),
            left: Fen(footing.left.get(at(resource)).copied().unwrap_or(0)),
            per_10k,
            valid_to,
            steps,
        });
    }
    all.sort_by(|a, b| {
        b.per_10k
            .cmp(&a.per_10k)
            .then_with(|| a.district.cmp(&b.district))
    });
    Ok(all)
}
