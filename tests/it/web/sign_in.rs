//! Signing in over HTTP, from the first administrator to a firm's own account: what each may do, what
//! ends a session, and that no secret is kept anywhere.

use actix_web::test::TestRequest;
use serde_json::json;
use zhuchao::acts::people::hash::Cost;
use zhuchao::acts::people::{Tools, Ways, demo, refuse, setup};
use zhuchao::acts::refuse as shared;
use zhuchao::domain::account::{ADMINS_EXCLUDE, BAD_LOGIN, ROLE_UNFIT};
use zhuchao::domain::credential::PasswordPolicy;
use zhuchao::domain::fault::Fault;
use zhuchao::store::raw;
use zhuchao::web::{csrf, limits, reply};

use super::door::{GOOD, administrator, houses};

#[actix_web::test]
async fn the_administrators_are_set_up_by_code_and_exclude_each_other() {
    for house in houses(false) {
        let system = administrator(&house, "system_admin").await;
        assert_eq!(house.me(&system).await.text("role"), "system_admin");
        let body = json!({ "login": "planner", "name": "李规划" });
        let made = house.with(&system, "/api/v1/accounts", body.clone()).await;
        assert_eq!(made.status, 201, "{}", made.json);
        let id = made.json["account"]["id"]
            .as_str()
            .expect("a key")
            .to_owned();
        let initial = made.text("secret");
        let taken = house.with(&system, "/api/v1/accounts", body).await;
        assert_eq!(taken.code(), refuse::LOGIN_TAKEN.0);
        let role = format!("/api/v1/accounts/{id}/role");
        let his = house
            .with(&system, &role, json!({ "role": "bureau_planner" }))
            .await;
        assert_eq!(
            his.code(),
            shared::NOT_ALLOWED.0,
            "one administrator alone makes no officer"
        );
        let security = administrator(&house, "security_admin").await;
        let admin = house
            .with(&security, &role, json!({ "role": "system_admin" }))
            .await;
        assert_eq!(admin.status, 200, "{}", admin.json);
        let unfit = house
            .with(&security, &role, json!({ "role": "firm_approver" }))
            .await;
        assert_eq!(unfit.code(), ROLE_UNFIT.0, "an officer speaks for no firm");
        let other = house
            .with(&security, &role, json!({ "role": "audit_admin" }))
            .await;
        assert_eq!(
            other.code(),
            ADMINS_EXCLUDE.0,
            "whoever was one is never another"
        );
        let waits = house.sign_in("planner", &initial).await;
        assert_eq!(
            waits.text("step"),
            "enrol",
            "an officer needs a second factor"
        );
        let end = format!("/api/v1/accounts/{id}/disable");
        assert_eq!(house.with(&system, &end, json!({})).await.status, 200);
        assert_eq!(
            house.sign_in("planner", &initial).await.code(),
            refuse::NOT_ACTIVE.0
        );
    }
}

#[actix_web::test]
async fn a_firm_registers_and_acts_once_its_district_confirms() {
    for house in houses(true) {
        let people = demo::make(&house.town.desk, &house.tools).expect("demo accounts");
        let password = |login: &str| {
            let found = people.iter().find(|p| p.account.login.as_str() == login);
            found.expect("an account").password.clone()
        };
        let body = json!({ "login": "newfirm", "name": "王经理", "password": GOOD,
            "credit_code": crate::support::town::credit_code(77).as_str(), "firm_name": "新科技有限公司",
            "industry": "7452", "district": "440305" });
        let weak = json!({ "login": "newfirm", "name": "王", "password": "short",
            "credit_code": body["credit_code"], "firm_name": "新", "industry": "7452", "district": "440305" });
        assert_eq!(
            house.post("/api/v1/registrations", weak).await.code(),
            refuse::WEAK.0
        );
        let bad = json!({ "login": "N!", "name": "王", "password": GOOD,
            "credit_code": body["credit_code"], "firm_name": "新", "industry": "7452", "district": "440305" });
        assert_eq!(
            house.post("/api/v1/registrations", bad).await.code(),
            BAD_LOGIN.0
        );
        let made = house.post("/api/v1/registrations", body).await;
        assert_eq!(made.status, 201, "{}", made.json);
        let confirm = format!("/api/v1/accounts/{}/confirm", made.text("id"));
        assert_eq!(
            house.sign_in("newfirm", GOOD).await.code(),
            refuse::NOT_ACTIVE.0
        );
        let reviewer = "demo-reviewer-440305";
        let officer = house.sign_in(reviewer, &password(reviewer)).await;
        assert_eq!(
            officer.json["demo"], true,
            "every sign-in says that it is a demonstration"
        );
        let yes = house
            .with(&officer.cookie, &confirm, json!({ "yes": true }))
            .await;
        assert_eq!(yes.text("role"), "firm_approver", "{}", yes.json);
        let firm = house.sign_in("newfirm", GOOD).await;
        assert_eq!(house.me(&firm.cookie).await.text("role"), "firm_approver");
        let again = house
            .with(&officer.cookie, &confirm, json!({ "yes": true }))
            .await;
        assert_eq!(again.code(), shared::WRONG_STATE.0);
    }
}

#[actix_web::test]
async fn a_session_ends_idle_signed_out_and_with_its_account() {
    for house in houses(true) {
        let people = demo::make(&house.town.desk, &house.tools).expect("demo accounts");
        let planner = people
            .iter()
            .find(|p| p.account.login.as_str() == "demo-planner");
        let word = &planner.expect("a planner").password;
        let first = house.sign_in("demo-planner", word).await;
        assert_eq!(house.me(&first.cookie).await.text("role"), "bureau_planner");
        house.town.at("2026-01-05T09:29:00+08:00");
        assert_eq!(house.me(&first.cookie).await.text("role"), "bureau_planner");
        house.town.at("2026-01-05T10:30:00+08:00");
        assert_eq!(
            house.me(&first.cookie).await.text("role"),
            "public",
            "30 minutes idle"
        );
        let second = house.sign_in("demo-planner", word).await;
        assert_ne!(first.cookie, second.cookie, "no session is taken up again");
        let out = house
            .with(&second.cookie, "/api/v1/sign-out", json!({}))
            .await;
        assert_eq!(out.status, 204);
        assert_eq!(house.me(&second.cookie).await.text("role"), "public");
    }
}

#[actix_web::test]
async fn five_failures_lock_one_address_and_an_unknown_login_is_told_the_same() {
    for house in houses(true) {
        demo::make(&house.town.desk, &house.tools).expect("demo accounts");
        let unknown = house.sign_in("nobody-here", GOOD).await;
        for _ in 0..5 {
            let wrong = house.sign_in("demo-planner", GOOD).await;
            assert_eq!((wrong.status, wrong.code()), (401, refuse::WRONG.0));
            assert_eq!(wrong.json["cause"], unknown.json["cause"]);
        }
        let locked = house.sign_in("demo-planner", GOOD).await;
        assert_eq!(
            (locked.status, locked.code()),
            (429, refuse::LOCKED.0),
            "{}",
            house.town.name
        );
    }
}

#[actix_web::test]
async fn a_request_that_another_site_sent_is_refused() {
    let house = houses(true).remove(0);
    let people = demo::make(&house.town.desk, &house.tools).expect("demo accounts");
    let first = house.sign_in("demo-planner", &people[0].password).await;
    let ask = |name: &'static str, value: String| {
        let request = TestRequest::post().uri("/api/v1/sessions/end-others");
        let request = request.insert_header(("cookie", first.cookie.clone()));
        let request = request.insert_header(("host", "zhuchao.example"));
        house.ask(request.insert_header((name, value)))
    };
    let forged = ask("sec-fetch-site", "cross-site".to_owned()).await;
    assert_eq!((forged.status, forged.code()), (403, csrf::FORGED.0));
    let forged = ask("origin", "https://evil.example".to_owned()).await;
    assert_eq!(forged.code(), csrf::FORGED.0);
    let bare = ask("x-other", "1".to_owned()).await;
    assert_eq!(bare.code(), csrf::FORGED.0);
    assert_eq!(
        ask("sec-fetch-site", "same-origin".to_owned()).await.status,
        200
    );
    assert_eq!(
        ask("origin", "https://zhuchao.example".to_owned())
            .await
            .status,
        200
    );
    assert_eq!(ask("x-csrf", first.text("csrf")).await.status, 200);
}

#[actix_web::test]
async fn a_token_is_never_wider_than_the_role_and_needs_the_person_to_make_it() {
    for house in houses(true) {
        let people = demo::make(&house.town.desk, &house.tools).expect("demo accounts");
        let first = house.sign_in("demo-planner", &people[0].password).await;
        let wide = json!({ "name": "x", "acts": ["give role"], "days": 5 });
        let refused = house.with(&first.cookie, "/api/v1/tokens", wide).await;
        assert_eq!(refused.code(), refuse::WIDER.0, "{}", refused.json);
        let narrow = json!({ "name": "x", "read_only": true, "days": 5 });
        let made = house
            .with(&first.cookie, "/api/v1/tokens", narrow.clone())
            .await;
        assert_eq!(made.status, 201, "{}", made.json);
        let bearer = format!("Bearer {}", made.text("secret"));
        let request = TestRequest::get().uri("/api/v1/me");
        let me = house
            .ask(request.insert_header(("authorization", bearer.clone())))
            .await;
        assert_eq!(me.text("role"), "bureau_planner");
        let request = TestRequest::post().uri("/api/v1/tokens").set_json(narrow);
        let more = house
            .ask(request.insert_header(("authorization", bearer)))
            .await;
        let code = more.code().to_owned();
        assert!(
            code == refuse::IN_PERSON.0 || code == shared::BEYOND_TOKEN.0,
            "{code}"
        );
    }
}

#[actix_web::test]
async fn an_address_that_asks_too_often_is_told_to_wait() {
    let house = houses(true).remove(0);
    let mut last = house.sign_in("nobody-0", GOOD).await;
    for n in 1..40 {
        last = house.sign_in(&format!("nobody-{n}"), GOOD).await;
        if last.status == 429 {
            break;
        }
    }
    assert_eq!((last.status, last.code()), (429, limits::TOO_OFTEN.0));
}

#[actix_web::test]
async fn no_secret_enters_records_journal_or_sessions() {
    for house in houses(false) {
        let cookie = administrator(&house, "system_admin").await;
        let secret = cookie.split_once('=').map(|(_, v)| v).expect("a secret");
        for sql in [
            "SELECT body AS value FROM records",
            "SELECT subject || actor || act AS value FROM journal",
            "SELECT body AS value FROM sessions",
            "SELECT body AS value FROM accounts",
        ] {
            for text in raw::texts(house.town.desk.store(), sql).expect(sql) {
                assert!(!text.contains(GOOD) && !text.contains(secret), "{sql}");
            }
        }
    }
}

#[actix_web::test]
async fn no_administrator_is_lost_and_nobody_rules_over_himself() {
    for house in houses(false) {
        let system = administrator(&house, "system_admin").await;
        let security = administrator(&house, "security_admin").await;
        administrator(&house, "audit_admin").await;
        let none = setup::issue(&house.town.desk)
            .map(|_| ())
            .expect_err("all three are there");
        assert_eq!(none.0[0].code, refuse::NOTHING_TO_SET_UP);
        let mine = house.me(&system).await.text("id");
        let last = house
            .with(
                &security,
                &format!("/api/v1/accounts/{mine}/disable"),
                json!({}),
            )
            .await;
        assert_eq!(last.code(), refuse::LAST_ADMIN.0, "{}", last.json);
        let own = house.me(&security).await.text("id");
        let role = json!({ "role": "security_admin" });
        let path = format!("/api/v1/accounts/{own}/role");
        let himself = house.with(&security, &path, role).await;
        assert_eq!(himself.code(), refuse::OWN_ACCOUNT.0, "{}", himself.json);
        let stale = json!({ "ticket": "none", "answer": "000000" });
        let stale = house.post("/api/v1/sign-in/second-factor", stale).await;
        assert_eq!((stale.status, stale.code()), (401, refuse::TICKET.0));
        let same = json!({ "current": GOOD, "new": GOOD });
        let used = house.with(&system, "/api/v1/password", same).await;
        assert_eq!(used.code(), refuse::USED.0, "{}", used.json);
    }
}

#[test]
fn what_fails_at_the_door_says_how() {
    let ways = |file: &std::path::Path, kib| Ways {
        policy: PasswordPolicy::Asvs,
        key_file: file.to_path_buf(),
        cost: Cost { kib, passes: 1 },
        demo: false,
    };
    let folder = tempfile::TempDir::new().expect("a folder");
    let lost = folder.path().join("no/such/folder/secret.key");
    let code = |f: zhuchao::domain::fault::Faults| f.0[0].code;
    let cost = Tools::new(ways(&lost, 0))
        .map(|_| ())
        .expect_err("no memory is no cost");
    assert_eq!(code(cost), refuse::HASH);
    let tools = Tools::new(ways(&lost, 64)).expect("tools");
    let sealed = tools
        .vault
        .seal(b"secret", "U1")
        .map(|_| ())
        .expect_err("no folder");
    assert_eq!(code(sealed), refuse::KEY_FILE);
    let first = Tools::new(ways(&folder.path().join("a.key"), 64)).expect("tools");
    let second = Tools::new(ways(&folder.path().join("b.key"), 64)).expect("tools");
    let sealed = first.vault.seal(b"secret", "U1").expect("sealed");
    let other = second
        .vault
        .open(&sealed, "U1")
        .map(|_| ())
        .expect_err("another key");
    assert_eq!(code(other), refuse::KEY_WRONG);
    let status = |code| reply::status(&Fault::new(code, "", "")).as_u16();
    assert_eq!((refuse::BUSY.0, status(refuse::BUSY)), ("AC212", 503));
    assert_eq!(status(refuse::NO_RANDOM), 500);
    assert_eq!(status(refuse::slowed().code), 429);
    assert_eq!(refuse::slowed().code, refuse::SLOWED);
}
