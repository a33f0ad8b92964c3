//! Silence: no password, secret, code or token stands in any record, journal row, session, log line or
//! `Debug` output; and there are no default passwords.

use zhuchao::acts::people::accounts::{self, NewAccount};
use zhuchao::acts::people::setup::{self, FirstAdmin};
use zhuchao::acts::people::tokens::{self, Wanted};
use zhuchao::acts::people::{demo, power_over, refuse, secrets, steps, totp};
use zhuchao::domain::credential::{Leave, Secret, SetupCode, TokenKey};
use zhuchao::domain::people::{Body, Role};
use zhuchao::domain::session::{Session, Ticket};
use zhuchao::store::{self, Noun, raw};

use crate::support::log::Log;

use super::{Door, GOOD, HERE, code, doors, from};

const NEW: &str = "Seven-Herons-Wade-3";

/// Goes through everything that has a secret in it; the secrets.
fn live_through(door: &Door) -> Vec<String> {
    let (desk, tools) = (&door.town.desk, &door.tools);
    let system = door.town.person(Role::SystemAdmin, Body::City);
    let security = door.town.person(Role::SecurityAdmin, Body::City);
    let mut all = vec![GOOD.to_owned(), NEW.to_owned()];
    let new = NewAccount {
        login: "officer".parse().expect("a login"),
        name: "官员".to_owned(),
        district: None,
    };
    let made = accounts::create(&system, tools, &new).expect("made");
    let id = made.account.id.clone();
    let initial = made.secret.expect("shown once");
    let given = accounts::give_role(&security, &id, Role::BureauPlanner).expect("given");
    let enrol = given.secret.expect("shown once");
    assert_eq!(code(door.try_in("officer", GOOD, HERE)), refuse::WRONG);
    for _ in 0..5 {
        let wrong = door.try_in("demo-audit", GOOD, HERE);
        assert_eq!(code(wrong), refuse::WRONG);
    }
    let begun = door.try_in("officer", &initial, HERE).expect("right");
    let ticket = begun.ticket.expect("a ticket");
    let begun = steps::enrol(desk, tools, (&ticket, &enrol), &from(HERE)).expect("right");
    let (text, address) = begun.otp.expect("shown once");
    let otp = totp::from_text(&text).expect("base32");
    let right = totp::code(&otp, desk.now()).expect("a code");
    let begun = steps::second(desk, tools, (&ticket, &right), &from(HERE)).expect("right");
    let next = begun.ticket.expect("a ticket");
    let done = steps::password(desk, tools, (&next, NEW), &from(HERE)).expect("chosen");
    let session = done.opened.expect("a session").secret;
    let mine = door.by(&session).expect("live");
    let wanted = Wanted {
        name: "x".to_owned(),
        leave: Leave::ReadOnly,
        days: 1,
    };
    let (_, token) = tokens::make(&mine, &wanted).expect("made");
    door.by_token(&token).expect("live");
    secrets::change(&mine, tools, (NEW, GOOD), &from(HERE)).expect("changed");
    let reset = power_over::reset_password(&system, tools, &id).expect("reset");
    let factor = power_over::reset_second_factor(&security, &id).expect("reset");
    all.extend([initial, enrol, ticket, text, address, next, session, token]);
    all.extend([reset.secret, factor.secret].into_iter().flatten());
    all.extend(door.people.iter().map(|p| p.password.clone()));
    all
}

#[test]
fn no_secret_is_kept_or_logged_where_it_can_be_read() {
    for door in doors(false) {
        let log = Log::listen();
        let secrets = live_through(&door);
        let log = log.stop();
        assert!(
            log.contains("locked for an address"),
            "the log is heard: {log}"
        );
        let store = door.town.desk.store();
        let mut kept = vec![log];
        for sql in [
            "SELECT body AS value FROM records",
            "SELECT act || ' ' || actor || ' ' || subject AS value FROM journal",
            "SELECT body AS value FROM repeats",
            "SELECT body AS value FROM accounts",
            "SELECT body AS value FROM secrets",
            "SELECT body AS value FROM sessions",
            "SELECT body AS value FROM tickets",
            "SELECT body AS value FROM attempts",
            "SELECT body AS value FROM api_tokens",
            "SELECT id || body AS value FROM token_keys",
        ] {
            kept.extend(raw::texts(store, sql).expect(sql));
        }
        assert!(kept.len() > 40, "there is something to look at");
        for secret in &secrets {
            assert!(secret.len() > 10, "{secret}");
            for text in &kept {
                assert!(!text.contains(secret.as_str()), "{secret} stands in {text}");
            }
        }
        // Records and journal hold no hashes either.
        let sql = "SELECT body AS value FROM records";
        for text in raw::texts(store, sql).expect(sql) {
            assert!(
                !text.contains("$argon2") && !text.contains("password\":\""),
                "{text}"
            );
        }
    }
}

#[test]
fn what_holds_a_secret_shows_none_when_printed() {
    for door in doors(false) {
        live_through(&door);
        door.signed_in("demo-firm1-approver");
        setup::issue(&door.town.desk)
            .map(drop)
            .expect_err("all are there");
        let shown = door.town.desk.store().read(|tx| {
            let mut shown = printed::<Secret>(tx)?;
            shown.extend(printed::<Session>(tx)?);
            shown.extend(printed::<TokenKey>(tx)?);
            shown.extend(printed::<Ticket>(tx)?);
            shown.extend(printed::<SetupCode>(tx)?);
            Ok::<_, store::StoreError>(shown)
        });
        let shown = shown.expect("read");
        assert!(shown.len() > 10);
        for text in shown {
            let long = text.split(|c: char| !c.is_ascii_hexdigit());
            assert!(
                !text.contains("argon2") && long.clone().all(|w| w.len() < 64),
                "{text}"
            );
        }
    }
}

fn printed<T: Noun + std::fmt::Debug>(
    tx: &mut store::Reading<'_>,
) -> Result<Vec<String>, store::StoreError> {
    let all = store::all::<T>(tx)?;
    Ok(all.iter().map(|noun| format!("{noun:?}")).collect())
}

#[test]
fn there_are_no_default_passwords() {
    for (one, other) in doors(true).iter().zip(doors(true).iter()) {
        let words = |door: &Door| -> Vec<String> {
            door.people.iter().map(|p| p.password.clone()).collect()
        };
        let (mut first, second) = (words(one), words(other));
        assert!(first.iter().all(|word| !second.contains(word)));
        assert!(first.iter().all(|word| word.len() >= 20));
        let count = first.len();
        first.sort_unstable();
        first.dedup();
        assert_eq!(first.len(), count, "each has its own");
        assert!(
            one.people
                .iter()
                .all(|p| p.account.demo && p.account.name.contains("demo"))
        );
        let more = demo::make(&one.town.desk, &one.tools).expect("asked again");
        assert!(more.is_empty(), "never beside accounts that are there");
        for login in ["admin", "root", "operator", "system", "demo"] {
            for word in ["admin", "password", "zhuchao", "demo", ""] {
                let tried = one.try_in(login, word, "192.0.2.33").map(drop);
                let refused = tried.expect_err("no such account").0[0].code;
                assert!([refuse::WRONG, refuse::LOCKED].contains(&refused));
            }
        }
    }
}

#[test]
fn a_setup_code_is_for_one_role_one_person_and_one_day() {
    let folder = tempfile::TempDir::new().expect("a folder");
    for town in crate::support::town::towns(&crate::support::world::World::city()) {
        town.still();
        town.at("2026-01-05T09:00:00+08:00");
        let policy = zhuchao::domain::credential::PasswordPolicy::Mlps;
        let tools = super::tools(folder.path(), policy, false);
        let first = |name: &str| FirstAdmin {
            login: name.parse().expect("a login"),
            name: "张管理".to_owned(),
        };
        let desk = town.public();
        let take = |code: &str, name: &str| {
            setup::take_up(&desk, &tools, (code, GOOD), &first(name), &from(HERE)).map(drop)
        };
        let void = setup::issue(&town.desk).expect("issued");
        assert_eq!(void.len(), 3, "one for each administrator");
        let fresh = setup::issue(&town.desk).expect("issued again");
        assert_eq!(
            code(take(&void[0].code, "first")),
            refuse::SETUP_CODE,
            "void"
        );
        assert_eq!(
            code(take("AAAAA-AAAAA-AAAAA-AAAAA", "first")),
            refuse::SETUP_CODE
        );
        let typed = fresh[0].code.to_lowercase().replace('-', " ");
        take(&typed, "first").expect("typed as people type");
        assert_eq!(
            code(take(&fresh[0].code, "second")),
            refuse::SETUP_CODE,
            "used"
        );
        town.at("2026-01-06T09:00:00+08:00");
        assert_eq!(
            code(take(&fresh[1].code, "second")),
            refuse::SETUP_CODE,
            "over"
        );
        let left = setup::issue(&town.desk).expect("two are missing");
        assert_eq!(left.len(), 2);
        assert_eq!(
            code(setup::issue(&desk)),
            zhuchao::acts::refuse::SIGN_IN,
            "on the machine alone"
        );
    }
}
