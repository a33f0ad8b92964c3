//! Contracts that begin late, end early, or never begin, and what rests on them.

use zhuchao::acts::daily::{Daily, Ends};
use zhuchao::acts::rounds::contract_end::{self, DAY_OUTSIDE};
use zhuchao::acts::rounds::renewal::{self, Renewal};
use zhuchao::acts::rounds::{closing, contracts, offers};
use zhuchao::domain::ids::ContractId;
use zhuchao::domain::offer::{Breach, Contract, ContractStage, OfferStage};
use zhuchao::domain::procedure::Step;
use zhuchao::store;
use zhuchao::store::allocations::HoldState;

use super::contracts::{holds, signed, terms};
use super::{code, go, offer, r1, well, world};
use crate::support::town::{Town, towns};
use crate::support::world::day;

fn renewed(town: &Town, old: &Contract) -> Contract {
    let new = Renewal {
        months: 12,
        terms: terms("HT-2"),
    };
    renewal::renew(&town.bureau(), &old.id, &new).expect("renewed")
}

fn stored(town: &Town, id: &ContractId) -> Contract {
    let read = town.desk.store().read(|tx| store::need(tx, id.as_str()));
    read.expect("the contract")
}

#[test]
fn a_renewal_falls_with_the_contract_that_it_renews() {
    for town in towns(&world()) {
        let old = signed(&town);
        let new = renewed(&town, &old);
        town.at("2026-06-01T09:00:00+08:00");
        contract_end::exit(&town.firm("F1"), &old.id, day(2028, 1, 1), "moving").expect("given up");
        let fallen = stored(&town, &new.id);
        assert_eq!(fallen.stage, ContractStage::Ended, "{}", town.name);
        let states: Vec<HoldState> = holds(&town).into_iter().map(|h| h.0).collect();
        assert!(states.contains(&HoldState::Ended), "{states:?}");
        well(&town);
        town.at("2028-01-01T09:00:00+08:00");
        assert_eq!(contract_end::end_due(&town.desk), Ok(vec![old.id.clone()]));
        well(&town);
    }
}

#[test]
fn a_breach_takes_the_renewal_too_and_claims_back_only_what_was_aided() {
    for town in towns(&world()) {
        let old = signed(&town);
        let new = renewed(&town, &old);
        town.at("2026-06-01T09:00:00+08:00");
        let end = |from| {
            let breach = Breach {
                number: "追缴1号".to_owned(),
                clause: "no sub-letting".to_owned(),
                claw_back_from: from,
            };
            contract_end::terminate(
                &town.bureau(),
                &old.id,
                (day(2026, 6, 1), "sub-let"),
                &breach,
            )
        };
        for never in [day(2029, 1, 1), day(2026, 2, 1)] {
            assert_eq!(code(end(never)), DAY_OUTSIDE, "{never}");
        }
        end(day(2026, 4, 1)).expect("ended");
        assert_eq!(stored(&town, &new.id).stage, ContractStage::Terminated);
        well(&town);
    }
}

#[test]
fn a_firm_that_never_moves_in_gives_its_contract_up_before_it_begins() {
    for town in towns(&world()) {
        let contract = signed(&town);
        let firm = town.firm("F1");
        let after = contract_end::exit(&firm, &contract.id, day(2026, 3, 1), "other plans");
        let after = after.expect("given up");
        assert_eq!(after.stage, ContractStage::Ended, "{}", town.name);
        assert_eq!(holds(&town), [(HoldState::Ended, Some(day(2026, 3, 2)))]);
        well(&town);
    }
}

#[test]
fn nothing_is_in_force_before_it_is_signed() {
    for town in towns(&world()) {
        go(&town, Step::Confirmed);
        let mine = offer(&town, "F1");
        offers::accept(&town.firm("F1"), &mine.id).expect("accepted");
        town.at("2026-03-16T09:00:00+08:00");
        let contract = contracts::sign_offer(&town.bureau(), &mine.id, &terms("HT-1"));
        let contract = contract.expect("signed");
        assert_eq!(contract.award.lease.from(), day(2026, 3, 1));
        assert_eq!(contract.holds.from(), day(2026, 3, 16), "{}", town.name);
        assert_eq!(contract.holds.until(), contract.award.lease.until());
        well(&town);
    }
}

#[test]
fn a_round_is_not_closed_while_the_next_in_line_is_owed_an_offer() {
    for town in towns(&world()) {
        go(&town, Step::Confirmed);
        for firm in ["F1", "F2"] {
            let mine = offer(&town, firm);
            offers::decline(&town.firm(firm), &mine.id, "no more").expect("declined");
        }
        offers::succeed(&town.planner(), &r1());
        let close = || closing::close(&town.planner(), &r1(), "done");
        assert_eq!(code(close()), closing::OFFERS_OPEN, "{}", town.name);
        well(&town);
    }
}

#[test]
fn the_ends_of_a_day_are_entered_once_by_whoever_comes_first() {
    for town in towns(&world()) {
        go(&town, Step::Confirmed);
        let (first, other) = (Daily::default(), Daily::default());
        let none = Some(Ends::default());
        assert_eq!(first.enter(&town.desk), Ok(none), "nothing is over");
        assert_eq!(first.enter(&town.desk), Ok(None), "once a day");
        town.at("2026-03-20T00:30:00+08:00");
        let ends = first
            .enter(&town.desk)
            .expect("entered")
            .expect("a new day");
        assert_eq!((ends.lapsed, ends.ended), (2, 0), "{}", town.name);
        assert_eq!(offer(&town, "F1").stage, OfferStage::Expired);
        assert_eq!(other.enter(&town.desk), Ok(none), "nothing is left");
        well(&town);
    }
}
