//! Which plan of a round the public may see. A round that is led through the procedure shows its
//! approved plan once it is publicised, and nothing before; a round that the operator plans by
//! himself, without a procedure, shows its newest plan.
//!
//! Not here: what is shown of it (`view`).

use crate::domain::fault::Faults;
use crate::domain::ids::RoundId;
use crate::domain::procedure::{Procedure, Step};
use crate::store::{self, Reading, plans};

/// Digest of the plan that the public may see.
pub(super) fn plan_of(tx: &mut Reading<'_>, round: &RoundId) -> Result<Option<String>, Faults> {
    let procedure: Option<Procedure> = store::get(tx, round.as_str())?;
    let Some(procedure) = procedure else {
        return Ok(plans::of_round(tx, round)?.into_iter().next());
    };
    match procedure.step {
        Step::Publicised | Step::Confirmed | Step::Closed => {
            Ok(procedure.choice.map(|choice| choice.plan))
        }
        _ => Ok(None),
    }
}
