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
            capacity: self.capacity.get(&count(n)).copied().unwrap_or(r.capacity),
        });
        sound(instance.name(), resources.collect(), agents)
    }

    fn agent(&self, n: usize, agent: &Agent) -> Agent {
        let bound = self.bound.get(&n);
        let barred = self.barred.get(&n);
        let gone = self.gone.contains(&n);
        let stays = |o: usize| {
            !gone && bound.is_none_or(|b| b.contains(&o)) && barred.is_none_or(|b| !b.contains(&o))
        };
        let options = agent.options.iter().enumerate();
        Agent {
            id: agent.id.clone(),
            required: !gone && (agent.required || bound.is_some()),
            options: options
                .filter(|(o, _)| stays(*o))
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
