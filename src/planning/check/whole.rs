//! The plan as a whole: format, digest of the snapshot, policy, order, and every application of the
//! snapshot exactly once, as an award or as waiting.
//!
//! Not here: what is in the awards.

use std::collections::BTreeMap;

use crate::domain::fault::{Code, Fault};
use crate::domain::plan::{PLAN_FORMAT, Plan};
use crate::planning::files;

use super::law::Law;
use super::{wrong, wrong_plan};

/// The format name is not that of a plan.
pub const OTHER_FORMAT: Code = Code("CK101");
/// The plan names the digest of another snapshot.
pub const OTHER_SNAPSHOT: Code = Code("CK102");
/// An application stands in the plan not at all or more than once.
pub const NOT_ONCE: Code = Code("CK103");
/// The plan speaks of an application that is not in the snapshot.
pub const UNKNOWN_APPLICATION: Code = Code("CK104");
/// Awards or waiting are not sorted by application.
pub const OUT_OF_ORDER: Code = Code("CK105");
/// The plan names another version of the policy.
pub const OTHER_POLICY: Code = Code("CK106");

/// What is wrong with the whole.
pub fn faults(law: &Law, plan: &Plan) -> Vec<Fault> {
    let mut faults = Vec::new();
    if plan.format != PLAN_FORMAT {
        let cause = format!("the format is {:?}, not {PLAN_FORMAT:?}", plan.format);
        faults.push(wrong_plan(OTHER_FORMAT, cause));
    }
    let digest = files::snapshot_digest(law.snapshot);
    if plan.snapshot != digest {
        let cause = format!(
            "the plan is for {}, the snapshot is {digest}",
            plan.snapshot
        );
        faults.push(wrong_plan(OTHER_SNAPSHOT, cause));
    }
    let version = format!("{} {}", law.policy.meta.id, law.policy.meta.version);
    if plan.policy != version {
        let cause = format!(
            "the plan names the policy {:?}, not {version:?}",
            plan.policy
        );
        faults.push(wrong_plan(OTHER_POLICY, cause));
    }
    let sorted = plan
        .awards
        .is_sorted_by(|a, b| a.application < b.application)
        && plan
            .waiting
            .is_sorted_by(|a, b| a.application < b.application);
    if !sorted {
        let cause = "awards or waiting are not sorted by application".to_owned();
        faults.push(wrong_plan(OUT_OF_ORDER, cause));
    }
    faults.extend(once(law, plan));
    faults
}

fn once(law: &Law, plan: &Plan) -> Vec<Fault> {
    let mut seen: BTreeMap<&str, u32> = BTreeMap::new();
    let awards = plan.awards.iter().map(|a| a.application.as_str());
    for key in awards.chain(plan.waiting.iter().map(|w| w.application.as_str())) {
        *seen.entry(key).or_default() += 1;
    }
    let mut faults = Vec::new();
    for application in &law.snapshot.applications {
        let times = seen.remove(application.id.as_str()).unwrap_or(0);
        if times != 1 {
            let cause = format!("the application stands in the plan {times} times, not once");
            faults.push(wrong(NOT_ONCE, application.id.as_str(), cause));
        }
    }
    let unknown = "the application is not in the snapshot";
    faults.extend(
        seen.keys()
            .map(|key| wrong(UNKNOWN_APPLICATION, key, unknown.to_owned())),
    );
    faults
}
