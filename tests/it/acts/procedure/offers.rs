//! Offers: who answers them, until when, and what each answer holds or frees.

use zhuchao::acts::rounds::{contracts, offers, waiting};
use zhuchao::acts::{Desk, refuse};
use zhuchao::domain::offer::OfferStage;
use zhuchao::domain::procedure::Step;
use zhuchao::store::allocations::{self, HoldState};

use super::{code, go, offer, r1, well, world};
use crate::support::town::{Town, towns};
use crate::support::world::{day, key};

/// States of the allocations of a firm.
fn held(town: &Town, firm: &str) -> Vec<HoldState> {
    let all = town
        .desk
        .store()
        .read(allocations::units)
        .expect("allocations");
    let mine = all
        .into_iter()
        .filter(|a| a.application.as_str() == format!("AP-{firm}"));
    mine.map(|a| a.state).collect()
}

#[test]
fn confirmation_reserves_what_it_offers_for_ten_working_days() {
    for town in towns(&world()) {
        go(&town, Step::Confirmed);
        let mine = offer(&town, "F1");
        assert_eq!(mine.stage, OfferStage::Open);
        assert_eq!(
            mine.expires_on,
            day(2026, 3, 13),
            "counted from 28 February"
        );
        assert_eq!(held(&town, "F1"), [HoldState::Reserved]);
        well(&town);
    }
}

#[test]
fn a_firm_sees_and_answers_only_its_own_offers() {
    for town in towns(&world()) {
        go(&town, Step::Confirmed);
        let mine = offer(&town, "F1");
        for desk in [town.firm("F2"), town.firm("F3")] {
            assert_eq!(code(offers::one(&desk, &mine.id)), refuse::NOT_YOURS);
            assert_eq!(code(offers::accept(&desk, &mine.id)), refuse::NOT_YOURS);
            assert_eq!(
                code(offers::decline(&desk, &mine.id, "why")),
                refuse::NOT_YOURS
            );
        }
        assert_eq!(
            code(offers::accept(&town.preparer("F1"), &mine.id)),
            refuse::NOT_ALLOWED
        );
        assert_eq!(
            code(offers::one(&town.district("440310"), &mine.id)),
            refuse::NOT_YOURS
        );
        let count = |desk: &Desk| {
            offers::list(desk, None, None, (None, 50))
                .expect("a list")
                .len()
        };
        assert_eq!(count(&town.firm("F1")), 1);
        assert_eq!(count(&town.firm("F3")), 0);
        assert_eq!(count(&town.district("440305")), 2);
        assert_eq!(count(&town.district("440310")), 0);
        let accepted = offers::accept(&town.firm("F1"), &mine.id).expect("accepted");
        assert_eq!(accepted.stage, OfferStage::Accepted);
        assert_eq!(
            code(offers::accept(&town.firm("F1"), &mine.id)),
            refuse::WRONG_STATE
        );
        assert_eq!(
            code(offers::one(&town.bureau(), &key("O-none"))),
            refuse::ABSENT
        );
    }
}

#[test]
fn what_is_declined_or_taken_back_is_free_at_once() {
    for town in towns(&world()) {
        go(&town, Step::Confirmed);
        let [one, two] = ["F1", "F2"].map(|firm| offer(&town, firm));
        offers::accept(&town.firm("F1"), &one.id).expect("accepted");
        let declined = offers::decline(&town.firm("F1"), &one.id, "moved away").expect("declined");
        assert_eq!(declined.answered.expect("signed").reason, "moved away");
        assert_eq!(held(&town, "F1"), [HoldState::Ended]);
        assert_eq!(
            code(offers::revoke(&town.bureau(), &two.id, "")),
            refuse::UNFIT
        );
        assert_eq!(
            held(&town, "F2"),
            [HoldState::Reserved],
            "a refused act leaves nothing"
        );
        offers::revoke(&town.bureau(), &two.id, "an error").expect("taken back");
        assert_eq!(held(&town, "F2"), [HoldState::Ended]);
        well(&town);
    }
}

#[test]
fn an_offer_lapses_by_the_clock_and_never_by_one_that_goes_back() {
    for town in towns(&world()) {
        go(&town, Step::Confirmed);
        let [one, two] = ["F1", "F2"].map(|firm| offer(&town, firm));
        town.at("2026-03-13T23:59:59+08:00");
        assert_eq!(offers::expire_due(&town.desk).expect("none"), vec![]);
        offers::accept(&town.firm("F1"), &one.id).expect("on the last day");
        town.at("2026-03-14T00:00:01+08:00");
        assert_eq!(
            code(offers::accept(&town.firm("F2"), &two.id)),
            offers::OVER
        );
        // The clock goes back: nothing lapses that was not over.
        town.at("2026-03-10T09:00:00+08:00");
        assert_eq!(offers::expire_due(&town.desk).expect("none"), vec![]);
        town.at("2026-03-14T00:00:01+08:00");
        assert_eq!(
            offers::expire_due(&town.desk).expect("one"),
            vec![two.id.clone()]
        );
        assert_eq!(held(&town, "F2"), [HoldState::Ended]);
        // It goes back again: what lapsed stays so.
        town.at("2026-03-10T09:00:00+08:00");
        assert_eq!(
            code(offers::accept(&town.firm("F2"), &two.id)),
            refuse::WRONG_STATE
        );
        assert_eq!(offers::expire_due(&town.desk).expect("none"), vec![]);
        well(&town);
    }
}

#[test]
fn a_firm_sees_its_own_place_on_the_waiting_list() {
    for town in towns(&world()) {
        go(&town, Step::Confirmed);
        let list = |desk: &Desk| waiting::list(desk, &r1()).expect("a list");
        let all = list(&town.bureau());
        let keys: Vec<(Option<u32>, &str)> = (all.iter())
            .map(|p| (p.position, p.waiter.firm.as_str()))
            .collect();
        assert_eq!(keys.len(), 3);
        assert_eq!(keys[2], (None, "F5"), "nothing fits it, so it has no place");
        assert!(all[0].waiter.best >= all[1].waiter.best);
        let mine = list(&town.firm("F4"));
        assert_eq!(mine.len(), 1);
        assert_eq!(
            mine[0],
            *all.iter()
                .find(|p| p.waiter.firm.as_str() == "F4")
                .expect("F4")
        );
        assert_eq!(list(&town.firm("F1")), vec![]);
        assert_eq!(list(&town.district("440310")), vec![]);
    }
}

#[test]
fn an_accepted_offer_lapses_when_its_contract_is_not_signed_in_time() {
    for town in towns(&world()) {
        go(&town, Step::Confirmed);
        let mine = offer(&town, "F1");
        town.at("2026-03-02T09:00:00+08:00");
        offers::accept(&town.firm("F1"), &mine.id).expect("accepted");
        // Twenty working days after 2 March.
        town.at("2026-03-30T23:00:00+08:00");
        assert!(
            !offers::expire_due(&town.desk)
                .expect("others")
                .contains(&mine.id)
        );
        town.at("2026-03-31T09:00:00+08:00");
        let late =
            contracts::sign_offer(&town.bureau(), &mine.id, &super::contracts::terms("HT-9"));
        assert_eq!(code(late), offers::OVER);
        let lapsed = offers::expire_due(&town.desk).expect("one");
        assert!(lapsed.contains(&mine.id), "{}", town.name);
        assert_eq!(held(&town, "F1"), [HoldState::Ended]);
        assert_eq!(offer(&town, "F1").stage, OfferStage::Expired);
        well(&town);
    }
}
