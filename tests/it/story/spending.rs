//! Money of the year: quotas set by two persons of each district, claims above the quota of Pingshan and
//! their uniform cut to the fen, publicity, payment.

use zhuchao::acts::money::{claims, settle, what_if};
use zhuchao::domain::claim::{Claim, ClaimStage};
use zhuchao::domain::ledger::Balance;
use zhuchao::domain::money::Fen;
use zhuchao::domain::offer::Contract;
use zhuchao::domain::quota::QuotaMode;

use super::city::{NANSHAN, PINGSHAN};
use crate::acts::money::{balance, claim, grant, paid, payable, quota, reviewed, yuan};
use crate::support::town::Town;

/// Each district sets its quota: the reviewer proposes, the approver releases.
pub fn set_quotas(town: &Town) {
    town.at("2026-01-04T10:00:00+08:00");
    let nanshan = quota(NANSHAN, 2026);
    grant(town, &nanshan, yuan(2_000_000), QuotaMode::Hard);
    let pingshan = quota(PINGSHAN, 2026);
    grant(town, &pingshan, yuan(60_000), QuotaMode::ProRata);
    assert_eq!(balance(town, &pingshan).free, yuan(60_000));
}

/// Every firm in Pingshan that was granted aid claims three months; all claims are reviewed.
fn claimed(town: &Town, contracts: &[Contract]) -> Vec<Claim> {
    town.at("2026-07-01T09:00:00+08:00");
    let aided = contracts
        .iter()
        .filter(|c| c.district.as_str() == PINGSHAN && c.award.subsidy.is_some());
    let claims = aided.map(|c| claim(town, c, &[3, 4, 5]));
    claims.map(|c| reviewed(town, &c)).collect()
}

/// The year is settled: what all ask for is above the quota, so each is cut by one ratio, and the sheet
/// gives away the quota to the last fen.
fn cut(town: &Town, claims: &[Claim]) -> Vec<Claim> {
    let key = quota(PINGSHAN, 2026);
    let sheet = settle::propose(&town.reviewer(PINGSHAN), &key, true, "年度核定").expect("a sheet");
    let rows = &sheet.sheet.rows;
    assert_eq!(rows.len(), claims.len());
    let asked: i64 = rows.iter().map(|r| r.computed.0).sum();
    assert!(asked > 6_000_000, "{asked} fen are asked for");
    assert_eq!(rows.iter().map(|r| r.awarded.0).sum::<i64>(), 6_000_000);
    for row in rows {
        let exact = i128::from(row.computed.0) * 6_000_000;
        let less = i128::from(row.awarded.0) * i128::from(asked);
        assert!((exact - less).abs() < i128::from(asked), "within one fen");
    }
    let more = what_if::what_if(&town.reviewer(PINGSHAN), &key, true, yuan(1_000));
    let then = more.expect("an answer").then;
    let given: i64 = then.rows.iter().map(|r| r.awarded.0).sum();
    assert_eq!(Fen(given), yuan(61_000), "the next yuan goes to the claims");
    settle::approve(&town.district(PINGSHAN), &sheet.id).expect("approved");
    let now = |c: &Claim| claims::one(&town.planner(), &c.id).expect("a claim");
    claims.iter().map(now).collect()
}

/// From the claims to the bank's answer. Gives the paid claims.
pub fn pay(town: &Town, contracts: &[Contract]) -> Vec<Claim> {
    let claims = claimed(town, contracts);
    assert!(claims.len() >= 5, "{}: {} claims", town.name, claims.len());
    let settled = cut(town, &claims);
    let due: Vec<Claim> = settled.iter().map(|c| payable(town, c)).collect();
    paid(town, &due.iter().collect::<Vec<_>>());
    let now: Balance = balance(town, &quota(PINGSHAN, 2026));
    assert_eq!(
        (now.paid, now.free, now.payable),
        (yuan(60_000), Fen::ZERO, Fen::ZERO)
    );
    let seen = |c: &Claim| claims::one(&town.planner(), &c.id).expect("a claim");
    let all: Vec<Claim> = due.iter().map(seen).collect();
    assert!(all.iter().all(|c| c.stage == ClaimStage::Paid));
    all
}
