//! Reasons over HTTP: a firm reads its own certificate and no other, the bureau asks.

use serde_json::json;
use zhuchao::acts::reasons::BAD_SECONDS;
use zhuchao::acts::{freeze, refuse};
use zhuchao::domain::quota::QuotaMode;
use zhuchao::worker::Worker;

use crate::acts::tasks::{round, world};
use crate::support::client::Ask;
use crate::support::town::{Town, towns};

const PLANNER: &str = "bureau_planner";

/// Towns with a hard quota, the round frozen.
fn frozen() -> Vec<Town> {
    let towns = towns(&world().quota("440305", 100, QuotaMode::Hard));
    for town in &towns {
        freeze::freeze(&town.desk, &round()).expect("a snapshot");
    }
    towns
}

/// An answer says something in both languages, and leaves no hole.
fn worded(answer: &serde_json::Value) {
    let sentences = answer["sentences"].as_array().expect("sentences");
    assert!(!sentences.is_empty(), "{answer}");
    for sentence in sentences {
        for language in ["zh", "en"] {
            let said = sentence[language].as_str().unwrap_or_default();
            assert!(!said.is_empty() && !said.contains(['{', '}']), "{sentence}");
        }
        assert_ne!(
            sentence["zh"], sentence["en"],
            "a sentence is not translated"
        );
    }
}

/// The newest plan of the round, made now.
async fn planned(town: &Town) -> String {
    let body = json!({ "work": 1, "reason": "first" });
    let asked = Ask::post("/api/v1/rounds/R1/plan-requests", body)
        .as_(PLANNER)
        .of(town)
        .await;
    let at = asked.header("location").to_owned();
    Worker::new(&town.desk, "one", Default::default())
        .once()
        .expect("no fault");
    let done = Ask::get(&at).as_(PLANNER).of(town).await;
    done.json["result"].as_str().expect("a plan").to_owned()
}

#[actix_web::test]
async fn a_firm_reads_its_own_certificate_and_the_bureau_asks() {
    for town in frozen() {
        let plan = planned(&town).await;
        let at = format!("/api/v1/plans/{plan}/reasons/AP-F1");
        let own = Ask::get(&at).as_("firm_approver.F1").of(&town).await;
        assert_eq!(own.status, 200, "{}", own.text);
        let said = own.json["sentences"][0]["zh"].as_str();
        assert!(said.is_some_and(|s| !s.is_empty()), "{}", own.text);
        let other = Ask::get(&at).as_("firm_approver.F2").of(&town).await;
        assert_eq!(
            (other.status, &other.json["code"]),
            (403, &json!(refuse::NOT_YOURS.0))
        );
        let foil = format!("/api/v1/plans/{plan}/foil");
        let demands = json!([{ "demand": "place", "application": "AP-F1" }]);
        for quick in [true, false] {
            let body = json!({ "demands": demands, "quick": quick, "seconds": 2 });
            let asked = Ask::post(&foil, body).as_(PLANNER).of(&town).await;
            assert_eq!(asked.status, 200, "{}", asked.text);
            assert!(
                asked.json["answer"]["change"]["high"].is_i64(),
                "{}",
                asked.text
            );
            worded(&asked.json);
        }
        let long = json!({ "demands": demands, "seconds": 1000 });
        let long = Ask::post(&foil, long).as_(PLANNER).of(&town).await;
        assert_eq!(long.json["code"], json!(BAD_SECONDS.0));
        for (verb, body) in [
            ("freed", json!({ "unit": "N1" })),
            (
                "more",
                json!({ "quotas": [{ "district": "440305", "amount": 1_000_000 }], "seconds": 1 }),
            ),
            ("conflict", json!({ "demands": demands })),
            (
                "frontier",
                json!({ "events": [{ "event": "lost", "unit": "N1" }], "seconds": 2 }),
            ),
            ("fairness", json!({ "seconds": 1 })),
            (
                "money",
                json!({ "shares_bp": [5000], "steps_bp": [1000], "seconds": 1 }),
            ),
            ("twin", json!({ "building": "S-N/A", "seconds": 2 })),
        ] {
            let path = format!("/api/v1/plans/{plan}/{verb}");
            let answer = Ask::post(&path, body).as_(PLANNER).of(&town).await;
            assert_eq!(answer.status, 200, "{verb}: {}", answer.text);
            worded(&answer.json);
        }
        let envy = Ask::get(&format!("/api/v1/plans/{plan}/envy"))
            .as_(PLANNER)
            .of(&town)
            .await;
        assert_eq!(envy.status, 200, "{}", envy.text);
        worded(&envy.json);
    }
}

#[actix_web::test]
async fn a_district_asks_who_would_be_placed_with_more_quota() {
    use zhuchao::acts::freeze;
    use zhuchao::acts::reasons::next_yuan::next_yuan;
    use zhuchao::domain::ledger::QuotaKey;
    use zhuchao::domain::money::Fen;
    use zhuchao::domain::quota::{Item, QuotaMode};

    let world = crate::acts::tasks::world().quota("440305", 10, QuotaMode::Hard);
    for town in crate::support::town::towns(&world) {
        let page = "/quotas/440305/2026";
        let reviewer = "district_reviewer.440305";
        let still = super::walking::whole(&town, reviewer, page).await;
        assert!(still.text.contains("type=\"range\"") && still.text.contains("slider.js"));
        let none = super::walking::whole(&town, reviewer, &format!("{page}?more=10000")).await;
        assert!(
            none.text.contains("该年度还没有公开的方案"),
            "{}",
            none.text
        );
        freeze::freeze(&town.desk, &crate::acts::tasks::round()).expect("a snapshot");
        planned(&town).await;
        let key = QuotaKey {
            district: "440305".parse().expect("a code"),
            year: 2026,
            item: Item::RentSubsidy,
        };
        let found = next_yuan(&town.reviewer("440305"), &key, Fen(1_000_000), 1);
        let found = found.expect("an answer").expect("a plan");
        assert_eq!(found.round.as_str(), "R1");
        assert!(found.gain.low >= Some(zhuchao::domain::points::Points::ZERO));
        let asked = super::walking::whole(&town, reviewer, &format!("{page}?more=10000")).await;
        let placed = asked.text.split("id=\"placed\"").nth(1).unwrap_or_default();
        assert!(placed.contains("R1 · "), "{}", asked.text);
        assert!(
            asked
                .text
                .contains("/quotas/440305/2026/propose?amount=10010"),
            "{}",
            asked.text
        );
        let propose = format!("{page}/propose?amount=10010.00");
        let propose = super::walking::whole(&town, reviewer, &propose).await;
        assert!(
            propose.text.contains("value=\"10010.00\""),
            "{}",
            propose.text
        );
        let stranger = next_yuan(&town.reviewer("440310"), &key, Fen(1), 1);
        assert_eq!(
            stranger.expect_err("another district").0[0].code,
            refuse::NOT_YOURS
        );
    }
}
