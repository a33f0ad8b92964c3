//! What a run may spend, how it is stopped, and what it tells while it runs.
//!
//! The only clock of the room is here. Not here: terminals, signals, files.

use super::outcome::{Number, TraceRow};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// What a run may spend. There is no default: whoever starts a run states it.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Time limit in seconds of wall clock.
    pub seconds: f64,
    /// Threads; with 1 the answer is the same on every run that ends before the limit.
    pub threads: u32,
    /// Seed of every random decision.
    pub seed: u64,
    /// Relative gap at which to stop; 0 asks for a proof.
    pub gap: f64,
    /// Limit by work instead of time, in nominal seconds ([`WORK_RATE`] units each): the same
    /// instance, seed, threads and work give the same outcome, byte for byte. The wall clock then
    /// only ends a run that takes far too long, and that run says so.
    pub work: Option<f64>,
}

/// Units of work (trials of the search) in a nominal second.
pub const WORK_RATE: f64 = 2_000_000.0;

impl Settings {
    /// The official run: one thread, no gap accepted, seed and limit stated in the record.
    pub fn official(seconds: f64, seed: u64) -> Self {
        Self {
            seconds,
            threads: 1,
            seed,
            gap: 0.0,
            work: None,
        }
    }
}

/// What the run is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// First prices and first feasible choices.
    Start,
    /// Linear relaxation and better prices.
    Relax,
    /// Annealing, paths and prices of blocks, side by side.
    Search,
    /// Branch and bound.
    Branch,
    /// Ended.
    Done,
}

/// State of the run at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    /// What is being done.
    pub phase: Phase,
    /// Best value so far.
    pub value: Option<i64>,
    /// Best proven bound so far.
    pub bound: Option<i64>,
    /// (bound - value) / max(1, |value|), if both are known.
    pub gap: Option<f64>,
    /// Seconds since the start.
    pub seconds: f64,
}

/// Clock, stop flag and listener of one run.
pub struct Watch<'a> {
    start: Instant,
    deadline: Option<Instant>,
    stop: Arc<AtomicBool>,
    sink: &'a dyn Fn(Progress),
}

impl<'a> Watch<'a> {
    /// Starts the clock. Set `stop` to end the run soon with the best answer so far.
    pub fn start(seconds: f64, stop: Arc<AtomicBool>, sink: &'a dyn Fn(Progress)) -> Self {
        let start = Instant::now();
        let limit = Duration::try_from_secs_f64(seconds.max(0.0)).ok();
        Self {
            start,
            deadline: limit.and_then(|d| start.checked_add(d)),
            stop,
            sink,
        }
    }

    /// Seconds since the start.
    pub fn elapsed(&self) -> f64 {
        self.start.elapsed().as_secs_f64()
    }

    /// Seconds left; infinite without a limit.
    pub fn left(&self) -> f64 {
        self.deadline.map_or(f64::INFINITY, |d| {
            d.saturating_duration_since(Instant::now()).as_secs_f64()
        })
    }

    /// Whether somebody asked to stop.
    pub fn stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// Whether the run must end.
    pub fn over(&self) -> bool {
        self.stopped() || self.left() <= 0.0
    }

    /// What threads of the engine ask whether to go on.
    pub(super) fn gate(&self) -> Gate {
        Gate {
            deadline: self.deadline,
            stop: Arc::clone(&self.stop),
        }
    }

    /// The flag, for a thread of the engine.
    pub fn flag(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.stop)
    }
}

/// Deadline and stop flag, for threads.
#[derive(Clone)]
pub(super) struct Gate {
    deadline: Option<Instant>,
    stop: Arc<AtomicBool>,
}

impl Gate {
    /// Whether the run must end.
    pub(super) fn over(&self) -> bool {
        self.stop.load(Ordering::Relaxed) || self.deadline.is_some_and(|d| Instant::now() >= d)
    }
}

/// A stopwatch for measuring the speed of this machine; never decides anything of a run that is
/// limited by work.
pub(super) struct Lap(Instant);

impl Lap {
    pub(super) fn start() -> Self {
        Self(Instant::now())
    }

    pub(super) fn seconds(&self) -> f64 {
        self.0.elapsed().as_secs_f64()
    }
}

/// Best value and bound of a run; every improvement is told and kept.
pub(super) struct Ledger<'a> {
    pub(super) watch: &'a Watch<'a>,
    pub(super) value: Option<i64>,
    pub(super) bound: Option<i64>,
    pub(super) trace: Vec<TraceRow>,
    /// Nominal seconds of work done, if the run is limited by work.
    pub(super) nominal: Option<f64>,
}

impl<'a> Ledger<'a> {
    pub(super) fn new(watch: &'a Watch<'a>) -> Self {
        Self {
            watch,
            value: None,
            bound: None,
            trace: Vec::new(),
            nominal: None,
        }
    }

    /// Notes a proven bound; a worse one than known is ignored. A bound below the best value
    /// is impossible and never stated: it is lifted to the value.
    pub(super) fn note_bound(&mut self, phase: Phase, bound: i64) {
        let bound = bound.max(self.value.unwrap_or(i64::MIN));
        if self.bound.is_none_or(|b| bound < b) {
            self.bound = Some(bound);
            self.tell(phase);
        }
    }

    /// Notes the value of feasible choices.
    pub(super) fn note_value(&mut self, phase: Phase, value: i64) {
        if self.value.is_none_or(|v| value > v) {
            self.value = Some(value);
            self.tell(phase);
        }
    }

    /// Whether value and bound meet, or are as close as the settings ask.
    pub(super) fn closed(&self, gap: f64) -> bool {
        let (Some(v), Some(b)) = (self.value, self.bound) else {
            return false;
        };
        b <= v || (b.saturating_sub(v) as f64) <= gap * (v as f64).abs()
    }

    fn tell(&mut self, phase: Phase) {
        let seconds = millis(self.now());
        let (value, bound) = (self.value.map(Number::Whole), self.bound.map(Number::Whole));
        self.trace.push(TraceRow {
            seconds,
            value,
            bound,
        });
        self.say(phase);
    }

    /// Seconds since the start: of the wall, or nominal if work is the limit.
    pub(super) fn now(&self) -> f64 {
        self.nominal.unwrap_or_else(|| self.watch.elapsed())
    }

    /// Tells the listener without a new row.
    pub(super) fn say(&self, phase: Phase) {
        let gap = self
            .value
            .zip(self.bound)
            .map(|(v, b)| b.saturating_sub(v) as f64 / (v as f64).abs().max(1.0));
        let seconds = self.now();
        (self.watch.sink)(Progress {
            phase,
            value: self.value,
            bound: self.bound,
            gap,
            seconds,
        });
    }
}

/// Seconds rounded to milliseconds: enough to read, and exact in any JSON reader.
pub(super) fn millis(seconds: f64) -> f64 {
    (seconds * 1000.0).round() / 1000.0
}
