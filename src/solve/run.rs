//! One run: first prices and choices, the engine, then the outcome, proven before it is returned.
//!
//! An engine gets the [`Run`] and offers it choices and prices; whatever it offers is kept only
//! if better. This is the door through which another engine moves in. Not here: how to search.

use super::adopt;
use super::bounds::Bounds;
use super::certificate::{self, Proof};
use super::control::{Ledger, Phase, Settings, WORK_RATE, Watch, millis};
use super::dual::{self, Priced};
use super::instance::Instance;
use super::lagrange::Prices;
use super::outcome::{BlockProof, Choice, Dual, Engine, Held, Number, Outcome, Status};
use super::problem::{Problem, small};
use super::random::Random;
use super::shape::Shape;
use super::standing::Standing;
use super::state::State;
use super::{construct, engine, greedy, verify};

/// What an engine reports when it ends.
pub(super) struct Ended {
    /// Name of the method.
    pub(super) name: &'static str,
    /// Bound proven by branching, if any.
    pub(super) bound: Option<i64>,
    /// Proven that nothing is feasible.
    pub(super) infeasible: bool,
    /// Binaries branched on.
    pub(super) columns: u64,
    /// Required agents that cannot all be placed.
    pub(super) conflict: Vec<usize>,
    /// Remarks.
    pub(super) note: String,
}

/// State of a run: the best of everything so far.
pub(super) struct Run<'a> {
    pub(super) instance: &'a Instance,
    pub(super) problem: &'a Problem,
    pub(super) settings: &'a Settings,
    pub(super) ledger: Ledger<'a>,
    pub(super) random: Random,
    pub(super) best: Option<Standing>,
    /// Incomplete choices to start from while there are no complete ones.
    pub(super) partial: Option<Standing>,
    pub(super) priced: Option<Priced>,
    /// The best proof by blocks.
    proof: Option<BlockProof>,
    packed: Vec<u32>,
    /// Bounds in floating point that were published last.
    told: (f64, f64),
}

/// Improvements of a bound below this share are not worth an exact count.
const WORTH_TELLING: f64 = 2e-5;

impl<'a> Run<'a> {
    /// Keeps the choices if they are complete and better.
    pub(super) fn offer(&mut self, phase: Phase, standing: Standing) {
        if !standing.complete() {
            let fewer = |p: &Standing| standing.missing < p.missing;
            if self.best.is_none() && self.partial.as_ref().is_none_or(fewer) {
                self.partial = Some(standing);
            }
            return;
        }
        if self.best.as_ref().is_none_or(|b| standing.value > b.value) {
            debug_assert!(self.right(&standing), "every incumbent passes the check");
            self.ledger.note_value(phase, standing.value);
            self.best = Some(standing);
        }
    }

    /// The independent recount of choices.
    fn right(&self, standing: &Standing) -> bool {
        let count = super::recount::recount(
            self.instance,
            &standing.choices(self.instance, self.problem),
        );
        count.findings.is_empty() && count.value == i128::from(standing.value)
    }

    /// Keeps choices of the instance.
    pub(super) fn offer_state(&mut self, phase: Phase, state: &State) {
        self.offer(phase, adopt::standing(self.problem, state));
    }

    /// The best choices in terms of the instance.
    pub(super) fn best_state(&self) -> Option<State<'a>> {
        let best = self.best.as_ref()?;
        Some(adopt::state(self.instance, self.problem, best))
    }

    /// Keeps the prices if they prove a better bound.
    pub(super) fn offer_prices(&mut self, phase: Phase, prices: &[f64]) {
        let Some(priced) = dual::publish(self.instance, prices) else {
            return;
        };
        if self.priced.as_ref().is_none_or(|p| priced.bound < p.bound) {
            self.ledger.note_bound(phase, priced.bound);
            self.priced = Some(priced);
        }
    }

    /// Notes which resources are packed.
    pub(super) fn pack(&mut self, shape: &Shape) {
        let packed = shape.packed.iter().enumerate().filter(|p| *p.1);
        self.packed = packed.map(|(r, _)| small(r)).collect();
    }

    /// Keeps the block prices if they prove a better bound.
    fn offer_blocks(&mut self, phase: Phase, prices: &Prices, held: Vec<Held>) {
        let short = |list: &[f64]| -> Vec<f64> { list.iter().map(|&p| dual::short(p)).collect() };
        let mut proof = BlockProof {
            packed: self.packed.clone(),
            agents: short(&prices.agent),
            resources: short(&prices.resource),
            held,
            bound: 0,
        };
        let counted = certificate::proof_bound(self.instance, &proof);
        let Ok(Proof::Bound { total, scale }) = counted else {
            return;
        };
        let Ok(bound) = i64::try_from(total >> scale) else {
            return;
        };
        if self.proof.as_ref().is_none_or(|p| bound < p.bound) {
            self.ledger.note_bound(phase, bound);
            proof.bound = bound;
            self.proof = Some(proof);
        }
    }

    /// Publishes the best prices of the dual side, counted exactly.
    pub(super) fn publish(&mut self, phase: Phase, bounds: &Bounds) {
        if bounds.firmwise_bound < self.told.0 - WORTH_TELLING * self.told.0.abs()
            || !self.told.0.is_finite()
        {
            self.told.0 = bounds.firmwise_bound;
            self.offer_prices(phase, &bounds.firmwise.resource);
        }
        let Some(prices) = &bounds.blockwise else {
            return;
        };
        if bounds.blockwise_bound < self.told.1 - WORTH_TELLING * self.told.1.abs()
            || !self.told.1.is_finite()
        {
            self.told.1 = bounds.blockwise_bound;
            let held = bounds.held().map(|(packed, agents)| Held {
                packed: packed.to_vec(),
                agents: agents.to_vec(),
            });
            self.offer_blocks(phase, prices, held.collect());
        }
    }

    /// Tells the clock of a run that is limited by work.
    pub(super) fn note_work(&mut self, work: u64) {
        if self.settings.work.is_some() {
            self.ledger.nominal = Some(work as f64 / WORK_RATE);
        }
    }

    /// Whether the run may end: proven, close enough, out of time or stopped.
    pub(super) fn finished(&self) -> bool {
        self.ledger.closed(self.settings.gap) || self.ledger.watch.over()
    }

    /// First choices, without prices and without looking at the clock.
    fn first(&mut self) {
        let zero = vec![0.0; self.problem.capacity.len()];
        let nets = construct::Nets::of(self.problem, &zero);
        self.offer(Phase::Start, construct::construct(self.problem, &nets));
        if self.best.is_none() {
            // A clock of its own: also a run that is stopped at once tries for an answer. A run
            // limited by work must not depend on any clock.
            let (quiet, most) = (|_| {}, self.settings.work.map_or(0.3, |_| f64::INFINITY));
            let brief = Watch::start(most, std::sync::Arc::default(), &quiet);
            let state = greedy::start(self.instance, &zero, &mut self.random, &brief);
            self.offer_state(Phase::Start, &state);
        }
    }
}

/// Solves an instance: the best choices found, with a proven bound.
///
/// A run limited by work gives the same outcome each time, byte for byte, unless the clock or the
/// stop flag ends it. There is always an answer; `verify` accepts it.
pub fn solve(instance: &Instance, settings: &Settings, watch: &Watch) -> Outcome {
    solve_from(instance, settings, watch, &[])
}

/// As [`solve`], starting from choices of an earlier outcome of this or a similar instance. What of
/// them is unknown here or does not fit any more is left out; the rest is a start, not a pin.
pub fn solve_from(
    instance: &Instance,
    settings: &Settings,
    watch: &Watch,
    start: &[Choice],
) -> Outcome {
    let problem = Problem::of(instance);
    let mut run = Run {
        instance,
        problem: &problem,
        settings,
        ledger: Ledger::new(watch),
        random: Random::new(settings.seed),
        best: None,
        partial: None,
        priced: None,
        proof: None,
        packed: Vec::new(),
        told: (f64::INFINITY, f64::INFINITY),
    };
    run.note_work(0);
    let zero = vec![0.0; instance.resources().len()];
    if certificate::price_bound(instance, &zero) == Ok(Proof::Infeasible) {
        let note = "a required agent has no option that fits any capacity".to_owned();
        let ended = Ended {
            name: "arithmetic",
            bound: None,
            infeasible: true,
            columns: 0,
            conflict: engine::conflict(&run),
            note,
        };
        return outcome(run, ended);
    }
    run.first();
    if !start.is_empty() {
        let adopted = adopt::choices(instance, &problem, start);
        run.offer(Phase::Start, adopted);
    }
    run.offer_prices(Phase::Start, &zero);
    let ended = if run.finished() {
        engine::ended("prices and search")
    } else {
        engine::finish(&mut run)
    };
    outcome(run, ended)
}

/// Puts the outcome together and proves it; what does not hold is not stated.
fn outcome(mut run: Run, ended: Ended) -> Outcome {
    run.ledger.say(Phase::Done);
    let instance = run.instance;
    let infeasible = ended.infeasible && run.best.is_none();
    let value = run.best.as_ref().map(|b| b.value);
    let branch = ended.bound.filter(|b| value.is_none_or(|v| v <= *b));
    if branch != ended.bound {
        run.ledger.trace.clear();
    }
    let by_prices = run.priced.as_ref().map(|p| p.bound);
    let named = |a: &usize| instance.agents()[*a].id.clone();
    let conflict = (!ended.conflict.is_empty()).then(|| ended.conflict.iter().map(named).collect());
    let by_blocks = run.proof.as_ref().map(|p| p.bound);
    let bound = if infeasible {
        None
    } else {
        [branch, by_blocks, by_prices].into_iter().flatten().min()
    };
    let status = match (value, bound) {
        (None, _) if infeasible => Status::Infeasible,
        (None, _) => Status::Unknown,
        (Some(v), Some(b)) if b <= v => Status::Optimal,
        (Some(_), _) => Status::Feasible,
    };
    let (prices, dual) = match run.priced.take().filter(|_| !infeasible) {
        Some(p) if Some(p.bound) == bound => (Some(p.prices), None),
        Some(p) => (
            None,
            Some(Dual {
                prices: p.prices,
                bound: p.bound,
            }),
        ),
        None => (None, None),
    };
    let done = Outcome {
        instance: instance.name().to_owned(),
        status,
        value,
        upper_bound: bound.map(Number::Whole),
        seconds: millis(run.ledger.now()),
        choices: run
            .best
            .as_ref()
            .map(|b| b.choices(instance, run.problem))
            .unwrap_or_default(),
        prices,
        dual,
        proof: run
            .proof
            .take()
            .filter(|p| !infeasible && by_prices.is_none_or(|b| p.bound < b)),
        conflict: conflict.filter(|_| infeasible),
        trace: std::mem::take(&mut run.ledger.trace),
        engine: Some(engine_info(&run, ended, status)),
    };
    proven(run.instance, done)
}

fn engine_info(run: &Run, ended: Ended, status: Status) -> Engine {
    let reason = match status {
        Status::Optimal | Status::Infeasible => "proved",
        _ if run.ledger.watch.stopped() => "stop",
        _ if run.ledger.closed(run.settings.gap) => "gap",
        _ if run.ledger.watch.left() <= 0.0 => "time",
        _ if run.settings.work.is_some() => "work",
        _ => "engine",
    };
    Engine {
        name: ended.name.to_owned(),
        seed: run.settings.seed,
        threads: run.settings.threads,
        work: run.settings.work,
        ended: reason.to_owned(),
        columns: ended.columns,
        note: ended.note,
    }
}

/// The last gate: an outcome that the independent check refuses is not handed out as a solution.
fn proven(instance: &Instance, outcome: Outcome) -> Outcome {
    let report = verify::verify(instance, &outcome);
    let Some(first) = report.findings.first() else {
        return outcome;
    };
    let note = format!("refused by the check of the outcome: {first}");
    let engine = outcome.engine.map(|e| Engine {
        note,
        ended: "engine".to_owned(),
        ..e
    });
    Outcome {
        status: Status::Unknown,
        value: None,
        upper_bound: None,
        choices: Vec::new(),
        prices: None,
        dual: None,
        proof: None,
        conflict: None,
        trace: Vec::new(),
        engine,
        ..outcome
    }
}
