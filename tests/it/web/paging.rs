//! Lists are all asked for in one way, and each can be had as a file; two schemas never share a name.

use std::collections::BTreeMap;

use actix_web::http::Method;
use serde_json::Value;
use zhuchao::web::openapi;
use zhuchao::web::routes::{Route, Who, all};

use crate::support::client::Ask;
use crate::support::town::towns;
use crate::support::world::World;

fn schema_of(route: &Route) -> Option<Value> {
    let shape = route.doc?.answer?;
    let name = (shape.name)();
    let all = openapi::shapes();
    all.into_iter().find(|(n, _)| *n == name).map(|(_, s)| s)
}

/// A list answers with `items`.
fn is_list(route: &Route) -> bool {
    let items = schema_of(route).map(|s| s["properties"]["items"]["type"].clone());
    route.method == Method::GET && items == Some(Value::from("array"))
}

#[test]
fn every_list_can_be_had_as_a_file() {
    let lists: Vec<&Route> = all().filter(|r| is_list(r)).collect();
    assert!(lists.len() >= 35, "{}", lists.len());
    for route in lists {
        let doc = route.doc.expect("it is documented");
        assert!(
            doc.table.is_some(),
            "{} is a list without a table: add one to src/web/tables",
            route.path
        );
    }
}

#[test]
fn a_list_with_a_next_page_is_asked_for_it_by_after_and_limit() {
    for route in all().filter(|r| is_list(r)) {
        let schema = schema_of(route).expect("a schema");
        let doc = route.doc.expect("it is documented");
        let next = &schema["properties"]["next"];
        assert_eq!(doc.paged, !next.is_null(), "{}", route.path);
        if doc.paged {
            let types = next["type"].to_string();
            assert!(types.contains("string"), "{}: next is {types}", route.path);
        }
        let own = doc.query.iter().map(|(name, _)| *name);
        assert!(
            own.clone()
                .all(|name| !["after", "limit", "cursor", "page", "offset"].contains(&name)),
            "{}: a paging of its own",
            route.path
        );
    }
}

#[test]
fn two_schemas_of_one_name_are_the_same() {
    let mut known: BTreeMap<String, Value> = BTreeMap::new();
    for (name, schema) in openapi::shapes() {
        let before = known.entry(name.clone()).or_insert_with(|| schema.clone());
        assert_eq!(
            *before, schema,
            "two schemas are named {name}: rename one of the types"
        );
    }
    assert!(known.len() > 100, "{}", known.len());
    assert!(!known.contains_key("Problem"), "that name is taken");
}

#[actix_web::test]
async fn a_page_is_bounded_and_an_unknown_parameter_refused_on_every_list() {
    let town = towns(&World::city().firm("F1", 20)).remove(0);
    for route in all().filter(|r| r.doc.is_some_and(|d| d.paged)) {
        if route.path.contains('{') {
            continue;
        }
        let ask = async |query: &str| {
            let path = format!("{}?{query}", route.path);
            for who in ["bureau_planner", "audit_admin", "security_admin"] {
                let answer = Ask::get(&path).as_(who).of(&town).await;
                if answer.status != 403 {
                    return answer;
                }
            }
            panic!("nobody sees {path}");
        };
        for query in ["limit=0", "limit=100000", "limit=3", ""] {
            let answer = ask(query).await;
            assert_eq!(
                answer.status, 200,
                "{}?{query}: {}",
                route.path, answer.text
            );
            let items = answer.json["items"].as_array().expect("items");
            assert!(items.len() <= 200, "{}", route.path);
        }
        for query in ["limit=x", "limit=-1", "colour=red"] {
            let answer = ask(query).await;
            assert_eq!(
                answer.status, 400,
                "{}?{query}: {}",
                route.path, answer.text
            );
        }
    }
}

#[test]
fn a_public_act_that_proves_who_somebody_is_says_that_it_may_answer_401() {
    let document = openapi::document();
    let proving = |path: &str| path.contains("/sign-in") || path.ends_with("/setup");
    let documented = all().filter(|r| r.doc.is_some() && matches!(r.who, Who::Public));
    let acts = documented.filter(|r| r.is_act() && proving(r.path));
    let mut count = 0;
    for route in acts {
        let answers = &document["paths"][route.path]["post"]["responses"];
        for status in ["401", "403"] {
            assert!(!answers[status].is_null(), "{}: {status}", route.path);
        }
        count += 1;
    }
    assert_eq!(count, 5);
}
