//! The allocation board, reasons and overrides as pages.

use zhuchao::acts::refuse;
use zhuchao::acts::scenarios;
use zhuchao::worker::Worker;

use super::walking::{bare_keys, form, get, link, whole};
use crate::acts::cases::{here, verified};
use crate::acts::scenarios::planned;
use crate::support::client::Answer;
use crate::support::town::Town;

const PLANNER: &str = "bureau_planner";

/// The hidden fields of a form, as they would be sent.
fn hidden(page: &Answer, of: &str) -> String {
    let part = page
        .text
        .split("<form")
        .find(|f| f.contains(&format!("action=\"{of}")));
    let part = part.unwrap_or_else(|| panic!("no form {of}: {}", page.text));
    let fields = part.split("<input type=\"hidden\" name=\"").skip(1);
    let pair = |f: &str| {
        let (name, rest) = f.split_once('"')?;
        let value = rest.split_once("value=\"")?.1.split_once('"')?.0;
        Some(format!("{name}={}", value.replace(' ', "+")))
    };
    let pairs: Vec<String> = fields.filter_map(pair).collect();
    pairs.join("&")
}

/// Tries A2 for a firm; where it is possible it is made an override, run and priced. True when it was possible.
async fn overridden(town: &Town, plan: &str, firm: &str) -> bool {
    let board = format!("/plans/{plan}/board");
    let tried = format!("{board}?application=AP-{firm}&unit=A2&seconds=2");
    let page = whole(town, PLANNER, &tried).await;
    let known = [
        "可行。",
        "已证明不可行。",
        "没有任何方案满足",
        "在所给时间内未能确定。",
    ];
    assert!(known.iter().any(|k| page.text.contains(k)), "{}", page.text);
    let path = format!("/plans/{plan}/override");
    if !page.text.contains(&format!("action=\"{path}")) {
        return false;
    }
    let body = hidden(&page, &path);
    assert!(body.contains("pin=A2"), "{body}");
    let bare = format!("{body}&name=n&reason=");
    let bare = form(town, PLANNER, &path, &bare).await;
    assert_eq!(bare.status, 422, "it needs its reason: {}", bare.text);
    assert!(
        hidden(&bare, &path).contains("pin=A2"),
        "what was tried stays"
    );
    let made = format!("{body}&name=n&reason=why");
    let made = form(town, PLANNER, &path, &made).await;
    assert_eq!(made.status, 303, "{}", made.text);
    let to = made
        .header("location")
        .split('?')
        .next()
        .unwrap_or_default();
    let run = form(town, PLANNER, &format!("{to}/run"), "of=run&work=1").await;
    assert_eq!(run.status, 303, "{}", run.text);
    Worker::new(&town.desk, "one", Default::default())
        .once()
        .expect("no fault");
    let priced = whole(town, PLANNER, to).await;
    assert!(priced.text.contains("id=\"price\""), "{}", priced.text);
    true
}

#[actix_web::test]
async fn a_unit_is_tried_for_a_firm_and_made_an_override() {
    for (town, plan) in planned() {
        let page = whole(&town, PLANNER, &format!("/plans/{plan}/board")).await;
        assert!(page.text.contains("class=\"stackplan\""), "{}", page.text);
        assert!(page.text.contains("data-unit=\"A1\""), "{}", page.text);
        assert!(page.text.contains("board.js"));
        let mut possible = false;
        for firm in ["F1", "F2", "F3"] {
            possible = possible || overridden(&town, &plan, firm).await;
        }
        assert!(possible, "A2 fits one of them");
    }
}

#[actix_web::test]
async fn what_cannot_be_tried_says_why_and_changes_nothing() {
    for (town, plan) in planned() {
        let board = format!("/plans/{plan}/board");
        let odd = get(
            &town,
            PLANNER,
            &format!("{board}?application=AP-F1&unit=none"),
        )
        .await;
        assert_eq!(odd.status, 200);
        assert!(odd.text.contains("role=\"alert\""), "{}", odd.text);
        for who in ["firm_approver.F1", "district_reviewer.440305"] {
            assert_eq!(get(&town, who, &board).await.status, 403, "{who}");
        }
        let path = format!("/plans/{plan}/override");
        let audit = form(&town, "audit_admin", &path, "application=AP-F1&pin=A2+200").await;
        assert_eq!(audit.status, 403, "an auditor only looks");
        assert_eq!(get(&town, PLANNER, "/plans/none/board").await.status, 404);
        let odd = form(
            &town,
            PLANNER,
            &path,
            "application=AP-F1&pin=A2&name=n&reason=r",
        )
        .await;
        assert_eq!(odd.status, 422, "{}", odd.text);
        let none = scenarios::list(&town.planner(), &crate::acts::tasks::round(), (None, 10));
        assert!(none.expect("a list").is_empty());
    }
}

#[actix_web::test]
async fn a_firm_reads_why_of_itself_and_the_bureau_asks_what_if() {
    for (town, plan) in planned() {
        let why = format!("/plans/{plan}/why/AP-F1");
        let own = whole(&town, "firm_approver.F1", &why).await;
        assert!(own.text.contains("id=\"why\"") && !own.text.contains("id=\"ask\""));
        whole(&town, "district_reviewer.440305", &why).await;
        for who in ["firm_approver.F2", "district_approver.440310"] {
            let refused = get(&town, who, &why).await;
            assert_eq!(refused.status, 403, "{who}");
            assert!(refused.text.contains(refuse::NOT_YOURS.0));
        }
        for ask in [
            "ask=place",
            "ask=keep",
            "ask=give&unit=A1",
            "ask=district&district=440310",
        ] {
            let path = format!("{why}?{ask}&seconds=1");
            let page = whole(&town, PLANNER, &path).await;
            assert!(page.text.contains("id=\"answer\""), "{ask}: {}", page.text);
        }
        let odd = whole(&town, PLANNER, &format!("{why}?ask=give&unit=")).await;
        assert!(odd.text.contains("role=\"alert\""));
        let board = whole(&town, PLANNER, &format!("/plans/{plan}/board")).await;
        if board.text.contains("data-application") {
            let chip = link(&board, &format!("/plans/{plan}/why/"));
            whole(&town, PLANNER, &chip).await;
        }
    }
}

#[actix_web::test]
async fn what_quota_is_worth_is_asked_by_the_bureau_alone() {
    let (town, plan) = planned().remove(0);
    let path = format!("/plans/{plan}/money");
    let page = whole(&town, PLANNER, &path).await;
    assert!(
        page.text.contains("id=\"none\""),
        "nothing is solved unasked"
    );
    for ask in ["front", "next"] {
        let page = whole(&town, PLANNER, &format!("{path}?ask={ask}")).await;
        assert!(
            page.text.contains(&format!("id=\"{ask}\"")),
            "{}",
            page.text
        );
    }
    for who in ["district_approver.440305", "firm_approver.F1"] {
        assert_eq!(get(&town, who, &path).await.status, 403, "{who}");
    }
    let none = get(&town, PLANNER, "/plans/none/money?ask=next").await;
    assert_eq!(none.status, 404);
}

#[actix_web::test]
async fn before_the_result_is_published_a_case_says_so() {
    let town = here().remove(0);
    let case = verified(&town, "F1");
    let page = get(&town, "firm_approver.F1", &format!("/cases/{}", case.id)).await;
    let path = link(
        &page,
        &format!("/cases/{}/why", case.id).replace("/why", "/wh"),
    );
    let page = whole(&town, "firm_approver.F1", &path).await;
    assert!(page.text.contains("结果公示后"), "{}", page.text);
    assert_eq!(bare_keys(&page.text), Vec::<&str>::new());
    assert_eq!(get(&town, "firm_approver.F2", &path).await.status, 403);
}
