//! Ejection chains over blocks: a block is emptied and filled anew as prices advise, whoever loses
//! its place or leaves one pulls the next block along, and the whole chain is kept or undone.
//!
//! In a block every option is worth value + lodging gain - priced use - what its agent has now
//! (its net value at the prices of what it holds elsewhere); the best filling is exact (`block`).
//! A chain ends after a few blocks; it is kept if the value rises, or falls by less than a random
//! tolerance that cools down. Source: ejection chains, Yagiura, Ibaraki and Glover 2004; acceptance,
//! Kirkpatrick, Gelatt and Vecchi 1983. Work is counted in blocks, so runs repeat exactly.
//! Not here: regions of several threads (`epochs`), pieces by HiGHS (`pieces`).

use super::block::Solver;
use super::construct::Nets;
use super::problem::{NONE, Problem, at, small};
use super::random::Random;
use super::shape::Shape;
use super::standing::{Grant, Standing};

/// What a search reads.
pub(super) struct Ground<'p> {
    pub(super) problem: &'p Problem,
    pub(super) shape: &'p Shape,
    /// Net values at prices of everything.
    pub(super) nets: &'p Nets,
    /// Value + gain - priced use, packed resources free of charge.
    pub(super) worth: &'p [f64],
    /// Options of each block, floors together.
    pub(super) inside: &'p [Vec<u32>],
}

/// How a search behaves.
#[derive(Clone, Copy)]
pub(super) struct Temper {
    /// Mean loss that is tolerated.
    pub(super) heat: f64,
    /// Share by which profits are shaken.
    pub(super) noise: f64,
    /// Most blocks of one chain.
    pub(super) length: usize,
}

/// A search with its state.
pub(super) struct Search<'p> {
    ground: &'p Ground<'p>,
    pub(super) standing: Standing,
    pub(super) best: Option<Standing>,
    holders: Vec<Vec<u32>>,
    mine: Vec<bool>,
    profit: Vec<f64>,
    solver: Solver,
    random: Random,
    touched: Vec<(u32, Option<(u32, Vec<Grant>)>)>,
    stamp: Vec<u32>,
    round: u32,
    /// Blocks filled so far.
    pub(super) work: usize,
}

impl<'p> Search<'p> {
    /// A search over the agents that are `mine`.
    pub(super) fn new(ground: &'p Ground<'p>, standing: Standing, mine: Vec<bool>, seed: u64) -> Self {
        let problem = ground.problem;
        let mut holders = vec![Vec::new(); ground.shape.blocks.len()];
        for a in 0..problem.agents() {
            let o = standing.option[a];
            if o != NONE && ground.shape.block[at(o)] != NONE {
                holders[at(ground.shape.block[at(o)])].push(small(a));
            }
        }
        Self {
            ground,
            best: None,
            standing,
            holders,
            mine,
            profit: vec![0.0; problem.options()],
            solver: Solver::default(),
            random: Random::new(seed),
            touched: Vec::new(),
            stamp: vec![0; problem.agents()],
            round: 0,
            work: 0,
        }
    }

    /// Chains from random blocks of `blocks` until `work` blocks were filled.
    pub(super) fn run(&mut self, blocks: &[u32], work: usize, temper: Temper, over: &dyn Fn() -> bool) {
        let end = self.work + work;
        while self.work < end && !blocks.is_empty() && !over() {
            let b = blocks[self.random.below(blocks.len())];
            self.chain(b, temper);
        }
    }

    fn chain(&mut self, first: u32, temper: Temper) {
        self.round += 1;
        self.touched.clear();
        let before = self.standing.value;
        let missing = self.standing.missing;
        let mut queue = vec![first];
        let mut done: Vec<u32> = Vec::new();
        let mut noise = temper.noise;
        while let Some(b) = queue.pop() {
            if done.len() >= temper.length {
                break;
            }
            done.push(b);
            self.fill(b, noise, &done, &mut queue);
            noise = 0.0;
        }
        self.settle();
        let loss = (before - self.standing.value) as f64;
        let spared = -temper.heat * self.random.unit().max(1e-12).ln();
        if self.standing.missing > missing || loss > spared.min(20.0 * temper.heat) {
            return self.undo();
        }
        let better = self.best.as_ref().is_none_or(|b| self.standing.value > b.value);
        if loss > 0.0 || (self.best.is_some() && better) {
            self.keep(before, loss);
        }
    }

    /// Remembers the best state before it is left.
    fn keep(&mut self, before: i64, loss: f64) {
        if loss <= 0.0 {
            return;
        }
        if self.best.as_ref().is_some_and(|b| b.value >= before) {
            return;
        }
        let mut copy = self.standing.clone();
        roll_back(self.ground.problem, &mut copy, &self.touched);
        self.best = Some(copy);
    }

    /// Best state seen.
    pub(super) fn finish(mut self) -> Standing {
        match self.best.take() {
            Some(best) if best.value > self.standing.value => best,
            _ => self.standing,
        }
    }

    /// Empties a block of its movable agents and fills it as prices advise.
    fn fill(&mut self, b: u32, noise: f64, done: &[u32], queue: &mut Vec<u32>) {
        self.work += 1;
        let ground = self.ground;
        let problem = ground.problem;
        let inside = &ground.inside[at(b)];
        for &o in inside {
            let a = at(problem.agent[at(o)]);
            let held = self.standing.option[a];
            self.profit[at(o)] = if !self.mine[a] {
                0.0
            } else {
                let here = held != NONE && ground.shape.block[at(held)] == b;
                let now = if held == NONE || here { 0.0 } else { ground.nets.net[at(held)] };
                let shake = if noise > 0.0 { 1.0 + noise * (self.random.unit() - 0.5) } else { 1.0 };
                ground.worth[at(o)] * shake - now
            };
        }
        let mut found = Vec::new();
        self.solver.best(&ground.shape.blocks[at(b)], &problem.agent, &self.profit, &mut found);
        let old: Vec<u32> = self.holders[at(b)].iter().copied().filter(|&a| self.mine[at(a)]).collect();
        for &a in &old {
            self.take_out(at(a));
        }
        found.sort_by(|&x, &y| self.profit[at(y)].total_cmp(&self.profit[at(x)]).then(x.cmp(&y)));
        for o in found {
            self.put_in(at(o), b, done, queue);
        }
        self.pull(&old, done, queue);
    }

    fn put_in(&mut self, o: usize, b: u32, done: &[u32], queue: &mut Vec<u32>) {
        let problem = self.ground.problem;
        let a = at(problem.agent[o]);
        let held = self.standing.option[a];
        if held != NONE && self.ground.shape.block[at(held)] == b {
            return;
        }
        let left = self.standing.option[a];
        let was = self.take_out(a);
        let fits = if self.standing.fits(problem, o) { Some(o) } else { self.instead(a, o, b) };
        match fits {
            Some(o) => {
                self.standing.place(problem, o);
                self.holders[at(b)].push(small(a));
                let from = if left == NONE { NONE } else { self.ground.shape.block[at(left)] };
                if from != NONE && !done.contains(&from) && !queue.contains(&from) {
                    queue.push(from);
                }
            }
            None => {
                if let Some((o, grants)) = was {
                    self.back(a, o, grants);
                }
            }
        }
    }

    /// Another option of the agent in the block that fits and uses no more of it.
    fn instead(&self, a: usize, o: usize, b: u32) -> Option<usize> {
        let (problem, shape) = (self.ground.problem, self.ground.shape);
        let packed = |o: usize| problem.uses(o).iter().filter(|u| shape.packed[at(u.0)]);
        let same = |c: usize| packed(c).all(|u| packed(o).any(|w| w.0 == u.0 && w.1 >= u.1));
        let open = problem.of_agent(a).filter(|&c| shape.block[c] == b && same(c) && self.standing.fits(problem, c));
        open.max_by_key(|&c| (problem.value[c], std::cmp::Reverse(c)))
    }

    /// Those who lost their place pull the block that they like best.
    fn pull(&mut self, old: &[u32], done: &[u32], queue: &mut Vec<u32>) {
        let (problem, shape) = (self.ground.problem, self.ground.shape);
        for &a in old {
            if self.standing.option[at(a)] != NONE {
                continue;
            }
            let open = problem.of_agent(at(a)).filter(|&o| {
                let b = shape.block[o];
                b != NONE && !done.contains(&b)
            });
            let mut best: Option<(f64, u32)> = None;
            for o in open {
                let net = self.ground.nets.net[o] + 0.03 * self.random.unit() * self.ground.worth[o].abs();
                if best.is_none_or(|x| net > x.0) {
                    best = Some((net, shape.block[o]));
                }
            }
            if let Some((_, b)) = best
                && !queue.contains(&b)
            {
                queue.insert(0, b);
            }
        }
    }

    /// Agents of the chain that hold nothing take what fits.
    fn settle(&mut self) {
        let problem = self.ground.problem;
        let mut waiting: Vec<u32> = self.touched.iter().map(|t| t.0).filter(|&a| self.standing.option[at(a)] == NONE).collect();
        waiting.sort_by(|&x, &y| self.ground.nets.best[at(y)].total_cmp(&self.ground.nets.best[at(x)]).then(x.cmp(&y)));
        for a in waiting {
            let fitting = problem.of_agent(at(a)).filter(|&o| self.standing.fits(problem, o));
            let best = fitting.max_by(|&x, &y| self.ground.worth[x].total_cmp(&self.ground.worth[y]).then(y.cmp(&x)));
            if let Some(o) = best {
                let gain = self.standing.place(problem, o);
                if gain < 0 && !problem.required[at(a)] {
                    self.standing.remove(problem, at(a));
                } else if self.ground.shape.block[o] != NONE {
                    self.holders[at(self.ground.shape.block[o])].push(a);
                }
            }
        }
    }

    fn note(&mut self, a: usize, old: Option<(u32, Vec<Grant>)>) {
        if self.stamp[a] != self.round {
            self.stamp[a] = self.round;
            self.touched.push((small(a), old));
        }
    }

    fn take_out(&mut self, a: usize) -> Option<(u32, Vec<Grant>)> {
        let was = self.standing.remove(self.ground.problem, a);
        self.note(a, was.clone());
        if let Some((o, _)) = &was {
            self.leave(a, at(*o));
        }
        was
    }

    fn leave(&mut self, a: usize, o: usize) {
        let b = self.ground.shape.block[o];
        if b != NONE {
            let list = &mut self.holders[at(b)];
            if let Some(k) = list.iter().position(|&x| at(x) == a) {
                list.swap_remove(k);
            }
        }
    }

    fn back(&mut self, a: usize, o: u32, grants: Vec<Grant>) {
        self.standing.enter(self.ground.problem, at(o), grants);
        let b = self.ground.shape.block[at(o)];
        if b != NONE {
            self.holders[at(b)].push(small(a));
        }
    }

    fn undo(&mut self) {
        let touched = std::mem::take(&mut self.touched);
        for (a, _) in &touched {
            if let Some((o, _)) = self.standing.remove(self.ground.problem, at(*a)) {
                self.leave(at(*a), at(o));
            }
        }
        for (a, old) in &touched {
            if let Some((o, grants)) = old.clone() {
                self.back(at(*a), o, grants);
            }
        }
        self.touched = touched;
    }
}

fn roll_back(problem: &Problem, standing: &mut Standing, touched: &[(u32, Option<(u32, Vec<Grant>)>)]) {
    for (a, _) in touched {
        standing.remove(problem, at(*a));
    }
    for (_, old) in touched {
        if let Some((o, grants)) = old.clone() {
            standing.enter(problem, at(o), grants);
        }
    }
}
