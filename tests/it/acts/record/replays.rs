//! Replay: everything matches after a whole round, and whatever is changed past the program is named.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use zhuchao::acts::record::history::{self, Until};
use zhuchao::acts::record::replay::{self, Again};
use zhuchao::acts::refuse;
use zhuchao::domain::procedure::Step;
use zhuchao::store::raw;

use super::{differences, past_the_guards, whole_way};
use crate::acts::cases::{self, verified};
use crate::acts::procedure::{code, go, offer, planned, r1, well, world};
use crate::support::town::towns;

#[test]
fn every_decision_of_a_whole_round_matches() {
    for town in whole_way() {
        let all = replay::decisions(&town.planner(), &r1()).expect("decisions");
        let kinds: BTreeSet<&str> = all.iter().map(|d| d.kind).collect();
        let expected = [
            "allocation",
            "contract",
            "objection",
            "offer",
            "plan",
            "succession",
        ];
        assert_eq!(kinds.into_iter().collect::<Vec<_>>(), expected);
        assert_eq!(differences(&town), vec![], "{}", town.name);
        let one = replay::replay(&town.bureau(), "allocation", "R1", None).expect("a replay");
        let signed: Vec<&str> = one.signatures.iter().map(|s| s.what.as_str()).collect();
        assert_eq!(
            signed,
            ["guide", "chosen", "approved", "publicised", "confirmed"]
        );
        assert!(one.policy.is_some() && one.snapshot.is_some() && one.plan.is_some());
        well(&town);
    }
}

#[test]
fn a_plan_solved_again_is_the_same_byte_for_byte() {
    for town in towns(&world()) {
        go(&town, Step::Frozen);
        let plan = planned(&town);
        let quiet = |_| {};
        let again = |work| Again {
            work,
            stop: Arc::new(AtomicBool::new(false)),
            told: &quiet,
        };
        let replayed = |how| {
            let one = replay::replay(&town.planner(), "plan", &plan, Some(&how));
            one.expect("a replay")
        };
        let same = replayed(again(Some(2)));
        assert_eq!(same.differences, vec![], "{}", town.name);
        assert_eq!(same.solved.and_then(|s| s.plan), Some(plan.clone()));
        let entered = replayed(again(None));
        assert_eq!(entered.differences, vec![]);
        assert_eq!(
            entered.solved.and_then(|s| s.plan),
            Some(plan),
            "its limit is entered"
        );
    }
}

#[test]
fn what_is_changed_past_the_program_is_named() {
    for town in whole_way() {
        let mine = offer(&town, "F2").id;
        let sql = format!(
            "UPDATE offers SET body = replace(body, '\"expires_on\":\"2026', '\"expires_on\":\"2027') WHERE id = '{mine}'"
        );
        raw::execute(town.desk.store(), &sql).expect("a stranger can");
        let found = differences(&town);
        let named = |name: &str| found.iter().filter(|(n, _)| n == name).count();
        assert!(named(&format!("offer {mine}")) > 0, "{found:?}");
        assert!(
            found.iter().all(|(n, _)| n == &format!("offer {mine}")),
            "{found:?}"
        );
    }
}

#[test]
fn a_forged_record_entry_or_snapshot_is_named() {
    for town in whole_way() {
        let sql = "UPDATE records SET body = replace(body, 'bureau_approver', 'bureau_planner') \
                   WHERE digest IN (SELECT after_digest FROM journal WHERE act = 'approve plan');";
        past_the_guards(&town, "records", sql);
        let one = replay::replay(&town.planner(), "allocation", "R1", None).expect("a replay");
        let places: Vec<&str> = one.differences.iter().map(|d| d.place.as_str()).collect();
        assert!(places.contains(&"signature approved"), "{places:?}");
        assert!(places.iter().any(|p| p.starts_with("entry ")), "{places:?}");
        past_the_guards(
            &town,
            "journal",
            "UPDATE journal SET actor = 'somebody' WHERE act = 'choose plan';",
        );
        let one = replay::replay(&town.planner(), "allocation", "R1", None).expect("a replay");
        assert!(
            one.differences
                .iter()
                .any(|d| d.place == "signature chosen"),
            "{:?}",
            one.differences
        );
        let twice = match town.name {
            "sqlite" => "UPDATE snapshots SET bytes = CAST(bytes || bytes AS BLOB);",
            _ => "UPDATE snapshots SET bytes = bytes || bytes;",
        };
        past_the_guards(&town, "snapshots", twice);
        let one = replay::replay(&town.planner(), "allocation", "R1", None).expect("a replay");
        assert!(one.differences.iter().any(|d| d.place == "snapshot"));
    }
}

#[test]
fn a_case_matches_with_the_flags_that_others_raised_and_has_its_states() {
    for town in cases::here() {
        let case = verified(&town, "F1");
        let other = cases::submitted(&town, "F2");
        let desk = town.reviewer("440305");
        for id in [&case.id, &other.id] {
            let one = replay::replay(&desk, "case", id.as_str(), None).expect("a replay");
            assert_eq!(one.differences, vec![], "{}", town.name);
        }
        let subject = format!("case {}", case.id);
        let all = history::of(&desk, &subject, Until::Now).expect("a history");
        assert_eq!(
            all.state.as_ref().map(|s| &s["stage"]),
            Some(&"verified".into())
        );
        let submitted = all
            .events
            .iter()
            .find(|e| e.act == "submit case")
            .expect("it was");
        let then = history::of(&desk, &subject, Until::Entry(submitted.entry)).expect("then");
        assert_eq!(
            then.state.map(|s| s["stage"].clone()),
            Some("submitted".into())
        );
        // What the firm wrote before it submitted stays its own.
        let draft = all
            .events
            .iter()
            .find(|e| e.act == "save draft")
            .expect("it was");
        assert!(draft.state.is_none() && draft.asked.is_null());
        let stranger = town.reviewer("440310");
        assert_eq!(
            code(replay::replay(&stranger, "case", case.id.as_str(), None)),
            refuse::NOT_YOURS
        );
        assert_eq!(
            code(history::of(&stranger, &subject, Until::Now)),
            refuse::NOT_YOURS
        );
        assert_eq!(
            code(history::of(&desk, "round R1", Until::Now)),
            refuse::NOT_YOURS
        );
        assert_eq!(
            code(replay::replay(
                &town.firm("F1"),
                "case",
                case.id.as_str(),
                None
            )),
            refuse::NOT_ALLOWED
        );
        assert_eq!(
            code(replay::replay(&desk, "dream", "x", None)),
            refuse::UNFIT
        );
        assert_eq!(
            code(replay::replay(&town.planner(), "plan", "none", None)),
            refuse::ABSENT
        );
    }
}
