//! Closing a round (办结): every offer is answered and every accepted one signed. The waiting list is over;
//! what is given back later goes to the next round.

use super::{at, procedure, reason, subject};
use crate::acts::Desk;
use crate::acts::act::{Done, Owner};
use crate::acts::powers::rounds::CLOSE_ROUND;
use crate::domain::fault::{Code, Fault, Faults};
use crate::domain::ids::RoundId;
use crate::domain::offer::{Offer, OfferStage};
use crate::domain::procedure::{Procedure, Step};
use crate::domain::task::{Task, Work};
use crate::store::{self, Reading};

/// Offers are open, or accepted and not signed.
pub const OFFERS_OPEN: Code = Code("AC294");

/// Closes a round, with the reason.
///
/// # Errors
/// AC294 while offers are open or wait for their contract, or the next in line is still owed one, AC014 unless it is confirmed.
pub fn close(desk: &Desk, round: &RoundId, why: &str) -> Result<Procedure, Faults> {
    let asked = serde_json::json!({ "round": round, "reason": why });
    desk.act(&CLOSE_ROUND, &asked, |tx| {
        let before = procedure(tx, round)?;
        at(&before, &[Step::Confirmed])?;
        reason(why)?;
        let offers: Vec<Offer> = store::having(tx, "round_id", round.as_str())?;
        let live = |o: &&Offer| matches!(o.stage, OfferStage::Open | OfferStage::Accepted);
        let count = offers.iter().filter(live).count();
        if count > 0 {
            return Err(Fault::new(
                OFFERS_OPEN,
                format!("{count} offers are open or wait for their contract"),
                "wait for the answers, sign, or take them back",
            )
            .into());
        }
        owed(tx, round)?;
        let after = Procedure {
            step: Step::Closed,
            ..before.clone()
        };
        store::upsert_many(tx, std::slice::from_ref(&after))?;
        let done = Done::new(after.clone(), subject(round), Owner::city());
        Ok(done.before(&before)?.after(&after)?)
    })
}

/// AC294 while a worker is still asked to offer what is free to the next in line.
fn owed(tx: &mut Reading<'_>, round: &RoundId) -> Result<(), Faults> {
    let all: Vec<Task> = store::having(tx, "round_id", round.as_str())?;
    let asked = |t: &&Task| !t.state.is_over() && matches!(t.work, Work::OfferNext { .. });
    match all.iter().find(asked) {
        None => Ok(()),
        Some(task) => {
            let cause = format!(
                "the next in line is still to be offered what is free, by task {}",
                task.id
            );
            let action = "wait for the worker, or offer it at once, then close";
            Err(Fault::new(OFFERS_OPEN, cause, action).into())
        }
    }
}
