//! Money over HTTP: the way of a yuan, and that other districts and firms are refused on each route.

use actix_web::http::Method;
use serde_json::{Value, json};
use zhuchao::acts::refuse;
use zhuchao::web::routes::{Who, all};

use crate::acts::money::{HERE, PROOF, THERE, contract, here, sign};
use crate::support::client::{Answer, Ask};
use crate::support::town::Town;

const REVIEWER: &str = "district_reviewer.440305";
const APPROVER: &str = "district_approver.440305";
const FIRM: &str = "firm_approver.F1";
const BUDGET: &str = "/api/v1/quotas/440305/2026/rent_subsidy";

async fn post(town: &Town, who: &str, path: &str, body: Value) -> Answer {
    Ask::post(path, body).as_(who).of(town).await
}

async fn done(town: &Town, who: &str, path: &str, body: Value) -> Value {
    let answer = post(town, who, path, body).await;
    assert!(
        matches!(answer.status, 200 | 201),
        "{path}: {}",
        answer.text
    );
    answer.json
}

async fn get(town: &Town, who: &str, path: &str) -> Answer {
    Ask::get(path).as_(who).of(town).await
}

fn id(value: &Value) -> String {
    value["id"].as_str().expect("an id").to_owned()
}

/// The keys of what stands on the way.
struct Way {
    change: String,
    claim: String,
    settlement: String,
    batch: String,
    debt: String,
}

fn facts() -> Value {
    json!({ "months": [4, 5], "rent_paid": 20_000, "appraised": null, "other_aid": 0, "evidence": [PROOF] })
}

/// A quota of 60 yuan, a claim for 100, the cut, the payment, and the order to pay 10 back.
async fn walked(town: &Town) -> Way {
    let propose = json!({ "amount": 6_000, "mode": "pro_rata", "basis": "预算" });
    let change = id(&done(town, REVIEWER, &format!("{BUDGET}/propose"), propose).await);
    done(
        town,
        APPROVER,
        &format!("/api/v1/quota-changes/{change}/release"),
        json!({}),
    )
    .await;
    let mine = contract("F1", HERE, 100, 450);
    sign(town, &mine).expect("signed");
    town.at("2026-07-01T09:00:00+08:00");
    let body = json!({ "year": 2026, "facts": facts() });
    let path = format!("/api/v1/contracts/{}/claims", mine.id);
    let claim = id(&done(town, "firm_preparer.F1", &path, body).await);
    let verb = |verb: &str| format!("/api/v1/claims/{claim}/{verb}");
    let submitted = done(town, FIRM, &verb("submit"), json!({})).await;
    assert_eq!(
        (&submitted["computed"], &submitted["stage"]),
        (&json!(10_000), &json!("submitted"))
    );
    let review = json!({ "amount": null, "reason": "" });
    done(town, REVIEWER, &verb("review"), review).await;
    let more = get(town, REVIEWER, &format!("{BUDGET}/what-if?more=1000")).await;
    assert_eq!(more.json["shifts"][0]["then"], 7_000, "{}", more.text);
    let settle = json!({ "whole_year": true, "reason": "年度核定" });
    let settlement = done(town, REVIEWER, &format!("{BUDGET}/settle"), settle).await;
    assert_eq!(settlement["sheet"]["num"], 6_000);
    let settlement = id(&settlement);
    done(
        town,
        APPROVER,
        &format!("/api/v1/settlements/{settlement}/approve"),
        json!({}),
    )
    .await;
    done(
        town,
        REVIEWER,
        &verb("publicise"),
        json!({ "number": "公示1号" }),
    )
    .await;
    town.at("2026-07-14T09:00:00+08:00");
    let due = done(town, APPROVER, &verb("approve"), json!({})).await;
    assert_eq!(
        (&due["stage"], &due["awarded"]),
        (&json!("payable"), &json!(6_000))
    );
    let account = json!({ "holder": "F1", "bank": "某银行", "number": "6222000011112222" });
    let shown = done(town, FIRM, "/api/v1/firms/F1/bank-account", account).await;
    assert_eq!(shown["number"], "****2222");
    let batch = done(
        town,
        REVIEWER,
        &format!("{BUDGET}/pay"),
        json!({ "claims": [claim] }),
    )
    .await;
    let batch = id(&batch);
    let file = format!("/api/v1/payment-batches/{batch}/export?format=csv");
    let file = post(town, APPROVER, &file, json!({})).await;
    assert!(file.text.contains("6222000011112222"), "{}", file.text);
    assert_eq!(file.header("cache-control"), "no-store");
    let answer = json!({ "reference": "B-1", "paid_on": "2026-07-14", "failed": [] });
    done(
        town,
        REVIEWER,
        &format!("/api/v1/payment-batches/{batch}/confirm"),
        answer,
    )
    .await;
    let order =
        json!({ "claim": claim, "amount": 1_000, "reason": "转租", "deadline": "2026-12-01" });
    let path = format!("/api/v1/contracts/{}/claw-backs", mine.id);
    let orders = done(town, APPROVER, &path, order).await;
    let debt = id(&orders["orders"][0]);
    Way {
        change,
        claim,
        settlement,
        batch,
        debt,
    }
}

#[actix_web::test]
async fn a_yuan_goes_from_the_quota_to_the_firm_and_back() {
    for town in here() {
        let way = walked(&town).await;
        let receive = format!("/api/v1/claw-backs/{}/receive", way.debt);
        let part = json!({ "amount": 400, "reference": "B-2" });
        let debt = done(&town, REVIEWER, &receive, part).await;
        assert_eq!((&debt["owed"], &debt["late"]), (&json!(600), &json!(false)));
        let propose = format!("/api/v1/claw-backs/{}/propose-waiver", way.debt);
        done(&town, REVIEWER, &propose, json!({ "reason": "困难" })).await;
        let waive = format!("/api/v1/claw-backs/{}/waive", way.debt);
        done(&town, APPROVER, &waive, json!({})).await;
        let now = get(&town, "bureau_planner", BUDGET).await;
        let balance = &now.json["balance"];
        assert_eq!(
            (&balance["free"], &balance["paid"]),
            (&json!(400), &json!(5_600))
        );
        let entries = get(&town, REVIEWER, &format!("{BUDGET}/entries?limit=2")).await;
        assert_eq!(entries.json["items"].as_array().map(Vec::len), Some(2));
        assert_eq!(entries.json["next"], "440305/2026/rent_subsidy/00000002");
        let months = get(&town, REVIEWER, &format!("{BUDGET}/burn-down")).await;
        assert_eq!(months.json["months"].as_array().map(Vec::len), Some(7));
        let sheet = format!("/api/v1/settlements/{}/sheet.csv", way.settlement);
        let sheet = get(&town, REVIEWER, &sheet).await;
        assert!(sheet.text.contains("60.00") && sheet.header("content-type").contains("csv"));
        let left = get(&town, FIRM, "/api/v1/firms/F1/allowance?year=2026").await;
        assert_eq!(left.json["contracts"][0]["months_used"], 2, "{}", left.text);
        let one = format!("/api/v1/claims/{}", way.claim);
        let first = get(&town, FIRM, &one).await;
        let tag = first.header("etag").to_owned();
        let held = Ask::get(&one).as_(FIRM).header("if-none-match", &tag);
        assert_eq!(held.of(&town).await.status, 304);
        for list in [
            "quotas",
            "claims",
            "settlements",
            "payment-batches",
            "claw-backs",
            "commitments",
        ] {
            let path = format!("/api/v1/{list}");
            let all = get(&town, REVIEWER, &path).await;
            assert!(
                !all.json["items"].as_array().expect("items").is_empty(),
                "{list}"
            );
            assert!(!all.text.contains("6222000011112222"), "{list}");
            let others = get(&town, &format!("district_reviewer.{THERE}"), &path).await;
            assert_eq!(others.json["items"], json!([]), "{list}");
        }
    }
}

/// A body that the route can read, so that ownership is what refuses.
fn body(path: &str) -> Value {
    let verb = path.rsplit('/').next().unwrap_or_default();
    match verb {
        "propose" => json!({ "amount": 1, "mode": "hard", "basis": "x" }),
        "settle" => json!({ "whole_year": true, "reason": "x" }),
        "claims" => json!({ "year": 2026, "facts": facts() }),
        "revise" => facts(),
        "review" => json!({ "amount": null, "reason": "x" }),
        "publicise" => json!({ "number": "x" }),
        "bank-account" => json!({ "holder": "x", "bank": "x", "number": "12345678" }),
        "pay" => json!({ "claims": ["none"] }),
        "confirm" => json!({ "reference": "x", "paid_on": "2026-07-14", "failed": [] }),
        "claw-backs" => {
            json!({ "claim": null, "amount": null, "reason": "x", "deadline": "2026-12-01" })
        }
        "receive" => json!({ "amount": 1, "reference": "x" }),
        _ => json!({ "reason": "x" }),
    }
}

/// The path with the keys of what belongs to F1 and its district; `None` for lists.
fn of_f1(path: &str, way: &Way) -> Option<String> {
    let key = match path.split('/').nth(3)? {
        "quotas" => {
            let path = path.replace("{district}", HERE).replace("{year}", "2026");
            return (!path.ends_with("/quotas")).then(|| path.replace("{item}", "rent_subsidy"));
        }
        "quota-changes" => &way.change,
        "claims" => &way.claim,
        "settlements" => &way.settlement,
        "payment-batches" => &way.batch,
        "claw-backs" => &way.debt,
        "contracts" => "C-F1-440305",
        "firms" => "F1",
        _ => return None,
    };
    path.contains("{id}").then(|| path.replace("{id}", key))
}

#[actix_web::test]
async fn other_districts_and_firms_are_refused_on_each_route() {
    let town = here().remove(0);
    let way = walked(&town).await;
    let strangers = [
        "firm_preparer.F2",
        "firm_approver.F2",
        "district_reviewer.440310",
        "district_approver.440310",
    ];
    let mut asked = 0;
    for route in all().filter(|r| r.doc.as_ref().is_some_and(|d| d.tag == "money")) {
        let (Who::Power(power), Some(path)) = (route.who, of_f1(route.path, &way)) else {
            continue;
        };
        let ask = || match route.method {
            Method::GET => Ask::get(&path),
            _ => Ask::post(&path, body(&path)),
        };
        let nobody = ask().of(&town).await;
        assert_eq!(nobody.status, 401, "{path}: {}", nobody.text);
        for who in strangers {
            let role = who.split('.').next().unwrap_or_default();
            let may = power.who.iter().any(|(r, _)| r.name() == role);
            // What a firm has left is a list: another district finds it empty.
            if !may || (path.ends_with("/allowance") && role.starts_with("district")) {
                continue;
            }
            let answer = ask().as_(who).of(&town).await;
            let name = format!("{} {path} as {who}", route.method);
            assert_eq!(answer.status, 403, "{name}: {}", answer.text);
            assert_eq!(answer.json["code"], refuse::NOT_YOURS.0, "{name}");
            asked += 1;
        }
    }
    assert!(asked > 35, "{asked}");
}

#[actix_web::test]
async fn what_cannot_be_read_is_refused_with_a_reason() {
    let town = here().remove(0);
    let odd = get(&town, REVIEWER, "/api/v1/quotas/440305/x/rent_subsidy").await;
    assert_eq!((odd.status, &odd.json["code"]), (422, &json!("DM250")));
    let stage = get(&town, REVIEWER, "/api/v1/claims?stage=lost").await;
    assert_eq!((stage.status, &stage.json["code"]), (422, &json!("AC018")));
    let unknown = json!({ "amount": 1, "mode": "hard", "basis": "x", "more": 1 });
    let unknown = post(&town, REVIEWER, &format!("{BUDGET}/propose"), unknown).await;
    assert_eq!(unknown.status, 400);
    let format = "/api/v1/payment-batches/none/export?format=pdf";
    let format = post(&town, APPROVER, format, json!({})).await;
    assert_eq!(format.status, 422);
    let gone = post(
        &town,
        APPROVER,
        "/api/v1/payment-batches/none/export",
        json!({}),
    )
    .await;
    assert_eq!(gone.status, 404);
}
