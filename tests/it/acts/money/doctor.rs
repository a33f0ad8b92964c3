//! Doctor finds money that does not add up, past every guard.

use zhuchao::domain::fault::Code;
use zhuchao::domain::quota::QuotaMode;
use zhuchao::store::doctor::{GUARD_MISSING, HELD_DIFFERS, LEDGER_DIFFERS, QUOTA_DIFFERS, examine};
use zhuchao::store::raw;

use super::{HERE, grant, here, quota, signed, well, yuan};
use crate::support::town::Town;

fn codes(town: &Town) -> Vec<Code> {
    let found = examine(town.desk.store()).expect("doctor works").faults;
    let mut codes: Vec<Code> = found.iter().map(|f| f.code).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

fn money(town: &Town) {
    grant(town, &quota(HERE, 2026), yuan(1_000), QuotaMode::Hard);
    signed(town, "F1", HERE, 100, 450);
    well(town);
}

#[test]
fn a_balance_that_is_not_the_sum_of_its_entries_is_found() {
    for town in here() {
        money(&town);
        let sql = "UPDATE quota_balances SET free = free - 1, payable = payable + 1";
        raw::execute(town.desk.store(), sql).expect("no guard can know better");
        let found = codes(&town);
        assert_eq!(found, [LEDGER_DIFFERS, HELD_DIFFERS], "{}", town.name);
    }
}

#[test]
fn a_quota_that_its_ledger_did_not_grant_is_found() {
    for town in here() {
        money(&town);
        let drop = match town.name {
            "sqlite" => "DROP TRIGGER quotas_as_granted",
            _ => "DROP TRIGGER quotas_as_granted ON quotas",
        };
        raw::execute(town.desk.store(), drop).expect("dropped");
        let sql = "UPDATE quotas SET amount = amount + 1";
        raw::execute(town.desk.store(), sql).expect("changed");
        let found = codes(&town);
        assert!(found.contains(&QUOTA_DIFFERS), "{found:?}");
        assert!(found.contains(&GUARD_MISSING), "{found:?}");
    }
}

#[test]
fn commitments_that_hold_another_sum_are_found() {
    for town in here() {
        money(&town);
        let sql = "UPDATE commitments SET amount_left = amount_left + 1 WHERE amount_left > 0";
        raw::execute(town.desk.store(), sql).expect("changed");
        assert!(codes(&town).contains(&HELD_DIFFERS), "{}", town.name);
    }
}
