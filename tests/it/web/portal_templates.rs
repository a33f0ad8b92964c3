//! Templates of notices as pages: brought, looked at, put back; by the planner alone.

use actix_web::http::Method;
use zhuchao::acts::papers::docx::{self, DOCX};

use super::walking::{form, get, whole};
use crate::acts::cases::here;
use crate::support::client::{Answer, Ask};
use crate::support::town::Town;

const PLANNER: &str = "bureau_planner";
const PATH: &str = "/notice-templates";

async fn bring(town: &Town, who: &str, bytes: &[u8], reason: &str) -> Answer {
    let head = format!(
        "--b\r\nContent-Disposition: form-data; name=\"of\"\r\n\r\nbring\r\n--b\r\nContent-Disposition: form-data; \
         name=\"reason\"\r\n\r\n{reason}\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"t\"\r\n\r\n"
    );
    let body = [head.as_bytes(), bytes, b"\r\n--b--\r\n"].concat();
    let ask = Ask::get(PATH).by(Method::POST).sending(&body).as_(who);
    ask.header("content-type", "multipart/form-data; boundary=b")
        .of(town)
        .await
}

#[actix_web::test]
async fn a_template_is_brought_looked_at_and_put_back() {
    for town in here() {
        let page = whole(&town, PLANNER, PATH).await;
        assert!(
            page.text.contains("{{文号}}") || page.text.contains("&#123;"),
            "{}",
            page.text
        );
        for end in ["file", "sample"] {
            let file = get(&town, PLANNER, &format!("{PATH}/0/{end}")).await;
            assert_eq!(file.status, 200, "{end}");
            assert_eq!(file.header("content-type"), DOCX);
        }
        let bytes = docx::built_in().packed().expect("packed");
        let bare = bring(&town, PLANNER, &bytes, "").await;
        assert_eq!(bare.status, 422, "it needs its reason: {}", bare.text);
        let odd = bring(&town, PLANNER, b"PK nonsense", "why").await;
        assert_eq!(odd.status, 422);
        assert!(odd.text.contains("AC511"), "{}", odd.text);
        let done = bring(&town, PLANNER, &bytes, "our own").await;
        assert_eq!(done.status, 303, "{}", done.text);
        let page = whole(&town, "bureau_approver", PATH).await;
        assert!(
            page.text.contains("/notice-templates/1/sample") && page.text.contains("our own"),
            "{}",
            page.text
        );
        assert!(!page.text.contains("name=\"file\""), "she only looks");
        let back = form(
            &town,
            PLANNER,
            &format!("{PATH}/back"),
            "of=back&version=0&reason=x",
        )
        .await;
        assert_eq!(back.status, 303, "{}", back.text);
        let none = get(&town, PLANNER, &format!("{PATH}/9/file")).await;
        assert_eq!(none.status, 404);
    }
}

#[actix_web::test]
async fn templates_are_the_bureaus() {
    let town = here().remove(0);
    for who in [
        "firm_approver.F1",
        "district_reviewer.440305",
        "system_admin",
    ] {
        assert_eq!(get(&town, who, PATH).await.status, 403, "{who}");
    }
    for who in ["bureau_approver", "audit_admin"] {
        let sent = bring(&town, who, b"x", "why").await;
        assert_eq!(sent.status, 403, "{who}");
    }
}
