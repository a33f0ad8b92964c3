//! Places (地点): the ground of maps, the metro stations, and where apartments are. For everybody.
//!
//! Not here: what is vacant (`vacancies`), GeoJSON (`web`).

use std::collections::BTreeMap;

use super::Desk;
use super::view::ground::{self, GroundView};
use super::words::Text;
use crate::domain::fault::Faults;
use crate::domain::housing::{ApartmentType, Project};
use crate::domain::ids::ApartmentTypeId;
use crate::domain::place::{Position, Station};
use crate::domain::space::Site;
use crate::store;

/// Something that stands on the map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Key.
    pub key: String,
    /// Name.
    pub name: Text,
    /// Where.
    pub position: Position,
}

/// Outlines, lines, stations and clusters as they are stored.
pub fn ground(desk: &Desk) -> Result<GroundView, Faults> {
    let ground = desk.store().read(store::ground::load)?;
    Ok(ground::of(&ground))
}

/// The metro stations, by key.
pub fn stations(desk: &Desk) -> Result<Vec<Place>, Faults> {
    let all: Vec<Station> = desk.store().read(store::all)?;
    let place = |s: Station| Place {
        key: s.id.to_string(),
        name: Text::same(s.name_zh),
        position: s.position,
    };
    Ok(all.into_iter().map(place).collect())
}

/// The housing projects of some types of apartments, each once, as far as their places are known.
pub fn homes(desk: &Desk, types: &[ApartmentTypeId]) -> Result<Vec<Place>, Faults> {
    desk.store().read(|tx| {
        let mut found = BTreeMap::new();
        for id in types {
            let Some(kind): Option<ApartmentType> = store::get(tx, id.as_str())? else {
                continue;
            };
            let project: Option<Project> = store::get(tx, kind.project.as_str())?;
            let Some(project) = project else { continue };
            let site: Option<Site> = store::get(tx, project.site.as_str())?;
            let at = site.and_then(|s| s.located).map(|l| l.position);
            found.extend(at.map(|position| {
                let place = Place {
                    key: project.id.to_string(),
                    name: Text::same(project.name_zh.clone()),
                    position,
                };
                (project.id.to_string(), place)
            }));
        }
        Ok(found.into_values().collect())
    })
}
