//! The bound at given prices, and what everyone would do: pricing, exact, in parallel.
//!
//! L = sum over priced resources of price x capacity
//!   + sum over agents of max(agent's price, best net of its options outside of all blocks)
//!   + sum over blocks of the best profit, where an option is worth
//!     value - price x priced use + lodging gain - agent's price.
//!
//! An agent's price is at least 0 unless it is required. An agent without any option in a block has
//! no price; its term is the best of its options (and 0 if it is not required). Source: Lagrangian
//! relaxation of the rows "at most one option" and of the priced resources (Geoffrion 1974); the
//! blocks keep their capacities, so the bound is at least as strong as agent by agent.
//!
//! Work is cut into chunks that do not depend on the number of threads, and sums are made in the
//! order of the chunks: same prices, same answer, on any number of threads.
//! Not here: how prices are found (`ascent`), the published bound (`certificate`).

use super::block::Solver;
use super::once::{self, Case, Held};
use super::problem::{Demand, NONE, Problem, at};
use super::shape::Shape;

/// Prices of agents and of priced resources; zero for those that have none.
#[derive(Clone, Debug)]
pub(super) struct Prices {
    pub(super) agent: Vec<f64>,
    pub(super) resource: Vec<f64>,
}

/// What everyone would do at some prices.
#[derive(Default)]
pub(super) struct Reply {
    pub(super) bound: f64,
    /// How often each agent's options are taken, in and out of blocks, less its term's claim: the
    /// agent's row is broken where this is above 0 (1 - claim is not counted twice).
    pub(super) agent_excess: Vec<f64>,
    /// Use of each priced resource.
    pub(super) used: Vec<f64>,
    /// Options taken, by block, then those outside of blocks.
    pub(super) taken: Vec<u32>,
    /// Where each block's options begin in `taken`.
    pub(super) starts: Vec<u32>,
    /// Profit of each block.
    pub(super) profit: Vec<f64>,
}

/// Chunks of the work; see the head of the file.
const CHUNKS: usize = 64;
/// Below this many options one thread is quicker than several.
const SMALL: usize = 6_000;

/// Everything that pricing reads, and its buffers.
pub(super) struct Pricer<'p> {
    pub(super) problem: &'p Problem,
    pub(super) shape: &'p Shape,
    threads: usize,
    gain: Vec<f64>,
    /// Profit of each option after the agent's price, if it lies in a block.
    pub(super) profit: Vec<f64>,
    outside: Vec<(f64, u32)>,
    parts: Vec<Part>,
    /// Agents that each block holds to one option, rising.
    pub(super) held: Vec<Vec<u32>>,
}

/// Buffers of one thread, and the result of one chunk.
#[derive(Default)]
struct Part {
    solver: Solver,
    careful: Held,
    taken: Vec<u32>,
    ends: Vec<u32>,
    profits: Vec<f64>,
}

impl<'p> Pricer<'p> {
    pub(super) fn new(problem: &'p Problem, shape: &'p Shape, threads: u32) -> Self {
        let threads = if problem.options() < SMALL {
            1
        } else {
            threads.max(1) as usize
        };
        Self {
            problem,
            shape,
            threads,
            gain: vec![0.0; problem.stays.len()],
            profit: vec![0.0; problem.options()],
            outside: vec![(0.0, NONE); problem.agents()],
            parts: (0..CHUNKS).map(|_| Part::default()).collect(),
            held: vec![Vec::new(); shape.blocks.len()],
        }
    }

    /// Uses so many threads from now on; the answers stay the same.
    pub(super) fn with_threads(&mut self, threads: u32) {
        self.threads = if self.problem.options() < SMALL {
            1
        } else {
            threads.max(1) as usize
        };
    }

    /// Everyone's best reply.
    pub(super) fn reply(&mut self, prices: &Prices, reply: &mut Reply) {
        self.gains(prices);
        self.profits(prices);
        self.blocks();
        self.gather(prices, reply);
    }

    /// Holds an agent to one option in a block; false if it is held already, or too many are.
    pub(super) fn hold(&mut self, block: usize, agent: u32, most: usize) -> bool {
        let held = &mut self.held[block];
        match held.binary_search(&agent) {
            Err(place) if held.len() < most.min(once::HELD) => {
                held.insert(place, agent);
                true
            }
            _ => false,
        }
    }

    fn gains(&mut self, prices: &Prices) {
        let (problem, threads) = (self.problem, self.threads);
        let size = problem.stays.len().div_ceil(CHUNKS).max(1);
        let chunks = self.gain.chunks_mut(size).zip(problem.stays.chunks(size));
        spread(threads, chunks, |(gain, stays)| {
            for (g, demands) in gain.iter_mut().zip(stays) {
                *g = demands
                    .iter()
                    .map(|d| gain_of(problem, d, &prices.resource))
                    .sum();
            }
        });
    }

    fn profits(&mut self, prices: &Prices) {
        let (problem, shape) = (self.problem, self.shape);
        let gain = &self.gain;
        let n = problem.agents();
        let size = n.div_ceil(CHUNKS).max(1);
        let mut rest = &mut self.profit[..];
        let mut work = Vec::with_capacity(CHUNKS);
        for (k, outside) in self.outside.chunks_mut(size).enumerate() {
            let agents = k * size..((k + 1) * size).min(n);
            let many = at(problem.first[agents.end]) - at(problem.first[agents.start]);
            let (head, tail) = rest.split_at_mut(many);
            rest = tail;
            work.push((agents, head, outside));
        }
        spread(
            self.threads,
            work.into_iter(),
            |(agents, profit, outside)| {
                let base = at(problem.first[agents.start]);
                for (a, out) in agents.zip(outside) {
                    let floor = if problem.required[a] || shape.housed[a] {
                        f64::NEG_INFINITY
                    } else {
                        0.0
                    };
                    *out = (floor, NONE);
                    for o in problem.of_agent(a) {
                        let mut net = problem.value[o] as f64;
                        if problem.stay[o] != NONE {
                            net += gain[at(problem.stay[o])];
                        }
                        for &(r, n) in shape.priced_uses(o) {
                            net -= prices.resource[at(r)] * n;
                        }
                        if shape.block[o] != NONE {
                            net -= prices.agent[a];
                        } else if net > out.0 {
                            *out = (net, super::problem::small(o));
                        }
                        profit[o - base] = net;
                    }
                }
            },
        );
    }

    fn blocks(&mut self) {
        let (problem, shape, profit) = (self.problem, self.shape, &self.profit);
        let size = shape.blocks.len().div_ceil(CHUNKS).max(1);
        let blocks = shape.blocks.chunks(size).zip(self.held.chunks(size));
        let chunks = self.parts.iter_mut().zip(blocks);
        spread(self.threads, chunks, |(part, (blocks, held))| {
            part.taken.clear();
            part.ends.clear();
            part.profits.clear();
            for (block, held) in blocks.iter().zip(held) {
                let agent = &problem.agent;
                let best = if held.is_empty() {
                    part.solver.best(block, agent, profit, &mut part.taken)
                } else {
                    let case = Case {
                        block,
                        agent,
                        profit,
                        held,
                    };
                    part.careful.best(&case, &mut part.taken)
                };
                part.profits.push(best);
                part.ends.push(super::problem::small(part.taken.len()));
            }
        });
    }

    fn gather(&self, prices: &Prices, reply: &mut Reply) {
        let (problem, shape) = (self.problem, self.shape);
        reply.taken.clear();
        reply.starts.clear();
        reply.profit.clear();
        let size = shape.blocks.len().div_ceil(CHUNKS).max(1);
        let many = shape.blocks.len().div_ceil(size);
        for part in &self.parts[..many] {
            let base = super::problem::small(reply.taken.len());
            let ends = part.ends.iter().copied();
            reply.starts.extend(
                std::iter::once(0)
                    .chain(ends)
                    .take(part.ends.len())
                    .map(|e| base + e),
            );
            reply.taken.extend_from_slice(&part.taken);
            reply.profit.extend_from_slice(&part.profits);
        }
        reply.starts.push(super::problem::small(reply.taken.len()));
        let mut bound: f64 = reply.profit.iter().sum();
        for (p, &c) in prices.resource.iter().zip(&problem.capacity) {
            bound += p * c as f64;
        }
        reply.agent_excess.clear();
        for a in 0..problem.agents() {
            let (net, option) = self.outside[a];
            let own = if shape.housed[a] {
                prices.agent[a]
            } else {
                f64::NEG_INFINITY
            };
            if own >= net && shape.housed[a] {
                bound += own;
                reply.agent_excess.push(-1.0);
            } else {
                bound += net;
                reply.agent_excess.push(0.0);
                if option != NONE {
                    reply.taken.push(option);
                }
            }
        }
        reply.bound = bound;
        self.count(prices, reply);
    }

    /// Counts what is taken.
    fn count(&self, prices: &Prices, reply: &mut Reply) {
        let (problem, shape) = (self.problem, self.shape);
        reply.used.clear();
        reply.used.resize(problem.capacity.len(), 0.0);
        for &o in &reply.taken {
            let o = at(o);
            if shape.block[o] != NONE {
                reply.agent_excess[at(problem.agent[o])] += 1.0;
            }
            for &(r, n) in shape.priced_uses(o) {
                reply.used[at(r)] += n;
            }
            for demand in problem.demands(o) {
                grants(problem, demand, &prices.resource, |p, n| {
                    reply.used[p] += n as f64
                });
            }
        }
    }
}

/// Runs the work of the chunks on threads; which thread does what does not matter.
pub(super) fn spread<T: Send>(
    threads: usize,
    work: impl Iterator<Item = T>,
    each: impl Fn(T) + Sync,
) {
    if threads <= 1 {
        return work.for_each(each);
    }
    let work: Vec<std::sync::Mutex<Option<T>>> =
        work.map(|w| std::sync::Mutex::new(Some(w))).collect();
    let next = std::sync::atomic::AtomicUsize::new(0);
    let run = || {
        while let Some(slot) = work.get(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed)) {
            let mine = slot.lock().map(|mut s| s.take());
            if let Ok(Some(mine)) = mine {
                each(mine);
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(run);
        }
        run();
    });
}

fn gain_of(problem: &Problem, demand: &Demand, price: &[f64]) -> f64 {
    let mut sum = 0.0;
    grants(problem, demand, price, |p, n| {
        sum += (demand.value as f64 - price[p]) * n as f64
    });
    sum
}

/// Apartments that a demand would take: cheapest pools first while worth it.
pub(super) fn grants(
    problem: &Problem,
    demand: &Demand,
    price: &[f64],
    mut take: impl FnMut(usize, i64),
) {
    let value = demand.value as f64;
    let mut rest = demand.need;
    // Repeated search of the next cheapest: pools are few, and nothing is allocated.
    let mut last = (f64::NEG_INFINITY, 0);
    while rest > 0 {
        let open = demand.pools.iter().map(|&p| (price[at(p)], p));
        let later = open.filter(|&(c, p)| c < value && (c, p) > last);
        let Some(next) = later.min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1))) else {
            return;
        };
        let count = rest.min(problem.capacity[at(next.1)]);
        take(at(next.1), count);
        rest -= count;
        last = next;
    }
}
