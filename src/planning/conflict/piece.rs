//! What can conflict: demands, pins, the quota of a district, a reserve. The instance of a set of pieces
//! has only the firms that a demand or pin of the set is about, each required, and every limit that is
//! not in the set is lifted; it is feasible exactly when the pieces can hold together, because nobody
//! else has to be placed.
//!
//! Not here: which set (`find`).

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::domain::fault::Faults;
use crate::domain::ids::ApplicationId;
use crate::domain::place::DistrictCode;
use crate::domain::snapshot::Snapshot;
use crate::planning::ask::edit::sound;
use crate::planning::ask::unknown;
use crate::planning::build::Built;
use crate::planning::foil::demand::{Demand, meets};
use crate::planning::lots::{at, count};
use crate::planning::options::PlanOption;
use crate::solve::instance::{Agent, Instance, Opt, Resource};

/// One thing that is asked to hold.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case", tag = "piece")]
pub enum Piece {
    /// A demand.
    Demand(Demand),
    /// A pin of the snapshot: a contract in force or an officer's lock.
    Pin {
        /// Whose.
        application: ApplicationId,
    },
    /// The hard quota of a district.
    Quota {
        /// Which.
        district: DistrictCode,
    },
    /// A reserve.
    Reserve {
        /// Which.
        id: String,
    },
}

impl Piece {
    /// Whom it is about, if about somebody.
    pub fn application(&self) -> Option<&ApplicationId> {
        match self {
            Piece::Demand(demand) => Some(demand.application()),
            Piece::Pin { application } => Some(application),
            Piece::Quota { .. } | Piece::Reserve { .. } => None,
        }
    }
}

/// The pieces of a snapshot and some demands, with what each binds.
pub struct Board<'a> {
    built: &'a Built,
    /// All pieces, limits first.
    pub pieces: Vec<Piece>,
    agents: Vec<Option<usize>>,
    options: Vec<BTreeSet<usize>>,
    limits: BTreeMap<usize, u32>,
}

impl<'a> Board<'a> {
    /// All pieces: limits that the firms in question could touch, pins, demands. `keeps` gives what
    /// the plan gives an application, for [`Demand::Keep`]. PL201.
    pub fn of(
        snapshot: &Snapshot,
        built: &'a Built,
        demands: &[Demand],
        keeps: &dyn Fn(&ApplicationId) -> Option<&'a PlanOption>,
    ) -> Result<Board<'a>, Faults> {
        let mut board = Board {
            built,
            pieces: Vec::new(),
            agents: Vec::new(),
            options: Vec::new(),
            limits: BTreeMap::new(),
        };
        board.limits(snapshot);
        for (n, case) in built.cases.iter().enumerate() {
            let agent = case.agent.map(at);
            let found = agent.and_then(|a| built.instance.agents().get(a));
            if found.is_some_and(|a| a.required) {
                let application = case.application.clone();
                let all = (0..built.cases.get(n).map_or(0, |c| c.options.len())).collect();
                board.push(Piece::Pin { application }, agent, all);
            }
        }
        for demand in demands {
            let id = demand.application();
            let case = built.cases.iter().find(|c| c.application == *id);
            let case = case.ok_or_else(|| unknown("application", id.as_str()))?;
            let options = meets(snapshot, case, demand, keeps(id))?;
            board.push(Piece::Demand(demand.clone()), case.agent.map(at), options);
        }
        Ok(board)
    }

    fn push(&mut self, piece: Piece, agent: Option<usize>, options: BTreeSet<usize>) {
        self.pieces.push(piece);
        self.agents.push(agent);
        self.options.push(options);
    }

    fn limits(&mut self, snapshot: &Snapshot) {
        for (n, resource) in self.built.instance.resources().iter().enumerate() {
            let piece = match resource.id.split_once(':') {
                Some(("quota", rest)) => {
                    let code = rest.split(':').next().unwrap_or_default();
                    let mut all = snapshot.quotas.iter();
                    let found = all.find(|q| q.district.as_str() == code);
                    found.map(|q| Piece::Quota {
                        district: q.district.clone(),
                    })
                }
                Some(("reserve", id)) => Some(Piece::Reserve { id: id.to_owned() }),
                _ => None,
            };
            if let Some(piece) = piece {
                self.limits.insert(self.pieces.len(), count(n));
                self.push(piece, None, BTreeSet::new());
            }
        }
    }

    /// The resource of a piece that is a limit.
    pub fn resource(&self, piece: usize) -> Option<u32> {
        self.limits.get(&piece).copied()
    }

    /// The capacity of a limit.
    pub fn capacity(&self, resource: u32) -> i64 {
        let found = self.built.instance.resources().get(at(resource));
        found.map_or(0, |r| r.capacity)
    }

    /// A demand that no option meets, or that is about a firm without options.
    pub fn hopeless(&self, piece: usize) -> bool {
        let empty = self.options.get(piece).is_some_and(BTreeSet::is_empty);
        !self.limits.contains_key(&piece) && empty
    }

    /// The pieces whose firm is one of these agents by name.
    pub fn about(&self, names: &BTreeSet<&str>) -> BTreeSet<usize> {
        let named = |a: &Option<usize>| {
            let agent = a.and_then(|n| self.built.instance.agents().get(n));
            agent.is_some_and(|a| names.contains(a.id.as_str()))
        };
        let all = self.agents.iter().enumerate();
        all.filter(|(_, a)| named(a)).map(|(n, _)| n).collect()
    }

    /// The options of each firm that meet all its demands in a set.
    fn bound(&self, set: &BTreeSet<usize>) -> BTreeMap<usize, BTreeSet<usize>> {
        let mut bound: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for n in set {
            let agent = self.agents.get(*n).copied().flatten();
            if let Some((agent, options)) = agent.zip(self.options.get(*n)) {
                bound
                    .entry(agent)
                    .and_modify(|before| before.retain(|o| options.contains(o)))
                    .or_insert_with(|| options.clone());
            }
        }
        bound
    }

    /// The instance of a set; an option is worth less the more it uses of `spare`, whose capacity is
    /// lifted. PL204. `None` when a firm has no option that meets all its demands.
    pub fn instance(
        &self,
        set: &BTreeSet<usize>,
        spare: Option<u32>,
    ) -> Result<Option<Instance>, Faults> {
        let bound = self.bound(set);
        let unbound = |n: &usize| self.hopeless(*n);
        if bound.values().any(BTreeSet::is_empty) || set.iter().any(unbound) {
            return Ok(None);
        }
        let worth = |o: &Opt| {
            let used = o.uses.iter().find(|(r, _)| Some(*r) == spare);
            used.map_or(0, |(_, n)| -n)
        };
        let mut agents = Vec::new();
        for (n, options) in bound {
            let Some(agent) = self.built.instance.agents().get(n) else {
                continue;
            };
            let kept = options.iter().filter_map(|o| agent.options.get(*o));
            agents.push(Agent {
                id: agent.id.clone(),
                required: true,
                options: kept
                    .map(|o| Opt {
                        value: worth(o),
                        ..o.clone()
                    })
                    .collect(),
                lodging: Vec::new(),
            });
        }
        let lifted = self.lifted(set, spare);
        let resources = self.built.instance.resources().iter().enumerate();
        let resources = resources.map(|(n, r)| Resource {
            id: r.id.clone(),
            capacity: if lifted.contains(&count(n)) {
                most(&agents, count(n))
            } else {
                r.capacity
            },
        });
        let resources = resources.collect();
        sound(self.built.instance.name(), resources, agents).map(Some)
    }

    /// Limits that do not bind in a set.
    fn lifted(&self, set: &BTreeSet<usize>, spare: Option<u32>) -> BTreeSet<u32> {
        let out = self.limits.iter().filter(|(piece, _)| !set.contains(piece));
        out.map(|(_, r)| *r).chain(spare).collect()
    }
}

/// All that the agents could use of a resource.
fn most(agents: &[Agent], resource: u32) -> i64 {
    let used = |o: &Opt| {
        o.uses
            .iter()
            .find(|(r, _)| *r == resource)
            .map_or(0, |u| u.1)
    };
    let each = agents
        .iter()
        .map(|a| a.options.iter().map(used).max().unwrap_or(0));
    each.fold(0, i64::saturating_add)
}
