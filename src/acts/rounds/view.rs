//! A round as people see it: where it stands, what the actor may do next, how it got there. Before
//! publicity only the bureau and its auditors see the plan; the names of officers they alone see ever.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::{is_inside, moves, procedure, subject};
use crate::acts::act::tag;
use crate::acts::{Desk, refuse};
use crate::domain::fault::{Fault, Faults};
use crate::domain::ids::RoundId;
use crate::domain::objection::Objection;
use crate::domain::offer::Offer;
use crate::domain::procedure::{Procedure, Step};
use crate::domain::round::Round;
use crate::domain::signature::Signature;
use crate::store::{self, Reading, journal};

/// An act that the actor may do next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Next {
    /// The act.
    pub act: &'static str,
    /// Last part of its path.
    pub verb: &'static str,
}

/// One act on the round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Past {
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub act: String,
    /// Who; only for the bureau and its auditors.
    pub by: Option<String>,
}

/// A round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Seen {
    /// The round.
    pub round: Round,
    /// Where it stands, less what the actor may not see.
    pub procedure: Procedure,
    /// Digest of the procedure, for `If-Match`.
    pub tag: String,
    /// What the actor may do next.
    pub next: Vec<Next>,
    /// How it got there, the oldest first.
    pub history: Vec<Past>,
    /// Offers by stage; only after confirmation.
    pub offers: BTreeMap<&'static str, u64>,
    /// Objections by stage.
    pub objections: BTreeMap<&'static str, u64>,
}

/// Acts on a round that everybody may know of.
const PUBLIC: [&str; 5] = [
    "publish guide",
    "freeze round",
    "publicise plan",
    "confirm round",
    "close round",
];

/// A round as the actor may see it. AC013 when there is none.
pub fn show(desk: &Desk, id: &RoundId) -> Result<Seen, Faults> {
    desk.store().read(|tx| {
        let round: Option<Round> = store::get(tx, id.as_str())?;
        let round = round.ok_or_else(|| refuse::absent("round", id))?;
        let whole = procedure(tx, id)?;
        let offers: Vec<Offer> = store::having(tx, "round_id", id.as_str())?;
        let objections: Vec<Objection> = store::having(tx, "round_id", id.as_str())?;
        let next = moves::open(desk, &whole).into_iter().map(|m| Next {
            act: m.power.act,
            verb: m.verb,
        });
        Ok(Seen {
            tag: tag_of(&round, &whole)?,
            round,
            next: next.collect(),
            history: history(desk, tx, id)?,
            offers: counted(offers.iter().map(|o| o.stage.name())),
            objections: counted(objections.iter().map(|o| o.stage.name())),
            procedure: shown(desk, whole),
        })
    })
}

/// The tag of a round: of its procedure, and of what it says of itself while that may be corrected.
pub(super) fn tag_of(round: &Round, procedure: &Procedure) -> Result<String, Fault> {
    match procedure.step {
        Step::Preparing => tag(&(round, procedure)),
        _ => tag(procedure),
    }
}

fn counted(names: impl Iterator<Item = &'static str>) -> BTreeMap<&'static str, u64> {
    let mut counts = BTreeMap::new();
    for name in names {
        *counts.entry(name).or_default() += 1;
    }
    counts
}

fn history(desk: &Desk, tx: &mut Reading<'_>, id: &RoundId) -> Result<Vec<Past>, Faults> {
    let inside = is_inside(desk);
    let rows = journal::about(tx, &subject(id))?.into_iter();
    let rows = rows.filter(|r| inside || PUBLIC.contains(&r.entry.act.as_str()));
    Ok(rows
        .map(|r| Past {
            at: r.entry.at,
            act: r.entry.act,
            by: inside.then_some(r.entry.actor),
        })
        .collect())
}

/// The procedure less what the actor may not see.
fn shown(desk: &Desk, mut now: Procedure) -> Procedure {
    if is_inside(desk) {
        return now;
    }
    let draft = matches!(now.step, Step::Chosen | Step::Approved);
    if draft {
        // Outside, a round with a draft looks like one that waits for a plan.
        now.step = Step::Frozen;
        now.choice = None;
    }
    if let Some(guide) = &mut now.guide {
        unnamed(&mut guide.published);
    }
    if let Some(choice) = &mut now.choice {
        unnamed(&mut choice.chosen);
        choice.approved.iter_mut().for_each(unnamed);
    }
    if let Some(publicity) = &mut now.publicity {
        unnamed(&mut publicity.published);
    }
    now.confirmed.iter_mut().for_each(unnamed);
    now
}

/// A mark without the account.
fn unnamed(mark: &mut Signature) {
    mark.by = String::new();
}
