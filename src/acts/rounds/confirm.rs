//! Confirmation (确认): the publicity period is over and no objection is open. Offers go out for all awards
//! of the plan, what they offer is reserved, and all others are on the waiting list.
//!
//! Not here: answers to the offers.

use crate::acts::stored;
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde_json::json;

use super::holds::Hold;
use super::terms::{self, Term};
use super::{at, freezing, fresh, lacking, procedure, reason, sign, subject, today};
use crate::acts::act::{Done, Owner};
use crate::acts::powers::rounds::CONFIRM_ROUND;
use crate::acts::{Desk, refuse};
use crate::domain::fault::{Code, Fault, Faults};
use crate::domain::ids::{ApplicationId, FirmId, RoundId};
use crate::domain::objection::{Objection, ObjectionStage};
use crate::domain::offer::{Offer, OfferStage};
use crate::domain::place::DistrictCode;
use crate::domain::plan::{Award, Plan};
use crate::domain::points::Points;
use crate::domain::procedure::{Procedure, Step};
use crate::domain::signature::Signature;
use crate::domain::snapshot::Snapshot;
use crate::domain::waiting_list::Waiter;
use crate::planning::build;
use crate::store::allocations::HoldState;
use crate::store::{self, Reading, Writing};

/// The publicity period still runs.
pub const PUBLICITY_RUNS: Code = Code("AC288");
/// Objections are not answered yet.
pub const OBJECTIONS_OPEN: Code = Code("AC289");

/// What is confirmed, read and counted before the act.
struct Ready {
    seen: Procedure,
    digest: String,
    plan: Plan,
    snapshot: Snapshot,
    /// Points of the best option by application.
    best: BTreeMap<ApplicationId, Points>,
}

/// Confirms the plan of a round.
///
/// # Errors
/// AC288 while the publicity runs, AC289 while objections are open, DM200 when the last day of the
/// offers cannot be counted, ST104 or ST105 when something is let elsewhere, AC014 in another step.
pub fn confirm(desk: &Desk, round: &RoundId, why: &str) -> Result<Procedure, Faults> {
    desk.may(&CONFIRM_ROUND)?;
    reason(why)?;
    let asked = json!({ "round": round, "reason": why });
    if let Some(done) = desk.answered(&CONFIRM_ROUND, &asked)? {
        return Ok(done);
    }
    let ready = prepare(desk, round)?;
    desk.act(&CONFIRM_ROUND, &asked, |tx| {
        let before = procedure(tx, round)?;
        if before != ready.seen {
            return Err(refuse::changed(subject(round)).into());
        }
        may_end(desk, tx, &before)?;
        let signed = sign(desk, why);
        let expires_on = terms::last_day(tx, &before, Term::Offer, today(desk))?;
        let out = freezing::left_out(tx, round)?;
        let awards = ready.plan.awards.iter();
        let awards: Vec<&Award> = awards.filter(|a| !out.contains(&a.application)).collect();
        let source = Source {
            snapshot: &ready.snapshot,
            plan: &ready.digest,
        };
        make(tx, &source, &awards, &signed, expires_on)?;
        queue(tx, &ready, &out)?;
        let after = Procedure {
            step: Step::Confirmed,
            confirmed: Some(signed),
            ..before.clone()
        };
        store::upsert_many(tx, std::slice::from_ref(&after))?;
        let done = Done::new(after.clone(), subject(round), Owner::city());
        Ok(done.before(&before)?.after(&after)?)
    })
}

fn prepare(desk: &Desk, round: &RoundId) -> Result<Ready, Faults> {
    let (seen, digest, plan, snapshot) = desk.store().read(|tx| -> Result<_, Faults> {
        let seen = procedure(tx, round)?;
        at(&seen, &[Step::Publicised])?;
        may_end(desk, tx, &seen)?;
        let choice = seen.choice.clone();
        let choice = choice.ok_or_else(|| lacking(&seen, "a choice"))?;
        let plan = stored::plan(tx, &choice.plan)?;
        let snapshot = stored::snapshot(tx, &plan.snapshot)?;
        Ok((seen, choice.plan, plan, snapshot))
    })?;
    let built = build::build(&snapshot)?;
    let best = built.cases.into_iter().filter_map(|case| {
        let option = case.options.first()?;
        Some((case.application, option.value))
    });
    Ok(Ready {
        seen,
        digest,
        plan,
        best: best.collect(),
        snapshot,
    })
}

fn may_end(desk: &Desk, tx: &mut Reading<'_>, now: &Procedure) -> Result<(), Faults> {
    let period = now.publicity.as_ref();
    let period = period.ok_or_else(|| lacking(now, "a publicity period"))?;
    if today(desk) <= period.until {
        return Err(Fault::new(
            PUBLICITY_RUNS,
            format!("objections may come in until the end of {}", period.until),
            "confirm after the period",
        )
        .into());
    }
    let all: Vec<Objection> = store::having(tx, "round_id", now.round.as_str())?;
    let open = all.iter().filter(|o| o.stage == ObjectionStage::Open);
    let open: Vec<&str> = open.map(|o| o.id.as_str()).collect();
    if open.is_empty() {
        return Ok(());
    }
    let some = open.iter().take(10).copied().collect::<Vec<_>>().join(", ");
    let cause = format!("{} not answered: {some}", open.len());
    Err(Fault::new(OBJECTIONS_OPEN, cause, "answer these objections first").into())
}

/// Where offers come from.
pub(super) struct Source<'a> {
    /// The snapshot of the plan.
    pub snapshot: &'a Snapshot,
    /// Digest of the plan.
    pub plan: &'a str,
}

/// Makes offers of awards and reserves what they offer.
pub(super) fn make(
    tx: &mut Writing<'_>,
    source: &Source<'_>,
    awards: &[&Award],
    signed: &Signature,
    expires_on: NaiveDate,
) -> Result<Vec<Offer>, Faults> {
    let firms = firms(source.snapshot);
    let sites = &source.snapshot.inventory.sites;
    let districts: BTreeMap<_, &DistrictCode> =
        sites.iter().map(|s| (&s.id, &s.district)).collect();
    let mut offers = Vec::new();
    for award in awards {
        let firm = firms.get(&award.application).copied();
        let district = districts.get(&award.site).copied();
        let (Some(firm), Some(district)) = (firm, district) else {
            return Err(refuse::absent("application", &award.application).into());
        };
        offers.push(Offer {
            id: fresh("O")?,
            application: award.application.clone(),
            firm: firm.clone(),
            round: source.snapshot.round.id.clone(),
            district: district.clone(),
            plan: source.plan.to_owned(),
            award: (*award).clone(),
            expires_on,
            stage: OfferStage::Open,
            made: signed.clone(),
            answered: None,
        });
    }
    store::upsert_many(tx, &offers)?;
    for offer in &offers {
        Hold::of_offer(offer).enter(tx, HoldState::Reserved)?;
    }
    Ok(offers)
}

fn firms(snapshot: &Snapshot) -> BTreeMap<&ApplicationId, &FirmId> {
    let all = snapshot.applications.iter();
    all.map(|a| (&a.id, &a.firm)).collect()
}

/// Puts all others on the waiting list.
fn queue(tx: &mut Writing<'_>, ready: &Ready, out: &BTreeSet<ApplicationId>) -> Result<(), Faults> {
    let firms = firms(&ready.snapshot);
    let seats: BTreeMap<&FirmId, &DistrictCode> = (ready.snapshot.firms.iter())
        .map(|f| (&f.id, &f.district))
        .collect();
    let waiting = ready.plan.waiting.iter();
    let waiters: Vec<Waiter> = waiting
        .filter(|w| !out.contains(&w.application))
        .filter_map(|w| {
            let firm = *firms.get(&w.application)?;
            Some(Waiter {
                application: w.application.clone(),
                firm: firm.clone(),
                round: ready.snapshot.round.id.clone(),
                district: (*seats.get(firm)?).clone(),
                best: ready.best.get(&w.application).copied(),
                why: w.why.clone(),
            })
        })
        .collect();
    store::upsert_many(tx, &waiters)?;
    Ok(())
}
