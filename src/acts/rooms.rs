//! Rooms by name: the site, building and room of a unit, and what an option holds as people call it.
//!
//! Not here: what is vacant (`vacancies`), names in sentences (`planning`).

use std::collections::BTreeMap;

use super::words::Text;
use crate::domain::ids::UnitId;
use crate::domain::snapshot::Inventory;
use crate::domain::space::Unit;

/// Names of the units of an inventory.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rooms(BTreeMap<UnitId, Text>);

impl Rooms {
    /// The names of all units.
    pub fn of(inventory: &Inventory) -> Rooms {
        let floors: BTreeMap<_, _> = inventory.floors.iter().map(|f| (&f.id, f)).collect();
        let buildings: BTreeMap<_, _> = inventory.buildings.iter().map(|b| (&b.id, b)).collect();
        let sites: BTreeMap<_, _> = inventory.sites.iter().map(|s| (&s.id, s)).collect();
        let named = |unit: &Unit| {
            let building = buildings.get(&floors.get(&unit.floor)?.building)?;
            let site = sites.get(&building.site)?;
            let site = Text::names(&site.name_zh, &site.name_en);
            let parts = [building.label.as_str(), unit.room.as_str()];
            let parts = parts.into_iter().filter(|p| !p.is_empty());
            let under = parts.collect::<Vec<_>>().join(" ");
            let name = Text::of(
                format!("{} {under}", site.zh).trim_end(),
                format!("{} {under}", site.en).trim_end(),
            );
            Some((unit.id.clone(), name))
        };
        Rooms(inventory.units.iter().filter_map(named).collect())
    }

    /// The name of a unit; its key where it is not known.
    pub fn name(&self, unit: &UnitId) -> Text {
        let found = self.0.get(unit).cloned();
        found.unwrap_or_else(|| Text::same(unit.to_string()))
    }

    /// What an option holds: its units, of a part the area behind it. `U1+U2@120.50|subsidy`.
    pub fn space(&self, option: &str) -> Text {
        let units = option.split('|').next().unwrap_or_default();
        let part = |part: &str| {
            let (key, area) = match part.split_once('@') {
                Some((key, area)) => (key, format!(" ({area} m²)")),
                None => (part, String::new()),
            };
            let name = match key.parse() {
                Ok(unit) => self.name(&unit),
                Err(_) => Text::same(key),
            };
            Text::of(format!("{}{area}", name.zh), format!("{}{area}", name.en))
        };
        let all: Vec<Text> = units
            .split('+')
            .filter(|u| !u.is_empty())
            .map(part)
            .collect();
        let joined = |of: fn(&Text) -> &str, between: &str| {
            let all: Vec<&str> = all.iter().map(of).collect();
            all.join(between)
        };
        Text::of(
            joined(|t| t.zh.as_str(), "、"),
            joined(|t| t.en.as_str(), ", "),
        )
    }
}
