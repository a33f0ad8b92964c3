//! The verb `worker` as a process: it does what waits, and what a killed one held is done once.

use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::Value;
use zhuchao::acts::Desk;
use zhuchao::acts::tasks::{self, Request};
use zhuchao::domain::task::{TaskState, Work};

use super::json;

/// A migrated home with a frozen demonstration round, and the operator's desk at it.
fn home() -> (tempfile::TempDir, Desk) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("w.sqlite");
    let desk = Desk::open(&format!("sqlite:{}", path.display()), "operator").expect("a desk");
    zhuchao::acts::care::migrate(&desk).expect("tables");
    let round = zhuchao::acts::seed::demo(&desk).expect("the demonstration");
    zhuchao::acts::freeze::freeze(&desk, &round).expect("a snapshot");
    let work = Work::PlanRound {
        round,
        scenario: None,
        work: 2,
    };
    let request = Request {
        work,
        priority: 0,
        reason: String::new(),
    };
    tasks::request(&desk, &request).expect("a task");
    (folder, desk)
}

#[test]
fn a_killed_worker_leaves_its_task_and_the_next_one_does_it_once() {
    let (folder, desk) = home();
    let database = "sqlite:w.sqlite";
    let mut killed = Command::new(env!("CARGO_BIN_EXE_zhuchao"))
        .args(["worker", "--name", "doomed", "--database", database])
        .current_dir(folder.path())
        .stderr(Stdio::null())
        .spawn()
        .expect("the worker starts");
    let task = || {
        tasks::list(&desk, &tasks::Filters::default())
            .expect("a list")
            .remove(0)
    };
    while task().state == TaskState::Queued {
        std::thread::sleep(Duration::from_millis(5));
    }
    killed.kill().expect("killed");
    killed.wait().expect("it ended");
    assert_eq!(
        task().state,
        TaskState::Running,
        "the killed one still holds it"
    );
    // Two minutes later, by the clock of the others.
    let later = |by: i64| {
        let url = format!("sqlite:{}", folder.path().join("w.sqlite").display());
        let store = zhuchao::store::Store::open(&url).expect("the database");
        Desk::at(store, "operator", move || {
            chrono::Utc::now() + chrono::TimeDelta::seconds(by)
        })
    };
    assert_eq!(tasks::sweep(&later(120)).expect("no fault").len(), 1);
    let worker = zhuchao::worker::Worker::new(&later(600), "next", Default::default());
    let done = worker.once().expect("no fault").expect("a task");
    assert_eq!(
        (done.state, done.attempts),
        (TaskState::Done, 2),
        "{:?}",
        done.failure
    );
    assert!(worker.once().expect("no fault").is_none());
    let nothing = json(folder.path(), &["worker", "--once", "--database", database]);
    assert_eq!(nothing["task"], Value::Null);
}
