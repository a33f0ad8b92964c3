//! What every question about a plan stands on: its snapshot, its instance, who takes what, what is
//! left, its value and bound, and prices.
//!
//! The prices come from the outcome of the run when it is at hand, else from a short run that starts
//! from the plan. They need not be the best: every statement made from them holds for any prices.
//!
//! Not here: questions.

use std::collections::HashMap;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, OnceLock};

use super::OTHER_PLAN;
use super::again::{Effort, again};
use super::near::Neighbours;
use crate::domain::fault::{Fault, Faults};
use crate::domain::plan::Plan;
use crate::domain::snapshot::Snapshot;
use crate::planning::build::{Built, Case};
use crate::planning::lots::at;
use crate::planning::retold;
use crate::planning::taken::{Chosen, Taken};
use crate::solve::instance::{Agent, Instance};
use crate::solve::outcome::{Choice, Outcome};
use crate::solve::quote::Quote;

/// A plan in numbers.
pub struct Footing<'a> {
    /// Its snapshot.
    pub snapshot: &'a Snapshot,
    /// Its instance and the way back.
    pub built: &'a Built,
    /// Who takes what, by agent.
    pub chosen: Vec<Option<Chosen>>,
    /// What the plan leaves of each resource.
    pub left: Vec<i64>,
    /// Total milli-points.
    pub value: i64,
    /// Proven bound, if any.
    pub bound: Option<i64>,
    /// One price for each resource, in milli-points a unit.
    pub prices: Vec<f64>,
    /// The choices by name, to start from.
    pub choices: Vec<Choice>,
    cases: HashMap<&'a str, usize>,
    case_of_agent: Vec<usize>,
    neighbours: OnceLock<Neighbours>,
}

impl<'a> Footing<'a> {
    /// The footing of a plan. `prices` as the run gave them; without them, or when they are not of
    /// this instance, a run of `effort` looks for some. PL203 when the plan is of another snapshot.
    pub fn of(
        snapshot: &'a Snapshot,
        built: &'a Built,
        plan: &Plan,
        prices: Option<Vec<f64>>,
        effort: &Effort,
    ) -> Result<Footing<'a>, Faults> {
        let mut told = retold::outcome(snapshot, built, plan);
        if plan.snapshot != built.snapshot || told.choices.len() != plan.awards.len() {
            return Err(other_plan().into());
        }
        // The value is counted anew; what the plan states of its bound was proved when it was made.
        told.status = crate::solve::outcome::Status::Feasible;
        let taken = Taken::of(&built.instance, &told)?;
        let fit = |p: &Vec<f64>| p.len() == built.instance.resources().len();
        let (prices, found) = match prices.filter(fit) {
            Some(prices) => (prices, None),
            None => quick_prices(&built.instance, &told.choices, effort),
        };
        let stated = plan.proof.upper_bound.map(|b| b.0);
        let bounds = [stated, found].into_iter().flatten();
        let mut case_of_agent = vec![usize::MAX; built.instance.agents().len()];
        for (n, case) in built.cases.iter().enumerate() {
            if let Some(place) = case.agent.and_then(|a| case_of_agent.get_mut(at(a))) {
                *place = n;
            }
        }
        Ok(Footing {
            value: taken.value(&built.instance),
            bound: bounds.min(),
            left: taken.left,
            chosen: taken.chosen,
            choices: told.choices,
            cases: (built.cases.iter().enumerate())
                .map(|(n, c)| (c.application.as_str(), n))
                .collect(),
            case_of_agent,
            neighbours: OnceLock::new(),
            snapshot,
            built,
            prices,
        })
    }

    /// The footing of a plan where no price is asked for: nothing is solved. PL203.
    pub fn unpriced(
        snapshot: &'a Snapshot,
        built: &'a Built,
        plan: &Plan,
    ) -> Result<Footing<'a>, Faults> {
        let free = vec![0.0; built.instance.resources().len()];
        let nothing = Effort {
            seconds: 0.0,
            threads: 1,
            seed: 0,
            gap: 0.0,
            work: None,
        };
        Footing::of(snapshot, built, plan, Some(free), &nothing)
    }

    /// The instance.
    pub fn instance(&self) -> &'a Instance {
        &self.built.instance
    }

    /// What every option is worth at the prices. PL202 when they cannot be counted with.
    pub fn quote(&self) -> Result<Quote<'a>, Fault> {
        let quote = Quote::of(&self.built.instance, &self.prices);
        quote.ok_or_else(|| super::bad("the prices of the plan cannot be counted with"))
    }

    /// The case of an application, or PL201.
    pub fn case(&self, application: &str) -> Result<&'a Case, Fault> {
        let place = self.cases.get(application);
        place
            .and_then(|n| self.built.cases.get(*n))
            .ok_or_else(|| super::unknown("application", application))
    }

    /// The agent of a case, with its position; `None` when it is left out of the instance.
    pub fn agent(&self, case: &Case) -> Option<(usize, &'a Agent)> {
        let n = at(case.agent?);
        Some((n, self.built.instance.agents().get(n)?))
    }

    /// The case of an agent.
    pub fn case_of(&self, agent: usize) -> Option<&'a Case> {
        self.built.cases.get(*self.case_of_agent.get(agent)?)
    }

    /// Who holds and who wants each unit, found out once.
    pub fn neighbours(&self) -> &Neighbours {
        self.neighbours.get_or_init(|| Neighbours::of(self))
    }

    /// What an agent takes.
    pub fn taken(&self, agent: usize) -> Option<&Chosen> {
        self.chosen.get(agent)?.as_ref()
    }

    /// What an agent uses of every resource, with its apartments.
    pub fn uses(&self, agent: usize) -> Vec<(u32, i64)> {
        let Some((agent, chosen)) = self.instance().agents().get(agent).zip(self.taken(agent))
        else {
            return Vec::new();
        };
        used(agent, chosen)
    }

    /// The worth of what an agent takes; 0 for nothing.
    pub fn worth(&self, agent: usize) -> i64 {
        let both = self.instance().agents().get(agent).zip(self.taken(agent));
        both.map_or(0, |(a, c)| worth(a, c))
    }
}

/// What a choice uses of every resource, each once.
pub fn used(agent: &Agent, chosen: &Chosen) -> Vec<(u32, i64)> {
    let option = agent.options.get(at(chosen.option));
    let mut uses = option.map(|o| o.uses.clone()).unwrap_or_default();
    for (pool, count) in chosen.lodging.iter().flatten() {
        match uses.iter_mut().find(|(r, _)| r == pool) {
            Some((_, used)) => *used += *count,
            None => uses.push((*pool, *count)),
        }
    }
    uses
}

/// The worth of a choice.
pub fn worth(agent: &Agent, chosen: &Chosen) -> i64 {
    let space = agent.options.get(at(chosen.option)).map_or(0, |o| o.value);
    let homes = agent.lodging.iter().zip(&chosen.lodging);
    let homes = homes.map(|(d, granted)| {
        let count: i64 = granted.iter().map(|(_, n)| *n).sum();
        d.value.saturating_mul(count)
    });
    homes.fold(space, i64::saturating_add)
}

/// The worth of choices by name in an instance; what it does not have counts nothing.
pub fn total(instance: &Instance, choices: &[Choice]) -> i64 {
    let agents: HashMap<&str, &Agent> = (instance.agents().iter())
        .map(|a| (a.id.as_str(), a))
        .collect();
    let of = |choice: &Choice| {
        let agent = agents.get(choice.agent.as_str())?;
        let option = agent
            .options
            .iter()
            .find(|o| Some(&o.id) == choice.option.as_ref())?;
        let homes = agent
            .lodging
            .iter()
            .zip(&choice.lodging)
            .map(|(d, granted)| {
                let count: i64 = granted.iter().map(|(_, n)| *n).sum();
                d.value.saturating_mul(count)
            });
        Some(homes.fold(option.value, i64::saturating_add))
    };
    choices.iter().filter_map(of).fold(0, i64::saturating_add)
}

/// Prices of an outcome, if it states any.
pub fn prices_of(outcome: &Outcome) -> Option<Vec<f64>> {
    let extra = || outcome.dual.as_ref().map(|d| d.prices.clone());
    outcome.prices.clone().or_else(extra)
}

/// Prices from a short run, with the bound it proves; zeros when it finds none.
fn quick_prices(instance: &Instance, start: &[Choice], effort: &Effort) -> (Vec<f64>, Option<i64>) {
    let answer = again(instance, start, effort, &Arc::new(AtomicBool::new(false)));
    let zeros = || vec![0.0; instance.resources().len()];
    (answer.prices.unwrap_or_else(zeros), answer.bound)
}

fn other_plan() -> Fault {
    Fault::new(
        OTHER_PLAN,
        "the plan is not of this snapshot, or gives what is none of its options",
        "name the snapshot that the plan was made for",
    )
}
