//! Many at once: named before it is done, each done by itself upon the version that was shown, and of each is told
//! what became of it.

use zhuchao::acts::refuse;
use zhuchao::domain::case::CaseStage;

use super::walking::{form, get};
use crate::acts::cases::{here, submitted, verified};
use crate::support::town::Town;

const ACCEPT: &str = "/many/cases/accept";

/// The fields that the second step carries.
fn carried(text: &str) -> String {
    let part = text.split("action=\"/many/").nth(1).unwrap_or_default();
    let part = part.split("</form>").next().unwrap_or_default();
    let fields = part.split("<input type=\"hidden\" name=\"").skip(1);
    let pair = |f: &str| {
        let (name, rest) = f.split_once('"')?;
        let value = rest.split_once("value=\"")?.1.split_once('"')?.0;
        Some(format!("{name}={value}"))
    };
    fields.filter_map(pair).collect::<Vec<_>>().join("&")
}

fn stage(town: &Town, id: &str) -> CaseStage {
    let id = id.parse().expect("a key");
    let seen = zhuchao::acts::cases::view::show(&town.planner(), &id);
    seen.expect("a case").case.stage
}

#[actix_web::test]
async fn many_are_named_first_and_then_done_each_by_itself() {
    for town in here() {
        let (one, two) = (submitted(&town, "F1"), submitted(&town, "F2"));
        let over = verified(&town, "F3");
        let who = format!("district_reviewer.{}", one.district);
        let list = get(&town, &who, "/review").await;
        assert!(
            list.text.contains(&format!("formaction=\"{ACCEPT}\"")),
            "{}",
            list.text
        );
        assert!(
            list.text
                .contains(&format!("name=\"key\" value=\"{}\"", one.id))
        );
        let keys = format!("key={}&key={}&key={}", one.id, over.id, two.id);
        let asked = form(&town, &who, ACCEPT, &keys).await;
        assert_eq!(asked.status, 200, "{}", asked.text);
        assert!(
            asked.text.contains("class=\"consequence\">3 项"),
            "{}",
            asked.text
        );
        assert_eq!(
            stage(&town, one.id.as_str()),
            CaseStage::Submitted,
            "nothing is done yet"
        );
        let sure = carried(&asked.text);
        let done = form(&town, &who, ACCEPT, &sure).await;
        assert_eq!(done.status, 200, "{}", done.text);
        assert!(done.text.contains("已办 2 · 未办 1"), "{}", done.text);
        assert!(
            done.text.contains(refuse::WRONG_STATE.0),
            "why the third was not: {}",
            done.text
        );
        for case in [&one, &two] {
            assert_eq!(stage(&town, case.id.as_str()), CaseStage::Accepted);
        }
        let again = form(&town, &who, ACCEPT, &sure).await;
        assert!(
            again.text.contains("已办 2 · 未办 1"),
            "sent twice, done once: {}",
            again.text
        );
        let more = form(&town, &who, ACCEPT, &sure.replace("once=", "once=x")).await;
        assert!(more.text.contains("已办 0 · 未办 3"), "{}", more.text);
    }
}

#[actix_web::test]
async fn one_that_changed_meanwhile_is_left_and_the_others_are_done() {
    let town = here().remove(0);
    let (one, two) = (submitted(&town, "F1"), submitted(&town, "F2"));
    let who = format!("district_reviewer.{}", one.district);
    let keys = format!("key={}&key={}", one.id, two.id);
    let asked = form(&town, &who, "/many/cases/accept", &keys).await;
    let sure = carried(&asked.text);
    let path = format!("/cases/{}/return", one.id);
    let back = form(&town, &who, &path, "of=return&note=incomplete").await;
    assert_eq!(back.status, 303, "{}", back.text);
    let done = form(&town, &who, ACCEPT, &sure).await;
    assert!(done.text.contains("已办 1 · 未办 1"), "{}", done.text);
    assert!(done.text.contains(refuse::WRONG_STATE.0), "{}", done.text);
    assert_eq!(stage(&town, one.id.as_str()), CaseStage::Returned);
}

#[actix_web::test]
async fn nothing_chosen_is_said_and_strangers_are_refused() {
    let town = here().remove(0);
    let one = submitted(&town, "F1");
    let who = format!("district_reviewer.{}", one.district);
    for page in [
        form(&town, &who, ACCEPT, "").await,
        get(&town, &who, ACCEPT).await,
    ] {
        assert_eq!(page.status, 200);
        assert!(page.text.contains("尚未勾选"), "{}", page.text);
    }
    let body = format!("key={}", one.id);
    assert_eq!(
        form(&town, "firm_approver.F1", ACCEPT, &body).await.status,
        403
    );
    let other = form(&town, "district_reviewer.440310", ACCEPT, &body).await;
    assert_eq!(other.status, 200);
    assert!(other.text.contains(refuse::NOT_YOURS.0), "{}", other.text);
    assert!(
        !other
            .text
            .contains("name=\"sure\" value=\"yes\"><input type=\"hidden\" name=\"key\"")
    );
    let much = format!("key=x&{}", vec!["key=x"; 100].join("&"));
    assert_eq!(form(&town, &who, ACCEPT, &much).await.status, 422);
}
