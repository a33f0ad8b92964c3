//! Files that come in, versions of the policy, and what is erased, as pages.

use actix_web::http::Method;

use super::walking::{done, get, whole};
use crate::acts::cases::here;
use crate::support::client::{Answer, Ask};
use crate::support::town::Town;

const PLANNER: &str = "bureau_planner";

/// A file is sent by the form of a table.
async fn sent(town: &Town, who: &str, noun: &str, (file, act): (&str, &str)) -> Answer {
    let part = |name: &str, more: &str, value: &str| {
        format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"{more}\r\n\r\n{value}\r\n")
    };
    let body = [
        part("of", "", "import"),
        part("act", "", act),
        part("file", "; filename=\"table.csv\"", file),
        "--b--\r\n".to_owned(),
    ]
    .concat();
    let path = format!("/imports/{noun}");
    let ask = Ask::get(&path)
        .by(Method::POST)
        .sending(body.as_bytes())
        .as_(who);
    ask.header("content-type", "multipart/form-data; boundary=b")
        .of(town)
        .await
}

/// The stored districts as a file.
async fn stored(town: &Town) -> String {
    let file = get(town, PLANNER, "/api/v1/tables/districts").await;
    assert_eq!(file.status, 200, "{}", file.text);
    file.text.trim_start_matches('\u{feff}').to_owned()
}

#[actix_web::test]
async fn a_file_is_tried_its_differences_shown_and_then_brought_in() {
    for town in here() {
        whole(&town, PLANNER, "/imports").await;
        let page = whole(&town, PLANNER, "/imports/districts").await;
        assert!(page.text.contains("data-results") && page.text.contains("/templates/districts"));
        let file = stored(&town).await;
        assert!(file.contains("440305"), "{file}");
        let same = sent(&town, PLANNER, "districts", (&file, "")).await;
        assert_eq!(same.status, 200, "{}", same.text);
        assert!(same.text.contains("没有差异"), "{}", same.text);
        let name = file
            .lines()
            .find(|l| l.contains("440305"))
            .and_then(|l| l.split(',').nth(1))
            .expect("a name");
        let other = file.replacen(name, "新名区", 1);
        let tried = sent(&town, PLANNER, "districts", (&other, "")).await;
        assert!(
            tried.text.contains("尚未写入") && tried.text.contains("→ 新名区"),
            "{}",
            tried.text
        );
        assert_eq!(stored(&town).await, file, "a trial writes nothing");
        let taken = sent(&town, PLANNER, "districts", (&other, "take")).await;
        assert_eq!(taken.status, 200);
        assert!(taken.text.contains("已导入"), "{}", taken.text);
        assert!(stored(&town).await.contains("新名区"));
    }
}

#[actix_web::test]
async fn faults_of_a_file_are_told_with_their_cells_and_nothing_comes_in() {
    let town = here().remove(0);
    let file = stored(&town).await;
    let broken = file.replacen("440305", "44x", 1);
    for act in ["", "take"] {
        let refused = sent(&town, PLANNER, "districts", (&broken, act)).await;
        assert_eq!(refused.status, 422, "{}", refused.text);
        assert!(refused.text.contains("id=\"faults\""), "{}", refused.text);
        assert!(
            refused.text.contains("data-results"),
            "the form is still there"
        );
    }
    assert_eq!(stored(&town).await, file);
    for who in [
        "bureau_approver",
        "district_reviewer.440305",
        "firm_approver.F1",
        "audit_admin",
    ] {
        let sent = sent(&town, who, "districts", (&file, "take")).await;
        assert_eq!(sent.status, 403, "{who}");
        assert_eq!(get(&town, who, "/imports").await.status, 403, "{who}");
    }
    let quotas = get(&town, PLANNER, "/imports/quotas").await;
    assert_eq!(quotas.status, 404, "quotas have a door of their own");
    let none = sent(&town, PLANNER, "nothing", (&file, "")).await;
    assert_eq!(none.status, 404);
}

#[actix_web::test]
async fn a_policy_is_examined_and_compared() {
    let town = here().remove(0);
    let list = whole(&town, PLANNER, "/policies").await;
    assert!(list.text.contains("/policies/test"), "{}", list.text);
    let one = whole(&town, PLANNER, "/policies/test?against=test").await;
    assert!(
        one.text.contains("两版相同") && one.text.contains("id=\"lint\""),
        "{}",
        one.text
    );
    assert_eq!(get(&town, PLANNER, "/policies/none").await.status, 404);
    assert_eq!(
        get(&town, "firm_approver.F1", "/policies").await.status,
        403
    );
}

#[actix_web::test]
async fn what_is_due_is_counted_and_erased_by_the_system_administrator_alone() {
    let town = here().remove(0);
    let page = whole(&town, "system_admin", "/retention").await;
    assert!(page.text.contains("登录会话"));
    let audit = whole(&town, "audit_admin", "/retention").await;
    assert!(!audit.text.contains("/retention/apply"));
    assert_eq!(
        get(&town, "audit_admin", "/retention/apply").await.status,
        403
    );
    assert_eq!(get(&town, PLANNER, "/retention").await.status, 403);
    let to = done(&town, "system_admin", "/retention/apply", "").await;
    assert_eq!(to, "/retention");
}
