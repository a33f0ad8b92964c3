//! Every route of the table is asked; a route without a case fails.

use std::collections::BTreeSet;

use actix_web::http::Method;
use actix_web::test::TestRequest;
use zhuchao::web::guard::POLICY;
use zhuchao::web::routes::{ROUTES, all};
use zhuchao::web::{assets, refusal};

use super::{ask_of, fixture, get};

/// Route, an address that it answers, status, words of the answer.
fn cases() -> Vec<(&'static str, String, u16, &'static str)> {
    let style = format!(
        "/assets/{}/style.css",
        assets::hash("style.css").unwrap_or_default()
    );
    vec![
        ("/results", "/results".to_owned(), 200, "已证明最优"),
        (
            "/application/{id:.*}",
            "/application/AP1".to_owned(),
            200,
            "甲科技",
        ),
        ("/inventory", "/inventory".to_owned(), 200, "软件大厦"),
        ("/site/{id:.*}", "/site/S001".to_owned(), 200, "主楼 9层"),
        ("/about", "/about".to_owned(), 200, "BSD-3-Clause"),
        ("/healthz", "/healthz".to_owned(), 200, "ok"),
        (
            "/api/v1/openapi.json",
            "/api/v1/openapi.json".to_owned(),
            200,
            "3.1.0",
        ),
        ("/api/docs", "/api/docs".to_owned(), 200, "/api/v1/cases"),
        (
            "/api/v1/rounds",
            "/api/v1/rounds".to_owned(),
            200,
            "Round one",
        ),
        (
            "/api/v1/board",
            "/api/v1/board".to_owned(),
            200,
            "zhuchao-board/1",
        ),
        (
            "/api/v1/applications",
            "/api/v1/applications".to_owned(),
            200,
            "\"count\":5",
        ),
        (
            "/api/v1/applications/{id:.*}",
            "/api/v1/applications/AP4".to_owned(),
            200,
            "nothing_fits",
        ),
        (
            "/api/v1/sites",
            "/api/v1/sites".to_owned(),
            200,
            "smallest_lot",
        ),
        (
            "/api/v1/map",
            "/api/v1/map".to_owned(),
            200,
            "FeatureCollection",
        ),
        (
            "/files/snapshot.json.gz",
            "/files/snapshot.json.gz".to_owned(),
            200,
            "Snapshot",
        ),
        (
            "/files/plan.json",
            "/files/plan.json".to_owned(),
            200,
            "Plan",
        ),
        (
            "/files/instance.json.gz",
            "/files/instance.json.gz".to_owned(),
            200,
            "Instance",
        ),
        (
            "/files/outcome.json.gz",
            "/files/outcome.json.gz".to_owned(),
            404,
            "WB101",
        ),
        ("/assets/{hash}/{name:.*}", style, 200, "--blue"),
    ]
}

#[actix_web::test]
async fn every_route_is_asked() {
    let listed: BTreeSet<&str> = ROUTES.iter().map(|route| route.path).collect();
    let asked: BTreeSet<&str> = cases().iter().map(|case| case.0).collect();
    assert_eq!(listed, asked, "one case for each route of the table");
    for (_, path, status, words) in cases() {
        let answer = get(&path).await;
        assert_eq!(answer.status, status, "{path}");
        assert!(
            answer.body.contains(words),
            "{path} says {words}: {}",
            answer.body
        );
        assert_eq!(answer.header("content-security-policy"), POLICY, "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
    }
}

#[actix_web::test]
async fn every_route_answers_head_and_nothing_else() {
    for (_, path, status, _) in cases() {
        let head = TestRequest::default().method(Method::HEAD).uri(&path);
        assert_eq!(
            ask_of(fixture::source(), "", head).await.status,
            status,
            "HEAD {path}"
        );
        // What an act shares its address with is asked where the acts are.
        if all().any(|r| r.path == path && r.method != Method::GET) {
            continue;
        }
        for method in [Method::POST, Method::PUT, Method::DELETE] {
            let request = TestRequest::default().method(method).uri(&path);
            let answer = ask_of(fixture::source(), "", request).await;
            assert_eq!(answer.status, 405, "{path}");
            assert_eq!(answer.header("allow"), "GET, HEAD", "{path}");
            assert_eq!(answer.header("content-security-policy"), POLICY, "{path}");
            assert!(answer.body.contains(refusal::WRONG_METHOD.0), "{path}");
        }
    }
}

#[actix_web::test]
async fn unlisted_paths_are_404_with_a_way_back() {
    for path in [
        "/nowhere",
        "/application",
        "/files/..%2fplan",
        "//example.org/x",
        "/assets/1/none.js",
    ] {
        let answer = get(path).await;
        assert_eq!(answer.status, 404, "{path}");
        assert!(answer.body.contains("返回配置结果"), "{path}");
        assert!(answer.body.contains(refusal::NOT_FOUND.0), "{path}");
        assert!(
            !answer.body.contains("\"//"),
            "{path}: a link names another host"
        );
        assert_eq!(answer.header("content-security-policy"), POLICY, "{path}");
    }
    let english = get("/nowhere?lang=en").await;
    assert!(english.body.contains("Back to the allocation"));
    let api = get("/api/v1/nothing").await;
    assert_eq!(
        (api.status, api.header("content-type")),
        (404, "application/problem+json")
    );
    assert!(api.body.contains("\"action\""));
}

#[actix_web::test]
async fn rubbish_keys_are_404() {
    let long = format!("/application/{}", "x".repeat(3000));
    let rubbish = [
        "/application/",
        "/application/AP9",
        "/application/%00",
        "/application/%ff%fe",
        "/site/..%2f..%2fetc",
        "/site/%3Cscript%3E",
        "/site/S001%20",
        "/application/AP1/x",
        "/api/v1/applications/%F0%9F%92%A9",
        "/results?round=%00",
        "/results?round=R9",
        "/api/v1/board?round=%3C",
        "/files/plan.json?round=%20",
        long.as_str(),
    ];
    for path in rubbish {
        let answer = get(path).await;
        assert_eq!(answer.status, 404, "{path}");
        assert!(!answer.body.contains("<script>alert"), "{path}");
    }
}

#[actix_web::test]
async fn rubbish_queries_are_survived() {
    let long = format!("/results?q={}", "%E5".repeat(4000));
    let queries = [
        "/results?page=-1",
        "/results?page=99999999999999999999",
        "/results?sort=%3C",
        "/results?state=x&district=%ff",
        "/results?%ff=%fe",
        "/results?&&==&a",
        long.as_str(),
    ];
    for path in queries {
        assert_eq!(get(path).await.status, 200, "{path}");
    }
}

#[actix_web::test]
async fn base_path_is_kept_in_links() {
    let request = TestRequest::get().uri("/zhuchao/results?lang=en");
    let answer = ask_of(fixture::source(), "/zhuchao/", request).await;
    assert_eq!(answer.status, 200);
    for link in answer.body.split("href=\"").skip(1) {
        assert!(
            link.starts_with("/zhuchao/") || link.starts_with('#'),
            "{}",
            &link[..40]
        );
    }
    let outside = ask_of(
        fixture::source(),
        "/zhuchao",
        TestRequest::get().uri("/inventory"),
    )
    .await;
    assert_eq!(outside.status, 404);
}
