//! Double letting under threads: firms accept and decline, the bureau takes back, the worker lets lapse
//! and offers on, all at once. Each unit has one holder; the journal has an entry for each act.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use zhuchao::acts::rounds::{offers, succession};
use zhuchao::domain::offer::{Offer, OfferStage};
use zhuchao::domain::procedure::Step;
use zhuchao::store::allocations::{self, HoldState};
use zhuchao::store::journal;

use super::{go, governed, offers as all_offers, r1, well};
use crate::support::town::{Town, towns};
use crate::support::world::{World, key};

const THREADS: u64 = 16;
const LASTS: Duration = Duration::from_secs(4);

fn crowded() -> World {
    let mut world = governed(World::city()).site("S1", "440305", 0);
    for n in 1..=6 {
        world = world.unit(&format!("A{n}"), &format!("S1/A/{n}"), 300);
    }
    for n in 1..=14 {
        let name = format!("F{n}");
        world = world.firm(&name, 40).wants_with(&name, 200, 400, |a| {
            a.site_wishes = vec![key("S1")];
        });
    }
    world
}

/// What thread `n` does at its turn; a refusal is an answer too. True when it was done.
fn one(town: &Town, n: u64, turn: u64) -> bool {
    let all = all_offers(town);
    let open: Vec<&Offer> = all.iter().filter(|o| o.stage == OfferStage::Open).collect();
    let pick = usize::try_from((n * 7 + turn) % 64).unwrap_or(0);
    let Some(offer) = open.get(pick % open.len().max(1)) else {
        return succession::offer_next(&town.planner(), &r1()).is_ok_and(|s| s.is_some());
    };
    let firm = town.firm(offer.firm.as_str());
    match (n + turn) % 5 {
        0 => offers::accept(&firm, &offer.id).is_ok(),
        1 | 2 => offers::decline(&firm, &offer.id, "no").is_ok(),
        3 => offers::revoke(&town.bureau(), &offer.id, "an error").is_ok(),
        _ => succession::offer_next(&town.planner(), &r1()).is_ok_and(|s| s.is_some()),
    }
}

#[test]
fn each_unit_has_one_holder_whoever_acts_at_once() {
    for town in towns(&crowded()) {
        go(&town, Step::Confirmed);
        let count = |town: &Town| {
            let rows = town.desk.store().read(|tx| journal::page(tx, 0, 100_000));
            let rows = rows.expect("a journal");
            let acts = rows.into_iter().map(|r| r.entry.act);
            acts.filter(|a| {
                [
                    "accept offer",
                    "decline offer",
                    "revoke offer",
                    "offer to next in line",
                ]
                .contains(&a.as_str())
            })
            .count()
        };
        let done = AtomicU64::new(0);
        let end = Instant::now() + LASTS;
        std::thread::scope(|scope| {
            for n in 0..THREADS {
                let (town, done) = (&town, &done);
                scope.spawn(move || {
                    let mut turn = 0;
                    while Instant::now() < end {
                        done.fetch_add(u64::from(one(town, n, turn)), Ordering::Relaxed);
                        turn += 1;
                    }
                });
            }
        });
        let done = usize::try_from(done.load(Ordering::Relaxed)).expect("few");
        assert!(done > 6, "{}: only {done} acts were done", town.name);
        assert_eq!(
            count(&town),
            done,
            "{}: the journal has each act once",
            town.name
        );
        holders(&town);
        well(&town);
    }
}

/// A unit is held by the one live offer of it, or by none.
fn holders(town: &Town) {
    let mut live: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for offer in all_offers(town) {
        if matches!(offer.stage, OfferStage::Open | OfferStage::Accepted) {
            for grant in &offer.award.units {
                live.entry(grant.unit.to_string())
                    .or_default()
                    .push(offer.application.to_string());
            }
        }
    }
    assert!(
        live.values().all(|w| w.len() == 1),
        "{}: {live:?}",
        town.name
    );
    let held = town
        .desk
        .store()
        .read(allocations::units)
        .expect("allocations");
    let held: BTreeMap<String, Vec<String>> = (held.into_iter())
        .filter(|a| a.state != HoldState::Ended)
        .fold(
            BTreeMap::new(),
            |mut all: BTreeMap<String, Vec<String>>, a| {
                all.entry(a.unit.to_string())
                    .or_default()
                    .push(a.application.to_string());
                all
            },
        );
    assert_eq!(live, held, "{}", town.name);
}
