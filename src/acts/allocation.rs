//! The allocation board (配置台): the buildings of a plan floor by floor with who holds what, the applications that
//! wait, and what would become of it if one of them were given something else.
//!
//! Not here: making that an override of the round (`scenarios`), the published allocation (`view`).

use std::collections::BTreeMap;

use super::act::Owner;
use super::powers::tasks::SEE_SCENARIO;
use super::reasons::{Demand, Move, questions};
use super::rooms::Rooms;
use super::words::Text;
use super::{Desk, refuse, stored};
use crate::domain::area::Area;
use crate::domain::fault::Faults;
use crate::domain::ids::{ApplicationId, RoundId, UnitId};
use crate::domain::money::Fen;
use crate::domain::plan::Plan;
use crate::domain::points::Points;
use crate::domain::reason::WhyNot;
use crate::domain::snapshot::{Pin, Snapshot};
use crate::domain::space::{Building, Unit};
use crate::planning::ask::moves::Held;

/// Who holds how much of a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// The application.
    pub application: ApplicationId,
    /// Its firm.
    pub firm: Text,
    /// Area.
    pub area: Area,
}

/// A unit with those who hold it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lot {
    /// Key.
    pub unit: UnitId,
    /// Room.
    pub room: String,
    /// Area.
    pub area: Area,
    /// Holders.
    pub held: Vec<Holder>,
}

/// A floor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Level {
    /// Number.
    pub level: i32,
    /// Its units, by room.
    pub lots: Vec<Lot>,
}

/// A building.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct House {
    /// Key.
    pub key: String,
    /// Site and building.
    pub name: Text,
    /// Units that nobody holds.
    pub vacant: usize,
    /// Units.
    pub units: usize,
    /// Floors from the top down.
    pub levels: Vec<Level>,
}

/// An application that waits, or that holds something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asking {
    /// The application.
    pub application: ApplicationId,
    /// Its firm.
    pub firm: Text,
    /// Least and most area.
    pub area: (Area, Area),
    /// Why it waits: `not_eligible`, `nothing_fits`, `priced_out`; empty for one that is placed.
    pub why: &'static str,
    /// Units that it holds.
    pub units: Vec<UnitId>,
}

/// The board of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Board {
    /// The round.
    pub round: RoundId,
    /// Points.
    pub value: Points,
    /// Proven bound.
    pub bound: Option<Points>,
    /// Buildings, those with vacancies first.
    pub houses: Vec<House>,
    /// Applications, those that wait first.
    pub asking: Vec<Asking>,
}

/// The board of a stored plan. AC013.
pub fn board(desk: &Desk, digest: &str) -> Result<Board, Faults> {
    let (snapshot, plan) = desk.look(&SEE_SCENARIO, |tx| {
        let plan = stored::plan(tx, digest)?;
        let snapshot = stored::snapshot(tx, &plan.snapshot)?;
        Ok((Owner::city(), (snapshot, plan)))
    })?;
    let names = names(&snapshot);
    let mut houses = houses(&snapshot, &plan, &names);
    houses.sort_by_key(|h| (h.vacant == 0, h.name.zh.clone()));
    Ok(Board {
        round: snapshot.round.id.clone(),
        value: plan.proof.value,
        bound: plan.proof.upper_bound,
        houses,
        asking: asking(&snapshot, &plan, &names),
    })
}

/// The round of a stored plan. AC013.
pub fn round_of(desk: &Desk, digest: &str) -> Result<RoundId, Faults> {
    desk.look(&SEE_SCENARIO, |tx| {
        let plan = stored::plan(tx, digest)?;
        let snapshot = stored::snapshot(tx, &plan.snapshot)?;
        Ok((Owner::city(), snapshot.round.id))
    })
}

/// Names of firms by application.
pub(super) fn names(snapshot: &Snapshot) -> BTreeMap<ApplicationId, Text> {
    let firms = snapshot.firms.iter();
    let firms: BTreeMap<_, _> = firms.map(|f| (&f.id, f)).collect();
    let name = |a: &crate::domain::application::Application| {
        let firm = firms.get(&a.firm)?;
        Some((a.id.clone(), Text::names(&firm.name_zh, &firm.name_en)))
    };
    snapshot.applications.iter().filter_map(name).collect()
}

pub(super) fn named(names: &BTreeMap<ApplicationId, Text>, id: &ApplicationId) -> Text {
    let known = names.get(id).cloned();
    known.unwrap_or_else(|| Text::same(id.to_string()))
}

fn houses(snapshot: &Snapshot, plan: &Plan, names: &BTreeMap<ApplicationId, Text>) -> Vec<House> {
    let mut held: BTreeMap<&UnitId, Vec<Holder>> = BTreeMap::new();
    for award in &plan.awards {
        for grant in &award.units {
            held.entry(&grant.unit).or_default().push(Holder {
                application: award.application.clone(),
                firm: named(names, &award.application),
                area: grant.area,
            });
        }
    }
    let inventory = &snapshot.inventory;
    let floors = inventory.floors.iter();
    let floors: BTreeMap<_, _> = floors.map(|f| (&f.id, f)).collect();
    let mut by_building: BTreeMap<_, Vec<(i32, &Unit)>> = BTreeMap::new();
    for unit in &inventory.units {
        if let Some(floor) = floors.get(&unit.floor) {
            let units = by_building.entry(&floor.building).or_default();
            units.push((floor.level, unit));
        }
    }
    let house = |b: &Building| {
        let units = by_building.get(&b.id)?;
        let site = inventory.sites.iter().find(|s| s.id == b.site)?;
        let name = Text::names(&site.name_zh, &site.name_en);
        Some(House {
            key: b.id.to_string(),
            name: Text::of(
                format!("{} {}", name.zh, b.label),
                format!("{} {}", name.en, b.label),
            ),
            vacant: units
                .iter()
                .filter(|(_, u)| !held.contains_key(&u.id))
                .count(),
            units: units.len(),
            levels: levels(units, &held),
        })
    };
    inventory.buildings.iter().filter_map(house).collect()
}

fn levels(units: &[(i32, &Unit)], held: &BTreeMap<&UnitId, Vec<Holder>>) -> Vec<Level> {
    let mut floors: BTreeMap<i32, Vec<Lot>> = BTreeMap::new();
    for (level, unit) in units {
        floors.entry(-level).or_default().push(Lot {
            unit: unit.id.clone(),
            room: unit.room.clone(),
            area: unit.area,
            held: held.get(&unit.id).cloned().unwrap_or_default(),
        });
    }
    let level = |(down, mut lots): (i32, Vec<Lot>)| {
        lots.sort_by(|a, b| a.room.cmp(&b.room));
        Level { level: -down, lots }
    };
    floors.into_iter().map(level).collect()
}

fn asking(snapshot: &Snapshot, plan: &Plan, names: &BTreeMap<ApplicationId, Text>) -> Vec<Asking> {
    let mut all: Vec<Asking> = Vec::new();
    for application in &snapshot.applications {
        let waits = plan
            .waiting
            .iter()
            .find(|w| w.application == application.id);
        let award = plan.awards.iter().find(|a| a.application == application.id);
        let units = award.iter().flat_map(|a| &a.units);
        all.push(Asking {
            application: application.id.clone(),
            firm: named(names, &application.id),
            area: (application.area_min, application.area_max),
            why: waits.map_or("", |w| why(&w.why)),
            units: units.map(|g| g.unit.clone()).collect(),
        });
    }
    all.sort_by_key(|a| (a.why.is_empty(), a.why == "not_eligible"));
    all
}

fn why(why: &WhyNot) -> &'static str {
    match why {
        WhyNot::NotEligible { .. } => "not_eligible",
        WhyNot::NothingFits { .. } => "nothing_fits",
        WhyNot::PricedOut { .. } => "priced_out",
    }
}

/// Whose lot would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// The application.
    pub application: ApplicationId,
    /// Its firm.
    pub firm: Text,
    /// `placed`, `lost`, `moved` or `changed`.
    pub kind: String,
    /// What it holds in the plan.
    pub before: String,
    /// What it would hold.
    pub after: String,
    /// Both as people call them; empty for nothing.
    pub named: (Text, Text),
    /// Points more.
    pub points: Points,
}

/// The quota of a district, used before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Used {
    /// District.
    pub district: String,
    /// Before.
    pub before: Fen,
    /// After.
    pub after: Fen,
}

/// What would become of the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tried {
    /// `yes`, `no` or `open`.
    pub possible: String,
    /// True when nothing of the snapshot meets the demand at all.
    pub hopeless: bool,
    /// The change of points: reached, never exceeded.
    pub change: (Option<Points>, Option<Points>),
    /// Who moves.
    pub moves: Vec<Moved>,
    /// Quotas of which the use changes.
    pub quotas: Vec<Used>,
    /// What fixes it as an override; `None` when it was not found or takes nothing.
    pub pin: Option<Pin>,
}

/// The name of a value as files write it.
fn written(value: &impl serde::Serialize) -> String {
    let value = serde_json::to_value(value).ok();
    let name = value.as_ref().and_then(|v| v.as_str());
    name.unwrap_or_default().to_owned()
}

/// Moves with the names of firms and rooms.
pub(super) fn moved(snapshot: &Snapshot, all: &[Move]) -> Vec<Moved> {
    let (names, rooms) = (names(snapshot), Rooms::of(&snapshot.inventory));
    let space = |held: &Option<Held>| held.as_ref().map_or(String::new(), |h| h.space.clone());
    let one = |m: &Move| Moved {
        firm: named(&names, &m.application),
        application: m.application.clone(),
        kind: written(&m.kind),
        named: (
            rooms.space(&space(&m.before)),
            rooms.space(&space(&m.after)),
        ),
        before: space(&m.before),
        after: space(&m.after),
        points: m.points,
    };
    all.iter().map(one).collect()
}

/// Tries one demand on a stored plan, with so many seconds for one run. AC013, AC520, PL201.
pub fn tried(desk: &Desk, digest: &str, demand: &Demand, seconds: u32) -> Result<Tried, Faults> {
    let answer = questions::foil(desk, digest, std::slice::from_ref(demand), seconds)?;
    let snapshot = desk.store().read(|tx| {
        let plan = stored::plan(tx, digest)?;
        stored::snapshot(tx, &plan.snapshot)
    })?;
    let moves = moved(&snapshot, &answer.moves);
    let mine = moves
        .iter()
        .find(|m| m.application == *demand.application());
    let pin = mine.map(|m| pin(&snapshot, m)).transpose()?.flatten();
    Ok(Tried {
        possible: written(&answer.possible),
        hopeless: !answer.hopeless.is_empty(),
        change: (answer.change.low, answer.change.high),
        quotas: answer
            .quotas
            .iter()
            .map(|q| Used {
                district: q.district.to_string(),
                before: q.before,
                after: q.after,
            })
            .collect(),
        moves,
        pin,
    })
}

/// The pin of what an application would hold. `U1+U2@120.50|subsidy`: units, the area of a part behind `@`.
fn pin(snapshot: &Snapshot, moved: &Moved) -> Result<Option<Pin>, Faults> {
    let space = moved.after.split('|').next().unwrap_or_default();
    let mut units = Vec::new();
    for part in space.split('+').filter(|p| !p.is_empty()) {
        let (unit, area) = match part.split_once('@') {
            Some((unit, area)) => (unit, Some(area)),
            None => (part, None),
        };
        let all = &snapshot.inventory.units;
        let found = all.iter().find(|u| u.id.as_str() == unit);
        let found = found.ok_or_else(|| refuse::absent("unit", unit))?;
        let area = match area {
            Some(area) => area.parse()?,
            None => found.area,
        };
        units.push((found.id.clone(), area));
    }
    Ok((!units.is_empty()).then(|| Pin {
        application: moved.application.clone(),
        units,
        kept: None,
    }))
}
