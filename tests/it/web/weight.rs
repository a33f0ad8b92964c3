//! What a page weighs: itself with scripts, styles and the map's ground, compressed as it is sent.

use std::collections::BTreeSet;

use super::walking::get;
use crate::acts::cases::{here, submitted};
use crate::support::client::Ask;
use crate::support::town::Town;

/// Most bytes of a page with all that it needs.
const MOST: usize = 250 * 1024;

/// Bytes of an answer, compressed.
async fn sent(town: &Town, who: &str, path: &str) -> usize {
    let ask = Ask::get(path).header("accept-encoding", "gzip");
    let ask = if who.is_empty() { ask } else { ask.as_(who) };
    let answer = ask.of(town).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.text);
    answer.bytes.len()
}

/// What a page loads with it.
fn loaded(text: &str) -> BTreeSet<String> {
    let marks = ["src=\"", "href=\"", "data-src=\"", "data-ground=\""];
    let parts = marks.iter().flat_map(|m| text.split(m).skip(1));
    let links = parts.filter_map(|p| p.split('"').next());
    let links = links.map(|l| l.replace("&#38;", "&").replace("&amp;", "&"));
    links
        .filter(|l| {
            l.starts_with("/assets/")
                || l.contains("/map")
                || l.contains("/ground")
                || l.ends_with("/places")
        })
        .collect()
}

#[actix_web::test]
async fn every_main_page_is_light() {
    let town = here().remove(0);
    let case = submitted(&town, "F1");
    let one = format!("/cases/{}", case.id);
    let officer = format!("district_reviewer.{}", case.district);
    let all = [
        ("", "/"),
        ("", "/vacancies"),
        ("", "/vacancies/site/S1"),
        ("", "/notices"),
        ("", "/precheck"),
        ("", "/sign-in"),
        ("firm_preparer.F1", "/desk"),
        ("firm_preparer.F1", "/cases/new"),
        ("firm_approver.F1", one.as_str()),
        (officer.as_str(), "/review"),
        (officer.as_str(), "/quotas"),
        ("bureau_planner", "/rounds"),
        ("bureau_planner", "/rounds/R1"),
        ("bureau_planner", "/tables/sites"),
        ("audit_admin", "/journal"),
        ("", "/manual"),
    ];
    for (who, path) in all {
        let page = get(&town, who, path).await;
        assert_eq!(page.status, 200, "{path} as {who}: {}", page.text);
        let mut bytes = sent(&town, who, path).await;
        for part in loaded(&page.text) {
            bytes += sent(&town, who, &part).await;
        }
        assert!(bytes < MOST, "{path} weighs {bytes} bytes");
        assert!(
            bytes > 10_000,
            "{path} weighs {bytes} bytes: what it loads was not seen"
        );
    }
}
