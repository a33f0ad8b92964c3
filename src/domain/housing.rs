//! Talent housing (人才公寓, 配套宿舍): projects and apartment types; households and their kinds.
//!
//! Not here: which household may take which layout (policy).

use serde::{Deserialize, Serialize};

use super::area::Area;
use super::evidence::{Evidence, Provenance};
use super::ids::{ApartmentTypeId, ProjectId, SiteId};
use super::money::Rate;
use super::period::Period;

/// A housing project (住房项目).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Project {
    /// Key.
    pub id: ProjectId,
    /// Chinese name.
    pub name_zh: String,
    /// The housing site it stands on.
    pub site: SiteId,
    /// The space site (park) it belongs to, if any: "same park first".
    pub park: Option<SiteId>,
    /// Source and marks.
    pub provenance: Provenance,
}

/// Layout of an apartment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Layout {
    /// A bed in a dormitory (宿舍床位).
    DormBed,
    /// Studio (单间).
    Studio,
    /// One bedroom (一房).
    OneBed,
    /// Two bedrooms (两房).
    TwoBed,
    /// Three bedrooms (三房).
    ThreeBed,
    /// Four bedrooms (四房).
    FourBed,
}

/// All like apartments of a project (房型).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApartmentType {
    /// Key.
    pub id: ApartmentTypeId,
    /// Its project.
    pub project: ProjectId,
    /// Layout.
    pub layout: Layout,
    /// Area of one; `None` when not known.
    pub area: Option<Area>,
    /// How many this inventory can let.
    pub count: u32,
    /// How well the count is known.
    pub count_evidence: Evidence,
    /// Rent per m2 and month; `None` when not known.
    pub rent: Option<Rate>,
    /// When they can be let.
    pub available: Period,
    /// Source and marks.
    pub provenance: Provenance,
}

/// Kind of household.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HouseholdKind {
    /// One person.
    Single,
    /// Two persons.
    Couple,
    /// Three or four persons.
    Family,
    /// Five persons or more.
    Large,
}

impl HouseholdKind {
    /// The name in tables and files.
    pub fn name(self) -> &'static str {
        match self {
            HouseholdKind::Single => "single",
            HouseholdKind::Couple => "couple",
            HouseholdKind::Family => "family",
            HouseholdKind::Large => "large",
        }
    }
}

/// So many households of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Households {
    /// Kind.
    pub kind: HouseholdKind,
    /// How many; positive.
    pub count: u32,
}
