//! Quotas: proposed by one, released by another, changed the same way, never below what is spent.

use zhuchao::acts::money::quotas::{self, BELOW_SPENT, CHANGE_OPEN, Proposal};
use zhuchao::acts::refuse;
use zhuchao::domain::ledger::{BAD_QUOTA_KEY, EntryKind, QuotaKey};
use zhuchao::domain::money::Fen;
use zhuchao::domain::people::{Actor, Body, Role};
use zhuchao::domain::quota::{BAD_QUOTA, Quota, QuotaMode};
use zhuchao::domain::quota_change::ChangeStage;
use zhuchao::store::journal::{self, Entry};
use zhuchao::store::{self, QUOTA_LEDGERED, raw};

use super::{HERE, THERE, balance, code, grant, here, proposal, quota, signed, well, yuan};
use crate::support::town::towns;
use crate::support::world::{World, key};

#[test]
fn only_a_release_by_another_person_makes_a_quota_usable() {
    for town in here() {
        let budget = quota(HERE, 2026);
        let new = proposal(yuan(1_000), QuotaMode::ProRata);
        let change = quotas::propose(&town.reviewer(HERE), &budget, &new).expect("proposed");
        assert_eq!(code(quotas::one(&town.planner(), &budget)), refuse::ABSENT);
        let maker = Actor {
            id: town.reviewer(HERE).actor().to_owned(),
            role: Role::DistrictApprover,
            body: Body::District(key(HERE)),
        };
        let himself = quotas::release(&town.desk.of(maker), &change.id);
        assert_eq!(code(himself), refuse::SAME_PERSON);
        let other = quotas::release(&town.district(THERE), &change.id);
        assert_eq!(code(other), refuse::NOT_YOURS);
        let change = quotas::release(&town.district(HERE), &change.id).expect("released");
        assert_eq!(change.stage, ChangeStage::Released);
        let twice = quotas::release(&town.district(HERE), &change.id);
        assert_eq!(code(twice), refuse::WRONG_STATE);
        let now = balance(&town, &budget);
        assert_eq!((now.granted, now.free), (yuan(1_000), yuan(1_000)));
        let stored: Quota = town
            .desk
            .store()
            .read(|tx| store::need(tx, &budget.to_string()))
            .expect("snapshots read it");
        assert_eq!(stored.amount, yuan(1_000), "{}", town.name);
        well(&town);
    }
}

#[test]
fn a_quota_is_raised_and_lowered_but_never_below_what_is_bound() {
    for town in here() {
        let budget = quota(HERE, 2026);
        grant(&town, &budget, yuan(1_000), QuotaMode::ProRata);
        signed(&town, "F1", HERE, 100, 450);
        let lower = proposal(Fen(44_999), QuotaMode::ProRata);
        let refused = quotas::propose(&town.reviewer(HERE), &budget, &lower);
        assert_eq!(code(refused), BELOW_SPENT);
        // Proposed while it was possible, released when it no longer is.
        let late = proposal(yuan(500), QuotaMode::ProRata);
        let late = quotas::propose(&town.reviewer(HERE), &budget, &late).expect("proposed");
        assert_eq!(late.before, Some(yuan(1_000)));
        signed(&town, "F2", HERE, 100, 450);
        assert_eq!(
            code(quotas::release(&town.district(HERE), &late.id)),
            BELOW_SPENT
        );
        let again = quotas::propose(&town.reviewer(HERE), &budget, &lower);
        assert_eq!(code(again), CHANGE_OPEN);
        let bare = quotas::refuse(&town.district(HERE), &late.id, " ");
        assert_eq!(code(bare), refuse::UNFIT);
        quotas::refuse(&town.district(HERE), &late.id, "not now").expect("refused");
        grant(&town, &budget, yuan(900), QuotaMode::ProRata);
        grant(&town, &budget, yuan(2_000), QuotaMode::Hard);
        let now = balance(&town, &budget);
        assert_eq!((now.granted, now.free), (yuan(2_000), yuan(1_100)));
        let stages: Vec<ChangeStage> = quotas::history(&town.planner(), &budget)
            .expect("the bureau sees all")
            .iter()
            .map(|c| c.stage)
            .collect();
        use ChangeStage::{Refused, Released};
        assert_eq!(stages, [Released, Refused, Released, Released]);
        let kinds: Vec<EntryKind> = quotas::entries(&town.planner(), &budget, (None, 50))
            .expect("entries")
            .iter()
            .map(|e| e.kind)
            .collect();
        use EntryKind::{Commit, Lower, Release};
        assert_eq!(kinds, [Release, Commit, Commit, Lower, Release]);
        well(&town);
    }
}

#[test]
fn what_is_not_a_quota_is_refused() {
    for town in here() {
        let reviewer = town.reviewer(HERE);
        let negative = proposal(Fen(-1), QuotaMode::Hard);
        let refused = quotas::propose(&reviewer, &quota(HERE, 2026), &negative);
        assert_eq!(code(refused), BAD_QUOTA);
        let baseless = Proposal {
            basis: String::new(),
            ..proposal(yuan(1), QuotaMode::Hard)
        };
        let refused = quotas::propose(&reviewer, &quota(HERE, 2026), &baseless);
        assert_eq!(code(refused), refuse::UNFIT);
        let others = quotas::propose(
            &reviewer,
            &quota(THERE, 2026),
            &proposal(yuan(1), QuotaMode::Hard),
        );
        assert_eq!(code(others), refuse::NOT_YOURS);
    }
    for text in [
        "",
        "440305/2026",
        "440305/x/rent_subsidy",
        "440305/2026/bread",
    ] {
        let read = text.parse::<QuotaKey>().expect_err("no key");
        assert_eq!(read.code, BAD_QUOTA_KEY, "{text}");
    }
}

#[test]
fn districts_see_their_own_quota_and_firms_none() {
    for town in here() {
        grant(&town, &quota(HERE, 2026), yuan(10), QuotaMode::Hard);
        grant(&town, &quota(THERE, 2026), yuan(20), QuotaMode::Hard);
        let count = |desk| quotas::list(&desk, (None, 50)).map(|all| all.len());
        assert_eq!(count(town.reviewer(HERE)), Ok(1));
        assert_eq!(count(town.bureau()), Ok(2));
        assert_eq!(code(count(town.firm("F1"))), refuse::NOT_ALLOWED);
        let others = quotas::one(&town.reviewer(HERE), &quota(THERE, 2026));
        assert_eq!(code(others), refuse::NOT_YOURS);
        let others = quotas::entries(&town.reviewer(HERE), &quota(THERE, 2026), (None, 5));
        assert_eq!(code(others), refuse::NOT_YOURS);
        let others = quotas::history(&town.reviewer(HERE), &quota(THERE, 2026));
        assert_eq!(code(others), refuse::NOT_YOURS);
    }
}

#[test]
fn an_imported_quota_is_free_until_something_moves_and_then_only_its_ledger_changes_it() {
    let world = super::world().quota(HERE, 1_000, QuotaMode::ProRata);
    for town in towns(&world) {
        let budget = quota(HERE, 2026);
        assert_eq!(balance(&town, &budget).free, yuan(1_000));
        signed(&town, "F1", HERE, 100, 450);
        let now = balance(&town, &budget);
        assert_eq!((now.free, now.committed), (yuan(550), yuan(450)));
        let stored: Quota = town
            .desk
            .store()
            .read(|tx| store::need(tx, &budget.to_string()))
            .expect("a quota");
        let past = Quota {
            amount: yuan(5_000),
            ..stored
        };
        let entry = Entry {
            at: town.desk.now(),
            actor: "tester".to_owned(),
            act: "import quotas".to_owned(),
            subject: "quotas".to_owned(),
            before: None,
            after: None,
        };
        let imported = town.desk.store().write(|tx| {
            store::upsert_many(tx, &[past])?;
            journal::append(tx, &entry)
        });
        assert_eq!(imported.expect_err("refused").code(), QUOTA_LEDGERED);
        well(&town);
    }
}

#[test]
fn the_schema_itself_refuses_what_the_law_forbids() {
    for town in here() {
        let budget = quota(HERE, 2026);
        grant(&town, &budget, yuan(100), QuotaMode::Hard);
        let past = |sql: &str| raw::execute(town.desk.store(), sql);
        let insert = |seq: i64, amount: i64, from: &str, to: &str| {
            past(&format!(
                "INSERT INTO ledger_entries (id, quota_id, seq, kind, amount, from_account, to_account, body) \
                 VALUES ('x', '{budget}', {seq}, 'commit', {amount}, '{from}', '{to}', '{{}}')"
            ))
        };
        for bad in [
            past("UPDATE ledger_entries SET amount = 1"),
            past("DELETE FROM ledger_entries"),
            insert(3, 1, "free", "committed"),
        ] {
            assert_eq!(bad.expect_err("refused").code(), store::APPEND_ONLY);
        }
        for bad in [
            insert(2, 10_001, "free", "committed"),
            insert(2, 1, "payable", "paid"),
            insert(2, -1, "committed", "free"),
            insert(2, 1, "free", "free"),
            insert(2, 1, "free", "pocket"),
        ] {
            assert_eq!(bad.expect_err("refused").code(), store::CHECK_BROKEN);
        }
        assert_eq!(balance(&town, &budget).free, yuan(100), "{}", town.name);
        well(&town);
    }
}

#[test]
fn a_world_without_money_is_well() {
    for town in towns(&World::city().quota(HERE, 10, QuotaMode::Hard)) {
        well(&town);
    }
}
