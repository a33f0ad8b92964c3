//! What contracts do to quotas: signing binds the subsidy, an end frees it, a renewal binds what the rules leave.

use zhuchao::acts::freeze;
use zhuchao::acts::money::{commit, quotas};
use zhuchao::acts::rounds::contract_end;
use zhuchao::acts::rounds::contracts::{self, Terms};
use zhuchao::acts::rounds::offers;
use zhuchao::acts::rounds::renewal::{self, Renewal};
use zhuchao::domain::commitment::{Commitment, CommitmentStage};
use zhuchao::domain::fault::Faults;
use zhuchao::domain::ids::ContractId;
use zhuchao::domain::ledger::{Balance, QuotaKey};
use zhuchao::domain::money::Fen;
use zhuchao::domain::offer::{Breach, Contract, Kpi, OfferStage};
use zhuchao::domain::procedure::Step;
use zhuchao::domain::quota::QuotaMode;
use zhuchao::planning::files;
use zhuchao::store::snapshots;

use super::{code, go, governed, offer, r1, well};
use crate::acts::money::{grant, quota, yuan};
use crate::support::town::{Town, towns};
use crate::support::world::{World, day};

/// One floor for F1, which wants subsidy; its district has a quota of 200,000 yuan for 2026. The rent is
/// 18,000 yuan a month, half of it aided.
fn world(mode: QuotaMode) -> World {
    governed(World::city())
        .site("S1", "440305", 0)
        .unit("A1", "S1/A/1", 300)
        .quota("440305", 200_000, mode)
        .firm("F1", 40)
        .wants_with("F1", 200, 400, |a| a.wants_subsidy = true)
}

fn budget(year: i32) -> QuotaKey {
    quota("440305", year)
}

/// Year of the terms of a renewal.
const RENEWED: i32 = 2031;

fn terms(number: &str) -> Terms {
    Terms {
        decision: String::new(),
        number: number.to_owned(),
        kpis: vec![Kpi {
            name: "headcount".to_owned(),
            // The first contract runs from 2026, a renewal from its end.
            year: if number == "HT-1" { 2026 } else { RENEWED },
            least: 40,
            reported: None,
        }],
        clauses: vec!["self-use, no sub-letting".to_owned()],
    }
}

/// F1 accepts.
fn accepted(town: &Town) {
    go(town, Step::Confirmed);
    let mine = offer(town, "F1");
    offers::accept(&town.firm("F1"), &mine.id).expect("accepted");
}

/// The bureau signs.
fn sign(town: &Town) -> Result<Contract, Faults> {
    contracts::sign_offer(&town.bureau(), &offer(town, "F1").id, &terms("HT-1"))
}

fn signed(town: &Town) -> Contract {
    accepted(town);
    sign(town).expect("signed")
}

fn now(town: &Town, year: i32) -> Balance {
    let known = quotas::one(&town.planner(), &budget(year)).expect("a quota");
    known.balance
}

fn bound(town: &Town, contract: &ContractId) -> Vec<(i32, Fen, Fen)> {
    let all = commit::list(&town.planner(), Some(contract), (None, 50)).expect("a list");
    all.iter().map(|c| (c.year, c.wanted, c.left)).collect()
}

#[test]
fn signing_binds_the_award_and_later_years_wait_for_their_quota() {
    for town in towns(&world(QuotaMode::ProRata)) {
        let mine = signed(&town);
        let award = mine.award.subsidy.as_ref().expect("subsidy").awarded;
        assert_eq!(award, yuan(90_000), "March to December, half of 18,000");
        let years = bound(&town, &mine.id);
        // 36 months: 10 of 2026, 12 of 2027 and 2028, 2 of 2029.
        let expected = [
            (2026, yuan(90_000), yuan(90_000)),
            (2027, yuan(108_000), Fen::ZERO),
            (2028, yuan(108_000), Fen::ZERO),
            (2029, yuan(18_000), Fen::ZERO),
        ];
        assert_eq!(years, expected, "{}", town.name);
        assert_eq!(now(&town, 2026).committed, yuan(90_000));
        grant(&town, &budget(2027), yuan(100_000), QuotaMode::ProRata);
        assert_eq!(bound(&town, &mine.id)[1].2, yuan(100_000), "what there is");
        assert_eq!(now(&town, 2027).free, Fen::ZERO);
        well(&town);
    }
}

#[test]
fn a_hard_quota_lowered_since_the_plan_refuses_the_signature_and_nothing_is_half_done() {
    for town in towns(&world(QuotaMode::Hard)) {
        accepted(&town);
        grant(&town, &budget(2026), yuan(80_000), QuotaMode::Hard);
        assert_eq!(code(sign(&town)).0, "AC381");
        assert_eq!(offer(&town, "F1").stage, OfferStage::Accepted);
        let none = contracts::list(&town.planner(), None, None, (None, 50));
        assert_eq!(none.map(|all| all.len()), Ok(0), "{}", town.name);
        assert_eq!(now(&town, 2026).committed, Fen::ZERO);
        grant(&town, &budget(2026), yuan(90_000), QuotaMode::Hard);
        sign(&town).expect("it fits to the fen");
        assert_eq!(now(&town, 2026).free, Fen::ZERO);
        well(&town);
    }
}

#[test]
fn a_later_snapshot_has_of_a_hard_quota_what_is_left_and_a_pro_rata_one_whole() {
    for (mode, left) in [
        (QuotaMode::Hard, yuan(110_000)),
        (QuotaMode::ProRata, yuan(200_000)),
    ] {
        for town in towns(&world(mode)) {
            let first = freeze::freeze(&town.desk, &r1()).expect("a snapshot");
            let of = |digest: &str| {
                let stored = (town.desk.store()).read(|tx| snapshots::get(tx, digest));
                let bytes = stored.expect("read").expect("a snapshot").bytes;
                files::read_snapshot(&bytes).expect("a snapshot").quotas[0].amount
            };
            assert_eq!(of(&first.digest), yuan(200_000));
            signed(&town);
            let second = freeze::freeze(&town.desk, &r1()).expect("a snapshot");
            assert_eq!(of(&second.digest), left, "{}", town.name);
        }
    }
}

#[test]
fn an_exit_frees_the_months_after_it_and_a_breach_all_that_is_not_claimed() {
    for town in towns(&world(QuotaMode::ProRata)) {
        let mine = signed(&town);
        town.at("2026-06-01T09:00:00+08:00");
        contract_end::exit(&town.firm("F1"), &mine.id, day(2026, 7, 1), "moving").expect("out");
        // March to June stay bound: they are claimed in arrears.
        assert_eq!(now(&town, 2026).committed, yuan(36_000), "{}", town.name);
        let all = commit::list(&town.planner(), Some(&mine.id), (None, 50)).expect("a list");
        let closed = |c: &&Commitment| c.stage == CommitmentStage::Closed;
        assert_eq!(all.iter().filter(closed).count(), 3, "2027 to 2029");
        well(&town);
    }
    for town in towns(&world(QuotaMode::ProRata)) {
        let mine = signed(&town);
        town.at("2026-06-01T09:00:00+08:00");
        let notice = Breach {
            number: "追缴1号".to_owned(),
            clause: "no sub-letting".to_owned(),
            claw_back_from: day(2026, 4, 1),
        };
        // The notice frees it, though the contract ends a month later.
        let end = (day(2026, 7, 1), "sub-let");
        contract_end::terminate(&town.district("440305"), &mine.id, end, &notice).expect("ended");
        assert_eq!(now(&town, 2026).committed, Fen::ZERO, "{}", town.name);
        assert_eq!(now(&town, 2026).free, yuan(200_000));
        well(&town);
    }
}

#[test]
fn a_contract_that_runs_out_keeps_what_may_still_be_claimed() {
    for town in towns(&world(QuotaMode::ProRata)) {
        let mine = signed(&town);
        town.at("2031-03-01T09:00:00+08:00");
        let ended = contract_end::end_due(&town.desk).expect("one");
        assert_eq!(ended, vec![mine.id.clone()]);
        assert_eq!(now(&town, 2026).committed, yuan(90_000), "{}", town.name);
        well(&town);
    }
}

fn renew(town: &Town, old: &Contract) -> Contract {
    let new = Renewal {
        months: 24,
        terms: terms("HT-2"),
    };
    renewal::renew(&town.bureau(), &old.id, &new).expect("renewed")
}

#[test]
fn a_renewal_binds_the_months_that_the_rules_leave_since_the_entry() {
    let longer = world(QuotaMode::ProRata).policy(
        "share_bp = 5000\nmonths = 36",
        "share_bp = 5000\nmonths = 72",
    );
    for town in towns(&longer) {
        let old = signed(&town);
        grant(&town, &budget(2031), yuan(500_000), QuotaMode::ProRata);
        let before = bound(&town, &old.id);
        assert_eq!(before[5], (2031, yuan(18_000), yuan(18_000)), "two months");
        let new = renew(&town, &old);
        assert_eq!(new.award.subsidy.as_ref().map(|s| s.year), Some(2031));
        // 12 of the 72 months are left: 10 of 2031, 2 of 2032.
        let expected = [
            (2031, yuan(90_000), yuan(90_000)),
            (2032, yuan(18_000), Fen::ZERO),
        ];
        assert_eq!(bound(&town, &new.id), expected, "{}", town.name);
        assert_eq!(now(&town, 2031).committed, yuan(108_000), "no month twice");
        well(&town);
    }
    for town in towns(&world(QuotaMode::ProRata)) {
        let old = signed(&town);
        let new = renew(&town, &old);
        assert_eq!(new.award.subsidy, None, "all 36 months are used by then");
        assert_eq!(bound(&town, &new.id), []);
        well(&town);
    }
}
