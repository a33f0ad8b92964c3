//! History of a noun: who did what when, and its state after each act, masked. Up to an entry or a moment it
//! is the state that the noun had then.
//!
//! Not here: whether the entries are right (`replay`), though broken ones are marked.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::Value;

use super::nouns::{self, Known};
use super::trail::{self, Step};
use crate::acts::act::Owner;
use crate::acts::powers::record::SEE_HISTORY;
use crate::acts::record::masking;
use crate::acts::{Desk, refuse};
use crate::domain::fault::Faults;
use crate::domain::people::Role;

/// Up to where a history goes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Until {
    /// To its end.
    #[default]
    Now,
    /// To an entry, itself included.
    Entry(i64),
    /// To a moment, itself included.
    At(DateTime<Utc>),
}

impl Until {
    fn has(self, step: &Step) -> bool {
        match self {
            Until::Now => true,
            Until::Entry(seq) => step.entered.seq <= seq,
            Until::At(moment) => step.entered.entry.at <= moment,
        }
    }
}

/// One act on the noun.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Event {
    /// Number of the entry.
    pub entry: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// The account; none where the viewer may not know it.
    pub by: Option<String>,
    /// The role in which he acted.
    pub role: Option<&'static str>,
    /// What.
    pub act: String,
    /// What was asked, masked.
    pub asked: Value,
    /// The noun after it, masked; none where the act left none, or it was a firm's own draft.
    pub state: Option<Value>,
    /// True when the record is the one that the entry names.
    pub genuine: bool,
    /// True when personal data was erased from it since.
    pub erased: bool,
}

/// A history.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct History {
    /// The noun, for example `case A-1`.
    pub subject: String,
    /// Its acts, the oldest first.
    pub events: Vec<Event>,
    /// Its state at the end of them, masked.
    pub state: Option<Value>,
}

/// The history of a noun.
///
/// # Errors
/// AC018 for a subject without a key, AC013 when nothing is known of it, AC012 for another's noun, and for
/// nouns of the city unless one sees everything.
pub fn of(desk: &Desk, subject: &str, until: Until) -> Result<History, Faults> {
    nouns::split(subject)?;
    desk.look(&SEE_HISTORY, |tx| {
        let known = nouns::known(tx, subject)?;
        let owner = known.as_ref().map_or(Owner::city(), |k| k.owner.clone());
        desk.own(&SEE_HISTORY, &owner)?;
        let mut steps = trail::about(tx, subject)?;
        if steps.is_empty() && known.is_none() {
            return Err(refuse::absent("entry about", subject).into());
        }
        if known.as_ref().is_some_and(|k| k.closed) && !sees_drafts(desk) {
            return Err(refuse::not_yours(SEE_HISTORY.act).into());
        }
        steps.retain(|step| until.has(step));
        let first = (steps.is_empty() && until == Until::Now)
            .then_some(known)
            .flatten();
        Ok((owner, told(desk, subject, &steps, first)))
    })
}

fn sees_drafts(desk: &Desk) -> bool {
    matches!(desk.person().role, Role::AuditAdmin | Role::Operator)
}

fn told(desk: &Desk, subject: &str, steps: &[Step], first: Option<Known>) -> History {
    let events: Vec<Event> = steps.iter().map(|step| event(desk, step)).collect();
    let last = events.iter().rev().find_map(|e| e.state.clone());
    History {
        subject: subject.to_owned(),
        state: last.or_else(|| first.map(|k| masking::masked(&k.noun))),
        events,
    }
}

fn event(desk: &Desk, step: &Step) -> Event {
    let entry = &step.entered.entry;
    let role = step.record.as_ref().map(|r| r.actor.role);
    let hidden =
        desk.person().role.is_district() && !role.is_some_and(|r| r.is_district() || r.is_firm());
    let draft = |state: &Value| {
        let firms = state.get("by_officer") == Some(&Value::Bool(false));
        firms && state.get("submitted") == Some(&Value::Null)
    };
    let state = step.state().filter(|s| sees_drafts(desk) || !draft(s));
    let asked = step.record.as_ref().filter(|_| state.is_some());
    Event {
        entry: step.entered.seq,
        at: entry.at,
        by: (!hidden).then(|| entry.actor.clone()),
        role: role.map(Role::name),
        act: entry.act.clone(),
        asked: asked.map_or(Value::Null, |r| masking::masked(&r.asked)),
        state: state.map(masking::masked),
        genuine: step.genuine,
        erased: step.erased,
    }
}
