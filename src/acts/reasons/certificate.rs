//! The certificate of one application, with its sentences. A firm reads its own and a district those of the
//! firms registered in it, both only of the plan that the public may see, and without the names of other
//! firms; the bureau reads all.
//!
//! Not here: who may see whom in a certificate (`planning::why::viewer`).

use std::sync::Arc;

use serde::Serialize;

use super::{Read, unpublished};
use crate::acts::act::{Owner, Scope};
use crate::acts::powers::Reach;
use crate::acts::powers::reasons::SEE_REASON;
use crate::acts::{Desk, prices, published, refuse, stored};
use crate::domain::application::Application;
use crate::domain::fault::Faults;
use crate::domain::firm::Firm;
use crate::domain::ids::ApplicationId;
use crate::domain::snapshot::Snapshot;
use crate::planning::facts::Facts;
use crate::planning::why::book::Text;
use crate::planning::why::certificate::{Office, Sheet};
use crate::planning::why::tell::tell;
use crate::planning::why::viewer::{Viewer, firm_of};

/// A certificate and its sentences.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Told {
    /// The certificate.
    pub sheet: Sheet,
    /// In words, the most important first.
    pub sentences: Vec<Text>,
}

/// The certificate of an application in a stored plan. AC013 when it is not there or not published to the
/// reader, AC012 when it is another's.
pub fn certificate(desk: &Desk, digest: &str, application: &ApplicationId) -> Result<Told, Faults> {
    let read = visible(desk, digest, application)?;
    let facts = Facts::of(&read.snapshot)?;
    let footing = read.footing()?;
    let office = Office::of(&facts, &footing)?;
    let sheet = office.sheet(application, &viewer(desk)?)?;
    let (asked, _) = found(&read.snapshot, application)?;
    Ok(Told {
        sentences: tell(&read.names(), asked, &sheet),
        sheet,
    })
}

/// The plan, when the reader may read about the application in it.
fn visible(desk: &Desk, digest: &str, application: &ApplicationId) -> Result<Arc<Read>, Faults> {
    let all = SEE_REASON.reach(desk.person().role) == Reach::All;
    let known = desk.library().peek(digest);
    let loaded = desk.look(&SEE_REASON, |tx| {
        let loaded = match &known {
            Some(_) => None,
            None => {
                let plan = stored::plan(tx, digest)?;
                let snapshot = stored::snapshot(tx, &plan.snapshot)?;
                Some((snapshot, plan, prices::of(tx, digest)?))
            }
        };
        let here = known.as_ref().map(|read| &read.snapshot);
        let Some(snapshot) = here.or(loaded.as_ref().map(|l| &l.0)) else {
            return Err(unpublished(digest).into());
        };
        let shown = published::plan_of(tx, &snapshot.round.id)?;
        if !all && shown.as_deref() != Some(digest) {
            return Err(unpublished(digest).into());
        }
        let (_, firm) = found(snapshot, application)?;
        Ok((Owner::of(&firm.id, &firm.district), loaded))
    })?;
    match (known, loaded) {
        (Some(read), _) => Ok(read),
        (None, Some((snapshot, plan, prices))) => {
            let read = || Read::of(snapshot, plan, prices);
            desk.library().get(digest, read)
        }
        (None, None) => Err(unpublished(digest).into()),
    }
}

fn found<'s>(
    snapshot: &'s Snapshot,
    application: &ApplicationId,
) -> Result<(&'s Application, &'s Firm), Faults> {
    let all = &snapshot.applications;
    let place = all.binary_search_by(|a| a.id.cmp(application)).ok();
    let both = place
        .and_then(|n| all.get(n))
        .zip(firm_of(snapshot, application));
    both.ok_or_else(|| refuse::absent("application", application).into())
}

fn viewer(desk: &Desk) -> Result<Viewer, Faults> {
    Ok(match desk.scope(&SEE_REASON)? {
        Scope::All => Viewer::All,
        Scope::Firm(firm) => Viewer::Firm(firm),
        Scope::District(district) => Viewer::District(district),
    })
}
