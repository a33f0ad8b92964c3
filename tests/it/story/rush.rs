//! The rush after the confirmation: 64 threads accept, decline, sign, withdraw, take back, offer on and edit
//! quotas on the same 20 units. Each unit has one winner, the money balances, the journal is what happened.
//!
//! `ZHUCHAO_TEST_RUSH_SECONDS` says how long it lasts on each database (default 5).

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use zhuchao::acts::money::quotas::{self, Proposal};
use zhuchao::acts::rounds::{contracts, offers as answers, succession};
use zhuchao::domain::money::Fen;
use zhuchao::domain::offer::{Offer, OfferStage};
use zhuchao::domain::procedure::Step;
use zhuchao::domain::quota::QuotaMode;
use zhuchao::store::allocations::{self, HoldState};
use zhuchao::store::journal::{self, Entry};

use super::city::{NANSHAN, PINGSHAN};
use super::letting::terms;
use crate::acts::money::{balance, grant, quota, yuan};
use crate::acts::procedure::{go, governed, offers, r1, well};
use crate::support::town::{Town, towns};
use crate::support::world::{World, key};

const THREADS: usize = 64;
const UNITS: usize = 20;
const FIRMS: usize = 60;

fn lasts() -> Duration {
    let given = std::env::var("ZHUCHAO_TEST_RUSH_SECONDS").ok();
    Duration::from_secs(given.and_then(|s| s.parse().ok()).unwrap_or(5))
}

/// 20 units, 60 firms that want one.
pub fn crowded() -> World {
    let mut world = governed(World::city())
        .site("S1", NANSHAN, 0)
        .site("S2", PINGSHAN, 3_000);
    for n in 0..UNITS {
        let site = ["S1", "S2"][n % 2];
        world = world.unit(&format!("U{n}"), &format!("{site}/A/{}", n + 1), 300);
    }
    for n in 0..FIRMS {
        let name = format!("F{n}");
        world = world.firm(&name, 40).wants_with(&name, 200, 400, |a| {
            a.site_wishes = vec![key(["S1", "S2"][n % 2])];
            a.wants_subsidy = true;
        });
    }
    world
}

/// What thread `n` does at its turn, and the name that the journal has for it; `None` when it was refused.
pub fn one(town: &Town, n: usize, turn: usize) -> Option<&'static str> {
    let all = offers(town);
    let some = |stage: OfferStage| {
        let of: Vec<&Offer> = all.iter().filter(|o| o.stage == stage).collect();
        of.get((n * 7 + turn) % of.len().max(1)).copied()
    };
    match (n + turn) % 8 {
        0..=2 => some(OfferStage::Open).and_then(|o| {
            let done = answers::accept(&town.firm(o.firm.as_str()), &o.id);
            done.is_ok().then_some("accept offer")
        }),
        3 => some(OfferStage::Open).and_then(|o| {
            let done = answers::decline(&town.firm(o.firm.as_str()), &o.id, "no");
            done.is_ok().then_some("decline offer")
        }),
        4 => some(OfferStage::Accepted).and_then(|o| {
            let done = answers::decline(&town.firm(o.firm.as_str()), &o.id, "after all not");
            done.is_ok().then_some("decline offer")
        }),
        5 => some(OfferStage::Accepted).and_then(|o| {
            let new = terms(n * 100_000 + turn);
            let done = contracts::sign_offer(&town.bureau(), &o.id, &new);
            done.is_ok().then_some("sign contract")
        }),
        6 => edit_quota(town, [NANSHAN, PINGSHAN][n % 2]),
        _ => {
            let done = succession::offer_next(&town.planner(), &r1());
            matches!(done, Ok(Some(_))).then_some("offer to next in line")
        }
    }
}

/// The approver releases what is proposed, or the reviewer proposes one yuan more.
fn edit_quota(town: &Town, district: &str) -> Option<&'static str> {
    let budget = quota(district, 2026);
    let now = quotas::one(&town.planner(), &budget).expect("a quota");
    let new = Proposal {
        amount: Fen(now.quota.amount.0 + 100),
        mode: QuotaMode::ProRata,
        basis: "追加".to_owned(),
    };
    let change = quotas::propose(&town.reviewer(district), &budget, &new).ok()?;
    // Whether it is released in the end shows in the amount; the proposal is the act that is counted.
    let _ = quotas::release(&town.district(district), &change.id);
    Some("propose quota")
}

fn rush(town: &Town) -> BTreeMap<&'static str, usize> {
    let done = Mutex::new(BTreeMap::new());
    let end = Instant::now() + lasts();
    std::thread::scope(|scope| {
        for n in 0..THREADS {
            let done = &done;
            scope.spawn(move || {
                let mut turn = 0;
                while Instant::now() < end {
                    if let Some(act) = one(town, n, turn) {
                        *done
                            .lock()
                            .expect("no thread broke")
                            .entry(act)
                            .or_insert(0) += 1;
                    }
                    turn += 1;
                }
            });
        }
    });
    done.into_inner().expect("no thread broke")
}

/// True for the one entry of an act that is about its subject; what it changes besides is entered under the
/// same act with a subject of another kind.
fn is_own(entry: &Entry) -> bool {
    let noun = entry.subject.split(' ').next().unwrap_or_default();
    let besides = ["offer", "contract", "commitment", "claim", "case"];
    !besides.contains(&noun) || entry.act.ends_with(noun)
}

/// Entries of the journal by act, of the subjects that the acts are about.
pub fn told(town: &Town) -> BTreeMap<String, usize> {
    let rows = town.desk.store().read(|tx| journal::page(tx, 0, 1_000_000));
    let mut all = BTreeMap::new();
    for row in rows.expect("a journal") {
        if is_own(&row.entry) {
            *all.entry(row.entry.act).or_insert(0) += 1;
        }
    }
    all
}

/// Every unit is held by the one live offer of it, or by nobody.
fn one_winner(town: &Town) {
    let mut live: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let holding = [OfferStage::Open, OfferStage::Accepted, OfferStage::Signed];
    for offer in offers(town).iter().filter(|o| holding.contains(&o.stage)) {
        for grant in &offer.award.units {
            let of = live.entry(grant.unit.to_string()).or_default();
            of.push(offer.application.to_string());
        }
    }
    assert!(
        live.values().all(|of| of.len() == 1),
        "{}: {live:?}",
        town.name
    );
    let held = town.desk.store().read(allocations::units).expect("holds");
    let mut stored: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for hold in held.iter().filter(|h| h.state != HoldState::Ended) {
        let of = stored.entry(hold.unit.to_string()).or_default();
        of.push(hold.application.to_string());
    }
    assert_eq!(live, stored, "{}", town.name);
}

#[test]
fn each_unit_has_one_winner_and_the_money_balances() {
    for town in towns(&crowded()) {
        for district in [NANSHAN, PINGSHAN] {
            grant(
                &town,
                &quota(district, 2026),
                yuan(500_000),
                QuotaMode::ProRata,
            );
        }
        go(&town, Step::Confirmed);
        let before = told(&town);
        let done = rush(&town);
        assert!(done.len() >= 4, "{}: only {done:?}", town.name);
        let after = told(&town);
        for (act, count) in &done {
            let told = after.get(*act).unwrap_or(&0) - before.get(*act).unwrap_or(&0);
            assert_eq!(told, *count, "{}: {act}", town.name);
        }
        one_winner(&town);
        for district in [NANSHAN, PINGSHAN] {
            balance(&town, &quota(district, 2026));
        }
        well(&town);
    }
}
