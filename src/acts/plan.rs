//! Planning a round: the newest snapshot is solved with no transaction open, the plan is proved
//! against the laws alone, and only then stored, with its journal entry.
//!
//! Not here: how a plan is made and proved (`planning`, `solve`).

use super::freeze::round_of;
use serde::{Deserialize, Serialize};

use super::{Desk, prices, refuse, rounds};
use crate::acts::stored;
use crate::domain::fault::{Code, Fault, Faults};
use crate::domain::ids::RoundId;
use crate::domain::plan::Plan;
use crate::domain::round::RoundState;
use crate::domain::snapshot::Snapshot;
use crate::planning::files;
use crate::planning::run::{self, Run, Settings, Watch};
use crate::store::journal::{self, Entry};
use crate::store::plans::{self, StoredPlan};
use crate::store::{self, Reading, Writing, records, snapshots};

/// The round is not frozen yet.
pub const NOT_FROZEN: Code = Code("AC120");
/// A newer snapshot or plan was stored while this one was being solved.
pub const STALE: Code = Code("AC121");

/// A stored plan and everything it was made of.
pub struct Made {
    /// Digest of the plan.
    pub digest: String,
    /// Its snapshot.
    pub snapshot: Snapshot,
    /// The plan and the numbers it was made of.
    pub run: Run,
}

/// The newest snapshot of a round, or AC120.
pub fn newest_snapshot(desk: &Desk, round: &RoundId) -> Result<(String, Snapshot), Faults> {
    let stored = desk.store().read(|tx| -> Result<_, Faults> {
        round_of(tx, round)?;
        match stored::in_force(tx, round)? {
            Some(digest) => Ok(snapshots::get(tx, &digest)?),
            None => Ok(None),
        }
    })?;
    let stored = stored.ok_or_else(|| {
        Fault::new(
            NOT_FROZEN,
            format!("round {round} is not frozen"),
            "freeze it first",
        )
    })?;
    Ok((stored.digest, files::read_snapshot(&stored.bytes)?))
}

/// The newest plan of a round with its digest, if any.
pub fn newest_plan(desk: &Desk, round: &RoundId) -> Result<Option<(String, Plan)>, Faults> {
    let stored = desk.store().read(|tx| -> Result<_, Faults> {
        match plans::of_round(tx, round)?.first() {
            Some(digest) => Ok(Some(plans::need(tx, digest)?)),
            None => Ok(None),
        }
    })?;
    stored
        .map(|s| Ok((s.digest.clone(), files::read_plan(s.text.as_bytes())?)))
        .transpose()
}

/// Solves the newest snapshot of a round and stores the plan.
pub fn plan(
    desk: &Desk,
    round: &RoundId,
    settings: &Settings,
    watch: &Watch<'_>,
) -> Result<Made, Faults> {
    let (snapshot_digest, snapshot) = newest_snapshot(desk, round)?;
    let parent = newest_plan(desk, round)?.map(|(digest, _)| digest);
    let run = run::run(&snapshot, settings, watch)?;
    let digest = store(desk, round, (&snapshot_digest, parent), (&run, settings))?;
    Ok(Made {
        digest,
        snapshot,
        run,
    })
}

/// Stores a proved plan, unless somebody stored another snapshot or plan meanwhile (AC121).
fn store(
    desk: &Desk,
    round: &RoundId,
    (snapshot, newest): (&str, Option<String>),
    (run, settings): (&Run, &Settings),
) -> Result<String, Faults> {
    let plan = &run.plan;
    let bytes = files::write_plan(plan);
    let digest = files::digest(&bytes);
    let text =
        String::from_utf8(bytes).map_err(|e| Fault::new(STALE, e.to_string(), "report this"))?;
    desk.store().write(|tx| {
        let current = stored::in_force(tx, round)?;
        rounds::choice::open(tx, round)?;
        let latest = plans::of_round(tx, round)?.into_iter().next();
        if current.as_deref() != Some(snapshot) || latest != newest {
            return Err(stale(round).into());
        }
        let stored = StoredPlan {
            digest: digest.clone(),
            snapshot: snapshot.to_owned(),
            parent: plan.parent.clone(),
            round: round.clone(),
            created_at: desk.now(),
            text: text.clone(),
        };
        if !plans::put(tx, &stored)? {
            return Ok(digest.clone());
        }
        let mut planned = round_of(tx, round)?;
        planned.state = RoundState::Planned;
        store::upsert_many(tx, &[planned])?;
        let entry = Entry {
            at: desk.now(),
            actor: desk.actor().to_owned(),
            act: "plan".to_owned(),
            subject: format!("round {round}"),
            before: Some(snapshot.to_owned()),
            after: Some(digest.clone()),
        };
        journal::append(tx, &entry)?;
        note_limit(desk, tx, &digest, settings)?;
        prices::keep(tx, &digest, run)?;
        Ok(digest.clone())
    })
}

/// Enters the limit of a run that repeats byte for byte, so that it can be solved again.
fn note_limit(
    desk: &Desk,
    tx: &mut Writing<'_>,
    digest: &str,
    settings: &Settings,
) -> Result<(), Faults> {
    let Some(work) = settings.work.filter(|_| settings.threads == 1) else {
        return Ok(());
    };
    let limit = Limit {
        plan: digest.to_owned(),
        work,
        gap: settings.gap,
    };
    let text = serde_json::to_string(&limit)
        .map_err(|e| Fault::new(refuse::UNWRITABLE, e.to_string(), "report this"))?;
    let entry = Entry {
        at: desk.now(),
        actor: desk.actor().to_owned(),
        act: "limit of a plan".to_owned(),
        subject: format!("plan {digest}"),
        before: None,
        after: Some(records::put(tx, &text)?),
    };
    journal::append(tx, &entry)?;
    Ok(())
}

/// The limit of the run that made a plan, where one is entered.
pub(super) fn limit_of(tx: &mut Reading<'_>, digest: &str) -> Result<Option<Limit>, Faults> {
    let entered = journal::about(tx, &format!("plan {digest}"))?;
    for record in entered.into_iter().filter_map(|e| e.entry.after) {
        let text = records::get(tx, &record)?;
        if let Some(limit) = text.and_then(|t| serde_json::from_str(&t).ok()) {
            return Ok(Some(limit));
        }
    }
    Ok(None)
}

/// The limit of a run on one thread.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// Digest of the plan.
    plan: String,
    /// Nominal seconds of work.
    pub work: f64,
    /// Gap at which it ended.
    pub gap: f64,
}

fn stale(round: &RoundId) -> Fault {
    Fault::new(
        STALE,
        format!("round {round} was frozen or planned by somebody else meanwhile"),
        "plan it again",
    )
}
