//! Tokens: never wider than the role nor than their scope, never a way to more tokens, ended with the
//! account.

use std::collections::BTreeSet;

use zhuchao::acts::act::{Done, Owner};
use zhuchao::acts::people::tokens::{self, Wanted};
use zhuchao::acts::people::{accounts, power_over, refuse, secrets, sessions};
use zhuchao::acts::powers::{Power, Reach};
use zhuchao::acts::{Desk, Wish, refuse as shared};
use zhuchao::domain::calendar::{CalendarDay, DayKind};
use zhuchao::domain::credential::Leave;
use zhuchao::domain::fault::Faults;
use zhuchao::domain::people::{Body, Role};
use zhuchao::store::{self, journal, records};

use super::{Door, GOOD, HERE, code, doors, from};
use crate::support::world::day;

const SYSTEM: &str = "demo-system";

fn wanted(leave: Leave) -> Wanted {
    Wanted {
        name: "nightly".to_owned(),
        leave,
        days: 30,
    }
}

fn acts(names: &[&str]) -> Leave {
    Leave::Acts(
        names
            .iter()
            .map(|n| (*n).to_owned())
            .collect::<BTreeSet<_>>(),
    )
}

fn made(door: &Door, leave: Leave) -> Desk {
    let (_, desk) = door.signed_in(SYSTEM);
    let (_, secret) = tokens::make(&desk, &wanted(leave)).expect("made");
    door.by_token(&secret).expect("it is live")
}

#[test]
fn a_token_asked_for_twice_under_one_key_is_made_once_and_shown_once() {
    for door in doors(true) {
        let (_, desk) = door.signed_in(SYSTEM);
        let desk = desk.wishing(Wish {
            once: Some("nightly".to_owned()),
            ..Wish::default()
        });
        let (token, secret) = tokens::make(&desk, &wanted(Leave::ReadOnly)).expect("made");
        assert_eq!(
            code(tokens::make(&desk, &wanted(Leave::ReadOnly))),
            shared::SHOWN_ONCE
        );
        let all = desk
            .store()
            .read(store::all::<zhuchao::domain::credential::ApiToken>);
        assert_eq!(all.expect("tokens").len(), 1, "{}", token.id);
        let kept = desk.store().read(store::all::<store::repeats::Repeat>);
        let kept = kept.expect("what is remembered");
        assert!(kept.iter().all(|r| !r.answer.contains(&secret)));
    }
}

#[test]
fn a_scope_wider_than_the_role_is_refused() {
    for door in doors(true) {
        let (_, desk) = door.signed_in(SYSTEM);
        for name in [
            "give role",
            "make token",
            "change password",
            "sign in",
            "",
            "no such act",
        ] {
            let token = tokens::make(&desk, &wanted(acts(&["see account", name])));
            assert_eq!(code(token), refuse::WIDER, "{name}");
        }
        for (name, days) in [("", 30), ("x", 0), ("x", 367), ("x", -1)] {
            let bad = Wanted {
                name: name.to_owned(),
                days,
                ..wanted(Leave::ReadOnly)
            };
            assert_eq!(code(tokens::make(&desk, &bad)), shared::UNFIT);
        }
    }
}

#[test]
fn a_token_does_what_its_scope_says_and_nothing_else() {
    for door in doors(true) {
        let reads = made(&door, Leave::ReadOnly);
        let planner = door.id("demo-planner");
        assert!(accounts::get(&reads, &planner).is_ok());
        assert_eq!(
            code(power_over::disable(&reads, &planner)),
            shared::BEYOND_TOKEN
        );
        let looks = made(&door, acts(&["see account"]));
        assert!(accounts::get(&looks, &planner).is_ok());
        assert_eq!(
            code(power_over::disable(&looks, &planner)),
            shared::BEYOND_TOKEN
        );
        assert_eq!(code(sessions::mine(&looks)), shared::BEYOND_TOKEN);
        let disables = made(&door, acts(&["disable account"]));
        assert_eq!(
            code(accounts::get(&disables, &planner)),
            shared::BEYOND_TOKEN
        );
        power_over::disable(&disables, &planner).expect("within its scope");
        let store = door.town.desk.store();
        let record = store.read(|tx| {
            let rows = journal::about(tx, &format!("account {planner}"))?;
            let digest = rows.iter().rev().find_map(|r| r.entry.after.clone());
            records::get(tx, &digest.expect("a record"))
        });
        let record: serde_json::Value =
            serde_json::from_str(&record.expect("read").expect("there")).expect("JSON");
        assert!(
            record["token"]
                .as_str()
                .is_some_and(|t| t.starts_with("T-")),
            "the record names the token: {record}"
        );
    }
}

const MARK: Power = Power {
    act: "mark day",
    who: &[(Role::SystemAdmin, Reach::All)],
};

fn mark(desk: &Desk) -> Result<(), Faults> {
    desk.act(&MARK, &(), |tx| {
        let marked = CalendarDay {
            date: day(2027, 5, 1),
            kind: DayKind::Holiday,
            source: "test".to_owned(),
        };
        store::upsert_many(tx, &[marked])?;
        Ok(Done::new((), "day", Owner::city()))
    })
}

#[test]
fn a_token_that_only_reads_writes_nothing_by_any_act() {
    for door in doors(true) {
        assert_eq!(
            code(mark(&made(&door, Leave::ReadOnly))),
            shared::BEYOND_TOKEN
        );
        let (_, person) = door.signed_in(SYSTEM);
        assert_eq!(mark(&person), Ok(()));
    }
}

#[test]
fn a_token_makes_no_token_and_touches_no_sign_in() {
    for door in doors(true) {
        let full = made(&door, Leave::Full);
        let more = tokens::make(&full, &wanted(Leave::ReadOnly));
        assert_eq!(code(more), refuse::IN_PERSON);
        assert_eq!(code(sessions::sign_out(&full)), refuse::IN_PERSON);
        assert_eq!(code(sessions::end_others(&full)), refuse::IN_PERSON);
        let words = (door.password(SYSTEM), GOOD);
        let change = secrets::change(&full, &door.tools, words, &from(HERE));
        assert_eq!(code(change), refuse::IN_PERSON);
    }
}

#[test]
fn a_token_ends_by_its_day_by_its_owner_and_with_the_account() {
    for door in doors(true) {
        let (_, desk) = door.signed_in(SYSTEM);
        let (_, ends) = tokens::make(&desk, &wanted(Leave::ReadOnly)).expect("made");
        let (token, revoked) = tokens::make(&desk, &wanted(Leave::ReadOnly)).expect("made");
        let (_, stranger) = door.signed_in("demo-planner");
        assert_eq!(code(tokens::revoke(&stranger, &token.id)), shared::ABSENT);
        tokens::revoke(&desk, &token.id).expect("his own");
        assert_eq!(code(door.by_token(&revoked).map(drop)), shared::SIGN_IN);
        let listed = tokens::mine(&desk).expect("listed");
        assert_eq!(listed.len(), 2);
        assert!(door.by_token(&ends).is_ok());
        door.town.at("2026-02-04T08:59:00+08:00");
        assert!(door.by_token(&ends).is_ok());
        door.town.at("2026-02-04T09:00:00+08:00");
        assert_eq!(code(door.by_token(&ends).map(drop)), shared::SIGN_IN);
        let (_, planner) = door.signed_in("demo-planner");
        let (_, his) = tokens::make(&planner, &wanted(Leave::ReadOnly)).expect("made");
        let system = door.town.person(Role::SystemAdmin, Body::City);
        power_over::disable(&system, &door.id("demo-planner")).expect("disabled");
        assert_eq!(code(door.by_token(&his).map(drop)), shared::SIGN_IN);
        power_over::enable(&system, &door.id("demo-planner")).expect("enabled");
        assert_eq!(code(door.by_token(&his).map(drop)), shared::SIGN_IN);
    }
}
