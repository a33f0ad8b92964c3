//! Units, buildings and apartments as the API shows them to everybody: no tenant is named.
//!
//! Not here: any route.

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::stated::whole;
use crate::acts::stock::apartments::ApartmentsNow;
use crate::acts::stock::buildings::BuildingNow;
use crate::acts::stock::{OnDay, Placed, Shelf};
use crate::domain::fault::Faults;
use crate::domain::space::Division;

/// A unit with how it stands on a day. Areas in 0.01 m2, rents in fen per m2 and month.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnitShown {
    id: String,
    site: String,
    site_name: String,
    district: String,
    building: String,
    building_name: String,
    /// 1 is the ground floor, -1 the first basement.
    level: i32,
    /// The whole floor goes to one tenant.
    one_tenant: bool,
    room: String,
    #[serde(rename = "use")]
    #[schema(value_type = String)]
    use_: Value,
    area: i64,
    /// Null when it is let whole or not at all.
    smallest_lot: Option<i64>,
    /// It is let only together with the others of this group.
    group: Option<String>,
    /// vacant, reserved, let or closed (not on offer), on the day.
    standing: &'static str,
    /// What of it may be let on the day.
    vacant_area: i64,
    /// The day.
    on: NaiveDate,
    /// Null when not printed, or when the policy sets it.
    rent: Option<i64>,
    /// Keys of the policy by which the rent is set: area and grade; null for others.
    rent_area: Option<String>,
    rent_grade: Option<String>,
    lease_months: Option<u32>,
    rent_free_months: u32,
    #[schema(value_type = String)]
    fitout: Value,
    #[schema(value_type = String)]
    raised: Value,
    /// kg/m2; null when not stated, as all below.
    floor_load: Option<u32>,
    /// mm.
    clear_height: Option<u32>,
    /// Ampere.
    power: Option<u32>,
    gas: Option<bool>,
    clean_water: Option<bool>,
    #[schema(value_type = Option<String>)]
    hazard: Value,
    /// How well the row is known.
    #[schema(value_type = String)]
    evidence: Value,
    source: String,
}

impl UnitShown {
    /// A unit of the inventory.
    pub fn of(
        shelf: &Shelf,
        placed: &Placed,
        now: OnDay,
        on: NaiveDate,
    ) -> Result<UnitShown, Faults> {
        let (unit, has) = (&placed.unit, &placed.unit.technical);
        let (site, building) = (shelf.site(placed), shelf.building(placed));
        let smallest_lot = match unit.division {
            Division::Whole => None,
            Division::Divisible { smallest_lot } => Some(smallest_lot.0),
        };
        Ok(UnitShown {
            id: unit.id.to_string(),
            site: site.id.to_string(),
            site_name: site.name_zh.clone(),
            district: site.district.to_string(),
            building: building.id.to_string(),
            building_name: building.label.clone(),
            level: placed.floor.level,
            one_tenant: placed.floor.one_tenant,
            room: unit.room.clone(),
            use_: whole(&unit.use_)?,
            area: unit.area.0,
            smallest_lot,
            group: unit.group.as_ref().map(ToString::to_string),
            standing: now.standing.name(),
            vacant_area: now.vacant.0,
            on,
            rent: unit.rent.as_ref().map(|r| r.rate.fen()),
            rent_area: unit.rent_rule.as_ref().map(|r| r.area.clone()),
            rent_grade: unit.rent_rule.as_ref().map(|r| r.grade.clone()),
            lease_months: unit.lease_months,
            rent_free_months: unit.rent_free_months,
            fitout: whole(&unit.fitout)?,
            raised: whole(&unit.raised)?,
            floor_load: has.floor_load_kg_m2,
            clear_height: has.clear_height_mm,
            power: has.power_a,
            gas: has.gas,
            clean_water: has.clean_water,
            hazard: whole(&has.hazard)?,
            evidence: whole(&unit.provenance.evidence)?,
            source: unit.provenance.source.clone(),
        })
    }
}

/// A page of units.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnitPage {
    /// The units.
    pub items: Vec<UnitShown>,
    /// Key after which the next page begins.
    pub next: Option<String>,
}

/// A building with the sums of its units on a day. Areas in 0.01 m2.
#[derive(Debug, Serialize, ToSchema)]
pub struct BuildingShown {
    /// Key.
    pub id: String,
    site: String,
    site_name: String,
    district: String,
    label: String,
    units: u32,
    area: i64,
    vacant_units: u32,
    vacant_area: i64,
    /// The day.
    on: NaiveDate,
}

impl BuildingShown {
    /// A building on a day.
    pub fn of(now: &BuildingNow<'_>, on: NaiveDate) -> BuildingShown {
        BuildingShown {
            id: now.building.id.to_string(),
            site: now.site.id.to_string(),
            site_name: now.site.name_zh.clone(),
            district: now.site.district.to_string(),
            label: now.building.label.clone(),
            units: now.sums.units,
            area: now.sums.area,
            vacant_units: now.sums.vacant_units,
            vacant_area: now.sums.vacant_area,
            on,
        }
    }
}

/// A page of buildings.
#[derive(Debug, Serialize, ToSchema)]
pub struct BuildingPage {
    /// The buildings.
    pub items: Vec<BuildingShown>,
    /// Key after which the next page begins.
    pub next: Option<String>,
}

/// An apartment type on a day. Areas in 0.01 m2, rents in fen per m2 and month.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApartmentsShown {
    /// Key.
    pub id: String,
    project: String,
    project_name: String,
    site: String,
    district: String,
    /// The park that it belongs to, if any.
    park: Option<String>,
    #[schema(value_type = String)]
    layout: Value,
    area: Option<i64>,
    count: u32,
    /// How many of them are vacant on the day.
    vacant: i64,
    /// The day.
    on: NaiveDate,
    rent: Option<i64>,
    /// How well the row is known.
    #[schema(value_type = String)]
    evidence: Value,
    source: String,
}

impl ApartmentsShown {
    /// An apartment type on a day.
    pub fn of(now: &ApartmentsNow<'_>, on: NaiveDate) -> Result<ApartmentsShown, Faults> {
        let kind = now.kind;
        Ok(ApartmentsShown {
            id: kind.id.to_string(),
            project: now.project.id.to_string(),
            project_name: now.project.name_zh.clone(),
            site: now.site.id.to_string(),
            district: now.site.district.to_string(),
            park: now.project.park.as_ref().map(ToString::to_string),
            layout: whole(&kind.layout)?,
            area: kind.area.map(|a| a.0),
            count: kind.count,
            vacant: now.vacant,
            on,
            rent: kind.rent.map(|r| r.fen()),
            evidence: whole(&kind.provenance.evidence)?,
            source: kind.provenance.source.clone(),
        })
    }
}

/// A page of apartment types.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApartmentsPage {
    /// The apartment types.
    pub items: Vec<ApartmentsShown>,
    /// Key after which the next page begins.
    pub next: Option<String>,
}
