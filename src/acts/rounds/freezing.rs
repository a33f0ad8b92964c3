//! The freeze (冻结): once the window is over, one moment's facts become the snapshot in force. The
//! cut-off is the end of the window. Freezing again takes the facts anew and keeps the pins.
//!
//! Only verified cases go in; an application without a case (imported) counts as verified, unless an
//! objection to its award was upheld. A firm that was barred since is left out, and officers see it.
//!
//! Not here: gathering the facts (`acts::freeze`).

use crate::acts::stored;
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{at, lacking, procedure, subject, today, variant};
use crate::acts::act::{Done, Owner, Scope};
use crate::acts::powers::rounds::{FREEZE_ROUND, SEE_BARRED};
use crate::acts::supervision::sanctions;
use crate::acts::{Desk, freeze};
use crate::domain::application::Application;
use crate::domain::case::{Case, CaseStage};
use crate::domain::fault::{Code, Fault, Faults};
use crate::domain::firm::Firm;
use crate::domain::ids::{ApplicationId, BanId, FirmId, RoundId};
use crate::domain::objection::{Objection, ObjectionStage};
use crate::domain::procedure::{Procedure, Step};
use crate::domain::snapshot::{Pin, Snapshot};
use crate::store::{self, Reading, applications};

/// The window is still open.
pub const WINDOW_OPEN: Code = Code("AC281");

/// Freezes a round.
///
/// # Errors
/// AC281 while the window is open, AC111 when nobody qualifies, AC014 in another step.
pub fn freeze(desk: &Desk, round: &RoundId) -> Result<Procedure, Faults> {
    desk.act(&FREEZE_ROUND, &round, |tx| {
        let before = procedure(tx, round)?;
        at(&before, &[Step::Guided, Step::Frozen])?;
        let guide = before.guide.as_ref();
        let guide = guide.ok_or_else(|| lacking(&before, "a guide"))?;
        if desk.now() < guide.closes_at {
            return Err(Fault::new(
                WINDOW_OPEN,
                format!("applications may come in until {}", guide.closes_at),
                "freeze after the window",
            )
            .into());
        }
        let mut snapshot = freeze::gather(desk, tx, round)?;
        snapshot.round.cut_off = guide.closes_at;
        snapshot.pins = pins(tx, &before, &snapshot)?;
        let digest = variant::put(tx, &snapshot)?;
        store::upsert_many(tx, std::slice::from_ref(&snapshot.round))?;
        let after = Procedure {
            step: Step::Frozen,
            snapshot: Some(digest),
            ..before.clone()
        };
        store::upsert_many(tx, std::slice::from_ref(&after))?;
        let done = Done::new(after.clone(), subject(round), Owner::city());
        Ok(done.before(&before)?.after(&after)?)
    })
}

/// The pins of the snapshot in force whose applications are still in.
fn pins(tx: &mut Reading<'_>, before: &Procedure, snapshot: &Snapshot) -> Result<Vec<Pin>, Faults> {
    let Some(digest) = &before.snapshot else {
        return Ok(Vec::new());
    };
    let mut pins = stored::snapshot(tx, digest)?.pins;
    let still: BTreeSet<&ApplicationId> = snapshot.applications.iter().map(|a| &a.id).collect();
    pins.retain(|p| still.contains(&p.application));
    Ok(pins)
}

/// An application that is left out because its firm is barred.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Barred {
    /// The application.
    pub application: ApplicationId,
    /// Its firm.
    pub firm: FirmId,
    /// The ban.
    pub ban: BanId,
    /// Its last day.
    pub until: NaiveDate,
}

/// The applications of a round whose firms are barred on a day, by key: they enter no snapshot and are offered
/// nothing. Drafts are not among them.
pub(in crate::acts) fn barred(
    tx: &mut Reading<'_>,
    round: &RoundId,
    day: NaiveDate,
) -> Result<Vec<Barred>, Faults> {
    let all: Vec<Application> = applications::of_round(tx, round)?;
    let mut found = Vec::new();
    for application in all {
        if let Some(ban) = sanctions::ban_on(tx, &application.firm, day)? {
            found.push(Barred {
                application: application.id,
                firm: application.firm,
                ban: ban.id,
                until: ban.until,
            });
        }
    }
    found.sort_by(|a, b| a.application.cmp(&b.application));
    Ok(found)
}

/// What would be left out of a freeze today because of a ban: to officers, to districts those of their own
/// firms.
pub fn barred_now(desk: &Desk, round: &RoundId) -> Result<Vec<Barred>, Faults> {
    let scope = desk.scope(&SEE_BARRED)?;
    desk.store().read(|tx| {
        procedure(tx, round)?;
        let mut all = Vec::new();
        for one in barred(tx, round, today(desk))? {
            let firm: Firm = store::need(tx, one.firm.as_str())?;
            if scope == Scope::All || scope == Scope::District(firm.district) {
                all.push(one);
            }
        }
        Ok(all)
    })
}

/// The applications of a round that do not go into a snapshot.
pub(in crate::acts) fn left_out(
    tx: &mut Reading<'_>,
    round: &RoundId,
) -> Result<BTreeSet<ApplicationId>, Faults> {
    let cases: Vec<Case> = store::having(tx, "round_id", round.as_str())?;
    let stages: BTreeMap<ApplicationId, CaseStage> =
        cases.into_iter().map(|c| (c.id, c.stage)).collect();
    let objections: Vec<Objection> = store::having(tx, "round_id", round.as_str())?;
    let upheld = objections
        .into_iter()
        .filter(|o| o.stage == ObjectionStage::Upheld && !stages.contains_key(&o.application))
        .map(|o| o.application)
        .collect::<Vec<_>>();
    let open = (stages.into_iter())
        .filter(|(_, stage)| *stage != CaseStage::Verified)
        .map(|(id, _)| id);
    Ok(open.chain(upheld).collect())
}
