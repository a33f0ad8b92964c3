//! Sessions: fixation, idle and absolute end, listed, ended by oneself, by others and by what happens
//! to the account; that seeing somebody takes the writer once a minute at most.

use zhuchao::acts::door::Via;
use zhuchao::acts::people::sign_in::{self, Origin};
use zhuchao::acts::people::{accounts, power_over, secrets, sessions};
use zhuchao::acts::refuse;
use zhuchao::domain::ids::SessionId;
use zhuchao::domain::people::{Body, Role};
use zhuchao::domain::session::Session;
use zhuchao::store::{self, journal, raw};

use super::{Door, GOOD, HERE, code, doors, from};

const PLANNER: &str = "demo-planner";
const NEW: &str = "Seven-Herons-Wade-3";

fn live(door: &Door, secret: &str) -> bool {
    door.by(secret).is_ok()
}

#[test]
fn a_session_ends_idle_and_after_eight_hours_however_it_is_used() {
    for door in doors(true) {
        let (idle, _) = door.signed_in(PLANNER);
        let (used, _) = door.signed_in(PLANNER);
        door.town.at("2026-01-05T09:29:00+08:00");
        assert!(live(&door, &used));
        door.town.at("2026-01-05T09:31:00+08:00");
        assert!(!live(&door, &idle), "30 minutes idle");
        for minutes in (31..480).step_by(20) {
            let (hour, minute) = (9 + minutes / 60, minutes % 60);
            door.town
                .at(&format!("2026-01-05T{hour:02}:{minute:02}:00+08:00"));
            assert!(live(&door, &used), "{hour}:{minute}");
        }
        door.town.at("2026-01-05T17:00:00+08:00");
        assert_eq!(code(door.by(&used).map(drop)), refuse::SIGN_IN, "8 hours");
    }
}

#[test]
fn a_session_that_somebody_prepared_is_not_taken_up() {
    for door in doors(true) {
        let (prepared, _) = door.signed_in("demo-audit");
        let origin = Origin {
            held: Some(prepared.clone()),
            ..from(HERE)
        };
        let word = (PLANNER, door.password(PLANNER));
        let progress = sign_in::begin(&door.town.desk, &door.tools, word, &origin);
        let new = progress.expect("in").opened.expect("a session").secret;
        assert_ne!(new, prepared);
        assert!(!live(&door, &prepared), "the browser's old session ends");
        assert_eq!(new.len(), 64, "256 bits");
        for made_up in ["", "0", &"0".repeat(64), "' OR 1=1"] {
            assert!(!live(&door, made_up));
        }
    }
}

#[test]
fn sessions_are_listed_and_ended_by_their_owner_alone() {
    for door in doors(true) {
        let (first, desk) = door.signed_in(PLANNER);
        let Via::Session(this) = desk.via().clone() else {
            panic!("he came with a session");
        };
        let (second, other) = door.signed_in(PLANNER);
        let (foreign, stranger) = door.signed_in("demo-bureau");
        assert_eq!(sessions::mine(&desk).expect("listed").len(), 2);
        let theirs: SessionId = sessions::mine(&stranger).expect("listed")[0].id.clone();
        assert_eq!(code(sessions::end_one(&desk, &theirs)), refuse::ABSENT);
        assert!(live(&door, &foreign));
        sessions::end_one(&desk, &this).expect("his own");
        assert!(!live(&door, &first) && live(&door, &second));
        let (third, _) = door.signed_in(PLANNER);
        assert_eq!(sessions::end_others(&other), Ok(1));
        assert!(!live(&door, &third) && live(&door, &second));
        sessions::sign_out(&other).expect("signed out");
        assert!(!live(&door, &second));
    }
}

#[test]
fn what_happens_to_the_account_ends_its_sessions() {
    for door in doors(true) {
        let system = door.town.person(Role::SystemAdmin, Body::City);
        let security = door.town.person(Role::SecurityAdmin, Body::City);
        let id = door.id(PLANNER);
        let (one, _) = door.signed_in(PLANNER);
        power_over::end_sessions(&security, &id).expect("ended");
        assert!(!live(&door, &one), "ended by the security administrator");
        let (one, _) = door.signed_in(PLANNER);
        accounts::give_role(&security, &id, Role::BureauApprover).expect("given");
        assert!(!live(&door, &one), "another role");
        let (one, _) = door.signed_in(PLANNER);
        power_over::disable(&system, &id).expect("disabled");
        assert!(!live(&door, &one), "disabled");
        power_over::enable(&system, &id).expect("enabled");
        assert!(!live(&door, &one), "it does not rise again");
        let (this, desk) = door.signed_in(PLANNER);
        let (that, _) = door.signed_in(PLANNER);
        let words = (door.password(PLANNER), NEW);
        secrets::change(&desk, &door.tools, words, &from(HERE)).expect("changed");
        assert!(live(&door, &this) && !live(&door, &that), "a new password");
        let seen = power_over::see_sessions(&security, &id).expect("seen");
        assert!(seen.iter().any(|s| {
            let why = s.ended.as_ref().map(|e| e.why.as_str());
            why == Some("change password")
        }));
        assert_eq!(
            code(door.try_in(PLANNER, GOOD, HERE)),
            zhuchao::acts::people::refuse::WRONG
        );
    }
}

#[test]
fn being_seen_is_noted_once_a_minute_and_never_in_the_journal() {
    for door in doors(true) {
        let (secret, desk) = door.signed_in(PLANNER);
        let id = sessions::mine(&desk).expect("one")[0].id.clone();
        let seen = || {
            let read = |tx: &mut store::Reading<'_>| store::need::<Session>(tx, id.as_str());
            door.town.desk.store().read(read).expect("there").last_seen
        };
        let rows = || {
            let page = |tx: &mut store::Reading<'_>| journal::page(tx, 0, 1000);
            door.town.desk.store().read(page).expect("rows").len()
        };
        let (began, entries) = (seen(), rows());
        door.town.at("2026-01-05T09:00:59+08:00");
        assert!(live(&door, &secret));
        assert_eq!(seen(), began, "within the minute nothing is written");
        door.town.at("2026-01-05T09:01:00+08:00");
        assert!(live(&door, &secret));
        assert!(seen() > began);
        assert_eq!(rows(), entries, "seeing is no act");
        let planner = accounts::get(
            &door.town.person(Role::AuditAdmin, Body::City),
            &door.id(PLANNER),
        );
        assert_eq!(planner.expect("seen").1.last_seen, Some(seen()));
    }
}

#[test]
fn a_trace_is_written_without_an_entry_only_where_traces_are_kept() {
    for door in doors(true) {
        let (_, desk) = door.signed_in(PLANNER);
        let session = sessions::mine(&desk).expect("one").remove(0);
        let later = Session {
            last_seen: door.town.desk.now() + chrono::TimeDelta::seconds(1),
            ..session
        };
        let store = door.town.desk.store();
        let plain =
            store.write(|tx| store::upsert_many(tx, std::slice::from_ref(&later)).map(drop));
        assert_eq!(
            plain.expect_err("no entry").code(),
            store::UNJOURNALED,
            "{}",
            door.town.name
        );
        let kept = store.keep(|tx| tx.put(&later));
        assert_eq!(kept, Ok::<(), store::StoreError>(()));
        let health = store::doctor::examine(store).expect("examined");
        assert_eq!(health.faults, [], "{}", door.town.name);
        let count = raw::texts(store, "SELECT id AS value FROM sessions").expect("rows");
        assert_eq!(count.len(), 1);
    }
}
