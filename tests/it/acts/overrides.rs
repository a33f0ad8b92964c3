//! Manual overrides: the exact price, the named conflict, the second signature.

use zhuchao::acts::rounds::choice;
use zhuchao::acts::scenarios::{self, NOT_ADOPTED, NOT_IN_FORCE, price};
use zhuchao::acts::{freeze, plan, refuse};
use zhuchao::domain::points::Points;
use zhuchao::domain::procedure::{Procedure, Step};
use zhuchao::domain::scenario::{Changes, WeightChange};
use zhuchao::domain::snapshot::Snapshot;
use zhuchao::domain::task::TaskState;
use zhuchao::planning::build::PIN_BREAKS_RULE;
use zhuchao::planning::{build, files, taken};
use zhuchao::solve::instance::Instance;
use zhuchao::store::journal::{self, Entry};
use zhuchao::store::{self, plans};

use super::scenarios::{codes, made, pinned, planned, ran, snapshot};
use super::tasks::round;
use crate::support::town::Town;
use crate::support::world::key;

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

/// The round stands frozen in its procedure, on a snapshot.
fn stands_frozen(town: &Town, snapshot: &str) {
    let procedure = Procedure {
        round: round(),
        step: Step::Frozen,
        guide: None,
        snapshot: Some(snapshot.to_owned()),
        choice: None,
        publicity: None,
        confirmed: None,
    };
    let entry = Entry {
        at: town.desk.now(),
        actor: "operator".to_owned(),
        act: "settle the town".to_owned(),
        subject: "round R1".to_owned(),
        before: None,
        after: None,
    };
    let settled = town.desk.store().write(|tx| {
        store::upsert_many(tx, std::slice::from_ref(&procedure))?;
        journal::append(tx, &entry).map(drop)
    });
    settled.expect("a procedure");
}

#[test]
fn a_chosen_variant_is_in_force_and_new_plans_still_start_from_the_facts_before_it() {
    for (town, base_plan) in planned() {
        let scenario = made(&town, pinned("F1", "A2", 200), Some(&base_plan));
        let digest = ran(&town, &scenario).result.expect("a plan");
        let (_, variants) = scenarios::see(&town.planner(), &scenario.id).expect("seen");
        let variant = &variants[0].digest;
        let facts = || {
            plan::newest_snapshot(&town.desk, &round())
                .expect("frozen")
                .0
        };
        let base = facts();
        stands_frozen(&town, &base);
        let choose = |plan: &str| choice::choose(&town.planner(), &round(), plan, "best");
        assert_eq!(codes(choose(&digest)), [NOT_ADOPTED.0]);
        scenarios::adopt(&town.bureau(), variant, "agreed").expect("adopted");
        let chosen = choose(&digest).expect("chosen");
        assert_eq!(chosen.snapshot.as_ref(), Some(variant), "{}", town.name);
        assert_eq!(facts(), base, "{}", town.name);
        let other = choose(&base_plan).expect("another choice");
        assert_eq!(other.snapshot.as_ref(), Some(&base), "{}", town.name);
        choose(&digest).expect("chosen again");
        let back = choice::send_back(&town.bureau(), &round(), "once more");
        assert_eq!(
            back.expect("sent back").snapshot,
            Some(base),
            "{}",
            town.name
        );
    }
}
