//! Snapshots (快照): everything that a plan may see, frozen at one moment, named by a digest.
//!
//! Not here: how the digest is computed and the file is written (`planning::files`).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::application::Application;
use super::area::Area;
use super::firm::Firm;
use super::housing::{ApartmentType, HouseholdKind, Project};
use super::ids::{ApartmentTypeId, ApplicationId, UnitId};
use super::place::{Cluster, District, Network};
use super::plan::Award;
use super::quota::Quota;
use super::round::Round;
use super::space::{Building, Floor, Site, Unit};

/// Format name of the file.
pub const SNAPSHOT_FORMAT: &str = "zhuchao-snapshot/1";

/// The inventory part: space and housing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inventory {
    /// Sites by key.
    pub sites: Vec<Site>,
    /// Buildings by key.
    pub buildings: Vec<Building>,
    /// Floors by key.
    pub floors: Vec<Floor>,
    /// Units by key.
    pub units: Vec<Unit>,
    /// Housing projects by key.
    pub projects: Vec<Project>,
    /// Apartment types by key.
    pub apartments: Vec<ApartmentType>,
}

/// The map part: what does not change from round to round.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ground {
    /// Districts with outlines.
    pub districts: Vec<District>,
    /// Metro network.
    pub network: Network,
    /// Clusters and fields.
    pub clusters: Vec<Cluster>,
}

/// A decision that the plan must keep: a contract in force or an officer's lock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pin {
    /// The application.
    pub application: ApplicationId,
    /// The units it holds, with the area of each.
    pub units: Vec<(UnitId, Area)>,
    /// The rest of an award that is kept whole; `None` = only the units are kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept: Option<Kept>,
}

/// What a pin keeps besides the units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kept {
    /// With subsidy, or without.
    pub subsidised: bool,
    /// Apartments by household and type: exactly these.
    pub apartments: Vec<(HouseholdKind, ApartmentTypeId, u32)>,
}

impl Pin {
    /// The pin that keeps an award whole: its units, its apartments, its subsidy or the lack of it.
    pub fn whole(award: &Award) -> Pin {
        let apartments = award.apartments.iter();
        Pin {
            application: award.application.clone(),
            units: (award.units.iter())
                .map(|g| (g.unit.clone(), g.area))
                .collect(),
            kept: Some(Kept {
                subsidised: award.subsidy.is_some(),
                apartments: apartments
                    .map(|g| (g.household, g.apartment.clone(), g.count))
                    .collect(),
            }),
        }
    }
}

/// A frozen snapshot. Every list is sorted by key, so that equal facts give equal bytes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Snapshot {
    /// Always [`SNAPSHOT_FORMAT`].
    pub format: String,
    /// True when any part was invented by a generator.
    pub synthetic: bool,
    /// When it was frozen.
    pub frozen_at: DateTime<Utc>,
    /// The round.
    pub round: Round,
    /// The policy document (TOML) in force, whole.
    pub policy: String,
    /// The map.
    pub ground: Ground,
    /// Space and housing.
    pub inventory: Inventory,
    /// Firms by key.
    pub firms: Vec<Firm>,
    /// Applications by key.
    pub applications: Vec<Application>,
    /// Quotas by district, year and item.
    pub quotas: Vec<Quota>,
    /// Decisions that must be kept.
    pub pins: Vec<Pin>,
}
