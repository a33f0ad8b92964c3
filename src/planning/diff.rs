//! How two plans differ, one line per application whose lot changed: a text for people.
//!
//! Not here: why they differ.

use std::collections::BTreeMap;

use crate::domain::plan::{Award, Plan};

/// Lines `application: before -> after`, by application; only what changed.
pub fn lines(before: &Plan, after: &Plan) -> Vec<String> {
    let (old, new) = (shown(before), shown(after));
    let keys: std::collections::BTreeSet<&str> = old.keys().chain(new.keys()).copied().collect();
    let waits = "waits".to_owned();
    keys.into_iter()
        .filter_map(|key| {
            let (a, b) = (
                old.get(key).unwrap_or(&waits),
                new.get(key).unwrap_or(&waits),
            );
            (a != b).then(|| format!("{key}: {a} -> {b}"))
        })
        .collect()
}

fn shown(plan: &Plan) -> BTreeMap<&str, String> {
    plan.awards
        .iter()
        .map(|a| (a.application.as_str(), line(a)))
        .collect()
}

/// An award on one line: units, start, subsidy, apartments.
fn line(award: &Award) -> String {
    let units: Vec<String> = award
        .units
        .iter()
        .map(|g| format!("{} {} m2", g.unit, g.area))
        .collect();
    let mut text = format!("{} from {}", units.join(" + "), award.lease.from());
    if let Some(subsidy) = &award.subsidy {
        text.push_str(&format!(", subsidy {} yuan", subsidy.awarded));
    }
    let homes: u64 = award.apartments.iter().map(|g| u64::from(g.count)).sum();
    if homes > 0 {
        text.push_str(&format!(", {homes} apartments"));
    }
    text
}
