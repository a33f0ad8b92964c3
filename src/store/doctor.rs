//! Doctor: is what is stored whole? Each check looks by itself and trusts no guard.
//!
//! Not here: repair; a broken database is restored from a backup.

use serde::Serialize;

use super::connection::Backend;
use super::dialect;
use super::digest::sha256;
use super::doctor_columns::columns;
use super::error::StoreError;
use super::pool::Store;
use super::rows::words;
use super::tx::Reading;
use super::{case_files, journal, ledger, plans, records, snapshots};
use crate::domain::case::Case;
use crate::domain::erasure::Erasure;
use crate::domain::fault::{Code, Fault, Place};
use crate::domain::paper_template::PaperTemplate;
use crate::domain::profile::Profile;

/// Migrations are still to run.
pub const PENDING: Code = Code("ST201");
/// A row names a row that is not there.
pub const ORPHAN: Code = Code("ST202");
/// The file of the database is damaged.
pub const DAMAGED: Code = Code("ST203");
/// The journal's chain is broken.
pub const CHAIN_BROKEN: Code = Code("ST204");
/// A unit is let beyond its area, or in part though it is let whole only.
pub const UNIT_TWICE: Code = Code("ST205");
/// More apartments are let on some day than there are.
pub const APARTMENT_TWICE: Code = Code("ST206");
/// A snapshot's bytes are not those of its digest.
pub const SNAPSHOT_DIFFERS: Code = Code("ST207");
/// A plan's text is not that of its digest, or names another snapshot.
pub const PLAN_DIFFERS: Code = Code("ST208");
/// A plan is stored that the journal does not know.
pub const PLAN_UNJOURNALED: Code = Code("ST209");
/// A row's columns are not what its body says.
pub const DRIFTED: Code = Code("ST210");
/// A guard of the schema (trigger, exclusion) is missing or switched off.
pub const GUARD_MISSING: Code = Code("ST211");

/// A record's text is not that of its digest.
pub const RECORD_DIFFERS: Code = Code("ST212");

/// A running balance of a quota is not the sum of its entries.
pub const LEDGER_DIFFERS: Code = Code("ST217");
/// A quota is not what its ledger granted.
pub const QUOTA_DIFFERS: Code = Code("ST218");
/// Commitments and claims do not hold what stands in the accounts of their quota.
pub const HELD_DIFFERS: Code = Code("ST219");
/// The bytes of evidence are not those of their name, or are missing though a case lists them.
pub const EVIDENCE_DIFFERS: Code = Code("ST216");

/// What doctor looked at and found.
#[derive(Debug, Clone, Serialize)]
pub struct Health {
    /// Names of the checks made.
    pub checks: Vec<&'static str>,
    /// What is wrong; empty when all is well.
    pub faults: Vec<Fault>,
}

type Check = fn(&mut Reading<'_>) -> Result<Vec<Fault>, StoreError>;

/// Content is erased that no act in the journal erased.
pub const ERASURE_UNKNOWN: Code = Code("ST230");

const CHECKS: [(&str, Check); 12] = [
    ("guards", guards),
    ("integrity", integrity),
    ("foreign keys", foreign_keys),
    ("journal", chain),
    ("lettings", lettings),
    ("snapshots", snapshot_digests),
    ("plans", plan_digests),
    ("records", record_digests),
    ("ledger", ledger::wrong),
    ("columns", columns),
    ("evidence", evidence),
    ("erasures", erasures),
];

/// Makes every check, all in one view of the data.
pub fn examine(store: &Store) -> Result<Health, StoreError> {
    let pending = store.pending()?;
    let mut health = Health {
        checks: vec!["migrations"],
        faults: pending.iter().map(|name| migration(name)).collect(),
    };
    if !pending.is_empty() {
        // Without its tables nothing else can be said.
        return Ok(health);
    }
    store.read(|tx| {
        for (name, check) in CHECKS {
            health.checks.push(name);
            health.faults.extend(check(tx)?);
        }
        Ok::<(), StoreError>(())
    })?;
    Ok(health)
}

const RESTORE: &str = "restore a backup";

pub(super) fn about(code: Code, subject: String, cause: &str, action: &str) -> Fault {
    Fault::new(code, cause, action).at(Place::subject(subject))
}

fn migration(name: &str) -> Fault {
    let cause = "the tables are older than this program";
    about(
        PENDING,
        format!("migration {name}"),
        cause,
        "run `zhuchao migrate`",
    )
}

fn guards(tx: &mut Reading<'_>) -> Result<Vec<Fault>, StoreError> {
    let there = words(tx, dialect::guards(tx.backend()))?;
    let missing = dialect::guards_wanted(tx.backend())
        .iter()
        .filter(|w| !there.iter().any(|t| t == *w));
    let cause = "a guard of the schema is missing or switched off";
    Ok(missing
        .map(|name| about(GUARD_MISSING, format!("guard {name}"), cause, RESTORE))
        .collect())
}

fn integrity(tx: &mut Reading<'_>) -> Result<Vec<Fault>, StoreError> {
    let said = words(tx, dialect::integrity(tx.backend()).0)?;
    let bad = said.into_iter().filter(|line| line != "ok");
    let fault = |line: String| {
        about(
            DAMAGED,
            line,
            "the file of the database is damaged",
            RESTORE,
        )
    };
    Ok(bad.map(fault).collect())
}

fn foreign_keys(tx: &mut Reading<'_>) -> Result<Vec<Fault>, StoreError> {
    let bad = words(tx, dialect::integrity(tx.backend()).1)?;
    let cause = match tx.backend() {
        Backend::Sqlite => "a row names a row that is not there",
        Backend::Postgres => "a foreign key is not validated",
    };
    Ok(bad
        .into_iter()
        .map(|key| about(ORPHAN, key, cause, RESTORE))
        .collect())
}

fn chain(tx: &mut Reading<'_>) -> Result<Vec<Fault>, StoreError> {
    let broken = journal::broken_links(tx)?;
    let cause = "the chain is broken here: this row, or one before it, was changed or taken out";
    let fault = |seq| about(CHAIN_BROKEN, format!("journal row {seq}"), cause, RESTORE);
    Ok(broken.into_iter().map(fault).collect())
}

/// What is let on a day is largest on a first day of a letting.
fn lettings(tx: &mut Reading<'_>) -> Result<Vec<Fault>, StoreError> {
    let over = |table: &str, key: &str, amount: &str, nouns: &str| {
        format!(
            "SELECT DISTINCT n.id AS value FROM {nouns} n JOIN {table} s ON s.{key} = n.id \
             WHERE s.state <> 'ended' AND n.{amount} < (SELECT SUM(a.{amount}) FROM {table} a \
             WHERE a.{key} = n.id AND a.state <> 'ended' AND a.from_day <= s.from_day \
             AND (a.until_day IS NULL OR a.until_day > s.from_day)) ORDER BY n.id"
        )
    };
    let in_part = "SELECT DISTINCT u.id AS value FROM units u JOIN unit_allocations a ON a.unit_id = u.id \
         WHERE a.state <> 'ended' AND ((a.whole AND a.area <> u.area) \
         OR (u.smallest_lot IS NULL AND NOT a.whole)) ORDER BY u.id";
    let mut units = words(tx, &over("unit_allocations", "unit_id", "area", "units"))?;
    units.extend(words(tx, in_part)?);
    units.sort_unstable();
    units.dedup();
    let sql = over(
        "apartment_allocations",
        "apartment_type_id",
        "count",
        "apartment_types",
    );
    let types = words(tx, &sql)?;
    let end = "end one of its allocations";
    let unit = |id| {
        about(
            UNIT_TWICE,
            format!("unit {id}"),
            "it is let beyond its area or in part",
            end,
        )
    };
    let apartment = |id| {
        let cause = "more are let on some day than there are";
        about(APARTMENT_TWICE, format!("apartment type {id}"), cause, end)
    };
    Ok(units
        .into_iter()
        .map(unit)
        .chain(types.into_iter().map(apartment))
        .collect())
}

fn snapshot_digests(tx: &mut Reading<'_>) -> Result<Vec<Fault>, StoreError> {
    let mut faults = Vec::new();
    for digest in snapshots::digests(tx)? {
        let whole = snapshots::get(tx, &digest)?.is_some_and(|s| sha256(&s.bytes) == digest);
        if !whole {
            let cause = "its bytes are not those of its digest";
            faults.push(about(
                SNAPSHOT_DIFFERS,
                format!("snapshot {digest}"),
                cause,
                RESTORE,
            ));
        }
    }
    Ok(faults)
}

fn plan_digests(tx: &mut Reading<'_>) -> Result<Vec<Fault>, StoreError> {
    let mut faults = Vec::new();
    for digest in plans::digests(tx)? {
        let Some(stored) = plans::get(tx, &digest)? else {
            continue;
        };
        let subject = format!("plan {digest}");
        let same = |plan: crate::domain::plan::Plan| {
            plan.snapshot == stored.snapshot && plan.parent == stored.parent
        };
        if sha256(stored.text.as_bytes()) != digest || !stored.plan().is_ok_and(same) {
            let cause = "its text is not that of its digest, or names another snapshot or parent";
            faults.push(about(PLAN_DIFFERS, subject.clone(), cause, RESTORE));
        }
        if !journal::names(tx, &digest)? {
            let cause = "it is stored, but no act in the journal stored it";
            faults.push(about(
                PLAN_UNJOURNALED,
                subject,
                cause,
                "find out who wrote past the program",
            ));
        }
    }
    Ok(faults)
}

fn record_digests(tx: &mut Reading<'_>) -> Result<Vec<Fault>, StoreError> {
    let cause = "its text is not that of its digest";
    let fault = |digest| about(RECORD_DIFFERS, format!("record {digest}"), cause, RESTORE);
    Ok(records::differing(tx)?.into_iter().map(fault).collect())
}

/// Every file is what its name says, and every file that a case or profile lists is there.
fn evidence(tx: &mut Reading<'_>) -> Result<Vec<Fault>, StoreError> {
    let there = case_files::keys(tx)?;
    let mut listed: Vec<String> = Vec::new();
    for case in super::all::<Case>(tx)? {
        let key = |digest: &str| case_files::key_of(&case_files::of_case(&case.id), digest);
        listed.extend(case.evidence.iter().map(|e| key(&e.digest)));
    }
    for profile in super::all::<Profile>(tx)? {
        let key = |digest: &str| case_files::key_of(&case_files::of_firm(&profile.firm), digest);
        listed.extend(profile.evidence.iter().map(|e| key(&e.digest)));
    }
    for template in super::all::<PaperTemplate>(tx)? {
        let key = |digest: &String| case_files::key_of(case_files::OF_TEMPLATES, digest);
        listed.extend(template.digest.iter().map(key));
    }
    let erased: Vec<Erasure> = super::all(tx)?;
    let gone = |key: &String| erased.iter().any(|e| e.of == *key);
    listed.retain(|key| there.binary_search(key).is_err() && !gone(key));
    let missing = listed
        .into_iter()
        .map(|key| (key, "it is listed, but its bytes are not there"));
    let differing = case_files::differing(tx)?.into_iter();
    let differing = differing.map(|key| (key, "its bytes are not those of its name"));
    Ok(missing
        .chain(differing)
        .map(|(key, cause)| about(EVIDENCE_DIFFERS, format!("file {key}"), cause, RESTORE))
        .collect())
}

/// Every erasure is named by the record of an act that erased.
fn erasures(tx: &mut Reading<'_>) -> Result<Vec<Fault>, StoreError> {
    let all: Vec<Erasure> = super::all(tx)?;
    if all.is_empty() {
        return Ok(Vec::new());
    }
    let mut told = std::collections::BTreeSet::new();
    for entered in journal::about(tx, "retention")? {
        let digest = entered.entry.after.unwrap_or_default();
        let record = records::get(tx, &digest)?.unwrap_or_default();
        let record: serde_json::Value = serde_json::from_str(&record).unwrap_or_default();
        let keys = record["after"]["erased"].as_array().into_iter().flatten();
        told.extend(keys.filter_map(|key| key.as_str().map(str::to_owned)));
    }
    let cause = "it is erased, but no act in the journal erased it";
    let action = "find out who wrote past the program";
    let unknown = all
        .iter()
        .map(Erasure::key)
        .filter(|key| !told.contains(key));
    Ok(unknown
        .map(|key| about(ERASURE_UNKNOWN, key, cause, action))
        .collect())
}
