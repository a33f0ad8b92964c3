//! Shapes of the JSON: a golden file each; whoever changes one breaks its readers.

use actix_web::test::TestRequest;
use serde_json::Value;

use super::{ask_of, fixture, get};

fn json(body: &str) -> Value {
    serde_json::from_str(body).unwrap_or_else(|fault| panic!("{fault}: {body}"))
}

#[actix_web::test]
async fn board_is_as_published() {
    insta::assert_json_snapshot!("board", json(&get("/api/v1/board").await.body));
}

#[actix_web::test]
async fn map_is_as_published() {
    insta::assert_json_snapshot!("map", json(&get("/api/v1/map").await.body));
}

#[actix_web::test]
async fn problems_are_as_published() {
    insta::assert_json_snapshot!(
        "problem",
        json(&get("/api/v1/applications/none").await.body)
    );
}

#[actix_web::test]
async fn rows_are_filtered_as_on_the_page() {
    let all = json(&get("/api/v1/applications?state=waiting&q=F5").await.body);
    assert_eq!(all["count"], 1);
    assert_eq!(all["rows"][0]["application"], "AP5");
    assert_eq!(get("/api/v1/applications?zzz=1").await.status, 400);
}

#[actix_web::test]
async fn rows_come_in_pages_when_asked() {
    let whole = json(&get("/api/v1/applications").await.body);
    let keys = |page: &Value| -> Vec<Value> {
        let rows = page["rows"].as_array().cloned().unwrap_or_default();
        rows.iter().map(|r| r["application"].clone()).collect()
    };
    let mut seen = Vec::new();
    let mut path = "/api/v1/applications?limit=2".to_owned();
    loop {
        let page = json(&get(&path).await.body);
        assert_eq!(page["count"], whole["count"]);
        seen.extend(keys(&page));
        let Some(next) = page["next"].as_str() else {
            break;
        };
        path = format!("/api/v1/applications?limit=2&after={next}");
    }
    assert_eq!(seen, keys(&whole));
}

#[actix_web::test]
async fn an_answer_held_already_is_not_sent_again() {
    let first = get("/api/v1/map").await;
    let tag = first.header("etag").to_owned();
    assert!(tag.starts_with("W/\""));
    let again = TestRequest::get()
        .uri("/api/v1/map")
        .insert_header(("if-none-match", tag));
    let second = ask_of(fixture::source(), "", again).await;
    assert_eq!((second.status, second.body.as_str()), (304, ""));
}
