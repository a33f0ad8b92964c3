//! The second factor: enrolled with another's code, one step of skew, used once, sealed with a key that
//! is not in the database; steps out of order are refused.

use zhuchao::acts::people::sign_in::Progress;
use zhuchao::acts::people::{power_over, refuse, sign_in, steps, totp};
use zhuchao::domain::fault::Faults;
use zhuchao::domain::people::{Body, Role};
use zhuchao::domain::session::Step;
use zhuchao::store::raw;

use super::{Door, HERE, code, doors, from};
use crate::support::town::moment;

const PLANNER: &str = "demo-planner";

/// The bytes of a secret as apps read it.
fn bytes(text: &str) -> Vec<u8> {
    totp::from_text(text).expect("base32")
}

fn ticket(progress: &Progress) -> String {
    progress.ticket.clone().expect("a ticket")
}

fn begin(door: &Door) -> Progress {
    let right = door.password(PLANNER);
    door.try_in(PLANNER, right, HERE)
        .expect("the password is right")
}

fn give(door: &Door, ticket: &str, answer: &str) -> Result<Progress, Faults> {
    let desk = &door.town.desk;
    steps::second(desk, &door.tools, (ticket, answer), &from(HERE))
}

/// Enrols the planner at nine o'clock; the secret of his factor.
fn enrolled(door: &Door) -> Vec<u8> {
    let security = door.town.person(Role::SecurityAdmin, Body::City);
    let shown = power_over::reset_second_factor(&security, &door.id(PLANNER));
    let secret = shown.expect("he may").secret.expect("a code");
    let first = begin(door);
    assert_eq!(first.step, Step::Enrol);
    let ticket = ticket(&first);
    let (desk, tools) = (&door.town.desk, &door.tools);
    let wrong = steps::enrol(desk, tools, (&ticket, "AAAAA-AAAAA"), &from(HERE));
    assert_eq!(code(wrong), refuse::WRONG);
    let begun = steps::enrol(desk, tools, (&ticket, &secret), &from(HERE)).expect("begun");
    let (text, address) = begun.otp.clone().expect("shown once");
    assert!(address.starts_with("otpauth://totp/Zhuchao:demo-planner?secret="));
    let otp = bytes(&text);
    let right = totp::code(&otp, desk.now()).expect("a code");
    assert_eq!(give(door, &ticket, &right).expect("in").step, Step::Done);
    otp
}

#[test]
fn a_code_is_used_once_and_one_step_early_or_late_at_most() {
    for door in doors(false) {
        let otp = enrolled(&door);
        let at = |text: &str| totp::code(&otp, moment(text)).expect("a code");
        let used = at("2026-01-05T09:00:00+08:00");
        let again = begin(&door);
        assert_eq!(again.step, Step::SecondFactor);
        assert_eq!(
            code(give(&door, &ticket(&again), &used)),
            refuse::WRONG,
            "used"
        );
        door.town.at("2026-01-05T09:10:00+08:00");
        let begun = begin(&door);
        let (early, late) = ("2026-01-05T09:08:30+08:00", "2026-01-05T09:11:30+08:00");
        for far in [at(early), at(late), "000".to_owned(), String::new()] {
            assert_eq!(code(give(&door, &ticket(&begun), &far)), refuse::WRONG);
        }
        door.town.at("2026-01-05T09:30:00+08:00");
        let next = begin(&door);
        let near = at("2026-01-05T09:30:30+08:00");
        assert!(give(&door, &ticket(&next), &near).is_ok(), "one step early");
        let then = begin(&door);
        let before = at("2026-01-05T09:30:00+08:00");
        assert_eq!(
            code(give(&door, &ticket(&then), &before)),
            refuse::WRONG,
            "none up to the used one is taken"
        );
    }
}

#[test]
fn of_two_that_give_the_same_code_at_once_one_gets_in() {
    for door in doors(false) {
        let otp = enrolled(&door);
        door.town.at("2026-01-05T09:10:00+08:00");
        let right = totp::code(&otp, door.town.desk.now()).expect("a code");
        let tickets = [ticket(&begin(&door)), ticket(&begin(&door))];
        let inside = std::thread::scope(|scope| {
            let try_it = |t: &String| {
                let (door, right, ticket) = (&door, &right, t.clone());
                scope.spawn(move || give(door, &ticket, right).is_ok())
            };
            let all: Vec<_> = tickets.iter().map(try_it).collect();
            let ended = all.into_iter().map(|one| one.join().expect("it ends"));
            ended.filter(|inside| *inside).count()
        });
        assert_eq!(inside, 1, "{}", door.town.name);
    }
}

#[test]
fn guessing_codes_with_the_right_password_is_locked_too() {
    for door in doors(false) {
        enrolled(&door);
        door.town.at("2026-01-05T09:20:00+08:00");
        let mut wrong = 0;
        for _ in 0..12 {
            let Ok(begun) = door.try_in(PLANNER, door.password(PLANNER), HERE) else {
                break;
            };
            wrong += 1;
            let refused = code(give(&door, &ticket(&begun), "000000"));
            assert!([refuse::WRONG, refuse::LOCKED].contains(&refused));
        }
        assert!(wrong <= 6, "{wrong} guesses on {}", door.town.name);
        let right = door.password(PLANNER);
        assert_eq!(code(door.try_in(PLANNER, right, HERE)), refuse::LOCKED);
    }
}

#[test]
fn steps_are_taken_in_order_and_in_time() {
    for door in doors(false) {
        let otp = enrolled(&door);
        door.town.at("2026-01-05T09:10:00+08:00");
        let begun = ticket(&begin(&door));
        let (desk, tools) = (&door.town.desk, &door.tools);
        let skip = steps::password(desk, tools, (&begun, super::GOOD), &from(HERE));
        assert_eq!(code(skip), refuse::TICKET);
        let back = steps::enrol(desk, tools, (&begun, "AAAAA"), &from(HERE));
        assert_eq!(code(back), refuse::TICKET);
        assert!(door.by(&begun).is_err(), "a ticket is no session");
        door.town.at("2026-01-05T09:15:01+08:00");
        let right = totp::code(&otp, desk.now()).expect("a code");
        assert_eq!(
            code(give(&door, &begun, &right)),
            refuse::TICKET,
            "too late"
        );
        let fresh = ticket(&begin(&door));
        assert!(give(&door, &fresh, &right).is_ok());
        assert_eq!(code(give(&door, &fresh, &right)), refuse::TICKET, "used up");
    }
}

#[test]
fn the_factor_is_sealed_with_a_key_that_only_its_owner_may_read() {
    for door in doors(false) {
        let otp = enrolled(&door);
        let store = door.town.desk.store();
        let stored = raw::texts(store, "SELECT body AS value FROM secrets").expect("rows");
        let hex: String = otp.iter().map(|b| format!("{b:02x}")).collect();
        let text = totp::text(&otp);
        for body in &stored {
            assert!(!body.contains(&hex) && !body.contains(&text));
        }
        let file = door.keys.path().join("secret.key");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(&file).expect("made").permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
            let open = std::fs::Permissions::from_mode(0o644);
            std::fs::set_permissions(&file, open).expect("changed");
            let policy = zhuchao::domain::credential::PasswordPolicy::Mlps;
            let other = super::tools(door.keys.path(), policy, false);
            assert_eq!(code(other.vault.seal(b"x", "U")), refuse::KEY_FILE);
        }
        let word = (PLANNER, door.password(PLANNER));
        let other = tempfile::TempDir::new().expect("a folder");
        let policy = zhuchao::domain::credential::PasswordPolicy::Mlps;
        let tools = super::tools(other.path(), policy, false);
        let begun = sign_in::begin(&door.town.desk, &tools, word, &from(HERE)).expect("begun");
        let right = totp::code(&otp, door.town.desk.now()).expect("a code");
        let opened = steps::second(
            &door.town.desk,
            &tools,
            (&ticket(&begun), &right),
            &from(HERE),
        );
        assert_eq!(code(opened), refuse::KEY_WRONG, "without the key file");
    }
}
