//! Retention: what is due to be erased by the settings, and erasing it. Contents go; digests, entries and the fact
//! of the erasure stay, so that the chain, cases and doctor still agree.
//!
//! Not erased: the journal, plans, snapshots, contracts, profiles in force, and backups, which have their own term.
//!
//! Not here: finding what is due (`due`).

mod due;

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::masking;
use crate::acts::Desk;
use crate::acts::act::{Done, Owner};
use crate::acts::powers::record::{APPLY_RETENTION, SEE_RETENTION};
use crate::domain::case::{Case, CaseStage, Draft};
use crate::domain::erasure::{Erased, Erasure};
use crate::domain::fault::{Fault, Faults};
use crate::domain::objection::{Objection, Objector};
use crate::domain::personal::{self, Mask};
use crate::policy::retention::What;
use crate::store::{self, Writing, case_files, erasures, records, traces};

pub use crate::policy::retention::{Retention, default as default_settings, read as read_settings};
pub use due::{Due, Item};

/// What was erased. Counts and keys only.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applied {
    /// Keys of erasures, for example `file case A-1/0a1b..`.
    pub erased: Vec<String>,
    /// Drafts that were emptied.
    pub drafts: Vec<String>,
    /// Objections whose objector was masked.
    pub masked: Vec<String>,
    /// Sessions and begun sign-ins that were forgotten.
    pub sessions: usize,
}

/// What is due now: a dry run.
pub fn plan(desk: &Desk, settings: &Retention) -> Result<Due, Faults> {
    desk.may(&SEE_RETENTION)?;
    desk.store().read(|tx| due::find(tx, settings, desk.now()))
}

/// Erases what is due, as one act.
///
/// # Errors
/// AC011 for other roles; nothing is erased then.
pub fn apply(desk: &Desk, settings: &Retention) -> Result<Applied, Faults> {
    let asked = json!({ "settings": settings });
    desk.act(&APPLY_RETENTION, &asked, |tx| {
        let due = due::find(tx, settings, desk.now())?;
        let mut applied = Applied::default();
        for item in &due.items {
            erase(desk, tx, item, &mut applied)?;
        }
        if let Some(before) = settings.before(What::Sessions, desk.now()) {
            applied.sessions = traces::forget_sessions(tx, before)?;
        }
        let done = Done::new(applied.clone(), "retention", Owner::city());
        Ok(done.after(&applied)?)
    })
}

fn erase(
    desk: &Desk,
    tx: &mut Writing<'_>,
    item: &Item,
    applied: &mut Applied,
) -> Result<(), Faults> {
    let rule = item.what().name();
    match item {
        Item::File { key, digest, .. } => {
            let erasure = erasure(desk, rule, (Erased::File, key, digest));
            if erasures::erase(tx, &erasure)? {
                applied.erased.push(erasure.key());
            }
        }
        Item::Record { digest } => {
            if let Some(erasure) = record(desk, tx, rule, digest)?
                && erasures::erase(tx, &erasure)?
            {
                applied.erased.push(erasure.key());
            }
        }
        Item::Draft { case } => empty(desk, tx, case, applied)?,
        Item::Objection { id } => mask(desk, tx, id, applied)?,
    }
    Ok(())
}

fn erasure(desk: &Desk, rule: &str, (kind, of, digest): (Erased, &str, &str)) -> Erasure {
    Erasure {
        kind,
        of: of.to_owned(),
        digest: digest.to_owned(),
        rule: rule.to_owned(),
        at: desk.now(),
        by: desk.actor().to_owned(),
        left: None,
    }
}

/// The erasure of a record, with what is left of it.
fn record(
    desk: &Desk,
    tx: &mut Writing<'_>,
    rule: &str,
    digest: &str,
) -> Result<Option<Erasure>, Faults> {
    let Some(text) = records::get(tx, digest)? else {
        return Ok(None);
    };
    let value: serde_json::Value = serde_json::from_str(&text).map_err(|e| {
        let code = crate::acts::refuse::UNWRITABLE;
        Fault::new(code, e.to_string(), "run `zhuchao doctor`")
    })?;
    Ok(Some(Erasure {
        left: Some(masking::masked(&value).to_string()),
        ..erasure(desk, rule, (Erased::Record, digest, digest))
    }))
}

/// A draft that was never submitted is emptied and withdrawn; its files were erased before.
fn empty(desk: &Desk, tx: &mut Writing<'_>, id: &str, applied: &mut Applied) -> Result<(), Faults> {
    let before: Case = store::need(tx, id)?;
    let after = Case {
        stage: CaseStage::Withdrawn,
        draft: Draft::default(),
        evidence: Vec::new(),
        ..before.clone()
    };
    let subject = format!("case {id}");
    desk.beside(tx, &APPLY_RETENTION, &subject, (&before, &after))?;
    store::upsert_many(tx, &[after])?;
    applied.drafts.push(id.to_owned());
    Ok(())
}

/// The person who objected is masked in the objection itself.
fn mask(desk: &Desk, tx: &mut Writing<'_>, id: &str, applied: &mut Applied) -> Result<(), Faults> {
    let before: Objection = store::need(tx, id)?;
    let Objector::Person { name, contact } = &before.objector else {
        return Ok(());
    };
    let after = Objection {
        objector: Objector::Person {
            name: personal::mask(Mask::Name, name),
            contact: personal::mask(Mask::Whole, contact),
        },
        ..before.clone()
    };
    let subject = format!("objection {id}");
    desk.beside(tx, &APPLY_RETENTION, &subject, (&before, &after))?;
    store::upsert_many(tx, &[after])?;
    applied.masked.push(id.to_owned());
    Ok(())
}

/// True when a file was erased: for those who ask for it.
pub fn is_erased(tx: &mut store::Reading<'_>, holder: &str, digest: &str) -> Result<bool, Faults> {
    let key = format!("file {}", case_files::key_of(holder, digest));
    Ok(store::get::<Erasure>(tx, &key)?.is_some())
}
