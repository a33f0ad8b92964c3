//! `zhuchao verify` says what confirms the stated bound.

use super::{json, run, text};
use tempfile::TempDir;

const INSTANCE: &str = r#"{"format":"zhuchao-instance/1","name":"two","sense":"max",
"resources":[{"id":"r","capacity":3}],"agents":[
{"id":"a","options":[{"id":"o","value":7,"site":0,"uses":[[0,2]]}]},
{"id":"b","options":[{"id":"o","value":7,"site":0,"uses":[[0,2]]}]}]}"#;

/// An outcome of value 7, whose bound no prices prove: they prove 10 at best.
fn outcome(bound: &str, extra: &str) -> String {
    format!(
        r#"{{"format":"zhuchao-outcome/1","instance":"two","status":"feasible","value":7,
"upper_bound":{bound},"seconds":0,"choices":[{{"agent":"a","option":"o"}}]{extra}}}"#
    )
}

#[test]
fn a_bound_and_what_confirms_it() {
    let folder = TempDir::new().expect("a folder");
    let here = folder.path();
    std::fs::write(here.join("i.json"), INSTANCE).expect("a file");
    let proof = r#","proof":{"packed":[0],"agents":[0,0],"resources":[0],"bound":7}"#;
    let weak = r#","dual":{"prices":[3.5],"bound":10}"#;
    let cases = [
        (
            "10",
            r#","prices":[3.5]"#,
            "10 (confirmed: by prices)",
            "prices",
        ),
        ("7", proof, "7 (confirmed: by block prices)", "blocks"),
        (
            "7",
            weak,
            "7 (stated by branching; arithmetic confirms 10)",
            "branching",
        ),
        (
            "7",
            "",
            "7 (stated; no arithmetic confirms it)",
            "branching",
        ),
        ("null", "", "none", "none"),
    ];
    for (bound, extra, line, by) in cases {
        std::fs::write(here.join("o.json"), outcome(bound, extra)).expect("a file");
        let said = text(&run(here, &["verify", "o.json", "i.json"]).stdout);
        let found = said.lines().find(|l| l.starts_with("bound"));
        assert_eq!(found, Some(format!("bound  {line}").as_str()), "{said}");
        let verified = json(here, &["verify", "o.json", "i.json"]);
        assert_eq!(verified["bound_by"], by, "{verified}");
    }
}
