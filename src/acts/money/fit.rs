//! Whether money may go out for a contract on a day: no suspension stands over it, and the months are not lost
//! by a breach or an early end. Asked before a claim becomes payable, before it goes into a batch and
//! before the file of the batch is handed out.
//!
//! Not here: suspensions (`acts::supervision`), stopping what is payable already (`stop`).

use super::claims::still_claimable;
use super::today;
use crate::acts::Desk;
use crate::acts::supervision::sanctions;
use crate::domain::claim::Claim;
use crate::domain::fault::{Code, Fault, Faults, Place};
use crate::store::Reading;

/// The aid of the contract is suspended.
pub const SUSPENDED: Code = Code("AC395");

/// AC395 under a suspension, DM251 for months that were lost since.
pub(super) fn to_be_paid(tx: &mut Reading<'_>, desk: &Desk, claim: &Claim) -> Result<(), Faults> {
    let day = today(desk);
    if let Some(suspension) = sanctions::suspension_on(tx, &claim.contract, day)? {
        let cause = match suspension.until {
            Some(last) => format!("the aid of the contract is suspended until {last}"),
            None => {
                "the aid of the contract is suspended until the suspension is lifted".to_owned()
            }
        };
        let place = Place::subject(format!("suspension {}", suspension.id));
        let action = "wait for that day, or let the suspension be lifted";
        return Err(Fault::new(SUSPENDED, cause, action).at(place).into());
    }
    let contract = crate::acts::rounds::contracts::need(tx, &claim.contract)?;
    still_claimable(desk, &contract, claim)
}
