//! Tasks as the bureau and its workers live them: asked for, held, lost, called off, done once.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

use zhuchao::acts::plan::STALE;
use zhuchao::acts::tasks::{self, BROKE_OFF, Claim, Filters, GIVEN_UP, LEASE_LOST, Request};
use zhuchao::acts::{Desk, care, freeze, refuse};
use zhuchao::domain::ids::RoundId;
use zhuchao::domain::task::{BAD_LIMITS, Progress, Task, TaskState, Work};
use zhuchao::planning::run;
use zhuchao::store::{self, journal, plans};
use zhuchao::worker::{Engine, Worker};

use crate::support::town::{Town, towns};
use crate::support::world::{World, key};

/// Three firms, two floors.
pub fn world() -> World {
    World::city()
        .site("S-N", "440305", 100)
        .unit("N1", "S-N/A/1", 1000)
        .unit("N2", "S-N/A/2", 1000)
        .firm("F1", 60)
        .wants("F1", 500, 1000)
        .firm("F2", 60)
        .wants("F2", 500, 1000)
        .firm("F3", 60)
        .wants("F3", 500, 1000)
}

pub fn round() -> RoundId {
    key("R1")
}

/// The towns with the round frozen.
pub fn frozen() -> Vec<Town> {
    let towns = towns(&world());
    for town in &towns {
        freeze::freeze(&town.desk, &round()).expect("a snapshot");
    }
    towns
}

pub fn asked(desk: &Desk) -> Task {
    let request = Request {
        work: Work::PlanRound {
            round: round(),
            scenario: None,
            work: 1,
        },
        priority: 0,
        reason: "the first proposal".to_owned(),
    };
    tasks::request(desk, &request).expect("a task")
}

pub fn worker(town: &Town) -> Worker {
    Worker::new(&town.desk, "one", Arc::default())
}

fn now(town: &Town, task: &Task) -> Task {
    tasks::see(&town.planner(), &task.id).expect("the task")
}

fn claimed(desk: &Desk, owner: &str) -> Claim {
    tasks::claim(desk, owner)
        .expect("no fault")
        .expect("one waits")
}

fn codes<T: std::fmt::Debug>(
    result: Result<T, zhuchao::domain::fault::Faults>,
) -> Vec<&'static str> {
    let faults = result.expect_err("it is refused");
    faults.0.iter().map(|f| f.code.0).collect()
}

#[test]
fn a_planner_asks_and_a_worker_stores_one_proved_plan() {
    for town in frozen() {
        let task = asked(&town.planner());
        assert_eq!(task.state, TaskState::Queued);
        let done = worker(&town).once().expect("no fault").expect("a task");
        assert_eq!(done.state, TaskState::Done, "{:?}", done.failure);
        let stored = town
            .desk
            .store()
            .read(|tx| plans::of_round(tx, &round()))
            .expect("plans");
        assert_eq!(done.result, stored.first().cloned(), "{}", town.name);
        let (_, steps) = tasks::progress(&town.planner(), &task.id, 0).expect("steps");
        assert_eq!(steps.last().map(|s| s.phase.as_str()), Some("done"));
        assert!(steps.iter().zip(1..).all(|(s, n)| s.number == n));
        assert!(worker(&town).once().expect("no fault").is_none());
        let (_, faults) = care::examine(&town.desk).expect("an examination");
        assert!(faults.is_empty(), "{}: {faults:?}", town.name);
    }
}

#[test]
fn heartbeats_and_steps_leave_the_journal_alone() {
    for town in frozen() {
        asked(&town.planner());
        let claim = claimed(&town.desk, "one");
        let acts = || {
            town.desk
                .store()
                .read(|tx| journal::about(tx, &format!("task {}", claim.task.id)))
                .expect("a journal")
                .len()
        };
        let before = acts();
        tasks::beat(&town.desk, &claim).expect("renewed");
        tasks::note(&town.desk, &claim, &step(&claim, 1)).expect("kept");
        assert_eq!(acts(), before);
    }
}

fn step(claim: &Claim, number: u32) -> Progress {
    Progress {
        task: claim.task.id.clone(),
        number,
        at: claim.task.asked.at,
        phase: "search".to_owned(),
        value: Some(1),
        bound: None,
        gap_ppm: None,
    }
}

#[test]
fn a_silent_worker_loses_its_task_and_what_it_brings_late_is_refused() {
    for town in frozen() {
        let task = asked(&town.planner());
        let silent = claimed(&town.desk, "silent");
        let job = tasks::jobs::prepare(&town.desk, &silent.task).expect("a job");
        town.at("2026-01-05T09:00:30+08:00");
        assert!(tasks::sweep(&town.desk).expect("no fault").is_empty());
        town.at("2026-01-05T09:01:01+08:00");
        assert_eq!(
            tasks::sweep(&town.desk).expect("no fault"),
            std::slice::from_ref(&task.id)
        );
        // It rests before it is tried again.
        assert!(
            tasks::claim(&town.desk, "other")
                .expect("no fault")
                .is_none()
        );
        town.at("2026-01-05T09:05:00+08:00");
        let other = claimed(&town.desk, "other");
        assert!(other.token > silent.token);
        let quiet = |_| {};
        let watch = run::Watch::start(5.0, Arc::default(), &quiet);
        let run = run::run(&job.snapshot, &job.settings, &watch).expect("a plan");
        for refused in [
            codes(tasks::finish(&town.desk, &silent, &job, &run)),
            codes(tasks::note(&town.desk, &silent, &step(&silent, 1))),
            codes(tasks::beat(&town.desk, &silent)),
        ] {
            assert_eq!(refused, [LEASE_LOST.0]);
        }
        let stored = town
            .desk
            .store()
            .read(|tx| plans::of_round(tx, &round()))
            .expect("plans");
        assert!(stored.is_empty(), "a late plan is not stored");
        let done = tasks::finish(&town.desk, &other, &job, &run).expect("done");
        assert_eq!((done.state, done.attempts), (TaskState::Done, 2));
    }
}

#[test]
fn a_task_that_kills_every_worker_has_failed_in_the_end() {
    for town in frozen() {
        let task = asked(&town.planner());
        for hour in 10..13 {
            town.at(&format!("2026-01-05T{hour}:00:00+08:00"));
            claimed(&town.desk, "doomed");
            town.at(&format!("2026-01-05T{hour}:02:00+08:00"));
            tasks::sweep(&town.desk).expect("no fault");
        }
        let failed = now(&town, &task);
        assert_eq!(failed.state, TaskState::Failed);
        assert_eq!(failed.failure.expect("why").code, GIVEN_UP.0);
    }
}

#[test]
fn two_workers_never_do_one_task_twice() {
    for town in frozen() {
        let planner = town.planner();
        let all: Vec<Task> = (0..50).map(|_| asked(&planner)).collect();
        let taken = AtomicU32::new(0);
        let urls = [town.url.clone(), town.url.clone()];
        std::thread::scope(|scope| {
            for (n, url) in urls.iter().enumerate() {
                let (taken, desk) = (&taken, &town.desk);
                scope.spawn(move || {
                    // A store of its own, as another process has one.
                    let store = store::Store::open(url).expect("the database");
                    let at = desk.now();
                    let own = Desk::at(store, "operator", move || at);
                    while let Some(claim) = tasks::claim(&own, &n.to_string()).expect("no fault") {
                        taken.fetch_add(1, Ordering::SeqCst);
                        tasks::call_off(&own, &claim).expect("ended");
                    }
                });
            }
        });
        assert_eq!(taken.load(Ordering::SeqCst), 50, "{}", town.name);
        for task in &all {
            let task = now(&town, task);
            assert_eq!((task.attempts, task.state), (1, TaskState::Cancelled));
        }
    }
}

/// An engine that waits until it is told to stop, then plans in a hurry.
fn patient() -> Box<Engine> {
    Box::new(|job, watch| {
        while !watch.over() {
            std::thread::sleep(Duration::from_millis(5));
        }
        run::run_from(&job.snapshot, &job.settings, watch, None)
    })
}

#[test]
fn a_running_task_is_called_off_with_or_without_its_best() {
    for town in frozen() {
        for keep in [true, false] {
            let task = asked(&town.planner());
            let slow = worker(&town).with(Duration::from_millis(20), patient());
            let ended = std::thread::scope(|scope| {
                let run = scope.spawn(|| slow.once().expect("no fault").expect("a task"));
                while now(&town, &task).state != TaskState::Running {
                    std::thread::sleep(Duration::from_millis(5));
                }
                tasks::cancel(&town.planner(), &task.id, keep, "enough").expect("called off");
                run.join().expect("the worker lives")
            });
            let state = if keep {
                TaskState::Done
            } else {
                TaskState::Cancelled
            };
            assert_eq!(
                (ended.state, ended.result.is_some()),
                (state, keep),
                "{:?}",
                ended.failure
            );
        }
    }
}

#[test]
fn a_waiting_task_is_called_off_at_once_and_only_once() {
    for town in frozen() {
        let task = asked(&town.planner());
        let off = tasks::cancel(&town.planner(), &task.id, false, "").expect("called off");
        assert_eq!(off.state, TaskState::Cancelled);
        let again = tasks::cancel(&town.planner(), &task.id, false, "");
        assert_eq!(codes(again), [refuse::WRONG_STATE.0]);
        assert!(worker(&town).once().expect("no fault").is_none());
    }
}

#[test]
fn ctrl_c_hands_the_task_back_whole() {
    for town in frozen() {
        let task = asked(&town.planner());
        let stop = Arc::new(AtomicBool::new(true));
        let hasty =
            Worker::new(&town.desk, "hasty", stop).with(Duration::from_millis(20), patient());
        hasty.once().expect("no fault");
        let back = now(&town, &task);
        assert_eq!((back.state, back.attempts), (TaskState::Queued, 0));
        let done = worker(&town).once().expect("no fault").expect("a task");
        assert_eq!(done.state, TaskState::Done);
    }
}

#[test]
fn a_run_that_breaks_off_is_a_failed_task() {
    for town in frozen() {
        asked(&town.planner());
        let broken = worker(&town).with(
            Duration::from_secs(1),
            Box::new(|_, _| panic!("on purpose")),
        );
        let failed = broken.once().expect("no fault").expect("a task");
        assert_eq!(failed.state, TaskState::Failed);
        assert_eq!(failed.failure.expect("why").code, BROKE_OFF.0);
    }
}

#[test]
fn a_plan_of_a_snapshot_that_is_not_in_force_any_more_is_tried_again() {
    for town in frozen() {
        let task = asked(&town.planner());
        let desk = town.desk.clone();
        let meddling = worker(&town).with(
            Duration::from_secs(1),
            Box::new(move |job, watch| {
                freeze::freeze(&desk, &round())?;
                run::run_from(&job.snapshot, &job.settings, watch, None)
            }),
        );
        town.at("2026-01-05T09:10:00+08:00");
        let stale = meddling.once().expect("no fault").expect("a task");
        assert_eq!(stale.state, TaskState::Queued);
        assert_eq!(stale.failure.expect("why").code, STALE.0);
        town.at("2026-01-05T10:10:00+08:00");
        worker(&town).once().expect("no fault");
        assert_eq!(now(&town, &task).state, TaskState::Done);
    }
}

#[test]
fn the_same_request_gives_the_same_plan() {
    for town in frozen() {
        let results: Vec<_> = (0..2)
            .map(|_| {
                asked(&town.planner());
                worker(&town)
                    .once()
                    .expect("no fault")
                    .expect("a task")
                    .result
            })
            .collect();
        assert!(results[0].is_some());
        assert_eq!(results[0], results[1]);
    }
}

#[test]
fn who_may_not_plan_neither_asks_nor_works() {
    for town in frozen() {
        let task = asked(&town.planner());
        let strangers = [town.firm("F1"), town.district("440305"), town.public()];
        for desk in &strangers {
            assert!(tasks::see(desk, &task.id).is_err());
            assert!(tasks::cancel(desk, &task.id, false, "").is_err());
            assert!(tasks::list(desk, &Filters::default()).is_err());
        }
        assert_eq!(
            codes(tasks::claim(&town.planner(), "x")),
            [refuse::NOT_ALLOWED.0]
        );
        let wild = Request {
            work: Work::PlanRound {
                round: round(),
                scenario: None,
                work: 0,
            },
            priority: 0,
            reason: String::new(),
        };
        assert_eq!(
            codes(tasks::request(&town.planner(), &wild)),
            [BAD_LIMITS.0]
        );
        let queued = Filters {
            state: Some(TaskState::Queued),
            ..Filters::default()
        };
        assert_eq!(
            tasks::list(&town.planner(), &queued).expect("a list"),
            [task]
        );
    }
}
