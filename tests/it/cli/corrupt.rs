//! Hand-made corruptions of the demonstration's plan: `check` rejects each for the right reason.

use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::{json as result, run, status};

/// A corruption: its name, what it does, the code of the law that it breaks.
type Corruption = (&'static str, fn(&mut Value), &'static str);

fn first_award(plan: &mut Value) -> &mut Value {
    &mut plan["awards"][0]
}

fn award_where(plan: &mut Value, test: fn(&Value) -> bool) -> &mut Value {
    let all = plan["awards"].as_array_mut().expect("awards");
    all.iter_mut().find(|a| test(a)).expect("such an award")
}

fn add(value: &mut Value, more: i64) {
    *value = json!(value.as_i64().expect("a number") + more);
}

const CORRUPTIONS: [Corruption; 12] = [
    (
        "value one too high",
        |p| add(&mut p["proof"]["value"], 1),
        "CK151",
    ),
    (
        "bound below the value",
        |p| {
            let v = p["proof"]["value"].as_i64().expect("a value");
            p["proof"]["upper_bound"] = json!(v - 1);
        },
        "CK152",
    ),
    (
        "an application left out",
        |p| {
            p["waiting"].as_array_mut().expect("waiting").pop();
        },
        "CK103",
    ),
    (
        "an award twice",
        |p| {
            let a = p["awards"][0].clone();
            p["awards"].as_array_mut().expect("awards").push(a);
        },
        "CK103",
    ),
    (
        "rent one fen too low",
        |p| add(&mut first_award(p)["units"][0]["monthly_rent"], -1),
        "CK130",
    ),
    (
        "subsidy one fen too high",
        |p| {
            add(
                &mut award_where(p, |a| a["subsidy"].is_object())["subsidy"]["awarded"],
                1,
            )
        },
        "CK132",
    ),
    (
        "one apartment more",
        |p| {
            add(
                &mut award_where(p, |a| a["apartments"][0].is_object())["apartments"][0]["count"],
                1,
            )
        },
        "CK145",
    ),
    (
        "a unit of another award",
        |p| {
            let u = p["awards"][1]["units"].clone();
            first_award(p)["units"] = u;
        },
        "CK113",
    ),
    (
        "a unit that does not exist",
        |p| first_award(p)["units"][0]["unit"] = json!("NOWHERE"),
        "CK110",
    ),
    ("another snapshot", |p| p["snapshot"] = json!("00"), "CK102"),
    (
        "a point invented",
        |p| add(&mut first_award(p)["score"][0]["points"], 1000),
        "CK150",
    ),
    (
        "a lease that begins too early",
        |p| first_award(p)["lease"]["from"] = json!("2020-01-01"),
        "CK121",
    ),
];

fn checked(here: &Path, plan: &Value) -> (i32, Value) {
    std::fs::write(here.join("bad.json"), plan.to_string()).expect("a file");
    let output = run(here, &["check", "bad.json", "h/snapshot.json.gz", "--json"]);
    (
        status(&output),
        serde_json::from_slice(&output.stdout).expect("a JSON result"),
    )
}

#[test]
fn each_corruption_is_rejected_for_its_own_reason() {
    let folder = TempDir::new().expect("a folder");
    let here = folder.path();
    result(here, &["demo", "--once", "--home", "h", "--seconds", "10"]);
    let good: Value =
        serde_json::from_slice(&std::fs::read(here.join("h/plan.json")).expect("a plan"))
            .expect("JSON");
    assert_eq!(checked(here, &good).0, 0);
    for (name, corrupt, code) in CORRUPTIONS {
        let mut plan = good.clone();
        corrupt(&mut plan);
        let (status, found) = checked(here, &plan);
        assert_eq!(status, 1, "{name} passes");
        let codes: Vec<&str> = found["faults"]
            .as_array()
            .expect("faults")
            .iter()
            .filter_map(|f| f["code"].as_str())
            .collect();
        assert!(codes.contains(&code), "{name}: {codes:?}");
    }
}
