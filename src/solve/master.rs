//! Column generation: the master program over patterns of blocks, stabilised.
//!
//! maximise sum value x column, rows: each agent at most once (exactly once if required), each
//! block at most one pattern, each priced resource within its capacity (in units of it). A column is
//! a pattern of a block (its options and their apartments) or an option outside of all blocks.
//! Pricing is exact (`lagrange`). Prices are smoothed towards the best known: `0.7 best + 0.3
//! master` (Wentges 1997; Pessoa, Sadykov, Uchoa, Vanderbeck 2018); columns come from the smoothed
//! prices and from the master's own. Columns that have long been idle are dropped.
//! Not here: prices of large cities (`soft`, `ascent`), HiGHS itself (`milp_raw`).

use super::lagrange::{Pricer, Prices, Reply, grants};
use super::milp_pattern::{Pattern, keep};
use super::milp_raw::{Columns, End, Raw};
use super::problem::{NONE, Problem, at, small};
use std::collections::HashMap;

/// Weight of the best known prices.
const SMOOTH: f64 = 0.7;
/// Most options of an agent at the start.
const SEEDS: usize = 8;

/// The master with its columns.
struct Master<'p> {
    problem: &'p Problem,
    raw: Raw,
    patterns: Vec<Pattern>,
    known: HashMap<Pattern, ()>,
    idle: Vec<u8>,
    rows: Rows,
    batch: Columns,
    scale: f64,
    /// Weights of the columns in the last solution.
    weight: Vec<f64>,
}

/// Where rows begin: agents first.
struct Rows {
    blocks: usize,
    resource: Vec<u32>,
    unit: Vec<f64>,
}

/// A solution of the master.
struct Relaxed {
    value: f64,
    prices: Prices,
}

impl<'p> Master<'p> {
    fn new(pricer: &Pricer<'p>) -> Option<Self> {
        let (problem, shape) = (pricer.problem, pricer.shape);
        let mut limits: Vec<(f64, f64)> = problem
            .required
            .iter()
            .map(|&r| (if r { 1.0 } else { f64::NEG_INFINITY }, 1.0))
            .collect();
        let blocks = limits.len();
        limits.extend(shape.blocks.iter().map(|_| (f64::NEG_INFINITY, 1.0)));
        let (mut resource, mut unit) = (
            vec![NONE; problem.capacity.len()],
            vec![1.0; problem.capacity.len()],
        );
        for r in 0..problem.capacity.len() {
            if problem.binding[r] && !shape.packed[r] {
                resource[r] = small(limits.len());
                unit[r] = (problem.capacity[r] as f64).max(1.0);
                limits.push((f64::NEG_INFINITY, problem.capacity[r] as f64 / unit[r]));
            }
        }
        let largest = problem
            .value
            .iter()
            .map(|v| v.unsigned_abs())
            .max()
            .unwrap_or(1);
        let mut master = Self {
            problem,
            raw: Raw::new(&limits)?,
            patterns: Vec::new(),
            known: HashMap::new(),
            idle: Vec::new(),
            rows: Rows {
                blocks,
                resource,
                unit,
            },
            batch: Columns::default(),
            weight: Vec::new(),
            scale: (largest as f64 / 100.0).max(1e-3),
        };
        // Without crossover: prices from the middle of the optimal face need fewer rounds than
        // those of a vertex, and from about a thousand rows on interior points are quicker too.
        master.raw.text(c"solver", c"ipm")?;
        master.raw.text(c"run_crossover", c"off")?;
        master.artificial()?;
        Some(master)
    }

    /// Required agents may stay out at a high price, so that there is always a solution.
    fn artificial(&mut self) -> Option<()> {
        for a in 0..self.problem.agents() {
            if self.problem.required[a] {
                self.batch.push(-1e4, 1.0, std::iter::once((a, 1.0)));
                self.patterns.push(Pattern {
                    block: NONE,
                    options: Vec::new(),
                    grants: Vec::new(),
                });
                self.idle.push(0);
            }
        }
        self.flush()
    }

    fn flush(&mut self) -> Option<()> {
        let added = if self.batch.len() > 0 {
            self.raw.add(&self.batch)
        } else {
            Some(())
        };
        self.batch.clear();
        added
    }

    /// Adds the patterns of a reply that are new; returns how many.
    fn learn(&mut self, pricer: &Pricer, prices: &Prices, reply: &Reply) -> usize {
        let blocks = pricer.shape.blocks.len();
        let mut new = 0;
        for b in 0..blocks {
            let options = &reply.taken[at(reply.starts[b])..at(reply.starts[b + 1])];
            if !options.is_empty() {
                new += usize::from(self.enter(small(b), options, prices));
            }
        }
        for &o in &reply.taken[at(reply.starts[blocks])..] {
            new += usize::from(self.enter(NONE, &[o], prices));
        }
        new
    }

    /// Adds the options of every agent that come near its best at these prices.
    fn seed(&mut self, pricer: &mut Pricer, prices: &Prices, near: f64, most: usize) {
        let mut reply = Reply::default();
        pricer.reply(prices, &mut reply);
        let mut list: Vec<(f64, u32)> = Vec::new();
        for a in 0..self.problem.agents() {
            list.clear();
            list.extend(
                self.problem
                    .of_agent(a)
                    .map(|o| (pricer.profit[o], small(o))),
            );
            list.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
            let best = list.first().map_or(0.0, |x| x.0).max(0.0);
            for &(_, o) in list.iter().take(most).take_while(|x| x.0 >= best - near) {
                self.enter(pricer.shape.block[at(o)], &[o], prices);
            }
        }
    }

    fn enter(&mut self, block: u32, options: &[u32], prices: &Prices) -> bool {
        let mut options = options.to_vec();
        options.sort_unstable();
        let mut pattern = Pattern {
            block,
            options,
            grants: Vec::new(),
        };
        for (k, &o) in pattern.options.iter().enumerate() {
            for (d, demand) in self.problem.demands(at(o)).iter().enumerate() {
                grants(self.problem, demand, &prices.resource, |p, n| {
                    pattern.grants.push((small(k), small(d), small(p), n));
                });
            }
        }
        if self.known.contains_key(&pattern) {
            return false;
        }
        self.known.insert(pattern.clone(), ());
        self.push(&pattern);
        self.patterns.push(pattern);
        self.idle.push(0);
        true
    }

    fn push(&mut self, pattern: &Pattern) {
        let problem = self.problem;
        let mut entries: HashMap<usize, f64> = HashMap::new();
        let mut value = 0.0;
        if pattern.block != NONE {
            entries.insert(self.rows.blocks + at(pattern.block), 1.0);
        }
        for &o in &pattern.options {
            value += problem.value[at(o)] as f64;
            *entries.entry(at(problem.agent[at(o)])).or_insert(0.0) += 1.0;
            for &(r, n) in problem.uses(at(o)) {
                if self.rows.resource[at(r)] != NONE {
                    *entries.entry(at(self.rows.resource[at(r)])).or_insert(0.0) +=
                        n as f64 / self.rows.unit[at(r)];
                }
            }
        }
        for &(k, d, p, n) in &pattern.grants {
            let demand = &problem.demands(at(pattern.options[at(k)]))[at(d)];
            value += (n * demand.value) as f64;
            if self.rows.resource[at(p)] != NONE {
                *entries.entry(at(self.rows.resource[at(p)])).or_insert(0.0) +=
                    n as f64 / self.rows.unit[at(p)];
            }
        }
        let mut entries: Vec<(usize, f64)> = entries.into_iter().collect();
        entries.sort_unstable_by_key(|e| e.0);
        self.batch
            .push(value / self.scale, f64::INFINITY, entries.into_iter());
    }

    /// Solves the master as it stands.
    fn solve(&mut self, over: &dyn Fn() -> bool) -> Option<Relaxed> {
        self.flush()?;
        // Interior points without crossover may end without a verdict; any prices prove a bound.
        let end = self.raw.run(over);
        if over() || matches!(end, End::Infeasible | End::Failed) {
            return None;
        }
        let (x, dual) = self.raw.solution();
        if x.is_empty() || dual.is_empty() {
            return None;
        }
        // HiGHS keeps row duals of a maximisation positive for a row at its upper limit.
        let prices = Prices {
            agent: (0..self.problem.agents())
                .map(|a| {
                    let price = dual[a] * self.scale;
                    if self.problem.required[a] {
                        price
                    } else {
                        price.max(0.0)
                    }
                })
                .collect(),
            resource: (0..self.problem.capacity.len())
                .map(|r| match self.rows.resource[r] {
                    NONE => 0.0,
                    row => (dual[at(row)] * self.scale / self.rows.unit[r]).max(0.0),
                })
                .collect(),
        };
        self.weight.clone_from(&x);
        for (idle, &x) in self.idle.iter_mut().zip(&x) {
            *idle = if x > 1e-9 { 0 } else { idle.saturating_add(1) };
        }
        Some(Relaxed {
            value: self.raw.objective() * self.scale,
            prices,
        })
    }

    /// Forgets columns that have not been used for long.
    fn clean(&mut self, patience: u8) -> Option<()> {
        let long = |(p, &idle): (&Pattern, &u8)| idle > patience && !p.options.is_empty();
        let drop: Vec<bool> = self.patterns.iter().zip(&self.idle).map(long).collect();
        self.forget(&drop)
    }

    fn forget(&mut self, drop: &[bool]) -> Option<()> {
        self.raw.drop_columns(drop)?;
        for (p, _) in self.patterns.iter().zip(drop).filter(|(_, d)| **d) {
            self.known.remove(p);
        }
        self.weight.resize(drop.len(), 0.0);
        keep(&mut self.patterns, drop);
        keep(&mut self.idle, drop);
        keep(&mut self.weight, drop);
        Some(())
    }

    /// Holds agents to one option in the blocks where the last solution takes them twice, and forgets
    /// the columns that do; returns how many agents.
    fn hold(&mut self, pricer: &mut Pricer) -> usize {
        if self.flush().is_none() {
            return 0;
        }
        let mut new = 0;
        for (pattern, _) in self
            .patterns
            .iter()
            .zip(&self.weight)
            .filter(|p| *p.1 > 1e-3)
        {
            for agent in pattern.twice(self.problem) {
                new += usize::from(pricer.hold(at(pattern.block), agent, usize::MAX));
            }
        }
        let held = |p: &Pattern| {
            p.block != NONE
                && p.twice(self.problem)
                    .iter()
                    .any(|a| pricer.held[at(p.block)].binary_search(a).is_ok())
        };
        let drop: Vec<bool> = self.patterns.iter().map(held).collect();
        if new > 0 && self.forget(&drop).is_none() {
            return 0;
        }
        new
    }

    fn len(&self) -> usize {
        self.patterns.len()
    }
}

/// Column generation that can be continued round by round.
pub(super) struct Generation<'p> {
    master: Master<'p>,
    /// Best prices so far.
    pub(super) prices: Prices,
    /// Their bound, in floating point.
    pub(super) bound: f64,
    /// Value of the last master.
    pub(super) value: f64,
    reply: Reply,
}

/// Master and bound this close are as good as equal.
const CLOSED: f64 = 2e-5;

impl<'p> Generation<'p> {
    /// Starts with the options near the best at some prices.
    pub(super) fn new(pricer: &mut Pricer<'p>, prices: Prices, near: f64) -> Option<Self> {
        let mut master = Master::new(pricer)?;
        let mut reply = Reply::default();
        pricer.reply(&prices, &mut reply);
        master.learn(pricer, &prices, &reply);
        master.seed(pricer, &prices, near, SEEDS);
        Some(Self {
            master,
            prices,
            bound: reply.bound,
            value: f64::NEG_INFINITY,
            reply,
        })
    }

    /// Holds agents that the last master takes twice in a block; returns how many.
    pub(super) fn hold(&mut self, pricer: &mut Pricer) -> usize {
        self.master.hold(pricer)
    }

    /// One round: the master, then columns from three prices; false if it is closed or stuck.
    pub(super) fn round(&mut self, pricer: &mut Pricer, over: &dyn Fn() -> bool) -> bool {
        let Some(relaxed) = self.master.solve(over) else {
            return false;
        };
        self.value = relaxed.value;
        if self.bound - self.value <= CLOSED * self.bound.abs() || over() {
            return false;
        }
        let mut new = 0;
        for weight in [SMOOTH, SMOOTH / 2.0, 0.0] {
            let trial = between(&self.prices, &relaxed.prices, weight);
            pricer.reply(&trial, &mut self.reply);
            new += self.master.learn(pricer, &trial, &self.reply);
            if self.reply.bound < self.bound {
                self.bound = self.reply.bound;
                self.prices = trial;
            }
        }
        if self.master.len() > 12 * (self.master.problem.agents() + 100) {
            self.master.clean(6);
        }
        new > 0
    }
}

/// Between the two price vectors.
fn between(best: &Prices, master: &Prices, weight: f64) -> Prices {
    let mix = |a: &[f64], b: &[f64]| {
        a.iter()
            .zip(b)
            .map(|(x, y)| weight * x + (1.0 - weight) * y)
            .collect()
    };
    Prices {
        agent: mix(&best.agent, &master.agent),
        resource: mix(&best.resource, &master.resource),
    }
}
