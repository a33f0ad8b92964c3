//! The price of a manual override: points lost between the plan that it overrides and its own.

use crate::acts::stored;
use serde::Serialize;

use super::super::Desk;
use super::super::act::Owner;
use super::super::powers::tasks::SEE_SCENARIO;
use super::super::refuse;
use super::{compare, known};
use crate::domain::fault::{Fault, Faults};
use crate::domain::ids::ScenarioId;
use crate::domain::points::Points;
use crate::domain::task::{Failure, Task};
use crate::planning::summary::DistrictSubsidy;
use crate::store;

/// What an override costs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Price {
    /// Digest of the plan made for it; `None` when there is none.
    pub plan: Option<String>,
    /// Why there is none: the conflict, with the applications it names.
    pub conflict: Option<Failure>,
    /// Points of the plan that is overridden.
    pub old_value: Points,
    /// Proven bound of the old.
    pub old_bound: Option<Points>,
    /// Points of the override's plan.
    pub new_value: Option<Points>,
    /// Proven bound of the new.
    pub new_bound: Option<Points>,
    /// Old less new value: exact for these two plans, and the exact price when both are optimal.
    pub lost: Option<Points>,
    /// True when both plans are proven optimal.
    pub exact: bool,
    /// Who moves, one line each.
    pub moves: Vec<String>,
    /// Subsidy by district before.
    pub subsidies_before: Vec<DistrictSubsidy>,
    /// Subsidy by district after.
    pub subsidies_after: Vec<DistrictSubsidy>,
}

/// The price of a scenario with a parent plan, once its run is over. AC013, AC014.
pub fn price(desk: &Desk, id: &ScenarioId) -> Result<Price, Faults> {
    let (parent, old, task) = desk.look(&SEE_SCENARIO, |tx| {
        let scenario = known(tx, id)?;
        let parent = scenario
            .parent
            .ok_or_else(|| refuse::absent("parent plan of", id))?;
        let task: Option<Task> = match &scenario.task {
            Some(task) => store::get(tx, task.as_str())?,
            None => None,
        };
        let old = stored::plan(tx, &parent)?;
        Ok((Owner::city(), (parent, old, task)))
    })?;
    let state = task.as_ref().map_or("not run", |t| t.state.name());
    let task = task
        .filter(|t| t.state.is_over())
        .ok_or_else(|| refuse::wrong_state(format!("scenario {id}"), state, &["done", "failed"]))?;
    let mut price = Price {
        plan: task.result.clone(),
        conflict: task.failure,
        old_value: old.proof.value,
        old_bound: old.proof.upper_bound,
        new_value: None,
        new_bound: None,
        lost: None,
        exact: false,
        moves: Vec::new(),
        subsidies_before: Vec::new(),
        subsidies_after: Vec::new(),
    };
    if let Some(plan) = task.result {
        let two = compare::compare(desk, &parent, &plan)?;
        let (old, new) = (&two.before.summary, &two.after.summary);
        let lost = (old.value.0)
            .checked_sub(new.value.0)
            .ok_or_else(overflow)?;
        price.lost = Some(Points(lost));
        price.exact = old.status == "optimal" && new.status == "optimal";
        price.new_value = Some(new.value);
        price.new_bound = new.upper_bound;
        price.subsidies_before = old.subsidies.clone();
        price.subsidies_after = new.subsidies.clone();
        price.moves = two.differing;
    }
    Ok(price)
}

fn overflow() -> Fault {
    Fault::new(
        crate::domain::points::POINTS_OVERFLOW,
        "the difference of two values is too large",
        "report this",
    )
}
