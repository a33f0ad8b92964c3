//! One run: first prices and choices, the engine, then the outcome, proven before it is returned.
//!
//! An engine gets the [`Run`] and offers it choices and prices; whatever it offers is kept only
//! if better. This is the door through which another engine moves in. Not here: how to search.

use super::certificate::{self, Proof};
use super::control::{Ledger, Phase, Settings, Watch, millis};
use super::dual::{self, Priced};
use super::instance::Instance;
use super::outcome::{Dual, Engine, Number, Outcome, Status};
use super::random::Random;
use super::state::State;
use super::{engine, greedy, improve, verify};

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
    /// Remarks.
    pub(super) note: String,
}

/// State of a run: the best of everything so far.
pub(super) struct Run<'a> {
    pub(super) instance: &'a Instance,
    pub(super) settings: &'a Settings,
    pub(super) ledger: Ledger<'a>,
    pub(super) random: Random,
    pub(super) best: Option<State<'a>>,
    pub(super) priced: Option<Priced>,
}

impl<'a> Run<'a> {
    /// Keeps the choices if they are complete and better.
    pub(super) fn offer(&mut self, phase: Phase, state: State<'a>) {
        if state.complete() && self.best.as_ref().is_none_or(|b| state.value > b.value) {
            self.ledger.note_value(phase, state.value);
            self.best = Some(state);
        }
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

    /// Improves the prices by at most `most` steps from where they are.
    pub(super) fn better_prices(&mut self, phase: Phase, most: usize) {
        let zero = || vec![0.0; self.instance.resources().len()];
        let from = self.priced.as_ref().map_or_else(zero, |p| p.prices.clone());
        let steps = dual::steps(self.instance, most);
        let target = self.best.as_ref().map(|b| b.value);
        let prices = dual::improve(self.instance, from, target, steps, self.ledger.watch);
        self.offer_prices(phase, &prices);
    }

    /// Builds and improves choices along the present prices.
    pub(super) fn construct(&mut self, phase: Phase, moves: usize) {
        let zero = vec![0.0; self.instance.resources().len()];
        let prices = self.priced.as_ref().map_or(zero, |p| p.prices.clone());
        let mut state = greedy::start(self.instance, &prices, &mut self.random, self.ledger.watch);
        if state.complete() {
            self.offer(phase, state.clone());
        }
        improve::improve(&mut state, &mut self.random, moves, self.ledger.watch);
        self.offer(phase, state);
    }

    /// Whether the run may end: proven, close enough, out of time or stopped.
    pub(super) fn finished(&self) -> bool {
        self.ledger.closed(self.settings.gap) || self.ledger.watch.over()
    }
}

/// Solves an instance: the best choices found in the time, with a proven bound.
///
/// With one thread the same instance, settings and seed give the same choices, unless the time
/// limit or the stop flag ends the run. There is always an answer; `verify` accepts it.
pub fn solve(instance: &Instance, settings: &Settings, watch: &Watch) -> Outcome {
    let mut run = Run {
        instance,
        settings,
        ledger: Ledger::new(watch),
        random: Random::new(settings.seed),
        best: None,
        priced: None,
    };
    let zero = vec![0.0; instance.resources().len()];
    if certificate::price_bound(instance, &zero) == Ok(Proof::Infeasible) {
        let note = "a required agent has no option that fits any capacity".to_owned();
        return outcome(
            run,
            Ended {
                name: "arithmetic",
                bound: None,
                infeasible: true,
                columns: 0,
                note,
            },
        );
    }
    run.offer_prices(Phase::Start, &zero);
    // Without looking at the clock: there is always a feasible answer if one is easily found.
    run.construct(Phase::Start, 0);
    if !run.finished() {
        run.better_prices(Phase::Start, 60);
        run.construct(Phase::Start, 200_000);
    }
    let ended = engine::finish(&mut run);
    outcome(run, ended)
}

/// Puts the outcome together and proves it; what does not hold is not stated.
fn outcome(mut run: Run, ended: Ended) -> Outcome {
    run.ledger.say(Phase::Done);
    let infeasible = ended.infeasible && run.best.is_none();
    let value = run.best.as_ref().map(|b| b.value);
    let branch = ended.bound.filter(|b| value.is_none_or(|v| v <= *b));
    if branch != ended.bound {
        run.ledger.trace.clear();
    }
    let by_prices = run.priced.as_ref().map(|p| p.bound);
    let bound = if infeasible {
        None
    } else {
        [branch, by_prices].into_iter().flatten().min()
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
        instance: run.instance.name().to_owned(),
        status,
        value,
        upper_bound: bound.map(Number::Whole),
        seconds: millis(run.ledger.watch.elapsed()),
        choices: run.best.as_ref().map(State::choices).unwrap_or_default(),
        prices,
        dual,
        proof: None,
        conflict: None,
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
        _ => "engine",
    };
    Engine {
        name: ended.name.to_owned(),
        seed: run.settings.seed,
        threads: run.settings.threads,
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
