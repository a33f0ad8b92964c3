//! Objections: named, in time, answered by another; an upheld one opens the case and plans again with
//! everyone else kept.

use chrono::Utc;
use zhuchao::acts::rounds::objections::{self, NewObjection};
use zhuchao::acts::rounds::{choice, confirm, freezing, uphold};
use zhuchao::acts::{Desk, refuse};
use zhuchao::domain::case::{Case, CaseStage, Draft};
use zhuchao::domain::fault::Faults;
use zhuchao::domain::objection::{Objection, ObjectionStage, Objector};
use zhuchao::domain::plan::Plan;
use zhuchao::domain::procedure::Step;
use zhuchao::store::journal::{self, Entry};
use zhuchao::store::{self, plans};

use super::{again, code, go, now, offer, offers, planned, r1, third, well, world};
use crate::support::town::{Town, towns};
use crate::support::world::{day, key};

fn against(firm: &str) -> NewObjection {
    NewObjection {
        application: key(&format!("AP-{firm}")),
        objector: None,
        grounds: "its headcount is wrong".to_owned(),
    }
}

fn object(desk: &Desk, new: &NewObjection) -> Result<Objection, Faults> {
    objections::object(desk, &r1(), new)
}

/// The plan that is chosen.
fn chosen(town: &Town) -> Plan {
    let digest = now(town).choice.expect("a choice").plan;
    let stored = town.desk.store().read(|tx| plans::need(tx, &digest));
    stored.expect("stored").plan().expect("a plan")
}

/// Every application gets a verified case, as if it had gone the whole way.
fn with_cases(town: &Town) {
    let cases: Vec<Case> = ["F1", "F2", "F3", "F4", "F5"].map(verified).into();
    let entry = Entry {
        at: town.desk.now(),
        actor: "test".to_owned(),
        act: "verify".to_owned(),
        subject: "test".to_owned(),
        before: None,
        after: None,
    };
    (town.desk.store())
        .write(|tx| {
            store::upsert_many(tx, &cases)?;
            journal::append(tx, &entry)
        })
        .expect("cases");
}

fn verified(firm: &str) -> Case {
    Case {
        id: key(&format!("AP-{firm}")),
        firm: key(firm),
        round: key("R1"),
        district: key("440305"),
        stage: CaseStage::Verified,
        draft: Draft::default(),
        evidence: Vec::new(),
        flags: Vec::new(),
        prepared: None,
        submitted: None,
        by_officer: true,
        supplement_until: None,
        remarks: Vec::new(),
        begun_at: Utc::now(),
        received_on: None,
        typed_by: Vec::new(),
        cleared: Vec::new(),
    }
}

#[test]
fn an_objection_has_a_name_a_target_and_a_time() {
    for town in towns(&world()) {
        go(&town, Step::Publicised);
        let mine = object(&town.firm("F3"), &against("F1")).expect("entered");
        assert_eq!(
            mine.due,
            day(2026, 2, 27),
            "five working days over the festival"
        );
        assert_eq!(
            code(object(&town.planner(), &against("F1"))),
            objections::ANONYMOUS
        );
        let nameless = NewObjection {
            objector: Some(Objector::Person {
                name: " ".to_owned(),
                contact: "0755".to_owned(),
            }),
            ..against("F1")
        };
        assert_eq!(
            code(object(&town.planner(), &nameless)),
            objections::ANONYMOUS
        );
        let named = NewObjection {
            objector: Some(Objector::Person {
                name: "王芳".to_owned(),
                contact: "0755-1".to_owned(),
            }),
            ..against("F1")
        };
        object(&town.planner(), &named).expect("typed in");
        let twice = object(&town.planner(), &named);
        assert_eq!(code(twice), refuse::WRONG_STATE, "the same again");
        assert_eq!(
            code(object(&town.firm("F1"), &against("F3"))),
            objections::NO_AWARD
        );
        assert_eq!(
            code(object(&town.firm("F9"), &against("F1"))),
            refuse::UNFIT
        );
        town.at("2026-02-27T23:59:00+08:00");
        object(&town.firm("F4"), &against("F2")).expect("on the last day");
        town.at("2026-02-28T00:01:00+08:00");
        assert_eq!(
            code(object(&town.firm("F4"), &against("F2"))),
            objections::OUTSIDE_PERIOD
        );
        town.at("2026-02-12T12:00:00+08:00");
        assert_eq!(
            code(object(&town.firm("F4"), &against("F2"))),
            objections::OUTSIDE_PERIOD
        );
    }
}

#[test]
fn a_firm_sees_its_own_objections_and_a_district_those_of_its_space() {
    for town in towns(&world()) {
        go(&town, Step::Publicised);
        let mine = object(&town.firm("F3"), &against("F1")).expect("entered");
        let list = |desk: &Desk| {
            objections::list(desk, &r1(), Some(ObjectionStage::Open), (None, 50))
                .expect("a list")
                .len()
        };
        assert_eq!(list(&town.firm("F3")), 1);
        assert_eq!(list(&town.firm("F1")), 0, "he is not told who objects");
        assert_eq!(list(&town.reviewer("440305")), 1);
        assert_eq!(list(&town.reviewer("440310")), 0);
        assert_eq!(
            code(objections::one(&town.firm("F1"), &mine.id)),
            refuse::NOT_YOURS
        );
        assert_eq!(
            code(objections::one(&town.district("440310"), &mine.id)),
            refuse::NOT_YOURS
        );
        objections::one(&town.firm("F3"), &mine.id).expect("his own");
        let nobody = objections::one(&town.bureau(), &key("B-none"));
        assert_eq!(code(nobody), refuse::ABSENT);
    }
}

#[test]
fn whoever_decided_or_entered_it_does_not_reply() {
    for town in towns(&world()) {
        go(&town, Step::Publicised);
        let named = NewObjection {
            objector: Some(Objector::Firm { firm: key("F3") }),
            ..against("F1")
        };
        let mine = object(&third(&town), &named).expect("typed in");
        for desk in [town.planner(), town.bureau(), third(&town)] {
            assert_eq!(
                code(objections::dismiss(&desk, &mine.id, "no")),
                refuse::SAME_PERSON
            );
            assert_eq!(
                code(uphold::uphold(&desk, &mine.id, "yes")),
                refuse::SAME_PERSON
            );
        }
        let actor = zhuchao::domain::people::Actor::city(
            "four",
            zhuchao::domain::people::Role::BureauApprover,
        );
        let four = town.desk.of(actor);
        assert_eq!(
            code(objections::dismiss(&four, &mine.id, "")),
            refuse::UNFIT
        );
        objections::dismiss(&four, &mine.id, "the headcount is proved").expect("dismissed");
        assert_eq!(
            code(uphold::uphold(&four, &mine.id, "yes")),
            refuse::WRONG_STATE
        );
    }
}

#[test]
fn of_two_objections_one_is_upheld_and_the_round_goes_on_to_its_end() {
    for town in towns(&world()) {
        with_cases(&town);
        go(&town, Step::Publicised);
        let before = chosen(&town);
        let [first, second] =
            ["F1", "F2"].map(|firm| object(&town.firm("F3"), &against(firm)).expect("entered"));
        town.at("2026-02-28T09:00:00+08:00");
        let confirm = || confirm::confirm(&town.bureau(), &r1(), "why");
        assert_eq!(code(confirm()), confirm::OBJECTIONS_OPEN);
        objections::dismiss(&third(&town), &second.id, "proved").expect("dismissed");
        let upheld = uphold::uphold(&third(&town), &first.id, "disproved").expect("upheld");
        assert_eq!(upheld.stage, ObjectionStage::Upheld);
        let case: Case = town
            .desk
            .store()
            .read(|tx| store::need(tx, "AP-F1"))
            .expect("a case");
        assert_eq!(case.stage, CaseStage::Accepted, "the case is open again");
        let stands = now(&town);
        assert_eq!(
            (stands.step, &stands.choice, &stands.publicity),
            (Step::Frozen, &None, &None)
        );
        // The old plan is of a snapshot that is not in force any more.
        let old = now(&town).snapshot.map(|_| before.snapshot.clone());
        assert_ne!(stands.snapshot, old);
        let plan = planned(&town);
        choice::choose(&town.planner(), &r1(), &plan, "planned again").expect("chosen");
        let after = chosen(&town);
        let of = |plan: &Plan, firm: &str| {
            plan.awards
                .iter()
                .find(|a| a.application.as_str() == format!("AP-{firm}"))
                .cloned()
        };
        assert_eq!(
            of(&after, "F2"),
            of(&before, "F2"),
            "everyone else keeps his award"
        );
        assert_eq!(of(&after, "F1"), None);
        assert_eq!(after.awards.len(), 2, "what is free goes to another");
        again(&town, Step::Publicised);
        town.at("2026-02-27T09:00:00+08:00");
        assert_eq!(code(confirm()), confirm::PUBLICITY_RUNS);
        town.at("2026-02-28T09:00:00+08:00");
        confirm().expect("confirmed");
        assert_eq!(offers(&town).len(), 2);
        offer(&town, "F2");
        well(&town);
    }
}

#[test]
fn an_upheld_case_that_is_verified_again_comes_in_beside_what_is_kept() {
    for town in towns(&world()) {
        with_cases(&town);
        go(&town, Step::Publicised);
        let first = object(&town.firm("F3"), &against("F1")).expect("entered");
        uphold::uphold(&third(&town), &first.id, "disproved").expect("upheld");
        let case = verified("F1");
        let entry = Entry {
            at: town.desk.now(),
            actor: "test".to_owned(),
            act: "verify".to_owned(),
            subject: "test".to_owned(),
            before: None,
            after: None,
        };
        (town.desk.store())
            .write(|tx| {
                store::upsert_many(tx, &[case])?;
                journal::append(tx, &entry)
            })
            .expect("verified again");
        freezing::freeze(&town.planner(), &r1()).expect("frozen");
        let plan = planned(&town);
        choice::choose(&town.planner(), &r1(), &plan, "why").expect("chosen");
        let firms: Vec<String> = (chosen(&town).awards.iter())
            .map(|a| a.application.to_string())
            .collect();
        assert_eq!(firms, ["AP-F1", "AP-F2"]);
    }
}

#[test]
fn an_upheld_objection_to_an_imported_application_keeps_it_out() {
    for town in towns(&world()) {
        go(&town, Step::Publicised);
        let [one, two] =
            ["F3", "F4"].map(|firm| object(&town.firm(firm), &against("F1")).expect("entered"));
        uphold::uphold(&third(&town), &one.id, "disproved").expect("upheld");
        // The other objection to the same award changes nothing more.
        let digest = now(&town).snapshot;
        uphold::uphold(&third(&town), &two.id, "disproved").expect("upheld");
        assert_eq!(now(&town).snapshot, digest);
        town.at("2026-02-14T09:00:00+08:00");
        freezing::freeze(&town.planner(), &r1()).expect("frozen");
        let plan = planned(&town);
        choice::choose(&town.planner(), &r1(), &plan, "why").expect("chosen");
        let plan = chosen(&town);
        let mut all = plan.awards.iter().map(|a| &a.application);
        assert!(all.all(|a| a.as_str() != "AP-F1"));
    }
}
