//! A new building, or any new units: the plan of the snapshot with them, solved again from the plan.
//!
//! New units give new options, also to applications that had none, so the instance is built anew.
//!
//! Not here: whether it will be built.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use serde::Serialize;

use crate::domain::fault::Faults;
use crate::domain::ids::ApplicationId;
use crate::domain::snapshot::{Inventory, Snapshot};
use crate::planning::ask::again::{Effort, again};
use crate::planning::ask::footing::Footing;
use crate::planning::ask::range::Range;
use crate::planning::ask::unknown;
use crate::planning::{build, order};

/// What new space is worth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Opened {
    /// Units added.
    pub units: u64,
    /// The gain over the plan.
    pub gain: Range,
    /// Applications that gain a place in the plan found.
    pub placed: Vec<ApplicationId>,
    /// Placed applications that take other units in the plan found.
    pub moved: u64,
}

/// The gain of an inventory in place of that of the plan. Faults: those of the proof of the snapshot
/// and of the instance.
pub fn opened(
    footing: &Footing<'_>,
    inventory: Inventory,
    effort: &Effort,
    stop: &Arc<AtomicBool>,
) -> Result<Opened, Faults> {
    let before = footing.snapshot.inventory.units.len();
    let added = inventory.units.len().saturating_sub(before);
    let snapshot = Snapshot {
        inventory,
        ..footing.snapshot.clone()
    };
    let built = build::build(&order::sorted(&snapshot))?;
    let answer = again(&built.instance, &footing.choices, effort, stop);
    let old = |id: &str| footing.choices.iter().find(|c| c.agent == id);
    let space = |o: &Option<String>| {
        o.as_deref()
            .map(|o| o.trim_end_matches("|subsidy").to_owned())
    };
    let mut placed = Vec::new();
    let mut moved = 0;
    for choice in &answer.choices {
        match old(&choice.agent) {
            None => placed.push(choice.agent.parse()?),
            Some(before) if space(&before.option) != space(&choice.option) => moved += 1,
            Some(_) => {}
        }
    }
    Ok(Opened {
        units: u64::try_from(added).unwrap_or(u64::MAX),
        gain: Range::of(answer.value, answer.bound, footing.value),
        placed,
        moved,
    })
}

/// The inventory with a second building like one of its own: same site, floors, units, areas and rents,
/// with new keys. PL201.
pub fn twin(inventory: &Inventory, building: &str) -> Result<Inventory, Faults> {
    let known = inventory
        .buildings
        .iter()
        .find(|b| b.id.as_str() == building);
    let known = known.ok_or_else(|| unknown("building", building))?;
    let renamed = |key: &str| format!("{key}.twin");
    let mut new = inventory.clone();
    let mut house = known.clone();
    house.id = renamed(known.id.as_str()).parse()?;
    for floor in inventory.floors.iter().filter(|f| f.building == known.id) {
        let mut storey = floor.clone();
        storey.id = renamed(floor.id.as_str()).parse()?;
        storey.building = house.id.clone();
        for unit in inventory.units.iter().filter(|u| u.floor == floor.id) {
            let mut space = unit.clone();
            space.id = renamed(unit.id.as_str()).parse()?;
            space.floor = storey.id.clone();
            space.group = match &unit.group {
                Some(group) => Some(renamed(group.as_str()).parse()?),
                None => None,
            };
            new.units.push(space);
        }
        new.floors.push(storey);
    }
    new.buildings.push(house);
    Ok(new)
}
