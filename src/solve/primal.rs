//! The primal side of a run: annealing by slices, apartments dealt, paths, offered as choices.
//!
//! A course cools from hot to cold over a planned number of trials and then yields its choices; the
//! next course starts from the best known, less hot. Several courses run side by side, each with a
//! seed of its own. Not here: who runs when (`engine`).

use super::anneal::{Anneal, Scene, State};
use super::construct::{self, Nets};
use super::lodge;
use super::paths::Walk;
use super::problem::{NONE, Problem, at, small};
use super::shape::Shape;
use super::standing::Standing;

/// Holders of a resource up to which ejection is tried.
const HOLDERS: f64 = 6.0;
/// Labels of one path.
const LABELS: usize = 100;
/// Choices this much below the best are not polished.
const NEAR: f64 = 0.004;

/// What all courses share until prices change.
pub(super) struct Stage<'p> {
    pub(super) scene: Scene<'p>,
    pub(super) nets: Nets,
}

impl<'p> Stage<'p> {
    /// Worths and orders at prices of all resources; of what is shared only a part is charged.
    pub(super) fn new(
        problem: &'p Problem,
        local: &[bool],
        price: &[f64],
        (typical, charge): (f64, f64),
    ) -> Self {
        let nets = Nets::of(problem, price);
        let mut worth = Vec::with_capacity(problem.options());
        let mut most = 0.0f64;
        for o in 0..problem.options() {
            let floors = problem.uses(o).iter().filter(|u| local[at(u.0)]);
            let rent: f64 = floors.map(|&(r, n)| price[at(r)] * n as f64).sum();
            let bonus = if problem.required[at(problem.agent[o])] {
                40.0 * typical
            } else {
                0.0
            };
            let shared = problem.uses(o).iter().filter(|u| !local[at(u.0)]);
            let dues: f64 = shared.map(|&(r, n)| price[at(r)] * n as f64).sum();
            let w = nets.net[o] + rent + (1.0 - charge) * dues + bonus;
            most = most.max(w);
            worth.push(w as f32);
        }
        let mut order: Vec<u32> = (0..problem.options()).map(small).collect();
        for a in 0..problem.agents() {
            order[problem.of_agent(a)]
                .sort_by(|&x, &y| nets.net[at(y)].total_cmp(&nets.net[at(x)]).then(x.cmp(&y)));
        }
        let scene = Scene {
            problem,
            worth,
            order,
            local: local.to_vec(),
            most,
        };
        Self { scene, nets }
    }

    /// Improves choices by paths and fills what is free.
    pub(super) fn polish(&self, standing: Standing, over: &dyn Fn() -> bool) -> Standing {
        let problem = self.scene.problem;
        let mut walk = Walk::new(problem, &self.nets, &self.scene.local, standing);
        let mut agents: Vec<u32> = (0..problem.agents()).map(small).collect();
        for _ in 0..2 {
            agents.sort_by_key(|&a| walk.standing.option[at(a)] != NONE);
            if walk.pass(&agents, LABELS, over) == 0 {
                break;
            }
        }
        let mut standing = walk.standing;
        construct::fill(problem, &mut standing);
        lodge::deal(problem, &mut standing);
        standing
    }
}

/// Resources whose holders may be ejected: floors, and whatever few share at a time.
pub(super) fn local(problem: &Problem, shape: &Shape) -> Vec<bool> {
    let mut sum = vec![0.0; problem.capacity.len()];
    let mut many = vec![0.0f64; problem.capacity.len()];
    for o in 0..problem.options() {
        for &(r, n) in problem.uses(o) {
            sum[at(r)] += n as f64;
            many[at(r)] += 1.0;
        }
    }
    let mut pool = vec![false; problem.capacity.len()];
    for demand in problem.stays.iter().flatten() {
        demand.pools.iter().for_each(|&p| pool[at(p)] = true);
    }
    let few = |r: usize| many[r] > 0.0 && problem.capacity[r] as f64 <= HOLDERS * sum[r] / many[r];
    (0..problem.capacity.len())
        .map(|r| shape.packed[r] || (!pool[r] && few(r)))
        .collect()
}

/// One annealing from hot to cold.
pub(super) struct Course {
    anneal: Anneal,
    heats: (f64, f64),
    /// Trials to go, and the part of the cooling that is done.
    left: u64,
    cooled: f64,
}

impl Course {
    pub(super) fn new(
        stage: &Stage,
        from: &Standing,
        heats: (f64, f64),
        total: u64,
        seed: u64,
    ) -> Self {
        let problem = stage.scene.problem;
        let mut free = problem.capacity.clone();
        for &o in from.option.iter().filter(|o| **o != NONE) {
            problem
                .uses(at(o))
                .iter()
                .for_each(|&(r, n)| free[at(r)] -= n);
        }
        let state = State::new(&stage.scene, from.option.clone(), free);
        Self {
            anneal: Anneal::new(&stage.scene, state, seed),
            heats,
            left: total.max(1),
            cooled: 0.0,
        }
    }

    pub(super) fn finished(&self) -> bool {
        self.left == 0
    }

    /// Plans more or fewer trials for the rest of the cooling.
    pub(super) fn replan(&mut self, factor: f64) {
        if self.left > 0 {
            self.left = ((self.left as f64 * factor) as u64).max(1);
        }
    }

    /// Goes on for so many trials.
    pub(super) fn slice(&mut self, stage: &Stage, trials: u64, over: &dyn Fn() -> bool) {
        let trials = trials.min(self.left);
        if trials == 0 {
            return;
        }
        let heat = |part: f64| self.heats.0 * (self.heats.1 / self.heats.0).powf(part);
        let part = trials as f64 / self.left as f64;
        let next = self.cooled + (1.0 - self.cooled) * part;
        let heats = (heat(self.cooled), heat(next));
        self.anneal.run(&stage.scene, trials, heats, over);
        self.left -= trials;
        self.cooled = next;
    }

    /// The choices as they stand, apartments dealt; polished if they come near `best`.
    pub(super) fn choices(
        &self,
        stage: &Stage,
        best: Option<i64>,
        over: &dyn Fn() -> bool,
    ) -> Standing {
        let problem = stage.scene.problem;
        let mut standing = Standing::empty(problem);
        for &o in self.anneal.state.option.iter().filter(|o| **o != NONE) {
            standing.enter(problem, at(o), Vec::new());
        }
        lodge::deal(problem, &mut standing);
        let near = |b: i64| standing.value as f64 >= b as f64 - NEAR * (b as f64).abs();
        if best.is_none_or(near) || !standing.complete() {
            stage.polish(standing, over)
        } else {
            standing
        }
    }
}
