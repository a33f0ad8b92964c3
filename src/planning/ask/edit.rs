//! A changed instance: agents bound to some of their options, agents gone, capacities changed.
//!
//! Not here: changes of the snapshot, which give new options (`inverse`).

use std::collections::{BTreeMap, BTreeSet};

use super::UNSOUND_CHANGE;
use crate::domain::fault::{Fault, Faults};
use crate::planning::lots::count;
use crate::solve::finding::Finding;
use crate::solve::instance::{Agent, Instance, Resource};

/// What is changed; everything else stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Edit {
    /// Agents that must take one of these options.
    pub bound: BTreeMap<usize, BTreeSet<usize>>,
    /// Options that agents may not take.
    pub barred: BTreeMap<usize, BTreeSet<usize>>,
    /// Agents that take nothing.
    pub gone: BTreeSet<usize>,
    /// New capacities.
    pub capacity: BTreeMap<u32, i64>,
}

impl Edit {
    /// Binds an agent to options; what it was bound to before holds as well.
    pub fn bind(&mut self, agent: usize, options: impl IntoIterator<Item = usize>) {
        let options: BTreeSet<usize> = options.into_iter().collect();
        match self.bound.get_mut(&agent) {
            Some(before) => before.retain(|o| options.contains(o)),
            None => {
                self.bound.insert(agent, options);
            }
        }
    }

    /// The changed instance. Agents keep their positions; those that are gone have no option, and
    /// options that may not be taken are left out. PL204 when it is not sound.
    pub fn apply(&self, instance: &Instance) -> Result<Instance, Faults> {
        let agents = instance.agents().iter().enumerate();
        let agents = agents.map(|(n, agent)| self.agent(n, agent)).collect();
        let resources = instance.resources().iter().enumerate();
        let resources = resources.map(|(n, r)| Resource {
            id: r.id.clone(),
            capacity: self.capacity_of(count(n), r),
        });
        sound(instance.name(), resources.collect(), agents)
    }

    /// Whether an agent may take one of its options.
    pub fn allows(&self, agent: usize, option: usize) -> bool {
        let bound = self.bound.get(&agent);
        let barred = self.barred.get(&agent);
        !self.gone.contains(&agent)
            && bound.is_none_or(|b| b.contains(&option))
            && barred.is_none_or(|b| !b.contains(&option))
    }

    /// The capacity of a resource.
    pub fn capacity_of(&self, resource: u32, as_it_was: &Resource) -> i64 {
        let changed = self.capacity.get(&resource).copied();
        changed.unwrap_or(as_it_was.capacity)
    }

    /// An agent with the options that it may take.
    pub fn agent(&self, n: usize, agent: &Agent) -> Agent {
        let gone = self.gone.contains(&n);
        let options = agent.options.iter().enumerate();
        Agent {
            id: agent.id.clone(),
            required: !gone && (agent.required || self.bound.contains_key(&n)),
            options: options
                .filter(|(o, _)| self.allows(n, *o))
                .map(|(_, o)| o.clone())
                .collect(),
            lodging: agent.lodging.clone(),
        }
    }
}

/// An instance of these parts, or PL204.
pub fn sound(name: &str, resources: Vec<Resource>, agents: Vec<Agent>) -> Result<Instance, Faults> {
    let fault = |f: &Finding| {
        Fault::new(
            UNSOUND_CHANGE,
            format!("the changed instance is not sound: {f}"),
            "ask for a smaller change",
        )
    };
    Instance::new(name.to_owned(), resources, agents)
        .map_err(|all| Faults(all.iter().map(fault).collect()))
}
