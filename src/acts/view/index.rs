//! Look-ups by key over a snapshot. Every look-up may fail: a plan is never trusted.
//!
//! Not here: sums, sentences.

use std::collections::BTreeMap;

use crate::acts::words::Text;
use crate::domain::firm::Firm;
use crate::domain::housing::{ApartmentType, Project};
use crate::domain::place::DistrictCode;
use crate::domain::plan::{Award, Plan};
use crate::domain::snapshot::Snapshot;
use crate::domain::space::{Building, Floor, Site, Unit};
use crate::policy::{self, Policy};

use super::board::Link;

/// Nouns by key.
pub struct Index<'a> {
    /// Sites.
    pub sites: BTreeMap<&'a str, &'a Site>,
    /// Buildings.
    pub buildings: BTreeMap<&'a str, &'a Building>,
    /// Floors.
    pub floors: BTreeMap<&'a str, &'a Floor>,
    /// Units.
    pub units: BTreeMap<&'a str, &'a Unit>,
    /// Housing projects.
    pub projects: BTreeMap<&'a str, &'a Project>,
    /// Apartment types.
    pub apartments: BTreeMap<&'a str, &'a ApartmentType>,
    /// Firms.
    pub firms: BTreeMap<&'a str, &'a Firm>,
    /// Names of districts.
    pub districts: BTreeMap<&'a str, Text>,
    /// Names of clusters and fields.
    pub clusters: BTreeMap<&'a str, Text>,
    /// Names of stations.
    pub stations: BTreeMap<&'a str, Text>,
    /// Awards by application.
    pub awards: BTreeMap<&'a str, &'a Award>,
    /// The policy of the snapshot; `None` when it cannot be read.
    pub policy: Option<Policy>,
}

fn by<'a, T>(all: &'a [T], key: impl Fn(&'a T) -> &'a str) -> BTreeMap<&'a str, &'a T> {
    all.iter().map(|one| (key(one), one)).collect()
}

impl<'a> Index<'a> {
    /// Indexes a snapshot and a plan.
    pub fn new(snapshot: &'a Snapshot, plan: &'a Plan) -> Index<'a> {
        let inventory = &snapshot.inventory;
        let ground = &snapshot.ground;
        Index {
            policy: policy::read(&snapshot.policy).ok(),
            sites: by(&inventory.sites, |s| s.id.as_str()),
            buildings: by(&inventory.buildings, |b| b.id.as_str()),
            floors: by(&inventory.floors, |f| f.id.as_str()),
            units: by(&inventory.units, |u| u.id.as_str()),
            projects: by(&inventory.projects, |p| p.id.as_str()),
            apartments: by(&inventory.apartments, |a| a.id.as_str()),
            firms: by(&snapshot.firms, |f| f.id.as_str()),
            districts: (ground.districts.iter())
                .map(|d| (d.code.as_str(), Text::names(&d.name_zh, &d.name_en)))
                .collect(),
            clusters: (ground.clusters.iter())
                .map(|c| (c.id.as_str(), Text::names(&c.name_zh, &c.name_en)))
                .collect(),
            stations: (ground.network.stations.iter())
                .map(|s| (s.id.as_str(), Text::same(s.name_zh.as_str())))
                .collect(),
            awards: by(&plan.awards, |a| a.application.as_str()),
        }
    }

    /// Name of a district; its code when it is not in the snapshot.
    pub fn district(&self, code: &DistrictCode) -> Text {
        let name = self.districts.get(code.as_str()).cloned();
        name.unwrap_or_else(|| Text::same(code.as_str()))
    }

    /// Name of a site; its key when it is not in the snapshot.
    pub fn link(&self, id: &crate::domain::ids::SiteId) -> Link {
        let site = self.sites.get(id.as_str());
        let name = site.map(|s| Text::names(&s.name_zh, &s.name_en));
        Link {
            id: id.clone(),
            name: name.unwrap_or_else(|| Text::same(id.as_str())),
        }
    }

    /// Building and floor of a unit.
    pub fn floor_of(&self, unit: &Unit) -> Option<(&'a Building, &'a Floor)> {
        let floor = self.floors.get(unit.floor.as_str())?;
        let building = self.buildings.get(floor.building.as_str())?;
        Some((building, floor))
    }

    /// Site of a unit.
    pub fn site_of(&self, unit: &Unit) -> Option<&'a Site> {
        let (building, _) = self.floor_of(unit)?;
        self.sites.get(building.site.as_str()).copied()
    }

    /// Building, floor and room in words.
    pub fn place_of(&self, unit: &Unit) -> Text {
        let Some((building, floor)) = self.floor_of(unit) else {
            return Text::same(unit.id.as_str());
        };
        let level = floor.level;
        let zh_floor = match level {
            below if below < 0 => format!("地下{}层", below.unsigned_abs()),
            above => format!("{above}层"),
        };
        let en_floor = match level {
            below if below < 0 => format!("basement {}", below.unsigned_abs()),
            above => format!("floor {above}"),
        };
        let (mut zh, mut en) = (
            format!("{} {zh_floor}", building.label),
            format!("{}, {en_floor}", building.label),
        );
        if !unit.room.is_empty() {
            zh.push_str(&format!(" {}", unit.room));
            en.push_str(&format!(", {}", unit.room));
        }
        Text::of(zh, en)
    }
}
