//! Better prices: the volume algorithm.
//!
//! From the best prices known (the centre) a step is made along an average of the directions
//! "use less capacity" seen so far; the average is the violation of a fractional choice. The step is Polyak's, theta x (bound - target) / |direction|^2;
//! theta grows while steps succeed and shrinks while they fail. Source: Barahona and Anbil 2000;
//! Polyak 1969. Work is counted in replies, never read from a clock, so runs repeat exactly.
//!
//! Not here: pricing (`lagrange`), the linear program (`master`).

use super::lagrange::{Pricer, Prices, Reply};
use super::problem::{Problem, at, small};
use std::collections::BTreeMap;

/// Coordinates: agents, then resources in their own units (see [`units`]).
struct Space<'p> {
    problem: &'p Problem,
    unit: Vec<f64>,
}

impl Space<'_> {
    fn direction(&self, reply: &Reply, g: &mut Vec<f64>) {
        g.clear();
        g.extend_from_slice(&reply.agent_excess);
        let resources = self
            .unit
            .iter()
            .zip(&reply.used)
            .zip(&self.problem.capacity);
        g.extend(resources.map(|((&unit, &used), &c)| {
            if unit > 0.0 {
                (used - c as f64) / unit
            } else {
                0.0
            }
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
            *price = if self.problem.required[a] {
                moved
            } else {
                moved.max(0.0)
            };
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
        if priced {
            (problem.capacity[r] as f64 * typical).sqrt().max(1e-9)
        } else {
            0.0
        }
    };
    (0..problem.capacity.len()).map(unit).collect()
}

/// An ascent that can be continued.
pub(super) struct Ascent {
    walker: Walker,
    trial: Prices,
    reply: Reply,
    unit: Vec<f64>,
    /// How often blocks took an agent twice lately, and in how many replies.
    twice: BTreeMap<(u32, u32), u32>,
    looked: u32,
    replies: u32,
    /// Nothing more is to be had from here.
    pub(super) ended: bool,
}

impl Ascent {
    /// Starts at some prices; `target` is the best value known, where it helps to aim.
    pub(super) fn new(pricer: &mut Pricer, start: Prices, target: Option<f64>) -> Self {
        let space = Space {
            problem: pricer.problem,
            unit: units(pricer),
        };
        let mut reply = Reply::default();
        pricer.reply(&start, &mut reply);
        let walker = Walker::new(start, &reply, &space, target);
        let trial = walker.centre.clone();
        Self {
            walker,
            trial,
            reply,
            unit: space.unit,
            twice: BTreeMap::new(),
            looked: 0,
            replies: 0,
            ended: false,
        }
    }

    /// Goes on for at most so many replies; the prices never get worse.
    pub(super) fn run(&mut self, pricer: &mut Pricer, replies: usize, over: &dyn Fn() -> bool) {
        let space = Space {
            problem: pricer.problem,
            unit: std::mem::take(&mut self.unit),
        };
        for _ in 0..replies {
            if over() {
                break;
            }
            if !self.walker.aim(&space, &mut self.trial) {
                self.ended = true;
                break;
            }
            pricer.reply(&self.trial, &mut self.reply);
            self.walker.learn(&space, &self.trial, &self.reply);
            self.replies = self.replies.saturating_add(1);
            if self.replies > PLATEAU {
                self.watch(pricer);
            }
        }
        self.unit = space.unit;
    }

    /// Holds agents that blocks take twice time and again.
    fn watch(&mut self, pricer: &mut Pricer) {
        let reply = &self.reply;
        for b in 0..pricer.shape.blocks.len() {
            let taken = &reply.taken[at(reply.starts[b])..at(reply.starts[b + 1])];
            for (k, &o) in taken.iter().enumerate() {
                let agent = pricer.problem.agent[at(o)];
                let again = |&p: &u32| pricer.problem.agent[at(p)] == agent;
                if taken[..k].iter().filter(|p| again(p)).count() == 1 {
                    *self.twice.entry((small(b), agent)).or_insert(0) += 1;
                }
            }
        }
        self.looked += 1;
        if self.looked >= WINDOW {
            let often = std::mem::take(&mut self.twice).into_iter();
            for ((block, agent), _) in often.filter(|t| t.1 * OFTEN >= WINDOW) {
                pricer.hold(at(block), agent, FEW);
            }
            self.looked = 0;
        }
    }

    /// The best prices so far.
    pub(super) fn prices(&self) -> &Prices {
        &self.walker.centre
    }

    /// Their bound, in floating point.
    pub(super) fn bound(&self) -> f64 {
        self.walker.bound
    }
}

/// Replies of which one in [`OFTEN`] has to take an agent twice for it to be held; not before so many
/// replies, and few in a block: pricing gets slower with every agent that is held.
const WINDOW: u32 = 40;
const OFTEN: u32 = 2;
const PLATEAU: u32 = 600;
const FEW: usize = 4;

struct Walker {
    centre: Prices,
    bound: f64,
    average: Vec<f64>,
    latest: Vec<f64>,
    target: f64,
    floor: Option<f64>,
    theta: f64,
    share: f64,
    failed: u32,
    since: u32,
    checked: f64,
}

/// Failures in a row after which theta shrinks.
const PATIENCE: u32 = 10;

impl Walker {
    fn new(start: Prices, reply: &Reply, space: &Space, floor: Option<f64>) -> Self {
        let mut average = Vec::new();
        space.direction(reply, &mut average);
        Self {
            centre: start,
            bound: reply.bound,
            average,
            latest: Vec::new(),
            target: f64::NAN,
            floor,
            theta: 0.5,
            share: 0.1,
            failed: 0,
            since: 0,
            checked: reply.bound,
        }
    }

    /// Sets the next trial; false if there is nowhere to go.
    fn aim(&mut self, space: &Space, trial: &mut Prices) -> bool {
        let guess = self.bound - 0.01 * self.bound.abs();
        let floor = self.floor.map_or(guess, |f| f.max(guess));
        self.target = floor.min(self.bound - 1e-6 * self.bound.abs());
        let square = space.square(&self.centre, &self.average);
        if square < 1e-9 || self.theta < 1e-5 {
            return false;
        }
        let step = self.theta * (self.bound - self.target) / square;
        space.walk(&self.centre, &self.average, step, trial);
        true
    }

    fn learn(&mut self, space: &Space, trial: &Prices, reply: &Reply) {
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
        self.mix(&latest);
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
    fn mix(&mut self, latest: &[f64]) {
        let (mut top, mut bottom) = (0.0, 0.0);
        for (&new, &old) in latest.iter().zip(&self.average) {
            top += old * (old - new);
            bottom += (old - new) * (old - new);
        }
        let best = if bottom > 0.0 {
            top / bottom
        } else {
            self.share
        };
        let share = best.clamp(self.share / 10.0, self.share);
        for (old, &new) in self.average.iter_mut().zip(latest) {
            *old += share * (new - *old);
        }
    }
}
