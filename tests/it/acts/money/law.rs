//! The law of the ledger, whatever is done in whatever order: at every moment the entries sum to what the
//! quota has less what is left of it, no account is short, and the nouns hold what the accounts hold.

use proptest::prelude::*;
use zhuchao::acts::money::quotas;
use zhuchao::domain::ledger::{Account, LedgerEntry};
use zhuchao::domain::money::Fen;
use zhuchao::domain::offer::Contract;
use zhuchao::domain::quota::QuotaMode;

use super::storm::{Dice, act, replayed};
use super::{HERE, THERE, banked, grant, here, quota, signed, well, yuan};
use crate::support::town::Town;

/// What went out of the free money of a quota and did not come back, by its entries.
fn used(entries: &[LedgerEntry]) -> i64 {
    let out = entries
        .iter()
        .filter(|e| e.from == Account::Free && e.to != Account::Granted);
    let back = entries
        .iter()
        .filter(|e| e.to == Account::Free && e.from != Account::Granted);
    let sum = |amounts: Vec<Fen>| Fen::sum(amounts).expect("within 64 bits").0;
    sum(out.map(|e| e.amount).collect()) - sum(back.map(|e| e.amount).collect())
}

fn law(town: &Town) {
    for place in [HERE, THERE] {
        let budget = quota(place, 2026);
        let now = quotas::one(&town.planner(), &budget).expect("a quota");
        let entries = quotas::entries(&town.planner(), &budget, (None, 0)).expect("entries");
        let left = now.balance.free;
        assert_eq!(
            used(&entries),
            now.quota.amount.0 - left.0,
            "{}: {place}: {:?}",
            town.name,
            now.balance
        );
        assert_eq!(replayed(town, place), now.balance, "{}", town.name);
    }
}

/// Two districts with quotas and contracts of four firms in each. It is 2026-07-01.
fn begun(town: &Town) -> Vec<Contract> {
    let mut contracts = Vec::new();
    for place in [HERE, THERE] {
        grant(town, &quota(place, 2026), yuan(500), QuotaMode::ProRata);
        for n in 1..=4 {
            contracts.push(signed(town, &format!("F{n}"), place, 100, 150));
        }
    }
    (1..=4).for_each(|n| banked(town, &format!("F{n}")));
    contracts
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, max_shrink_iters: 40, ..ProptestConfig::default() })]

    #[test]
    fn entries_sum_to_the_quota_less_what_is_left_after_every_act(
        steps in proptest::collection::vec(1..u64::MAX, 20..60)
    ) {
        for town in here() {
            let contracts = begun(&town);
            let mut went = 0;
            for (n, step) in steps.iter().enumerate() {
                // Two days an act: periods of publicity end on the way.
                let (month, day) = (7 + n / 14, 1 + 2 * (n % 14));
                town.at(&format!("2026-{month:02}-{day:02}T09:00:00+08:00"));
                went += usize::from(act(&town, &contracts, &mut Dice(*step)));
                law(&town);
            }
            prop_assert!(went > 0, "nothing happened");
            well(&town);
        }
    }
}
