//! What another quota would give (多一元给谁): the settlement of the reviewed claims as it stands, and with
//! some yuan more or less, side by side. Nothing is written.
//!
//! Not here: the settlement itself (`settle`).

use serde::{Deserialize, Serialize};

use super::quotas;
use super::settle::ground;
use crate::acts::powers::money::SEE_SETTLEMENT;
use crate::acts::{Desk, refuse};
use crate::domain::fault::Faults;
use crate::domain::ids::{ClaimId, FirmId};
use crate::domain::ledger::QuotaKey;
use crate::domain::money::Fen;
use crate::domain::settlement::Sheet;
use crate::policy::sheet::sheet;

/// What a claim would be awarded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shift {
    /// The claim.
    pub claim: ClaimId,
    /// The firm.
    pub firm: FirmId,
    /// Awarded as it stands.
    pub now: Fen,
    /// Awarded with the other quota.
    pub then: Fen,
}

/// The two settlements.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WhatIf {
    /// How much more, or less when negative.
    pub more: Fen,
    /// The sheet as it stands.
    pub now: Sheet,
    /// The sheet with the other quota.
    pub then: Sheet,
    /// The claims whose award would change, by claim.
    pub shifts: Vec<Shift>,
}

/// What the settlement would give with so much more (or less) quota.
///
/// # Errors
/// AC018 when less than nothing would be left, PO162 above a hard quota.
pub fn what_if(desk: &Desk, key: &QuotaKey, whole_year: bool, more: Fen) -> Result<WhatIf, Faults> {
    desk.look(&SEE_SETTLEMENT, |tx| {
        desk.own(&SEE_SETTLEMENT, &quotas::owner(key))?;
        let ground = ground(tx, desk, key, whole_year)?;
        let pool = ground.pool.plus(more)?;
        if pool < Fen::ZERO {
            let cause = format!("only {} yuan can be taken away", ground.pool);
            return Err(refuse::unfit("more", cause, "take less away").into());
        }
        let now = sheet(ground.mode, ground.pool, &ground.asking)?;
        let then = sheet(ground.mode, pool, &ground.asking)?;
        let rows = now.rows.iter().zip(&then.rows);
        let shifts = rows
            .filter(|(a, b)| a.awarded != b.awarded)
            .map(|(a, b)| Shift {
                claim: a.claim.clone(),
                firm: a.firm.clone(),
                now: a.awarded,
                then: b.awarded,
            })
            .collect();
        let answer = WhatIf {
            more,
            now,
            then,
            shifts,
        };
        Ok((quotas::owner(key), answer))
    })
}
