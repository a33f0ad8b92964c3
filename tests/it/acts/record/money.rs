//! Replay of money and supervision: settlements, payments, claw-backs and draws match, and what is changed past
//! the program is named.

use zhuchao::acts::money::claw_back::{self, Order};
use zhuchao::acts::money::settle;
use zhuchao::acts::record::replay::{self, Replay};
use zhuchao::domain::claim::Claim;
use zhuchao::domain::claw_back::ClawBack;
use zhuchao::domain::ids::PaymentId;
use zhuchao::domain::offer::Contract;
use zhuchao::domain::quota::QuotaMode;
use zhuchao::domain::settlement::Settlement;
use zhuchao::store::raw;

use crate::acts::money::{
    HERE, claim, grant, here, paid, payable, quota, reviewed, signed, well, yuan,
};
use crate::acts::procedure::r1;
use crate::acts::supervision;
use crate::support::town::Town;
use crate::support::world::day;

/// Three firms claim 300 yuan of a pro-rata quota that holds 200; they are settled by two officers.
fn settled(town: &Town, whole_year: bool) -> (Settlement, Vec<(Contract, Claim)>) {
    let key = quota(HERE, 2026);
    grant(town, &key, yuan(200), QuotaMode::ProRata);
    let all: Vec<(Contract, Claim)> = (["F1", "F2", "F3"].into_iter())
        .map(|firm| {
            town.at("2026-01-05T09:00:00+08:00");
            let contract = signed(town, firm, HERE, 100, 150);
            town.at("2026-07-01T09:00:00+08:00");
            let claim = reviewed(town, &claim(town, &contract, &[4, 5]));
            (contract, claim)
        })
        .collect();
    town.at("2026-07-02T09:00:00+08:00");
    let made = settle::propose(&town.reviewer(HERE), &key, whole_year, "2026").expect("a sheet");
    town.at("2026-07-03T09:00:00+08:00");
    let approved = settle::approve(&town.district(HERE), &made.id).expect("approved");
    (approved, all)
}

fn again(town: &Town, kind: &str, key: &str) -> Replay {
    replay::replay(&town.planner(), kind, key, None).expect("a replay")
}

/// The places at which a decision differs after a change of the database.
fn places(town: &Town, (kind, key): (&str, &str), sql: &str) -> Vec<String> {
    raw::execute(town.desk.store(), sql).expect("a stranger can");
    let found = again(town, kind, key).differences;
    found.into_iter().map(|d| d.place).collect()
}

/// SQL that replaces a text in the body of a noun.
fn forged(table: &str, key: &str, (old, new): (&str, &str)) -> String {
    format!("UPDATE {table} SET body = replace(body, '{old}', '{new}') WHERE id = '{key}'")
}

#[test]
fn a_settlement_is_made_again_to_the_fen() {
    for whole_year in [false, true] {
        for town in here() {
            let (sheet, _) = settled(&town, whole_year);
            let report = again(&town, "settlement", sheet.id.as_str());
            assert_eq!(report.differences, vec![], "{}", town.name);
            let proven = report.proven.join("; ");
            assert!(
                proven.contains("to the fen") && proven.contains("the pool"),
                "{proven}"
            );
            assert_eq!(report.signatures.len(), 2);
            well(&town);
            let awarded = sheet.sheet.rows[0].awarded.0;
            let one = format!("\"awarded\":{awarded}}}");
            let more = format!("\"awarded\":{}}}", awarded + 1);
            let sql = forged("settlements", sheet.id.as_str(), (&one, &more));
            let found = places(&town, ("settlement", sheet.id.as_str()), &sql);
            let row = format!("row of {}", sheet.sheet.rows[0].claim);
            assert!(found.contains(&row), "{found:?}");
        }
    }
}

#[test]
fn a_pool_that_was_not_there_is_named() {
    for town in here() {
        let (sheet, _) = settled(&town, false);
        let pool = sheet.sheet.pool.0;
        let old = format!("\"pool\":{pool},");
        let new = format!("\"pool\":{},", pool + 1);
        let sql = forged("settlements", sheet.id.as_str(), (&old, &new));
        let found = places(&town, ("settlement", sheet.id.as_str()), &sql);
        assert!(found.contains(&"pool".to_owned()), "{found:?}");
    }
}

/// The first of the settled claims was paid, and 30 yuan of it are ordered back.
fn ordered(town: &Town) -> (PaymentId, ClawBack) {
    let (_, all) = settled(town, false);
    let due = payable(town, &all[0].1);
    let batch = paid(town, &[&due]);
    town.at("2026-07-20T09:00:00+08:00");
    let new = Order {
        claim: Some(due.id.clone()),
        amount: Some(yuan(30)),
        proposal: None,
        reason: "sub-let".to_owned(),
        deadline: day(2027, 3, 1),
    };
    let orders = claw_back::order(&town.district(HERE), &all[0].0.id, &new).expect("ordered");
    (batch, orders[0].clone())
}

#[test]
fn a_payment_batch_has_its_control_sum_and_the_digest_of_its_rows() {
    for town in here() {
        let (batch, _) = ordered(&town);
        let report = again(&town, "payment", batch.as_str());
        assert_eq!(report.differences, vec![], "{}", town.name);
        assert!(
            report
                .proven
                .iter()
                .any(|p| p.contains("digest of the file"))
        );
        let what = ("payment", batch.as_str());
        let cheat = forged(
            "payment_batches",
            batch.as_str(),
            ("\"total\":", "\"total\":9"),
        );
        let found = places(&town, what, &cheat);
        assert!(found.contains(&"control sum".to_owned()), "{found:?}");
        let moved = forged(
            "bank_accounts",
            "F1",
            ("6222000000000001", "6222000000000009"),
        );
        let found = places(&town, what, &moved);
        assert!(
            found.contains(&"digest of the rows".to_owned()),
            "{found:?}"
        );
    }
}

#[test]
fn a_claw_back_took_from_the_claim_what_it_says() {
    for town in here() {
        let (_, order) = ordered(&town);
        let key = order.id.to_string();
        assert_eq!(
            again(&town, "claw-back", &key).differences,
            vec![],
            "{}",
            town.name
        );
        let sql = forged("claw_backs", &key, ("\"amount\":3000", "\"amount\":2000"));
        let found = places(&town, ("claw-back", &key), &sql);
        assert!(found.contains(&"sum ordered back".to_owned()), "{found:?}");
    }
}

#[test]
fn a_draw_is_drawn_again() {
    for town in supervision::here() {
        let draw = supervision::held(&town);
        let key = draw.id.to_string();
        let report = again(&town, "draw", &key);
        assert_eq!(report.differences, vec![], "{}", town.name);
        assert!(report.proven.iter().any(|p| p.contains("draws the same")));
        let sql = forged("draws", &key, ("3210.45", "3210.46"));
        let found = places(&town, ("draw", &key), &sql);
        assert!(found.contains(&"seed".to_owned()), "{found:?}");
    }
}

#[test]
fn what_a_round_came_to_has_its_money_and_its_draws_among_the_decisions() {
    for town in here() {
        ordered(&town);
        let all = replay::decisions(&town.planner(), &r1()).expect("decisions");
        for kind in ["settlement", "payment", "claw-back"] {
            assert_eq!(all.iter().filter(|d| d.kind == kind).count(), 1, "{kind}");
        }
        let other = replay::decisions(&town.reviewer("440310"), &r1()).expect("decisions");
        assert!(other.iter().all(|d| d.kind != "payment"), "{other:?}");
    }
}
