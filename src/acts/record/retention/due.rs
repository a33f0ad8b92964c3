//! What is due to be erased at a moment: files of evidence, drafts, personal data in records and objections.
//!
//! Not here: erasing it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use serde_json::Value;

use crate::acts::powers::rounds::CLOSE_ROUND;
use crate::acts::record::masking;
use crate::domain::case::{Case, CaseStage};
use crate::domain::erasure::Erasure;
use crate::domain::fault::Faults;
use crate::domain::objection::{Objection, Objector};
use crate::domain::offer::{Contract, ContractStage};
use crate::domain::procedure::{Procedure, Step};
use crate::policy::retention::{Retention, What};
use crate::store::{self, Reading, case_files, journal, records};

/// One thing that is due.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Item {
    /// A file of evidence.
    File {
        /// Its key.
        key: String,
        /// Digest of its bytes.
        digest: String,
        /// By which rule.
        rule: What,
    },
    /// A record with personal data.
    Record {
        /// Its digest.
        digest: String,
    },
    /// A draft that was never submitted.
    Draft {
        /// The case.
        case: String,
    },
    /// An answered objection of a person.
    Objection {
        /// Its key.
        id: String,
    },
}

impl Item {
    /// The rule by which it is due.
    pub fn what(&self) -> What {
        match self {
            Item::File { rule, .. } => *rule,
            Item::Draft { .. } => What::Drafts,
            Item::Record { .. } | Item::Objection { .. } => What::PersonalData,
        }
    }
}

/// What is due.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Due {
    /// In order; the files of a draft before the draft.
    pub items: Vec<Item>,
}

/// Finds what is due.
pub fn find(tx: &mut Reading<'_>, settings: &Retention, now: DateTime<Utc>) -> Result<Due, Faults> {
    let mut items = cases(tx, settings, now)?;
    if let Some(before) = settings.before(What::PersonalData, now) {
        items.extend(objections(tx, before)?);
        items.extend(old_records(tx, before)?);
    }
    Ok(Due { items })
}

fn cases(
    tx: &mut Reading<'_>,
    settings: &Retention,
    now: DateTime<Utc>,
) -> Result<Vec<Item>, Faults> {
    let files = files(tx)?;
    let procedures: BTreeMap<String, Procedure> = (store::all::<Procedure>(tx)?.into_iter())
        .map(|p| (p.round.to_string(), p))
        .collect();
    let mut items = Vec::new();
    for case in store::all::<Case>(tx)? {
        let procedure = procedures.get(case.round.as_str());
        let Some((what, over)) = over(tx, &case, procedure)? else {
            continue;
        };
        if settings
            .before(what, now)
            .is_none_or(|before| over >= before)
        {
            continue;
        }
        let holder = case_files::of_case(&case.id);
        for (key, digest) in files.get(&holder).into_iter().flatten() {
            items.push(Item::File {
                key: key.clone(),
                digest: digest.clone(),
                rule: what,
            });
        }
        if what == What::Drafts {
            let case = case.id.to_string();
            items.push(Item::Draft { case });
        }
    }
    Ok(items)
}

/// The files that are there, by holder: key and digest.
fn files(tx: &mut Reading<'_>) -> Result<BTreeMap<String, Vec<(String, String)>>, Faults> {
    let mut files: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for key in case_files::keys(tx)? {
        if let Some((holder, digest)) = key.rsplit_once('/') {
            let one = (key.clone(), digest.to_owned());
            files.entry(holder.to_owned()).or_default().push(one);
        }
    }
    Ok(files)
}

/// The rule that concerns a case that is over, and since when it is.
fn over(
    tx: &mut Reading<'_>,
    case: &Case,
    procedure: Option<&Procedure>,
) -> Result<Option<(What, DateTime<Utc>)>, Faults> {
    match case.stage {
        CaseStage::Draft | CaseStage::Prepared => {
            let guide = procedure.and_then(|p| p.guide.as_ref());
            Ok(guide.map(|g| (What::Drafts, g.closes_at)))
        }
        CaseStage::Withdrawn | CaseStage::Rejected => {
            let last = journal::about(tx, &format!("case {}", case.id))?.pop();
            Ok(last.map(|row| (What::EndedEvidence, row.entry.at)))
        }
        CaseStage::Submitted | CaseStage::Returned | CaseStage::Accepted | CaseStage::Verified => {
            let closed = procedure.is_some_and(|p| p.step == Step::Closed);
            if !closed {
                return Ok(None);
            }
            let since = granted(tx, case)?;
            Ok(since.map(|at| (What::GrantedEvidence, at)))
        }
    }
}

/// When the round was closed, or later the end of the last contract; `None` while one is in force.
fn granted(tx: &mut Reading<'_>, case: &Case) -> Result<Option<DateTime<Utc>>, Faults> {
    let contracts: Vec<Contract> = store::having(tx, "application_id", case.id.as_str())?;
    if contracts.iter().any(|c| c.stage == ContractStage::InForce) {
        return Ok(None);
    }
    let ends = contracts.iter().filter_map(|c| c.holds.until());
    let end = ends.max().and_then(midnight);
    let rows = journal::about(tx, &format!("round {}", case.round))?;
    let closed = rows.iter().rev().find(|r| r.entry.act == CLOSE_ROUND.act);
    Ok(closed.map(|row| row.entry.at).max(end))
}

fn midnight(day: NaiveDate) -> Option<DateTime<Utc>> {
    Some(day.and_hms_opt(0, 0, 0)?.and_utc())
}

/// Answered objections of persons that are not masked yet.
fn objections(tx: &mut Reading<'_>, before: DateTime<Utc>) -> Result<Vec<Item>, Faults> {
    let due = |o: &Objection| {
        let person = match &o.objector {
            Objector::Person { name, contact } => {
                let value = serde_json::json!({ "objector": { "name": name, "contact": contact } });
                masking::masked(&value) != value
            }
            Objector::Firm { .. } | Objector::Anonymous {} => false,
        };
        person && o.replied.as_ref().is_some_and(|r| r.at < before)
    };
    let all: Vec<Objection> = store::all(tx)?;
    let due = all.into_iter().filter(due);
    Ok(due
        .map(|o| Item::Objection {
            id: o.id.to_string(),
        })
        .collect())
}

/// Records of acts before a moment that hold personal data, each once.
fn old_records(tx: &mut Reading<'_>, before: DateTime<Utc>) -> Result<Vec<Item>, Faults> {
    let mut named = BTreeSet::new();
    let open = open_objections(tx)?;
    journal::walk(tx, |row, _| {
        let old = row.entry.at < before && !open.contains(&row.entry.subject);
        named.extend(row.entry.after.clone().filter(|_| old));
    })?;
    for erasure in store::all::<Erasure>(tx)? {
        named.remove(&erasure.of);
    }
    let mut items = Vec::new();
    for digest in named {
        let Some(text) = records::get(tx, &digest)? else {
            continue;
        };
        let value: Value = serde_json::from_str(&text).unwrap_or_default();
        if masking::masked(&value) != value {
            items.push(Item::Record { digest });
        }
    }
    Ok(items)
}

/// Subjects of objections that wait for a reply: their records stay whole.
fn open_objections(tx: &mut Reading<'_>) -> Result<BTreeSet<String>, Faults> {
    let all: Vec<Objection> = store::all(tx)?;
    let open = all.into_iter().filter(|o| o.replied.is_none());
    Ok(open.map(|o| format!("objection {}", o.id)).collect())
}
