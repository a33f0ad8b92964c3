//! Annealing with ejection: an agent takes an option, whoever is in the way takes its best place
//! that is free or stays out; the change is kept by Metropolis' rule while the heat falls.
//!
//! Floors are hard and free of charge; everything shared (quotas, reserves) is hard and charged at
//! a part of its price; apartments are worth what they are worth at their prices and are dealt out afterwards
//! (`lodge`). So an option has one number, its worth, and a trial costs a microsecond. Source:
//! Kirkpatrick, Gelatt and Vecchi 1983; ejection, Yagiura, Ibaraki and Glover 2004. Work is counted
//! in trials, so runs repeat exactly.
//! Not here: prices (`soft`, `ascent`), who anneals when (`primal`, `engine`).

use super::problem::{NONE, Problem, at, small};
use super::random::Random;

/// What does not change during a run.
pub(super) struct Scene<'p> {
    pub(super) problem: &'p Problem,
    /// Worth of each option: value + lodging gain - priced use of what is shared.
    pub(super) worth: Vec<f32>,
    /// Options of each agent by slack, least first.
    pub(super) order: Vec<u32>,
    /// Resources whose holders can be ejected.
    pub(super) local: Vec<bool>,
    /// The largest worth: an ejected agent may regain at most that.
    pub(super) most: f64,
}

/// Choices without apartments.
#[derive(Clone)]
pub(super) struct State {
    pub(super) option: Vec<u32>,
    pub(super) free: Vec<i64>,
    pub(super) holders: Vec<Vec<u32>>,
    pub(super) total: f64,
}

impl State {
    pub(super) fn new(scene: &Scene, option: Vec<u32>, free: Vec<i64>) -> Self {
        let mut holders = vec![Vec::new(); free.len()];
        let mut total = 0.0;
        for (a, &o) in option.iter().enumerate().filter(|x| *x.1 != NONE) {
            total += f64::from(scene.worth[at(o)]);
            for &(r, _) in scene
                .problem
                .uses(at(o))
                .iter()
                .filter(|u| scene.local[at(u.0)])
            {
                holders[at(r)].push(small(a));
            }
        }
        Self {
            option,
            free,
            holders,
            total,
        }
    }

    fn leave(&mut self, scene: &Scene, a: usize) {
        let o = std::mem::replace(&mut self.option[a], NONE);
        if o == NONE {
            return;
        }
        self.total -= f64::from(scene.worth[at(o)]);
        for &(r, n) in scene.problem.uses(at(o)) {
            self.free[at(r)] += n;
            if scene.local[at(r)] {
                let list = &mut self.holders[at(r)];
                if let Some(k) = list.iter().position(|&x| at(x) == a) {
                    list.swap_remove(k);
                }
            }
        }
    }

    fn take(&mut self, scene: &Scene, o: u32) {
        let a = scene.problem.agent[at(o)];
        self.option[at(a)] = o;
        self.total += f64::from(scene.worth[at(o)]);
        for &(r, n) in scene.problem.uses(at(o)) {
            self.free[at(r)] -= n;
            if scene.local[at(r)] {
                self.holders[at(r)].push(a);
            }
        }
    }
}

/// Trials between two looks at the clock and two heats.
const BATCH: u64 = 2_000;
/// Most agents that one trial ejects.
const EJECT: usize = 4;

/// One thread's run.
pub(super) struct Anneal {
    pub(super) state: State,
    random: Random,
    /// Agents that may move.
    movers: Vec<u32>,
    change: Vec<(u32, i64)>,
    ejected: Vec<u32>,
    moves: Vec<u32>,
}

impl Anneal {
    /// Starts from choices; agents without options never move.
    pub(super) fn new(scene: &Scene, state: State, seed: u64) -> Self {
        let problem = scene.problem;
        let movers = (0..problem.agents()).filter(|&a| !problem.of_agent(a).is_empty());
        Self {
            movers: movers.map(small).collect(),
            state,
            random: Random::new(seed),
            change: Vec::new(),
            ejected: Vec::new(),
            moves: Vec::new(),
        }
    }

    /// So many trials while the heat falls from one value to another, in equal ratios.
    pub(super) fn run(
        &mut self,
        scene: &Scene,
        trials: u64,
        heats: (f64, f64),
        over: &dyn Fn() -> bool,
    ) {
        if self.movers.is_empty() {
            return;
        }
        let steps = trials.div_ceil(BATCH).max(1);
        let ratio = (heats.1 / heats.0).powf(1.0 / steps as f64);
        let mut heat = heats.0;
        for step in 0..steps {
            if over() {
                return;
            }
            for _ in 0..BATCH.min(trials - step * BATCH) {
                self.trial(scene, heat);
            }
            heat *= ratio;
        }
    }

    fn trial(&mut self, scene: &Scene, heat: f64) {
        let problem = scene.problem;
        let a = at(self.movers[self.random.below(self.movers.len())]);
        let options = problem.of_agent(a);
        if options.is_empty() {
            return;
        }
        let u = self.random.unit();
        let pick = (u * u * u * options.len() as f64) as usize;
        let o = scene.order[options.start + pick.min(options.len() - 1)];
        let now = self.state.option[a];
        if o == now {
            return;
        }
        let spare = -heat * self.random.unit().max(1e-300).ln();
        let held = if now == NONE {
            0.0
        } else {
            f64::from(scene.worth[at(now)])
        };
        let mut gain = f64::from(scene.worth[at(o)]) - held;
        self.change.clear();
        self.ejected.clear();
        self.moves.clear();
        if now != NONE {
            self.alter(scene, at(now), 1);
        }
        if !self.clear_way(scene, a, o, &mut gain, spare) {
            return;
        }
        self.alter(scene, at(o), -1);
        self.relocate(scene, &mut gain);
        if gain >= -spare {
            self.enter(scene, a, o);
        }
    }

    /// What would be free of a resource after the changes so far.
    fn left(&self, r: u32) -> i64 {
        let changed: i64 = self.change.iter().filter(|c| c.0 == r).map(|c| c.1).sum();
        self.state.free[at(r)] + changed
    }

    fn alter(&mut self, scene: &Scene, o: usize, sign: i64) {
        let uses = scene.problem.uses(o).iter();
        self.change.extend(uses.map(|&(r, n)| (r, sign * n)));
    }

    /// Ejects who is in the way of o; false if that cannot be or costs too much.
    fn clear_way(&mut self, scene: &Scene, a: usize, o: u32, gain: &mut f64, spare: f64) -> bool {
        for &(r, n) in scene.problem.uses(at(o)) {
            let mut lack = n - self.left(r);
            while lack > 0 {
                if !scene.local[at(r)] || self.ejected.len() >= EJECT {
                    return false;
                }
                let Some((b, given)) = self.victim(scene, a, r, lack) else {
                    return false;
                };
                let held = self.state.option[at(b)];
                *gain -= f64::from(scene.worth[at(held)]);
                if *gain < -spare - scene.most * (1.0 + self.ejected.len() as f64) {
                    return false;
                }
                self.ejected.push(b);
                self.alter(scene, at(held), 1);
                lack -= given;
            }
        }
        true
    }

    /// The holder of least worth that leaves enough, else the one that leaves most.
    fn victim(&mut self, scene: &Scene, a: usize, r: u32, lack: i64) -> Option<(u32, i64)> {
        let mut best: Option<(bool, f64, u32, i64)> = None;
        let list = &self.state.holders[at(r)];
        let shift = if list.len() > 1 {
            self.random.below(list.len())
        } else {
            0
        };
        for k in 0..list.len() {
            let b = list[(k + shift) % list.len()];
            if at(b) == a || self.ejected.contains(&b) {
                continue;
            }
            let held = at(self.state.option[at(b)]);
            let given = scene
                .problem
                .uses(held)
                .iter()
                .find(|u| u.0 == r)
                .map_or(0, |u| u.1);
            let enough = given >= lack;
            let score = if enough {
                -f64::from(scene.worth[held])
            } else {
                given as f64
            };
            if best.is_none_or(|x| (enough, score) > (x.0, x.1)) {
                best = Some((enough, score, b, given));
            }
        }
        best.map(|x| (x.2, x.3))
    }

    /// Finds the best free place of each ejected agent.
    fn relocate(&mut self, scene: &Scene, gain: &mut f64) {
        for k in 0..self.ejected.len() {
            let b = at(self.ejected[k]);
            let mut best = (
                if scene.problem.required[b] {
                    f32::NEG_INFINITY
                } else {
                    0.0
                },
                NONE,
            );
            for &o in &scene.order[scene.problem.of_agent(b)] {
                if scene.worth[at(o)] > best.0
                    && scene
                        .problem
                        .uses(at(o))
                        .iter()
                        .all(|&(r, n)| n <= self.left(r))
                {
                    best = (scene.worth[at(o)], o);
                }
            }
            if best.1 != NONE {
                self.alter(scene, at(best.1), -1);
                *gain += f64::from(best.0);
            }
            self.moves.push(best.1);
        }
    }

    fn enter(&mut self, scene: &Scene, a: usize, o: u32) {
        self.state.leave(scene, a);
        for k in 0..self.ejected.len() {
            self.state.leave(scene, at(self.ejected[k]));
        }
        self.state.take(scene, o);
        for k in 0..self.moves.len() {
            if self.moves[k] != NONE {
                self.state.take(scene, self.moves[k]);
            }
        }
    }
}
