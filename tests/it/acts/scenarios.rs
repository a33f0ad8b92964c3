//! Scenarios: beside the round, repeatable, compared, deleted while unused.

use std::sync::Arc;
use std::time::Duration;

use zhuchao::acts::plan::STALE;
use zhuchao::acts::scenarios::{self, Asked, BAD_CHANGE, IN_USE, compare};
use zhuchao::acts::{care, export, freeze, plan, refuse, tasks};
use zhuchao::domain::area::Area;
use zhuchao::domain::fault::Faults;
use zhuchao::domain::money::Fen;
use zhuchao::domain::points::Points;
use zhuchao::domain::quota::QuotaMode;
use zhuchao::domain::scenario::{Changes, QuotaChange, Scenario, WeightChange};
use zhuchao::domain::snapshot::{Pin, Snapshot};
use zhuchao::domain::task::{Task, TaskState};
use zhuchao::planning::{check, files, run};
use zhuchao::store::{plans, snapshots};
use zhuchao::worker::{Engine, Worker};

use super::tasks::round;
use crate::support::town::{Town, towns};
use crate::support::world::{World, key};

/// Two units, a divisible one, three firms, a quota that is not enough for all.
fn world() -> World {
    World::city()
        .site("S1", "440305", 0)
        .unit("A1", "S1/A/1", 300)
        .unit("A2", "S1/A/1", 200)
        .quota("440305", 90_000, QuotaMode::Hard)
        .firm("F1", 30)
        .wants_with("F1", 200, 500, |a| a.wants_subsidy = true)
        .firm("F2", 30)
        .wants_with("F2", 150, 300, |a| a.wants_subsidy = true)
        .firm("F3", 40)
        .wants_with("F3", 180, 400, |a| a.wants_subsidy = true)
}

/// The towns with a plan of the round, and its digest.
pub fn planned() -> Vec<(Town, String)> {
    let towns = towns(&world());
    let all = towns.into_iter().map(|town| {
        freeze::freeze(&town.desk, &round()).expect("a snapshot");
        super::tasks::asked(&town.planner());
        let task = worked(&town);
        let digest = task.result.unwrap_or_else(|| panic!("{:?}", task.failure));
        (town, digest)
    });
    all.collect()
}

fn worked(town: &Town) -> Task {
    let worker = Worker::new(&town.desk, "one", Arc::default());
    worker.once().expect("no fault").expect("a task")
}

fn asked(changes: Changes, parent: Option<&str>) -> Asked {
    Asked {
        round: round(),
        name: "what if".to_owned(),
        tags: vec!["trial".to_owned()],
        changes,
        parent: parent.map(str::to_owned),
        reason: "the mayor's wish, minutes of 5 January".to_owned(),
    }
}

pub fn made(town: &Town, changes: Changes, parent: Option<&str>) -> Scenario {
    scenarios::create(&town.planner(), &asked(changes, parent)).expect("a scenario")
}

pub fn ran(town: &Town, scenario: &Scenario) -> Task {
    scenarios::run(&town.planner(), &scenario.id, 1).expect("a task");
    worked(town)
}

pub fn codes<T: std::fmt::Debug>(result: Result<T, Faults>) -> Vec<&'static str> {
    let faults = result.expect_err("it is refused");
    faults.0.iter().map(|f| f.code.0).collect()
}

pub fn pinned(firm: &str, unit: &str, m2: i64) -> Changes {
    Changes {
        pins: vec![Pin {
            application: key(&format!("AP-{firm}")),
            units: vec![(key(unit), Area::metres(m2))],
            kept: None,
        }],
        ..Changes::default()
    }
}

pub fn snapshot(town: &Town, digest: &str) -> Snapshot {
    let stored = town
        .desk
        .store()
        .read(|tx| snapshots::get(tx, digest))
        .expect("no fault");
    files::read_snapshot(&stored.expect("stored").bytes).expect("valid")
}

#[test]
fn a_scenario_is_a_valid_snapshot_of_its_own_and_leaves_the_round_alone() {
    for (town, base_plan) in planned() {
        let before = export::snapshot(&town.desk, &round()).expect("a snapshot");
        let changes = Changes {
            weights: vec![WeightChange {
                name: "placed_base".to_owned(),
                value: Points(1_000),
            }],
            quotas: vec![QuotaChange {
                district: key("440305"),
                amount: Fen(100_000_000),
            }],
            seed: Some(11),
            ..Changes::default()
        };
        let scenario = made(&town, changes, None);
        let (first, second) = (ran(&town, &scenario), ran(&town, &scenario));
        assert_eq!(first.state, TaskState::Done, "{:?}", first.failure);
        assert_eq!(
            first.result, second.result,
            "the same scenario gives the same plan"
        );
        let (_, variants) = scenarios::see(&town.planner(), &scenario.id).expect("seen");
        assert_eq!(variants.len(), 1, "{}", town.name);
        let variant = snapshot(&town, &variants[0].digest);
        assert_eq!(files::snapshot_digest(&variant), variants[0].digest);
        assert_eq!(variant.round.seed, 11);
        let digest = first.result.expect("a plan");
        let stored = town
            .desk
            .store()
            .read(|tx| plans::need(tx, &digest))
            .expect("stored");
        let made = files::read_plan(stored.text.as_bytes()).expect("valid");
        assert_eq!(check::check(&variant, &made), vec![]);
        assert_eq!(
            export::snapshot(&town.desk, &round()).expect("a snapshot"),
            before
        );
        let newest = plan::newest_plan(&town.desk, &round())
            .expect("no fault")
            .expect("a plan");
        assert_eq!(
            newest.0, base_plan,
            "the newest plan of the round is still its own"
        );
        let two = compare::compare(&town.bureau(), &base_plan, &digest).expect("compared");
        assert_eq!(two.before.common, Some(two.before.summary.value));
        assert!(
            two.after.summary.value < two.before.summary.value,
            "placing is worth less"
        );
        let (_, faults) = care::examine(&town.desk).expect("an examination");
        assert!(faults.is_empty(), "{}: {faults:?}", town.name);
    }
}

#[test]
fn changes_that_do_not_fit_and_overrides_without_a_reason_are_refused() {
    for (town, base_plan) in planned() {
        let planner = town.planner();
        let wrong = [
            Changes {
                weights: vec![WeightChange {
                    name: "nonsense".to_owned(),
                    value: Points(1),
                }],
                ..Changes::default()
            },
            Changes {
                quotas: vec![QuotaChange {
                    district: key("440310"),
                    amount: Fen(1),
                }],
                ..Changes::default()
            },
            Changes {
                leave_out: vec![key("AP-F9")],
                ..Changes::default()
            },
            Changes {
                keep: vec![key("AP-F9")],
                ..Changes::default()
            },
        ];
        for changes in wrong {
            let refused = scenarios::create(&planner, &asked(changes, Some(&base_plan)));
            assert_eq!(codes(refused), [BAD_CHANGE.0]);
        }
        let mut silent = asked(pinned("F1", "A2", 200), Some(&base_plan));
        silent.reason = String::new();
        assert_eq!(
            codes(scenarios::create(&planner, &silent)),
            [refuse::UNFIT.0]
        );
        for desk in [
            town.firm("F1"),
            town.district("440305"),
            town.bureau(),
            town.public(),
        ] {
            assert!(scenarios::create(&desk, &asked(Changes::default(), None)).is_err());
        }
    }
}

#[test]
fn only_a_scenario_that_was_never_run_is_deleted() {
    for (town, _) in planned() {
        let planner = town.planner();
        let scenario = made(
            &town,
            Changes {
                seed: Some(3),
                ..Changes::default()
            },
            None,
        );
        let renamed = Asked {
            name: "renamed".to_owned(),
            ..asked(scenario.changes.clone(), None)
        };
        let changed = scenarios::change(&planner, &scenario.id, &renamed).expect("changed");
        assert_eq!(changed.name, "renamed");
        scenarios::delete(&planner, &scenario.id).expect("deleted");
        assert_eq!(
            codes(scenarios::see(&planner, &scenario.id).map(drop)),
            [refuse::ABSENT.0]
        );
        let used = made(
            &town,
            Changes {
                seed: Some(4),
                ..Changes::default()
            },
            None,
        );
        scenarios::run(&planner, &used.id, 1).expect("a task");
        assert_eq!(codes(scenarios::delete(&planner, &used.id)), [IN_USE.0]);
        // A change while the run waits is what is run; a change during the run makes it stale.
        let listed = scenarios::list(&town.bureau(), &round(), (None, 10)).expect("a list");
        assert_eq!(listed.len(), 1);
        tasks::cancel(
            &planner,
            listed[0].task.as_ref().expect("a task"),
            false,
            "",
        )
        .expect("off");
    }
}

#[test]
fn a_scenario_that_was_changed_during_its_run_is_run_again() {
    for (town, _) in planned() {
        let (planner, seed) = (town.planner(), |seed| Changes {
            seed: Some(seed),
            ..Changes::default()
        });
        let scenario = made(&town, seed(3), None);
        scenarios::run(&planner, &scenario.id, 1).expect("a task");
        let (id, other) = (scenario.id.clone(), asked(seed(5), None));
        let meddling: Box<Engine> = Box::new(move |job, watch| {
            scenarios::change(&planner, &id, &other)?;
            run::run_from(&job.snapshot, &job.settings, watch, None)
        });
        let worker = Worker::new(&town.desk, "one", Arc::default());
        let worker = worker.with(Duration::from_secs(1), meddling);
        let stale = worker.once().expect("no fault").expect("a task");
        assert_eq!(stale.failure.map(|f| f.code).as_deref(), Some(STALE.0));
        assert_eq!((stale.state, stale.result), (TaskState::Queued, None));
        town.at("2026-01-05T10:00:00+08:00");
        let done = worked(&town);
        assert_eq!(done.state, TaskState::Done, "{:?}", done.failure);
        let (_, variants) = scenarios::see(&town.planner(), &scenario.id).expect("seen");
        assert_eq!(snapshot(&town, &variants[0].digest).round.seed, 5);
    }
}
