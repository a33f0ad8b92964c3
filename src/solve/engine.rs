//! Who runs when: prices first, then search and better prices side by side, then branching if small.
//!
//! Rounds of equal work. In a round one thread improves the bound while the others anneal; at its
//! end everything found is offered, published and told. With one thread the two take turns. When the
//! bound is as good as it gets, its thread anneals too. A run limited by work makes the same rounds
//! whatever the clock says; a run limited by time sizes them by the speed of this machine.
//!
//! The only file besides `mod.rs` that knows the feature `highs`. Not here: the parts.

use super::bounds::{self, Bounds};
use super::construct;
use super::control::{Gate, Lap, Phase, WORK_RATE};
use super::primal::{self, Course, Stage};
use super::problem::Problem;
use super::run::{Ended, Run};
use super::shape::Shape;

/// Instances with at most so many options are branched on at the end.
#[cfg(feature = "highs")]
const BRANCH_OPTIONS: usize = 14_000;
/// Share of the work of one round.
const ROUND: f64 = 0.02;
/// Heats of a course in parts of what a choice typically decides about: first, later, end.
const HOT: f64 = 0.15;
const WARM: f64 = 0.05;
const COLD: f64 = 0.004;
/// Parts of the prices of what is shared that courses are charged, in turn: a little less than all.
/// On three cities of 200 firms, two seeds each, 0.8 gave values 0.1 % above those with all, 0.5
/// gave 0.06 %; the others are for variety and were not measured.
const CHARGES: [f64; 3] = [0.8, 0.6, 0.9];
/// Share of the work that the main course gets, and each later one.
const MAIN: f64 = 0.55;
const LATER: f64 = 0.15;
/// Trials per option of a course before branching.
#[cfg(feature = "highs")]
const SMALL_TRIALS: u64 = 1_500;
#[cfg(not(feature = "highs"))]
const SMALL_TRIALS: u64 = u64::MAX;
/// Work of the first, quick course per agent.
const QUICK: u64 = 1_500;

/// What the parts of the engine share.
struct Parts<'r, 'p> {
    problem: &'p Problem,
    bounds: Bounds<'p>,
    stage: Stage<'p>,
    local: &'r [bool],
    courses: Vec<Course>,
    typical: f64,
    gate: Gate,
    /// Total work and what is spent.
    total: u64,
    spent: u64,
    /// Trials a second of one thread.
    rate: f64,
    started: u64,
}

/// Improves the run until it is proven, close enough, out of time or work, or stopped.
pub(super) fn finish(run: &mut Run) -> Ended {
    let problem = run.problem;
    let priced = Shape::priced(problem);
    let shape = Shape::packed(problem);
    run.pack(&shape);
    let local = primal::local(problem, &shape);
    let threads = run.settings.threads.max(1);
    let mut bounds = Bounds::new(problem, &priced, &shape, threads);
    let gate = run.ledger.watch.gate();
    bounds.step(1, None, &|| gate.over());
    run.publish(Phase::Relax, &bounds);
    let typical = bounds::typical(problem);
    let stage = Stage::new(
        problem,
        &local,
        &bounds.firmwise.resource,
        (typical, CHARGES[0]),
    );
    run.offer(Phase::Relax, construct::construct(problem, &stage.nets));
    let mut parts = Parts {
        problem,
        bounds,
        stage,
        local: &local,
        courses: Vec::new(),
        typical,
        gate,
        total: 0,
        spent: 0,
        rate: WORK_RATE,
        started: 0,
    };
    parts.begin(run);
    if run.best.is_none() {
        let conflict = conflict(run);
        if !conflict.is_empty() {
            return Ended {
                infeasible: true,
                conflict,
                ..ended("conflict of required agents")
            };
        }
    }
    parts.rounds(run, threads as usize);
    parts.last(run)
}

impl<'p> Parts<'_, 'p> {
    /// A quick course first: a good answer soon, and the speed of this machine.
    fn begin(&mut self, run: &mut Run) {
        let quick = QUICK * run.problem.agents() as u64;
        let lap = Lap::start();
        if let Some(best) = run.best.as_ref().or(run.partial.as_ref()) {
            let heats = (WARM * self.typical, COLD * self.typical);
            let mut course = Course::new(&self.stage, best, heats, quick, run.settings.seed);
            course.slice(&self.stage, quick, &|| self.gate.over());
            let found = course.choices(&self.stage, run.best.as_ref().map(|b| b.value), &|| {
                self.gate.over()
            });
            run.offer(Phase::Search, found);
        }
        self.spent = quick;
        self.total = match run.settings.work {
            Some(seconds) => (seconds * WORK_RATE) as u64,
            None => {
                self.rate = (quick as f64 / lap.seconds().max(1e-6)).clamp(2e4, 2e7);
                let left = run.ledger.watch.left().min(1e7);
                self.spent + (left * self.rate) as u64
            }
        };
        run.note_work(self.spent);
    }

    fn rounds(&mut self, run: &mut Run, threads: usize) {
        let least = self.bounds.reply_work() * 4;
        while !run.finished() && self.spent < self.total {
            if self.branches(run) {
                return;
            }
            let round = ((ROUND * self.total as f64) as u64)
                .clamp(least, 12 * WORK_RATE as u64)
                .min(self.total - self.spent);
            self.enlist(run, threads);
            let lap = Lap::start();
            self.round(run, threads, round.max(1));
            self.spent += round.max(1);
            self.measure(run, round, lap.seconds());
            run.note_work(self.spent);
            run.publish(Phase::Search, &self.bounds);
            self.harvest(run);
        }
    }

    /// Replans what is left by the speed that was seen, unless work is the limit.
    fn measure(&mut self, run: &Run, work: u64, seconds: f64) {
        if run.settings.work.is_some() {
            return;
        }
        let seen = (work as f64 / seconds.max(1e-6)).clamp(1e3, 1e8);
        let factor = (seen / self.rate).clamp(0.2, 5.0);
        self.rate *= factor;
        self.courses.iter_mut().for_each(|c| c.replan(factor));
        let left = run.ledger.watch.left().min(1e7);
        self.total = self.spent + (left * self.rate) as u64;
    }

    /// Whether it is time to branch instead.
    fn branches(&self, run: &Run) -> bool {
        #[cfg(feature = "highs")]
        if run.problem.options() <= BRANCH_OPTIONS {
            return self.bounds.done() && self.started > 0 && self.courses.is_empty();
        }
        let _ = run;
        false
    }

    /// Gives every free place a course.
    fn enlist(&mut self, run: &Run, threads: usize) {
        let places = if self.bounds.done() {
            threads
        } else {
            threads.saturating_sub(1).max(1)
        };
        let small = self.small(run);
        if small && self.started >= 2 {
            return;
        }
        while self.courses.len() < places {
            let Some(best) = run.best.as_ref().or(run.partial.as_ref()) else {
                return;
            };
            let first = self.started == 0;
            let left = self.total - self.spent;
            let share = if small {
                0.08
            } else if first {
                MAIN
            } else {
                LATER
            };
            let most = if small {
                SMALL_TRIALS.saturating_mul(run.problem.options() as u64)
            } else {
                u64::MAX
            };
            let trials = ((share * self.total as f64) as u64)
                .min(left)
                .min(most)
                .max(1);
            let hot = if first {
                HOT
            } else {
                WARM * (1.0 + (self.started % 3) as f64)
            };
            let heats = (hot * self.typical, COLD * self.typical);
            self.started += 1;
            let seed = run
                .settings
                .seed
                .wrapping_mul(1_000_003)
                .wrapping_add(self.started);
            self.courses
                .push(Course::new(&self.stage, best, heats, trials, seed));
        }
    }

    fn small(&self, run: &Run) -> bool {
        #[cfg(feature = "highs")]
        return run.problem.options() <= BRANCH_OPTIONS;
        #[cfg(not(feature = "highs"))]
        {
            let _ = run;
            false
        }
    }

    /// Search and bound for so much work.
    fn round(&mut self, run: &Run, threads: usize, work: u64) {
        let gate = &self.gate;
        let over = || gate.over();
        let target = run.best.as_ref().map(|b| b.value);
        let replies = 8usize;
        let quota = (work / self.bounds.reply_work()).max(1) as usize;
        let (bounds, stage) = (&mut self.bounds, &self.stage);
        let mut improve = |threads: u32| {
            bounds.with_threads(threads);
            let mut spent = 0;
            while spent < quota && !bounds.done() && !over() {
                bounds.step(replies.min(quota - spent), target, &over);
                spent += replies;
            }
        };
        if threads == 1 {
            improve(1);
            self.courses
                .iter_mut()
                .for_each(|c| c.slice(stage, work, &over));
            return;
        }
        let alone = self.courses.is_empty();
        std::thread::scope(|scope| {
            for course in &mut self.courses {
                scope.spawn(|| course.slice(stage, work, &over));
            }
            improve(if alone {
                u32::try_from(threads).unwrap_or(1)
            } else {
                1
            });
        });
    }

    /// Offers what the courses have; finished ones leave.
    fn harvest(&mut self, run: &mut Run) {
        let over = || self.gate.over();
        for course in &self.courses {
            if course.finished() || over() {
                let best = run.best.as_ref().map(|b| b.value);
                run.offer(Phase::Search, course.choices(&self.stage, best, &over));
            }
        }
        let before = self.courses.len();
        self.courses.retain(|c| !c.finished());
        if self.courses.len() < before {
            let charge = CHARGES[self.started as usize % CHARGES.len()];
            self.stage = Stage::new(
                self.problem,
                self.local,
                &self.bounds.firmwise.resource,
                (self.typical, charge),
            );
            if let Some(best) = run.best.clone() {
                run.offer(Phase::Search, self.stage.polish(best, &|| self.gate.over()));
            }
        }
    }

    /// Branching by HiGHS; a second thread goes on annealing meanwhile.
    #[cfg(feature = "highs")]
    fn branch(mut self, run: &mut Run) -> Ended {
        let aside = run.settings.threads > 1 && run.settings.work.is_none();
        super::milp::finish(run, &mut |run: &mut Run| {
            if aside {
                self.aside(run);
            }
            aside
        })
    }

    /// A tenth of a second of annealing beside the branching.
    #[cfg(feature = "highs")]
    fn aside(&mut self, run: &mut Run) {
        if self.courses.is_empty() {
            let Some(best) = run.best.as_ref().or(run.partial.as_ref()) else {
                return;
            };
            self.started += 1;
            let hot = if self.started.is_multiple_of(2) {
                HOT
            } else {
                WARM
            };
            let seed = run
                .settings
                .seed
                .wrapping_mul(1_000_003)
                .wrapping_add(self.started);
            let trials = SMALL_TRIALS * run.problem.options() as u64;
            let heats = (hot * self.typical, COLD * self.typical);
            self.courses
                .push(Course::new(&self.stage, best, heats, trials, seed));
        }
        let gate = self.gate.clone();
        let slice = (self.rate / 10.0) as u64 + 1;
        self.courses
            .iter_mut()
            .for_each(|c| c.slice(&self.stage, slice, &|| gate.over()));
        self.harvest(run);
    }

    /// Branching, if it is worth a try.
    fn last(self, run: &mut Run) -> Ended {
        #[cfg(feature = "highs")]
        if !run.finished() && run.problem.options() <= BRANCH_OPTIONS && self.spent < self.total {
            return self.branch(run);
        }
        let _ = run;
        ended("annealing, volume and column generation")
    }
}

/// Required agents that cannot all be placed; empty if they can, or if that is not decided.
pub(super) fn conflict(run: &Run) -> Vec<usize> {
    #[cfg(feature = "highs")]
    {
        let gate = run.ledger.watch.gate();
        if run.problem.required.contains(&true) {
            return super::milp_conflict::conflict(run.instance, &|| gate.over())
                .unwrap_or_default();
        }
    }
    let _ = run;
    Vec::new()
}

/// An end without a bound from branching.
pub(super) fn ended(name: &'static str) -> Ended {
    Ended {
        name,
        bound: None,
        infeasible: false,
        columns: 0,
        conflict: Vec::new(),
        note: String::new(),
    }
}
