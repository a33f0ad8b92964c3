//! What firms and the public see beside the forms: the map to choose by, what fits while one types, the way of an
//! application, messages, the map of an offer, the map of vacancies view by view.

use zhuchao::acts::cases::review;
use zhuchao::acts::refuse::UNFIT;
use zhuchao::domain::procedure::Step;

use super::walking::{form, get};
use crate::acts::cases::{drafted, here, officer, submitted, verified, words};
use crate::acts::procedure::{go, offers, world};
use crate::support::client::Answer;
use crate::support::town::towns;

fn layers(answer: &Answer, layer: &str) -> usize {
    let all = answer.json["features"].as_array();
    let all = all.unwrap_or_else(|| panic!("no features: {}", answer.text));
    all.iter()
        .filter(|f| f["properties"]["layer"] == layer)
        .count()
}

#[actix_web::test]
async fn a_firm_chooses_wishes_and_stations_on_a_map_that_only_firms_get() {
    for town in here() {
        let case = drafted(&town, "F1");
        let path = format!("/cases/{}/draft?step=place", case.id);
        let page = get(&town, "firm_preparer.F1", &path).await;
        assert!(page.text.contains("id=\"picker\"") && page.text.contains("picker.js"));
        assert!(
            page.text.contains("name=\"wish0\""),
            "real fields hold the choice"
        );
        let map = get(&town, "firm_preparer.F1", "/cases/places").await;
        assert!(
            layers(&map, "site") > 0 && layers(&map, "station") > 0,
            "{}",
            map.text
        );
        assert_eq!(map.header("cache-control"), "no-store");
        for who in ["bureau_planner", "district_approver.440305"] {
            assert_eq!(get(&town, who, "/cases/places").await.status, 403, "{who}");
        }
    }
}

#[actix_web::test]
async fn what_fits_and_why_the_rest_does_not_follows_what_is_typed() {
    let town = here().remove(0);
    let case = drafted(&town, "F1");
    let path = format!("/cases/{}/draft/check?step=space", case.id);
    let typed = |least: u32, most: u32| {
        format!("of=draft&use=rd_office&area_min={least}&area_max={most}&start_from=2026-03-01")
    };
    let fine = form(&town, "firm_preparer.F1", &path, &typed(1, 100_000)).await;
    let huge = form(&town, "firm_preparer.F1", &path, &typed(90_000, 100_000)).await;
    let fits = |answer: &Answer| {
        let count = answer
            .text
            .split("class=\"count\">")
            .nth(1)
            .unwrap_or_default();
        let count = count.split('<').next().unwrap_or_default();
        let parts: Vec<usize> = count.split(" / ").filter_map(|n| n.parse().ok()).collect();
        assert_eq!(parts.len(), 2, "{}", answer.text);
        (parts[0], parts[1])
    };
    assert!(fits(&fine).0 > 0, "{}", fine.text);
    assert_eq!(fits(&huge).0, 0);
    assert!(
        huge.text.contains("class=\"whynot\""),
        "one reason each, counted"
    );
    let other = form(&town, "firm_preparer.F2", &path, &typed(1, 9)).await;
    assert_eq!(other.status, 403);
}

#[actix_web::test]
async fn messages_say_what_officers_said_and_what_waits() {
    for town in here() {
        let case = submitted(&town, "F1");
        review::send_back(&officer(&town, &case), &case.id, words()).expect("returned");
        let page = get(&town, "firm_preparer.F1", "/messages").await;
        assert!(
            page.text.contains("退回补正") && page.text.contains("请补正"),
            "{}",
            page.text
        );
        assert!(page.text.contains(&format!("/cases/{}", case.id)));
        let open = get(
            &town,
            "firm_approver.F1",
            "/messages?open=yes&kind=case&lang=en",
        )
        .await;
        assert!(open.text.contains("Please supplement"), "{}", open.text);
        let none = get(&town, "firm_approver.F1", "/messages?kind=offer").await;
        assert!(none.text.contains("还没有消息"));
        let other = get(&town, "firm_preparer.F2", "/messages").await;
        assert!(!other.text.contains(case.id.as_str()), "another firm's");
        assert_eq!(get(&town, "", "/messages").await.status, 401);
    }
}

#[actix_web::test]
async fn the_way_of_an_application_leads_to_the_contract() {
    let town = here().remove(0);
    let case = verified(&town, "F1");
    let page = get(
        &town,
        "firm_preparer.F1",
        &format!("/cases/{}?lang=en", case.id),
    )
    .await;
    let way = page.text.split("id=\"way\"").nth(1).unwrap_or_default();
    let way = way.split("</section>").next().unwrap_or_default();
    assert_eq!(way.matches("<li class=\"done\"").count(), 4, "{way}");
    assert_eq!(way.matches("<li class=\"now\"").count(), 1);
    assert_eq!(way.matches("<li class=\"next\"").count(), 4);
    assert!(way.contains("Contract"));
}

#[actix_web::test]
async fn an_offer_shows_its_space_on_a_map_and_in_the_building_to_its_firm_alone() {
    for town in towns(&world()) {
        go(&town, Step::Confirmed);
        let offer = offers(&town).remove(0);
        let who = format!("firm_approver.{}", offer.firm);
        let other = if offer.firm.as_str() == "F1" {
            "F2"
        } else {
            "F1"
        };
        let path = format!("/offers/{}", offer.id);
        let page = get(&town, &who, &path).await;
        assert_eq!(page.status, 200, "{}", page.text);
        assert!(page.text.contains(&format!("{path}/map")), "{}", page.text);
        assert!(
            page.text.contains("rect class=\"chosen\""),
            "its rooms stand out"
        );
        let map = get(&town, &who, &format!("{path}/map")).await;
        assert_eq!(layers(&map, "site"), 1, "{}", map.text);
        let refused = get(
            &town,
            &format!("firm_approver.{other}"),
            &format!("{path}/map"),
        )
        .await;
        assert_eq!(refused.status, 403);
    }
}

#[actix_web::test]
async fn vacancies_come_view_by_view_with_the_filters_of_the_list() {
    let town = here().remove(0);
    let whole = get(&town, "", "/vacancies/map").await;
    let count = |answer: &Answer| -> u64 {
        let all = answer.json["features"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        all.iter()
            .filter_map(|f| f["properties"]["count"].as_u64())
            .sum()
    };
    assert!(count(&whole) > 0, "{}", whole.text);
    let list = get(&town, "", "/vacancies").await;
    assert!(
        list.text
            .contains(&format!("<p class=\"sub\">{} ", count(&whole))),
        "the map shows what the list counts: {}",
        whole.text
    );
    let far = get(&town, "", "/vacancies/map?bbox=0,0,1,1&zoom=12").await;
    assert_eq!(count(&far), 0);
    let near = get(&town, "", "/vacancies/map?bbox=113,22,115,23&zoom=12").await;
    assert_eq!(count(&near), count(&whole));
    let none = get(&town, "", "/vacancies/map?area_min=99999").await;
    assert_eq!(count(&none), 0);
    let odd = get(&town, "", "/vacancies/map?bbox=1,2,3").await;
    assert_eq!(odd.status, 422);
    assert!(odd.text.contains(UNFIT.0));
    let ground = get(&town, "", "/vacancies/ground").await;
    assert_eq!(ground.header("cache-control"), "max-age=600");
    assert!(layers(&ground, "line") > 0);
}

#[actix_web::test]
async fn a_long_list_is_put_in_order_as_a_short_one() {
    let town = here().remove(0);
    let up = get(&town, "", "/vacancies?sort=area").await;
    let down = get(&town, "", "/vacancies?sort=-area").await;
    let first = |answer: &Answer| {
        let row = answer.text.split("<tbody>").nth(1).unwrap_or_default();
        row.split("</tr>").next().unwrap_or_default().to_owned()
    };
    assert_ne!(first(&up), first(&down));
    assert!(
        up.text.contains("aria-sort=\"ascending\"")
            && down.text.contains("aria-sort=\"descending\"")
    );
}
