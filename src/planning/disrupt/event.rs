//! Changes after a plan was made, and the instance after them in which moves are counted.
//!
//! A move: a firm of the plan that takes other units than before, or none. It uses one of the resource
//! `moves`; taking none is an option of its own for it. What the change itself forces (the unit is lost,
//! the firm is gone) is no move of the plan and uses none. Other subsidy or other apartments in the same
//! units is no move, and neither is a place for a firm that waits.
//!
//! Not here: how many moves are worth it (`frontier`).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::domain::fault::{Fault, Faults};
use crate::domain::ids::{ApplicationId, UnitId};
use crate::domain::money::Fen;
use crate::domain::place::DistrictCode;
use crate::planning::ask::edit::{Edit, sound};
use crate::planning::ask::footing::Footing;
use crate::planning::ask::{bad, unknown};
use crate::planning::foil::demand::{Demand, bind, has};
use crate::planning::lots::count;
use crate::solve::instance::{Agent, Instance, Opt, Resource};

/// Name of the option of taking nothing.
pub const NOTHING: &str = "|nothing";

/// A change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "event", deny_unknown_fields)]
pub enum Event {
    /// A firm withdraws, or an objection against its award is upheld.
    Withdrawn {
        /// Which.
        application: ApplicationId,
    },
    /// A unit is lost.
    Lost {
        /// Which.
        unit: UnitId,
    },
    /// A hard quota is cut to this amount.
    Cut {
        /// District.
        district: DistrictCode,
        /// What is left of it.
        amount: Fen,
    },
    /// Something must hold from now on, for example the place of a firm whose objection is upheld.
    Must {
        /// What.
        demand: Demand,
    },
}

/// The plan after a change.
pub struct After {
    /// Resources of the plan, then `moves`.
    pub resources: Vec<Resource>,
    /// Agents.
    pub agents: Vec<Agent>,
    /// Firms that the change itself forces out of their units.
    pub forced: Vec<ApplicationId>,
    /// Firms whose move counts.
    pub movable: u64,
    name: String,
}

/// The plan after changes. PL201, PL202.
pub fn after(footing: &Footing<'_>, events: &[Event]) -> Result<After, Faults> {
    let (edit, kept) = edit(footing, events)?;
    let changed = edit.apply(footing.instance())?;
    let mut resources = changed.resources().to_vec();
    let moves = count(resources.len());
    resources.push(Resource {
        id: "moves".to_owned(),
        capacity: 0,
    });
    let mut after = After {
        resources,
        agents: Vec::new(),
        forced: Vec::new(),
        movable: 0,
        name: changed.name().to_owned(),
    };
    for (n, agent) in changed.agents().iter().enumerate() {
        let case = footing.case_of(n);
        let before = case.and_then(|c| has(footing, c));
        let Some((case, before)) = case.zip(before) else {
            after.agents.push(agent.clone());
            continue;
        };
        let same = |id: &str| {
            let option = case.options.iter().find(|o| o.id == id);
            option.is_some_and(|o| o.units == before.units)
        };
        let fits = |o: &Opt| o.uses.iter().all(|(r, n)| *n <= capacity(&changed, *r));
        let stays = agent.options.iter().any(|o| same(&o.id) && fits(o));
        if !stays || kept.contains(&n) {
            if !stays {
                after.forced.push(case.application.clone());
            }
            after.agents.push(agent.clone());
            continue;
        }
        after.movable += 1;
        after.agents.push(counted(agent, moves, &same));
    }
    Ok(after)
}

fn capacity(instance: &Instance, resource: u32) -> i64 {
    let all = instance.resources();
    let place = usize::try_from(resource).ok().and_then(|n| all.get(n));
    place.map_or(0, |r| r.capacity)
}

/// The agent with its moves counted.
fn counted(agent: &Agent, moves: u32, same: &dyn Fn(&str) -> bool) -> Agent {
    let mut options: Vec<Opt> = agent.options.clone();
    for option in options.iter_mut().filter(|o| !same(&o.id)) {
        option.uses.push((moves, 1));
    }
    if !agent.required {
        options.push(Opt {
            id: NOTHING.to_owned(),
            value: 0,
            site: -1,
            uses: vec![(moves, 1)],
        });
    }
    Agent {
        required: true,
        options,
        ..agent.clone()
    }
}

/// The edit of the events, and the agents that an event itself moves.
fn edit(footing: &Footing<'_>, events: &[Event]) -> Result<(Edit, BTreeSet<usize>), Faults> {
    let mut demands = Vec::new();
    let mut edit = Edit::default();
    for event in events {
        match event {
            Event::Must { demand } => demands.push(demand.clone()),
            Event::Withdrawn { application } => {
                let case = footing.case(application.as_str())?;
                edit.gone.extend(footing.agent(case).map(|(n, _)| n));
            }
            Event::Lost { unit } => {
                let resource = resource(footing, &format!("unit:{unit}"));
                let resource = resource.ok_or_else(|| unknown("unit", unit.as_str()))?;
                edit.capacity.insert(resource, 0);
            }
            Event::Cut { district, amount } => {
                let year = footing.snapshot.round.subsidy_year;
                let resource = resource(footing, &format!("quota:{district}:{year}"));
                let resource = resource.ok_or_else(|| no_quota(district))?;
                edit.capacity.insert(resource, amount.0.max(0));
            }
        }
    }
    let bound = bind(footing, &demands)?;
    if let Some(demand) = bound.hopeless.first() {
        let id = demand.application();
        return Err(bad(format!("no option of {id} meets what must hold")).into());
    }
    edit.bound = bound.edit.bound;
    Ok((edit, bound.agents))
}

fn no_quota(district: &DistrictCode) -> Fault {
    bad(format!("{district} has no hard quota in this round"))
}

fn resource(footing: &Footing<'_>, name: &str) -> Option<u32> {
    let all = footing.instance().resources();
    all.iter().position(|r| r.id == name).map(count)
}

impl After {
    /// The instance in which at most so many firms move.
    pub fn instance(&self, most: i64) -> Result<Instance, Faults> {
        let mut resources = self.resources.clone();
        if let Some(last) = resources.last_mut() {
            last.capacity = most;
        }
        sound(&self.name, resources, self.agents.clone())
    }

    /// How many firms move in choices.
    pub fn moves(&self, choices: &[crate::solve::outcome::Choice]) -> u64 {
        let moves = count(self.resources.len().saturating_sub(1));
        let moved = |c: &&crate::solve::outcome::Choice| {
            let agent = self.agents.iter().find(|a| a.id == c.agent);
            let option =
                agent.and_then(|a| a.options.iter().find(|o| Some(&o.id) == c.option.as_ref()));
            option.is_some_and(|o| o.uses.iter().any(|(r, _)| *r == moves))
        };
        u64::try_from(choices.iter().filter(moved).count()).unwrap_or(u64::MAX)
    }
}
