//! The manual: every page that people work with has its chapter, in both languages, and leads to it.

use std::collections::BTreeSet;

use zhuchao::acts::words::Lang;
use zhuchao::domain::people::Role;
use zhuchao::web::words::Words;

use super::door::houses;
use super::walking::{bare_keys, get};
use crate::acts::cases::here;

#[actix_web::test]
async fn each_entry_of_the_navigation_has_a_chapter_that_its_page_leads_to() {
    let town = here().remove(0);
    let words = Words::new();
    let mut seen = 0;
    for role in Role::ALL
        .into_iter()
        .filter(|r| *r != Role::Operator && *r != Role::Public)
    {
        let who = match (role.is_firm(), role.is_district()) {
            (true, _) => format!("{}.F1", role.name()),
            (_, true) => format!("{}.440305", role.name()),
            _ => role.name().to_owned(),
        };
        let desk = get(&town, &who, "/desk").await;
        let side = desk.text.split("class=\"side\"").nth(1).unwrap_or_default();
        let side = side.split("</nav>").next().unwrap_or_default();
        for path in side
            .split("href=\"")
            .skip(1)
            .filter_map(|l| l.split('"').next())
        {
            let page = get(&town, &who, &format!("{path}?lang=en")).await;
            assert_eq!(page.status, 200, "{path} as {who}");
            let help = page
                .text
                .split("class=\"help\" href=\"")
                .nth(1)
                .unwrap_or_default();
            let help = help.split(['"', '?']).next().unwrap_or_default();
            let key = help
                .strip_prefix("/manual/")
                .unwrap_or_else(|| panic!("{path} has no chapter"));
            for lang in [Lang::Zh, Lang::En] {
                let text = words
                    .find(&format!("manual.{key}"), lang)
                    .unwrap_or_default();
                assert!(text.chars().count() > 15, "{key}: {text}");
            }
            seen += 1;
        }
    }
    assert!(seen > 60, "{seen}");
}

#[test]
fn every_page_has_a_chapter_in_its_own_words() {
    use zhuchao::web::portal::chapters;
    use zhuchao::web::routes::all;
    let words = Words::new();
    let (mut used, mut texts) = (BTreeSet::new(), BTreeSet::new());
    let files = [
        "/files/",
        "/assets/",
        "/api/v1/",
        "/healthz",
        "/vacancies/map",
        "/vacancies/ground",
        "/plans/compare/map",
    ];
    let pages = all().filter(|r| !r.is_act() && r.doc.is_none());
    for route in pages.filter(|r| !files.iter().any(|f| r.path.starts_with(f))) {
        let ends = [
            "/docx",
            "/map",
            "/sheet.csv",
            "/files/{digest}",
            "/marked",
            "/places",
        ];
        if ends.iter().any(|e| route.path.ends_with(e)) {
            continue;
        }
        let path = route.path.replace(":.*", "");
        let key = chapters::of(&path).unwrap_or_else(|| panic!("{path} has no chapter"));
        used.insert(key);
        for lang in [Lang::Zh, Lang::En] {
            let text = words
                .find(&format!("manual.{key}"), lang)
                .unwrap_or_default();
            assert!(text.chars().count() > 20, "{path}: {key} says {text:?}");
            texts.insert((key, text.to_owned()));
        }
    }
    let distinct: BTreeSet<&String> = texts.iter().map(|(_, text)| text).collect();
    assert_eq!(distinct.len(), texts.len(), "two chapters say the same");
    for (key, _, _) in chapters::OWN {
        assert!(used.contains(key), "no page leads to the chapter {key}");
        for lang in [Lang::Zh, Lang::En] {
            assert!(
                words.find(&format!("chapter.{key}"), lang).is_some(),
                "{key} has no title"
            );
        }
    }
}

#[actix_web::test]
async fn pages_within_lead_to_their_own_chapter() {
    let town = here().remove(0);
    for (who, path, key) in [
        ("", "/sign-in", "sign_in"),
        ("", "/register?lang=en", "register"),
        ("", "/vacancies/site/S1", "site"),
        ("firm_preparer.F1", "/cases/new", "wizard"),
        ("bureau_planner", "/rounds/R1/guide", "guide"),
        ("bureau_planner", "/tables/sites", "import"),
        (
            "district_reviewer.440305",
            "/quotas/propose",
            "quota_change",
        ),
    ] {
        let page = get(&town, who, path).await;
        assert_eq!(page.status, 200, "{path}: {}", page.text);
        let link = format!("class=\"help\" href=\"/manual/{key}");
        assert!(page.text.contains(&link), "{path}: {}", page.text);
        let chapter = get(&town, "", &format!("/manual/{key}")).await;
        assert_eq!(
            (chapter.status, bare_keys(&chapter.text)),
            (200, Vec::new()),
            "{key}"
        );
    }
}

#[actix_web::test]
async fn the_manual_is_for_everybody_and_its_chapters_lead_to_their_pages() {
    let town = here().remove(0);
    for query in ["", "?lang=en"] {
        let page = get(&town, "", &format!("/manual{query}")).await;
        assert_eq!(page.status, 200);
        assert_eq!(bare_keys(&page.text), Vec::<&str>::new());
        assert!(
            page.text.matches("href=\"/manual/").count() > 30,
            "{}",
            page.text
        );
        let one = get(&town, "", &format!("/manual/cases{query}")).await;
        assert!(one.text.contains("href=\"/cases"), "{}", one.text);
    }
    assert_eq!(get(&town, "", "/manual/nothing").await.status, 404);
}

#[actix_web::test]
async fn a_demonstration_begins_anew_only_where_its_folder_is_its_own() {
    use zhuchao::acts::people::{again, demo, refuse};
    for demonstrated in [false, true] {
        for house in houses(demonstrated) {
            let desk = &house.town.desk;
            demo::make(desk, &house.tools).expect("accounts");
            let refused = again::ask(desk, &house.tools).expect_err("nobody allowed it");
            assert_eq!(refused.0[0].code, refuse::WRONG);
            again::allow(desk);
            assert_eq!(again::is_possible(desk, &house.tools), demonstrated);
            let asked = again::ask(desk, &house.tools);
            assert_eq!(
                (asked.is_ok(), again::is_asked(desk)),
                (demonstrated, demonstrated)
            );
        }
    }
}

#[actix_web::test]
async fn the_path_shows_the_step_that_is_next_and_enters_as_whoever_does_it() {
    use zhuchao::acts::people::{demo, demo_path};
    let house = houses(true).remove(0);
    let desk = &house.town.desk;
    demo::make(desk, &house.tools).expect("accounts");
    let come = demo_path::come(desk, &house.tools)
        .expect("read")
        .expect("there is a round");
    assert_eq!((come.done(), come.round.as_str()), (0, "R1"));
    crate::acts::procedure::go(&house.town, zhuchao::domain::procedure::Step::Guided);
    let come = demo_path::come(desk, &house.tools)
        .expect("read")
        .expect("there is a round");
    assert_eq!(come.done(), 1);
}
