//! The trail of a noun: the journal entries about it, each with its record, and the states that they left.
//!
//! Not here: what a noun of a kind must be (`replay`).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::acts::kinds::Kind;
use crate::domain::fault::Faults;
use crate::domain::people::Actor;
use crate::store::journal::{self, Entered};
use crate::store::{Reading, erasures, records};

/// What an act left behind, as its record says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// The act.
    pub act: String,
    /// Who acted, in which role, for whom.
    pub actor: Actor,
    /// When.
    pub at: DateTime<Utc>,
    /// What was asked.
    pub asked: Value,
    /// Digest of the noun before.
    pub before: Option<String>,
    /// The noun after.
    pub after: Option<Value>,
}

/// One entry with its record.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The entry and its place in the chain.
    pub entered: Entered,
    /// Its record; none where the entry names a plan or a snapshot, or the record is gone.
    pub record: Option<Record>,
    /// True when the record is the one that the entry names, or the entry names none.
    pub genuine: bool,
    /// True when personal data was erased from the record.
    pub erased: bool,
}

impl Step {
    /// True when the record says of itself what the entry says of it.
    pub fn agrees(&self) -> bool {
        let entry = &self.entered.entry;
        self.record.as_ref().is_some_and(|r| {
            r.act == entry.act
                && r.actor.id == entry.actor
                && r.at == entry.at
                && r.before == entry.before
        })
    }

    /// The noun that it left.
    pub fn state(&self) -> Option<&Value> {
        self.record.as_ref()?.after.as_ref()
    }
}

/// The digest of a state, as entries name it.
pub fn digest(state: &Value) -> String {
    records::digest(&state.to_string())
}

/// The steps about a subject, in order.
pub fn about(tx: &mut Reading<'_>, subject: &str) -> Result<Vec<Step>, Faults> {
    let all = journal::about(tx, subject)?;
    all.into_iter().map(|entered| step(tx, entered)).collect()
}

/// Acts of the operator's verbs whose entries name a plan, a snapshot, a file or nothing.
const PLAIN: [&str; 7] = [
    "plan",
    "freeze",
    "open round",
    "load policy",
    "publish policy",
    "load city",
    "seed calendar",
];

/// True when entries of the act name no record.
pub fn is_plain(act: &str) -> bool {
    let of_table = |kind: &str| Kind::named(kind).is_some();
    PLAIN.contains(&act) || act.strip_prefix("import ").is_some_and(of_table)
}

/// An entry with its record.
pub fn step(tx: &mut Reading<'_>, entered: Entered) -> Result<Step, Faults> {
    let kept = match &entered.entry.after {
        Some(digest) => erasures::record(tx, digest)?,
        None => None,
    };
    let Some(kept) = kept else {
        return Ok(Step {
            genuine: is_plain(&entered.entry.act),
            entered,
            record: None,
            erased: false,
        });
    };
    let named = entered.entry.after.as_deref();
    Ok(Step {
        genuine: kept.erased || named == Some(records::digest(&kept.text).as_str()),
        erased: kept.erased,
        record: serde_json::from_str(&kept.text).ok(),
        entered,
    })
}

/// True when an entry continues the one before it in the chain, and both hashes are right.
pub fn is_linked(tx: &mut Reading<'_>, entered: &Entered) -> Result<bool, Faults> {
    if !entered.is_whole() {
        return Ok(false);
    }
    if entered.seq == 1 {
        return Ok(entered.prev_hash == journal::BEGINNING);
    }
    let before = journal::page(tx, entered.seq - 2, 1)?.into_iter().next();
    Ok(before.is_some_and(|row| {
        row.seq + 1 == entered.seq && row.hash == entered.prev_hash && row.is_whole()
    }))
}
