//! Contracts: signed, renewed after another check, given up, ended for a breach, run out.

use zhuchao::acts::rounds::contract_end::{self, DAY_OUTSIDE};
use zhuchao::acts::rounds::contracts::{self, NO_AGREEMENT, Terms};
use zhuchao::acts::rounds::renewal::{self, NOT_ELIGIBLE, Renewal};
use zhuchao::acts::rounds::{closing, offers};
use zhuchao::acts::{Desk, refuse};
use zhuchao::domain::firm::Firm;
use zhuchao::domain::ids::ContractId;
use zhuchao::domain::money::Fen;
use zhuchao::domain::offer::{Breach, Contract, ContractStage, Kpi, OfferStage};
use zhuchao::domain::procedure::Step;
use zhuchao::store::allocations::{self, HoldState};
use zhuchao::store::journal::{self, Entry};
use zhuchao::store::{self, TAKEN};

use super::{code, go, offer, r1, well, world};
use crate::support::town::{Town, towns};
use crate::support::world::{day, key};

/// Year of the terms of a renewal.
const RENEWED: i32 = 2031;

pub fn terms(number: &str) -> Terms {
    Terms {
        number: number.to_owned(),
        kpis: vec![Kpi {
            name: "headcount".to_owned(),
            // The first contract runs from 2026, a renewal from its end.
            year: if number == "HT-1" { 2026 } else { RENEWED },
            least: 40,
            reported: None,
        }],
        clauses: vec!["self-use, no sub-letting".to_owned()],
        decision: String::new(),
    }
}

/// F1 accepts; the bureau signs.
pub fn signed(town: &Town) -> Contract {
    go(town, Step::Confirmed);
    let mine = offer(town, "F1");
    offers::accept(&town.firm("F1"), &mine.id).expect("accepted");
    contracts::sign_offer(&town.bureau(), &mine.id, &terms("HT-1")).expect("signed")
}

pub fn holds(town: &Town) -> Vec<(HoldState, Option<chrono::NaiveDate>)> {
    let all = town
        .desk
        .store()
        .read(allocations::units)
        .expect("allocations");
    let mine = all
        .into_iter()
        .filter(|a| a.application.as_str() == "AP-F1");
    mine.map(|a| (a.state, a.period.until())).collect()
}

#[test]
fn an_accepted_offer_becomes_a_contract_and_what_was_reserved_is_let() {
    for town in towns(&world()) {
        go(&town, Step::Confirmed);
        let mine = offer(&town, "F1");
        let sign = |terms: &Terms| contracts::sign_offer(&town.bureau(), &mine.id, terms);
        assert_eq!(code(sign(&terms("HT-1"))), refuse::WRONG_STATE);
        offers::accept(&town.firm("F1"), &mine.id).expect("accepted");
        let bare = Terms {
            clauses: Vec::new(),
            ..terms("HT-1")
        };
        assert_eq!(code(sign(&bare)), NO_AGREEMENT);
        for (year, least) in [(1800, 40), (2026, -10)] {
            let mut odd = terms("HT-1");
            (odd.kpis[0].year, odd.kpis[0].least) = (year, least);
            assert_eq!(code(sign(&odd)), refuse::UNFIT, "{year} {least}");
        }
        let contract = sign(&terms("HT-1")).expect("signed");
        assert_eq!(contract.monthly_rent, Fen(300 * 6000));
        assert_eq!(contract.holds, contract.award.lease);
        assert_eq!(offer(&town, "F1").stage, OfferStage::Signed);
        assert_eq!(holds(&town), [(HoldState::Let, contract.holds.until())]);
        assert_eq!(
            code(offers::decline(&town.firm("F1"), &mine.id, "late")),
            refuse::WRONG_STATE
        );
        let other = offer(&town, "F2");
        offers::accept(&town.firm("F2"), &other.id).expect("accepted");
        let twice = contracts::sign_offer(&town.bureau(), &other.id, &terms("HT-1"));
        assert_eq!(code(twice), TAKEN, "a number is used once");
        let count = |desk: &Desk| {
            contracts::list(desk, None, None, (None, 50))
                .expect("a list")
                .len()
        };
        assert_eq!([count(&town.firm("F1")), count(&town.firm("F2"))], [1, 0]);
        assert_eq!(
            [
                count(&town.district("440305")),
                count(&town.district("440310"))
            ],
            [1, 0]
        );
        assert_eq!(
            code(contracts::one(&town.firm("F2"), &contract.id)),
            refuse::NOT_YOURS
        );
        well(&town);
    }
}

#[test]
fn a_renewal_checks_again_and_follows_without_a_gap() {
    for town in towns(&world()) {
        let old = signed(&town);
        let ask = |months: u32| Renewal {
            months,
            terms: terms("HT-2"),
        };
        let renew = |months: u32| renewal::renew(&town.bureau(), &old.id, &ask(months));
        assert_eq!(code(renew(0)), refuse::UNFIT);
        heads(&town, 5);
        let refused = renew(24).expect_err("too few heads");
        assert_eq!((refused.0[0].code, NOT_ELIGIBLE.0), (NOT_ELIGIBLE, "AC293"));
        heads(&town, 40);
        let new = renew(24).expect("renewed");
        assert_eq!(Some(new.holds.from()), old.holds.until());
        assert_eq!((new.renews.as_ref(), &new.offer), (Some(&old.id), &None));
        assert_eq!(code(renew(24)), refuse::WRONG_STATE, "once");
        town.at("2031-03-01T09:00:00+08:00");
        let ended = contract_end::end_due(&town.desk).expect("one");
        assert_eq!(ended, vec![old.id.clone()]);
        let states = holds(&town);
        assert_eq!(states.len(), 2);
        assert!(states.contains(&(HoldState::Let, new.holds.until())));
        assert_eq!(code(renew(24)), refuse::WRONG_STATE, "it is over");
        well(&town);
    }
}

/// The firm F1 has so many heads.
fn heads(town: &Town, count: u32) {
    let entry = Entry {
        at: town.desk.now(),
        actor: "test".to_owned(),
        act: "report heads".to_owned(),
        subject: "firm F1".to_owned(),
        before: None,
        after: None,
    };
    (town.desk.store())
        .write(|tx| {
            let mut firm: Firm = store::need(tx, "F1")?;
            firm.headcount = count;
            store::upsert_many(tx, &[firm])?;
            journal::append(tx, &entry)
        })
        .expect("reported");
}

fn stored(town: &Town, id: &ContractId) -> Contract {
    let read = town.desk.store().read(|tx| store::need(tx, id.as_str()));
    read.expect("the contract")
}

#[test]
fn a_firm_gives_its_contract_up_from_a_day_on() {
    for town in towns(&world()) {
        let contract = signed(&town);
        town.at("2026-06-01T09:00:00+08:00");
        let exit = |desk: &Desk, day| contract_end::exit(desk, &contract.id, day, "moving");
        let firm = town.firm("F1");
        assert_eq!(
            code(exit(&town.firm("F2"), day(2026, 7, 1))),
            refuse::NOT_YOURS
        );
        assert_eq!(code(exit(&firm, day(2026, 5, 31))), DAY_OUTSIDE, "past");
        assert_eq!(
            code(exit(&firm, day(2041, 1, 1))),
            DAY_OUTSIDE,
            "after the term"
        );
        let after = exit(&firm, day(2026, 7, 1)).expect("given up");
        assert_eq!(
            (after.stage, after.holds.until()),
            (ContractStage::InForce, Some(day(2026, 7, 1))),
            "with its duties until then"
        );
        assert_eq!(holds(&town), [(HoldState::Let, Some(day(2026, 7, 1)))]);
        assert_eq!(code(exit(&firm, day(2026, 8, 1))), DAY_OUTSIDE, "no later");
        let anew = Renewal {
            months: 12,
            terms: terms("HT-2"),
        };
        let renewed = renewal::renew(&town.bureau(), &contract.id, &anew);
        assert_eq!(code(renewed), refuse::WRONG_STATE, "it is given up");
        well(&town);
        town.at("2026-06-30T09:00:00+08:00");
        assert_eq!(contract_end::end_due(&town.desk), Ok(Vec::new()));
        town.at("2026-07-01T09:00:00+08:00");
        let ended = contract_end::end_due(&town.desk).expect("its day is there");
        assert_eq!(ended, std::slice::from_ref(&contract.id), "{}", town.name);
        let over = stored(&town, &contract.id);
        assert_eq!(over.stage, ContractStage::Ended);
        assert_eq!(over.ended, after.ended, "the firm gave notice");
        assert_eq!(code(exit(&firm, day(2026, 7, 1))), refuse::WRONG_STATE);
        well(&town);
    }
}

#[test]
fn a_breach_ends_a_contract_with_a_notice_that_claims_aid_back() {
    for town in towns(&world()) {
        let contract = signed(&town);
        town.at("2026-06-01T09:00:00+08:00");
        let notice = Breach {
            number: "追缴1号".to_owned(),
            clause: "no sub-letting".to_owned(),
            claw_back_from: day(2026, 4, 1),
        };
        let end = |desk: &Desk, breach: &Breach| {
            contract_end::terminate(desk, &contract.id, (day(2026, 6, 1), "sub-let"), breach)
        };
        let bare = Breach {
            clause: String::new(),
            ..notice.clone()
        };
        assert_eq!(code(end(&town.bureau(), &bare)), refuse::UNFIT);
        assert_eq!(
            code(end(&town.district("440310"), &notice)),
            refuse::NOT_YOURS
        );
        assert_eq!(code(end(&town.firm("F1"), &notice)), refuse::NOT_ALLOWED);
        let after = end(&town.district("440305"), &notice).expect("ended");
        assert_eq!(after.stage, ContractStage::Terminated);
        assert_eq!(after.agreement.breach, Some(notice));
        assert_eq!(holds(&town), [(HoldState::Ended, Some(day(2026, 6, 1)))]);
        well(&town);
    }
}

#[test]
fn a_notice_of_a_breach_stands_until_its_day() {
    for town in towns(&world()) {
        let contract = signed(&town);
        town.at("2026-06-01T09:00:00+08:00");
        let notice = Breach {
            number: "追缴1号".to_owned(),
            clause: "no sub-letting".to_owned(),
            claw_back_from: day(2026, 4, 1),
        };
        let firm = town.firm("F1");
        contract_end::exit(&firm, &contract.id, day(2026, 9, 1), "moving").expect("given up");
        let late = (day(2026, 7, 1), "sub-let");
        let district = town.district("440305");
        let after = contract_end::terminate(&district, &contract.id, late, &notice);
        let after = after.expect("an exit does not shield");
        assert_eq!(after.stage, ContractStage::InForce, "{}", town.name);
        let early = contract_end::exit(&firm, &contract.id, day(2026, 6, 10), "moving");
        assert_eq!(
            code(early),
            refuse::WRONG_STATE,
            "a firm does not get out of a notice"
        );
        let again = contract_end::terminate(&district, &contract.id, late, &notice);
        assert_eq!(code(again), refuse::WRONG_STATE);
        town.at("2026-07-01T09:00:00+08:00");
        contract_end::end_due(&town.desk).expect("its day is there");
        let over = stored(&town, &contract.id);
        assert_eq!(over.stage, ContractStage::Terminated);
        assert_eq!(over.agreement.breach, Some(notice));
        well(&town);
    }
}

#[test]
fn a_round_is_closed_when_all_is_signed_or_given_back() {
    for town in towns(&world()) {
        signed(&town);
        let close = || closing::close(&town.planner(), &r1(), "done");
        assert_eq!(code(close()), closing::OFFERS_OPEN);
        let other = offer(&town, "F2");
        offers::decline(&town.firm("F2"), &other.id, "moved").expect("declined");
        assert_eq!(close().expect("closed").step, Step::Closed);
        assert_eq!(
            code(contracts::one(&town.bureau(), &key("C-none"))),
            refuse::ABSENT
        );
    }
}
