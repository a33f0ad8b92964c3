//! Branching: reduced-cost fixing by the best prices, then branch and bound by HiGHS.
//!
//! Options that the prices rule out leave the model; HiGHS branches from the best choices.
//!
//! A bound of HiGHS is a floating-point number b of the scaled, minimised model. Stated is
//! floor(u + 1e-9 |u| + 1e-6 scale) with u = -b x scale: HiGHS works to tolerances of 1e-9 and
//! 1e-6, so the claim is rounded up before integrality rounds it down. If a number of the model
//! is too large for floating point (`sound` false), only what the prices prove is stated, and
//! never infeasibility. All values are multiples of one number (the grain), so a bound is rounded
//! down to the next multiple. Not here: the model, the call, the thread.

use super::control::Phase;
use super::engine;
use super::milp_call::{Answer, Event, Job, Verdict};
use super::milp_model::{self, Known, Model};
use super::milp_thread;
use super::run::{Ended, Run};
use std::sync::Arc;

/// What else to do while HiGHS works; says whether it had anything to do.
type Idle<'f> = &'f mut dyn FnMut(&mut Run) -> bool;

const NAME: &str = "HiGHS branch and bound";
/// Nodes of branching that count as a nominal second of work.
const NODES_A_SECOND: f64 = 10.0;

/// Improves the run until it is proven, close enough, out of time or stopped.
pub(super) fn finish(run: &mut Run, idle: Idle) -> Ended {
    if run.finished() {
        return engine::ended(NAME);
    }
    branch(run, idle)
}

fn model(run: &Run) -> Arc<Model> {
    let zero = vec![0.0; run.instance.resources().len()];
    let prices = run.priced.as_ref().map_or(&zero, |p| &p.prices);
    let value = run.best.as_ref().map(|b| b.value);
    Arc::new(milp_model::build(run.instance, &Known { prices, value }))
}

fn job(run: &Run, seconds: f64, start: Option<Vec<f64>>) -> Job {
    let settings = run.settings;
    // A run limited by work branches on one thread, so that it repeats exactly.
    let left = settings.work.map(|w| (w - run.ledger.now()).max(0.0));
    Job {
        seconds,
        nodes: left.map(|l| (l * NODES_A_SECOND) as i32 + 1),
        // With two threads the other one anneals.
        threads: if left.is_some() {
            1
        } else {
            settings.threads.saturating_sub(1).max(1)
        },
        seed: settings.seed,
        relative_gap: settings.gap,
        absolute_gap: 0.999,
        start,
        strict: false,
    }
}

/// Branch and bound on the reduced model; a second, stricter try if HiGHS calls optimal what
/// does not fit exactly (its tolerances let large and small uses of one resource mix).
fn branch(run: &mut Run, idle: Idle) -> Ended {
    let mut ended = attempt(run, false, idle);
    if ended.again && !run.finished() {
        ended = attempt(run, true, idle);
    }
    ended.end
}

/// End of one try, and whether another makes sense.
struct Tried {
    end: Ended,
    again: bool,
}

fn attempt(run: &mut Run, strict: bool, idle: Idle) -> Tried {
    let model = model(run);
    let columns = u64::try_from(model.options.len()).unwrap_or(u64::MAX);
    let base = Ended {
        columns,
        ..engine::ended(NAME)
    };
    if model.options.is_empty() {
        // Every option is ruled out by the prices, or there is none: nothing is better.
        let bound = Some(run.best.as_ref().map_or(0, |b| b.value));
        return Tried {
            end: Ended { bound, ..base },
            again: false,
        };
    }
    let start = run.best_state().and_then(|b| model.encode(&b));
    let mut job = Job {
        strict,
        ..job(run, run.ledger.watch.left(), start)
    };
    let size = run.ledger.bound.map_or(0.0, |b| (b as f64).abs());
    let grain = model.grain as f64;
    job.absolute_gap = ((0.999 * grain - 4e-9 * size).max(1e-3) / model.scale).max(1e-9);
    let watch = run.ledger.watch;
    let floor = run.best.as_ref().map(|b| b.value);
    let mut proven: Option<i64> = None;
    let heard = |run: &mut Run, event: Event| {
        hear(run, &model, event, floor, &mut proven);
        run.settings.work.is_none() && run.ledger.closed(run.settings.gap)
    };
    let mut aside = |run: &mut Run| !run.finished() && idle(run);
    let answer = milp_thread::run(&model, job, watch, run, (heard, &mut aside));
    let again = matches!(answer.verdict, Verdict::Optimal | Verdict::Failed);
    Tried {
        end: conclude(run, &model, answer, floor, proven, base),
        again,
    }
}

/// Takes a vector or a bound that HiGHS tells.
fn hear(run: &mut Run, model: &Model, event: Event, floor: Option<i64>, proven: &mut Option<i64>) {
    match event {
        Event::Vector(x) => run.offer_state(Phase::Branch, &model.decode(run.instance, &x)),
        Event::Bound(b) => {
            if let Some(bound) = stated(model, b, floor) {
                *proven = Some(proven.map_or(bound, |p| p.min(bound)));
                run.ledger.note_bound(Phase::Branch, bound);
            }
        }
        Event::Done(_) => {}
    }
}

/// The bound that may be stated; options that cannot beat `floor` had left the model.
fn stated(model: &Model, bound: f64, floor: Option<i64>) -> Option<i64> {
    let upper = -bound * model.scale;
    let safe = (upper + 1e-9 * upper.abs() + 1e-6 * model.scale).floor();
    // Beyond 2^62 nothing is believed.
    let believed = model.sound && safe.abs() < 4e18;
    // Values are whole multiples of the grain, so no value lies between two of them.
    let whole = |bound: i64| bound.div_euclid(model.grain) * model.grain;
    believed.then(|| whole(safe as i64).max(floor.unwrap_or(i64::MIN)))
}

fn conclude(
    run: &mut Run,
    model: &Model,
    answer: Answer,
    floor: Option<i64>,
    mut proven: Option<i64>,
    base: Ended,
) -> Ended {
    if let Some(x) = &answer.x {
        run.offer_state(Phase::Branch, &model.decode(run.instance, x));
    }
    if matches!(answer.verdict, Verdict::Optimal | Verdict::Limit) {
        hear(run, model, Event::Bound(answer.bound), floor, &mut proven);
    }
    let infeasible = answer.verdict == Verdict::Infeasible && model.sound && run.best.is_none();
    let note = match answer.verdict {
        Verdict::Failed => "HiGHS gave no answer".to_owned(),
        Verdict::Infeasible if !infeasible => "HiGHS contradicts the known choices".to_owned(),
        _ => String::new(),
    };
    Ended {
        bound: proven,
        infeasible,
        note,
        ..base
    }
}
