//! The waiting list (轮候) as people see it: a firm its own place, a district those of its firms, the
//! bureau all. Its order is that of `domain::waiting_list`.
//!
//! Not here: who gets what is given back (`succession`).

use std::collections::BTreeSet;

use serde::Serialize;

use super::freezing;
use crate::acts::Desk;
use crate::acts::act::Scope;
use crate::acts::powers::rounds::SEE_WAITING;
use crate::domain::fault::Faults;
use crate::domain::ids::{ApplicationId, RoundId};
use crate::domain::offer::Offer;
use crate::domain::waiting_list::{Succession, Waiter};
use crate::store::{self, Reading};

/// A place on the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Place {
    /// From 1; `None` for an application that nothing fits.
    pub position: Option<u32>,
    /// Who waits.
    pub waiter: Waiter,
}

/// The places that the actor may see, in order.
pub fn list(desk: &Desk, round: &RoundId) -> Result<Vec<Place>, Faults> {
    let scope = desk.scope(&SEE_WAITING)?;
    let mut places = desk.store().read(|tx| places(tx, round))?;
    places.retain(|p| match &scope {
        Scope::All => true,
        Scope::Firm(firm) => p.waiter.firm == *firm,
        Scope::District(district) => p.waiter.district == *district,
    });
    Ok(places)
}

/// The whole list: whoever has had no offer and is not out.
fn places(tx: &mut Reading<'_>, round: &RoundId) -> Result<Vec<Place>, Faults> {
    super::procedure(tx, round)?;
    let offers: Vec<Offer> = store::having(tx, "round_id", round.as_str())?;
    let had: BTreeSet<ApplicationId> = offers.into_iter().map(|o| o.application).collect();
    let out = freezing::left_out(tx, round)?;
    let mut waiters: Vec<Waiter> = store::having(tx, "round_id", round.as_str())?;
    waiters.retain(|w| !had.contains(&w.application) && !out.contains(&w.application));
    waiters.sort_by(|a, b| a.rank().cmp(&b.rank()));
    let place = |(position, waiter): (u32, Waiter)| Place {
        position: waiter.best.is_some().then_some(position),
        waiter,
    };
    Ok((1..).zip(waiters).map(place).collect())
}

/// What was made of what was given back in a round, the oldest first. For those who see all.
pub fn successions(desk: &Desk, round: &RoundId) -> Result<Vec<Succession>, Faults> {
    if desk.scope(&SEE_WAITING)? != Scope::All {
        return Ok(Vec::new());
    }
    let mut all: Vec<Succession> =
        (desk.store()).read(|tx| store::having(tx, "round_id", round.as_str()))?;
    all.sort_by_key(|s| (s.at, s.id.len(), s.id.clone()));
    Ok(all)
}
