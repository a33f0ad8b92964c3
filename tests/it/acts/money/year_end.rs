//! The end of a budget year.

use zhuchao::acts::money::quotas;
use zhuchao::acts::money::year_end::{self, YEAR_CLOSED, YEAR_OPEN};
use zhuchao::acts::money::{claw_back, review};
use zhuchao::acts::refuse;
use zhuchao::domain::money::Fen;
use zhuchao::domain::quota::QuotaMode;

use super::{
    HERE, THERE, ask, balance, claim, code, grant, here, paid, payable, proposal, quota, reviewed,
    sign, signed, stated, well, yuan,
};
use crate::support::world::day;

#[test]
fn a_year_is_closed_when_it_is_over_and_nothing_is_under_way() {
    for town in here() {
        let budget = quota(HERE, 2026);
        let approver = town.district(HERE);
        assert_eq!(code(year_end::close(&approver, &budget)), refuse::ABSENT);
        grant(&town, &budget, yuan(1_000), QuotaMode::Hard);
        let mine = signed(&town, "F1", HERE, 100, 450);
        town.at("2026-07-01T09:00:00+08:00");
        let due = payable(&town, &reviewed(&town, &claim(&town, &mine, &[4, 5])));
        paid(&town, &[&due]);
        assert_eq!(code(year_end::close(&approver, &budget)), YEAR_OPEN);
        town.at("2027-01-01T00:30:00+08:00");
        let last = ask(&town, &mine, 2026, &stated(&[12], 100));
        let last = last.expect("December is over");
        assert_eq!(
            code(year_end::close(&approver, &budget)),
            YEAR_OPEN,
            "a claim waits"
        );
        review::reject(&town.reviewer(HERE), &last.id, "late").expect("rejected");
        let change = quotas::propose(
            &town.reviewer(HERE),
            &budget,
            &proposal(yuan(2_000), QuotaMode::Hard),
        )
        .expect("proposed");
        assert_eq!(
            code(year_end::close(&approver, &budget)),
            YEAR_OPEN,
            "a change waits"
        );
        quotas::refuse(&approver, &change.id, "too late").expect("refused");
        let others = year_end::close(&town.district(THERE), &budget);
        assert_eq!(code(others), refuse::NOT_YOURS);
        let end = year_end::close(&approver, &budget).expect("closed");
        // What was bound for the months that nobody claimed is free.
        assert_eq!(
            (end.balance.free, end.balance.committed),
            (yuan(900), Fen::ZERO)
        );
        assert_eq!(end.balance.paid, yuan(100), "{}", town.name);
        well(&town);
    }
}

#[test]
fn nothing_more_comes_from_a_closed_year_but_money_may_come_back() {
    for town in here() {
        let budget = quota(HERE, 2026);
        grant(&town, &budget, yuan(1_000), QuotaMode::Hard);
        let mine = signed(&town, "F1", HERE, 100, 450);
        town.at("2026-07-01T09:00:00+08:00");
        let due = payable(&town, &reviewed(&town, &claim(&town, &mine, &[4, 5])));
        paid(&town, &[&due]);
        town.at("2027-01-04T09:00:00+08:00");
        let approver = town.district(HERE);
        year_end::close(&approver, &budget).expect("closed");
        assert_eq!(code(year_end::close(&approver, &budget)), YEAR_CLOSED);
        let late = ask(&town, &mine, 2026, &stated(&[12], 100));
        assert_eq!(code(late), YEAR_CLOSED);
        let more = proposal(yuan(2_000), QuotaMode::Hard);
        let more = quotas::propose(&town.reviewer(HERE), &budget, &more);
        assert_eq!(code(more), YEAR_CLOSED);
        let new = super::contract("F2", HERE, 100, 450);
        let bound = sign(&town, &new).expect("signed");
        assert_eq!(
            bound[0].bound,
            Fen::ZERO,
            "nothing is bound of a closed year"
        );
        let order = claw_back::Order {
            claim: None,
            amount: None,
            proposal: None,
            reason: "sub-let".to_owned(),
            deadline: day(2027, 3, 1),
        };
        let debt = claw_back::order(&approver, &mine.id, &order).expect("ordered");
        let reviewer = town.reviewer(HERE);
        claw_back::receive(&reviewer, &debt[0].id, yuan(100), "B-9").expect("received");
        assert_eq!(balance(&town, &budget).free, yuan(1_000));
        well(&town);
    }
}
