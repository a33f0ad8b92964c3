//! From a world to a plan, and from a plan to codes.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use zhuchao::domain::fault::{Code, Fault};
use zhuchao::domain::plan::{Award, Plan};
use zhuchao::domain::snapshot::Snapshot;
use zhuchao::planning::build::{Built, build};
use zhuchao::planning::{assemble, check};
use zhuchao::solve;
use zhuchao::solve::control::{Settings, Watch};
use zhuchao::solve::outcome::Outcome;

/// The instance of a snapshot.
pub fn built(snapshot: &Snapshot) -> Built {
    build(snapshot).unwrap_or_else(|faults| panic!("the world is faulty:\n{faults}"))
}

/// The solved instance.
pub fn solved(built: &Built) -> Outcome {
    let stop = Arc::new(AtomicBool::new(false));
    let sink = |_| {};
    let watch = Watch::start(60.0, stop, &sink);
    solve::solve(&built.instance, &Settings::official(60.0, 7), &watch)
}

/// The plan of a snapshot; it must be proved and optimal.
pub fn planned(snapshot: &Snapshot) -> Plan {
    let built = built(snapshot);
    let plan = assemble::plan(snapshot, &built, &solved(&built), None, 7)
        .unwrap_or_else(|faults| panic!("no plan:\n{faults}"));
    let found = check::check(snapshot, &plan);
    assert!(found.is_empty(), "the plan is refused:\n{}", text(&found));
    plan
}

/// The codes that the check finds in a plan, each once, sorted.
pub fn codes(snapshot: &Snapshot, plan: &Plan) -> Vec<Code> {
    let mut codes: Vec<Code> = check::check(snapshot, plan)
        .iter()
        .map(|f| f.code)
        .collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// The award of a firm.
pub fn award<'a>(plan: &'a Plan, firm: &str) -> &'a Award {
    let key = format!("AP-{firm}");
    let found = plan.awards.iter().find(|a| a.application.as_str() == key);
    found.unwrap_or_else(|| panic!("{firm} is not placed"))
}

/// The award of a firm, to be corrupted.
pub fn award_mut<'a>(plan: &'a mut Plan, firm: &str) -> &'a mut Award {
    let key = format!("AP-{firm}");
    let found = plan
        .awards
        .iter_mut()
        .find(|a| a.application.as_str() == key);
    found.unwrap_or_else(|| panic!("{firm} is not placed"))
}

/// Faults as lines.
pub fn text(faults: &[Fault]) -> String {
    faults.iter().map(|f| format!("{f}\n")).collect()
}
