//! From the frozen snapshot to the confirmed allocation: three scenarios, a choice and an approval by two
//! persons, publicity over the Spring Festival, two objections of which one is upheld.

use std::sync::Arc;

use zhuchao::acts::rounds::objections::{self, NewObjection};
use zhuchao::acts::rounds::{choice, confirm, freezing, publicity, uphold};
use zhuchao::acts::scenarios::{self, Asked, compare};
use zhuchao::acts::tasks::{self, Request};
use zhuchao::domain::area::Area;
use zhuchao::domain::money::Fen;
use zhuchao::domain::objection::ObjectionStage;
use zhuchao::domain::plan::{Award, Plan};
use zhuchao::domain::points::Points;
use zhuchao::domain::scenario::{Changes, QuotaChange, WeightChange};
use zhuchao::domain::snapshot::Pin;
use zhuchao::domain::task::{TaskState, Work};
use zhuchao::store::plans;
use zhuchao::worker::Worker;

use super::city::PINGSHAN;
use crate::acts::procedure::{now, r1, third};
use crate::support::town::Town;
use crate::support::world::{day, key};

/// Nominal seconds of work of each run.
const WORK: u32 = 3;

fn worked(town: &Town) -> String {
    let worker = Worker::new(&town.desk, "worker one", Arc::default());
    let task = worker.once().expect("no fault").expect("a task");
    assert_eq!(task.state, TaskState::Done, "{:?}", task.failure);
    task.result.expect("a plan")
}

/// A plan of the snapshot in force, asked for as a task and made by a worker.
pub fn planned(town: &Town) -> String {
    let request = Request {
        work: Work::PlanRound {
            round: r1(),
            scenario: None,
            work: WORK,
        },
        priority: 0,
        reason: "the plan of the round".to_owned(),
    };
    tasks::request(&town.planner(), &request).expect("asked for");
    worked(town)
}

/// The digest of the plan that was made for the round.
pub fn stored_plan(town: &Town) -> String {
    let newest = zhuchao::acts::plan::newest_plan(&town.desk, &r1());
    newest.expect("no fault").expect("a plan").0
}

/// A stored plan.
pub fn plan(town: &Town, digest: &str) -> Plan {
    let stored = town.desk.store().read(|tx| plans::need(tx, digest));
    stored.expect("stored").plan().expect("a plan")
}

/// The plan in force.
pub fn in_force(town: &Town) -> Plan {
    plan(town, &now(town).choice.expect("a choice").plan)
}

/// More weight on area, more quota for Pingshan, one award held fast.
fn variants(award: &Award) -> [(&'static str, Changes); 3] {
    let weight = WeightChange {
        name: "area_per_100m2".to_owned(),
        value: Points(2_000),
    };
    let quota = QuotaChange {
        district: key(PINGSHAN),
        amount: Fen(40_000_000),
    };
    let pin = Pin {
        application: award.application.clone(),
        units: (award.units.iter())
            .map(|g| (g.unit.clone(), g.area))
            .collect::<Vec<(_, Area)>>(),
        kept: None,
    };
    [
        ("larger areas", changes(|c| c.weights = vec![weight])),
        ("more quota", changes(|c| c.quotas = vec![quota])),
        ("one held fast", changes(|c| c.pins = vec![pin])),
    ]
}

fn changes(f: impl FnOnce(&mut Changes)) -> Changes {
    let mut changes = Changes::default();
    f(&mut changes);
    changes
}

/// Runs the three variants and compares each with the plan; all of them can be read, none is in force.
fn what_if(town: &Town, base: &str) {
    let award = plan(town, base).awards[0].clone();
    for (name, changes) in variants(&award) {
        let asked = Asked {
            round: r1(),
            name: name.to_owned(),
            tags: Vec::new(),
            changes,
            parent: Some(base.to_owned()),
            reason: "asked for by the meeting of 10 February".to_owned(),
        };
        let scenario = scenarios::create(&town.planner(), &asked).expect("a scenario");
        scenarios::run(&town.planner(), &scenario.id, WORK).expect("a task");
        let other = worked(town);
        let beside = compare::compare(&town.planner(), base, &other).expect("a comparison");
        assert_eq!(
            (beside.before.plan, beside.after.plan),
            (base.to_owned(), other)
        );
    }
}

fn against(award: &Award) -> NewObjection {
    NewObjection {
        application: award.application.clone(),
        objector: None,
        grounds: "its headcount is not what it says".to_owned(),
    }
}

/// Two waiting firms object to two awards; the first objection is upheld. Gives the award that fell.
fn objections(town: &Town) -> Award {
    let plan = in_force(town);
    let waiting = (plan.waiting.iter()).map(|w| w.application.clone());
    let waiting: Vec<_> = waiting.take(2).collect();
    town.at("2026-02-24T10:00:00+08:00");
    let entered: Vec<_> = (waiting.iter().zip(&plan.awards))
        .map(|(from, award)| {
            let firm = super::letting::firm_of(town, from);
            objections::object(&town.firm(firm.as_str()), &r1(), &against(award)).expect("entered")
        })
        .collect();
    town.at("2026-02-28T09:00:00+08:00");
    let open = confirm::confirm(&town.bureau(), &r1(), "in order");
    assert_eq!(
        open.expect_err("two are open").0[0].code,
        confirm::OBJECTIONS_OPEN
    );
    let second = &entered[1].id;
    let done = objections::dismiss(&third(town), second, "the headcount is proved");
    assert_eq!(done.expect("dismissed").stage, ObjectionStage::Dismissed);
    let done = uphold::uphold(&third(town), &entered[0].id, "the headcount is disproved");
    assert_eq!(done.expect("upheld").stage, ObjectionStage::Upheld);
    plan.awards[0].clone()
}

fn chosen(town: &Town, plan: &str, why: &str) {
    choice::choose(&town.planner(), &r1(), plan, why).expect("a choice");
    let own = town.desk.of(zhuchao::domain::people::Actor::city(
        "bureau_planner",
        zhuchao::domain::people::Role::BureauApprover,
    ));
    assert!(
        choice::approve(&own, &r1(), plan, "my own").is_err(),
        "nobody approves what he chose"
    );
    choice::approve(&town.bureau(), &r1(), plan, "in order").expect("an approval");
}

fn publicised(town: &Town, number: &str, until: chrono::NaiveDate) {
    let after = publicity::publicise(&town.planner(), &r1(), number).expect("publicity");
    assert_eq!(after.publicity.expect("a period").until, until);
}

/// From the freeze to the confirmation.
pub fn decide(town: &Town) {
    town.at("2026-02-10T09:00:00+08:00");
    freezing::freeze(&town.planner(), &r1()).expect("a snapshot");
    let base = planned(town);
    what_if(town, &base);
    chosen(town, &base, "the most points");
    town.at("2026-02-13T09:00:00+08:00");
    // 14 February is worked, 15 to 23 are the festival.
    publicised(town, "公示1号", day(2026, 2, 27));
    let before = in_force(town);
    let fell = objections(town);
    let again = planned(town);
    chosen(town, &again, "planned again, everyone else kept");
    let after = in_force(town);
    for award in &before.awards[1..] {
        assert!(
            after.awards.contains(award),
            "{} is kept",
            award.application
        );
    }
    assert!((after.awards.iter()).all(|a| a.application != fell.application));
    town.at("2026-03-02T09:00:00+08:00");
    publicised(town, "公示2号", day(2026, 3, 9));
    town.at("2026-03-10T09:00:00+08:00");
    confirm::confirm(&town.bureau(), &r1(), "no objection is open").expect("confirmed");
}
