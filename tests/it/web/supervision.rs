//! Supervision over HTTP: each route for its owner, another firm, another district, the public.

use serde_json::{Value, json};
use zhuchao::acts::refuse;
use zhuchao::acts::supervision::findings;
use zhuchao::acts::supervision::measures;
use zhuchao::domain::finding::Measure;

use crate::acts::supervision::{MORE, figures, filed, found, held, here};
use crate::support::client::{Answer, Ask};
use crate::support::town::{Town, towns};
use crate::support::world::{World, day};

async fn post(town: &Town, who: &str, path: &str, body: &Value) -> Answer {
    Ask::post(path, body.clone()).as_(who).of(town).await
}

async fn get(town: &Town, who: &str, path: &str) -> Answer {
    Ask::get(path).as_(who).of(town).await
}

/// Every one of these is refused as another's.
async fn not_theirs(town: &Town, whose: &[&str], path: &str, body: Option<&Value>) {
    for who in whose {
        let answer = match body {
            Some(body) => post(town, who, path, body).await,
            None => get(town, who, path).await,
        };
        let told = (answer.status, &answer.json["code"]);
        assert_eq!(
            told,
            (403, &json!(refuse::NOT_YOURS.0)),
            "{path} as {who}: {}",
            answer.text
        );
    }
}

/// How many rows each sees.
async fn counts(town: &Town, path: &str, whose: [&str; 4]) -> Vec<usize> {
    let mut all = Vec::new();
    for who in whose {
        let answer = get(town, who, path).await;
        assert_eq!(answer.status, 200, "{path} as {who}: {}", answer.text);
        all.push(answer.json["items"].as_array().map_or(0, Vec::len));
    }
    all
}

const EYES: [&str; 4] = [
    "firm_approver.F1",
    "firm_preparer.F2",
    "district_reviewer.440310",
    "bureau_planner",
];

fn quarter() -> Value {
    json!({
        "quarter": "2026Q1",
        "figures": {
            "headcount": 40, "revenue": 500_000, "rd_expense": 1, "tax": 1,
            "area_in_use": 30_000, "area_sublet": 0, "apartments_used": 0,
        },
    })
}

#[actix_web::test]
async fn a_statement_goes_from_the_firm_to_its_district() {
    for town in here() {
        town.at("2026-04-16T09:00:00+08:00");
        let (path, body) = ("/api/v1/contracts/C-1/statements", quarter());
        not_theirs(
            &town,
            &["firm_preparer.F2", "firm_approver.F9"],
            path,
            Some(&body),
        )
        .await;
        assert_eq!(Ask::post(path, body.clone()).of(&town).await.status, 401);
        let made = post(&town, "firm_preparer.F1", path, &body).await;
        assert_eq!(
            (made.status, made.header("location")),
            (201, "/api/v1/statements/C-1%3A2026Q1"),
            "{}",
            made.text
        );
        let place = made.header("location").to_owned();
        let seen = get(&town, "firm_approver.F1", &place).await;
        assert_eq!(
            (seen.status, seen.header("etag")),
            (200, made.header("etag"))
        );
        not_theirs(
            &town,
            &["firm_approver.F2", "district_approver.440310"],
            &place,
            None,
        )
        .await;
        let (file, none) = (format!("{place}/file"), json!({}));
        not_theirs(&town, &["firm_approver.F2"], &file, Some(&none)).await;
        let filed = post(&town, "firm_approver.F1", &file, &none).await;
        assert_eq!((filed.status, &filed.json["stage"]), (200, &json!("filed")));
        let why = json!({ "reason": "the tax is missing" });
        for (verb, body) in [("return", &why), ("confirm", &none)] {
            let path = format!("{place}/{verb}");
            not_theirs(&town, &["district_reviewer.440310"], &path, Some(body)).await;
        }
        assert_eq!(
            counts(&town, "/api/v1/statements", EYES).await,
            [1, 0, 0, 1]
        );
        assert_eq!(
            counts(&town, "/api/v1/statements/due?overdue=true", EYES).await,
            [0, 1, 1, 2]
        );
        let odd = get(&town, "bureau_planner", "/api/v1/statements?stage=lost").await;
        assert_eq!(
            (odd.status, &odd.json["code"]),
            (422, &json!(refuse::UNFIT.0))
        );
        let done = post(
            &town,
            "district_reviewer.440305",
            &format!("{place}/confirm"),
            &none,
        )
        .await;
        assert_eq!(done.json["stage"], "confirmed", "{}", done.text);
        let terms = get(&town, "firm_approver.F1", "/api/v1/contracts/C-1/terms").await;
        assert_eq!(
            terms.json["items"][1],
            json!({
                "name": "revenue", "year": 2026, "least": 1_000_000, "filed": 500_000, "outcome": "not_due",
            })
        );
        let others = ["firm_preparer.F2", "district_reviewer.440310"];
        not_theirs(&town, &others, "/api/v1/contracts/C-1/terms", None).await;
    }
}

#[actix_web::test]
async fn a_draw_is_public_and_its_inner_side_is_not() {
    for town in here() {
        town.at("2026-03-02T09:00:00+08:00");
        let body = json!({
            "district": "440305", "title": "抽查", "method": "a named number", "known_from": "2026-03-10",
        });
        let path = "/api/v1/draws";
        not_theirs(&town, &["district_reviewer.440310"], path, Some(&body)).await;
        let made = post(&town, "district_reviewer.440305", path, &body).await;
        assert_eq!(
            (made.status, &made.json["stage"]),
            (201, &json!("announced")),
            "{}",
            made.text
        );
        let place = made.header("location").to_owned();
        let none = json!({});
        not_theirs(
            &town,
            &["district_reviewer.440310"],
            &format!("{place}/freeze"),
            Some(&none),
        )
        .await;
        let frozen = post(
            &town,
            "district_reviewer.440305",
            &format!("{place}/freeze"),
            &none,
        )
        .await;
        assert_eq!(frozen.json["list"], json!([]), "{}", frozen.text);
        let value = json!({ "value": "3210.45" });
        not_theirs(
            &town,
            &["district_approver.440310"],
            &format!("{place}/hold"),
            Some(&value),
        )
        .await;
        let early = post(
            &town,
            "district_approver.440305",
            &format!("{place}/hold"),
            &value,
        )
        .await;
        assert_eq!((early.status, &early.json["code"]), (422, &json!("AC431")));
        town.at("2026-03-10T16:00:00+08:00");
        let held = post(
            &town,
            "district_approver.440305",
            &format!("{place}/hold"),
            &value,
        )
        .await;
        assert_eq!(held.json["stage"], "drawn", "{}", held.text);
        let public = Ask::get(&place).of(&town).await;
        assert_eq!(
            (public.status, &public.json["drawn"]),
            (200, &held.json["drawn"])
        );
        let repeated = zhuchao::acts::supervision::published::repeat(public.text.as_bytes());
        assert_eq!(repeated.expect("the answer is the file").listed, 2);
        let list = Ask::get(path).of(&town).await;
        assert_eq!(list.json["items"].as_array().map(Vec::len), Some(1));
        let inside = format!("{place}/inside");
        assert_eq!(Ask::get(&inside).of(&town).await.status, 401);
        not_theirs(&town, &["district_reviewer.440310"], &inside, None).await;
        let seen = get(&town, "audit_admin", &inside).await;
        assert_eq!(
            seen.json["officers"].as_array().map(Vec::len),
            Some(3),
            "{}",
            seen.text
        );
        let absent = Ask::get("/api/v1/draws/D-none").of(&town).await;
        assert_eq!(absent.status, 404);
    }
}

#[actix_web::test]
async fn visits_and_findings_are_the_firms_and_the_districts() {
    for town in here() {
        town.at("2026-03-02T09:00:00+08:00");
        let body = json!({
            "on": "2026-03-02", "colleague": MORE[1], "seen": "others use half of the floor",
            "findings": [{ "kind": "sublet", "clause": "self-use", "text": "150 m2 are sub-let" }],
        });
        let path = "/api/v1/contracts/C-1/visits";
        not_theirs(&town, &["district_reviewer.440310"], path, Some(&body)).await;
        let made = post(&town, "district_reviewer.440305", path, &body).await;
        assert_eq!(
            (made.status, &made.json["findings"]),
            (201, &json!(1)),
            "{}",
            made.text
        );
        let place = made.header("location").to_owned();
        let others = ["firm_approver.F2", "district_approver.440310"];
        not_theirs(&town, &others, &place, None).await;
        let mine = get(&town, "firm_preparer.F1", &place).await;
        assert_eq!(
            (&mine.json["inspectors"], &mine.json["entered"]["by"]),
            (&json!([]), &json!(""))
        );
        assert_eq!(
            counts(&town, "/api/v1/visits?contract=C-1", EYES).await,
            [1, 0, 0, 1]
        );
        assert_eq!(
            counts(&town, "/api/v1/findings?stage=open", EYES).await,
            [1, 0, 0, 1]
        );
        let all = get(&town, "firm_approver.F1", "/api/v1/findings").await;
        let id = all.json["items"][0]["id"]
            .as_str()
            .unwrap_or_default()
            .to_owned();
        let finding = format!("/api/v1/findings/{id}");
        not_theirs(&town, &others, &finding, None).await;
        let text = json!({ "text": "a partner works with us" });
        for verb in ["reply", "mend"] {
            let path = format!("{finding}/{verb}");
            not_theirs(&town, &["firm_approver.F2"], &path, Some(&text)).await;
        }
        let decision = json!({
            "measures": [{ "kind": "warn" }, { "kind": "rectify", "by": "2026-04-01" }], "reason": "3",
        });
        let close = json!({ "mended": true, "note": "seen" });
        for (verb, body) in [("decide", &decision), ("close", &close)] {
            let path = format!("{finding}/{verb}");
            not_theirs(&town, &["district_approver.440310"], &path, Some(body)).await;
        }
        let walk = [
            ("firm_approver.F1", "reply", &text, "replied"),
            ("district_approver.440305", "decide", &decision, "decided"),
            ("firm_approver.F1", "mend", &text, "mended"),
            ("district_reviewer.440305", "close", &close, "closed"),
        ];
        for (who, verb, body, stage) in walk {
            let answer = post(&town, who, &format!("{finding}/{verb}"), body).await;
            assert_eq!(
                (answer.status, &answer.json["stage"]),
                (200, &json!(stage)),
                "{verb}: {}",
                answer.text
            );
        }
    }
}

#[actix_web::test]
async fn sanctions_are_lifted_and_settled_by_their_own() {
    for town in here() {
        town.at("2026-03-02T09:00:00+08:00");
        let finding = found(&town, "C-1");
        findings::reply(&town.firm("F1"), &finding.id, "no").expect("replied");
        let all = [
            Measure::Suspend {
                from: day(2026, 3, 2),
                until: None,
            },
            Measure::ClawBack {
                from: day(2026, 2, 1),
            },
            Measure::Ban { until: None },
        ];
        measures::decide(&town.bureau(), &finding.id, &all, "by the agreement").expect("decided");
        let why = json!({ "reason": "in order" });
        let settle = json!({ "ordered": false, "note": "nothing was paid" });
        let walk = [
            ("bans", "lift", &why, "lifted"),
            ("suspensions", "lift", &why, "lifted"),
            ("claw-back-proposals", "settle", &settle, "dropped"),
        ];
        for (noun, verb, body, stage) in walk {
            let list = format!("/api/v1/{noun}");
            assert_eq!(counts(&town, &list, EYES).await, [1, 0, 0, 1], "{noun}");
            assert_eq!(Ask::get(&list).of(&town).await.status, 401);
            let mine = get(&town, "firm_approver.F1", &list).await;
            assert!(!mine.text.contains("bureau_approver"), "{}", mine.text);
            let id = mine.json["items"][0]["id"]
                .as_str()
                .unwrap_or_default()
                .to_owned();
            let path = format!("{list}/{id}/{verb}");
            not_theirs(&town, &["district_approver.440310"], &path, Some(body)).await;
            let done = post(&town, "district_approver.440305", &path, body).await;
            assert_eq!(
                (done.status, &done.json["stage"]),
                (200, &json!(stage)),
                "{}",
                done.text
            );
            let twice = post(&town, "district_approver.440305", &path, body).await;
            assert_eq!(twice.status, 409, "{}", twice.text);
        }
    }
}

/// Pages of a list begin after the last key of the page before.
#[actix_web::test]
async fn lists_come_in_pages() {
    for town in here() {
        town.at("2026-04-10T09:00:00+08:00");
        for contract in ["C-1", "C-2"] {
            filed(&town, contract, "2026Q1", &figures(40, 1));
        }
        let first = get(&town, "bureau_planner", "/api/v1/statements?limit=1").await;
        assert_eq!(first.json["next"], "C-1:2026Q1");
        let second = get(
            &town,
            "bureau_planner",
            "/api/v1/statements?limit=1&after=C-1:2026Q1",
        )
        .await;
        assert_eq!(second.json["items"][0]["id"], "C-2:2026Q1");
        town.at("2026-03-01T09:00:00+08:00");
        held(&town);
        let draws = Ask::get("/api/v1/draws?limit=1").of(&town).await;
        assert!(draws.json["next"].is_string());
    }
}

/// A town without contracts has empty lists, not faults.
#[actix_web::test]
async fn a_town_without_contracts_has_empty_lists() {
    for town in towns(&World::city()) {
        for noun in [
            "statements",
            "visits",
            "findings",
            "bans",
            "suspensions",
            "claw-back-proposals",
        ] {
            let answer = get(&town, "bureau_approver", &format!("/api/v1/{noun}")).await;
            assert_eq!(
                (answer.status, &answer.json["items"]),
                (200, &json!([])),
                "{noun}"
            );
        }
        let due = get(&town, "bureau_approver", "/api/v1/statements/due").await;
        assert_eq!(
            (due.status, &due.json["items"]),
            (200, &json!([])),
            "{}",
            due.text
        );
    }
}
