//! Passwords: what is refused and why, under both policies; initial passwords, their end, re-use, age and
//! dormant accounts.

use zhuchao::acts::people::password::Rules;
use zhuchao::acts::people::setup::{self, FirstAdmin};
use zhuchao::acts::people::sign_in::Progress;
use zhuchao::acts::people::{power_over, refuse, secrets, steps};
use zhuchao::domain::credential::PasswordPolicy;
use zhuchao::domain::people::{Body, Role};
use zhuchao::domain::session::Step;

use super::{Door, GOOD, HERE, code, doors, from};

const PLANNER: &str = "demo-planner";
const NEW: &str = "Seven-Herons-Wade-3";

#[test]
fn weak_passwords_are_refused_and_the_policies_differ_where_they_must() {
    let (mlps, asvs) = (
        Rules::new(PasswordPolicy::Mlps),
        Rules::new(PasswordPolicy::Asvs),
    );
    let names = ["wang.wei", "王伟", "甲科技有限公司", "Northwind Labs"];
    let refused = |rules: &Rules, word: &str| rules.check(word, &names).is_err();
    for word in [
        "",
        "Ab1-",
        "password",
        "Password123!",
        "PASSWORD2026",
        "iloveyou!!11",
        "qwertyuiop",
        "Qwertyuiop-1",
        "1qaz2wsx",
        "Abcdefgh12345!",
        "AAAAaaaa1111!",
        "Zhuchao-2026!",
        "Shenzhen2026!",
        "Wang.Wei-2026",
        "Northwind-12!",
        "甲科技有限公司Aa1",
    ] {
        assert!(refused(&mlps, word), "mlps takes {word}");
        assert!(refused(&asvs, word), "asvs takes {word}");
    }
    for word in [GOOD, NEW, "x7#Kq9!vTz", "春眠不觉晓Aa1处处闻啼鸟"] {
        assert!(!refused(&mlps, word), "mlps refuses {word}");
        assert!(!refused(&asvs, word), "asvs refuses {word}");
    }
    let phrase = "tall crane nests here";
    assert!(refused(&mlps, phrase), "two classes");
    assert!(!refused(&asvs, phrase), "no classes are asked for");
    assert!(
        refused(&mlps, "k7#Qz!vR") && !refused(&asvs, "k7#Qz!vR"),
        "8 characters"
    );
    let long = "Aé7-".repeat(33);
    assert!(refused(&mlps, &long) && refused(&asvs, &long), "too long");
    let faults = mlps.check("ab", &names).expect_err("weak").0;
    assert!(faults.len() >= 3, "every reason at once: {faults:?}");
    assert!(
        faults
            .iter()
            .all(|f| f.code == refuse::WEAK && !f.cause.contains("ab "))
    );
}

fn chosen(
    door: &Door,
    progress: &Progress,
    new: &str,
) -> Result<Progress, zhuchao::domain::fault::Faults> {
    let ticket = progress.ticket.as_deref().expect("a ticket");
    steps::password(&door.town.desk, &door.tools, (ticket, new), &from(HERE))
}

#[test]
fn an_initial_password_opens_nothing_but_the_choice_of_another_and_not_for_long() {
    for door in doors(true) {
        let system = door.town.person(Role::SystemAdmin, Body::City);
        let reset = || {
            let shown = power_over::reset_password(&system, &door.tools, &door.id(PLANNER));
            shown.expect("he may").secret.expect("shown once")
        };
        let (old, initial) = (door.password(PLANNER), reset());
        assert_eq!(code(door.try_in(PLANNER, old, HERE)), refuse::WRONG);
        let begun = door.try_in(PLANNER, &initial, HERE).expect("right");
        assert_eq!((begun.step, begun.opened.is_none()), (Step::Password, true));
        assert_eq!(code(chosen(&door, &begun, "short")), refuse::WEAK);
        assert_eq!(code(chosen(&door, &begun, &initial)), refuse::USED);
        assert_eq!(
            code(chosen(&door, &begun, old)),
            refuse::USED,
            "the one before"
        );
        let done = chosen(&door, &begun, NEW).expect("chosen");
        assert_eq!(done.step, Step::Done);
        assert!(done.demo, "a demonstration says so each time");
        assert_eq!(
            code(door.try_in(PLANNER, &initial, HERE)),
            refuse::WRONG,
            "used"
        );
        let late = reset();
        door.town.at("2026-01-12T09:00:00+08:00");
        let expired = door.try_in(PLANNER, &late, HERE);
        assert_eq!(code(expired), refuse::WRONG, "after seven days");
    }
}

#[test]
fn the_last_five_passwords_are_barred_and_the_sixth_is_not() {
    for door in doors(true) {
        let (_, desk) = door.signed_in(PLANNER);
        let word = |n: usize| format!("{NEW}-{n}{n}");
        let mut current = door.password(PLANNER).to_owned();
        for n in 0..5 {
            let words = (current.as_str(), word(n));
            let change = secrets::change(&desk, &door.tools, (words.0, &words.1), &from(HERE));
            change.expect("a new one");
            current = word(n);
        }
        for n in 0..5 {
            let words = (current.as_str(), word(n));
            let change = secrets::change(&desk, &door.tools, (words.0, &words.1), &from(HERE));
            assert_eq!(code(change), refuse::USED, "{n}");
        }
        let first = door.password(PLANNER);
        secrets::change(&desk, &door.tools, (&current, first), &from(HERE)).expect("the sixth");
        let wrong = secrets::change(&desk, &door.tools, ("Wrong-1-Wrong", GOOD), &from(HERE));
        assert_eq!(code(wrong), refuse::WRONG, "the current one is asked for");
    }
}

#[test]
fn after_ninety_days_a_password_is_old_and_an_unused_account_dormant() {
    for door in doors(true) {
        let right = door.password(PLANNER).to_owned();
        // Used after 60 days: not dormant after 100, but the password is old.
        door.town.at("2026-03-06T09:00:00+08:00");
        door.signed_in(PLANNER);
        door.town.at("2026-04-15T09:00:00+08:00");
        let begun = door.try_in(PLANNER, &right, HERE).expect("right");
        assert_eq!(begun.step, Step::Password, "90 days");
        let bureau = door.password("demo-bureau").to_owned();
        assert_eq!(
            code(door.try_in("demo-bureau", &bureau, HERE)),
            refuse::NOT_ACTIVE
        );
        let stranger = door.try_in("demo-bureau", GOOD, "192.0.2.9");
        assert_eq!(
            code(stranger),
            refuse::WRONG,
            "told to who knows the password"
        );
        let system = door.town.person(Role::SystemAdmin, Body::City);
        power_over::enable(&system, &door.id("demo-bureau")).expect("enabled again");
        assert!(door.try_in("demo-bureau", &bureau, HERE).is_ok());
        let asvs = super::tools(door.keys.path(), PasswordPolicy::Asvs, true);
        let word = (PLANNER, right.as_str());
        let begun =
            zhuchao::acts::people::sign_in::begin(&door.town.desk, &asvs, word, &from(HERE));
        assert_eq!(begun.expect("right").step, Step::Done, "asvs: no end");
    }
}

#[test]
fn a_firm_comes_rarely_and_is_never_dormant() {
    for door in doors(true) {
        door.town.at("2026-07-15T09:00:00+08:00");
        let firm = door.password("demo-firm1-approver").to_owned();
        let begun = door.try_in("demo-firm1-approver", &firm, HERE);
        assert_eq!(begun.expect("right").step, Step::Password, "only old");
    }
}

#[test]
fn when_nobody_administers_any_more_the_operator_hands_out_codes_again() {
    for door in doors(true) {
        let desk = &door.town.desk;
        let none = setup::issue(desk).err().expect("they are there");
        assert_eq!(none.0[0].code, refuse::NOTHING_TO_SET_UP);
        door.town.at("2026-07-15T09:00:00+08:00");
        let right = door.password("demo-system").to_owned();
        for _ in 0..20 {
            // He knows it: he is told why, and is never locked out for it.
            let dormant = door.try_in("demo-system", &right, HERE);
            assert_eq!(code(dormant), refuse::NOT_ACTIVE);
        }
        let issued = setup::issue(desk).expect("all are dormant");
        assert_eq!(issued.len(), 3, "{}", door.town.name);
        let first = FirstAdmin {
            login: "system.two".parse().expect("a login"),
            name: "新管理员".to_owned(),
        };
        let one = issued.iter().find(|i| i.role == Role::SystemAdmin);
        let word = (one.expect("a code").code.as_str(), GOOD);
        setup::take_up(desk, &door.tools, word, &first, &from(HERE)).expect("taken up");
        let left = setup::issue(desk).expect("two are still missing");
        assert_eq!(left.len(), 2);
    }
}
