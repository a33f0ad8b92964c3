//! Which option and apartments each agent takes, what is left of each resource, and completion:
//! an outcome that is not optimal may leave an option free; it is then taken, agents in order, each
//! its worthiest option that fits, and free apartments are granted while they are worth points.
//!
//! Not here: search for better choices (`solve`), what the numbers mean (`assemble`).

use std::collections::HashMap;

use crate::domain::fault::{Code, Fault, Faults};
use crate::solve::instance::{Agent, Instance};
use crate::solve::outcome::{Outcome, Status};
use crate::solve::verify;

use super::lots::{at, count, positions};

/// The outcome does not belong to the instance or breaks it.
pub const OUTCOME_REFUSED: Code = Code("PL120");
/// There is no plan: the pins exclude each other, or no choice that keeps them was found.
pub const NO_PLAN: Code = Code("PL121");

/// What one agent takes.
#[derive(Debug, Clone)]
pub struct Chosen {
    /// Option by position.
    pub option: u32,
    /// Per demand: pool and count.
    pub lodging: Vec<Vec<(u32, i64)>>,
}

/// The choices of all agents and what is left.
#[derive(Debug, Clone)]
pub struct Taken {
    /// Per agent.
    pub chosen: Vec<Option<Chosen>>,
    /// Per resource.
    pub left: Vec<i64>,
}

impl Taken {
    /// The choices of an outcome, verified and completed. PL120 when the outcome is refused,
    /// PL121 when there is no plan.
    pub fn of(instance: &Instance, outcome: &Outcome) -> Result<Taken, Faults> {
        let report = verify::verify(instance, outcome);
        if !report.ok() {
            return Err(refused(report.findings.iter().map(ToString::to_string)));
        }
        if outcome.status == Status::Infeasible {
            let named = outcome.conflict.as_deref().unwrap_or_default().join(", ");
            let cause = format!("it is proven that the pins exclude each other {named}");
            return Err(no_plan(cause.trim_end()).into());
        }
        let mut taken = Taken {
            chosen: vec![None; instance.agents().len()],
            left: instance.resources().iter().map(|r| r.capacity).collect(),
        };
        taken.enter(instance, outcome)?;
        taken.complete(instance);
        let mut agents = instance.agents().iter().zip(&taken.chosen);
        if agents.any(|(agent, chosen)| agent.required && chosen.is_none()) {
            return Err(no_plan("no choice that keeps all pins was found in the time").into());
        }
        Ok(taken)
    }

    /// Total value of the choices.
    pub fn value(&self, instance: &Instance) -> i64 {
        let agents = instance.agents().iter().zip(&self.chosen);
        let worth = agents.filter_map(|(agent, chosen)| chosen.as_ref().map(|c| worth(agent, c)));
        // In range: an instance proves that totals stay below 2^60.
        worth.fold(0_i64, i64::saturating_add)
    }

    fn enter(&mut self, instance: &Instance, outcome: &Outcome) -> Result<(), Faults> {
        let agents = positions(instance.agents().iter().map(|a| a.id.as_str()));
        for choice in &outcome.choices {
            let Some(wanted) = &choice.option else {
                continue;
            };
            let place = agents.get(choice.agent.as_str()).copied();
            let found = place.and_then(|n| instance.agents().get(at(n)).map(|agent| (n, agent)));
            let Some((n, agent)) = found else { continue };
            let options: HashMap<&str, u32> =
                positions(agent.options.iter().map(|o| o.id.as_str()));
            let Some(option) = options.get(wanted.as_str()) else {
                continue;
            };
            let lodging = choice.lodging.iter().map(|demand| pools(demand)).collect();
            self.take(
                agent,
                n,
                Chosen {
                    option: *option,
                    lodging,
                },
            );
        }
        if self.left.iter().any(|left| *left < 0) {
            return Err(refused(["a capacity is exceeded".to_owned()].into_iter()));
        }
        Ok(())
    }

    fn take(&mut self, agent: &Agent, n: u32, chosen: Chosen) {
        let uses = agent
            .options
            .get(at(chosen.option))
            .map(|o| o.uses.as_slice());
        for (resource, amount) in uses.unwrap_or_default() {
            self.spend(*resource, *amount);
        }
        for (pool, count) in chosen.lodging.iter().flatten() {
            self.spend(*pool, *count);
        }
        if let Some(place) = self.chosen.get_mut(at(n)) {
            *place = Some(chosen);
        }
    }

    fn spend(&mut self, resource: u32, amount: i64) {
        if let Some(left) = self.left.get_mut(at(resource)) {
            *left = left.saturating_sub(amount);
        }
    }

    fn left_of(&self, resource: u32) -> i64 {
        self.left.get(at(resource)).copied().unwrap_or(0)
    }

    fn complete(&mut self, instance: &Instance) {
        for (n, agent) in instance.agents().iter().enumerate() {
            let n = count(n);
            if self.chosen.get(at(n)).is_some_and(Option::is_none)
                && let Some(option) = self.free_option(agent)
            {
                self.take(
                    agent,
                    n,
                    Chosen {
                        option,
                        lodging: Vec::new(),
                    },
                );
            }
        }
        for (n, agent) in instance.agents().iter().enumerate() {
            self.fill(agent, n);
        }
    }

    /// The worthiest option that nothing blocks; the first of equals.
    fn free_option(&self, agent: &Agent) -> Option<u32> {
        let free = |uses: &[(u32, i64)]| uses.iter().all(|(r, amount)| self.left_of(*r) >= *amount);
        let open = agent
            .options
            .iter()
            .enumerate()
            .filter(|(_, o)| o.value > 0 && free(&o.uses));
        open.min_by_key(|(n, o)| (-o.value, *n))
            .map(|(n, _)| count(n))
    }

    /// Grants free apartments to a placed agent.
    fn fill(&mut self, agent: &Agent, n: usize) {
        let Some(Some(mut chosen)) = self.chosen.get(n).cloned() else {
            return;
        };
        let Some(site) = agent.options.get(at(chosen.option)).map(|o| o.site) else {
            return;
        };
        chosen.lodging.resize(agent.lodging.len(), Vec::new());
        for (demand, granted) in agent.lodging.iter().zip(&mut chosen.lodging) {
            let given: i64 = granted.iter().map(|(_, c)| *c).sum();
            let mut open = if demand.value > 0 {
                demand.need - given
            } else {
                0
            };
            for pool in demand.pools.get(&site).into_iter().flatten() {
                let more = open.min(self.left_of(*pool));
                if more > 0 {
                    open -= more;
                    self.spend(*pool, more);
                    add(granted, *pool, more);
                }
            }
        }
        if let Some(place) = self.chosen.get_mut(n) {
            *place = Some(chosen);
        }
    }
}

fn add(granted: &mut Vec<(u32, i64)>, pool: u32, more: i64) {
    match granted.iter_mut().find(|(p, _)| *p == pool) {
        Some((_, have)) => *have += more,
        None => granted.push((pool, more)),
    }
}

fn pools(demand: &[(i64, i64)]) -> Vec<(u32, i64)> {
    let mut sum = Vec::new();
    for (pool, count) in demand {
        // Verified: every pool is the position of a resource.
        if let (Ok(pool), true) = (u32::try_from(*pool), *count > 0) {
            add(&mut sum, pool, *count);
        }
    }
    sum
}

fn worth(agent: &Agent, chosen: &Chosen) -> i64 {
    let space = agent.options.get(at(chosen.option)).map_or(0, |o| o.value);
    let demands = agent.lodging.iter().zip(&chosen.lodging);
    let homes = demands.map(|(demand, granted)| {
        let count: i64 = granted.iter().map(|(_, c)| *c).sum();
        demand.value.saturating_mul(count)
    });
    homes.fold(space, i64::saturating_add)
}

fn refused(causes: impl Iterator<Item = String>) -> Faults {
    let fault = |cause: String| {
        Fault::new(
            OUTCOME_REFUSED,
            format!("the outcome is refused: {cause}"),
            "solve the instance of this snapshot again",
        )
    };
    Faults(causes.map(fault).collect())
}

fn no_plan(cause: &str) -> Fault {
    Fault::new(
        NO_PLAN,
        format!("there is no plan: {cause}"),
        "lift a pin or allow more time",
    )
}
