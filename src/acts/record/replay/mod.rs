//! Replay (复核重演): a decision is rebuilt from what is stored, and every place is named where what
//! stands is not what was decided: policy, snapshot and plan by their digests, the laws of the plan, the
//! states that the entries left one after another, the signatures and the powers behind them.
//!
//! A kind of decision is one [`Kind`] in [`KINDS`]; more kinds are more lines.
//!
//! Not here: solving (`planning`), who wrote the entries (`act`).

mod allocation;
mod case;
mod claw_back;
mod contract;
mod draw;
mod fold;
mod objection;
mod offer;
mod payment;
mod plan;
pub mod report;
mod scenario;
mod settlement;
mod signing;
mod solve;
mod sources;
mod succession;

use serde::Serialize;

pub(super) use fold::written;
pub use report::{Difference, Replay};
pub use solve::Again;
pub use sources::Sources;

use crate::acts::act::Owner;
use crate::acts::powers::record::REPLAY;
use crate::acts::{Desk, refuse};
use crate::domain::fault::Faults;
use crate::domain::ids::RoundId;
use crate::domain::round::Round;
use crate::store::{self, Reading};

/// A kind of decision.
pub struct Kind {
    /// Its name, for example `case`.
    pub name: &'static str,
    /// The keys of all decisions of this kind in a round.
    pub keys: fn(&mut Reading<'_>, &RoundId) -> Result<Vec<String>, Faults>,
    /// Whose a decision is. AC013 when there is none.
    pub owner: fn(&mut Reading<'_>, &str) -> Result<Owner, Faults>,
    /// Rebuilds it and tells what was found. AC013 when there is none.
    pub rebuild: fn(&mut Reading<'_>, &mut Sources, &mut Replay) -> Result<(), Faults>,
}

/// All kinds.
pub const KINDS: &[&Kind] = &[
    &plan::KIND,
    &allocation::KIND,
    &case::KIND,
    &objection::KIND,
    &offer::KIND,
    &succession::KIND,
    &contract::KIND,
    &scenario::KIND,
    &settlement::KIND,
    &payment::KIND,
    &claw_back::KIND,
    &draw::KIND,
    // One line per kind.
];

/// A decision: its kind and its key.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Decision {
    /// Kind.
    pub kind: &'static str,
    /// Key.
    pub key: String,
}

/// The kind of a name; AC018 with the names there are.
pub fn kind(name: &str) -> Result<&'static Kind, Faults> {
    let found = KINDS.iter().find(|k| k.name == name);
    found.copied().ok_or_else(|| {
        let names: Vec<&str> = KINDS.iter().map(|k| k.name).collect();
        let action = format!("name one of {}", names.join(", "));
        refuse::unfit("kind", format!("{name:?} is no kind of decision"), &action).into()
    })
}

/// Replays one decision; with `again` its plan is solved once more and compared byte for byte.
///
/// # Errors
/// AC018 for an unknown kind, AC013 when there is no such decision, AC012 for another district's.
pub fn replay(
    desk: &Desk,
    name: &str,
    key: &str,
    again: Option<&Again<'_>>,
) -> Result<Replay, Faults> {
    one(desk, kind(name)?, key, again, &mut Sources::default())
}

fn one(
    desk: &Desk,
    kind: &Kind,
    key: &str,
    again: Option<&Again<'_>>,
    sources: &mut Sources,
) -> Result<Replay, Faults> {
    let mut report = desk.look(&REPLAY, |tx| {
        let owner = (kind.owner)(tx, key)?;
        desk.own(&REPLAY, &owner)?;
        let mut report = Replay::new(kind.name, key);
        (kind.rebuild)(tx, sources, &mut report)?;
        Ok((owner, report))
    })?;
    if let Some(again) = again {
        solve::again(desk, again, &mut report)?;
    }
    Ok(for_eyes(desk, report))
}

/// Officers of the bureau are not named to districts.
fn for_eyes(desk: &Desk, mut report: Replay) -> Replay {
    if desk.person().role.is_district() {
        for signed in &mut report.signatures {
            if signed.role.starts_with("bureau") || signed.role == "operator" {
                signed.by.clear();
            }
        }
    }
    report
}

/// The decisions of a round that the actor may replay, by kind and key.
pub fn decisions(desk: &Desk, round: &RoundId) -> Result<Vec<Decision>, Faults> {
    desk.may(&REPLAY)?;
    desk.store().read(|tx| {
        let mut all = Vec::new();
        for kind in KINDS {
            for key in (kind.keys)(tx, round)? {
                let owner = (kind.owner)(tx, &key)?;
                if desk.own(&REPLAY, &owner).is_ok() {
                    all.push(Decision {
                        kind: kind.name,
                        key,
                    });
                }
            }
        }
        Ok(all)
    })
}

/// What a replay of many decisions came to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Decisions replayed.
    pub replayed: usize,
    /// Decisions there are.
    pub decisions: usize,
    /// Those that differ, whole.
    pub differing: Vec<Replay>,
}

impl Summary {
    /// True when every decision was replayed and matches.
    pub fn matches(&self) -> bool {
        self.differing.is_empty() && self.replayed == self.decisions
    }

    /// Every difference: kind and key of the decision, and the place.
    pub fn differences(&self) -> Vec<(String, Difference)> {
        let named = |r: &Replay| {
            let name = format!("{} {}", r.kind, r.key);
            let all = r.differences.iter().cloned();
            all.map(|d| (name.clone(), d)).collect::<Vec<_>>()
        };
        self.differing.iter().flat_map(named).collect()
    }
}

/// Replays all decisions of a round. `told` hears of each decision before it is replayed and says whether
/// to go on.
pub fn replay_round(
    desk: &Desk,
    round: &RoundId,
    again: Option<&Again<'_>>,
    told: &mut dyn FnMut(&Decision, usize, usize) -> bool,
) -> Result<Summary, Faults> {
    let all = decisions(desk, round)?;
    let mut sources = Sources::default();
    let mut summary = Summary {
        decisions: all.len(),
        ..Summary::default()
    };
    for (n, decision) in all.iter().enumerate() {
        if !told(decision, n, all.len()) {
            break;
        }
        let solves = again.filter(|_| decision.kind == plan::KIND.name);
        let report = one(
            desk,
            kind(decision.kind)?,
            &decision.key,
            solves,
            &mut sources,
        )?;
        summary.replayed += 1;
        if !report.matches {
            summary.differing.push(report);
        }
    }
    Ok(summary)
}

/// Every difference of all decisions of a round; empty when everything matches.
pub fn differences(desk: &Desk, round: &RoundId) -> Result<Vec<(String, Difference)>, Faults> {
    let summary = replay_round(desk, round, None, &mut |_, _, _| true)?;
    Ok(summary.differences())
}

/// All rounds, by key.
pub fn rounds(desk: &Desk) -> Result<Vec<RoundId>, Faults> {
    desk.may(&REPLAY)?;
    let all: Vec<Round> = desk.store().read(store::all)?;
    Ok(all.into_iter().map(|round| round.id).collect())
}
