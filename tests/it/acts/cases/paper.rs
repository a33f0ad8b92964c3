//! Paper: typed in by an officer, received in time, verified by another officer.

use zhuchao::acts::cases::{self, begin, draft, evidence, review, submit};
use zhuchao::acts::refuse;
use zhuchao::domain::case::CaseStage;

use super::{code, drafted, full, having, here, pledge, second, submitted, well, words};
use crate::support::world::{day, key};

#[test]
fn who_typed_a_form_in_does_not_verify_it() {
    for town in here() {
        let officer = town.reviewer("440305");
        let received = day(2026, 1, 5);
        let case = begin::paper(&officer, &key("F1"), &key("R1"), received, &full());
        let case = case.expect("typed in");
        assert!(case.by_officer && case.received_on == Some(received));
        // Typed in after the window: it was received within it.
        town.at("2026-01-16T09:00:00+08:00");
        evidence::file(&officer, &case.id, &pledge()).expect("the scan");
        draft::prepare(&officer, &case.id).expect("prepared");
        let sent = submit::submit(&officer, &case.id).expect("the officer signs the form himself");
        assert_eq!(sent.stage, CaseStage::Submitted);
        review::accept(&officer, &case.id, words()).expect("accepted");
        assert_eq!(
            code(review::verify(&officer, &case.id, words())),
            refuse::SAME_PERSON
        );
        // A second one who typed a supplement in is a maker too.
        let two = second(&town, "440305");
        evidence::file(&two, &case.id, &pledge()).expect("a better scan");
        assert_eq!(
            code(review::verify(&two, &case.id, words())),
            refuse::SAME_PERSON
        );
        let three = town.desk.of(zhuchao::domain::people::Actor {
            id: "reviewer.three".to_owned(),
            ..two.person().clone()
        });
        review::verify(&three, &case.id, words()).expect("a third person");
        well(&town);
    }
}

#[test]
fn paper_is_received_within_the_window_and_in_ones_own_district() {
    for town in here() {
        let officer = town.reviewer("440305");
        let enter = |firm: &str, on| begin::paper(&officer, &key(firm), &key("R1"), on, &full());
        for on in [day(2026, 1, 4), day(2026, 1, 6), day(2026, 1, 16)] {
            assert_eq!(code(enter("F1", on)), cases::NO_WINDOW, "{on}");
        }
        assert_eq!(code(enter("F9", day(2026, 1, 5))), refuse::NOT_YOURS);
        assert_eq!(code(enter("F404", day(2026, 1, 5))), refuse::ABSENT);
        let firm = begin::paper(
            &town.firm("F1"),
            &key("F1"),
            &key("R1"),
            day(2026, 1, 5),
            &full(),
        );
        assert_eq!(code(firm), refuse::NOT_ALLOWED);
    }
}

#[test]
fn each_side_leads_what_it_began() {
    for town in here() {
        let officer = town.reviewer("440305");
        let paper = begin::paper(&officer, &key("F1"), &key("R1"), day(2026, 1, 5), &full());
        let paper = paper.expect("typed in");
        let mine = town.preparer("F1");
        let save = draft::save(&having(&mine, &paper), &paper.id, &full());
        assert_eq!(code(save), cases::WRONG_HAND);
        assert_eq!(code(draft::prepare(&mine, &paper.id)), cases::WRONG_HAND);
        let own = drafted(&town, "F2");
        assert_eq!(
            code(draft::prepare(&officer, &own.id)),
            refuse::NOT_YOURS,
            "a firm's draft is its own"
        );
        let own = submitted(&town, "F2");
        assert_eq!(
            code(draft::withdraw(&officer, &own.id, "asked by phone")),
            cases::WRONG_HAND
        );
        assert_eq!(
            code(draft::withdraw(&officer, &paper.id, "")),
            refuse::UNFIT,
            "an officer says why"
        );
        draft::withdraw(&officer, &paper.id, "by letter of the firm").expect("withdrawn");
    }
}
