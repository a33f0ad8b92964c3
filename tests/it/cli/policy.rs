//! `zhuchao policy ..` on fixed documents: what it prints is kept as golden text.

use std::path::Path;

use tempfile::TempDir;
use zhuchao::domain::area::Area;
use zhuchao::domain::money::Fen;
use zhuchao::domain::period::Period;
use zhuchao::domain::plan::{Award, PLAN_FORMAT, Plan, Proof, UnitGrant};
use zhuchao::domain::points::Points;
use zhuchao::domain::quota::QuotaMode;
use zhuchao::domain::snapshot::Snapshot;
use zhuchao::planning::files;

use super::{json, refused, run, status, text};
use crate::support::world::{POLICY, World, day, key};

const ODD: &str = include_str!("../support/odd_policy.toml");

/// A folder with the small policy, the odd one, and one that differs from the small one.
fn folder() -> TempDir {
    let folder = TempDir::new().expect("a folder");
    let put = |name: &str, text: &str| {
        std::fs::write(folder.path().join(name), text).expect("a file");
    };
    put("small.toml", POLICY);
    put("odd.toml", ODD);
    put("new.toml", &changed());
    folder
}

/// The small policy with another version: a higher threshold, other rates, a rule added, a rule removed.
fn changed() -> String {
    let rule = "[[eligibility.rule]]\nid = \"E-TEAM\"\nlabel_zh = \"团队\"\nlabel_en = \"Team\"\n\
                condition = \"headcount >= 50 or has high_tech\"\nbasis = \"test\"\n\
                evidence = \"synthetic\"\n\n[[area_step]]";
    POLICY
        .replacen("version = \"1\"", "version = \"2\"", 1)
        .replacen("area_max_m2 = 1000", "area_max_m2 = 800", 1)
        .replacen(
            "share_bp = 5000",
            "share_bp = 6000\nyear_cap_yuan = 150000",
            1,
        )
        .replacen("share_bp = 3000", "share_bp = 2000", 1)
        .replacen("[[area_step]]", rule, 1)
        .split("[[reserve]]")
        .next()
        .map(|head| format!("{head}{}", after_reserve()))
        .expect("there is a head")
}

fn after_reserve() -> String {
    let at = POLICY.find("[weights]").expect("the weights");
    POLICY.get(at..).unwrap_or_default().to_owned()
}

fn printed(folder: &Path, args: &[&str]) -> String {
    let output = run(folder, args);
    text(&output.stdout)
}

#[test]
fn lint_lists_findings_with_examples_and_fails_on_errors() {
    let folder = folder();
    let output = run(folder.path(), &["policy", "lint", "odd.toml"]);
    assert_eq!(status(&output), 1);
    insta::assert_snapshot!(text(&output.stdout));
    let small = run(folder.path(), &["policy", "lint", "small.toml"]);
    assert_eq!(status(&small), 0, "warnings do not fail");
    let all = json(folder.path(), &["policy", "lint", "small.toml"]);
    assert_eq!(all["publishable"], true);
}

#[test]
fn diff_names_each_rule_and_value() {
    let folder = folder();
    let here = folder.path();
    insta::assert_snapshot!(printed(here, &["policy", "diff", "small.toml", "new.toml"]));
    // Another spacing of a condition is no change.
    let spaced = ODD.replacen(
        "headcount > 20 and headcount < 21",
        "(headcount>20) and headcount<21",
        1,
    );
    assert_ne!(spaced, ODD);
    std::fs::write(here.join("spaced.toml"), spaced).expect("a file");
    let same = json(here, &["policy", "diff", "odd.toml", "spaced.toml"]);
    assert_eq!(same["changes"], serde_json::json!([]));
}

#[test]
fn show_prints_every_rule_with_its_evidence() {
    let folder = folder();
    insta::assert_snapshot!(printed(folder.path(), &["policy", "show", "small.toml"]));
}

#[test]
fn the_schema_is_printed_as_it_is_published() {
    let folder = folder();
    let printed = printed(folder.path(), &["policy", "schema"]);
    assert_eq!(
        printed.trim(),
        include_str!("../../../data/policy/schema.json").trim()
    );
}

/// Two districts, three firms that are placed, one that is not eligible.
fn snapshot() -> Snapshot {
    World::city()
        .site("S1", "440305", 500)
        .site("S2", "440310", 6_000)
        .unit("A1", "S1/A/1", 300)
        .unit("B1", "S2/B/1", 900)
        .unit("B2", "S2/B/2", 600)
        .quota("440305", 250_000, QuotaMode::Hard)
        .quota("440310", 60_000, QuotaMode::ProRata)
        .firm("F1", 60)
        .wants_with("F1", 250, 300, |a| a.wants_subsidy = true)
        .firm("F2", 40)
        .wants_with("F2", 800, 900, |a| a.wants_subsidy = true)
        .firm("F3", 80)
        .wants_with("F3", 500, 600, |a| a.wants_subsidy = true)
        .firm("F4", 5)
        .wants("F4", 100, 200)
        .freeze()
}

fn award(snapshot: &Snapshot, firm: &str, site: &str, unit: &str, yuan: i64) -> Award {
    let mut applications = snapshot.applications.iter();
    let application = applications.find(|a| a.firm.as_str() == firm);
    let mut units = snapshot.inventory.units.iter();
    let area = units
        .find(|u| u.id.as_str() == unit)
        .map_or(Area::ZERO, |u| u.area);
    Award {
        application: application.expect("it applied").id.clone(),
        site: key(site),
        units: vec![UnitGrant {
            unit: key(unit),
            area,
            monthly_rent: Fen(yuan * 100),
        }],
        lease: Period::months(day(2026, 3, 1), 60).expect("in the calendar"),
        subsidy: None,
        apartments: Vec::new(),
        score: Vec::new(),
        minutes: None,
    }
}

fn plan(snapshot: &Snapshot) -> Plan {
    Plan {
        format: PLAN_FORMAT.to_owned(),
        snapshot: files::snapshot_digest(snapshot),
        parent: None,
        seed: 1,
        engine: "by hand".to_owned(),
        policy: "1".to_owned(),
        awards: vec![
            award(snapshot, "F1", "S1", "A1", 18_000),
            award(snapshot, "F2", "S2", "B1", 27_000),
            award(snapshot, "F3", "S2", "B2", 18_000),
        ],
        waiting: Vec::new(),
        proof: Proof {
            value: Points(1),
            upper_bound: None,
            status: "feasible".to_owned(),
        },
    }
}

#[test]
fn simulate_shows_what_the_change_would_have_done() {
    let folder = folder();
    let here = folder.path();
    let snapshot = snapshot();
    std::fs::write(here.join("s.json"), files::write_snapshot(&snapshot)).expect("a file");
    std::fs::write(here.join("p.json"), files::write_plan(&plan(&snapshot))).expect("a file");
    let args = [
        "policy",
        "simulate",
        "new.toml",
        "--snapshot",
        "s.json",
        "--plan",
        "p.json",
    ];
    insta::assert_snapshot!(printed(here, &args));
    insta::assert_json_snapshot!(json(here, &args));
    // The policy of the snapshot against itself changes nothing.
    let same = [
        "policy",
        "simulate",
        "small.toml",
        "--snapshot",
        "s.json",
        "--plan",
        "p.json",
    ];
    assert!(printed(here, &same).contains("0 of 4 applications are touched"));
    let bare = json(
        here,
        &["policy", "simulate", "new.toml", "--snapshot", "s.json"],
    );
    assert_eq!(bare["districts"], serde_json::json!([]));
}

#[test]
fn a_plan_of_another_snapshot_is_refused() {
    let folder = folder();
    let here = folder.path();
    let snapshot = snapshot();
    let mut plan = plan(&snapshot);
    plan.awards[0].site = key("S9");
    std::fs::write(here.join("s.json"), files::write_snapshot(&snapshot)).expect("a file");
    std::fs::write(here.join("p.json"), files::write_plan(&plan)).expect("a file");
    let args = [
        "policy",
        "simulate",
        "new.toml",
        "--snapshot",
        "s.json",
        "--plan",
        "p.json",
    ];
    assert!(refused(here, &args).contains("PO180"));
    plan.snapshot = "0".repeat(64);
    std::fs::write(here.join("p.json"), files::write_plan(&plan)).expect("a file");
    assert!(refused(here, &args).contains("AC192"));
}

#[test]
fn publish_refuses_errors_and_stores_a_version_once() {
    let folder = folder();
    let here = folder.path();
    json(here, &["migrate"]);
    assert!(refused(here, &["policy", "publish", "odd.toml"]).contains("AC190"));
    assert!(refused(here, &["policy", "publish", "small.toml"]).contains("PO150"));
    let districts = format!("{}/data/districts.csv", env!("CARGO_MANIFEST_DIR"));
    json(here, &["import", "districts", &districts]);
    let dry = json(here, &["policy", "publish", "small.toml", "--dry-run"]);
    assert!(refused(here, &["policy", "show"]).contains("AC110"));
    assert_eq!((&dry["new"], &dry["dry_run"]), (&true.into(), &true.into()));
    let first = json(here, &["policy", "publish", "small.toml"]);
    assert_eq!(
        (&first["version"], &first["new"]),
        (&"1".into(), &true.into())
    );
    assert_eq!(json(here, &["policy", "show"])["version"], "1");
    let again = json(here, &["policy", "publish", "small.toml"]);
    assert_eq!(again["new"], false);
    let other = POLICY.replacen("min_headcount = 8", "min_headcount = 9", 1);
    std::fs::write(here.join("other.toml"), other).expect("a file");
    for dry in [&["--dry-run"][..], &[]] {
        let args = [&["policy", "publish", "other.toml"], dry].concat();
        assert!(refused(here, &args).contains("ST107"));
    }
}
