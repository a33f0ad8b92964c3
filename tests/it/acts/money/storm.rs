//! Many at once: whatever sixteen people do at the same time, the ledger keeps its law, what is spent is
//! what the nouns hold, and the journal has one entry for each act that went through.

use std::sync::Barrier;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use zhuchao::acts::money::claw_back::{self, Order};
use zhuchao::acts::money::confirm::{self, BankAnswer};
use zhuchao::acts::money::payment_file::FileKind;
use zhuchao::acts::money::{claims, payments, publicity, quotas, review, settle};
use zhuchao::acts::refuse;
use zhuchao::domain::claim::{Claim, ClaimStage};
use zhuchao::domain::fault::Faults;
use zhuchao::domain::ledger::{Balance, LedgerEntry};
use zhuchao::domain::money::Fen;
use zhuchao::domain::offer::Contract;
use zhuchao::domain::quota::QuotaMode;
use zhuchao::domain::round::day_in_shenzhen;
use zhuchao::store::{self, journal};

use super::{
    HERE, THERE, ask, balance, banked, claim, code, grant, here, proposal, quota, reviewed, signed,
    stated, well, yuan,
};
use crate::support::town::Town;
use crate::support::world::day;

const THREADS: usize = 16;
const LASTS: Duration = Duration::from_secs(3);

/// A small generator of its own, so that each thread has its own and repeatable chances.
pub struct Dice(pub u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(n).expect("small")).expect("small")
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        match all.len() {
            0 => None,
            n => all.get(self.below(n)),
        }
    }
}

/// True when an act went through; a refusal that is the caller's to correct is no failure of the law.
fn through<T: std::fmt::Debug>(result: Result<T, Faults>) -> bool {
    if let Err(faults) = &result {
        let inner = faults
            .0
            .iter()
            .find(|f| matches!(f.code.0, "ST109" | "ST120" | "ST121" | "ST122"));
        assert!(inner.is_none(), "{faults}");
    }
    result.is_ok()
}

fn any_claim(town: &Town, dice: &mut Dice) -> Option<Claim> {
    let all = claims::list(&town.planner(), None, None, (None, 0)).expect("a list");
    dice.of(&all).cloned()
}

/// One random act; true when it went through.
pub fn act(town: &Town, contracts: &[Contract], dice: &mut Dice) -> bool {
    let place = [HERE, THERE][dice.below(2)];
    let (reviewer, approver) = (town.reviewer(place), town.district(place));
    let budget = quota(place, 2026);
    let some = any_claim(town, dice);
    match (dice.below(12), some) {
        (0, _) => {
            let amount = yuan(i64::try_from(dice.below(3_000)).expect("small"));
            let new = proposal(amount, QuotaMode::ProRata);
            through(quotas::propose(&reviewer, &budget, &new))
        }
        (1, _) => {
            let all = quotas::history(&approver, &budget).expect("a history");
            let open = all.iter().rev().find(|c| c.decided.is_none());
            open.is_some_and(|c| through(quotas::release(&approver, &c.id)))
        }
        (2 | 3, _) | (_, None) => {
            let contract = dice.of(contracts).expect("contracts");
            let month = u32::try_from(4 + dice.below(9)).expect("small");
            through(ask(town, contract, 2026, &stated(&[month], 100)))
        }
        (4 | 5, Some(c)) => {
            let his = town.reviewer(c.district.as_str());
            through(review::review(&his, &c.id, None, ""))
        }
        (6, _) => through(settle::propose(&reviewer, &budget, dice.below(2) == 0, "")),
        (7, _) => {
            let all = settle::list(&approver, (None, 0)).expect("a list");
            let open = all.iter().rev().find(|s| s.decided.is_none());
            open.is_some_and(|s| {
                through(settle::approve(&approver, &s.id))
                    || through(settle::refuse(&approver, &s.id, "stale"))
            })
        }
        (8, Some(c)) => {
            let firm = town.firm(c.firm.as_str());
            through(claims::withdraw(&firm, &c.id))
        }
        (9, Some(c)) => {
            let (his, other) = (
                town.reviewer(c.district.as_str()),
                town.district(c.district.as_str()),
            );
            match c.stage {
                ClaimStage::Settled => through(publicity::publicise(&his, &c.id, "1")),
                _ => through(publicity::approve(&other, &c.id)),
            }
        }
        (10, Some(c)) => pay(town, &c),
        (_, Some(c)) => back(town, &c, dice),
    }
}

fn pay(town: &Town, claim: &Claim) -> bool {
    let reviewer = town.reviewer(claim.district.as_str());
    let Ok(batch) = payments::make(&reviewer, &claim.quota(), std::slice::from_ref(&claim.id))
    else {
        return false;
    };
    let approver = town.district(claim.district.as_str());
    payments::export(&approver, &batch.id, FileKind::Csv).expect("his own batch");
    let answer = BankAnswer {
        reference: "B".to_owned(),
        paid_on: day_in_shenzhen(town.desk.now()),
        failed: Vec::new(),
    };
    through(confirm::confirm(&reviewer, &batch.id, &answer))
}

fn back(town: &Town, claim: &Claim, dice: &mut Dice) -> bool {
    let order = Order {
        claim: Some(claim.id.clone()),
        amount: Some(Fen(1 + i64::try_from(dice.below(5_000)).expect("small"))),
        proposal: None,
        reason: "sub-let".to_owned(),
        deadline: day(2027, 1, 1),
    };
    let approver = town.district(claim.district.as_str());
    let Ok(orders) = claw_back::order(&approver, &claim.contract, &order) else {
        return false;
    };
    let reviewer = town.reviewer(claim.district.as_str());
    through(claw_back::receive(&reviewer, &orders[0].id, Fen(1), "B"))
}

/// Replays the entries: the law holds after each of them, and the end is the running balance.
pub fn replayed(town: &Town, place: &str) -> Balance {
    let budget = quota(place, 2026);
    let entries: Vec<LedgerEntry> =
        quotas::entries(&town.planner(), &budget, (None, 0)).expect("entries");
    let mut now = Balance::default();
    for entry in &entries {
        now = now.after(entry).expect("within 64 bits");
        assert!(
            now.is_lawful(),
            "{}: after {}: {now:?}",
            town.name,
            entry.id
        );
    }
    assert_eq!(now, balance(town, &budget), "{}", town.name);
    now
}

#[test]
fn whatever_sixteen_people_do_the_ledger_keeps_its_law() {
    for town in here() {
        let mut contracts = Vec::new();
        for place in [HERE, THERE] {
            grant(&town, &quota(place, 2026), yuan(900), QuotaMode::ProRata);
            for n in 1..=6 {
                contracts.push(signed(&town, &format!("F{n}"), place, 100, 100));
            }
        }
        (1..=6).for_each(|n| banked(&town, &format!("F{n}")));
        // The publicity of most claims is over as soon as it began: they were publicised before.
        town.at("2026-12-20T09:00:00+08:00");
        let done = AtomicUsize::new(0);
        let gate = Barrier::new(THREADS);
        let begun = Instant::now();
        thread::scope(|scope| {
            for n in 0..THREADS {
                let (town, contracts, gate, done) = (&town, &contracts, &gate, &done);
                scope.spawn(move || {
                    let mut dice =
                        Dice(0x9E37_79B9_7F4A_7C15 ^ (u64::try_from(n).expect("small") + 1));
                    gate.wait();
                    while begun.elapsed() < LASTS {
                        if begun.elapsed() > LASTS / 2 && n == 0 {
                            town.at("2026-12-31T09:00:00+08:00");
                        }
                        done.fetch_add(
                            usize::from(act(town, contracts, &mut dice)),
                            Ordering::Relaxed,
                        );
                    }
                });
            }
        });
        let spent = [HERE, THERE].map(|place| replayed(&town, place));
        let done = done.load(Ordering::Relaxed);
        assert!(done > 50, "{}: only {done} acts went through", town.name);
        assert!(spent.iter().any(|b| b.committed > Fen::ZERO), "{spent:?}");
        every_entry_is_of_an_act(&town);
        well(&town);
    }
}

/// No entry of the ledger without an act at the same moment by the same person, and no month twice.
fn every_entry_is_of_an_act(town: &Town) {
    let rows = town
        .desk
        .store()
        .read(|tx| journal::page(tx, 0, 1_000_000))
        .expect("rows");
    let acts: std::collections::BTreeSet<_> = rows
        .iter()
        .map(|r| (r.entry.at, r.entry.actor.clone()))
        .collect();
    for place in [HERE, THERE] {
        let all =
            quotas::entries(&town.planner(), &quota(place, 2026), (None, 0)).expect("entries");
        let lone = all.iter().find(|e| !acts.contains(&(e.at, e.by.clone())));
        assert!(lone.is_none(), "{}: {lone:?}", town.name);
    }
    let claims: Vec<Claim> = town.desk.store().read(store::all).expect("claims");
    let mut held = std::collections::BTreeSet::new();
    for claim in claims.iter().filter(|c| c.stage.is_live()) {
        for month in &claim.stated.months {
            assert!(
                held.insert((claim.contract.clone(), *month)),
                "a month twice"
            );
        }
    }
}

#[test]
fn of_all_who_claim_the_same_month_one_gets_it() {
    for town in here() {
        grant(&town, &quota(HERE, 2026), yuan(900), QuotaMode::Hard);
        let mine = signed(&town, "F1", HERE, 100, 450);
        town.at("2026-07-01T09:00:00+08:00");
        let gate = Barrier::new(THREADS);
        let results: Vec<_> = thread::scope(|scope| {
            let all: Vec<_> = (0..THREADS)
                .map(|_| {
                    scope.spawn(|| {
                        gate.wait();
                        ask(&town, &mine, 2026, &stated(&[4], 100))
                    })
                })
                .collect();
            all.into_iter()
                .map(|t| t.join().expect("no panic"))
                .collect()
        });
        let (won, lost): (Vec<_>, Vec<_>) = results.into_iter().partition(Result::is_ok);
        assert_eq!((won.len(), lost.len()), (1, THREADS - 1), "{}", town.name);
        assert!(lost.into_iter().all(|r| code(r) == claims::MONTHS_TAKEN));
    }
}

#[test]
fn of_all_who_review_under_the_last_yuan_as_many_fit_as_there_are_yuan() {
    for town in here() {
        grant(&town, &quota(HERE, 2026), yuan(150), QuotaMode::Hard);
        let all: Vec<Contract> = (1..=6)
            .map(|n| super::contract(&format!("F{n}"), HERE, 100, 0))
            .collect();
        all.iter()
            .for_each(|c| drop(super::sign(&town, c).expect("signed")));
        town.at("2026-07-01T09:00:00+08:00");
        let asked: Vec<Claim> = all.iter().map(|c| claim(&town, c, &[4])).collect();
        let results: Vec<bool> = thread::scope(|scope| {
            let town = &town;
            let all: Vec<_> = (asked.iter())
                .map(|c| {
                    scope.spawn(move || {
                        let result = review::review(&town.reviewer(HERE), &c.id, None, "");
                        result
                            .map_err(|f| assert_eq!(f.0[0].code.0, "AC381"))
                            .is_ok()
                    })
                })
                .collect();
            all.into_iter()
                .map(|t| t.join().expect("no panic"))
                .collect()
        });
        assert_eq!(results.iter().filter(|ok| **ok).count(), 3, "{}", town.name);
        let now = balance(&town, &quota(HERE, 2026));
        assert_eq!((now.free, now.committed), (Fen::ZERO, yuan(150)));
        let lost = asked
            .iter()
            .zip(&results)
            .find(|(_, ok)| !**ok)
            .expect("some lost")
            .0;
        grant(&town, &quota(HERE, 2026), yuan(200), QuotaMode::Hard);
        reviewed(&town, lost);
        let twice = review::review(&town.reviewer(HERE), &lost.id, None, "");
        assert_eq!(code(twice), refuse::WRONG_STATE);
        well(&town);
    }
}
