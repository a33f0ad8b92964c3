//! Cases over HTTP: tags, files, problems, and who is kept out.

use actix_web::http::Method;
use serde_json::{Value, json};
use zhuchao::acts::cases::file_kind::FILE_MAX;
use zhuchao::web::api::case_files::disposition;

use crate::acts::cases::{PDF, drafted, here, submitted};
use crate::support::client::{Answer, Ask};
use crate::support::town::Town;

pub async fn post(town: &Town, who: &str, path: &str, body: Value) -> Answer {
    Ask::post(path, body).as_(who).of(town).await
}

pub async fn get(town: &Town, who: &str, path: &str) -> Answer {
    Ask::get(path).as_(who).of(town).await
}

pub fn wanted() -> Value {
    json!({
        "use": "rd_office", "area_min": 20_000, "area_max": 40_000,
        "start_from": "2026-03-01", "start_until": "2026-06-01",
        "households": [{ "kind": "single", "count": 3 }],
    })
}

#[actix_web::test]
async fn a_firm_applies_and_its_district_verifies_over_http() {
    for town in here() {
        let begun = post(
            &town,
            "firm_preparer.F1",
            "/api/v1/cases",
            json!({ "round": "R1" }),
        )
        .await;
        assert_eq!(begun.status, 201, "{}", begun.text);
        let place = begun.header("location").to_owned();
        let of = |verb: &str| format!("{place}/{verb}");
        let draft = of("draft");
        let bare = Ask::post(&draft, wanted())
            .by(Method::PUT)
            .as_("firm_preparer.F1");
        let refused = bare.clone().of(&town).await;
        assert_eq!(
            (refused.status, &refused.json["code"]),
            (428, &json!("AC240"))
        );
        let saved = bare
            .clone()
            .header("if-match", begun.header("etag"))
            .of(&town)
            .await;
        assert_eq!(saved.status, 200, "{}", saved.text);
        let lost = bare
            .header("if-match", begun.header("etag"))
            .of(&town)
            .await;
        assert_eq!((lost.status, &lost.json["code"]), (412, &json!("AC015")));
        let seen = get(&town, "firm_preparer.F1", &place).await;
        assert_eq!(seen.header("etag"), saved.header("etag"));
        assert_eq!(seen.json["case"]["draft"]["households"][0]["count"], 3);
        assert_eq!(seen.json["verdicts"][0]["outcome"], "met");
        let path = of("files?kind=pledge&label=%E6%89%BF%E8%AF%BA.pdf");
        let filed = Ask::post(&path, Value::Null)
            .sending(PDF)
            .as_("firm_preparer.F1")
            .of(&town)
            .await;
        assert_eq!(filed.status, 200, "{}", filed.text);
        for (who, verb, body) in [
            ("firm_preparer.F1", "prepare", Value::Null),
            ("firm_approver.F1", "submit", Value::Null),
            (
                "district_reviewer.440305",
                "accept",
                json!({ "internal": "quick" }),
            ),
            (
                "district_reviewer.440305",
                "verify",
                json!({ "note": "in order" }),
            ),
        ] {
            let answer = post(&town, who, &of(verb), body).await;
            assert_eq!(answer.status, 200, "{verb}: {}", answer.text);
        }
        let firms = get(&town, "firm_approver.F1", &place).await;
        assert_eq!(firms.json["case"]["stage"], "verified");
        assert_eq!(firms.json["case"]["remarks"][0]["internal"], "");
        assert_eq!(
            firms.json["case"]["remarks"][1]["signed"]["reason"],
            "in order"
        );
        let officers = get(&town, "district_reviewer.440305", &place).await;
        assert_eq!(officers.json["case"]["remarks"][0]["internal"], "quick");
    }
}

#[actix_web::test]
async fn what_is_missing_is_a_problem_by_field() {
    for town in here() {
        let begun = post(
            &town,
            "firm_preparer.F1",
            "/api/v1/cases",
            json!({ "round": "R1" }),
        )
        .await;
        let place = begun.header("location").to_owned();
        post(
            &town,
            "firm_preparer.F1",
            &format!("{place}/prepare"),
            Value::Null,
        )
        .await;
        let refused = post(
            &town,
            "firm_approver.F1",
            &format!("{place}/submit"),
            Value::Null,
        )
        .await;
        assert_eq!(refused.status, 422);
        let fields: Vec<&str> = (refused.json["faults"].as_array().into_iter().flatten())
            .filter_map(|f| f["place"]["column"].as_str())
            .collect();
        assert_eq!(
            fields,
            ["use", "area_min", "area_max", "start_from", "start_until"]
        );
        let bad = Ask::post(&format!("{place}/draft"), json!({ "use": "palace" }))
            .by(Method::PUT)
            .as_("firm_preparer.F1")
            .header("if-match", "x")
            .of(&town)
            .await;
        assert_eq!(
            (bad.status, &bad.json["code"]),
            (422, &json!("AC018")),
            "{}",
            bad.text
        );
        let unknown = post(
            &town,
            "firm_preparer.F1",
            "/api/v1/cases",
            json!({ "r": 1 }),
        )
        .await;
        assert_eq!(unknown.status, 400);
    }
}

#[actix_web::test]
async fn a_file_goes_out_as_an_attachment_to_those_who_may() {
    for town in here() {
        let case = submitted(&town, "F1");
        let path = format!(
            "/api/v1/cases/{}/files/{}",
            case.id, case.evidence[0].digest
        );
        let answer = get(&town, "district_reviewer.440305", &path).await;
        assert_eq!((answer.status, answer.text.as_bytes()), (200, PDF));
        assert_eq!(answer.header("content-type"), "application/pdf");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("cache-control"), "private, no-store");
        assert_eq!(
            answer.header("content-disposition"),
            "attachment; filename=\"___.pdf\"; filename*=UTF-8''%E6%89%BF%E8%AF%BA%E4%B9%A6.pdf"
        );
        for (who, status) in [
            ("firm_approver.F2", 403),
            ("district_reviewer.440310", 403),
            ("system_admin", 403),
            ("", 401),
        ] {
            let ask = Ask::get(&path);
            let ask = if who.is_empty() { ask } else { ask.as_(who) };
            assert_eq!(ask.of(&town).await.status, status, "{who}");
        }
    }
}

#[test]
fn a_name_cannot_leave_its_header() {
    let name = disposition("a\"; x=\r\nSet-Cookie: b.pdf");
    assert!(!name.contains('\r') && !name.contains('\n'));
    assert_eq!(name.matches('"').count(), 2, "{name}");
}

#[actix_web::test]
async fn hostile_files_are_refused_with_the_status_that_fits() {
    for town in here() {
        let case = drafted(&town, "F1");
        let path = format!("/api/v1/cases/{}/files?kind=pledge&label=a.pdf", case.id);
        let send = |bytes: &[u8]| {
            Ask::post(&path, Value::Null)
                .sending(bytes)
                .as_("firm_preparer.F1")
        };
        let script = send(b"<html><script>").of(&town).await;
        assert_eq!(
            (script.status, &script.json["code"]),
            (422, &json!("AC245"))
        );
        let large = send(&vec![b'x'; FILE_MAX + 1]).of(&town).await;
        assert_eq!((large.status, &large.json["code"]), (413, &json!("WB107")));
        let other = Ask::post(&path, Value::Null)
            .sending(PDF)
            .as_("firm_preparer.F2")
            .of(&town)
            .await;
        assert_eq!(other.status, 403);
        let path = format!(
            "/api/v1/cases/{}/files?kind=pledge&label=..%2F..%2Fa.pdf",
            case.id
        );
        let named = Ask::post(&path, Value::Null)
            .sending(PDF)
            .as_("firm_preparer.F1")
            .of(&town)
            .await;
        assert_eq!((named.status, &named.json["code"]), (422, &json!("AC018")));
        let path = format!(
            "/api/v1/cases/{}/files/{}",
            case.id, case.evidence[0].digest
        );
        let gone = Ask::get(&path)
            .by(Method::DELETE)
            .as_("firm_preparer.F1")
            .of(&town)
            .await;
        assert_eq!((gone.status, &gone.json["evidence"]), (200, &json!([])));
    }
}

#[actix_web::test]
async fn acts_on_cases_of_others_are_refused() {
    for town in here() {
        let case = submitted(&town, "F1");
        let of = |verb: &str| format!("/api/v1/cases/{}/{verb}", case.id);
        let said = json!({ "note": "x" });
        let reject = json!({ "note": "x", "reason": "not_eligible" });
        let clear = json!({ "note": "x", "other": "A-1" });
        let all = [
            ("firm_preparer.F2", "prepare", Value::Null),
            ("firm_preparer.F2", "take-back", Value::Null),
            ("firm_approver.F2", "submit", Value::Null),
            ("firm_approver.F2", "withdraw", json!({})),
            ("district_reviewer.440310", "prepare", Value::Null),
            ("district_reviewer.440310", "submit", Value::Null),
            ("district_reviewer.440310", "withdraw", json!({})),
            ("district_reviewer.440310", "accept", said.clone()),
            ("district_reviewer.440310", "return", said.clone()),
            ("district_reviewer.440310", "verify", said.clone()),
            ("district_reviewer.440310", "reject", reject),
            ("district_reviewer.440310", "clear-flag", clear),
            ("district_approver.440310", "reopen", said),
        ];
        for (who, verb, body) in all {
            let answer = post(&town, who, &of(verb), body).await;
            assert_eq!(
                (answer.status, &answer.json["code"]),
                (403, &json!("AC012")),
                "{who} {verb}"
            );
        }
        let list = get(&town, "firm_preparer.F2", "/api/v1/cases").await;
        assert_eq!(list.json["items"], json!([]));
        let list = get(
            &town,
            "district_reviewer.440305",
            "/api/v1/cases?limit=1&stage=submitted&flag=none",
        )
        .await;
        assert_eq!(list.json["items"][0]["id"], case.id.as_str());
        assert_eq!(list.json["next"], case.id.as_str());
        let bad = get(&town, "bureau_planner", "/api/v1/cases?flag=red").await;
        assert_eq!(bad.status, 422);
    }
}
