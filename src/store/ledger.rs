//! The ledger of quotas. Entries are inserted and never changed; the running balance is kept by the
//! ledger's own trigger, whose checks refuse what the law forbids. Doctor sums the entries anew.
//!
//! Not here: which entries an act posts (`acts::money`).

use diesel::sql_types::{BigInt, Text};
use diesel::{QueryableByName, RunQueryDsl};

use super::doctor::{HELD_DIFFERS, LEDGER_DIFFERS, QUOTA_DIFFERS};
use super::error::StoreError;
use super::noun::{Cell, Noun};
use super::rows::{upsert_many, words};
use super::select::{Filter, select};
use super::tx::{Reading, Writing};
use crate::domain::fault::{Fault, Place};
use crate::domain::ledger::{Balance, LedgerEntry, QuotaKey};
use crate::domain::money::Fen;

impl Noun for LedgerEntry {
    const NOUN: &'static str = "ledger entry";
    const TABLE: &'static str = "ledger_entries";
    const COLUMNS: &'static [&'static str] = &[
        "quota_id",
        "seq",
        "kind",
        "amount",
        "from_account",
        "to_account",
        "contract_id",
        "claim_id",
    ];
    const MAYBE: &'static [&'static str] = &["contract_id", "claim_id"];

    fn key(&self) -> String {
        self.id.clone()
    }

    fn cells(&self) -> Vec<Cell> {
        vec![
            Cell::Text(self.quota().to_string()),
            Cell::Big(self.seq),
            Cell::Text(self.kind.name().to_owned()),
            Cell::Big(self.amount.0),
            Cell::Text(self.from.name().to_owned()),
            Cell::Text(self.to.name().to_owned()),
            Cell::MaybeText(self.contract.as_ref().map(ToString::to_string)),
            Cell::MaybeText(self.claim.as_ref().map(ToString::to_string)),
        ]
    }
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    entries: i64,
    #[diesel(sql_type = BigInt)]
    granted: i64,
    #[diesel(sql_type = BigInt)]
    free: i64,
    #[diesel(sql_type = BigInt)]
    committed: i64,
    #[diesel(sql_type = BigInt)]
    payable: i64,
    #[diesel(sql_type = BigInt)]
    paid: i64,
    #[diesel(sql_type = BigInt)]
    clawed_back: i64,
}

/// The running balance of a quota; `None` when it has no entry yet.
pub fn balance(tx: &mut Reading<'_>, key: &QuotaKey) -> Result<Option<Balance>, StoreError> {
    let sql = "SELECT entries, granted, free, committed, payable, paid, clawed_back \
               FROM quota_balances WHERE id = $1";
    let query = diesel::sql_query(sql).bind::<Text, _>(key.to_string());
    let rows: Vec<Row> = tx.run(|c| query.load(c))?;
    Ok(rows.into_iter().next().map(|row| Balance {
        granted: Fen(row.granted),
        free: Fen(row.free),
        committed: Fen(row.committed),
        payable: Fen(row.payable),
        paid: Fen(row.paid),
        clawed_back: Fen(row.clawed_back),
        entries: row.entries,
    }))
}

/// Adds entries in their order. ST108 when a number is not the next one, ST109 when an account would
/// become negative.
pub fn post(tx: &mut Writing<'_>, entries: &[LedgerEntry]) -> Result<(), StoreError> {
    // One by one: the trigger checks each against the balance that the one before left.
    for entry in entries {
        upsert_many(tx, std::slice::from_ref(entry))?;
    }
    Ok(())
}

/// The entries of a quota after a key, in order; at most `limit`, 0 = all.
pub fn entries(
    tx: &mut Reading<'_>,
    key: &QuotaKey,
    (after, limit): (Option<String>, u32),
) -> Result<Vec<LedgerEntry>, StoreError> {
    let filter = Filter {
        order: None,
        equal: vec![("quota_id", key.to_string())],
        after,
        limit,
    };
    select(tx, &filter)
}

/// What doctor finds wrong: sums, grants, and what the nouns hold.
pub(super) fn wrong(tx: &mut Reading<'_>) -> Result<Vec<Fault>, StoreError> {
    let found = [
        (
            LEDGER_DIFFERS,
            imbalances(tx)?,
            "its running balance is not the sum of its entries",
        ),
        (
            QUOTA_DIFFERS,
            ungranted(tx)?,
            "it is not what its ledger granted",
        ),
        (
            HELD_DIFFERS,
            unheld(tx)?,
            "its commitments and claims do not hold what stands in its accounts",
        ),
    ];
    let fault = |code, key, cause| {
        Fault::new(code, cause, "restore a backup").at(Place::subject(format!("quota {key}")))
    };
    Ok(found
        .into_iter()
        .flat_map(|(code, keys, cause)| keys.into_iter().map(move |key| fault(code, key, cause)))
        .collect())
}

/// Keys of the quotas whose running balance is not the sum of their entries.
fn imbalances(tx: &mut Reading<'_>) -> Result<Vec<String>, StoreError> {
    let sum = |account: &str| {
        format!(
            "COALESCE(SUM(CASE WHEN e.to_account = '{account}' THEN e.amount \
             WHEN e.from_account = '{account}' THEN -e.amount ELSE 0 END), 0)"
        )
    };
    let accounts = ["free", "committed", "payable", "paid", "clawed_back"];
    let differ: Vec<String> = accounts
        .iter()
        .map(|a| format!("{} <> b.{a}", sum(a)))
        .collect();
    let sql = format!(
        "SELECT b.id AS value FROM quota_balances b LEFT JOIN ledger_entries e ON e.quota_id = b.id \
         GROUP BY b.id, b.entries, b.granted, b.free, b.committed, b.payable, b.paid, b.clawed_back \
         HAVING {} OR -{} <> b.granted OR COUNT(e.id) <> b.entries OR MAX(e.seq) <> b.entries \
         OR b.granted <> b.free + b.committed + b.payable + b.paid + b.clawed_back \
         UNION SELECT e.quota_id FROM ledger_entries e \
         WHERE NOT EXISTS (SELECT 1 FROM quota_balances b WHERE b.id = e.quota_id) ORDER BY 1",
        differ.join(" OR "),
        sum("granted")
    );
    words(tx, &sql)
}

/// Keys of the quotas that are not what their ledger granted.
fn ungranted(tx: &mut Reading<'_>) -> Result<Vec<String>, StoreError> {
    words(
        tx,
        "SELECT q.id AS value FROM quotas q JOIN quota_balances b ON b.id = q.id \
         WHERE q.amount <> b.granted ORDER BY q.id",
    )
}

/// Keys of the quotas whose commitments and claims do not hold what stands in their accounts.
fn unheld(tx: &mut Reading<'_>) -> Result<Vec<String>, StoreError> {
    let of = |table: &str, column: &str| {
        format!("COALESCE((SELECT SUM(t.{column}) FROM {table} t WHERE t.quota_id = q.id), 0)")
    };
    let sql = format!(
        "SELECT q.id AS value FROM quotas q LEFT JOIN quota_balances b ON b.id = q.id \
         WHERE COALESCE(b.committed, 0) <> {} + {} OR COALESCE(b.payable, 0) <> {} \
         OR COALESCE(b.paid, 0) <> {} OR COALESCE(b.clawed_back, 0) <> {} ORDER BY q.id",
        of("commitments", "amount_left"),
        of("claims", "held"),
        of("claims", "due"),
        of("claims", "paid"),
        of("claims", "recalled"),
    );
    words(tx, &sql)
}
