//! Max-min and Nash welfare over groups, by runs in which the points of each group are weighted.
//!
//! Max-min of the satisfactions: for whole weights w, no plan gives every group more than
//! `bound(w) / sum w x ideal`; the weights of badly served groups grow from run to run (multiplicative
//! weights). Nash: the most of `sum of firms x ln(points)` over groups, by tangents: a concave function
//! lies below its tangent, so each weighted run limits it. The plan kept is the best found; both come
//! with what they can at most be.
//!
//! Not here: what a group is (`groups`).

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::groups::{Group, least};
use super::serial::Taken;
use crate::domain::fault::Faults;
use crate::planning::ask::again::{Answer, Effort, again};
use crate::planning::ask::edit::sound;
use crate::planning::build::Built;
use crate::solve::instance::{Agent, Instance};
use crate::solve::outcome::Choice;

/// Largest weight.
const WEIGHT: f64 = 1_000.0;
/// Runs.
const RUNS: usize = 8;

/// A plan and what its measure can at most be.
pub struct Weighed {
    /// The plan.
    pub taken: Taken,
    /// Its measure: parts per million (max-min), or the geometric mean of points of groups (Nash).
    pub measure: f64,
    /// No plan has more.
    pub most: f64,
}

/// A weighted search.
pub struct Scale<'a> {
    /// The instance and the way back.
    pub built: &'a Built,
    /// The groups.
    pub groups: &'a [Group],
    /// For each run.
    pub effort: &'a Effort,
    /// Ends it.
    pub stop: &'a Arc<AtomicBool>,
}

impl Scale<'_> {
    /// The best least satisfaction found.
    pub fn max_min(&self, start: &Taken) -> Result<Weighed, Faults> {
        let mut share = vec![1.0; self.groups.len()];
        let measure = |t: &Taken| least(self.groups, self.built, &t.chosen) as f64;
        let mut found = self.first(start, measure(start));
        for _ in 0..RUNS {
            let per = self
                .groups
                .iter()
                .zip(&share)
                .map(|(g, s)| s / g.ideal as f64);
            let weights = whole(&per.collect::<Vec<f64>>());
            let answer = self.run(&weights, &found.taken)?;
            let ideal = self
                .groups
                .iter()
                .zip(&weights)
                .map(|(g, w)| *w as f64 * g.ideal as f64);
            if let Some(bound) = answer.bound {
                found.most = found
                    .most
                    .min(1e6 * bound as f64 / ideal.sum::<f64>().max(1.0));
            }
            let Some(taken) = self.taken(&answer) else {
                break;
            };
            let reached: Vec<f64> = (self.groups.iter())
                .map(|g| g.satisfaction(self.built, &taken.chosen) as f64 / 1e6)
                .collect();
            for (share, reached) in share.iter_mut().zip(&reached) {
                *share *= (-3.0 * reached).exp();
            }
            found.keep(taken, measure);
            if found.most <= found.measure {
                break;
            }
        }
        Ok(found)
    }

    /// The best product of points found, as a geometric mean over firms.
    pub fn nash(&self, start: &Taken) -> Result<Weighed, Faults> {
        let firms: f64 = self.groups.iter().map(|g| g.agents.len() as f64).sum();
        let points = |t: &Taken| -> Vec<f64> {
            let all = self.groups.iter();
            all.map(|g| (g.points(self.built, &t.chosen) as f64).max(1.0))
                .collect()
        };
        let log = |t: &Taken| -> f64 {
            let all = self.groups.iter().zip(points(t));
            all.map(|(g, p)| g.agents.len() as f64 * p.ln()).sum()
        };
        let mean = |t: &Taken| (log(t) / firms.max(1.0)).exp();
        let mut found = self.first(start, mean(start));
        let mut at = points(start);
        for _ in 0..RUNS {
            let slope: Vec<f64> = self
                .groups
                .iter()
                .zip(&at)
                .map(|(g, p)| g.agents.len() as f64 / p)
                .collect();
            let weights = whole(&slope);
            let answer = self.run(&weights, &found.taken)?;
            if let Some(bound) = answer.bound {
                found.most =
                    found
                        .most
                        .min(self.tangent(&at, &slope, &weights, bound as f64, firms));
            }
            let Some(taken) = self.taken(&answer) else {
                break;
            };
            // Half way: the tangent at the last plan alone would jump to and fro.
            at = at
                .iter()
                .zip(points(&taken))
                .map(|(a, b)| (a + b) / 2.0)
                .collect();
            found.keep(taken, mean);
        }
        Ok(found)
    }

    /// What the geometric mean can at most be, from the tangent at `at`: rounding of the weights is
    /// covered by the largest ratio of slope to weight.
    fn tangent(&self, at: &[f64], slope: &[f64], weights: &[i64], bound: f64, firms: f64) -> f64 {
        let ratio = slope
            .iter()
            .zip(weights)
            .map(|(s, w)| s / *w as f64)
            .fold(0.0, f64::max);
        let here: f64 = self
            .groups
            .iter()
            .zip(at)
            .map(|(g, p)| g.agents.len() as f64 * p.ln())
            .sum();
        ((here + ratio * bound - firms) / firms.max(1.0)).exp()
    }

    fn first(&self, start: &Taken, measure: f64) -> Weighed {
        Weighed {
            taken: start.clone(),
            measure,
            most: f64::INFINITY,
        }
    }

    /// A run with whole weights; agents outside every group count nothing.
    fn run(&self, weights: &[i64], start: &Taken) -> Result<Answer, Faults> {
        let instance = self.weighted(weights)?;
        let start: Vec<Choice> = start.choices(&self.built.instance);
        Ok(again(&instance, &start, self.effort, self.stop))
    }

    fn weighted(&self, weights: &[i64]) -> Result<Instance, Faults> {
        let mut of = vec![0_i64; self.built.instance.agents().len()];
        for (group, weight) in self.groups.iter().zip(weights) {
            for n in &group.agents {
                if let Some(place) = of.get_mut(*n) {
                    *place = *weight;
                }
            }
        }
        let agents = self.built.instance.agents().iter().zip(of);
        let agents: Vec<Agent> = agents.map(|(a, w)| times(a, w)).collect();
        let resources = self.built.instance.resources().to_vec();
        sound(self.built.instance.name(), resources, agents)
    }

    fn taken(&self, answer: &Answer) -> Option<Taken> {
        answer.value?;
        Some(Taken::of(&self.built.instance, answer.chosen.clone()))
    }
}

impl Weighed {
    fn keep(&mut self, taken: Taken, measure: impl Fn(&Taken) -> f64) {
        let reached = measure(&taken);
        if taken.complete && reached > self.measure {
            self.measure = reached;
            self.taken = taken;
        }
    }
}

fn times(agent: &Agent, weight: i64) -> Agent {
    let mut agent = agent.clone();
    agent
        .options
        .iter_mut()
        .for_each(|o| o.value = o.value.saturating_mul(weight));
    agent
        .lodging
        .iter_mut()
        .for_each(|d| d.value = d.value.saturating_mul(weight));
    agent
}

/// Whole weights from 1 to [`WEIGHT`] in these proportions.
fn whole(shares: &[f64]) -> Vec<i64> {
    let most = shares.iter().copied().fold(f64::MIN_POSITIVE, f64::max);
    // In range by construction; the conversion saturates.
    shares
        .iter()
        .map(|s| ((s / most * WEIGHT).ceil() as i64).max(1))
        .collect()
}
