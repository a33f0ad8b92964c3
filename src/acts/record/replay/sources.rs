//! Snapshots and plans that several decisions name, read and recomputed once in a replay.
//!
//! Not here: what decisions take from them.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::report::{PolicyUsed, Replay};
use crate::domain::fault::Faults;
use crate::domain::plan::Plan;
use crate::domain::scenario::Variant;
use crate::domain::snapshot::Snapshot;
use crate::planning::files;
use crate::store::{self, Reading, plans, policies, snapshots};

/// What was read so far, by digest; nothing where it is gone or not what its digest says.
#[derive(Default)]
pub struct Sources {
    snapshots: BTreeMap<String, Option<Arc<Snapshot>>>,
    plans: BTreeMap<String, Option<Arc<Plan>>>,
}

impl Sources {
    /// A snapshot whose bytes are those of its digest; a difference is told otherwise.
    pub fn snapshot(
        &mut self,
        tx: &mut Reading<'_>,
        report: &mut Replay,
        digest: &str,
    ) -> Result<Option<Arc<Snapshot>>, Faults> {
        let found = match self.snapshots.get(digest) {
            Some(known) => known.clone(),
            None => {
                let read = read_snapshot(tx, digest)?;
                self.snapshots.insert(digest.to_owned(), read.clone());
                read
            }
        };
        if found.is_none() {
            report.differs("snapshot", digest, "gone, or its bytes have another digest");
        }
        Ok(found)
    }

    /// A plan whose text is that of its digest; a difference is told otherwise.
    pub fn plan(
        &mut self,
        tx: &mut Reading<'_>,
        report: &mut Replay,
        digest: &str,
    ) -> Result<Option<Arc<Plan>>, Faults> {
        let found = match self.plans.get(digest) {
            Some(known) => known.clone(),
            None => {
                let read = read_plan(tx, digest)?;
                self.plans.insert(digest.to_owned(), read.clone());
                read
            }
        };
        if found.is_none() {
            report.differs("plan", digest, "gone, or its text has another digest");
        }
        Ok(found)
    }
}

fn read_snapshot(tx: &mut Reading<'_>, digest: &str) -> Result<Option<Arc<Snapshot>>, Faults> {
    let stored = snapshots::get(tx, digest)?;
    let genuine = stored.filter(|s| files::digest(&s.bytes) == digest);
    let read = genuine.and_then(|s| files::read_snapshot(&s.bytes).ok());
    Ok(read.map(Arc::new))
}

fn read_plan(tx: &mut Reading<'_>, digest: &str) -> Result<Option<Arc<Plan>>, Faults> {
    let stored = plans::get(tx, digest)?;
    let genuine = stored.filter(|p| files::digest(p.text.as_bytes()) == digest);
    let read = genuine.and_then(|p| files::read_plan(p.text.as_bytes()).ok());
    Ok(read.map(Arc::new))
}

/// The policy in a snapshot is the stored version of its name, unless a scenario changed it.
pub fn policy(
    tx: &mut Reading<'_>,
    report: &mut Replay,
    (digest, snapshot): (&str, &Snapshot),
    version: &str,
) -> Result<(), Faults> {
    let used = files::digest(snapshot.policy.as_bytes());
    let round = snapshot.round.id.as_str();
    let variants: Vec<Variant> = store::having(tx, "round_id", round)?;
    // What is made of an adopted variant (a succession) has its policy.
    let changed = variants.iter().any(|v| {
        let changes = &v.scenario.changes;
        (v.digest == digest || v.adopted.is_some())
            && (changes.policy.is_some() || !changes.weights.is_empty())
    });
    let named = policies::get(tx, version)?;
    let stored = match named {
        Some(named) => Some(named),
        None => (policies::all(tx)?.into_iter()).find(|p| p.text == snapshot.policy),
    };
    match stored {
        _ if changed => report.proves("the policy is that of an adopted scenario"),
        None => report.differs("policy", version, "no such version is stored"),
        Some(stored) => {
            let stored = files::digest(stored.text.as_bytes());
            report.same("policy", stored, used.clone());
        }
    }
    report.policy = Some(PolicyUsed {
        version: version.to_owned(),
        digest: used,
    });
    Ok(())
}
