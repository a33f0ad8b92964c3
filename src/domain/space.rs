//! Space: sites, buildings, floors and units (场址, 楼栋, 楼层, 单元), with the laws of letting:
//! whole or divisible with a smallest lot, groups let only together, one tenant per floor.
//!
//! Not here: who gets what.

use serde::{Deserialize, Serialize};

use super::area::Area;
use super::evidence::{Evidence, Provenance};
use super::fault::{Code, Fault};
use super::ids::{BuildingId, FloorId, GroupId, SiteId, UnitId};
use super::money::Rate;
use super::period::Period;
use super::place::{DistrictCode, Located};

/// A unit breaks a law of letting: no area, a lot larger than the unit, divisible inside a group.
pub const BAD_UNIT: Code = Code("DM170");

/// What a site is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SiteKind {
    /// Innovative industrial space (创新型产业用房).
    Space,
    /// Talent housing (人才公寓, 宿舍).
    Housing,
}

/// A site: a park, a tower, an estate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Site {
    /// Key.
    pub id: SiteId,
    /// Space or housing.
    pub kind: SiteKind,
    /// Chinese name.
    pub name_zh: String,
    /// English name.
    pub name_en: String,
    /// District it lies in.
    pub district: DistrictCode,
    /// Address as printed; may be empty.
    pub address: String,
    /// Where; `None` when no point is known.
    pub located: Option<Located>,
    /// Source and marks.
    pub provenance: Provenance,
}

/// A building of a site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Building {
    /// Key.
    pub id: BuildingId,
    /// Its site.
    pub site: SiteId,
    /// Label, for example 2栋A座.
    pub label: String,
}

/// A floor of a building.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Floor {
    /// Key.
    pub id: FloorId,
    /// Its building.
    pub building: BuildingId,
    /// Level: 1 is the ground floor, -1 the first basement; never 0.
    pub level: i32,
    /// 一层一户: all units of the floor go to one tenant.
    pub one_tenant: bool,
}

/// Use of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Use {
    /// 研发办公.
    RdOffice,
    /// 办公.
    Office,
    /// 实验室.
    Laboratory,
    /// 厂房.
    Factory,
}

impl Use {
    /// Every use.
    pub const ALL: [Use; 4] = [Use::RdOffice, Use::Office, Use::Laboratory, Use::Factory];

    /// The name in tables and conditions.
    pub fn name(self) -> &'static str {
        match self {
            Use::RdOffice => "rd_office",
            Use::Office => "office",
            Use::Laboratory => "laboratory",
            Use::Factory => "factory",
        }
    }
}

/// How the space was raised (policy item 17).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Raised {
    /// 配套建设.
    Ancillary,
    /// 提高容积率.
    PlotRatio,
    /// 整治提升.
    Renovation,
    /// 回购.
    BuyBack,
    /// 合作开发.
    Cooperative,
    /// Not stated.
    Unknown,
}

/// Fit-out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fitout {
    /// 毛坯.
    BareShell,
    /// 简装.
    Simple,
    /// 精装.
    Full,
    /// Not stated.
    Unknown,
}

/// Fire-hazard class of production (火灾危险性), the most dangerous that is allowed or needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hazard {
    /// None.
    None,
    /// 丙类.
    C,
    /// 乙类.
    B,
    /// 甲类.
    A,
}

/// Technical attributes; `None` is "not stated".
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Technical {
    /// Floor load in kg/m2.
    pub floor_load_kg_m2: Option<u32>,
    /// Clear height in mm.
    pub clear_height_mm: Option<u32>,
    /// Power in ampere.
    pub power_a: Option<u32>,
    /// Gas laid on.
    pub gas: Option<bool>,
    /// Clean (purified) water laid on.
    pub clean_water: Option<bool>,
    /// Most dangerous class allowed.
    pub hazard: Option<Hazard>,
}

/// Rent basis of a unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rent {
    /// Fen per m2 and month.
    pub rate: Rate,
    /// How well it is known.
    pub evidence: Evidence,
}

/// A rent that the policy sets (按规则计租): the reference rent of an area times the coefficient of a grade, by
/// the tier of the tenant.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RentRule {
    /// Key of the reference rent (片区) in the policy.
    pub area: String,
    /// Key of the grade in the policy.
    pub grade: String,
}

/// Whether and how a unit may be divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Division {
    /// Let whole or not at all.
    Whole,
    /// Let in parts, each of at least this area.
    Divisible {
        /// Smallest lot.
        smallest_lot: Area,
    },
}

/// A lettable unit on one floor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    /// Key.
    pub id: UnitId,
    /// Its floor.
    pub floor: FloorId,
    /// Room as printed; may be empty.
    pub room: String,
    /// Use.
    #[serde(rename = "use")]
    pub use_: Use,
    /// Area.
    pub area: Area,
    /// Whole or divisible.
    pub division: Division,
    /// Let only together with the others of this group.
    pub group: Option<GroupId>,
    /// How it was raised.
    pub raised: Raised,
    /// Fit-out.
    pub fitout: Fitout,
    /// Technical attributes.
    pub technical: Technical,
    /// Rent; `None` when not printed, or when the policy sets it.
    pub rent: Option<Rent>,
    /// The policy sets the rent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rent_rule: Option<RentRule>,
    /// Longest lease in months; `None` when not printed.
    pub lease_months: Option<u32>,
    /// Rent-free months for fit-out.
    pub rent_free_months: u32,
    /// When it can be let: disjoint periods in order.
    pub available: Vec<Period>,
    /// Source and marks.
    pub provenance: Provenance,
}

impl Unit {
    /// The laws a unit must keep by itself: a positive area, a smallest lot not above it,
    /// no division inside a let-only-together group, availability in order and disjoint.
    pub fn proved(self) -> Result<Unit, Fault> {
        let bad = |why: &str| {
            Err(Fault::new(
                BAD_UNIT,
                format!("unit {}: {why}", self.id),
                "correct the row of the unit",
            ))
        };
        if self.area <= Area::ZERO {
            return bad("its area is zero");
        }
        if self.rent.is_some() && self.rent_rule.is_some() {
            return bad("it has a rent of its own and one by rule");
        }
        if let Division::Divisible { smallest_lot } = self.division {
            if smallest_lot <= Area::ZERO || smallest_lot > self.area {
                return bad("its smallest lot is zero or larger than the unit");
            }
            if self.group.is_some() {
                return bad("a member of a let-only-together group cannot be divisible");
            }
        }
        let disordered = self
            .available
            .windows(2)
            .any(|w| w[0].overlaps(&w[1]) || w[0].from() > w[1].from());
        if disordered {
            return bad("its availability periods overlap or are out of order");
        }
        Ok(self)
    }
}
