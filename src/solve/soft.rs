//! First prices: accelerated descent on a smoothed bound.
//!
//! The best of an agent's options is replaced by `t log(1 + sum exp(net / t))` and the apartments
//! by a logistic choice, so that the bound becomes smooth; its slope is capacity less expected use.
//! Nesterov's method with restarts, each price scaled by its own curvature `sum of p use^2 / t`,
//! while t falls. Smoothing: Nesterov 2005; restarts: O'Donoghue and Candes 2015. The prices are
//! only a start: what is reported is always the exact bound of `lagrange` or `certificate`.
//! Not here: exact pricing.

use super::lagrange::spread;
use super::problem::{NONE, Problem, at, small};

/// Chunks of agents; sums are made in their order.
const CHUNKS: usize = 8;

/// Expected use, and the curvature of each resource.
#[derive(Default, Clone)]
struct Part {
    used: Vec<f64>,
    curve: Vec<f64>,
    gain: Vec<Stay>,
    shares: Vec<f64>,
    odds: Vec<f64>,
    bound: f64,
}

/// Smoothed pricing with its buffers.
pub(super) struct Soft<'p> {
    problem: &'p Problem,
    threads: usize,
    parts: Vec<Part>,
    used: Vec<f64>,
    curve: Vec<f64>,
}

impl<'p> Soft<'p> {
    pub(super) fn new(problem: &'p Problem, threads: u32) -> Self {
        let n = problem.capacity.len();
        let part = Part {
            used: vec![0.0; n],
            curve: vec![0.0; n],
            ..Part::default()
        };
        let threads = if problem.options() < 6_000 {
            1
        } else {
            threads.max(1) as usize
        };
        Self {
            problem,
            threads,
            parts: vec![part; CHUNKS],
            used: vec![0.0; n],
            curve: vec![0.0; n],
        }
    }

    /// Expected use at prices and temperature; returns the smoothed bound.
    fn reply(&mut self, price: &[f64], heat: f64) -> f64 {
        let problem = self.problem;
        let size = problem.agents().div_ceil(CHUNKS).max(1);
        let chunks = self.parts.iter_mut().enumerate();
        spread(self.threads, chunks, |(k, part)| {
            part.used.fill(0.0);
            part.curve.fill(0.0);
            part.bound = 0.0;
            for a in k * size..((k + 1) * size).min(problem.agents()) {
                part.agent(problem, a, price, heat);
            }
        });
        self.used.fill(0.0);
        self.curve.fill(0.0);
        let mut bound: f64 = price
            .iter()
            .zip(&problem.capacity)
            .map(|(p, &c)| p * c as f64)
            .sum();
        for part in &self.parts {
            bound += part.bound;
            self.used
                .iter_mut()
                .zip(&part.used)
                .for_each(|(u, p)| *u += p);
            self.curve
                .iter_mut()
                .zip(&part.curve)
                .for_each(|(u, p)| *u += p);
        }
        bound
    }
}

impl Part {
    fn agent(&mut self, problem: &Problem, a: usize, price: &[f64], heat: f64) {
        let options = problem.of_agent(a);
        self.odds.clear();
        self.gain.clear();
        self.shares.clear();
        let mut best = if problem.required[a] {
            f64::NEG_INFINITY
        } else {
            0.0
        };
        for o in options.clone() {
            let mut net =
                problem.value[o] as f64 + self.gain(problem, problem.stay[o], price, heat);
            for &(r, n) in problem.uses(o) {
                net -= price[at(r)] * n as f64;
            }
            best = best.max(net);
            self.odds.push(net);
        }
        if options.is_empty() {
            return;
        }
        let mut sum = if problem.required[a] {
            0.0
        } else {
            (-best / heat).exp()
        };
        for x in &mut self.odds {
            *x = ((*x - best) / heat).exp();
            sum += *x;
        }
        self.bound += best + heat * sum.ln();
        for (k, o) in options.enumerate() {
            let odds = self.odds[k] / sum;
            if odds < 1e-6 {
                continue;
            }
            for &(r, n) in problem.uses(o) {
                let n = n as f64;
                self.used[at(r)] += odds * n;
                self.curve[at(r)] += odds * n * n;
            }
            if problem.stay[o] != NONE
                && let Some(stay) = self.gain.iter_mut().find(|g| g.stay == problem.stay[o])
            {
                stay.weight += odds;
            }
        }
        self.lodge(problem, heat);
    }

    /// Gain of a stay; the odds of its pools are kept for `lodge`.
    fn gain(&mut self, problem: &Problem, stay: u32, price: &[f64], heat: f64) -> f64 {
        if stay == NONE {
            return 0.0;
        }
        if let Some(known) = self.gain.iter().find(|g| g.stay == stay) {
            return known.gain;
        }
        let (mut sum, first) = (0.0, small(self.shares.len()));
        for demand in &problem.stays[at(stay)] {
            let heat = heat_of(demand.value, heat);
            let net = |p: u32| demand.value as f64 - price[at(p)];
            let best = demand.pools.iter().map(|&p| net(p)).fold(0.0, f64::max);
            let start = self.shares.len();
            let mut total = (-best / heat).exp();
            for &p in &demand.pools {
                let odds = ((net(p) - best) / heat).exp();
                total += odds;
                self.shares.push(odds);
            }
            let scale = demand.need as f64 / total;
            self.shares[start..].iter_mut().for_each(|s| *s *= scale);
            sum += demand.need as f64 * (best + heat * total.ln());
        }
        self.gain.push(Stay {
            stay,
            gain: sum,
            weight: 0.0,
            first,
        });
        sum
    }

    fn lodge(&mut self, problem: &Problem, heat: f64) {
        for stay in self.gain.iter().filter(|s| s.weight > 0.0) {
            let mut share = at(stay.first);
            for demand in &problem.stays[at(stay.stay)] {
                let cool = heat_of(demand.value, heat);
                let curve = (heat / cool).max(demand.need as f64);
                for &p in &demand.pools {
                    let used = stay.weight * self.shares[share];
                    share += 1;
                    self.used[at(p)] += used;
                    self.curve[at(p)] += used * curve;
                }
            }
        }
    }
}

/// A stay of the present agent.
#[derive(Clone)]
struct Stay {
    stay: u32,
    gain: f64,
    /// Odds of all options of this stay.
    weight: f64,
    /// Where the shares of its pools begin.
    first: u32,
}

/// Apartments are worth less than space, so their choice is cooler in proportion.
fn heat_of(value: i64, heat: f64) -> f64 {
    heat.min(value as f64 / 10.0).max(1e-9)
}

/// Prices after `steps` steps at each temperature from `hot` down to `cold` by halves.
pub(super) fn descend(
    soft: &mut Soft,
    mut price: Vec<f64>,
    (hot, cold): (f64, f64),
    steps: usize,
    over: &dyn Fn() -> bool,
) -> Vec<f64> {
    let n = price.len();
    let mut heat = hot;
    let mut look = price.clone();
    while heat >= cold && !over() {
        let (mut t, mut last) = (1.0f64, f64::INFINITY);
        look.clone_from(&price);
        for _ in 0..steps {
            if over() {
                break;
            }
            let bound = soft.reply(&look, heat);
            if bound > last {
                t = 1.0;
            }
            last = bound;
            let next_t = (1.0 + (1.0 + 4.0 * t * t).sqrt()) / 2.0;
            let momentum = (t - 1.0) / next_t;
            t = next_t;
            for r in 0..n {
                if !soft.problem.binding[r] {
                    continue;
                }
                let c = soft.problem.capacity[r] as f64;
                let typical = if soft.used[r] > 0.0 {
                    soft.curve[r] / soft.used[r]
                } else {
                    1.0
                };
                let curve = soft.curve[r].max(typical * c);
                let step = 0.5 * heat / curve.max(1e-12);
                let next = (look[r] + step * (soft.used[r] - c)).max(0.0);
                look[r] = (next + momentum * (next - price[r])).max(0.0);
                price[r] = next;
            }
        }
        heat /= 2.0;
    }
    price
}
