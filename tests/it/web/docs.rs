//! The page of the API: complete, without a network, under the content policy.

use actix_web::test::TestRequest;
use zhuchao::web::guard::POLICY;
use zhuchao::web::routes::all;

use super::{ask_of, fixture};

#[actix_web::test]
async fn the_page_names_every_documented_route_and_nothing_outside() {
    let request = TestRequest::get().uri("/base/api/docs");
    let answer = ask_of(fixture::source(), "/base", request).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-security-policy"), POLICY);
    for route in all().filter(|r| r.doc.is_some()) {
        let path = route.path.replace(":.*}", "}");
        assert!(
            answer.body.contains(&format!("<code>{path}</code>")),
            "{path}"
        );
    }
    for outside in [
        "http://", "https://", "//cdn", "<script", " style=", "<style",
    ] {
        assert!(!answer.body.contains(outside), "{outside}");
    }
    // Every address in the page is an anchor or lies under the base path.
    for part in answer
        .body
        .split("href=\"")
        .skip(1)
        .chain(answer.body.split("src=\"").skip(1))
    {
        let address = part.split('"').next().unwrap_or_default();
        assert!(
            address.starts_with('#') || address.starts_with("/base/") || address.starts_with('?'),
            "{address}"
        );
    }
}

#[actix_web::test]
async fn every_anchor_of_the_page_leads_somewhere_and_its_files_answer() {
    let request = TestRequest::get().uri("/api/docs?lang=en");
    let answer = ask_of(fixture::source(), "", request).await;
    for part in answer.body.split("href=\"#").skip(1) {
        let anchor = part.split('"').next().unwrap_or_default();
        assert!(
            answer.body.contains(&format!("id=\"{anchor}\"")),
            "{anchor}"
        );
    }
    for part in answer.body.split("href=\"/").skip(1) {
        let path = format!("/{}", part.split('"').next().unwrap_or_default());
        let file = path.starts_with("/assets/") || path.contains("openapi");
        if file {
            let request = TestRequest::get().uri(&path);
            assert_eq!(
                ask_of(fixture::source(), "", request).await.status,
                200,
                "{path}"
            );
        }
    }
}
