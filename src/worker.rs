//! The worker: claims a task, runs it with no transaction open, hands the result in. A heartbeat
//! beside the run renews the lease and hears of a wish to stop.
//!
//! Not here: who may hold a task and how it ends (`acts::tasks`), how a plan is made (`planning`).

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::acts::Desk;
use crate::acts::daily::{Daily, Ends};
use crate::acts::rounds::succession;
use crate::acts::tasks::jobs::{self, Job};
use crate::acts::tasks::{self, BROKE_OFF, Claim, LEASE_LOST};
use crate::domain::fault::{Fault, Faults};
use crate::domain::ids::RoundId;
use crate::domain::people::{Actor, Role};
use crate::domain::task::{Progress, Task, Work};
use crate::planning::run::{self, Run, Watch};

/// The engine may tell a hundred steps a second; one of these is kept each half second, and every
/// change of phase.
const STEP: Duration = Duration::from_millis(500);

/// How often a worker looks around while it waits or runs.
const TICK: Duration = Duration::from_millis(50);

/// How long an idle worker waits before it looks into the queue again.
const IDLE: Duration = Duration::from_secs(1);

/// How a job is run; tests put something else in its place.
pub type Engine = dyn Fn(&Job, &Watch<'_>) -> Result<Run, Faults> + Send + Sync;

/// A worker.
pub struct Worker {
    desk: Desk,
    name: String,
    beat: Duration,
    stop: Arc<AtomicBool>,
    engine: Box<Engine>,
    daily: Daily,
}

/// What the threads of one run tell each other.
struct Signs {
    /// The engine shall end.
    stop: Arc<AtomicBool>,
    /// The run is over; the heartbeat may end.
    over: AtomicBool,
    /// The task is another's.
    lost: AtomicBool,
    /// Somebody called it off: whether the best is kept.
    cancelled: Mutex<Option<bool>>,
}

impl Worker {
    /// A worker at a database under a name; it ends soon after `stop` is set.
    pub fn new(desk: &Desk, name: &str, stop: Arc<AtomicBool>) -> Worker {
        Worker {
            desk: desk.of(Actor::city(&format!("worker.{name}"), Role::Operator)),
            name: name.to_owned(),
            beat: Duration::from_secs(10),
            stop,
            daily: Daily::default(),
            engine: Box::new(|job, watch| {
                run::run_from(&job.snapshot, &job.settings, watch, job.start.as_ref())
            }),
        }
    }

    /// The same worker with another heartbeat and engine.
    #[must_use]
    pub fn with(mut self, beat: Duration, engine: Box<Engine>) -> Worker {
        self.beat = beat;
        self.engine = engine;
        self
    }

    /// Works until told to stop. Faults of the store are told to the log, and it goes on.
    pub fn work(&self) {
        while !self.stopped() {
            if let Err(faults) = self.daily() {
                tracing::warn!(worker = %self.name, %faults, "ends of the day");
            }
            match self.once() {
                Ok(Some(_)) => {}
                Ok(None) => self.wait(IDLE),
                Err(faults) => {
                    tracing::warn!(worker = %self.name, %faults, "worker");
                    self.wait(IDLE);
                }
            }
        }
    }

    /// Once a day, and when it begins.
    fn daily(&self) -> Result<(), Faults> {
        let Some(Ends { lapsed, ended }) = self.daily.enter(&self.desk)? else {
            return Ok(());
        };
        if lapsed + ended > 0 {
            tracing::info!(worker = %self.name, lapsed, ended, "ends of the day");
        }
        Ok(())
    }

    fn stopped(&self) -> bool {
        self.stop.load(Ordering::SeqCst)
    }

    fn wait(&self, long: Duration) {
        let until = Instant::now() + long;
        while Instant::now() < until && !self.stopped() {
            thread::sleep(TICK);
        }
    }

    /// Takes back what fell silent, then does the next task; `None` when none waits.
    pub fn once(&self) -> Result<Option<Task>, Faults> {
        tasks::sweep(&self.desk)?;
        match tasks::claim(&self.desk, &self.name)? {
            Some(claim) => self.run(&claim),
            None => Ok(None),
        }
    }

    fn run(&self, claim: &Claim) -> Result<Option<Task>, Faults> {
        if let Work::OfferNext { round } = &claim.task.work {
            return self.offer_next(claim, round);
        }
        let job = match jobs::prepare(&self.desk, &claim.task) {
            Ok(job) => job,
            Err(faults) => return tasks::fail(&self.desk, claim, &first(&faults)).map(Some),
        };
        let signs = Signs::none();
        let ran = thread::scope(|scope| {
            scope.spawn(|| self.pulse(claim, &signs));
            let ran = self.solve(claim, &job, &signs);
            signs.over.store(true, Ordering::SeqCst);
            ran
        });
        self.end(claim, &job, &signs, ran)
    }

    /// Offers what is free to the next in line. Two workers that do it find different offers: one is refused.
    fn offer_next(&self, claim: &Claim, round: &RoundId) -> Result<Option<Task>, Faults> {
        let signs = Signs::none();
        let made = thread::scope(|scope| {
            scope.spawn(|| self.pulse(claim, &signs));
            let offering = AssertUnwindSafe(|| succession::offer_next(&self.desk, round));
            let made = catch_unwind(offering).unwrap_or_else(|_| Err(broke_off().into()));
            signs.over.store(true, Ordering::SeqCst);
            made
        });
        if signs.lost.load(Ordering::SeqCst) {
            return Ok(None);
        }
        match made {
            Ok(made) => tasks::offered(&self.desk, claim, made.map(|s| s.plan)).map(Some),
            Err(faults) => tasks::fail(&self.desk, claim, &first(&faults)).map(Some),
        }
    }

    /// Renews the lease until the run is over, and passes wishes on to the engine.
    fn pulse(&self, claim: &Claim, signs: &Signs) {
        let mut next = Instant::now();
        while !signs.over.load(Ordering::SeqCst) {
            if self.stopped() {
                signs.stop.store(true, Ordering::SeqCst);
            }
            if Instant::now() >= next {
                next = Instant::now() + self.beat;
                match tasks::beat(&self.desk, claim) {
                    Ok(None) => {}
                    Ok(Some(cancel)) => {
                        *lock(&signs.cancelled) = Some(cancel.keep_best);
                        signs.stop.store(true, Ordering::SeqCst);
                    }
                    Err(faults) if faults.0.iter().any(|f| f.code == LEASE_LOST) => {
                        signs.lost.store(true, Ordering::SeqCst);
                        signs.stop.store(true, Ordering::SeqCst);
                    }
                    // The lease outlasts several beats.
                    Err(faults) => tracing::warn!(worker = %self.name, %faults, "heartbeat"),
                }
            }
            thread::sleep(TICK.min(self.beat));
        }
    }

    fn solve(&self, claim: &Claim, job: &Job, signs: &Signs) -> Result<Run, Faults> {
        let teller = Teller::new(&self.desk, claim);
        let sink = |step: run::Progress| teller.tell(&step);
        let watch = Watch::start(job.settings.seconds, Arc::clone(&signs.stop), &sink);
        let caught = catch_unwind(AssertUnwindSafe(|| (self.engine)(job, &watch)));
        caught.unwrap_or_else(|_| Err(broke_off().into()))
    }

    fn end(
        &self,
        claim: &Claim,
        job: &Job,
        signs: &Signs,
        ran: Result<Run, Faults>,
    ) -> Result<Option<Task>, Faults> {
        if signs.lost.load(Ordering::SeqCst) {
            return Ok(None);
        }
        // A wish that came since the last beat counts too.
        let late = tasks::beat(&self.desk, claim)?.map(|c| c.keep_best);
        let cancelled = late.or(*lock(&signs.cancelled));
        match (cancelled, ran) {
            (Some(false), _) => tasks::call_off(&self.desk, claim).map(Some),
            // What is cut short is not an official run: somebody else does it whole.
            (None, _) if signs.stop.load(Ordering::SeqCst) => {
                tasks::hand_back(&self.desk, claim).map(Some)
            }
            (_, Ok(run)) => match tasks::finish(&self.desk, claim, job, &run) {
                Err(faults) if !lost(&faults) => {
                    tasks::fail(&self.desk, claim, &first(&faults)).map(Some)
                }
                done => done.map(Some),
            },
            (_, Err(faults)) => tasks::fail(&self.desk, claim, &first(&faults)).map(Some),
        }
    }
}

impl Signs {
    fn none() -> Signs {
        Signs {
            stop: Arc::default(),
            over: AtomicBool::new(false),
            lost: AtomicBool::new(false),
            cancelled: Mutex::new(None),
        }
    }
}

fn broke_off() -> Fault {
    let cause = "the run broke off inside the program";
    Fault::new(BROKE_OFF, cause, "report this with the key of the task")
}

fn lost(faults: &Faults) -> bool {
    faults.0.iter().any(|f| f.code == LEASE_LOST)
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn first(faults: &Faults) -> Fault {
    let unknown = || Fault::new(BROKE_OFF, "unknown", "report this");
    faults.0.first().cloned().unwrap_or_else(unknown)
}

/// Keeps the steps that the engine tells.
struct Teller<'a> {
    desk: &'a Desk,
    claim: &'a Claim,
    number: AtomicU32,
    last: Mutex<Option<(run::Phase, Instant)>>,
}

impl<'a> Teller<'a> {
    /// Numbers of a second attempt follow those of the first.
    fn new(desk: &'a Desk, claim: &'a Claim) -> Teller<'a> {
        let known = tasks::progress(desk, &claim.task.id, 0).map(|(_, steps)| steps);
        let number = known.ok().and_then(|s| s.last().map(|p| p.number));
        Teller {
            desk,
            claim,
            number: AtomicU32::new(number.unwrap_or(0)),
            last: Mutex::new(None),
        }
    }

    fn tell(&self, step: &run::Progress) {
        {
            let mut last = lock(&self.last);
            if last.is_some_and(|(phase, at)| phase == step.phase && at.elapsed() < STEP) {
                return;
            }
            *last = Some((step.phase, Instant::now()));
        }
        let kept = Progress {
            task: self.claim.task.id.clone(),
            number: self.number.fetch_add(1, Ordering::SeqCst) + 1,
            at: self.desk.now(),
            phase: format!("{:?}", step.phase).to_lowercase(),
            value: step.value,
            bound: step.bound,
            gap_ppm: gap_ppm(step.value, step.bound),
        };
        if let Err(faults) = tasks::note(self.desk, self.claim, &kept) {
            tracing::debug!(%faults, "a step is not kept");
        }
    }
}

/// As `domain::plan::Proof::gap_ppm`.
fn gap_ppm(value: Option<i64>, bound: Option<i64>) -> Option<i64> {
    let proof = crate::domain::plan::Proof {
        value: crate::domain::points::Points(value?),
        upper_bound: bound.map(crate::domain::points::Points),
        status: String::new(),
    };
    proof.gap_ppm()
}
