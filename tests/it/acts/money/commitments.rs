//! What contracts bind: by budget year, as far as quotas are released; an exit frees it.

use serde_json::json;
use zhuchao::acts::act::{Done, Owner};
use zhuchao::acts::money::{commit, quotas, release_for};
use zhuchao::acts::powers::contracts::TERMINATE_CONTRACT;
use zhuchao::domain::commitment::{Commitment, CommitmentStage};
use zhuchao::domain::money::Fen;
use zhuchao::domain::offer::{Contract, ContractStage};
use zhuchao::domain::period::Period;
use zhuchao::domain::quota::QuotaMode;
use zhuchao::store;

use super::{
    HERE, THERE, balance, claim, code, contract, grant, here, quota, reviewed, sign, signed, well,
    yuan,
};
use crate::support::town::Town;
use crate::support::world::day;

/// The contract ends as it says; what it no longer needs is freed in the same act.
pub fn end(town: &Town, contract: &Contract) {
    let desk = town.bureau();
    let asked = json!({ "contract": contract.id });
    desk.act(&TERMINATE_CONTRACT, &asked, |tx| {
        store::upsert_many(tx, std::slice::from_ref(contract))?;
        let freed = release_for(tx, &desk, &TERMINATE_CONTRACT, contract)?;
        let owner = Owner::of(&contract.firm, &contract.district);
        Ok(Done::new(freed, format!("contract {}", contract.id), owner))
    })
    .expect("ended");
}

fn of(town: &Town, contract: &Contract) -> Vec<(i32, Fen, Fen, CommitmentStage)> {
    let all = commit::list(&town.planner(), Some(&contract.id), (None, 50)).expect("a list");
    let row = |c: &Commitment| (c.year, c.wanted, c.left, c.stage);
    all.iter().map(row).collect()
}

#[test]
fn each_budget_year_is_bound_when_its_quota_is_released() {
    use CommitmentStage::{Bound, Waiting};
    for town in here() {
        grant(&town, &quota(HERE, 2026), yuan(1_000), QuotaMode::Hard);
        // 100 yuan a month, half of it aided: 9 months of 2026 less the award's cut, 12 of 2027, 2 of 2028.
        let mine = signed(&town, "F1", HERE, 100, 400);
        let first = (2026, yuan(400), yuan(400), Bound);
        let later = [
            (2027, yuan(600), Fen::ZERO, Waiting),
            (2028, yuan(100), Fen::ZERO, Waiting),
        ];
        assert_eq!(
            of(&town, &mine),
            [first, later[0], later[1]],
            "{}",
            town.name
        );
        let other = signed(&town, "F2", HERE, 100, 450);
        // A pro-rata quota gives what it has, by key of the contract.
        grant(&town, &quota(HERE, 2027), yuan(700), QuotaMode::ProRata);
        assert_eq!(of(&town, &mine)[1], (2027, yuan(600), yuan(600), Bound));
        assert_eq!(of(&town, &other)[1], (2027, yuan(600), yuan(100), Waiting));
        grant(&town, &quota(HERE, 2027), yuan(1_200), QuotaMode::ProRata);
        assert_eq!(of(&town, &other)[1], (2027, yuan(600), yuan(600), Bound));
        // A hard quota gives all or nothing.
        grant(&town, &quota(HERE, 2028), yuan(150), QuotaMode::Hard);
        assert_eq!(of(&town, &mine)[2], (2028, yuan(100), yuan(100), Bound));
        assert_eq!(of(&town, &other)[2], (2028, yuan(100), Fen::ZERO, Waiting));
        well(&town);
    }
}

#[test]
fn a_hard_quota_that_does_not_hold_the_award_refuses_the_contract() {
    for town in here() {
        grant(&town, &quota(HERE, 2026), yuan(700), QuotaMode::Hard);
        signed(&town, "F1", HERE, 100, 400);
        let refused = sign(&town, &contract("F2", HERE, 100, 301));
        assert_eq!(code(refused).0, "AC381");
        let gone = store::get::<Contract>;
        let stored = town.desk.store().read(|tx| gone(tx, "C-F2-440305"));
        assert_eq!(stored.map(|c| c.is_none()), Ok(true), "all or nothing");
        assert_eq!(balance(&town, &quota(HERE, 2026)).committed, yuan(400));
        sign(&town, &contract("F3", HERE, 100, 300)).expect("it fits");
        well(&town);
    }
}

#[test]
fn a_contract_without_subsidy_binds_nothing() {
    for town in here() {
        let mut bare = contract("F1", HERE, 100, 0);
        bare.award.subsidy = None;
        assert_eq!(sign(&town, &bare), Ok(Vec::new()));
        assert_eq!(of(&town, &bare), []);
    }
}

#[test]
fn an_exit_keeps_the_months_in_force_and_a_breach_keeps_claims_only() {
    use CommitmentStage::{Bound, Closed};
    for town in here() {
        grant(&town, &quota(HERE, 2026), yuan(2_000), QuotaMode::Hard);
        grant(&town, &quota(HERE, 2027), yuan(2_000), QuotaMode::Hard);
        let mine = signed(&town, "F1", HERE, 100, 450);
        let other = signed(&town, "F2", HERE, 100, 450);
        town.at("2026-07-01T09:00:00+08:00");
        // April and May are claimed: 100 of the 450 are in a claim.
        reviewed(&town, &claim(&town, &mine, &[4, 5]));
        reviewed(&town, &claim(&town, &other, &[4, 5]));
        let until = |day| Period::new(mine.holds.from(), Some(day)).expect("a period");
        end(
            &town,
            &Contract {
                stage: ContractStage::Ended,
                holds: until(day(2026, 8, 1)),
                ..mine.clone()
            },
        );
        // April to July: 200, of which 100 are in the claim.
        let left = of(&town, &mine);
        assert_eq!(
            left[0],
            (2026, yuan(200), yuan(100), Bound),
            "{}",
            town.name
        );
        assert_eq!(left[1], (2027, Fen::ZERO, Fen::ZERO, Closed));
        end(
            &town,
            &Contract {
                stage: ContractStage::Terminated,
                holds: until(day(2026, 8, 1)),
                ..other.clone()
            },
        );
        assert_eq!(of(&town, &other)[0], (2026, Fen::ZERO, Fen::ZERO, Closed));
        let now = balance(&town, &quota(HERE, 2026));
        assert_eq!(now.committed, yuan(300), "two claims and two months");
        assert_eq!(balance(&town, &quota(HERE, 2027)).committed, Fen::ZERO);
        well(&town);
    }
}

#[test]
fn commitments_are_seen_by_their_firm_and_district() {
    for town in here() {
        let mine = signed(&town, "F1", HERE, 100, 450);
        signed(&town, "F2", THERE, 100, 270);
        let count = |desk| commit::list(&desk, None, (None, 50)).map(|all| all.len());
        assert_eq!(count(town.firm("F1")), Ok(3));
        assert_eq!(count(town.reviewer(THERE)), Ok(3));
        assert_eq!(count(town.planner()), Ok(6));
        let others = commit::list(&town.firm("F2"), Some(&mine.id), (None, 50));
        assert_eq!(others.map(|all| all.len()), Ok(0));
        assert!(
            quotas::list(&town.planner(), (None, 5))
                .expect("quotas")
                .is_empty()
        );
    }
}
