//! Freezing takes verified cases, and applications without a case; nothing else.

use std::collections::BTreeSet;

use zhuchao::acts::cases::{draft, review};
use zhuchao::acts::rounds::freezing;
use zhuchao::store::snapshots;

use super::{accepted, drafted, officer, prepared, submitted, verified, well, words};
use crate::acts::procedure::go;
use crate::support::town::{Town, towns};
use crate::support::world::key;
use zhuchao::domain::procedure::Step;

fn frozen(town: &Town) -> BTreeSet<String> {
    let read = town.desk.store().read(|tx| {
        let digest = snapshots::of_round(tx, &key("R1"))?.remove(0);
        snapshots::get(tx, &digest)
    });
    let bytes = read.expect("read").expect("a snapshot").bytes;
    let json: serde_json::Value = serde_json::from_slice(&bytes).expect("JSON");
    let all = json["applications"].as_array().cloned().unwrap_or_default();
    all.iter()
        .map(|a| a["id"].as_str().unwrap_or_default().to_owned())
        .collect()
}

#[test]
fn only_verified_cases_and_imported_applications_are_frozen() {
    let world = super::world().firm("F8", 40).wants("F8", 200, 400);
    for town in towns(&world) {
        go(&town, Step::Guided);
        let kept = verified(&town, "F1");
        drafted(&town, "F2");
        prepared(&town, "F2");
        submitted(&town, "F2");
        let back = submitted(&town, "F3");
        review::send_back(&officer(&town, &back), &back.id, words()).expect("returned");
        let gone = submitted(&town, "F3");
        draft::withdraw(&town.firm("F3"), &gone.id, "").expect("withdrawn");
        let out = accepted(&town, "F9");
        review::reject(&officer(&town, &out), &out.id, "not_eligible", words()).expect("rejected");
        accepted(&town, "F9");
        town.at("2026-01-20T09:00:00+08:00");
        freezing::freeze(&town.planner(), &key("R1")).expect("a snapshot");
        let wanted = BTreeSet::from([kept.id.to_string(), "AP-F8".to_owned()]);
        assert_eq!(frozen(&town), wanted, "{}", town.name);
        well(&town);
    }
}
