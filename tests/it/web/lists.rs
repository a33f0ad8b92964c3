//! Lists over HTTP: chosen by what rows are of, in an order, page by page; policies and rounds that begin there.

use serde_json::{Value, json};
use zhuchao::acts::policy;
use zhuchao::domain::procedure::Step;
use zhuchao::web::routes::all;

use crate::acts::procedure::{go, world};
use crate::support::client::{Answer, Ask};
use crate::support::town::{Town, towns};

async fn get(town: &Town, path: &str) -> Answer {
    Ask::get(path).as_("bureau_planner").of(town).await
}

fn firms(answer: &Answer) -> Vec<String> {
    let items = answer.json["items"].as_array().into_iter().flatten();
    items
        .filter_map(|i| i["firm"].as_str().map(str::to_owned))
        .collect()
}

#[actix_web::test]
async fn a_list_is_chosen_and_ordered_by_its_words_page_by_page() {
    for town in towns(&world()) {
        go(&town, Step::Confirmed);
        let mut sorted = firms(&get(&town, "/api/v1/offers?sort=firm").await);
        assert_eq!(sorted, ["F1", "F2"], "{}", town.name);
        let mut paged = Vec::new();
        let mut after = String::new();
        loop {
            let path = format!("/api/v1/offers?sort=-firm&limit=1{after}");
            let page = get(&town, &path).await;
            assert_eq!(page.status, 200, "{}", page.text);
            paged.extend(firms(&page));
            match page.json["next"].as_str() {
                Some(next) => after = format!("&after={next}"),
                None => break,
            }
        }
        sorted.reverse();
        assert_eq!(paged, sorted, "{}: pages in the order asked for", town.name);
        let one = get(&town, "/api/v1/offers?firm=F2&district=440305&stage=open").await;
        assert_eq!(firms(&one), ["F2"]);
        let none = get(&town, "/api/v1/offers?firm=F2&district=440310").await;
        assert!(firms(&none).is_empty());
        for bad in ["sort=colour", "stage=blue"] {
            let refused = get(&town, &format!("/api/v1/offers?{bad}")).await;
            assert_eq!(refused.status, 422, "{bad}: {}", refused.text);
        }
        let theirs = Ask::get("/api/v1/offers?firm=F2").as_("firm_approver.F1");
        assert!(
            firms(&theirs.of(&town).await).is_empty(),
            "no other's by asking"
        );
    }
}

#[actix_web::test]
async fn every_word_of_every_list_is_answered() {
    for town in towns(&world()) {
        go(&town, Step::Confirmed);
        let mut asked = 0;
        for route in all() {
            let Some(words) = route.doc.and_then(|d| d.words) else {
                continue;
            };
            let path = route.path.replace("{id}", "R1");
            let words = words();
            let sorts = words
                .sort
                .iter()
                .flat_map(|w| [format!("sort={w}"), format!("sort=-{w}")]);
            let only = words
                .only
                .iter()
                .filter(|w| !["stage", "state"].contains(w));
            for query in sorts.chain(only.map(|w| format!("{w}=none"))) {
                for who in ["bureau_planner", "audit_admin"] {
                    let asked_for = format!("{path}?{query}&after=x");
                    let answer = Ask::get(&asked_for).as_(who).of(&town).await;
                    if answer.status == 403 {
                        continue;
                    }
                    // A key that cannot be one is told so.
                    assert!(
                        [200, 422].contains(&answer.status),
                        "{path}?{query}: {}",
                        answer.text
                    );
                    asked += 1;
                }
            }
        }
        assert!(asked > 100, "{}: {asked}", town.name);
    }
}

#[actix_web::test]
async fn waiting_lists_and_what_is_owed_come_in_pages() {
    let town = towns(&world()).remove(0);
    go(&town, Step::Confirmed);
    let whole = get(&town, "/api/v1/rounds/R1/waiting").await;
    let all: Vec<Value> = whole.json["items"].as_array().cloned().unwrap_or_default();
    assert_eq!(all.len(), 3, "{}", whole.text);
    let first = get(&town, "/api/v1/rounds/R1/waiting?limit=2").await;
    assert_eq!(first.json["items"].as_array().map(Vec::len), Some(2));
    let next = first.json["next"].as_str().expect("there is more");
    let rest = get(
        &town,
        &format!("/api/v1/rounds/R1/waiting?limit=2&after={next}"),
    )
    .await;
    assert_eq!(rest.json["items"], json!([all[2]]));
    assert!(rest.json["next"].is_null());
    for path in [
        "/api/v1/statements/due?limit=1",
        "/api/v1/rounds?limit=1",
        "/api/v1/sites?limit=1",
    ] {
        let answer = get(&town, path).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text);
        let odd = get(&town, &path.replace("limit=1", "colour=red")).await;
        assert_eq!(odd.status, 400, "{path}: {}", odd.text);
    }
}

#[actix_web::test]
async fn a_policy_goes_its_way_over_http() {
    for town in towns(&world()) {
        let text = policy::stored_text(&town.planner(), "test").expect("stored");
        let line = text.lines().find(|l| l.starts_with("version = "));
        let text = text.replacen(line.expect("a version"), "version = \"2026.2\"", 1);
        let examined = Ask::post("/api/v1/policies/examine", Value::Null).sending(text.as_bytes());
        let examined = examined.as_("bureau_planner").of(&town).await;
        assert_eq!(examined.json["barred"], false, "{}", examined.text);
        let propose =
            Ask::post("/api/v1/policies?reason=new%20year", Value::Null).sending(text.as_bytes());
        let proposed = propose.as_("bureau_planner").of(&town).await;
        assert_eq!(
            (proposed.status, &proposed.json["stage"]),
            (201, &json!("proposed")),
            "{}",
            proposed.text
        );
        let changes = get(&town, "/api/v1/policies/2026.2/changes?against=test").await;
        assert_eq!(
            changes.json["items"].as_array().map(Vec::len),
            Some(1),
            "{}",
            changes.text
        );
        let release = Ask::post(
            "/api/v1/policy-drafts/2026.2/release",
            json!({ "reason": "in order" }),
        );
        let released = release.as_("bureau_approver").of(&town).await;
        assert_eq!(released.json["stage"], "released", "{}", released.text);
        let known = get(&town, "/api/v1/policies").await;
        assert_eq!(known.json["items"].as_array().map(Vec::len), Some(2));
        go(&town, Step::Frozen);
        let effect = get(&town, "/api/v1/policies/2026.2/effect?round=R1").await;
        assert_eq!(
            effect.json["eligible"]["before"], effect.json["eligible"]["after"],
            "{}",
            effect.text
        );
        let round = json!({
            "id": "R2", "name_zh": "第二批", "name_en": "Second", "start": "2027-01-01", "lease_months": 36,
        });
        let opened = Ask::post("/api/v1/rounds", round)
            .as_("bureau_planner")
            .of(&town)
            .await;
        assert_eq!(
            (opened.status, opened.header("location")),
            (201, "/api/v1/rounds/R2"),
            "{}",
            opened.text
        );
    }
}
