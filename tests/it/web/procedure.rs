//! The procedure over HTTP: where a round stands, tags, ownership of offers, objections and contracts.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use serde_json::{Value, json};
use zhuchao::acts::refuse;
use zhuchao::domain::procedure::Step;
use zhuchao::worker::Worker;

use crate::acts::procedure::{go, offer, planned, world};
use crate::support::client::{Answer, Ask};
use crate::support::town::{Town, towns};

async fn post(town: &Town, who: &str, path: &str, body: Value) -> Answer {
    Ask::post(path, body).as_(who).of(town).await
}

async fn get(town: &Town, who: &str, path: &str) -> Answer {
    Ask::get(path).as_(who).of(town).await
}

#[actix_web::test]
async fn a_round_is_led_over_http_and_says_what_may_follow() {
    for town in towns(&world()) {
        let guide = json!({
            "number": "1", "text": "guide", "policy": "test",
            "opens_at": "2026-01-05T01:00:00Z", "closes_at": "2026-01-15T10:00:00Z",
        });
        let answer = post(
            &town,
            "bureau_planner",
            "/api/v1/rounds/R1/guide",
            guide.clone(),
        )
        .await;
        assert_eq!(
            (answer.status, &answer.json["step"]),
            (200, &json!("guided")),
            "{}",
            answer.text
        );
        town.at("2026-02-10T09:00:00+08:00");
        let answer = post(
            &town,
            "bureau_planner",
            "/api/v1/rounds/R1/freeze",
            Value::Null,
        )
        .await;
        assert_eq!(answer.json["step"], "frozen", "{}", answer.text);
        let plan = planned(&town);
        let chosen = json!({ "plan": plan, "reason": "the best" });
        let answer = post(
            &town,
            "bureau_planner",
            "/api/v1/rounds/R1/choose",
            chosen.clone(),
        )
        .await;
        assert_eq!(answer.json["step"], "chosen", "{}", answer.text);
        let seen = get(&town, "bureau_approver", "/api/v1/rounds/R1").await;
        assert_eq!(seen.header("etag"), answer.header("etag"));
        let next: Vec<&str> = (seen.json["next"].as_array().into_iter().flatten())
            .filter_map(|n| n["path"].as_str())
            .collect();
        assert_eq!(
            next,
            ["/api/v1/rounds/R1/approve", "/api/v1/rounds/R1/send-back"]
        );
        let stale = Ask::post("/api/v1/rounds/R1/approve", chosen.clone())
            .as_("bureau_approver")
            .header("if-match", "\"stale\"")
            .of(&town)
            .await;
        assert_eq!(stale.status, 412, "{}", stale.text);
        let answer = post(
            &town,
            "bureau_approver",
            "/api/v1/rounds/R1/approve",
            chosen,
        )
        .await;
        assert_eq!(answer.json["step"], "approved", "{}", answer.text);
        let public = Ask::get("/api/v1/rounds/R1").of(&town).await;
        assert_eq!(
            (public.status, &public.json["procedure"]["step"]),
            (200, &json!("frozen"))
        );
        let back = post(&town, "bureau_planner", "/api/v1/rounds/R1/guide", guide).await;
        assert_eq!(
            (back.status, &back.json["code"]),
            (409, &json!(refuse::WRONG_STATE.0))
        );
        let none = Ask::get("/api/v1/rounds/R9").of(&town).await;
        assert_eq!(none.status, 404);
    }
}

#[actix_web::test]
async fn an_objection_over_http_has_a_place_and_a_day() {
    for town in towns(&world()) {
        go(&town, Step::Publicised);
        let body = json!({ "application": "AP-F1", "grounds": "wrong" });
        let path = "/api/v1/rounds/R1/object";
        let made = post(&town, "firm_approver.F3", path, body.clone()).await;
        assert_eq!(
            (made.status, &made.json["due"]),
            (201, &json!("2026-02-27")),
            "{}",
            made.text
        );
        let anonymous = post(&town, "bureau_planner", path, body).await;
        assert_eq!(
            (anonymous.status, &anonymous.json["code"]),
            (422, &json!("AC286"))
        );
        let place = made.header("location").to_owned();
        assert_eq!(get(&town, "firm_approver.F3", &place).await.status, 200);
        assert_eq!(get(&town, "firm_approver.F1", &place).await.status, 403);
        assert_eq!(
            get(&town, "district_reviewer.440310", &place).await.status,
            403
        );
        let list = get(&town, "firm_approver.F1", "/api/v1/rounds/R1/objections").await;
        assert_eq!(list.json["items"], json!([]));
        let reply = json!({ "upheld": false, "reason": "proved" });
        let own = post(&town, "bureau_approver", &format!("{place}/reply"), reply).await;
        assert_eq!(
            (own.status, &own.json["code"]),
            (409, &json!(refuse::SAME_PERSON.0))
        );
    }
}

#[actix_web::test]
async fn a_declined_offer_goes_to_the_next_in_line_at_once_and_to_a_contract() {
    for town in towns(&world()) {
        go(&town, Step::Confirmed);
        let path = format!("/api/v1/offers/{}", offer(&town, "F1").id);
        let why = json!({ "reason": "moved" });
        for verb in ["accept", "decline"] {
            let other = post(
                &town,
                "firm_approver.F2",
                &format!("{path}/{verb}"),
                why.clone(),
            )
            .await;
            assert_eq!(
                (other.status, &other.json["code"]),
                (403, &json!(refuse::NOT_YOURS.0))
            );
        }
        let gone = post(&town, "firm_approver.F1", &format!("{path}/decline"), why).await;
        assert_eq!(
            (gone.status, &gone.json["stage"]),
            (200, &json!("declined")),
            "{}",
            gone.text
        );
        let worker = Worker::new(&town.desk, "w", Arc::new(AtomicBool::new(false)));
        while worker.once().expect("works").is_some() {}
        let open = get(
            &town,
            "bureau_planner",
            "/api/v1/offers?stage=open&round=R1",
        )
        .await;
        let open = open.json["items"].as_array().cloned().unwrap_or_default();
        assert_eq!(open.len(), 2, "F2 and the next in line");
        let next = open
            .iter()
            .find(|o| o["firm"] != "F2")
            .expect("the next in line");
        let (firm, id) = (
            next["firm"].as_str().unwrap_or(""),
            next["id"].as_str().unwrap_or(""),
        );
        let who = format!("firm_approver.{firm}");
        let taken = post(
            &town,
            &who,
            &format!("/api/v1/offers/{id}/accept"),
            Value::Null,
        )
        .await;
        assert_eq!(taken.json["stage"], "accepted", "{}", taken.text);
        let terms = json!({
            "number": "HT-1", "clauses": ["self-use"],
            "kpis": [{ "name": "headcount", "year": 2026, "least": 40 }],
        });
        let signed = post(
            &town,
            "bureau_approver",
            &format!("/api/v1/offers/{id}/sign"),
            terms,
        )
        .await;
        assert_eq!(signed.status, 201, "{}", signed.text);
        let place = signed.header("location").to_owned();
        assert_eq!(get(&town, &who, &place).await.json["number"], "HT-1");
        assert_eq!(get(&town, "firm_approver.F1", &place).await.status, 403);
        assert_eq!(
            get(&town, "district_approver.440310", &place).await.status,
            403
        );
        let waiting = get(&town, "firm_preparer.F4", "/api/v1/rounds/R1/waiting").await;
        assert!(
            waiting.json["items"]
                .as_array()
                .is_some_and(|i| i.len() <= 1)
        );
        let odd = get(&town, "bureau_planner", "/api/v1/offers?stage=odd").await;
        assert_eq!(odd.status, 422);
    }
}

#[actix_web::test]
async fn the_calendar_is_public_and_kept_by_the_bureau() {
    for town in towns(&world()) {
        let days =
            json!({ "items": [{ "date": "2027-01-01", "kind": "holiday", "source": "notice" }] });
        let entered = post(&town, "bureau_planner", "/api/v1/calendar", days.clone()).await;
        assert_eq!(entered.status, 200, "{}", entered.text);
        let seen = Ask::get("/api/v1/calendar?year=2027").of(&town).await;
        assert_eq!(seen.json, days);
        let why = json!({ "reason": "typed wrongly" });
        let path = "/api/v1/calendar/2027-01-01/strike";
        assert_eq!(
            post(&town, "bureau_planner", path, why.clone())
                .await
                .status,
            200
        );
        assert_eq!(post(&town, "bureau_planner", path, why).await.status, 404);
        let odd = post(
            &town,
            "bureau_planner",
            "/api/v1/calendar/odd/strike",
            json!({ "reason": "x" }),
        )
        .await;
        assert_eq!(odd.status, 400);
    }
}
