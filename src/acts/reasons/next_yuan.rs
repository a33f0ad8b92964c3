//! Who would be placed if a district had more quota: the plan of its budget year that everybody may see, solved again
//! with so much more. A district asks of its own quota.
//!
//! Not here: what more quota would change in a settlement (`money::what_if`).

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use serde::Serialize;

use super::{Read, seconds};
use crate::acts::money::quotas;
use crate::acts::powers::reasons::ASK_NEXT_YUAN;
use crate::acts::{Desk, prices, published, stored};
use crate::domain::fault::Faults;
use crate::domain::ids::{ApplicationId, FirmId, RoundId};
use crate::domain::ledger::QuotaKey;
use crate::domain::money::Fen;
use crate::domain::round::Round;
use crate::planning::ask::range::Range;
use crate::planning::inverse::more::{self, More};
use crate::store::{self, Reading};

/// What more quota would bring in a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NextYuan {
    /// The round.
    pub round: RoundId,
    /// Digest of its plan.
    pub plan: String,
    /// How many points more.
    pub gain: Range,
    /// Who gains a place.
    pub placed: Vec<(ApplicationId, FirmId)>,
}

/// Who would be placed with so much more quota, in the newest plan of the budget year that everybody may see; nothing
/// where there is none. One run of so many seconds.
///
/// # Errors
/// AC012 for the quota of another district, AC520, PL202 where no hard quota limits the plan.
pub fn next_yuan(
    desk: &Desk,
    key: &QuotaKey,
    amount: Fen,
    limit: u32,
) -> Result<Option<NextYuan>, Faults> {
    let found = desk.look(&ASK_NEXT_YUAN, |tx| {
        Ok((quotas::owner(key), newest(tx, key.year)?))
    })?;
    let Some((round, digest)) = found else {
        return Ok(None);
    };
    let read = desk.library().get(&digest, || {
        let (snapshot, plan, prices) = desk.store().read(|tx| {
            let plan = stored::plan(tx, &digest)?;
            let snapshot = stored::snapshot(tx, &plan.snapshot)?;
            Ok::<_, Faults>((snapshot, plan, prices::of(tx, &digest)?))
        })?;
        Read::of(snapshot, plan, prices)
    })?;
    let effort = seconds(limit, read.snapshot.round.seed)?;
    let more = More::Quota {
        district: key.district.clone(),
        amount,
    };
    let stop = Arc::new(AtomicBool::new(false));
    let gain = more::gain(&read.footing()?, &more, &effort, &stop)?;
    let firm = |id: &ApplicationId| {
        let mut all = read.snapshot.applications.iter();
        all.find(|a| a.id == *id).map(|a| a.firm.clone())
    };
    let placed = gain.placed.iter();
    Ok(Some(NextYuan {
        round,
        plan: digest,
        gain: gain.gain,
        placed: placed
            .filter_map(|id| Some((id.clone(), firm(id)?)))
            .collect(),
    }))
}

/// The newest round of a budget year with a plan that everybody may see, and the digest of it.
fn newest(tx: &mut Reading<'_>, year: i32) -> Result<Option<(RoundId, String)>, Faults> {
    let mut rounds: Vec<Round> = store::all(tx)?;
    rounds.retain(|r| r.subsidy_year == year);
    rounds.sort_by_key(|r| std::cmp::Reverse(r.cut_off));
    for round in rounds {
        if let Some(digest) = published::plan_of(tx, &round.id)? {
            return Ok(Some((round.id, digest)));
        }
    }
    Ok(None)
}
