//! Settlements: one uniform cut, exact to the fen, by a sheet that another officer approves.

use zhuchao::acts::money::settle::{self, NOTHING_TO_SETTLE, STALE_SHEET};
use zhuchao::acts::money::what_if::what_if;
use zhuchao::acts::money::{claims, commit, publicity, review, sheet_file};
use zhuchao::acts::refuse;
use zhuchao::domain::claim::{Claim, ClaimStage};
use zhuchao::domain::commitment::CommitmentStage;
use zhuchao::domain::money::Fen;
use zhuchao::domain::people::{Actor, Body, Role};
use zhuchao::domain::quota::QuotaMode;
use zhuchao::domain::settlement::{Settlement, SettlementStage};

use super::{
    HERE, THERE, balance, claim, code, grant, here, paid, payable, quota, reviewed, signed, well,
    world, yuan,
};
use crate::support::town::{Town, towns};
use crate::support::world::key;

/// Three firms claim 100, 150 and 50 yuan under a quota of so many yuan; all are reviewed.
fn three(town: &Town, amount: i64) -> Vec<Claim> {
    grant(town, &quota(HERE, 2026), yuan(amount), QuotaMode::ProRata);
    let sign = |firm, rent| signed(town, firm, HERE, rent, 9 * rent / 2);
    let all = [sign("F1", 100), sign("F2", 150), sign("F3", 50)];
    town.at("2026-07-01T09:00:00+08:00");
    let claims = all.iter().map(|c| claim(town, c, &[4, 5]));
    claims.map(|c| reviewed(town, &c)).collect()
}

fn made(town: &Town) -> Settlement {
    made_of(town, true)
}

fn made_of(town: &Town, whole_year: bool) -> Settlement {
    let budget = quota(HERE, 2026);
    settle::propose(&town.reviewer(HERE), &budget, whole_year, "年度核定").expect("a sheet")
}

fn awards(town: &Town, claims: &[Claim]) -> Vec<Option<Fen>> {
    let one = |c: &Claim| {
        claims::one(&town.planner(), &c.id)
            .expect("a claim")
            .awarded
    };
    claims.iter().map(one).collect()
}

#[test]
fn above_the_quota_all_are_cut_by_one_ratio_to_the_fen() {
    for town in here() {
        let budget = quota(HERE, 2026);
        let claims = three(&town, 200);
        assert!(claims.iter().all(|c| c.stage == ClaimStage::Reviewed));
        let sheet = made(&town).sheet;
        // 100, 150 and 50 are asked for, 200 is there.
        assert_eq!((sheet.pool, sheet.computed), (yuan(200), yuan(300)));
        assert_eq!((sheet.num, sheet.den), (20_000, 30_000));
        let exact = [6_667, 10_000, 3_333].map(Fen);
        let shown: Vec<Fen> = sheet.rows.iter().map(|r| r.awarded).collect();
        assert_eq!(shown, exact, "{}", town.name);
        assert_eq!(
            awards(&town, &claims),
            [None; 3],
            "nothing stands before it is approved"
        );
        let open = settle::list(&town.district(HERE), (None, 50)).expect("a list");
        let done = settle::approve(&town.district(HERE), &open[0].id).expect("approved");
        assert_eq!(done.stage, SettlementStage::Approved);
        assert_eq!(awards(&town, &claims), exact.map(Some));
        let now = balance(&town, &budget);
        assert_eq!(
            (now.free, now.committed),
            (Fen::ZERO, yuan(200)),
            "to the fen"
        );
        let settled: Vec<Claim> = claims
            .iter()
            .map(|c| claims::one(&town.planner(), &c.id).expect("a claim"))
            .collect();
        let due: Vec<Claim> = settled.iter().map(|c| payable(&town, c)).collect();
        paid(&town, &due.iter().collect::<Vec<_>>());
        let now = balance(&town, &budget);
        assert_eq!((now.paid, now.free), (yuan(200), Fen::ZERO));
        well(&town);
    }
}

#[test]
fn the_sheet_is_a_file_that_anyone_can_check() {
    for town in here() {
        three(&town, 200);
        let settlement = made(&town);
        let bytes = sheet_file::csv(&town.reviewer(HERE), &settlement.id).expect("a file");
        assert!(
            bytes.starts_with(b"\xEF\xBB\xBF"),
            "spreadsheets read it as UTF-8"
        );
        let mut reader = csv::Reader::from_reader(&bytes[3..]);
        let rows: Vec<csv::StringRecord> = reader.records().map(|r| r.expect("a row")).collect();
        assert_eq!(rows.len(), 4);
        let first: Vec<&str> = rows[0].iter().skip(3).collect();
        assert_eq!(
            first,
            ["100.00", "20000", "30000", "20000", "1", "33.33", "66.67"]
        );
        let last: Vec<&str> = rows[3].iter().collect();
        assert_eq!(
            last[3..],
            [
                "300.00",
                "20000",
                "30000",
                "额度 pool 200.00",
                "",
                "100.00",
                "200.00"
            ]
        );
        let others = sheet_file::csv(&town.reviewer(THERE), &settlement.id);
        assert_eq!(code(others), refuse::NOT_YOURS);
    }
}

#[test]
fn within_the_year_commitments_of_others_are_not_touched() {
    for town in here() {
        let budget = quota(HERE, 2026);
        grant(&town, &budget, yuan(600), QuotaMode::ProRata);
        let mine = signed(&town, "F1", HERE, 100, 450);
        let other = signed(&town, "F2", HERE, 100, 450);
        town.at("2026-12-01T09:00:00+08:00");
        // F2 found only 150 bound; it asks for 350 now, and F1 for nothing yet.
        reviewed(&town, &claim(&town, &other, &[4, 5, 6, 7, 8, 9, 10]));
        let sheet = made_of(&town, false).sheet;
        assert_eq!((sheet.pool, sheet.awarded), (yuan(150), yuan(150)));
        let open = settle::list(&town.district(HERE), (None, 50)).expect("a list");
        settle::approve(&town.district(HERE), &open[0].id).expect("approved");
        let now = balance(&town, &budget);
        assert_eq!((now.free, now.committed), (Fen::ZERO, yuan(600)));
        reviewed(&town, &claim(&town, &mine, &[4, 5]));
        assert_eq!(
            made_of(&town, false).sheet.awarded,
            yuan(100),
            "F1's own is still there"
        );
        well(&town);
    }
}

#[test]
fn a_sheet_is_approved_by_another_while_it_is_true() {
    for town in here() {
        let budget = quota(HERE, 2026);
        let nothing = settle::propose(&town.reviewer(HERE), &budget, true, "");
        assert_eq!(code(nothing), refuse::ABSENT);
        let claims = three(&town, 200);
        let sheet = made(&town);
        let twice = settle::propose(&town.reviewer(HERE), &budget, true, "");
        assert_eq!(code(twice), refuse::WRONG_STATE, "one sheet at a time");
        let maker = Actor {
            id: town.reviewer(HERE).actor().to_owned(),
            role: Role::DistrictApprover,
            body: Body::District(key(HERE)),
        };
        let himself = settle::approve(&town.desk.of(maker), &sheet.id);
        assert_eq!(code(himself), refuse::SAME_PERSON);
        let other = settle::approve(&town.district(THERE), &sheet.id);
        assert_eq!(code(other), refuse::NOT_YOURS);
        claims::withdraw(&town.firm("F3"), &claims[2].id).expect("withdrawn");
        let stale = settle::approve(&town.district(HERE), &sheet.id);
        assert_eq!(code(stale), STALE_SHEET);
        assert_eq!(
            code(settle::refuse(&town.district(HERE), &sheet.id, "")),
            refuse::UNFIT
        );
        settle::refuse(&town.district(HERE), &sheet.id, "stale").expect("refused");
        let gone = settle::approve(&town.district(HERE), &sheet.id);
        assert_eq!(code(gone), refuse::WRONG_STATE);
        let again = made(&town);
        assert_eq!(again.sheet.computed, yuan(250));
        settle::approve(&town.district(HERE), &again.id).expect("approved");
        let done = settle::propose(&town.reviewer(HERE), &budget, true, "");
        assert_eq!(code(done), NOTHING_TO_SETTLE);
        well(&town);
    }
}

#[test]
fn what_another_quota_would_give_is_seen_before_it_is_decided() {
    for town in here() {
        let budget = quota(HERE, 2026);
        three(&town, 200);
        let ask = |more| what_if(&town.reviewer(HERE), &budget, true, more);
        let one = ask(yuan(1)).expect("an answer");
        let gained: i64 = one.shifts.iter().map(|s| s.then.0 - s.now.0).sum();
        assert_eq!(gained, 100, "the yuan is given out to the fen");
        // 201 / 300 of 100, 150 and 50.
        let then: Vec<Fen> = one.then.rows.iter().map(|r| r.awarded).collect();
        assert_eq!(then, [6_700, 10_050, 3_350].map(Fen));
        let less = ask(yuan(-50)).expect("an answer");
        assert_eq!(less.then.awarded, yuan(150));
        let all = ask(yuan(1_000)).expect("an answer");
        assert_eq!((all.then.awarded, all.then.num), (yuan(300), 1));
        assert_eq!(code(ask(yuan(-201))), refuse::UNFIT);
        let others = what_if(&town.reviewer(THERE), &budget, true, yuan(1));
        assert_eq!(code(others), refuse::NOT_YOURS);
    }
}

#[test]
fn where_the_policy_ranks_the_best_are_paid_in_full() {
    let rule = "[[quota]]\nitem = \"rent_subsidy\"\nmode = \"ranked\"\nbasis = \"test\"\nevidence = \"synthetic\"\n\n[transit]";
    for town in towns(&world().policy("[transit]", rule)) {
        let claims = three(&town, 240);
        let sheet = made(&town).sheet;
        assert_eq!(sheet.mode, "ranked");
        // F1 has the most points, then F2, whose 150 do not fit beside 100; F3 behind it gets nothing.
        let ranks: Vec<Option<u32>> = sheet.rows.iter().map(|r| r.rank).collect();
        assert_eq!(ranks, [Some(1), Some(2), Some(3)]);
        let open = settle::list(&town.district(HERE), (None, 50)).expect("a list");
        settle::approve(&town.district(HERE), &open[0].id).expect("approved");
        let nothing = Some(Fen::ZERO);
        assert_eq!(awards(&town, &claims), [Some(yuan(100)), nothing, nothing]);
        let last = claims::one(&town.planner(), &claims[2].id).expect("a claim");
        assert_eq!(
            payable(&town, &last).stage,
            ClaimStage::Closed,
            "nothing is paid"
        );
        well(&town);
    }
}

#[test]
fn an_award_that_falls_in_publicity_frees_its_money() {
    for town in here() {
        let claims = three(&town, 200);
        let sheet = made(&town);
        settle::approve(&town.district(HERE), &sheet.id).expect("approved");
        publicity::publicise(&town.reviewer(HERE), &claims[1].id, "公示1号").expect("publicised");
        review::send_back(&town.reviewer(HERE), &claims[1].id, "objection").expect("returned");
        let now = balance(&town, &quota(HERE, 2026));
        assert_eq!((now.free, now.committed), (yuan(100), yuan(100)));
        well(&town);
    }
}

#[test]
fn at_the_end_of_the_year_who_signed_early_is_cut_like_all_others() {
    for town in here() {
        let claims = three(&town, 200);
        // F1 signed first, and bound all of the 200.
        let within = made_of(&town, false);
        assert_eq!(within.sheet.pool, yuan(100), "what F1 claims of its own");
        settle::refuse(&town.district(HERE), &within.id, "wait for the year").expect("refused");
        let whole = made_of(&town, true);
        assert_eq!(whole.sheet.pool, yuan(200));
        settle::approve(&town.district(HERE), &whole.id).expect("approved");
        let sum: i64 = awards(&town, &claims).iter().flatten().map(|a| a.0).sum();
        assert_eq!(sum, 20_000, "{}", town.name);
        let left = commit::list(&town.planner(), None, (None, 0)).expect("a list");
        let mut bound = left.iter().filter(|c| c.year == 2026);
        assert!(bound.all(|c| c.left == Fen::ZERO && c.stage == CommitmentStage::Closed));
        well(&town);
    }
}
