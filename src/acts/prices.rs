//! Prices of a stored plan: kept beside it by the act that stores it, so that nobody who asks for a reason
//! waits for a run to find some. A plan of before, or one that no run made, has none.
//!
//! Not here: what prices say (`planning::why`, `planning::foil`).

use crate::domain::fault::Faults;
use crate::domain::plan::PlanPrices;
use crate::planning::ask::footing::prices_of;
use crate::planning::run::Run;
use crate::store::{self, Reading, Writing};

/// Keeps the prices of a run beside its plan, the first that come with it.
pub(super) fn keep(tx: &mut Writing<'_>, plan: &str, run: &Run) -> Result<(), Faults> {
    let known: Option<PlanPrices> = store::get(tx, plan)?;
    let found = prices_of(&run.outcome).filter(|p| p.iter().all(|x| x.is_finite()));
    if let Some(prices) = found.filter(|_| known.is_none()) {
        let plan = plan.to_owned();
        store::upsert_many(tx, &[PlanPrices { plan, prices }])?;
    }
    Ok(())
}

/// The prices of a plan, if they are kept.
pub(super) fn of(tx: &mut Reading<'_>, plan: &str) -> Result<Option<Vec<f64>>, Faults> {
    let kept: Option<PlanPrices> = store::get(tx, plan)?;
    Ok(kept.map(|k| k.prices))
}
