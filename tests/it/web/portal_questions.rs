//! Questions about a plan as pages: conflicts, few moves after a change, fairness, a unit that comes free, and two plans side
//! by side.

use super::walking::{form, get, whole};
use crate::acts::scenarios::planned;
use crate::support::client::Answer;
use crate::support::town::Town;

const PLANNER: &str = "bureau_planner";
const PAGES: [(&str, &str); 5] = [
    ("money", "worth"),
    ("conflict", "conflict"),
    ("frontier", "frontier"),
    ("fairness", "fairness"),
    ("freed", "freed"),
];

async fn page(town: &Town, plan: &str, path: &str) -> Answer {
    whole(town, PLANNER, &format!("/plans/{plan}/{path}")).await
}

/// The Chinese texts of a page hold one of these.
fn one_of(page: &Answer, words: &[&str]) -> bool {
    words.iter().any(|w| page.text.contains(w))
}

#[actix_web::test]
async fn each_question_has_a_page_that_leads_to_the_others_and_to_its_chapter() {
    for (town, plan) in planned() {
        let board = page(&town, &plan, "board").await;
        for (here, about) in PAGES {
            assert!(
                board.text.contains(&format!("/plans/{plan}/{here}\"")),
                "{here}"
            );
            let one = page(&town, &plan, here).await;
            let doors = PAGES.iter().filter(|(there, _)| *there != here);
            for (there, _) in doors {
                let href = format!("/plans/{plan}/{there}\"");
                assert!(one.text.contains(&href), "{here} to {there}");
            }
            let chapter = format!("href=\"/manual/{about}\"");
            assert!(one.text.contains(&chapter), "{here} has its chapter");
            let chapter = get(&town, "", &format!("/manual/{about}")).await;
            assert_eq!(chapter.status, 200, "{here}");
            for who in ["district_approver.440305", "firm_approver.F1", ""] {
                let path = format!("/plans/{plan}/{here}");
                let status = get(&town, who, &path).await.status;
                assert!([401, 403].contains(&status), "{here} as {who}: {status}");
            }
            let none = get(&town, PLANNER, &format!("/plans/none/{here}?ask=front")).await;
            assert_eq!(none.status, 404, "{here}");
        }
    }
}

#[actix_web::test]
async fn demands_are_gathered_and_what_cannot_hold_is_named_with_the_way_out() {
    let (town, plan) = planned().remove(0);
    let empty = page(&town, &plan, "conflict").await;
    assert!(
        !empty.text.contains("name=\"go\""),
        "nothing to be examined"
    );
    let added = page(&town, &plan, "conflict?kind=give&application=AP-F1&unit=A1").await;
    assert!(
        added.text.contains("value=\"give~AP-F1~A1\"") && added.text.contains("name=\"go\""),
        "{}",
        added.text
    );
    assert!(
        !added.text.contains("id=\"answer\""),
        "not examined unasked"
    );
    let twice = "conflict?d=give~AP-F1~A1&kind=give&application=AP-F1&unit=A1";
    let twice = page(&town, &plan, twice).await;
    let out = |page: &Answer| page.text.matches(">去掉</a>").count();
    assert_eq!((out(&added), out(&twice)), (1, 1), "each once");
    let alone = page(&town, &plan, "conflict?d=place~AP-F1&go=yes&seconds=2").await;
    assert!(alone.text.contains("可以同时满足"), "{}", alone.text);
    let both = "conflict?d=give~AP-F1~A1&d=give~AP-F3~A1&go=yes&seconds=2";
    let both = page(&town, &plan, both).await;
    assert!(
        both.text.contains("id=\"set\"") && both.text.contains("id=\"ways\""),
        "one unit is not for two: {}",
        both.text
    );
    for odd in [
        "d=place~AP-NONE",
        "d=give~AP-F1~NONE",
        "d=nonsense",
        "d=district~AP-F1~moon",
    ] {
        let odd = page(&town, &plan, &format!("conflict?{odd}&go=yes")).await;
        assert!(odd.text.contains("role=\"alert\""), "{}", odd.text);
    }
}

#[actix_web::test]
async fn after_a_change_points_stand_against_moves_as_a_picture_and_a_table() {
    let (town, plan) = planned().remove(0);
    let gone = page(&town, &plan, "frontier?d=gone~AP-F1&go=yes&seconds=1").await;
    assert!(
        gone.text.contains("id=\"front\"") && gone.text.contains("class=\"curves\""),
        "{}",
        gone.text
    );
    assert!(gone.text.contains("id=\"points\"") && gone.text.contains("id=\"who\""));
    assert!(
        gone.text.contains("<circle class=\"value\""),
        "{}",
        gone.text
    );
    let lost = page(&town, &plan, "frontier?d=lost~A1&go=yes&seconds=1").await;
    assert!(
        one_of(&lost, &["变动本身迫使搬动", "没有迫使任何企业搬动"]),
        "{}",
        lost.text
    );
    let cut = "frontier?d=cut~440305~50&go=yes&seconds=1";
    let cut = page(&town, &plan, cut).await;
    assert!(cut.text.contains("→ 50 %"), "{}", cut.text);
    assert!(cut.text.contains("id=\"answer\""), "{}", cut.text);
    let odd = page(&town, &plan, "frontier?d=cut~440310~50&go=yes").await;
    assert!(
        odd.text.contains("role=\"alert\""),
        "it has no hard quota: {}",
        odd.text
    );
}

#[actix_web::test]
async fn fairness_shows_who_could_complain_and_what_other_ways_cost() {
    let (town, plan) = planned().remove(0);
    let bare = page(&town, &plan, "fairness").await;
    assert!(bare.text.contains("id=\"pairs\"") && !bare.text.contains("id=\"modes\""));
    assert!(bare.text.contains("基尼系数"), "{}", bare.text);
    let asked = page(&town, &plan, "fairness?ask=modes&seconds=1").await;
    for words in [
        "id=\"modes\"",
        "id=\"lost\"",
        "id=\"envy\"",
        "严格按顺位选房",
        "class=\"bars\"",
    ] {
        assert!(asked.text.contains(words), "{words}: {}", asked.text);
    }
}

#[actix_web::test]
async fn a_unit_that_comes_free_is_ranked() {
    let (town, plan) = planned().remove(0);
    let none = page(&town, &plan, "freed").await;
    assert!(none.text.contains("id=\"none\""));
    for path in [
        "freed?unit=A1&seconds=1",
        "freed?unit=A1&seconds=1&exact=yes",
    ] {
        let found = page(&town, &plan, path).await;
        assert!(found.text.contains("id=\"ranking\""), "{}", found.text);
        assert!(
            found.text.contains(&format!("/plans/{plan}/why/AP-"))
                || found.text.contains("没有轮候企业能用"),
            "{}",
            found.text
        );
    }
    let odd = page(&town, &plan, "freed?unit=NONE").await;
    assert!(odd.text.contains("role=\"alert\""), "{}", odd.text);
}

#[actix_web::test]
async fn two_plans_stand_side_by_side_with_bound_and_gap() {
    let (town, plan) = planned().remove(0);
    let path = format!("/plans/compare?before={plan}&after={plan}");
    let same = whole(&town, PLANNER, &path).await;
    for words in [
        "已证上界",
        "差距",
        "id=\"choose\"",
        "基尼系数",
        "变动的企业",
    ] {
        assert!(same.text.contains(words), "{words}: {}", same.text);
    }
    let sent = form(&town, PLANNER, "/plans/compare", "").await;
    assert_ne!(sent.status, 200, "it is no form");
}
