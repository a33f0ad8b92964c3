//! Locks: five failures lock an account for one address, for 15 minutes, over restarts, and nobody else.

use zhuchao::acts::Desk;
use zhuchao::acts::people::sign_in;
use zhuchao::acts::people::{power_over, refuse};
use zhuchao::domain::people::{Body, Role};
use zhuchao::store::Store;

use super::{GOOD, HERE, code, doors, from};

const PLANNER: &str = "demo-planner";

#[test]
fn a_lock_survives_a_restart_and_keeps_nobody_else_out() {
    for door in doors(true) {
        for _ in 0..5 {
            assert_eq!(code(door.try_in(PLANNER, GOOD, HERE)), refuse::WRONG);
        }
        let right = door.password(PLANNER);
        assert_eq!(code(door.try_in(PLANNER, right, HERE)), refuse::LOCKED);
        // A new process at the same database.
        let clock = door.town.desk.now();
        let store = Store::open(&door.town.url).expect("it opens");
        let again = Desk::at(store, "operator", move || clock);
        let tried = sign_in::begin(&again, &door.tools, (PLANNER, right), &from(HERE));
        assert_eq!(code(tried), refuse::LOCKED, "{}", door.town.name);
        // Himself from elsewhere, and others from there.
        assert!(door.try_in(PLANNER, right, "198.51.100.1").is_ok());
        let bureau = door.password("demo-bureau");
        assert!(door.try_in("demo-bureau", bureau, HERE).is_ok());
        door.town.at("2026-01-05T09:15:01+08:00");
        assert!(
            door.try_in(PLANNER, right, HERE).is_ok(),
            "after 15 minutes"
        );
    }
}

#[test]
fn a_login_that_does_not_exist_is_locked_and_hashed_like_one_that_does() {
    for door in doors(true) {
        for login in [PLANNER, "nobody-here", "PLANNER'; --", "密码"] {
            for _ in 0..5 {
                let before = door.tools.hasher.verified();
                let wrong = door.try_in(login, GOOD, HERE).map(drop);
                assert_eq!(wrong.expect_err("wrong").0, [refuse::wrong()]);
                assert_eq!(door.tools.hasher.verified(), before + 1, "{login}");
            }
            assert_eq!(code(door.try_in(login, GOOD, HERE)), refuse::LOCKED);
        }
    }
}

#[test]
fn an_account_attacked_from_everywhere_is_slowed_for_strangers_alone() {
    for door in doors(true) {
        let right = door.password(PLANNER).to_owned();
        door.signed_in(PLANNER);
        for n in 0..20 {
            let ip = format!("203.0.113.{n}");
            assert_eq!(code(door.try_in(PLANNER, GOOD, &ip)), refuse::WRONG, "{n}");
        }
        let stranger = door.try_in(PLANNER, &right, "203.0.113.99");
        assert_eq!(code(stranger), refuse::SLOWED, "{}", door.town.name);
        assert!(
            door.try_in(PLANNER, &right, HERE).is_ok(),
            "a known address"
        );
        door.town.at("2026-01-05T09:01:05+08:00");
        let later = door.try_in(PLANNER, &right, "203.0.113.99");
        assert!(later.is_ok(), "slowed, not locked");
    }
}

#[test]
fn the_security_administrator_lifts_a_lock() {
    for door in doors(true) {
        let right = door.password(PLANNER);
        for ip in [HERE, "192.0.2.8"] {
            for _ in 0..5 {
                assert_eq!(code(door.try_in(PLANNER, GOOD, ip)), refuse::WRONG);
            }
        }
        let admin = door.town.person(Role::SecurityAdmin, Body::City);
        power_over::unlock(&admin, &door.id(PLANNER)).expect("he may");
        for ip in [HERE, "192.0.2.8"] {
            assert!(door.try_in(PLANNER, right, ip).is_ok(), "{ip}");
        }
    }
}

#[test]
fn many_guesses_at_once_are_not_more_than_five() {
    for door in doors(true) {
        let wrong = std::thread::scope(|scope| {
            let guess = || scope.spawn(|| code(door.try_in(PLANNER, GOOD, HERE)));
            let all: Vec<_> = (0..24).map(|_| guess()).collect();
            let codes = all.into_iter().map(|one| one.join().expect("it ends"));
            codes.filter(|code| *code == refuse::WRONG).count()
        });
        assert!(
            wrong <= 5,
            "{wrong} guesses were judged on {}",
            door.town.name
        );
    }
}
