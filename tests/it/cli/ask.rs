//! `ask`: every kind of question about a plan of a fresh synthetic city, in both languages and as JSON.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use tempfile::TempDir;
use zhuchao::acts::bench;
use zhuchao::domain::plan::Plan;
use zhuchao::domain::snapshot::Snapshot;
use zhuchao::planning::files::{write_plan, write_snapshot};
use zhuchao::planning::run::{self as planner, Settings, Watch};

use super::{json, run, status, text};

/// A planned city in a folder: its plan and snapshot as files.
fn city(here: &Path) -> (Snapshot, Plan) {
    let snapshot = bench::city(24, 5).expect("a city");
    let quiet = |_| {};
    let watch = Watch::start(30.0, Arc::new(AtomicBool::new(false)), &quiet);
    let settings = Settings::official(30.0, snapshot.round.seed);
    let made = planner::run(&snapshot, &settings, &watch).expect("a plan");
    std::fs::write(here.join("s.json"), write_snapshot(&snapshot)).expect("a file");
    std::fs::write(here.join("p.json"), write_plan(&made.plan)).expect("a file");
    (snapshot, made.plan)
}

/// The questions, each with its own flags.
fn questions(snapshot: &Snapshot, plan: &Plan) -> Vec<String> {
    let placed = plan.awards.first().expect("a firm is placed");
    let (firm, unit) = (&placed.application, &placed.units[0].unit);
    let quota = &snapshot.quotas[0].district;
    let (homes, building) = (
        &snapshot.inventory.apartments[0].id,
        &snapshot.inventory.buildings[0].id,
    );
    vec![
        format!("why --application {firm}"),
        format!("foil --keep {firm}"),
        format!("foil --keep {firm} --quick"),
        format!("freed --unit {unit}"),
        format!("more --quota {quota}=10000 --apartments {homes}=1"),
        format!("more --twin {building}"),
        format!("conflict --keep {firm}"),
        format!("frontier --lost {unit} --points 2"),
        "envy".to_owned(),
        "fairness".to_owned(),
        "money --shares 10000 --steps 1000".to_owned(),
    ]
}

#[test]
fn every_question_is_answered_in_both_languages_and_as_json() {
    let folder = TempDir::new().expect("a folder");
    let here = folder.path();
    let (snapshot, plan) = city(here);
    for question in questions(&snapshot, &plan) {
        let (verb, flags) = question.split_once(' ').unwrap_or((question.as_str(), ""));
        let mut args = vec!["ask", verb, "p.json", "s.json", "--seconds", "0.2"];
        args.extend(flags.split_whitespace());
        let chinese = run(here, &args);
        let english = run(here, &[&args[..], &["--english"]].concat());
        for output in [&chinese, &english] {
            assert_eq!(status(output), 0, "{question}: {}", text(&output.stderr));
            let said = text(&output.stdout);
            assert!(!said.trim().is_empty(), "{question} is not answered");
            assert!(
                !said.contains(['{', '}']),
                "{question} leaves a hole: {said}"
            );
        }
        assert_ne!(chinese.stdout, english.stdout, "{question}");
        assert!(!json(here, &args).is_null(), "{question}");
    }
}
