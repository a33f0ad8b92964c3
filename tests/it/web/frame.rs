//! The frame of the pages: behind a portal's path, with what the footer says, with lists that narrow.

use zhuchao::config::Footer;

use super::walking::get;
use crate::acts::cases::{here, submitted};
use crate::support::client::{Ask, process, process_under};

#[actix_web::test]
async fn behind_a_portal_every_address_begins_with_its_path() {
    let town = here().remove(0);
    let case = submitted(&town, "F1");
    let state = process_under(&town, "/zhuchao");
    let officer = format!("district_reviewer.{}", case.district);
    for (who, path) in [
        ("", "/zhuchao/"),
        ("", "/zhuchao/vacancies?lang=en"),
        ("", "/zhuchao/sign-in"),
        (officer.as_str(), "/zhuchao/review"),
        ("bureau_planner", "/zhuchao/rounds/R1"),
        ("firm_preparer.F1", "/zhuchao/cases/new"),
    ] {
        let ask = Ask::get(path);
        let ask = if who.is_empty() { ask } else { ask.as_(who) };
        let page = ask.within(&state).await;
        assert_eq!(page.status, 200, "{path}: {}", page.text);
        for mark in ["href=\"", "action=\"", "src=\"", "formaction=\""] {
            let all = page.text.split(mark).skip(1);
            let all = all.filter_map(|l| l.split('"').next());
            for link in all.filter(|l| l.starts_with('/')) {
                assert!(link.starts_with("/zhuchao/"), "{path}: {mark}{link}");
            }
        }
    }
}

#[actix_web::test]
async fn the_footer_says_who_runs_the_pages() {
    let town = here().remove(0);
    let footer = Footer {
        organiser: "某市<规划>局".to_owned(),
        icp: "粤ICP备00000000号".to_owned(),
        ..Footer::default()
    };
    let state = process(&town).with_frame(Vec::new(), footer);
    let page = Ask::get("/").within(&state).await;
    assert!(
        page.text.contains("主办单位：某市&#60;规划&#62;局"),
        "{}",
        page.text
    );
    assert!(page.text.contains("粤ICP备00000000号") && !page.text.contains("公安备案号"));
    let english = Ask::get("/?lang=en").within(&state).await;
    assert!(english.text.contains("ICP licence: "), "{}", english.text);
    let bare = get(&town, "", "/").await;
    assert!(!bare.text.contains("class=\"slots\""));
}

#[actix_web::test]
async fn a_list_without_filters_of_its_own_narrows_to_words_and_states() {
    let town = here().remove(0);
    let profiles = get(&town, "bureau_planner", "/tables").await;
    assert!(
        !profiles.text.contains("class=\"narrow\""),
        "a short table is seen at a glance"
    );
    for firm in ["F1", "F2", "F3"] {
        submitted(&town, firm);
    }
    let one = submitted(&town, "F1");
    submitted(&town, "F2");
    submitted(&town, "F3");
    let officer = "district_reviewer.440305";
    let all = get(&town, officer, "/review").await;
    assert!(all.text.contains("class=\"narrow\""), "{}", all.text);
    let rows = |text: &str| text.matches("name=\"key\"").count();
    let found = get(&town, officer, &format!("/review?find={}", one.id)).await;
    assert_eq!(
        (rows(&all.text), rows(&found.text)),
        (6, 1),
        "{}",
        found.text
    );
    assert!(found.text.contains("class=\"clear\""), "the way back");
    let none = get(
        &town,
        "district_reviewer.440305",
        "/review?is=draft&find=zz",
    )
    .await;
    assert!(none.text.contains("class=\"nothing\""), "{}", none.text);
    assert!(none.text.contains("class=\"narrow\""), "the way back stays");
}
