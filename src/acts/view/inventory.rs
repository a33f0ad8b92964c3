//! The inventory by site with what this plan lets of it and what stays vacant.
//!
//! Not here: occupancy before the round (not part of a snapshot).

use std::collections::BTreeMap;

use serde::Serialize;

use crate::acts::words::{self, Text};
use crate::domain::area::Area;
use crate::domain::evidence::Evidence;
use crate::domain::ids::{ApartmentTypeId, ApplicationId, SiteId, UnitId};
use crate::domain::money::Rate;
use crate::domain::period::Period;
use crate::domain::place::{DistrictCode, Located};
use crate::domain::plan::Plan;
use crate::domain::snapshot::Snapshot;
use crate::domain::space::{Division, Fitout, Raised, Site, SiteKind, Unit};

use super::ask::technical;
use super::board::Mark;
use super::index::Index;
use super::marks_of;

/// One site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SiteRow {
    /// Key.
    pub id: SiteId,
    /// Space or housing.
    pub kind: SiteKind,
    /// Name.
    pub name: Text,
    /// District.
    pub district: DistrictCode,
    /// Name of the district.
    pub district_name: Text,
    /// Address as printed.
    pub address: String,
    /// Where, and how well that is known.
    pub located: Option<Located>,
    /// Source of the row.
    pub source: String,
    /// Marks of the site and of all on it.
    pub marks: Vec<Mark>,
    /// Area of all units.
    pub area: Area,
    /// Area that this plan lets.
    pub area_let: Area,
    /// Firms placed here.
    pub firms: Vec<(ApplicationId, Text)>,
    /// Lowest and highest rate of rent.
    pub rent: Option<(Rate, Rate)>,
    /// Units from the top floor down.
    pub units: Vec<UnitRow>,
    /// Apartment types.
    pub apartments: Vec<ApartmentRow>,
}

impl SiteRow {
    /// Area that stays vacant.
    pub fn area_vacant(&self) -> Area {
        Area(self.area.0.saturating_sub(self.area_let.0).max(0))
    }

    /// Apartments that this plan lets, and all.
    pub fn apartments_let(&self) -> (u64, u64) {
        (self.apartments.iter()).fold((0, 0), |(held, all), a| {
            (held + u64::from(a.held), all + u64::from(a.count))
        })
    }

    /// True for space, false for housing.
    pub fn is_space(&self) -> bool {
        self.kind == SiteKind::Space
    }
}

/// One unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnitRow {
    /// Key.
    pub id: UnitId,
    /// Label of the building.
    pub building: String,
    /// Level.
    pub level: i32,
    /// Building, floor and room.
    pub place: Text,
    /// Use.
    #[serde(rename = "use")]
    pub use_: Text,
    /// Area.
    pub area: Area,
    /// Smallest lot when divisible.
    pub smallest_lot: Option<Area>,
    /// Let only together with others of this group.
    pub group: Option<String>,
    /// How raised, when stated.
    pub raised: Option<Text>,
    /// Fit-out, when stated.
    pub fitout: Option<Text>,
    /// Technical attributes in words.
    pub technical: Vec<Text>,
    /// Rate of rent.
    pub rent: Option<Rate>,
    /// How well the rent is known.
    pub rent_evidence: Option<Evidence>,
    /// When it can be let.
    pub available: Vec<Period>,
    /// The cells that are assumed.
    pub assumed: Vec<Text>,
    /// Who gets it, and how much of it.
    pub holders: Vec<Holder>,
    /// Area that this plan lets.
    pub area_let: Area,
    /// Marks.
    pub marks: Vec<Mark>,
}

impl UnitRow {
    /// Area that stays vacant.
    pub fn area_vacant(&self) -> Area {
        Area(self.area.0.saturating_sub(self.area_let.0).max(0))
    }
}

/// Who holds a unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Holder {
    /// The application.
    pub application: ApplicationId,
    /// The firm.
    pub firm: Text,
    /// The firm is synthetic.
    pub synthetic: bool,
    /// How much.
    pub area: Area,
}

/// One apartment type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ApartmentRow {
    /// Key.
    pub id: ApartmentTypeId,
    /// Project.
    pub project: String,
    /// Layout.
    pub layout: Text,
    /// Area of one.
    pub area: Option<Area>,
    /// How many can be let.
    pub count: u32,
    /// How many this plan lets.
    pub held: u32,
    /// Rate of rent.
    pub rent: Option<Rate>,
    /// Marks.
    pub marks: Vec<Mark>,
}

/// All sites by key.
pub(super) fn sites(snapshot: &Snapshot, plan: &Plan, index: &Index<'_>) -> Vec<SiteRow> {
    let mut units = units_by_site(snapshot, plan, index);
    let mut apartments = apartments_by_site(snapshot, plan, index);
    (snapshot.inventory.sites.iter())
        .map(|site| {
            let key = site.id.as_str();
            let (units, homes) = (units.remove(key), apartments.remove(key));
            row(
                site,
                units.unwrap_or_default(),
                homes.unwrap_or_default(),
                index,
            )
        })
        .collect()
}

fn row(
    site: &Site,
    units: Vec<UnitRow>,
    apartments: Vec<ApartmentRow>,
    index: &Index<'_>,
) -> SiteRow {
    let total =
        |of: fn(&UnitRow) -> Area| Area(units.iter().fold(0, |sum, u| sum.saturating_add(of(u).0)));
    let mut marks = marks_of(&site.provenance);
    marks.extend(units.iter().flat_map(|u| u.marks.iter().copied()));
    marks.extend(apartments.iter().flat_map(|a| a.marks.iter().copied()));
    if site.located.as_ref().is_some_and(|l| l.accuracy_m > 200) {
        marks.push(Mark::RoughPosition);
    }
    marks.sort_unstable();
    marks.dedup();
    let firms: BTreeMap<_, _> = (units.iter().flat_map(|u| &u.holders))
        .map(|h| (h.application.clone(), h.firm.clone()))
        .collect();
    let rates: Vec<Rate> = units.iter().filter_map(|u| u.rent).collect();
    SiteRow {
        id: site.id.clone(),
        kind: site.kind,
        name: Text::names(&site.name_zh, &site.name_en),
        district: site.district.clone(),
        district_name: index.district(&site.district),
        address: site.address.clone(),
        located: site.located.clone(),
        source: site.provenance.source.clone(),
        marks,
        area: total(|u| u.area),
        area_let: total(|u| u.area_let),
        firms: firms.into_iter().collect(),
        rent: rates.iter().min().copied().zip(rates.iter().max().copied()),
        units,
        apartments,
    }
}

fn units_by_site<'a>(
    snapshot: &'a Snapshot,
    plan: &Plan,
    index: &Index<'a>,
) -> BTreeMap<&'a str, Vec<UnitRow>> {
    let names: BTreeMap<&str, &str> = (snapshot.applications.iter())
        .map(|a| (a.id.as_str(), a.firm.as_str()))
        .collect();
    let mut held: BTreeMap<&str, Vec<Holder>> = BTreeMap::new();
    for award in &plan.awards {
        let firm = names
            .get(award.application.as_str())
            .and_then(|f| index.firms.get(f));
        for grant in &award.units {
            held.entry(grant.unit.as_str()).or_default().push(Holder {
                application: award.application.clone(),
                firm: firm.map_or_else(
                    || Text::same(award.application.as_str()),
                    |f| Text::names(&f.name_zh, &f.name_en),
                ),
                synthetic: firm.is_some_and(|f| f.provenance.evidence == Evidence::Synthetic),
                area: grant.area,
            });
        }
    }
    let mut out: BTreeMap<&str, Vec<UnitRow>> = BTreeMap::new();
    for unit in &snapshot.inventory.units {
        if let Some(site) = index.site_of(unit) {
            let holders = held.remove(unit.id.as_str()).unwrap_or_default();
            out.entry(site.id.as_str())
                .or_default()
                .push(unit_row(unit, holders, index));
        }
    }
    for units in out.values_mut() {
        units.sort_by(|a, b| (&a.building, -a.level, &a.id).cmp(&(&b.building, -b.level, &b.id)));
    }
    out
}

fn unit_row(unit: &Unit, holders: Vec<Holder>, index: &Index<'_>) -> UnitRow {
    let floor = index.floor_of(unit);
    let mut marks = marks_of(&unit.provenance);
    if unit.rent.as_ref().is_some_and(|r| r.evidence.is_marked()) {
        marks.push(Mark::AssumedRent);
    }
    UnitRow {
        id: unit.id.clone(),
        building: floor.map(|(b, _)| b.label.clone()).unwrap_or_default(),
        level: floor.map(|(_, f)| f.level).unwrap_or_default(),
        place: index.place_of(unit),
        use_: words::use_of(unit.use_),
        area: unit.area,
        smallest_lot: match unit.division {
            Division::Divisible { smallest_lot } => Some(smallest_lot),
            Division::Whole => None,
        },
        group: unit.group.as_ref().map(ToString::to_string),
        raised: (unit.raised != Raised::Unknown).then(|| words::raised(unit.raised)),
        fitout: (unit.fitout != Fitout::Unknown).then(|| words::fitout(unit.fitout)),
        technical: technical(&unit.technical),
        rent: unit.rent.as_ref().map(|r| r.rate),
        rent_evidence: unit.rent.as_ref().map(|r| r.evidence),
        available: unit.available.clone(),
        assumed: (unit.provenance.assumed.iter())
            .map(|column| words::cell(column))
            .collect(),
        area_let: Area(
            holders
                .iter()
                .fold(0, |sum, h| sum.saturating_add(h.area.0)),
        ),
        holders,
        marks,
    }
}

fn apartments_by_site<'a>(
    snapshot: &'a Snapshot,
    plan: &'a Plan,
    index: &Index<'a>,
) -> BTreeMap<&'a str, Vec<ApartmentRow>> {
    let mut held: BTreeMap<&str, u32> = BTreeMap::new();
    for grant in plan.awards.iter().flat_map(|a| &a.apartments) {
        let count = held.entry(grant.apartment.as_str()).or_default();
        *count = count.saturating_add(grant.count);
    }
    let mut out: BTreeMap<&str, Vec<ApartmentRow>> = BTreeMap::new();
    for kind in &snapshot.inventory.apartments {
        let Some(project) = index.projects.get(kind.project.as_str()) else {
            continue;
        };
        let mut marks = marks_of(&kind.provenance);
        if kind.count_evidence.is_marked() {
            marks.push(Mark::AssumedCount);
        }
        out.entry(project.site.as_str())
            .or_default()
            .push(ApartmentRow {
                id: kind.id.clone(),
                project: project.name_zh.clone(),
                layout: words::layout(kind.layout),
                area: kind.area,
                count: kind.count,
                held: held.remove(kind.id.as_str()).unwrap_or(0),
                rent: kind.rent,
                marks,
            });
    }
    out
}
