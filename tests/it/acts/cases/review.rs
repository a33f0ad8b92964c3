//! The district's review: rules, reasons, deadlines, and a wrong rejection opened again.

use zhuchao::acts::cases::review::{self, Words};
use zhuchao::acts::cases::{draft, submit};
use zhuchao::acts::refuse;
use zhuchao::domain::area::Area;
use zhuchao::domain::case::{CaseStage, Draft};
use zhuchao::domain::people::{Actor, Role};
use zhuchao::domain::procedure::Step;

use super::{
    accepted, code, drafted, full, having, here, officer, submitted, verified, well, words,
};
use crate::support::town::{Town, towns};
use crate::support::world::key;

#[test]
fn a_case_goes_the_whole_way_and_keeps_its_history() {
    for town in here() {
        let case = verified(&town, "F1");
        let stages: Vec<CaseStage> = case.remarks.iter().map(|r| r.stage).collect();
        assert_eq!(stages, [CaseStage::Accepted, CaseStage::Verified]);
        assert_eq!(case.remarks[0].signed.by, "district_reviewer.440305");
        assert_eq!(case.remarks[0].internal, "for officers");
        well(&town);
    }
}

#[test]
fn a_rule_that_is_not_met_is_not_verified() {
    for town in here() {
        let mine = town.preparer("F1");
        let case = drafted(&town, "F1");
        // 40 heads are entitled to 1000 m2 at most.
        let much = Draft {
            area_min: Some(Area::metres(1_200)),
            area_max: Some(Area::metres(1_500)),
            ..full()
        };
        draft::save(&having(&mine, &case), &case.id, &much).expect("saved");
        draft::prepare(&mine, &case.id).expect("prepared");
        submit::submit(&town.firm("F1"), &case.id)
            .expect("whether it qualifies is for the district");
        let officer = officer(&town, &case);
        review::accept(&officer, &case.id, words()).expect("accepted");
        let refused = review::verify(&officer, &case.id, words());
        let faults = refused.expect_err("too much").0;
        assert_eq!(faults.len(), 1, "{faults:?}");
        assert_eq!(faults[0].code, review::UNMET);
        assert_eq!(faults[0].place.subject.as_deref(), Some("rule entitlement"));
    }
}

#[test]
fn a_rejection_has_a_reason_of_the_policy_and_a_note() {
    for town in here() {
        let case = submitted(&town, "F1");
        let officer = officer(&town, &case);
        let reject = |reason: &str, note: &str| {
            let words = Words { note, internal: "" };
            review::reject(&officer, &case.id, reason, words)
        };
        assert_eq!(code(reject("ugly", "no")), refuse::UNFIT);
        assert_eq!(code(reject("not_eligible", " ")), refuse::UNFIT);
        assert_eq!(
            code(reject("not_eligible", &"x".repeat(4_001))),
            refuse::UNFIT
        );
        let out = reject("not_eligible", "too few heads").expect("rejected");
        assert_eq!(out.remarks[0].reason.as_deref(), Some("not_eligible"));
        let reasons = review::reasons(&town.public(), &key("R1")).expect("reasons");
        assert_eq!(reasons.len(), 1);
    }
}

#[test]
fn a_returned_case_is_rejected_after_its_deadline_alone() {
    for town in here() {
        let case = submitted(&town, "F1");
        let officer = officer(&town, &case);
        assert_eq!(
            code(review::send_back(&officer, &case.id, Words::default())),
            refuse::UNFIT,
            "it is said what is missing"
        );
        let back = review::send_back(&officer, &case.id, words()).expect("returned");
        let until = back.supplement_until.expect("a deadline");
        let reject = || review::reject(&officer, &case.id, "not_eligible", words());
        town.at(&format!("{until}T23:59:59+08:00"));
        assert_eq!(code(reject()), review::SUPPLEMENT_RUNNING);
        let next = until.succ_opt().expect("a next day");
        town.at(&format!("{next}T00:00:00+08:00"));
        assert_eq!(reject().expect("late").stage, CaseStage::Rejected);
    }
}

#[test]
fn a_wrong_rejection_is_opened_again_by_another_before_the_freeze() {
    for town in here() {
        let case = accepted(&town, "F1");
        let officer = officer(&town, &case);
        review::reject(&officer, &case.id, "not_eligible", words()).expect("rejected");
        assert_eq!(
            code(review::reopen(&officer, &case.id, words())),
            refuse::NOT_ALLOWED
        );
        assert_eq!(
            code(review::reopen(&town.district("440310"), &case.id, words())),
            refuse::NOT_YOURS
        );
        let approver = town.district("440305");
        let same = town.desk.of(Actor {
            id: officer.actor().to_owned(),
            ..approver.person().clone()
        });
        assert_eq!(
            code(review::reopen(&same, &case.id, words())),
            refuse::SAME_PERSON
        );
        let open = review::reopen(&approver, &case.id, words()).expect("opened");
        assert_eq!(open.stage, CaseStage::Accepted);
        review::verify(&officer, &case.id, words()).expect("verified");
    }
}

#[test]
fn after_the_freeze_nothing_is_opened_withdrawn_or_taken_out() {
    for town in here() {
        let out = accepted(&town, "F1");
        review::reject(&officer(&town, &out), &out.id, "not_eligible", words()).expect("rejected");
        let kept = verified(&town, "F2");
        frozen(&town);
        let refused = review::reopen(&town.district("440305"), &out.id, words());
        assert_eq!(code(refused), refuse::WRONG_STATE);
        let refused = draft::withdraw(&town.firm("F2"), &kept.id, "");
        assert_eq!(code(refused), refuse::WRONG_STATE);
        let refused = review::reject(&officer(&town, &kept), &kept.id, "not_eligible", words());
        assert_eq!(code(refused), refuse::WRONG_STATE);
    }
}

/// Freezes the round after its window.
pub fn frozen(town: &Town) {
    town.at("2026-01-20T09:00:00+08:00");
    zhuchao::acts::rounds::freezing::freeze(&town.planner(), &key("R1")).expect("a snapshot");
}

#[test]
fn a_policy_that_does_not_govern_the_procedure_sets_no_deadline() {
    use zhuchao::policy::process::NO_PROCESS;
    let bare = crate::support::world::World::city().firm("F1", 40);
    for town in towns(&bare) {
        crate::acts::procedure::go(&town, Step::Guided);
        let case = submitted(&town, "F1");
        let officer = officer(&town, &case);
        let refused = review::send_back(&officer, &case.id, words());
        assert_eq!(code(refused), NO_PROCESS);
        review::accept(&officer, &case.id, words()).expect("accepted all the same");
        let planner = town.planner();
        assert_eq!(planner.person().role, Role::BureauPlanner);
        assert_eq!(
            code(review::accept(&planner, &case.id, words())),
            refuse::NOT_ALLOWED
        );
    }
}
