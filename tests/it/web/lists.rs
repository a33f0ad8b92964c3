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
async fn no_route_takes_a_parameter_that_its_document_does_not_tell() {
    let town = towns(&world()).remove(0);
    let mut asked = 0;
    for route in all().filter(|r| r.doc.is_some()) {
        let path = route.path.replace(":.*}", "}").replace("{id}", "R1");
        let path = format!("{path}?colour=red&lang=en");
        let ask = Ask::get(&path).by(route.method.clone());
        let answer = ask.as_("bureau_planner").of(&town).await;
        assert_eq!(answer.status, 400, "{path}: {}", answer.text);
        assert!(answer.text.contains("colour"), "{path}: {}", answer.text);
        asked += 1;
    }
    assert!(asked > 200, "{asked}");
}

#[actix_web::test]
async fn lists_are_put_in_order_by_what_they_show() {
    for town in towns(&world()) {
        go(&town, Step::Publicised);
        for route in all() {
            let Some(doc) = route.doc.filter(|d| !d.sorts.is_empty()) else {
                continue;
            };
            let path = route.path.replace("{id}", "R1");
            for word in doc.sorts {
                let mut orders = Vec::new();
                for sort in [(*word).to_owned(), format!("-{word}")] {
                    let (ask, who) = (format!("{path}?sort={sort}&limit=100"), "audit_admin");
                    let answer = Ask::get(&ask).as_(who).of(&town).await;
                    let answer = match answer.status {
                        403 => get(&town, &ask).await,
                        _ => answer,
                    };
                    assert_eq!(answer.status, 200, "{ask}: {}", answer.text);
                    orders.push(shown(&answer, word));
                }
                let texts: Vec<&str> = orders[0].iter().filter_map(Value::as_str).collect();
                let numbers: Vec<i64> = orders[0].iter().filter_map(Value::as_i64).collect();
                let sorted = texts.is_sorted() && numbers.is_sorted();
                assert!(sorted, "{path} by {word}: {:?}", orders[0]);
                orders[1].reverse();
                let known = |all: &[Value]| -> Vec<Value> {
                    all.iter().filter(|v| !v.is_null()).cloned().collect()
                };
                assert_eq!(known(&orders[0]), known(&orders[1]), "{path} by -{word}");
            }
            let odd = format!("{path}?sort=colour");
            let odd = Ask::get(&odd).as_("audit_admin").of(&town).await;
            assert!([403, 422].contains(&odd.status), "{path}: {}", odd.text);
        }
        let page = get(&town, "/api/v1/firms?sort=-id&limit=1").await;
        let next = page.json["next"].as_str().expect("there are more firms");
        let after = get(
            &town,
            &format!("/api/v1/firms?sort=-id&limit=1&after={next}"),
        )
        .await;
        let key = |a: &Answer| a.json["items"][0]["id"].as_str().map(str::to_owned);
        assert!(key(&after) < key(&page), "{} {}", page.text, after.text);
    }
}

/// A member of every row of a list.
fn shown(answer: &Answer, word: &str) -> Vec<Value> {
    let lists = ["items", "rounds", "sites"].map(|name| &answer.json[name]);
    let rows = lists.into_iter().find_map(Value::as_array);
    let rows = rows.into_iter().flatten();
    rows.map(|row| row[word].clone()).collect()
}

#[actix_web::test]
async fn words_of_filters_that_nothing_has_are_refused() {
    let town = towns(&world()).remove(0);
    go(&town, Step::Publicised);
    for path in [
        "/api/v1/applications?state=blue",
        "/api/v1/applications?sort=colour",
        "/api/v1/commitments?stage=blue",
        "/api/v1/settlements?stage=blue",
        "/api/v1/draws?stage=blue",
    ] {
        let refused = get(&town, path).await;
        assert_eq!(refused.status, 422, "{path}: {}", refused.text);
    }
    for path in ["/api/v1/accounts?role=blue", "/api/v1/accounts?state=blue"] {
        let refused = Ask::get(path).as_("security_admin").of(&town).await;
        assert_eq!(refused.status, 422, "{path}: {}", refused.text);
    }
    let this = get(&town, "/api/v1/quotas?year=2026").await;
    let all = get(&town, "/api/v1/quotas").await;
    assert_eq!(this.json["items"], all.json["items"], "{}", this.text);
    let other = get(&town, "/api/v1/quotas?year=2031").await;
    assert_eq!(other.json["items"], json!([]), "{}", other.text);
}

#[actix_web::test]
async fn a_token_that_is_not_good_is_told_where_anybody_may_ask() {
    let town = towns(&world()).remove(0);
    let nobody = Ask::get("/api/v1/units").of(&town).await;
    assert_eq!(nobody.status, 200, "{}", nobody.text);
    let wrong = Ask::get("/api/v1/units")
        .as_("nobody_at_all")
        .of(&town)
        .await;
    assert_eq!(wrong.status, 401, "{}", wrong.text);
}

#[actix_web::test]
async fn an_address_says_which_methods_it_answers() {
    let town = towns(&world()).remove(0);
    let wrong = Ask::get("/api/v1/rounds/R1").by(actix_web::http::Method::DELETE);
    let wrong = wrong.as_("bureau_planner").of(&town).await;
    assert_eq!(wrong.status, 405, "{}", wrong.text);
    assert_eq!(wrong.header("allow"), "PUT, GET, HEAD");
    let nowhere = get(&town, "/api/v1/nowhere").await;
    assert!(nowhere.text.contains("openapi"), "{}", nowhere.text);
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
