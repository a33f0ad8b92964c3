//! Publicity (公示): the approved plan is published for the working days that the policy sets. The day
//! of publication is not counted; an unknown year blocks the end date (DM200).
//!
//! Not here: objections during it.

use serde_json::json;

use super::terms::{self, Term};
use super::{at, procedure, sign, subject, today, words};
use crate::acts::Desk;
use crate::acts::act::{Done, Owner};
use crate::acts::powers::rounds::PUBLICISE_PLAN;
use crate::domain::fault::Faults;
use crate::domain::ids::RoundId;
use crate::domain::procedure::{Procedure, Publicity, Step};
use crate::store;

/// Begins the publicity period, under a document number.
///
/// # Errors
/// DM200 when the period leads into a year whose holidays are not known, AC014 in another step.
pub fn publicise(desk: &Desk, round: &RoundId, number: &str) -> Result<Procedure, Faults> {
    let asked = json!({ "round": round, "number": number });
    desk.act(&PUBLICISE_PLAN, &asked, |tx| {
        let before = procedure(tx, round)?;
        at(&before, &[Step::Approved])?;
        words("number", number)?;
        let from = today(desk);
        let until = terms::last_day(tx, &before, Term::Publicity, from)?;
        let after = Procedure {
            step: Step::Publicised,
            publicity: Some(Publicity {
                number: number.trim().to_owned(),
                from,
                until,
                published: sign(desk, ""),
            }),
            ..before.clone()
        };
        store::upsert_many(tx, std::slice::from_ref(&after))?;
        let done = Done::new(after.clone(), subject(round), Owner::city());
        Ok(done.before(&before)?.after(&after)?)
    })
}
