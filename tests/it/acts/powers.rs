//! The table of powers, and how every act is run: may he, is it his, is it unchanged, once.

use std::collections::BTreeSet;

use serde_json::json;
use zhuchao::acts::act::{Done, Owner, tag};
use zhuchao::acts::powers::{self, Power, Reach};
use zhuchao::acts::{Desk, Wish, refuse};
use zhuchao::domain::calendar::{CalendarDay, DayKind};
use zhuchao::domain::fault::{Code, Faults};
use zhuchao::domain::people::Role;
use zhuchao::store::{self, journal, records};

use crate::support::town::{Town, towns};
use crate::support::world::{World, day, key};

const ENTER: Power = Power {
    act: "enter day",
    who: &[
        (Role::BureauPlanner, Reach::All),
        (Role::DistrictReviewer, Reach::Own),
        (Role::FirmApprover, Reach::Own),
    ],
};

fn holiday() -> CalendarDay {
    CalendarDay {
        date: day(2027, 1, 1),
        kind: DayKind::Holiday,
        source: "test".to_owned(),
    }
}

/// Enters a day that belongs to district 440305 and to firm F1; answers how many there are.
fn enter(desk: &Desk, source: &str) -> Result<u64, Faults> {
    let new = CalendarDay {
        source: source.to_owned(),
        ..holiday()
    };
    desk.act(&ENTER, &json!({ "source": source }), |tx| {
        let before: Option<CalendarDay> = store::get(tx, "2027-01-01")?;
        store::upsert_many(tx, std::slice::from_ref(&new))?;
        let count = store::count::<CalendarDay>(tx)?;
        let owner = Owner::of(&key("F1"), &key("440305"));
        let done = Done::new(count, "calendar day 2027-01-01", owner).after(&new)?;
        match before {
            Some(before) => Ok(done.before(&before)?),
            None => Ok(done),
        }
    })
}

fn code<T: std::fmt::Debug>(result: Result<T, Faults>) -> Code {
    result.expect_err("it is refused").0[0].code
}

fn here() -> Vec<Town> {
    towns(&World::city().firm("F1", 20).firm("F2", 20))
}

#[test]
fn every_power_has_one_name_and_names_each_role_once() {
    let mut names = BTreeSet::new();
    for power in powers::ALL.iter().flat_map(|some| some.iter()) {
        assert!(names.insert(power.act), "{} is named twice", power.act);
        let roles: BTreeSet<Role> = power.who.iter().map(|(role, _)| *role).collect();
        assert_eq!(roles.len(), power.who.len(), "{}", power.act);
    }
}

#[test]
fn an_act_is_done_by_those_who_may_on_what_is_theirs() {
    for town in here() {
        let count = enter(&town.planner(), "a").expect("the planner may");
        assert!(count > 0, "{}", town.name);
        enter(&town.reviewer("440305"), "b").expect("his district");
        enter(&town.firm("F1"), "c").expect("his firm");
        let journal = |desk: &Desk| {
            desk.store()
                .read(|tx| journal::page(tx, 0, 100))
                .expect("rows")
        };
        let rows = journal(&town.desk).len();
        assert_eq!(
            code(enter(&town.reviewer("440310"), "d")),
            refuse::NOT_YOURS
        );
        assert_eq!(code(enter(&town.firm("F2"), "d")), refuse::NOT_YOURS);
        assert_eq!(code(enter(&town.bureau(), "d")), refuse::NOT_ALLOWED);
        assert_eq!(code(enter(&town.public(), "d")), refuse::SIGN_IN);
        assert_eq!(
            journal(&town.desk).len(),
            rows,
            "refused acts leave nothing"
        );
        let stored: CalendarDay = town
            .desk
            .store()
            .read(|tx| store::need(tx, "2027-01-01"))
            .expect("the day");
        assert_eq!(stored.source, "c", "{}", town.name);
    }
}

#[test]
fn the_journal_names_a_record_of_what_was_asked_and_left() {
    for town in here() {
        enter(&town.planner(), "a").expect("entered");
        let rows = town
            .desk
            .store()
            .read(|tx| journal::about(tx, "calendar day 2027-01-01"))
            .expect("rows");
        let digest = rows[0].entry.after.clone().expect("a record");
        let text = town
            .desk
            .store()
            .read(|tx| records::get(tx, &digest))
            .expect("the record can be read")
            .expect("the record is there");
        let record: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(record["asked"]["source"], "a");
        assert_eq!(record["after"]["source"], "a");
        assert_eq!(record["actor"]["role"], "bureau_planner");
    }
}

#[test]
fn what_was_changed_meanwhile_is_not_overwritten() {
    for town in here() {
        enter(&town.planner(), "a").expect("entered");
        let read = CalendarDay {
            source: "a".to_owned(),
            ..holiday()
        };
        let wish = Wish {
            unchanged: Some(tag(&read).expect("a tag")),
            ..Wish::default()
        };
        let mine = town.planner().wishing(wish);
        enter(&mine, "b").expect("still as read");
        assert_eq!(code(enter(&mine, "c")), refuse::CHANGED);
    }
}

#[test]
fn an_act_under_a_key_is_done_once() {
    for town in here() {
        let once = |key: &str| Wish {
            unchanged: None,
            once: Some(key.to_owned()),
            secret: false,
        };
        let mine = town.planner().wishing(once("k1"));
        let first = enter(&mine, "a").expect("done");
        let days: Vec<CalendarDay> = town.desk.store().read(store::all).expect("days");
        assert!(days.iter().any(|d| d.date == day(2027, 1, 1)));
        assert_eq!(enter(&mine, "a"), Ok(first), "{}", town.name);
        let rows = town
            .desk
            .store()
            .read(|tx| journal::about(tx, "calendar day 2027-01-01"))
            .expect("rows");
        assert_eq!(rows.len(), 1, "{}", town.name);
        assert_eq!(code(enter(&mine, "b")), refuse::KEY_REUSED);
        let other = town.reviewer("440305").wishing(once("k1"));
        enter(&other, "b").expect("another's key is another key");
    }
}

#[test]
fn each_shared_refusal_has_its_code_and_says_what_to_do() {
    let all = [
        (refuse::absent("case", "A-1"), refuse::ABSENT),
        (
            refuse::wrong_state("case A-1", "draft", &["submitted"]),
            refuse::WRONG_STATE,
        ),
        (refuse::same_person("chose the plan"), refuse::SAME_PERSON),
        (
            refuse::unfit("area_min", "it is negative", "give a positive area"),
            refuse::UNFIT,
        ),
    ];
    for (fault, code) in all {
        assert_eq!(fault.code, code);
        assert!(!fault.cause.is_empty() && !fault.action.is_empty());
    }
}

#[test]
fn what_cannot_be_written_as_json_is_refused() {
    // JSON has no map whose keys are lists.
    let odd = std::collections::BTreeMap::from([(vec![1], 2)]);
    assert_eq!(tag(&odd).map_err(|f| f.code), Err(refuse::UNWRITABLE));
}
