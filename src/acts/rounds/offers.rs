//! Answers to offers: accepted, declined, taken back, lapsed. What is given back is free in the same
//! transaction, and a worker is asked to offer it to the next in line at once.
//!
//! An offer lapses when it is not answered in time, and an accepted one when its contract is not signed within
//! the working days that the policy sets. One that lapsed stays so, also when a clock goes back.
//!
//! Not here: who is next in line (`succession`), contracts.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde_json::json;

use super::holds::Hold;
use super::terms::{self, Term};
use super::{procedure, reason, sign, succession, today};
use crate::acts::act::{Done, Owner, Scope};
use crate::acts::powers::Power;
use crate::acts::powers::offers::{
    ACCEPT_OFFER, DECLINE_OFFER, EXPIRE_OFFER, REVOKE_OFFER, SEE_OFFER,
};
use crate::acts::{Bounds, Desk, refuse, tasks};
use crate::domain::calendar::UNKNOWN_YEAR;
use crate::domain::fault::{Code, Fault, Faults, Place};
use crate::domain::ids::{OfferId, RoundId};
use crate::domain::offer::{Offer, OfferStage};
use crate::domain::people::{Actor, Role};
use crate::domain::round::day_in_shenzhen;
use crate::store::allocations::HoldState;
use crate::store::{self, Reading, Writing};

/// The last day of the offer is over.
pub const OVER: Code = Code("AC290");

/// Whose an offer is: the firm's, and the district's of the space.
pub(super) fn owner(offer: &Offer) -> Owner {
    Owner::of(&offer.firm, &offer.district)
}

/// An offer, or AC013.
pub(super) fn need(tx: &mut Reading<'_>, id: &OfferId) -> Result<Offer, Faults> {
    let known = store::get(tx, id.as_str())?;
    Ok(known.ok_or_else(|| refuse::absent("offer", id))?)
}

/// One offer.
pub fn one(desk: &Desk, id: &OfferId) -> Result<Offer, Faults> {
    desk.look(&SEE_OFFER, |tx| {
        let offer = need(tx, id)?;
        Ok((owner(&offer), offer))
    })
}

/// The offers that the actor may see, by key; at most `limit` after a key.
pub fn list(
    desk: &Desk,
    round: Option<&RoundId>,
    stage: Option<OfferStage>,
    bounds: impl Into<Bounds>,
) -> Result<Vec<Offer>, Faults> {
    let mut equal = Vec::new();
    equal.extend(round.map(|r| ("round_id", r.to_string())));
    equal.extend(stage.map(|s| ("stage", s.name().to_owned())));
    match desk.scope(&SEE_OFFER)? {
        Scope::All => {}
        Scope::Firm(firm) => equal.push(("firm_id", firm.to_string())),
        Scope::District(district) => equal.push(("district_id", district.to_string())),
    }
    let filter = bounds.into().filter::<Offer>(equal)?;
    Ok(desk.store().read(|tx| store::select(tx, &filter))?)
}

/// How an offer is answered.
struct Answer<'a> {
    power: &'a Power,
    from: &'a [OfferStage],
    to: OfferStage,
    reason: &'a str,
}

/// Accepts an offer, on its last day at the latest.
///
/// # Errors
/// AC290 after that day, AC014 when it is answered, AC012 for another firm.
pub fn accept(desk: &Desk, id: &OfferId) -> Result<Offer, Faults> {
    let answer = Answer {
        power: &ACCEPT_OFFER,
        from: &[OfferStage::Open],
        to: OfferStage::Accepted,
        reason: "",
    };
    settle(desk, id, &answer, |_, offer| in_time(desk, offer))
}

/// Declines an offer, open or accepted, while no contract is signed; with the reason.
pub fn decline(desk: &Desk, id: &OfferId, why: &str) -> Result<Offer, Faults> {
    let answer = Answer {
        power: &DECLINE_OFFER,
        from: &[OfferStage::Open, OfferStage::Accepted],
        to: OfferStage::Declined,
        reason: why,
    };
    settle(desk, id, &answer, |tx, offer| free(tx, offer, why))
}

/// Takes an offer back, open or accepted, while no contract is signed; with the reason.
pub fn revoke(desk: &Desk, id: &OfferId, why: &str) -> Result<Offer, Faults> {
    let answer = Answer {
        power: &REVOKE_OFFER,
        from: &[OfferStage::Open, OfferStage::Accepted],
        to: OfferStage::Revoked,
        reason: why,
    };
    settle(desk, id, &answer, |tx, offer| free(tx, offer, why))
}

/// Lets one offer lapse whose last day is over.
fn expire(desk: &Desk, id: &OfferId) -> Result<Offer, Faults> {
    let answer = Answer {
        power: &EXPIRE_OFFER,
        from: &[OfferStage::Open, OfferStage::Accepted],
        to: OfferStage::Expired,
        reason: "",
    };
    settle(desk, id, &answer, |tx, offer| {
        if !is_over(tx, desk, offer)? {
            let subject = format!("offer {}", offer.id);
            let is = format!("{} in time", offer.stage.name());
            return Err(refuse::wrong_state(subject, &is, &["over"]).into());
        }
        free(tx, offer, "lapsed")
    })
}

/// The last day on which the contract of an accepted offer is signed: so many working days of the policy after
/// the day of the acceptance. `None` while it is not accepted, and where the policy does not govern the
/// procedure.
///
/// # Errors
/// DM200 when it leads into a year whose holidays are not known.
pub(super) fn sign_by(tx: &mut Reading<'_>, offer: &Offer) -> Result<Option<NaiveDate>, Faults> {
    let accepted = offer.answered.as_ref().map(|a| day_in_shenzhen(a.at));
    let Some(day) = accepted.filter(|_| offer.stage == OfferStage::Accepted) else {
        return Ok(None);
    };
    let now = procedure(tx, &offer.round)?;
    if terms::policy(tx, &now, day)?.process.is_none() {
        return Ok(None);
    }
    Ok(Some(terms::last_day(tx, &now, Term::Contract, day)?))
}

/// True when the last day of an open offer, or of signing an accepted one, is over. A day that cannot be counted
/// yet is not over.
fn is_over(tx: &mut Reading<'_>, desk: &Desk, offer: &Offer) -> Result<bool, Faults> {
    let day = today(desk);
    match offer.stage {
        OfferStage::Open => Ok(offer.expires_on < day),
        _ => match sign_by(tx, offer) {
            Ok(last) => Ok(last.is_some_and(|last| last < day)),
            Err(faults) if faults.0.iter().all(|f| f.code == UNKNOWN_YEAR) => Ok(false),
            Err(faults) => Err(faults),
        },
    }
}

/// The offers whose last day is over.
fn over(tx: &mut Reading<'_>, desk: &Desk) -> Result<Vec<OfferId>, Faults> {
    let mut all: Vec<Offer> = store::having(tx, "stage", OfferStage::Open.name())?;
    all.extend(store::having::<Offer>(
        tx,
        "stage",
        OfferStage::Accepted.name(),
    )?);
    let mut due = Vec::new();
    for offer in all {
        if is_over(tx, desk, &offer)? {
            due.push(offer.id);
        }
    }
    Ok(due)
}

/// Lets every offer lapse whose last day is over, and every accepted one whose contract was not signed in
/// time, each as an act of its own; gives their keys. What was answered or signed meanwhile is left alone.
pub fn expire_due(desk: &Desk) -> Result<Vec<OfferId>, Faults> {
    desk.may(&EXPIRE_OFFER)?;
    let due = desk.store().read(|tx| over(tx, desk))?;
    let mut lapsed = Vec::new();
    for id in due {
        match expire(desk, &id) {
            Ok(offer) => lapsed.push(offer.id),
            Err(faults) if faults.0.iter().all(|f| f.code == refuse::WRONG_STATE) => {}
            Err(faults) => return Err(faults),
        }
    }
    Ok(lapsed)
}

fn settle(
    desk: &Desk,
    id: &OfferId,
    answer: &Answer<'_>,
    then: impl FnOnce(&mut Writing<'_>, &Offer) -> Result<(), Faults>,
) -> Result<Offer, Faults> {
    let asked = json!({ "offer": id, "reason": answer.reason });
    desk.act(answer.power, &asked, |tx| {
        let before = need(tx, id)?;
        // Before anything is said of it.
        desk.own(answer.power, &owner(&before))?;
        if !answer.from.contains(&before.stage) {
            let needs: Vec<&str> = answer.from.iter().map(|s| s.name()).collect();
            let subject = format!("offer {id}");
            return Err(refuse::wrong_state(subject, before.stage.name(), &needs).into());
        }
        then(tx, &before)?;
        let after = Offer {
            stage: answer.to,
            answered: Some(sign(desk, answer.reason)),
            ..before.clone()
        };
        store::upsert_many(tx, std::slice::from_ref(&after))?;
        let done = Done::new(after.clone(), format!("offer {id}"), owner(&after));
        Ok(done.before(&before)?.after(&after)?)
    })
}

fn in_time(desk: &Desk, offer: &Offer) -> Result<(), Faults> {
    if today(desk) <= offer.expires_on {
        return Ok(());
    }
    Err(Fault::new(
        OVER,
        format!("the offer could be accepted until {}", offer.expires_on),
        "ask the bureau; the space goes to the next in line",
    )
    .at(Place::subject(format!("offer {}", offer.id)))
    .into())
}

/// Gives back what an offer reserves, on a reason.
fn free(tx: &mut Writing<'_>, offer: &Offer, why: &str) -> Result<(), Faults> {
    reason(why)?;
    let until = offer.award.lease.until();
    Ok(Hold::of_offer(offer).change(tx, HoldState::Ended, until)?)
}

/// Lets every offer lapse whose last day is over, and asks that what is free then is offered to the next in line.
pub fn expire_and_succeed(desk: &Desk) -> Result<Vec<OfferId>, Faults> {
    let lapsed = expire_due(desk)?;
    let mut rounds = BTreeSet::new();
    for id in &lapsed {
        rounds.insert(desk.store().read(|tx| need(tx, id))?.round);
    }
    for round in rounds {
        succeed(desk, &round);
    }
    Ok(lapsed)
}

/// Asks a worker to offer what is free in a round to the next in line, at once. When it cannot be asked the log
/// says so and the next call asks again: the answer that freed it stands.
pub fn succeed(desk: &Desk, round: &RoundId) {
    let worker = desk.of(Actor::city("worker", Role::Operator));
    if let Err(faults) = tasks::offer_next(&worker, round) {
        tracing::warn!(%round, %faults, "nobody was asked to offer what is free");
    }
}

/// Offers what is free in a round to the next in line, without a task: on the machine itself. What it cannot do
/// now it leaves to the next call, and says so in the log.
pub fn succeed_now(desk: &Desk, round: &RoundId) {
    let worker = desk.of(Actor::city("worker", Role::Operator));
    if let Err(faults) = succession::offer_next(&worker, round) {
        tracing::warn!(%round, %faults, "nobody was offered what is free");
    }
}
