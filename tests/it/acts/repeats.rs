//! Acts that are sent twice under one key are done once, also those that prepare something first and those
//! whose answer holds a secret (`people::token`).

use zhuchao::acts::rounds::{choice, confirm, publicity};
use zhuchao::acts::{Desk, Wish, refuse};
use zhuchao::domain::procedure::Step;

use super::procedure::{code, go, now, r1, world};
use crate::support::town::towns;

fn once(desk: &Desk, key: &str) -> Desk {
    desk.wishing(Wish {
        once: Some(key.to_owned()),
        ..Wish::default()
    })
}

#[test]
fn a_choice_and_a_confirmation_are_answered_again() {
    for town in towns(&world()) {
        go(&town, Step::Frozen);
        let plan = super::procedure::planned(&town);
        let planner = once(&town.planner(), "choose");
        let chosen = choice::choose(&planner, &r1(), &plan, "the best").expect("a choice");
        choice::approve(&town.bureau(), &r1(), &plan, "in order").expect("an approval");
        let again = choice::choose(&planner, &r1(), &plan, "the best");
        assert_eq!(again, Ok(chosen), "{}", town.name);
        town.at("2026-02-13T09:00:00+08:00");
        publicity::publicise(&town.planner(), &r1(), "公示1号").expect("publicity");
        town.at("2026-02-28T09:00:00+08:00");
        let bureau = once(&town.bureau(), "confirm");
        let first = confirm::confirm(&bureau, &r1(), "no objection").expect("confirmed");
        assert_eq!(confirm::confirm(&bureau, &r1(), "no objection"), Ok(first));
        assert_eq!(
            code(confirm::confirm(&bureau, &r1(), "another")),
            refuse::KEY_REUSED
        );
        assert_eq!(now(&town).step, Step::Confirmed);
    }
}
