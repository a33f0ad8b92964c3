//! Assets: hashed, kept for ever, complete, unchanged.

use actix_web::test::TestRequest;
use sha2::{Digest, Sha256};
use zhuchao::web::assets;

use super::{ask_of, fixture, get};

fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[actix_web::test]
async fn hashed_addresses_are_kept_for_ever_and_others_are_not() {
    let hash = assets::hash("map.js").unwrap_or_default();
    let right = get(&format!("/assets/{hash}/map.js")).await;
    assert!(right.header("cache-control").contains("immutable"));
    assert!(right.header("content-type").starts_with("text/javascript"));
    let wrong = get("/assets/000000000000/map.js").await;
    assert_eq!(wrong.status, 200);
    assert!(!wrong.header("cache-control").contains("immutable"));
    let tag = right.header("etag").to_owned();
    let again = TestRequest::get()
        .uri("/assets/1/map.js")
        .insert_header(("if-none-match", tag));
    assert_eq!(ask_of(fixture::source(), "", again).await.status, 304);
}

#[actix_web::test]
async fn every_asset_that_a_page_names_exists() {
    for path in ["/results", "/about", "/inventory"] {
        let body = get(path).await.body;
        let named: Vec<&str> = (body.split(['"']).filter(|s| s.starts_with("/assets/"))).collect();
        assert!(named.len() >= 2, "{path}");
        for name in named {
            assert_eq!(get(name).await.status, 200, "{name}");
        }
    }
}

#[test]
fn vendored_files_are_the_recorded_ones() {
    let table = assets::bytes("vendor/VENDORED.md").unwrap_or_default();
    let table = String::from_utf8_lossy(&table).into_owned();
    let vendored = assets::names()
        .into_iter()
        .filter_map(|n| n.strip_prefix("vendor/").map(str::to_owned));
    for name in vendored.filter(|n| n != "VENDORED.md") {
        let bytes = assets::bytes(&format!("vendor/{name}")).unwrap_or_default();
        let row = format!("| {name} | {} |", hex(&bytes));
        assert!(table.contains(&row), "{row} is not in VENDORED.md");
    }
    assert_eq!(table.matches("| leaflet/").count(), 5);
    assert_eq!(table.matches("| htmx/").count(), 2);
}

#[actix_web::test]
async fn answers_are_packed_when_the_browser_can() {
    let request = TestRequest::get()
        .uri("/results")
        .insert_header(("accept-encoding", "gzip"));
    let answer = ask_of(fixture::source(), "", request).await;
    assert_eq!(answer.header("content-encoding"), "gzip");
    let request = TestRequest::get()
        .uri("/files/snapshot.json.gz")
        .insert_header(("accept-encoding", "gzip"));
    let file = ask_of(fixture::source(), "", request).await;
    assert_ne!(
        file.header("content-encoding"),
        "gzip",
        "a packed file is not packed twice"
    );
}
