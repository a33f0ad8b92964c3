//! Rows of the table of units. Buildings and floors follow from the rows: a building is
//! `site/label`, a floor `site/label/level`.
//!
//! `available_from` and `available_until` may hold several periods separated by `;`, in order;
//! the last end may be empty. As everywhere, `until` is the first day after.

use std::collections::BTreeMap;

use crate::domain::area::Area;
use crate::domain::evidence::Evidence;
use crate::domain::fault::{Fault, Place};
use crate::domain::ids::{BuildingId, FloorId, GroupId, SiteId, UnitId};
use crate::domain::money::Rate;
use crate::domain::period::Period;
use crate::domain::space::{
    Building, Division, Fitout, Floor, Raised, Rent, RentRule, SiteKind, Technical, Unit, Use,
};

use super::codes;
use super::found::Found;
use super::gather::{Gather, Seen};
use super::outside::Context;
use super::report::Batch;
use super::row::Row;

/// Gathers units, floors, buildings and groups.
#[derive(Debug, Default)]
pub(super) struct Units {
    buildings: BTreeMap<BuildingId, Building>,
    floors: BTreeMap<FloorId, (Floor, u64)>,
    groups: BTreeMap<GroupId, Vec<(u64, UnitId, BuildingId)>>,
    units: Vec<Unit>,
    seen: Seen,
}

/// A site of the wanted kind, known.
pub(super) fn known_site(
    row: &mut Row<'_>,
    ctx: &Context<'_>,
    column: &str,
    wanted: SiteKind,
) -> Option<SiteId> {
    let id: SiteId = row.parsed(column)?;
    match ctx.known.site_kind(&id) {
        None => row.unknown(column, "site", id.as_str()),
        Some(kind) if kind != wanted => row.fault(
            column,
            codes::WRONG_SITE_KIND,
            format!("the site {id} is not of the kind {wanted:?}"),
            "name a site of that kind",
        ),
        Some(_) => {}
    }
    Some(id)
}

/// The site of `site_id`, which must be there.
pub(super) fn needed_site(
    row: &mut Row<'_>,
    ctx: &Context<'_>,
    wanted: SiteKind,
) -> Option<SiteId> {
    if row.is_empty("site_id") && row.raw("site_id").is_some() {
        row.report_empty("site_id");
    }
    known_site(row, ctx, "site_id", wanted)
}

fn building(row: &mut Row<'_>, site: Option<&SiteId>) -> Option<Building> {
    let label = row.needed_text("building")?.trim().to_owned();
    if label.contains('/') {
        row.fault(
            "building",
            codes::BAD_LABEL,
            format!("the label {label} holds a slash"),
            "write the label without /",
        );
        return None;
    }
    let site = site?.clone();
    match format!("{site}/{label}").parse() {
        Ok(id) => Some(Building { id, site, label }),
        Err(fault) => {
            row.refuse("building", fault);
            None
        }
    }
}

fn floor(row: &mut Row<'_>, building: Option<&Building>) -> Option<Floor> {
    let level = row.needed_number::<i32>("floor");
    let one_tenant = row.flag("one_tenant_per_floor").unwrap_or(false);
    if level == Some(0) {
        row.fault(
            "floor",
            codes::FLOOR_ZERO,
            "there is no floor 0",
            "the ground floor is 1, the first basement -1",
        );
    }
    let (building, level) = (building?, level?);
    match format!("{}/{level}", building.id).parse() {
        Ok(id) => Some(Floor {
            id,
            building: building.id.clone(),
            level,
            one_tenant,
        }),
        Err(fault) => {
            row.refuse("floor", fault);
            None
        }
    }
}

fn division(row: &mut Row<'_>) -> Division {
    let divisible = row.flag("divisible").unwrap_or(false);
    let lot = row.parsed::<Area>("smallest_lot_m2");
    let has_lot = !row.is_empty("smallest_lot_m2");
    if divisible != has_lot {
        row.fault(
            "smallest_lot_m2",
            codes::BAD_DIVISION,
            if divisible {
                "the unit is divisible and its smallest lot is not given"
            } else {
                "a smallest lot is given for a unit that is not divisible"
            },
            "give smallest_lot_m2 exactly when divisible is true",
        );
    }
    match lot {
        Some(smallest_lot) if divisible => Division::Divisible { smallest_lot },
        _ => Division::Whole,
    }
}

fn rent(row: &mut Row<'_>, of_row: Option<Evidence>) -> Option<Rent> {
    let rate = row.parsed::<Rate>("rent_yuan_m2_month");
    let evidence = row.word::<Evidence>("rent_evidence").or(of_row);
    Some(Rent {
        rate: rate?,
        evidence: evidence?,
    })
}

/// The rule by which a unit is let, when its row names area and grade; both or neither, and no rent beside.
fn rent_rule(row: &mut Row<'_>) -> Option<RentRule> {
    let (area, grade) = (row.text("rent_area"), row.text("rent_grade"));
    if area.is_empty() && grade.is_empty() {
        return None;
    }
    if area.is_empty() || grade.is_empty() || !row.is_empty("rent_yuan_m2_month") {
        let cause = "a rent by rule has an area and a grade, and no rent of its own";
        let action = "give rent_area and rent_grade together, and leave rent_yuan_m2_month empty";
        row.fault("rent_area", codes::BAD_RENT_RULE, cause, action);
        return None;
    }
    Some(RentRule { area, grade })
}

fn technical(row: &mut Row<'_>) -> Technical {
    Technical {
        floor_load_kg_m2: row.number("floor_load_kg_m2"),
        clear_height_mm: row.decimal("clear_height_m", 3),
        power_a: row.number("power_a"),
        gas: row.flag("gas"),
        clean_water: row.flag("clean_water"),
        hazard: row.word("hazard_class"),
    }
}

fn available(row: &mut Row<'_>) -> Vec<Period> {
    let split = |cell: Option<String>| -> Vec<String> {
        cell.map(|c| c.split([';', '；']).map(|p| p.trim().to_owned()).collect())
            .unwrap_or_default()
    };
    let starts = split(row.word_of("available_from"));
    let mut ends = split(row.word_of("available_until"));
    if ends.len() < starts.len() && ends.len() <= 1 && starts.len() == 1 {
        ends.resize(starts.len(), String::new());
    }
    if starts.len() != ends.len() {
        row.fault(
            "available_until",
            codes::BAD_AVAILABILITY,
            "the ends of availability do not pair with its beginnings",
            "give as many days in available_until as in available_from; the last may be empty",
        );
        return Vec::new();
    }
    let mut periods = Vec::new();
    for (start, end) in starts.iter().zip(&ends) {
        let from = row.day("available_from", start);
        let until = match end.as_str() {
            "" => None,
            day => row.day("available_until", day),
        };
        match from.map(|from| Period::new(from, until)) {
            Some(Ok(period)) => periods.push(period),
            Some(Err(fault)) => row.refuse("available_until", fault),
            None => {}
        }
    }
    periods
}

fn unit(row: &mut Row<'_>, floor: Option<&Floor>) -> Option<Unit> {
    let id = row.needed::<UnitId>("unit_id");
    let use_ = row.needed_word::<Use>("use");
    let area = row.needed::<Area>("area_m2");
    let group = row.parsed::<GroupId>("group_id");
    let provenance = row.provenance();
    let rent = rent(row, provenance.as_ref().map(|p| p.evidence));
    let rent_rule = rent_rule(row);
    let (division, technical, available) = (division(row), technical(row), available(row));
    let raised = row.word("raised_by").unwrap_or(Raised::Unknown);
    let fitout = row.word("fitout").unwrap_or(Fitout::Unknown);
    let lease_months = row.number("lease_term_months");
    let rent_free_months = row.number("rent_free_months").unwrap_or(0);
    Some(Unit {
        id: id?,
        floor: floor?.id.clone(),
        room: row.text("room"),
        use_: use_?,
        area: area?,
        division,
        group,
        raised,
        fitout,
        technical,
        rent,
        rent_rule,
        lease_months,
        rent_free_months,
        available,
        provenance: provenance?,
    })
}

impl Units {
    fn note_floor(&mut self, row: &mut Row<'_>, floor: &Floor) {
        let Some((first, line)) = self.floors.get(&floor.id) else {
            self.floors
                .insert(floor.id.clone(), (floor.clone(), row.line));
            return;
        };
        if first.one_tenant != floor.one_tenant {
            row.fault(
                "one_tenant_per_floor",
                codes::FLOOR_DISAGREES,
                format!("floor {} says otherwise in row {line}", floor.id),
                "write the same in every row of the floor",
            );
        }
    }

    /// Registers the building, the floor and the group of a unit.
    fn place(&mut self, row: &mut Row<'_>, unit: &Unit, building: Building, floor: &Floor) {
        self.note_floor(row, floor);
        if let Some(group) = &unit.group {
            let members = self.groups.entry(group.clone()).or_default();
            members.push((row.line, unit.id.clone(), building.id.clone()));
        }
        self.buildings
            .entry(building.id.clone())
            .or_insert(building);
    }

    fn check_groups(&self, ctx: &Context<'_>, found: &mut Found) {
        for (group, members) in &self.groups {
            let Some((line, _, first)) = members.first() else {
                continue;
            };
            let stored = ctx.known.group_members(group);
            let elsewhere = stored
                .iter()
                .filter(|(unit, _)| !self.seen.holds(unit.as_str()));
            let others: Vec<&BuildingId> = elsewhere.map(|(_, b)| b).collect();
            if members.len() + others.len() < 2 {
                let cause = format!("the group {group} has one member");
                let action = "a let-only-together group has two members or more";
                let fault = Fault::new(codes::GROUP_OF_ONE, cause, action);
                found.fault(fault.at(Place::cell(*line, "group_id")));
            }
            let home = others.first().copied().unwrap_or(first);
            for (line, _, building) in members.iter().filter(|m| m.2 != *home) {
                let cause = format!("the group {group} lies in {home} and in {building}");
                let action = "a let-only-together group lies in one building";
                let fault = Fault::new(codes::GROUP_TORN, cause, action);
                found.fault(fault.at(Place::cell(*line, "group_id")));
            }
        }
    }
}

impl Gather for Units {
    fn row(&mut self, row: &mut Row<'_>, ctx: &Context<'_>) {
        if let Some(key) = row.word_of("unit_id") {
            self.seen.once(&key, "unit_id", row.line, row.found);
        }
        let site = needed_site(row, ctx, SiteKind::Space);
        let building = building(row, site.as_ref());
        let floor = floor(row, building.as_ref());
        let unit = unit(row, floor.as_ref());
        let (Some(unit), Some(building), Some(floor)) = (unit, building, floor) else {
            return;
        };
        self.place(row, &unit, building, &floor);
        match unit.proved() {
            Ok(unit) => self.units.push(unit),
            Err(fault) => row.refuse("unit_id", fault),
        }
    }

    fn finish(self: Box<Self>, ctx: &Context<'_>, found: &mut Found) -> Batch {
        self.check_groups(ctx, found);
        Batch::Units {
            buildings: self.buildings.into_values().collect(),
            floors: self.floors.into_values().map(|(f, _)| f).collect(),
            units: self.units,
        }
    }
}
