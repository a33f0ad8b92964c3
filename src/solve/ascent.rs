//! Better prices: the volume algorithm.
//!
//! From the best prices known (the centre) a step is made along an average of the directions
//! "use less capacity" seen so far; the average is the violation of a fractional choice, so it
//! also says which options matter. The step is Polyak's, theta x (bound - target) / |direction|^2;
//! theta grows while steps succeed and shrinks while they fail. Source: Barahona and Anbil 2000;
//! Polyak 1969. Work is counted in replies, never read from a clock, so runs repeat exactly.
//!
//! Not here: pricing (`lagrange`), the linear program (`master`).

use super::lagrange::{Prices, Pricer, Reply};
use super::problem::Problem;
use super::problem::at;

/// How far an ascent may go.
pub(super) struct Limit<'l> {
    /// Most replies.
    pub(super) replies: usize,
    /// Best value known, where it helps to aim.
    pub(super) target: Option<f64>,
    /// Tells to stop.
    pub(super) over: &'l dyn Fn() -> bool,
}

/// Best prices found, their bound, and the fractional choice that the average stands for.
pub(super) struct Ascent {
    pub(super) prices: Prices,
    pub(super) bound: f64,
    /// Weight of each option in the average choice.
    pub(super) weight: Vec<f32>,
    pub(super) replies: usize,
}

/// Coordinates: agents, then resources in units of their typical use.
struct Space<'p> {
    problem: &'p Problem,
    unit: Vec<f64>,
}

impl Space<'_> {
    fn direction(&self, reply: &Reply, g: &mut Vec<f64>) {
        g.clear();
        g.extend_from_slice(&reply.agent_excess);
        let resources = self.unit.iter().zip(&reply.used).zip(&self.problem.capacity);
        g.extend(resources.map(|((&unit, &used), &c)| {
            if unit > 0.0 { (used - c as f64) / unit } else { 0.0 }
        }));
    }

    /// Squared length of the direction where it may go from these prices.
    fn square(&self, prices: &Prices, g: &[f64]) -> f64 {
        let n = prices.agent.len();
        let mut sum = 0.0;
        for (k, &x) in g.iter().enumerate() {
            let stuck = x < 0.0
                && if k < n {
                    prices.agent[k] <= 0.0 && !self.problem.required[k]
                } else {
                    prices.resource[k - n] <= 0.0
                };
            if !stuck {
                sum += x * x;
            }
        }
        sum
    }

    fn walk(&self, from: &Prices, g: &[f64], step: f64, to: &mut Prices) {
        let n = from.agent.len();
        for (a, price) in to.agent.iter_mut().enumerate() {
            let moved = from.agent[a] + step * g[a];
            *price = if self.problem.required[a] { moved } else { moved.max(0.0) };
        }
        for (r, price) in to.resource.iter_mut().enumerate() {
            if self.unit[r] > 0.0 {
                *price = (from.resource[r] + step * g[n + r] / self.unit[r]).max(0.0);
            }
        }
    }
}

/// Scale of each priced resource; 0 for those that have no price. The square root of capacity x
/// typical use: a resource that many share moves its price as quickly as one that few share.
fn units(pricer: &Pricer) -> Vec<f64> {
    let (problem, shape) = (pricer.problem, pricer.shape);
    let mut sum = vec![0.0; problem.capacity.len()];
    let mut many = vec![0.0; problem.capacity.len()];
    for o in 0..problem.options() {
        for &(r, n) in shape.priced_uses(o) {
            sum[at(r)] += n;
            many[at(r)] += 1.0;
        }
    }
    let unit = |r: usize| {
        let typical = if many[r] > 0.0 { sum[r] / many[r] } else { 1.0 };
        let priced = problem.binding[r] && !shape.packed[r];
        if priced { (problem.capacity[r] as f64 * typical).sqrt().max(1e-9) } else { 0.0 }
    };
    (0..problem.capacity.len()).map(unit).collect()
}

/// Level steps (Brannlund 1993): aim a little below the best bound; halve the aim when it is not
/// reached. For a first point from far away.
pub(super) fn descend(pricer: &mut Pricer, start: Prices, limit: &Limit, first: f64, deflect: f64) -> (Prices, f64) {
    let space = Space { problem: pricer.problem, unit: units(pricer) };
    let mut reply = Reply::default();
    let (mut at_now, mut best) = (start.clone(), start);
    let mut bound = f64::INFINITY;
    let mut level = f64::NAN;
    let (mut record, mut since) = (f64::INFINITY, 0);
    let mut g: Vec<f64> = Vec::new();
    let mut d: Vec<f64> = Vec::new();
    for _ in 0..limit.replies {
        pricer.reply(&at_now, &mut reply);
        if level.is_nan() {
            level = first * reply.bound.abs();
            record = reply.bound;
        }
        if reply.bound < bound {
            bound = reply.bound;
            best.clone_from(&at_now);
        }
        since += 1;
        if bound <= record - level / 2.0 {
            (record, since) = (bound, 0);
            level *= 1.2;
        } else if since >= 12 {
            level /= 2.0;
            (record, since) = (bound, 0);
            at_now.clone_from(&best);
            d.clear();
            if level < 1e-6 * bound.abs() || (limit.over)() { break; }
            continue;
        }
        space.direction(&reply, &mut g);
        if d.is_empty() { d.clone_from(&g); } else { d.iter_mut().zip(&g).for_each(|(d, &g)| *d += deflect * (g - *d)); }
        let square = space.square(&at_now, &d);
        if square < 1e-9 {
            break;
        }
        let step = (reply.bound - (record - level)).max(level * 0.5) / square;
        let from = at_now.clone();
        space.walk(&from, &d, step, &mut at_now);
    }
    (best, bound)
}

/// Improves prices from `start`; the result is never worse.
pub(super) fn ascend(pricer: &mut Pricer, start: Prices, limit: &Limit) -> Ascent {
    let space = Space { problem: pricer.problem, unit: units(pricer) };
    let mut reply = Reply::default();
    pricer.reply(&start, &mut reply);
    let mut walker = Walker::new(start, &reply, &space, pricer.problem.options(), limit.target);
    let mut trial = walker.centre.clone();
    for _ in 1..limit.replies {
        if (limit.over)() || !walker.aim(&space, &mut trial) {
            break;
        }
        pricer.reply(&trial, &mut reply);
        walker.learn(&space, &trial, &reply);
    }
    Ascent {
        prices: walker.centre,
        bound: walker.bound,
        weight: walker.weight,
        replies: walker.replies,
    }
}

struct Walker {
    centre: Prices,
    bound: f64,
    average: Vec<f64>,
    latest: Vec<f64>,
    weight: Vec<f32>,
    target: f64,
    floor: Option<f64>,
    theta: f64,
    share: f64,
    failed: u32,
    since: u32,
    checked: f64,
    replies: usize,
}

/// Failures in a row after which theta shrinks.
const PATIENCE: u32 = 10;

impl Walker {
    fn new(start: Prices, reply: &Reply, space: &Space, options: usize, floor: Option<f64>) -> Self {
        let mut average = Vec::new();
        space.direction(reply, &mut average);
        let mut weight = vec![0.0; options];
        reply.taken.iter().for_each(|&o| weight[at(o)] = 1.0);
        Self {
            centre: start,
            bound: reply.bound,
            average,
            latest: Vec::new(),
            weight,
            target: f64::NAN,
            floor,
            theta: 0.5,
            share: 0.1,
            failed: 0,
            since: 0,
            checked: reply.bound,
            replies: 1,
        }
    }

    /// Sets the next trial; false if there is nowhere to go.
    fn aim(&mut self, space: &Space, trial: &mut Prices) -> bool {
        let guess = self.bound - 0.05 * self.bound.abs();
        self.target = self.floor.unwrap_or(guess).min(self.bound - 1e-6 * self.bound.abs());
        let square = space.square(&self.centre, &self.average);
        if square < 1e-9 || self.theta < 1e-5 {
            return false;
        }
        let step = self.theta * (self.bound - self.target) / square;
        space.walk(&self.centre, &self.average, step, trial);
        true
    }

    fn learn(&mut self, space: &Space, trial: &Prices, reply: &Reply) {
        self.replies += 1;
        let mut latest = std::mem::take(&mut self.latest);
        space.direction(reply, &mut latest);
        let along: f64 = latest.iter().zip(&self.average).map(|(a, b)| a * b).sum();
        if reply.bound < self.bound {
            self.centre.agent.clone_from(&trial.agent);
            self.centre.resource.clone_from(&trial.resource);
            self.bound = reply.bound;
            self.failed = 0;
            if along > 0.0 {
                self.theta = (self.theta * 1.1).min(2.0);
            }
        } else {
            self.failed += 1;
            if self.failed >= PATIENCE {
                self.theta *= 0.66;
                self.failed = 0;
            }
        }
        self.mix(&latest, reply);
        self.latest = latest;
        self.since += 1;
        if self.since >= 100 {
            if self.checked - self.bound < 1e-3 * self.checked.abs() {
                self.share = (self.share / 2.0).max(1e-3);
            }
            (self.since, self.checked) = (0, self.bound);
        }
    }

    /// Mixes the latest direction in, by the share that makes the average shortest.
    fn mix(&mut self, latest: &[f64], reply: &Reply) {
        let (mut top, mut bottom) = (0.0, 0.0);
        for (&new, &old) in latest.iter().zip(&self.average) {
            top += old * (old - new);
            bottom += (old - new) * (old - new);
        }
        let best = if bottom > 0.0 { top / bottom } else { self.share };
        let share = best.clamp(self.share / 10.0, self.share);
        for (old, &new) in self.average.iter_mut().zip(latest) {
            *old += share * (new - *old);
        }
        let keep = (1.0 - share) as f32;
        self.weight.iter_mut().for_each(|w| *w *= keep);
        reply.taken.iter().for_each(|&o| self.weight[at(o)] += share as f32);
    }
}
