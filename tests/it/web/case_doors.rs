//! Profiles, the pre-check, paper and its files over HTTP.

use actix_web::http::Method;
use serde_json::{Value, json};

use super::cases::{get, post, wanted};
use crate::acts::cases::{PDF, here};
use crate::support::client::Ask;

#[actix_web::test]
async fn a_profile_is_declared_and_verified_and_its_code_never_shown() {
    for town in here() {
        let seen = get(&town, "firm_preparer.F1", "/api/v1/profiles/F1").await;
        assert_eq!((seen.status, &seen.json["declared"]), (200, &Value::Null));
        let mut facts = seen.json["verified"].clone();
        facts["headcount"] = json!(60);
        let number = "11010119900307888X";
        let body = json!({
            "facts": facts,
            "controllers": [{ "name": "张三", "code": number, "share_bp": 6000 }],
        });
        let path = "/api/v1/profiles/F1/declare";
        let declared = post(&town, "firm_preparer.F1", path, body.clone()).await;
        assert_eq!(declared.status, 200, "{}", declared.text);
        assert_eq!(declared.json["stage"], "declared");
        assert!(!declared.text.contains(number));
        assert_eq!(declared.json["controllers"][0]["by_code"], true);
        assert_eq!(
            post(&town, "firm_preparer.F2", path, body).await.status,
            403
        );
        let planner = get(&town, "bureau_planner", "/api/v1/profiles/F1").await;
        assert_eq!(planner.json["declared"]["controllers"][0]["name"], "张**");
        let verify = "/api/v1/profiles/F1/verify";
        let far = post(&town, "district_reviewer.440310", verify, json!({})).await;
        assert_eq!(far.status, 403);
        let refuse = post(
            &town,
            "district_reviewer.440310",
            "/api/v1/profiles/F1/refuse",
            json!({}),
        )
        .await;
        assert_eq!(refuse.status, 403);
        let queue = get(
            &town,
            "district_reviewer.440305",
            "/api/v1/profiles?stage=declared",
        )
        .await;
        assert_eq!(queue.json["items"][0]["firm"], "F1");
        let done = post(&town, "district_reviewer.440305", verify, json!({})).await;
        assert_eq!(
            (done.status, &done.json["stage"]),
            (200, &json!("verified"))
        );
        let seen = get(&town, "firm_preparer.F1", "/api/v1/profiles/F1").await;
        assert_eq!(seen.json["verified"]["headcount"], 60);
        assert_eq!(seen.json["declared"]["verdict"]["by"], "");
        let path = "/api/v1/profiles/F1/files?kind=licence&label=a.pdf";
        let other = Ask::post(path, Value::Null)
            .sending(PDF)
            .as_("firm_approver.F2")
            .of(&town)
            .await;
        assert_eq!(other.status, 403);
        let filed = Ask::post(path, Value::Null)
            .sending(PDF)
            .as_("firm_approver.F1")
            .of(&town)
            .await;
        let digest = filed.json["evidence"][0]["digest"]
            .as_str()
            .unwrap_or_default()
            .to_owned();
        let path = format!("/api/v1/profiles/F1/files/{digest}");
        assert_eq!(
            get(&town, "district_reviewer.440305", &path).await.status,
            200
        );
        assert_eq!(get(&town, "firm_approver.F2", &path).await.status, 403);
        let gone = Ask::get(&path).by(Method::DELETE);
        assert_eq!(
            gone.clone().as_("firm_approver.F2").of(&town).await.status,
            403
        );
        assert_eq!(gone.as_("firm_approver.F1").of(&town).await.status, 200);
    }
}

#[actix_web::test]
async fn anyone_checks_before_applying() {
    for town in here() {
        let facts = json!({ "name_zh": "某公司", "industry": "7452", "headcount": 40 });
        let body = json!({
            "round": "R1", "facts": facts, "district": "440305", "want": wanted(),
            "evidence": ["pledge"],
        });
        let learned = Ask::post("/api/v1/precheck", body.clone()).of(&town).await;
        assert_eq!(learned.status, 200, "{}", learned.text);
        assert_eq!(learned.json["area_cap"], 100_000);
        assert_eq!(learned.json["units_fit"], 2);
        assert_eq!(learned.json["verdicts"][0]["label"]["en"], "Industry");
        let mut odd = body;
        odd["facts"]["industry"] = json!("nonsense");
        let refused = Ask::post("/api/v1/precheck", odd).of(&town).await;
        assert_eq!(refused.status, 422, "{}", refused.text);
        let reasons = Ask::get("/api/v1/rounds/R1/reject-reasons").of(&town).await;
        assert_eq!(reasons.json["items"][0]["id"], "not_eligible");
    }
}

#[actix_web::test]
async fn paper_comes_in_one_by_one_or_as_a_file() {
    for town in here() {
        let who = "district_reviewer.440305";
        let body =
            json!({ "firm": "F1", "round": "R1", "received_on": "2026-01-05", "draft": wanted() });
        let one = post(&town, who, "/api/v1/cases/paper", body.clone()).await;
        assert_eq!(
            (one.status, &one.json["by_officer"]),
            (201, &json!(true)),
            "{}",
            one.text
        );
        let far = post(
            &town,
            "district_reviewer.440310",
            "/api/v1/cases/paper",
            body,
        )
        .await;
        assert_eq!(far.status, 403);
        let path = "/api/v1/cases/bulk?received_on=2026-01-05&dry_run=true";
        let file = "application_id,firm_id\nP-1,F1\n";
        let refused = Ask::post(path, Value::Null)
            .sending(file.as_bytes())
            .as_(who)
            .of(&town)
            .await;
        assert_eq!(refused.status, 422, "{}", refused.text);
        assert!(
            refused.json["code"]
                .as_str()
                .is_some_and(|c| c.starts_with("IN"))
        );
        let undated = Ask::post("/api/v1/cases/bulk", Value::Null)
            .sending(b"x")
            .as_(who)
            .of(&town)
            .await;
        assert_eq!(undated.status, 400);
    }
}
