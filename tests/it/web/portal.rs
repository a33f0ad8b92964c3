//! The portals as the people of each role meet them: pages in both languages, forms done once, refused forms
//! that come back as they were typed, and nobody who sees what is another's.

use actix_web::http::Method;
use zhuchao::acts::cases::draft;
use zhuchao::acts::powers::Reach;
use zhuchao::acts::refuse as shared;
use zhuchao::domain::people::Role;
use zhuchao::web::routes::{Who, all};
use zhuchao::web::sheet::form::BAD_FIELD;

use super::walking::{bare_keys, form, get, tag_of};
use crate::acts::cases::{drafted, here, rows, submitted};
use crate::support::client::Ask;

fn person(role: Role) -> String {
    match (role.is_firm(), role.is_district()) {
        (true, _) => format!("{}.F1", role.name()),
        (_, true) => format!("{}.440305", role.name()),
        _ => role.name().to_owned(),
    }
}

#[actix_web::test]
async fn every_page_is_whole_in_both_languages_for_whoever_may_see_it() {
    let town = here().remove(0);
    let case = submitted(&town, "F1");
    let mut seen = 0;
    for route in all().filter(|r| !r.is_act() && r.doc.is_none()) {
        let Who::Power(power) = route.who else {
            continue;
        };
        for role in Role::ALL
            .into_iter()
            .filter(|r| power.reach(*r) != Reach::None)
        {
            let path = route
                .path
                .replace("/cases/{id}", &format!("/cases/{}", case.id));
            let path = path
                .replace("/rounds/{id}", "/rounds/R1")
                .replace("{firm}", "F1");
            if path.contains('{') || path == "/cases/places" || role == Role::Operator {
                continue;
            }
            for (lang, query) in [("zh-CN", ""), ("en", "?lang=en")] {
                let page = get(&town, &person(role), &format!("{path}{query}")).await;
                let name = format!("{path}{query} as {}", role.name());
                assert!(page.status < 500, "{name}: {}", page.text);
                assert!(
                    page.text.contains(&format!("<html lang=\"{lang}\">")),
                    "{name}"
                );
                assert_eq!(bare_keys(&page.text), Vec::<&str>::new(), "{name}");
                assert_eq!(page.header("cache-control"), "no-store", "{name}");
                seen += usize::from(page.status == 200);
            }
        }
    }
    assert!(seen > 150, "only {seen} pages could be seen");
}

#[actix_web::test]
async fn pages_for_everybody_need_no_sign_in() {
    let town = here().remove(0);
    for path in [
        "/",
        "/vacancies",
        "/notices",
        "/notices/R1",
        "/notices/R1/print",
        "/precheck",
        "/sign-in",
        "/register",
        "/set-up",
    ] {
        for query in ["", "?lang=en"] {
            let page = get(&town, "", &format!("{path}{query}")).await;
            assert_eq!(page.status, 200, "{path}: {}", page.text);
            assert_eq!(bare_keys(&page.text), Vec::<&str>::new(), "{path}{query}");
        }
    }
    let filtered = get(&town, "", "/vacancies?district=440305&area_min=99999").await;
    assert!(filtered.text.contains("没有符合条件的空置单元"));
    let map = get(&town, "", "/vacancies/map").await;
    assert_eq!(map.json["type"], "FeatureCollection");
}

#[actix_web::test]
async fn nobody_sees_or_changes_the_application_of_another() {
    for town in here() {
        let case = drafted(&town, "F1");
        let path = format!("/cases/{}", case.id);
        for who in [
            "firm_preparer.F2",
            "district_reviewer.440306",
            "district_reviewer.440305",
            "bureau_planner",
        ] {
            let page = get(&town, who, &path).await;
            assert_eq!(page.status, 403, "{who} sees a draft");
            assert!(
                page.text.contains(shared::NOT_YOURS.0) && !page.text.contains("甲"),
                "{who}"
            );
        }
        for (who, verb) in [
            ("firm_preparer.F2", "prepare"),
            ("firm_approver.F2", "withdraw"),
        ] {
            let refused = form(
                &town,
                who,
                &format!("{path}/{verb}"),
                &format!("of={verb}&reason=x"),
            )
            .await;
            assert_eq!(refused.status, 403, "{who} {verb}");
        }
        let draft = form(
            &town,
            "firm_preparer.F2",
            &format!("{path}/draft"),
            "of=draft&area_min=1",
        )
        .await;
        assert_eq!(draft.status, 403);
        let case = submitted(&town, "F2");
        let path = format!("/cases/{}/accept", case.id);
        let own = case.district.to_string();
        let other = if own == "440305" { "440306" } else { "440305" };
        let refused = form(
            &town,
            &format!("district_reviewer.{other}"),
            &path,
            "of=accept",
        )
        .await;
        assert_eq!(refused.status, 403, "another district");
        let done = form(
            &town,
            &format!("district_reviewer.{own}"),
            &path,
            "of=accept",
        )
        .await;
        assert_eq!(done.status, 303, "{}", done.text);
        assert!(done.header("location").contains("done=case_accepted"));
    }
}

#[actix_web::test]
async fn a_form_sent_twice_is_done_once() {
    for town in here() {
        let before = rows(&town);
        let body = "of=new&once=0190aaaa&round=R1";
        let first = form(&town, "firm_preparer.F1", "/cases/new", body).await;
        let again = form(&town, "firm_preparer.F1", "/cases/new", body).await;
        assert_eq!((first.status, again.status), (303, 303), "{}", first.text);
        assert_eq!(first.header("location"), again.header("location"));
        assert_eq!(rows(&town), before + 1);
    }
}

#[actix_web::test]
async fn a_stale_step_is_refused_and_comes_back_as_it_was_typed() {
    for town in here() {
        let case = drafted(&town, "F1");
        let path = format!("/cases/{}/draft?step=space", case.id);
        let page = get(&town, "firm_preparer.F1", &path).await;
        let tag = tag_of(&page.text);
        let body = format!(
            "of=draft&tag={tag}&use=rd_office&area_min=211&area_max=399&start_from=2026-03-01&stay=yes"
        );
        let saved = form(&town, "firm_preparer.F1", &path, &body).await;
        assert_eq!(saved.status, 303, "{}", saved.text);
        let stale = form(
            &town,
            "firm_preparer.F1",
            &path,
            &body.replace("211", "222"),
        )
        .await;
        assert_eq!(stale.status, 412);
        assert!(stale.text.contains(shared::CHANGED.0));
        assert!(stale.text.contains("value=\"222\""), "what was typed stays");
        assert_ne!(
            tag_of(&stale.text),
            tag,
            "it carries the version that is there now"
        );
        let odd = form(
            &town,
            "firm_preparer.F1",
            &path,
            &body.replace("211", "many"),
        )
        .await;
        assert_eq!(odd.status, 422);
        assert!(odd.text.contains(BAD_FIELD.0) && odd.text.contains("href=\"#draft-area_min\""));
        let check = form(
            &town,
            "firm_preparer.F1",
            &format!("/cases/{}/draft/check?step=space", case.id),
            &body,
        )
        .await;
        assert_eq!(check.status, 200);
        assert!(check.text.contains("id=\"live\"") && check.text.contains("class=\"rules\""));
    }
}

#[actix_web::test]
async fn evidence_is_filed_by_a_form_and_answered_as_an_attachment() {
    let town = here().remove(0);
    let case = drafted(&town, "F1");
    let path = format!("/cases/{}/files", case.id);
    let part = |name: &str, more: &str, value: &str| {
        format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"{more}\r\n\r\n{value}\r\n")
    };
    let body = [
        part("of", "", "file"),
        part("kind", "", "pledge"),
        part("file", "; filename=\"pledge.pdf\"", "%PDF-1.4\n%%EOF\n"),
        "--b--\r\n".to_owned(),
    ]
    .concat();
    let ask = Ask::get(&path)
        .by(Method::POST)
        .sending(body.as_bytes())
        .as_("firm_preparer.F1");
    let filed = ask
        .header("content-type", "multipart/form-data; boundary=b")
        .of(&town)
        .await;
    assert_eq!(filed.status, 303, "{}", filed.text);
    let page = get(&town, "firm_preparer.F1", &path).await;
    let link = page
        .text
        .split("href=\"")
        .find(|l| l.starts_with(&path) && l.contains("/files/"));
    let link = link
        .and_then(|l| l.split('"').next())
        .expect("a link to the file");
    let file = get(&town, "firm_preparer.F1", link).await;
    assert!(file.header("content-disposition").starts_with("attachment"));
    assert_eq!(get(&town, "firm_preparer.F2", link).await.status, 403);
    let none = Ask::get(&path)
        .by(Method::POST)
        .sending(b"x")
        .as_("firm_preparer.F1");
    let none = none.header("content-type", "text/plain").of(&town).await;
    assert_eq!(none.status, 400);
}

#[actix_web::test]
async fn a_refused_page_says_why_and_the_sign_in_comes_back() {
    let town = here().remove(0);
    let page = get(&town, "", "/cases?stage=draft&lang=en").await;
    assert_eq!(page.status, 401);
    assert!(
        page.text.contains("next=%2Fcases%3Fstage%3Ddraft"),
        "{}",
        page.text
    );
    let page = get(&town, "firm_preparer.F1", "/rounds").await;
    assert_eq!(page.status, 403);
    assert!(page.text.contains("该角色无此权限"));
    let absent = get(&town, "bureau_planner", "/cases/A-none").await;
    assert_eq!(absent.status, 404);
}

#[actix_web::test]
async fn a_form_of_a_lost_session_leads_back_to_its_page() {
    let town = here().remove(0);
    let sent = |from: &'static str| {
        let ask = Ask::get("/tables/sites/take")
            .by(Method::POST)
            .sending(b"of=take");
        ask.header("content-type", "application/x-www-form-urlencoded")
            .header("host", "a.example")
            .header("referer", from)
    };
    let page = sent("http://a.example/tables/sites?lang=en")
        .of(&town)
        .await;
    assert_eq!(page.status, 401);
    assert!(
        page.text.contains("next=%2Ftables%2Fsites%3Flang%3Den"),
        "{}",
        page.text
    );
    for from in [
        "http://b.example/tables/x",
        "http://a.example//b.example/x",
        "nonsense",
    ] {
        let page = sent(from).of(&town).await;
        assert!(
            page.text.contains("next=%2Ftables%2Fsites%2Ftake"),
            "{from}: {}",
            page.text
        );
    }
}

#[actix_web::test]
async fn a_case_that_was_withdrawn_offers_nothing_more() {
    let town = here().remove(0);
    let case = drafted(&town, "F1");
    let page = get(&town, "firm_preparer.F1", &format!("/cases/{}", case.id)).await;
    assert!(page.text.contains("/prepare\"") && !page.text.contains("/submit\""));
    draft::withdraw(&town.firm("F1"), &case.id, "").expect("withdrawn");
    let page = get(&town, "firm_approver.F1", &format!("/cases/{}", case.id)).await;
    assert!(!page.text.contains("/prepare\"") && !page.text.contains("/withdraw\""));
}
