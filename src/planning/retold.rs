//! A stored plan told again as the outcome of its instance, so that anyone can verify its value with
//! the published formats alone. Prices are not part of a plan: the bound is stated, not proven.
//!
//! Not here: the outcome that the solver gave (written when a plan is made).

use crate::domain::plan::{Award, Plan};
use crate::domain::snapshot::Snapshot;
use crate::solve::outcome::{Choice, Number, Outcome, Status};

use super::build::{Built, Case};
use super::lots::{at, positions};

/// The outcome of a plan. An award that is none of the options is left out, and then the value does
/// not agree: a stored plan was proved before.
pub fn outcome(snapshot: &Snapshot, built: &Built, plan: &Plan) -> Outcome {
    let kinds = positions(snapshot.inventory.apartments.iter().map(|a| a.id.as_str()));
    let pool = |id: &str| {
        kinds
            .get(id)
            .map(|n| i64::from(built.resources.of_apartment(*n)))
    };
    let cases = positions(built.cases.iter().map(|c| c.application.as_str()));
    let choices = plan.awards.iter().filter_map(|award| {
        let place = cases.get(award.application.as_str())?;
        choice(built.cases.get(at(*place))?, award, &pool)
    });
    let status = if plan.proof.status == "optimal" {
        Status::Optimal
    } else {
        Status::Feasible
    };
    Outcome {
        instance: built.instance.name().to_owned(),
        status,
        value: Some(plan.proof.value.0),
        upper_bound: plan.proof.upper_bound.map(|b| Number::Whole(b.0)),
        seconds: 0.0,
        choices: choices.collect(),
        prices: None,
        trace: Vec::new(),
        dual: None,
        proof: None,
        conflict: None,
        engine: None,
    }
}

fn choice(case: &Case, award: &Award, pool: &dyn Fn(&str) -> Option<i64>) -> Option<Choice> {
    let same = |o: &&super::options::PlanOption| {
        o.units == award.units && o.subsidy.is_some() == award.subsidy.is_some()
    };
    let option = case.options.iter().find(same)?;
    let lodging = (case.households.iter())
        .map(|kind| {
            let granted = award.apartments.iter().filter(|g| g.household == *kind);
            granted
                .filter_map(|g| Some((pool(g.apartment.as_str())?, i64::from(g.count))))
                .collect()
        })
        .collect();
    Some(Choice {
        agent: award.application.to_string(),
        option: Some(option.id.clone()),
        lodging,
    })
}
