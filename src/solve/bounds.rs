//! The dual side of a run, step by step: from no prices to the best provable bound.
//!
//! 1. smoothed descent (`soft`) from zero to prices of all resources;
//! 2. where the linear program is small enough, column generation on them (`master`);
//! 3. the same prices seen as prices of agents and shared resources, with floors packed, and the
//!    volume algorithm (`ascent`) from there; at the end column generation again if small.
//!
//! Each step is one call of [`Bounds::step`] of about equal work, so that a run can look at the
//! clock, publish and search in between. Not here: exact publication (`certificate`, `run`).

use super::ascent::Ascent;
use super::lagrange::{Pricer, Prices, Reply};
use super::master::Generation;
use super::problem::Problem;
use super::shape::Shape;
use super::soft::{self, Soft};

/// Agents up to which the firm-wise master is solved.
const MASTER_AGENTS: usize = 4_000;
/// Agents up to which the master over blocks is solved.
const BLOCK_MASTER_AGENTS: usize = 700;
/// Rounds of column generation.
const ROUNDS: usize = 12;
const BLOCK_ROUNDS: usize = 120;
/// Replies of a stage of the volume algorithm after which the master over blocks takes over.
const VOLUME_FIRST: usize = 300;

/// What comes next.
enum Stage<'p> {
    Soft,
    Master(Box<Generation<'p>>, usize),
    Turn,
    Volume(Box<Ascent>, usize),
    Blocks(Box<Generation<'p>>, usize),
    Done,
}

/// Prices and bounds as they improve.
pub(super) struct Bounds<'p> {
    problem: &'p Problem,
    shape: &'p Shape,
    plain: Pricer<'p>,
    packed: Pricer<'p>,
    stage: Stage<'p>,
    threads: u32,
    /// Prices of all resources, nothing packed.
    pub(super) firmwise: Prices,
    /// Their bound in floating point.
    pub(super) firmwise_bound: f64,
    /// Prices with floors packed.
    pub(super) blockwise: Option<Prices>,
    /// Their bound in floating point.
    pub(super) blockwise_bound: f64,
}

impl<'p> Bounds<'p> {
    pub(super) fn new(
        problem: &'p Problem,
        priced: &'p Shape,
        shape: &'p Shape,
        threads: u32,
    ) -> Self {
        let firmwise = Prices {
            agent: vec![0.0; problem.agents()],
            resource: vec![0.0; problem.capacity.len()],
        };
        Self {
            problem,
            shape,
            plain: Pricer::new(problem, priced, threads),
            packed: Pricer::new(problem, shape, threads),
            stage: Stage::Soft,
            threads,
            firmwise,
            firmwise_bound: f64::INFINITY,
            blockwise: None,
            blockwise_bound: f64::INFINITY,
        }
    }

    /// Whether nothing more is to be had.
    pub(super) fn done(&self) -> bool {
        matches!(self.stage, Stage::Done)
    }

    /// What the blocks hold to one option, beside the packed resources of each.
    pub(super) fn held(&self) -> impl Iterator<Item = (&[u32], &[u32])> {
        let held = self.shape.blocks.iter().zip(&self.packed.held);
        held.filter(|h| !h.1.is_empty())
            .map(|(block, held)| (&block.resources[..], &held[..]))
    }

    /// Uses so many threads from now on.
    pub(super) fn with_threads(&mut self, threads: u32) {
        if threads != self.threads {
            self.threads = threads;
            self.plain.with_threads(threads);
            self.packed.with_threads(threads);
        }
    }

    /// Work of one reply, in trials of the annealing (about as much time).
    pub(super) fn reply_work(&self) -> u64 {
        self.problem.options() as u64 / 2 + 1_000
    }

    /// One step of about `replies` replies.
    pub(super) fn step(&mut self, replies: usize, target: Option<i64>, over: &dyn Fn() -> bool) {
        let stage = std::mem::replace(&mut self.stage, Stage::Done);
        self.stage = match stage {
            Stage::Soft => self.soften(over),
            Stage::Master(generation, left) => self.generate(generation, left, over),
            Stage::Turn => self.turn(target),
            Stage::Volume(ascent, spent) => self.climb(ascent, spent, replies, over),
            Stage::Blocks(generation, left) => self.generate_blocks(generation, left, over),
            other => other,
        };
    }

    fn soften(&mut self, over: &dyn Fn() -> bool) -> Stage<'p> {
        let typical = typical(self.problem);
        let steps = if self.problem.options() > 1_500_000 {
            6
        } else {
            12
        };
        let mut soft = Soft::new(self.problem, self.threads);
        let zero = vec![0.0; self.problem.capacity.len()];
        self.firmwise.resource = soft::descend(
            &mut soft,
            zero,
            (typical / 6.0, typical / 1500.0),
            steps,
            over,
        );
        let mut reply = Reply::default();
        self.plain.reply(&self.firmwise, &mut reply);
        self.firmwise_bound = reply.bound;
        self.after_soft(typical)
    }

    fn after_soft(&mut self, typical: f64) -> Stage<'p> {
        if self.problem.agents() <= MASTER_AGENTS
            && let Some(generation) =
                Generation::new(&mut self.plain, self.firmwise.clone(), typical / 30.0)
        {
            return Stage::Master(Box::new(generation), ROUNDS);
        }
        Stage::Turn
    }

    fn generate(
        &mut self,
        mut generation: Box<Generation<'p>>,
        left: usize,
        over: &dyn Fn() -> bool,
    ) -> Stage<'p> {
        let more = generation.round(&mut self.plain, over);
        if generation.bound < self.firmwise_bound {
            self.firmwise_bound = generation.bound;
            self.firmwise
                .resource
                .clone_from(&generation.prices.resource);
        }
        if more && left > 1 {
            Stage::Master(generation, left - 1)
        } else {
            Stage::Turn
        }
    }

    /// Prices of floors become part of the agents' own prices.
    fn turn(&mut self, target: Option<i64>) -> Stage<'p> {
        let (problem, shape) = (self.problem, self.shape);
        if shape.blocks.is_empty() {
            return Stage::Done;
        }
        let mut reply = Reply::default();
        self.plain.reply(&self.firmwise, &mut reply);
        let mut prices = self.firmwise.clone();
        for a in 0..problem.agents() {
            let least = if problem.required[a] {
                f64::NEG_INFINITY
            } else {
                0.0
            };
            let best = problem
                .of_agent(a)
                .map(|o| self.plain.profit[o])
                .fold(least, f64::max);
            prices.agent[a] = if shape.housed[a] { best } else { 0.0 };
        }
        for r in 0..problem.capacity.len() {
            if shape.packed[r] {
                prices.resource[r] = 0.0;
            }
        }
        let ascent = Ascent::new(&mut self.packed, prices, target.map(|t| t as f64));
        self.take(&ascent);
        Stage::Volume(Box::new(ascent), 0)
    }

    fn take(&mut self, ascent: &Ascent) {
        if ascent.bound() < self.blockwise_bound {
            self.blockwise_bound = ascent.bound();
            self.blockwise = Some(ascent.prices().clone());
        }
    }

    fn climb(
        &mut self,
        mut ascent: Box<Ascent>,
        spent: usize,
        replies: usize,
        over: &dyn Fn() -> bool,
    ) -> Stage<'p> {
        ascent.run(&mut self.packed, replies, over);
        self.take(&ascent);
        let spent = spent + replies;
        if ascent.ended || (spent >= VOLUME_FIRST && self.problem.agents() <= BLOCK_MASTER_AGENTS) {
            return self.after_volume();
        }
        Stage::Volume(ascent, spent)
    }

    fn after_volume(&mut self) -> Stage<'p> {
        let near = typical(self.problem) / 100.0;
        match &self.blockwise {
            Some(prices) if self.problem.agents() <= BLOCK_MASTER_AGENTS => {
                match Generation::new(&mut self.packed, prices.clone(), near) {
                    Some(generation) => Stage::Blocks(Box::new(generation), BLOCK_ROUNDS),
                    None => Stage::Done,
                }
            }
            _ => Stage::Done,
        }
    }

    fn generate_blocks(
        &mut self,
        mut generation: Box<Generation<'p>>,
        left: usize,
        over: &dyn Fn() -> bool,
    ) -> Stage<'p> {
        let mut more = generation.round(&mut self.packed, over);
        if !more && !over() {
            more = generation.hold(&mut self.packed) > 0;
        }
        if generation.bound < self.blockwise_bound {
            self.blockwise_bound = generation.bound;
            self.blockwise = Some(generation.prices.clone());
        }
        if more && left > 1 {
            Stage::Blocks(generation, left - 1)
        } else {
            Stage::Done
        }
    }
}

/// What the choice of one agent typically decides about: the scale of heats and of nearness.
pub(super) fn typical(problem: &Problem) -> f64 {
    let (mut sum, mut many) = (0.0, 0.0f64);
    for a in 0..problem.agents() {
        let values = problem.of_agent(a).map(|o| problem.value[o]);
        let (Some(least), Some(most)) = (values.clone().min(), values.max()) else {
            continue;
        };
        let span = if problem.required[a] {
            most as f64 - least as f64
        } else {
            (most as f64).max(0.0)
        };
        sum += span;
        many += 1.0;
    }
    (sum / many.max(1.0)).max(1.0)
}
