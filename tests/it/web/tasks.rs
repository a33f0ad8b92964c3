//! Tasks over HTTP: 202 and where to look, the stream of steps and where it goes on.

use std::time::Duration;

use serde_json::json;
use zhuchao::acts::refuse;
use zhuchao::acts::tasks::TOO_MANY_STREAMS;
use zhuchao::domain::fault::Fault;
use zhuchao::planning::run;
use zhuchao::web::api::task_events::{Place, STREAMS};
use zhuchao::web::reply;
use zhuchao::worker::Worker;

use crate::acts::tasks::frozen;
use crate::support::client::{Answer, Ask};
use crate::support::town::Town;

const PLANNER: &str = "bureau_planner";

async fn requested(town: &Town) -> Answer {
    let body = json!({ "work": 1, "reason": "first" });
    let path = "/api/v1/rounds/R1/plan-requests";
    Ask::post(path, body).as_(PLANNER).of(town).await
}

fn ids(events: &str) -> Vec<&str> {
    events
        .lines()
        .filter_map(|l| l.strip_prefix("id: "))
        .collect()
}

#[actix_web::test]
async fn a_plan_is_asked_for_followed_and_found() {
    for town in frozen() {
        let asked = requested(&town).await;
        assert_eq!(asked.status, 202, "{}", asked.text);
        let at = asked.header("location").to_owned();
        assert_eq!(
            at,
            format!(
                "/api/v1/tasks/{}",
                asked.json["id"].as_str().unwrap_or_default()
            )
        );
        let queued = Ask::get(&at).as_(PLANNER).of(&town).await;
        assert_eq!(queued.json["state"], "queued");
        let held = queued.header("etag").to_owned();
        let same = Ask::get(&at)
            .as_(PLANNER)
            .header("if-none-match", &held)
            .of(&town)
            .await;
        assert_eq!(same.status, 304);
        Worker::new(&town.desk, "one", Default::default())
            .once()
            .expect("no fault");
        let done = Ask::get(&at)
            .as_("audit_admin")
            .header("if-none-match", &held)
            .of(&town)
            .await;
        assert_eq!(
            (done.status, &done.json["state"]),
            (200, &json!("done")),
            "{}",
            done.text
        );
        let events = format!("{at}/events");
        let all = Ask::get(&events).as_(PLANNER).of(&town).await;
        assert!(all.header("content-type").starts_with("text/event-stream"));
        assert!(
            all.text.contains("event: progress") && all.text.contains("event: end"),
            "{}",
            all.text
        );
        let numbers = ids(&all.text);
        assert_eq!(numbers.first(), Some(&"1"));
        // A client that lost the connection goes on after the last event it saw.
        let rest = Ask::get(&events)
            .as_(PLANNER)
            .header("last-event-id", "1")
            .of(&town)
            .await;
        assert_eq!(ids(&rest.text), numbers[1..]);
        assert!(rest.text.contains("event: end"));
        let listed = Ask::get("/api/v1/tasks?state=done&round=R1&limit=1")
            .as_(PLANNER)
            .of(&town)
            .await;
        assert_eq!(listed.json["items"].as_array().map(Vec::len), Some(1));
    }
}

#[actix_web::test]
async fn a_waiting_task_is_called_off_and_only_unchanged() {
    for town in frozen() {
        let at = requested(&town).await.header("location").to_owned();
        let off = format!("{at}/cancel");
        let stale = Ask::post(&off, json!({}))
            .as_(PLANNER)
            .header("if-match", "\"other\"")
            .of(&town)
            .await;
        assert_eq!(stale.status, 412);
        let cancelled = Ask::post(&off, json!({ "reason": "a mistake" }))
            .as_(PLANNER)
            .of(&town)
            .await;
        assert_eq!(
            (cancelled.status, &cancelled.json["state"]),
            (200, &json!("cancelled"))
        );
        let again = Ask::post(&off, json!({})).as_(PLANNER).of(&town).await;
        assert_eq!(
            (again.status, &again.json["code"]),
            (409, &json!(refuse::WRONG_STATE.0))
        );
        let events = Ask::get(&format!("{at}/events"))
            .as_(PLANNER)
            .of(&town)
            .await;
        assert!(events.text.starts_with("event: end"), "{}", events.text);
    }
}

#[actix_web::test]
async fn no_firm_and_no_district_sees_tasks_or_scenarios() {
    for town in frozen() {
        let at = requested(&town).await.header("location").to_owned();
        let events = format!("{at}/events");
        for who in [
            "firm_approver.F1",
            "district_approver.440305",
            "system_admin",
        ] {
            for path in [
                "/api/v1/rounds/R1/scenarios",
                "/api/v1/plan-comparison?before=a&after=b",
            ] {
                assert_eq!(
                    Ask::get(path).as_(who).of(&town).await.status,
                    403,
                    "{who} {path}"
                );
            }
        }
        for who in ["firm_approver.F1", "district_approver.440305"] {
            for path in [at.as_str(), events.as_str(), "/api/v1/tasks"] {
                assert_eq!(
                    Ask::get(path).as_(who).of(&town).await.status,
                    403,
                    "{who} {path}"
                );
            }
        }
        let nowhere = Ask::get("/api/v1/tasks/T-0/events")
            .as_(PLANNER)
            .of(&town)
            .await;
        assert_eq!(nowhere.status, 404);
    }
}

#[actix_web::test]
async fn a_scenario_goes_from_the_wish_to_the_second_signature() {
    for town in frozen() {
        let path = "/api/v1/rounds/R1/scenarios";
        let body = json!({ "name": "more weight on wishes", "weights": [{ "name": "site_wish_first", "value": 20000 }] });
        let made = Ask::post(path, body).as_(PLANNER).of(&town).await;
        assert_eq!(made.status, 201, "{}", made.text);
        let at = made.header("location").to_owned();
        let run = Ask::post(&format!("{at}/run"), json!({ "work": 1 }))
            .as_(PLANNER)
            .of(&town)
            .await;
        assert_eq!(run.status, 202, "{}", run.text);
        Worker::new(&town.desk, "one", Default::default())
            .once()
            .expect("no fault");
        let seen = Ask::get(&at).as_("bureau_approver").of(&town).await;
        let digest = seen.json["variants"][0]["digest"]
            .as_str()
            .unwrap_or_default()
            .to_owned();
        let adopt = format!("/api/v1/variants/{digest}/adopt");
        let signed = Ask::post(&adopt, json!({ "reason": "agreed" }))
            .as_("bureau_approver")
            .of(&town)
            .await;
        assert_eq!(
            (signed.status, &signed.json["adopted_by"]),
            (200, &json!("bureau_approver")),
            "{}",
            signed.text
        );
        let wild = json!({ "name": "x", "pins": [{ "application": "AP-F9", "units": [] }], "reason": "r" });
        assert_eq!(
            Ask::post(path, wild).as_(PLANNER).of(&town).await.status,
            422
        );
    }
}

#[actix_web::test]
async fn steps_are_told_while_the_run_goes_on() {
    for town in frozen() {
        let at = requested(&town).await.header("location").to_owned();
        let slow = Worker::new(&town.desk, "slow", Default::default()).with(
            Duration::from_secs(1),
            Box::new(|job, watch| {
                std::thread::sleep(Duration::from_millis(700));
                run::run_from(&job.snapshot, &job.settings, watch, None)
            }),
        );
        let hand = std::thread::spawn(move || slow.once());
        // The answer ends only when the task does.
        let events = Ask::get(&format!("{at}/events"))
            .as_(PLANNER)
            .of(&town)
            .await;
        let state = Ask::get(&at).as_(PLANNER).of(&town).await;
        assert_eq!(state.json["state"], "done");
        let numbers: Vec<u32> = ids(&events.text)
            .iter()
            .filter_map(|n| n.parse().ok())
            .collect();
        assert!(
            !numbers.is_empty() && numbers.is_sorted_by(|a, b| a < b),
            "{}",
            events.text
        );
        assert!(
            events.text.trim_end().contains("\"state\":\"done\""),
            "{}",
            events.text
        );
        hand.join().expect("the worker lives").expect("no fault");
    }
}

#[test]
fn streams_are_limited_and_places_are_given_back() {
    let open = Default::default();
    let held: Vec<Place> = (0..STREAMS).filter_map(|_| Place::take(&open)).collect();
    assert_eq!(held.len(), STREAMS);
    assert!(Place::take(&open).is_none());
    drop(held);
    assert!(Place::take(&open).is_some());
    assert_eq!(
        reply::status(&Fault::new(TOO_MANY_STREAMS, "", "")).as_u16(),
        429
    );
}
