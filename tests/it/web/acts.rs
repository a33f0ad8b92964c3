//! The API as callers of each role meet it: what is routed, who is let in, what is documented.

use std::collections::BTreeSet;

use actix_web::http::Method;
use serde_json::json;
use zhuchao::acts::powers::{self, Reach};
use zhuchao::acts::refuse;
use zhuchao::domain::fault::{Code, Fault};
use zhuchao::domain::people::Role;
use zhuchao::web::routes::{Route, Who, all};
use zhuchao::web::{body, openapi, reply};

use crate::support::client::{Answer, Ask};
use crate::support::town::{Town, towns};
use crate::support::world::World;

fn here() -> Vec<Town> {
    towns(&World::city().firm("F1", 20).firm("F2", 20))
}

/// A token of a role.
fn token(role: Role) -> String {
    match (role.is_firm(), role.is_district()) {
        (true, _) => format!("{}.F1", role.name()),
        (_, true) => format!("{}.440305", role.name()),
        _ => role.name().to_owned(),
    }
}

/// The path with something in place of its keys.
fn filled(route: &Route) -> String {
    let parts = route
        .path
        .split('/')
        .map(|part| match part.starts_with('{') {
            true => "none",
            false => part,
        });
    parts.collect::<Vec<_>>().join("/")
}

/// True when an answer, a problem or a page, names a code.
fn says(answer: &Answer, code: Code) -> bool {
    answer.json["code"] == code.0 || answer.text.contains(&format!("<code>{}</code>", code.0))
}

#[actix_web::test]
async fn each_cell_of_role_and_route_is_let_in_or_refused_as_the_table_says() {
    let town = here().remove(0);
    for route in all() {
        let Who::Power(power) = route.who else {
            continue;
        };
        for role in Role::ALL {
            let path = filled(route);
            let mut ask = match route.method {
                Method::GET => Ask::get(&path),
                _ => Ask::post(&path, json!({})).by(route.method.clone()),
            };
            if role != Role::Public {
                ask = ask.as_(&token(role));
            }
            let answer = ask.of(&town).await;
            let name = format!("{} {} as {}", route.method, route.path, role.name());
            match (power.reach(role), role) {
                (Reach::None, Role::Public) => assert_eq!(answer.status, 401, "{name}"),
                (Reach::None, _) => {
                    assert_eq!(answer.status, 403, "{name}");
                    assert!(
                        says(&answer, refuse::NOT_ALLOWED),
                        "{name}: {}",
                        answer.text
                    );
                }
                _ => {
                    assert_ne!(answer.status, 401, "{name}");
                    assert!(!says(&answer, refuse::NOT_ALLOWED), "{name}");
                    assert!(answer.status < 500, "{name}: {}", answer.text);
                }
            }
        }
    }
}

#[test]
fn no_two_routes_are_the_same_and_every_act_has_its_power() {
    let mut seen = BTreeSet::new();
    let known: BTreeSet<&str> = (powers::ALL.iter())
        .flat_map(|some| some.iter().map(|p| p.act))
        .collect();
    for route in all() {
        assert!(
            seen.insert((route.method.to_string(), route.path)),
            "{}",
            route.path
        );
        if let Who::Power(power) = route.who {
            assert!(
                known.contains(power.act),
                "{} is not in the table of powers",
                power.act
            );
        }
        let documented = route.path.starts_with("/api/v1/") && route.is_act();
        assert!(
            !documented || route.doc.is_some(),
            "{} is not documented",
            route.path
        );
    }
}

#[test]
fn the_document_lists_the_routes_and_is_the_committed_one() {
    let text = format!("{:#}\n", openapi::document());
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/data/openapi.json");
    if std::env::var_os("ZHUCHAO_TEST_WRITE_OPENAPI").is_some() {
        std::fs::write(path, &text).expect("the document is written");
    }
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        committed == text,
        "the API drifted from data/openapi.json: run the tests with ZHUCHAO_TEST_WRITE_OPENAPI=1 and review the difference"
    );
}

#[actix_web::test]
async fn a_caller_learns_who_he_is() {
    for town in here() {
        let public = Ask::get("/api/v1/me").of(&town).await;
        assert_eq!(
            (public.status, &public.json["role"]),
            (200, &json!("public"))
        );
        let firm = Ask::get("/api/v1/me")
            .as_("firm_approver.F1")
            .of(&town)
            .await;
        assert_eq!(firm.json["firm"], "F1");
        assert_eq!(firm.header("cache-control"), "no-store");
    }
}

#[test]
fn what_cannot_be_read_is_the_callers_to_correct() {
    let status = |code| reply::status(&Fault::new(code, "", "")).as_u16();
    assert_eq!(
        (body::UNREADABLE.0, status(body::UNREADABLE)),
        ("WB105", 400)
    );
    assert_eq!(status(body::WRONG_MEDIA), 415);
    assert_eq!((body::TOO_LARGE.0, status(body::TOO_LARGE)), ("WB107", 413));
}
