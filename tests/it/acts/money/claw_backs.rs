//! Claw-backs: ordered, carried out from a proposal, received, waived by a second signature; money returns to
//! the year it came from.

use zhuchao::acts::money::claw_back::{self, Order, TOO_MUCH};
use zhuchao::acts::money::review;
use zhuchao::acts::refuse;
use zhuchao::domain::claim::MONTH_OUTSIDE;
use zhuchao::domain::claw_back::{ClawBack, ClawBackStage};
use zhuchao::domain::ids::ClaimId;
use zhuchao::domain::money::Fen;
use zhuchao::domain::offer::{Breach, Contract, ContractStage};
use zhuchao::domain::people::{Actor, Body, Role};
use zhuchao::domain::quota::QuotaMode;
use zhuchao::domain::sanction::{Proposal, ProposalStage};
use zhuchao::store::{self, journal};

use super::visited::proposal;
use super::{
    HERE, THERE, balance, claim, code, grant, here, paid, payable, quota, reviewed, signed, well,
    yuan,
};
use crate::support::town::Town;
use crate::support::world::{day, key};

/// F1 was paid 50 yuan for April and 50 for May of 2026; 2027 has a quota, too.
fn spent(town: &Town) -> (Contract, Vec<ClaimId>) {
    grant(town, &quota(HERE, 2026), yuan(1_000), QuotaMode::Hard);
    grant(town, &quota(HERE, 2027), yuan(1_000), QuotaMode::Hard);
    let mine = signed(town, "F1", HERE, 100, 450);
    let due = [4, 5].map(|month| {
        town.at("2026-07-01T09:00:00+08:00");
        payable(town, &reviewed(town, &claim(town, &mine, &[month])))
    });
    paid(town, &[&due[0], &due[1]]);
    (mine, due.map(|c| c.id).to_vec())
}

fn order(claim: Option<&ClaimId>, amount: Option<Fen>) -> Order {
    Order {
        claim: claim.cloned(),
        amount,
        proposal: None,
        reason: "sub-let".to_owned(),
        deadline: day(2027, 3, 1),
    }
}

fn one(town: &Town, contract: &Contract, new: &Order) -> ClawBack {
    let orders = claw_back::order(&town.district(HERE), &contract.id, new).expect("ordered");
    assert_eq!(orders.len(), 1);
    orders[0].clone()
}

#[test]
fn after_a_breach_only_the_months_from_its_day_on_are_ordered_back() {
    for town in here() {
        grant(&town, &quota(HERE, 2026), yuan(1_000), QuotaMode::Hard);
        let mine = signed(&town, "F1", HERE, 100, 450);
        town.at("2026-07-01T09:00:00+08:00");
        let due = payable(&town, &reviewed(&town, &claim(&town, &mine, &[4, 5, 6])));
        paid(&town, &[&due]);
        town.at("2026-08-10T09:00:00+08:00");
        let late = claim(&town, &mine, &[7]);
        let mut broken = mine.clone();
        broken.stage = ContractStage::Terminated;
        broken.agreement.breach = Some(Breach {
            number: "追缴1号".to_owned(),
            clause: "no sub-letting".to_owned(),
            claw_back_from: day(2026, 5, 15),
        });
        super::commitments::end(&town, &broken);
        let refused = review::review(&town.reviewer(HERE), &late.id, None, "");
        assert_eq!(code(refused), MONTH_OUTSIDE, "{}", town.name);
        review::reject(&town.reviewer(HERE), &late.id, "breach").expect("rejected");
        // April was over; May was not, and June came after: two of three months of 150 yuan.
        let debt = one(&town, &mine, &order(None, None));
        assert_eq!(debt.amount, yuan(100));
        let again = claw_back::order(&town.district(HERE), &mine.id, &order(None, None));
        assert_eq!(code(again), TOO_MUCH, "nothing more is lost");
        let now = balance(&town, &quota(HERE, 2026));
        assert_eq!((now.paid, now.clawed_back), (yuan(50), yuan(100)));
        well(&town);
    }
}

#[test]
fn what_comes_back_is_free_in_the_year_it_was_paid_from() {
    for town in here() {
        let (mine, claims) = spent(&town);
        town.at("2027-02-01T09:00:00+08:00");
        let free = balance(&town, &quota(HERE, 2026)).free;
        let later = balance(&town, &quota(HERE, 2027));
        let debt = one(&town, &mine, &order(Some(&claims[0]), Some(yuan(30))));
        let now = balance(&town, &quota(HERE, 2026));
        assert_eq!((now.paid, now.clawed_back), (yuan(70), yuan(30)));
        let reviewer = town.reviewer(HERE);
        let receive = |amount: Fen| {
            let reference = format!("B-{}", amount.0);
            claw_back::receive(&reviewer, &debt.id, amount, &reference)
        };
        assert_eq!(code(receive(yuan(31))), TOO_MUCH);
        assert_eq!(code(receive(Fen::ZERO)), TOO_MUCH);
        let part = receive(yuan(10)).expect("received");
        assert_eq!(
            (part.stage, part.owed()),
            (ClawBackStage::Ordered, yuan(20))
        );
        assert!(part.is_late(day(2027, 3, 2)) && !part.is_late(day(2027, 3, 1)));
        assert_eq!(code(receive(yuan(10))), refuse::UNFIT, "entered already");
        let rest = receive(yuan(20)).expect("received");
        assert_eq!(
            (rest.stage, rest.owed()),
            (ClawBackStage::Received, Fen::ZERO)
        );
        assert_eq!(code(receive(yuan(1))), refuse::WRONG_STATE);
        let now = balance(&town, &quota(HERE, 2026));
        assert_eq!(
            (now.free, now.clawed_back),
            (Fen(free.0 + 3_000), Fen::ZERO)
        );
        assert_eq!(balance(&town, &quota(HERE, 2027)), later, "{}", town.name);
        well(&town);
    }
}

#[test]
fn a_contract_owes_all_that_was_paid_and_nothing_twice() {
    for town in here() {
        let (mine, claims) = spent(&town);
        let approver = town.district(HERE);
        let ask = |new: &Order| claw_back::order(&approver, &mine.id, new);
        assert_eq!(
            code(ask(&order(Some(&claims[0]), Some(yuan(51))))),
            TOO_MUCH
        );
        assert_eq!(code(ask(&order(None, Some(yuan(1))))), refuse::UNFIT);
        let past = Order {
            deadline: day(2026, 7, 13),
            ..order(None, None)
        };
        assert_eq!(code(ask(&past)), refuse::UNFIT);
        let mute = Order {
            reason: String::new(),
            ..order(None, None)
        };
        assert_eq!(code(ask(&mute)), refuse::UNFIT);
        one(&town, &mine, &order(Some(&claims[1]), Some(yuan(20))));
        let all = ask(&order(None, None)).expect("ordered");
        let amounts: Vec<Fen> = all.iter().map(|o| o.amount).collect();
        assert_eq!(amounts, [yuan(50), yuan(30)]);
        assert_eq!(code(ask(&order(None, None))), TOO_MUCH, "nothing is left");
        let now = balance(&town, &quota(HERE, 2026));
        assert_eq!((now.paid, now.clawed_back), (Fen::ZERO, yuan(100)));
        well(&town);
    }
}

#[test]
fn only_a_second_signature_waives() {
    for town in here() {
        let (mine, claims) = spent(&town);
        let (reviewer, approver) = (town.reviewer(HERE), town.district(HERE));
        let debt = one(&town, &mine, &order(Some(&claims[0]), None));
        let early = claw_back::sign_waiver(&approver, &debt.id);
        assert_eq!(code(early), refuse::WRONG_STATE);
        assert_eq!(
            code(claw_back::propose_waiver(&reviewer, &debt.id, "")),
            refuse::UNFIT
        );
        let propose = || claw_back::propose_waiver(&reviewer, &debt.id, "insolvent");
        propose().expect("proposed");
        let meanwhile = claw_back::receive(&reviewer, &debt.id, yuan(1), "B-9");
        assert_eq!(code(meanwhile), refuse::WRONG_STATE);
        claw_back::refuse_waiver(&approver, &debt.id, "it can pay").expect("refused");
        claw_back::receive(&reviewer, &debt.id, yuan(5), "B-9").expect("received");
        propose().expect("proposed again");
        let maker = Actor {
            id: reviewer.actor().to_owned(),
            role: Role::DistrictApprover,
            body: Body::District(key(HERE)),
        };
        let himself = claw_back::sign_waiver(&town.desk.of(maker), &debt.id);
        assert_eq!(code(himself), refuse::SAME_PERSON);
        let done = claw_back::sign_waiver(&approver, &debt.id).expect("waived");
        assert_eq!(
            (done.stage, done.owed()),
            (ClawBackStage::Waived, Fen::ZERO)
        );
        let now = balance(&town, &quota(HERE, 2026));
        assert_eq!((now.paid, now.clawed_back), (yuan(95), Fen::ZERO));
        well(&town);
    }
}

#[test]
fn orders_are_seen_and_moved_by_their_own_firm_and_district_only() {
    for town in here() {
        let (mine, claims) = spent(&town);
        let new = order(Some(&claims[0]), None);
        let others = claw_back::order(&town.district(THERE), &mine.id, &new);
        assert_eq!(code(others), refuse::NOT_YOURS);
        let debt = one(&town, &mine, &new);
        let (reviewer, approver) = (town.reviewer(THERE), town.district(THERE));
        let refused = [
            code(claw_back::one(&town.firm("F2"), &debt.id)),
            code(claw_back::one(&reviewer, &debt.id)),
            code(claw_back::receive(&reviewer, &debt.id, yuan(1), "B")),
            code(claw_back::propose_waiver(&reviewer, &debt.id, "x")),
            code(claw_back::sign_waiver(&approver, &debt.id)),
            code(claw_back::refuse_waiver(&approver, &debt.id, "x")),
        ];
        assert_eq!(refused, [refuse::NOT_YOURS; 6]);
        let count = |desk| {
            claw_back::list(
                &desk,
                Some(ClawBackStage::Ordered),
                Some(&mine.id),
                (None, 50),
            )
            .map(|all| all.len())
        };
        assert_eq!(
            [count(town.firm("F1")), count(town.firm("F2"))],
            [Ok(1), Ok(0)]
        );
        assert_eq!([count(town.planner()), count(reviewer)], [Ok(1), Ok(0)]);
    }
}

#[test]
fn a_decided_proposal_becomes_an_order_and_is_settled_in_one_act() {
    for town in here() {
        let (mine, _) = spent(&town);
        grant(&town, &quota(THERE, 2026), yuan(1_000), QuotaMode::Hard);
        let other = signed(&town, "F2", THERE, 100, 270);
        let decided = proposal(&town, &mine, day(2026, 5, 15));
        let new = Order {
            proposal: Some(decided.id.clone()),
            ..order(None, None)
        };
        let strange = claw_back::order(&town.district(THERE), &other.id, &new);
        assert_eq!(code(strange), refuse::UNFIT, "{}", town.name);
        let foreign = claw_back::order(&town.district(THERE), &mine.id, &new);
        assert_eq!(code(foreign), refuse::NOT_YOURS);
        let debt = one(&town, &mine, &new);
        assert_eq!(debt.amount, yuan(50), "April was over, May was not");
        assert_eq!(debt.proposal, Some(decided.id.clone()));
        let now = (town.desk.store())
            .read(|tx| store::need::<Proposal>(tx, decided.id.as_str()))
            .expect("stored");
        assert_eq!(now.stage, ProposalStage::Ordered);
        let settled = now.settled.expect("settled");
        assert!(settled.reason.contains(debt.id.as_str()), "{settled:?}");
        let again = claw_back::order(&town.district(HERE), &mine.id, &new);
        assert_eq!(code(again), refuse::WRONG_STATE, "once");
        for subject in [
            format!("claim {}", debt.claim),
            format!("claw-back {}", debt.id),
            format!("claw-back proposal {}", decided.id),
        ] {
            let rows = town.desk.store().read(|tx| journal::about(tx, &subject));
            let last = rows.expect("rows").pop().expect("an entry");
            assert_eq!(last.entry.act, "order claw-back", "{subject}");
        }
        well(&town);
    }
}
