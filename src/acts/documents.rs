//! The two documents of a round: the policy in force and the round itself, both TOML. A stored
//! version of a policy keeps its text; a round may be corrected until it is frozen.
//!
//! Not here: what a policy says (`policy`).

use std::fmt;

use serde::Serialize;

use super::{Desk, embedded};
use crate::domain::fault::{Code, Fault, Faults};
use crate::domain::place::District;
use crate::domain::round::{Round, RoundState};
use crate::policy;
use crate::store::journal::{self, Entry};
use crate::store::policies::{self, PolicyText};
use crate::store::{self, Reading, Writing};

/// The document is not UTF-8.
pub const NOT_TEXT: Code = Code("AC140");
/// The round is frozen or planned and can no longer be changed.
pub const ROUND_CLOSED: Code = Code("AC141");

/// A stored document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stored {
    /// `policy` or `round`.
    pub kind: &'static str,
    /// Version of the policy, or key of the round.
    pub name: String,
    /// Nothing was written.
    pub dry_run: bool,
}

impl fmt::Display for Stored {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let head = if self.dry_run {
            "dry run, nothing written: "
        } else {
            ""
        };
        write!(f, "{head}{} {}", self.kind, self.name)
    }
}

pub(super) fn text(bytes: &[u8]) -> Result<&str, Fault> {
    std::str::from_utf8(bytes)
        .map_err(|_| Fault::new(NOT_TEXT, "the document is not UTF-8", "save it as UTF-8"))
}

/// Stores a policy document. Faults: those of the policy, PO150, ST107 for another text of a version.
pub fn policy(desk: &Desk, bytes: &[u8], dry_run: bool) -> Result<Stored, Faults> {
    let text = text(bytes)?;
    let read = policy::read(text)?;
    let name = read.meta.version.clone();
    if !dry_run {
        desk.store().write(|tx| put_policy(desk, tx, text))?;
    }
    Ok(Stored {
        kind: "policy",
        name,
        dry_run,
    })
}

/// Stores a policy document within an act.
pub(super) fn put_policy(desk: &Desk, tx: &mut Writing<'_>, text: &str) -> Result<(), Faults> {
    let version = put(desk, tx, text)?.0;
    enter(desk, tx, "load policy", format!("policy {version}"))
}

/// Publishes a policy document within an act; `false`, and no entry, when the version is there already
/// with the same text.
pub(super) fn put_published(desk: &Desk, tx: &mut Writing<'_>, text: &str) -> Result<bool, Faults> {
    let (version, new) = put(desk, tx, text)?;
    if new {
        let digest = crate::planning::files::digest(text.as_bytes());
        enter_with(
            desk,
            tx,
            "publish policy",
            format!("policy {version}"),
            Some(digest),
        )?;
    }
    Ok(new)
}

/// Whether a document would be stored as a new version; the refusals are those of storing it.
pub(super) fn storable(tx: &mut Reading<'_>, text: &str) -> Result<bool, Faults> {
    let read = on_the_map(tx, text)?;
    match policies::get(tx, &read.meta.version)? {
        None => Ok(true),
        Some(old) if old.text == text => Ok(false),
        Some(_) => Err(Faults::from(policies::another_text(&read.meta.version))),
    }
}

/// Reads a policy and proves that the districts it names exist (PO150).
fn on_the_map(tx: &mut Reading<'_>, text: &str) -> Result<policy::Policy, Faults> {
    let read = policy::read(text)?;
    let known = store::all::<District>(tx)?;
    Faults(policy::unknown_districts(&read, &known)).or(read)
}

/// The version, and whether it is new.
pub(super) fn put(desk: &Desk, tx: &mut Writing<'_>, text: &str) -> Result<(String, bool), Faults> {
    let version = on_the_map(tx, text)?.meta.version;
    let document = PolicyText {
        version: version.clone(),
        created_at: desk.now(),
        text: text.to_owned(),
    };
    let new = policies::put(tx, &document)?;
    Ok((version, new))
}

/// Opens a round or corrects an open one. AC101 when the document is not a round, AC141 when the
/// round is no longer open.
pub fn round(desk: &Desk, bytes: &[u8], dry_run: bool) -> Result<Stored, Faults> {
    let round = embedded::read_round(text(bytes)?, "round")?.round;
    let name = round.id.to_string();
    if !dry_run {
        desk.store().write(|tx| put_round(desk, tx, &round))?;
    }
    Ok(Stored {
        kind: "round",
        name,
        dry_run,
    })
}

/// Stores a round within an act.
pub(super) fn put_round(desk: &Desk, tx: &mut Writing<'_>, round: &Round) -> Result<(), Faults> {
    let known: Option<Round> = store::get(tx, round.id.as_str())?;
    if known.is_some_and(|r| r.state != RoundState::Open) {
        let cause = format!("round {} is frozen or planned", round.id);
        return Err(Fault::new(ROUND_CLOSED, cause, "open a new round under another key").into());
    }
    store::upsert_many(tx, std::slice::from_ref(round))?;
    enter(desk, tx, "open round", format!("round {}", round.id))
}

fn enter(desk: &Desk, tx: &mut Writing<'_>, act: &str, subject: String) -> Result<(), Faults> {
    enter_with(desk, tx, act, subject, None)
}

fn enter_with(
    desk: &Desk,
    tx: &mut Writing<'_>,
    act: &str,
    subject: String,
    after: Option<String>,
) -> Result<(), Faults> {
    let entry = Entry {
        at: desk.now(),
        actor: desk.actor().to_owned(),
        act: act.to_owned(),
        subject,
        before: None,
        after,
    };
    journal::append(tx, &entry)?;
    Ok(())
}
