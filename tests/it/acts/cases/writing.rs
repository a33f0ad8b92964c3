//! Writing a case: windows, lost updates, every missing field at once, the second person.

use zhuchao::acts::cases::{self, begin, draft, evidence, review as verdicts, submit};
use zhuchao::acts::{refuse, rounds};
use zhuchao::domain::application::Application;
use zhuchao::domain::area::Area;
use zhuchao::domain::case::{CaseStage, Draft};
use zhuchao::domain::case_proof::{FIELD_EMPTY, FIELD_UNFIT};
use zhuchao::domain::housing::{HouseholdKind, Households};
use zhuchao::domain::people::{Body, Role};
use zhuchao::store;

use super::{
    cells, code, drafted, full, having, here, officer, pledge, prepared, stored, submitted, well,
    words,
};
use crate::support::town::{actor, towns};
use crate::support::world::{day, key};

#[test]
fn a_case_is_begun_within_the_window_alone() {
    for town in towns(&super::world()) {
        let begin = || begin::begin(&town.preparer("F1"), &key("R1"));
        assert_eq!(code(begin()), refuse::WRONG_STATE, "no guide yet");
        town.at("2026-01-04T09:00:00+08:00");
        let early = rounds::guide::NewGuide {
            opens_at: crate::support::town::moment("2026-01-05T09:00:00+08:00"),
            ..crate::acts::procedure::the_guide()
        };
        rounds::guide::publish(&town.planner(), &key("R1"), &early).expect("a guide");
        assert_eq!(code(begin()), cases::NO_WINDOW, "the day before");
        town.at("2026-01-05T09:00:00+08:00");
        let case = begin().expect("the first moment counts");
        assert_eq!((case.stage, case.by_officer), (CaseStage::Draft, false));
        town.at("2026-01-15T18:00:00+08:00");
        assert_eq!(code(begin()), cases::NO_WINDOW, "the first moment after");
        let late = draft::save(&having(&town.preparer("F1"), &case), &case.id, &full());
        assert_eq!(code(late), cases::NO_WINDOW);
        assert_eq!(
            code(begin::begin(&town.preparer("F1"), &key("R9"))),
            refuse::ABSENT
        );
    }
}

#[test]
fn a_firm_has_ten_cases_at_most() {
    let town = here().remove(0);
    for _ in 0..10 {
        begin::begin(&town.preparer("F1"), &key("R1")).expect("a case");
    }
    let more = begin::begin(&town.preparer("F1"), &key("R1"));
    assert_eq!(code(more), cases::FULL_LIST);
    begin::begin(&town.preparer("F2"), &key("R1")).expect("another firm's");
}

#[test]
fn two_who_write_at_once_do_not_overwrite_each_other() {
    for town in here() {
        let mine = town.preparer("F1");
        let case = begin::begin(&mine, &key("R1")).expect("a case");
        assert_eq!(
            code(draft::save(&mine, &case.id, &full())),
            refuse::NOT_READ,
            "a draft is saved upon what was read"
        );
        let less = Draft {
            area_max: Some(Area::metres(250)),
            ..full()
        };
        let both: Vec<_> = std::thread::scope(|scope| {
            let write = |draft: Draft| {
                let (desk, id) = (having(&mine, &case), case.id.clone());
                scope.spawn(move || draft::save(&desk, &id, &draft))
            };
            let threads = [write(full()), write(less)];
            threads.map(|t| t.join().expect("no panic")).into()
        });
        let lost: Vec<_> = both.iter().filter_map(|r| r.as_ref().err()).collect();
        assert_eq!(lost.len(), 1, "{}: exactly one is told", town.name);
        assert_eq!(lost[0].0[0].code, refuse::CHANGED);
        let won = both.iter().find_map(|r| r.as_ref().ok()).expect("one won");
        assert_eq!(stored(&town, &case), *won);
        well(&town);
    }
}

#[test]
fn everything_that_is_missing_is_told_at_once_by_field() {
    for town in here() {
        let mine = town.preparer("F1");
        let case = begin::begin(&mine, &key("R1")).expect("a case");
        let single = Households {
            kind: HouseholdKind::Single,
            count: 0,
        };
        let odd = Draft {
            area_min: Some(Area::metres(400)),
            area_max: Some(Area::metres(300)),
            site_wishes: vec![key("S1"), key("S1"), key("S404")],
            districts: vec![key("440399")],
            anchors: vec![key("M404")],
            households: vec![single],
            ..Draft::default()
        };
        draft::save(&having(&mine, &case), &case.id, &odd).expect("a draft may be odd");
        draft::prepare(&mine, &case.id).expect("prepared");
        let told = cells(submit::submit(&town.firm("F1"), &case.id));
        let wanted = [
            (FIELD_UNFIT.0, "area_max"),
            (FIELD_UNFIT.0, "site_wishes"),
            (FIELD_UNFIT.0, "households"),
            (FIELD_EMPTY.0, "use"),
            (FIELD_EMPTY.0, "start_from"),
            (FIELD_EMPTY.0, "start_until"),
            (refuse::UNFIT.0, "site_wishes"),
            (refuse::UNFIT.0, "districts"),
            (refuse::UNFIT.0, "anchors"),
        ];
        let wanted: Vec<_> = wanted.iter().map(|(c, f)| (*c, (*f).to_owned())).collect();
        assert_eq!(told, wanted, "{}", town.name);
    }
}

#[test]
fn a_case_without_the_evidence_of_the_policy_is_not_complete() {
    for town in here() {
        let mine = town.preparer("F1");
        let case = begin::begin(&mine, &key("R1")).expect("a case");
        draft::save(&having(&mine, &case), &case.id, &full()).expect("saved");
        draft::prepare(&mine, &case.id).expect("prepared");
        let refused = submit::submit(&town.firm("F1"), &case.id);
        let faults = refused.expect_err("the pledge is missing").0;
        assert_eq!(faults.len(), 1);
        assert_eq!(faults[0].code, submit::INCOMPLETE);
        assert_eq!(faults[0].place.subject.as_deref(), Some("pledge"));
        draft::take_back(&mine, &case.id).expect("back");
        evidence::file(&mine, &case.id, &pledge()).expect("filed");
        draft::prepare(&mine, &case.id).expect("prepared");
        let done = submit::submit(&town.firm("F1"), &case.id).expect("complete");
        let asked: Application = (town.desk.store())
            .read(|tx| store::need(tx, done.id.as_str()))
            .expect("the application");
        assert_eq!(
            (asked.firm.as_str(), asked.area_min),
            ("F1", Area::metres(200))
        );
        well(&town);
    }
}

#[test]
fn who_prepared_does_not_submit() {
    for town in here() {
        let case = prepared(&town, "F1");
        let same = town.desk.of(zhuchao::domain::people::Actor {
            id: town.preparer("F1").actor().to_owned(),
            ..actor(Role::FirmApprover, Body::Firm(key("F1")))
        });
        assert_eq!(code(submit::submit(&same, &case.id)), refuse::SAME_PERSON);
        submit::submit(&town.firm("F1"), &case.id).expect("another person");
    }
}

#[test]
fn a_submitted_case_is_changed_by_withdrawing_it_alone() {
    for town in here() {
        let case = submitted(&town, "F1");
        let mine = having(&town.preparer("F1"), &case);
        assert_eq!(
            code(draft::save(&mine, &case.id, &full())),
            refuse::WRONG_STATE
        );
        assert_eq!(
            code(draft::withdraw(&town.preparer("F1"), &case.id, "")),
            refuse::NOT_ALLOWED
        );
        let out = draft::withdraw(&town.firm("F1"), &case.id, "moved away").expect("withdrawn");
        assert_eq!(out.stage, CaseStage::Withdrawn);
        assert_eq!(out.remarks[0].signed.reason, "moved away");
    }
}

#[test]
fn a_supplement_is_in_time_until_its_last_day() {
    for town in here() {
        let case = submitted(&town, "F1");
        town.at("2026-02-13T17:00:00+08:00");
        let back =
            verdicts::send_back(&officer(&town, &case), &case.id, words()).expect("returned");
        // 14 February is a make-up working day, 15 to 23 the Spring Festival.
        assert_eq!(
            back.supplement_until,
            Some(day(2026, 2, 27)),
            "{}",
            town.name
        );
        town.at("2026-02-27T23:59:00+08:00");
        let mine = having(&town.preparer("F1"), &back);
        let more = Draft {
            area_max: Some(Area::metres(450)),
            ..full()
        };
        draft::save(&mine, &case.id, &more).expect("the last day counts");
        town.at("2026-02-28T00:00:00+08:00");
        let late = submit::submit(&town.firm("F1"), &case.id);
        assert_eq!(code(late), draft::SUPPLEMENT_LATE);
        town.at("2026-02-27T23:59:59+08:00");
        let again = submit::submit(&town.firm("F1"), &case.id).expect("in time");
        assert_eq!(
            (again.stage, again.supplement_until),
            (CaseStage::Submitted, None)
        );
        let asked: Application = (town.desk.store())
            .read(|tx| store::need(tx, case.id.as_str()))
            .expect("the application");
        assert_eq!(asked.area_max, Area::metres(450));
    }
}

#[test]
fn no_deadline_leads_into_a_year_without_a_calendar() {
    for town in here() {
        let case = submitted(&town, "F1");
        town.at("2026-12-30T09:00:00+08:00");
        let refused = verdicts::send_back(&officer(&town, &case), &case.id, words());
        assert_eq!(code(refused), zhuchao::domain::calendar::UNKNOWN_YEAR);
    }
}

#[test]
fn other_firms_and_districts_touch_nothing() {
    for town in here() {
        let case = drafted(&town, "F1");
        let theirs = having(&town.preparer("F2"), &case);
        let id = &case.id;
        assert_eq!(code(draft::save(&theirs, id, &full())), refuse::NOT_YOURS);
        assert_eq!(code(draft::prepare(&theirs, id)), refuse::NOT_YOURS);
        assert_eq!(
            code(evidence::file(&theirs, id, &pledge())),
            refuse::NOT_YOURS
        );
        let digest = &case.evidence[0].digest;
        assert_eq!(code(evidence::read(&theirs, id, digest)), refuse::NOT_YOURS);
        assert_eq!(
            code(evidence::remove(&theirs, id, digest)),
            refuse::NOT_YOURS
        );
        assert_eq!(
            code(submit::submit(&town.firm("F2"), id)),
            refuse::NOT_YOURS
        );
        assert_eq!(
            code(draft::withdraw(&town.firm("F2"), id, "")),
            refuse::NOT_YOURS
        );
        let case = submitted(&town, "F1");
        let far = town.reviewer("440310");
        assert_eq!(
            code(verdicts::accept(&far, &case.id, words())),
            refuse::NOT_YOURS
        );
        assert_eq!(
            code(verdicts::reject(&far, &case.id, "not_eligible", words())),
            refuse::NOT_YOURS
        );
    }
}
