//! A demand on a plan as people say it, and the options that meet it.
//!
//! Not here: whether all demands can be met together (`answer`, `conflict`).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::domain::fault::{Fault, Faults};
use crate::domain::ids::{ApplicationId, UnitId};
use crate::domain::place::DistrictCode;
use crate::domain::snapshot::Snapshot;
use crate::planning::ask::edit::Edit;
use crate::planning::ask::footing::Footing;
use crate::planning::ask::unknown;
use crate::planning::build::Case;
use crate::planning::lots::at;
use crate::planning::options::PlanOption;

/// What somebody demands of the plan.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "demand", deny_unknown_fields)]
pub enum Demand {
    /// This firm gets this unit, whole or a part of it, alone or with others.
    Give {
        /// Who.
        application: ApplicationId,
        /// What.
        unit: UnitId,
    },
    /// This firm is in this district.
    District {
        /// Who.
        application: ApplicationId,
        /// Where.
        district: DistrictCode,
    },
    /// This firm gets a place.
    Place {
        /// Who.
        application: ApplicationId,
    },
    /// This firm keeps the units that the plan gives it.
    Keep {
        /// Who.
        application: ApplicationId,
    },
}

impl Demand {
    /// Whom it is about.
    pub fn application(&self) -> &ApplicationId {
        match self {
            Demand::Give { application, .. }
            | Demand::District { application, .. }
            | Demand::Place { application }
            | Demand::Keep { application } => application,
        }
    }
}

/// The options of a case that meet a demand, by position; `has` is what the plan gives it. PL201 for a
/// unit or district that is not there.
pub fn meets(
    snapshot: &Snapshot,
    case: &Case,
    demand: &Demand,
    has: Option<&PlanOption>,
) -> Result<BTreeSet<usize>, Fault> {
    let inventory = &snapshot.inventory;
    let those = |test: &dyn Fn(&PlanOption) -> bool| {
        let all = case.options.iter().enumerate();
        all.filter(|(_, o)| test(o)).map(|(n, _)| n).collect()
    };
    Ok(match demand {
        Demand::Place { .. } => those(&|_| true),
        Demand::Give { unit, .. } => {
            if !inventory.units.iter().any(|u| u.id == *unit) {
                return Err(unknown("unit", unit.as_str()));
            }
            those(&|o| o.units.iter().any(|g| g.unit == *unit))
        }
        Demand::District { district, .. } => {
            let of = |o: &PlanOption| inventory.sites.get(at(o.site)).map(|s| &s.district);
            let known = &snapshot.ground.districts;
            if !known.iter().any(|d| d.code == *district) {
                return Err(unknown("district", district.as_str()));
            }
            those(&|o| of(o) == Some(district))
        }
        Demand::Keep { .. } => match has {
            Some(has) => those(&|o| o.units == has.units),
            None => BTreeSet::new(),
        },
    })
}

/// The option that the plan gives a case.
pub fn has<'a>(footing: &Footing<'a>, case: &'a Case) -> Option<&'a PlanOption> {
    let (n, _) = footing.agent(case)?;
    case.options.get(at(footing.taken(n)?.option))
}

/// Demands as an edit of the instance, with the agents that they are about.
pub struct Bound {
    /// The edit.
    pub edit: Edit,
    /// The agents.
    pub agents: BTreeSet<usize>,
    /// Demands that no option meets at all.
    pub hopeless: Vec<Demand>,
}

/// Binds every agent to the options that meet all its demands. PL201 for what is not there.
pub fn bind(footing: &Footing<'_>, demands: &[Demand]) -> Result<Bound, Faults> {
    let mut bound = Bound {
        edit: Edit::default(),
        agents: BTreeSet::new(),
        hopeless: Vec::new(),
    };
    for demand in demands {
        let case = footing.case(demand.application().as_str())?;
        let options = meets(footing.snapshot, case, demand, has(footing, case))?;
        match footing.agent(case).filter(|_| !options.is_empty()) {
            None => bound.hopeless.push(demand.clone()),
            Some((n, _)) => {
                bound.edit.bind(n, options);
                bound.agents.insert(n);
                // Two demands on one firm that no option meets together.
                if bound.edit.bound.get(&n).is_some_and(BTreeSet::is_empty) {
                    bound.hopeless.push(demand.clone());
                }
            }
        }
    }
    Ok(bound)
}
