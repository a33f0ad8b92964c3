//! Scenarios and manual overrides: beside the round, repeatable, priced, adopted by a second officer.

use std::sync::Arc;

use zhuchao::acts::scenarios::{
    self, Asked, BAD_CHANGE, IN_USE, NOT_ADOPTED, NOT_IN_FORCE, compare, price,
};
use zhuchao::acts::{care, export, freeze, plan, refuse, tasks};
use zhuchao::domain::area::Area;
use zhuchao::domain::fault::Faults;
use zhuchao::domain::money::Fen;
use zhuchao::domain::points::Points;
use zhuchao::domain::quota::QuotaMode;
use zhuchao::domain::scenario::{Changes, QuotaChange, Scenario, WeightChange};
use zhuchao::domain::snapshot::{Pin, Snapshot};
use zhuchao::domain::task::{Task, TaskState};
use zhuchao::planning::build::PIN_BREAKS_RULE;
use zhuchao::planning::{build, check, files, taken};
use zhuchao::solve::instance::Instance;
use zhuchao::store::{plans, snapshots};
use zhuchao::worker::Worker;

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
fn planned() -> Vec<(Town, String)> {
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

fn made(town: &Town, changes: Changes, parent: Option<&str>) -> Scenario {
    scenarios::create(&town.planner(), &asked(changes, parent)).expect("a scenario")
}

fn ran(town: &Town, scenario: &Scenario) -> Task {
    scenarios::run(&town.planner(), &scenario.id, 1).expect("a task");
    worked(town)
}

fn codes<T: std::fmt::Debug>(result: Result<T, Faults>) -> Vec<&'static str> {
    let faults = result.expect_err("it is refused");
    faults.0.iter().map(|f| f.code.0).collect()
}

fn pinned(firm: &str, unit: &str, m2: i64) -> Changes {
    Changes {
        pins: vec![Pin {
            application: key(&format!("AP-{firm}")),
            units: vec![(key(unit), Area::metres(m2))],
        }],
        ..Changes::default()
    }
}

fn snapshot(town: &Town, digest: &str) -> Snapshot {
    let stored = town
        .desk
        .store()
        .read(|tx| snapshots::get(tx, digest))
        .expect("no fault");
    files::read_snapshot(&stored.expect("stored").bytes).expect("valid")
}

/// The best total over all choices; `None` when a required agent cannot be placed.
fn best(instance: &Instance, from: usize, left: &mut [i64]) -> Option<i64> {
    let Some(agent) = instance.agents().get(from) else {
        return Some(0);
    };
    let mut found = if agent.required {
        None
    } else {
        best(instance, from + 1, left)
    };
    let index = |r: u32| usize::try_from(r).expect("small");
    for option in &agent.options {
        if option.uses.iter().all(|(r, a)| left[index(*r)] >= *a) {
            option.uses.iter().for_each(|(r, a)| left[index(*r)] -= a);
            let with = best(instance, from + 1, left).map(|v| v + option.value);
            option.uses.iter().for_each(|(r, a)| left[index(*r)] += a);
            found = found.max(with);
        }
    }
    found
}

fn brute(snapshot: &Snapshot) -> Option<i64> {
    let built = build::build(snapshot).expect("sound");
    let mut left: Vec<i64> = built
        .instance
        .resources()
        .iter()
        .map(|r| r.capacity)
        .collect();
    best(&built.instance, 0, &mut left)
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
                amount: Fen(1_000_000_00),
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
fn the_price_of_an_override_is_what_brute_force_says() {
    for (town, base_plan) in planned() {
        let base = snapshot(
            &town,
            &plan::newest_plan(&town.desk, &round())
                .expect("no fault")
                .expect("a plan")
                .1
                .snapshot,
        );
        let old = brute(&base).expect("feasible");
        let overrides = [
            pinned("F1", "A2", 200),
            pinned("F2", "A1", 300),
            pinned("F3", "A2", 200),
            Changes {
                leave_out: vec![key("AP-F1")],
                ..Changes::default()
            },
            Changes {
                leave_out: vec![key("AP-F2"), key("AP-F3")],
                ..Changes::default()
            },
        ];
        for changes in overrides {
            let scenario = made(&town, changes.clone(), Some(&base_plan));
            let task = ran(&town, &scenario);
            assert_eq!(
                task.state,
                TaskState::Done,
                "{changes:?}: {:?}",
                task.failure
            );
            let digest = task.result.clone().expect("a plan");
            let cost = price::price(&town.planner(), &scenario.id).expect("a price");
            let stored = town
                .desk
                .store()
                .read(|tx| plans::need(tx, &digest))
                .expect("stored");
            assert_eq!(stored.parent.as_deref(), Some(base_plan.as_str()));
            let new = brute(&snapshot(&town, &stored.snapshot)).expect("feasible");
            assert_eq!(cost.old_value.0, old, "{changes:?}");
            assert_eq!(cost.lost, Some(Points(old - new)), "{changes:?}");
            assert!(cost.exact && cost.conflict.is_none());
            assert_eq!(cost.lost == Some(Points(0)), old == new);
        }
    }
}

#[test]
fn what_a_firm_holds_is_kept_while_the_others_move() {
    for (town, base_plan) in planned() {
        let old = plan::newest_plan(&town.desk, &round())
            .expect("no fault")
            .expect("a plan")
            .1;
        let kept = old.awards[0].clone();
        let changes = Changes {
            keep: vec![kept.application.clone()],
            weights: vec![WeightChange {
                name: "placed_base".to_owned(),
                value: Points(1),
            }],
            ..Changes::default()
        };
        let task = ran(&town, &made(&town, changes, Some(&base_plan)));
        let digest = task.result.unwrap_or_else(|| panic!("{:?}", task.failure));
        let stored = town
            .desk
            .store()
            .read(|tx| plans::need(tx, &digest))
            .expect("stored");
        let new = files::read_plan(stored.text.as_bytes()).expect("valid");
        let again = new
            .awards
            .iter()
            .find(|a| a.application == kept.application)
            .expect("kept");
        assert_eq!(again.units, kept.units);
    }
}

#[test]
fn an_impossible_override_names_its_conflict() {
    for (town, base_plan) in planned() {
        let mut both = pinned("F1", "A1", 300);
        both.pins.extend(pinned("F3", "A1", 300).pins);
        let scenario = made(&town, both, Some(&base_plan));
        assert_eq!(ran(&town, &scenario).state, TaskState::Failed);
        let cost = price::price(&town.planner(), &scenario.id).expect("an answer");
        let conflict = cost.conflict.expect("a conflict");
        assert_eq!(conflict.code, taken::NO_PLAN.0, "{}", conflict.cause);
        assert_eq!((cost.plan, cost.lost), (None, None));
        let unlawful = made(&town, pinned("F2", "A2", 1), Some(&base_plan));
        ran(&town, &unlawful);
        let cost = price::price(&town.planner(), &unlawful.id).expect("an answer");
        let conflict = cost.conflict.expect("a conflict");
        assert_eq!(conflict.code, PIN_BREAKS_RULE.0);
        assert!(conflict.cause.contains("AP-F2"), "{}", conflict.cause);
    }
}

#[test]
fn an_override_may_be_chosen_only_after_a_second_officer_adopts_it() {
    for (town, base_plan) in planned() {
        let may = |digest: &str| {
            town.desk
                .store()
                .read(|tx| scenarios::may_be_chosen(tx, digest))
        };
        may(&base_plan).expect("a plan of the snapshot in force");
        let scenario = made(&town, pinned("F1", "A2", 200), Some(&base_plan));
        let digest = ran(&town, &scenario).result.expect("a plan");
        assert_eq!(codes(may(&digest)), [NOT_ADOPTED.0]);
        let (_, variants) = scenarios::see(&town.planner(), &scenario.id).expect("seen");
        let variant = &variants[0].digest;
        assert_eq!(
            codes(scenarios::adopt(&town.planner(), variant, "yes")),
            [refuse::NOT_ALLOWED.0]
        );
        assert_eq!(
            codes(scenarios::adopt(&town.bureau(), variant, " ")),
            [refuse::UNFIT.0]
        );
        scenarios::adopt(&town.bureau(), variant, "agreed").expect("adopted");
        may(&digest).expect("adopted");
        // Another snapshot comes into force: neither plan is of it.
        town.at("2026-01-06T09:00:00+08:00");
        freeze::freeze(&town.desk, &round()).expect("a snapshot");
        assert_eq!(codes(may(&digest)), [NOT_IN_FORCE.0]);
        assert_eq!(codes(may(&base_plan)), [NOT_IN_FORCE.0]);
        assert_eq!(
            codes(scenarios::adopt(&town.bureau(), variant, "agreed")),
            [NOT_IN_FORCE.0]
        );
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
        let listed = scenarios::list(&town.bureau(), &round(), None, 10).expect("a list");
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
