//! Vacancies (空置房源): every unit that nobody holds, now or to come, with its site, district and way to the
//! nearest metro station; of a divisible unit, what nobody holds. For everybody.
//!
//! Not here: what a round may let (`vacancy`), what a plan lets (`view`).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::NaiveDate;

use super::words::{self, Text};
use super::{Desk, rounds, vacancy};
use crate::atlas::index::Points;
use crate::atlas::speeds::Speeds;
use crate::domain::area::Area;
use crate::domain::fault::Faults;
use crate::domain::ids::UnitId;
use crate::domain::period::Period;
use crate::domain::place::{District, Located, Position, Station};
use crate::domain::snapshot::Inventory;
use crate::domain::space::{Building, Division, Floor, Site, Unit};
use crate::store::allocations::{HoldState, UnitAllocation};
use crate::store::versions::{self, Versions};
use crate::store::{self, allocations, inventory};

/// A unit with what is vacant of it.
#[derive(Debug, Clone)]
pub struct Vacancy {
    /// The unit, less what is held of it.
    pub unit: Unit,
    /// False when nothing of it can be had: it is held, now or to come, or not on offer any more.
    pub vacant: bool,
    /// Area of the whole unit.
    pub whole: Area,
    /// Key of the site.
    pub site: String,
    /// Name of the site.
    pub name: Text,
    /// Code of the district.
    pub district: String,
    /// Name of the district.
    pub district_name: Text,
    /// Label of the building.
    pub building: String,
    /// Level.
    pub level: i32,
    /// Use in words.
    pub use_: Text,
    /// Minutes on foot to the nearest metro station, and its name.
    pub metro: Option<(u32, String)>,
    /// Where the site is.
    pub located: Option<Located>,
}

/// Rows as they were at a version of what they are made of, on a day.
type Held = (Versions, NaiveDate, Arc<Vec<Vacancy>>);

/// Vacancies as they were read last: they are asked for by many, and change with the inventory, with what is
/// held of it, and with the day. Acts on anything else leave them as they are.
#[derive(Debug, Default)]
pub struct Shelf(Mutex<Option<Held>>);

impl Shelf {
    /// All units, vacant or not, as they are now.
    pub fn all(&self, desk: &Desk) -> Result<Arc<Vec<Vacancy>>, Faults> {
        // Read before the rows: rows that are newer than their version are only read once more.
        let now = desk.store().read(versions::now)?;
        let day = rounds::today(desk);
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match held.as_ref() {
            Some((at, on, rows)) if (*at, *on) == (now, day) => Ok(Arc::clone(rows)),
            _ => {
                let rows = Arc::new(all(desk)?);
                *held = Some((now, day, Arc::clone(&rows)));
                Ok(rows)
            }
        }
    }
}

/// Milliseconds of a minute.
const MINUTE: u64 = 60_000;

struct Places {
    sites: BTreeMap<String, Site>,
    floors: BTreeMap<String, (Building, Floor)>,
    districts: BTreeMap<String, Text>,
    metro: BTreeMap<String, (u32, String)>,
}

/// All vacant units, by site, building, level from the top, and room.
pub fn list(desk: &Desk) -> Result<Vec<Vacancy>, Faults> {
    let mut rows = all(desk)?;
    rows.retain(|row| row.vacant);
    Ok(rows)
}

/// All units, vacant or not, in the same order.
pub fn all(desk: &Desk) -> Result<Vec<Vacancy>, Faults> {
    let (stock, units, homes, districts, stations) = desk.store().read(|tx| {
        let districts: Vec<District> = store::all(tx)?;
        let stations: Vec<Station> = store::all(tx)?;
        let held = (allocations::units(tx)?, allocations::apartments(tx)?);
        Ok::<_, Faults>((inventory::load(tx)?, held.0, held.1, districts, stations))
    })?;
    let whole = stock.units.clone();
    let places = places(&stock, &districts, &stations);
    let today = rounds::today(desk);
    let left = vacancy::vacant(stock, &units, &homes, today)?.units;
    let mut vacant = open(left, &units, today);
    let row = |unit: Unit| places.row(vacant.remove(unit.id.as_str()), unit);
    let mut rows: Vec<Vacancy> = whole.into_iter().filter_map(row).collect();
    rows.sort_by(|a, b| {
        (&a.site, &a.building, -a.level, &a.unit.room).cmp(&(
            &b.site,
            &b.building,
            -b.level,
            &b.unit.room,
        ))
    });
    Ok(rows)
}

/// Those of the units of which something can be had from today on. What a lease leaves of a whole unit, the
/// days before it and after it, is nothing that a firm may ask for.
fn open(left: Vec<Unit>, held: &[UnitAllocation], today: NaiveDate) -> BTreeMap<String, Unit> {
    let lasts = |p: &Period| p.until().is_none_or(|until| today < until);
    let live = |a: &&UnitAllocation| a.state != HoldState::Ended && lasts(&a.period);
    let taken: BTreeSet<&UnitId> = held.iter().filter(live).map(|a| &a.unit).collect();
    let still = |mut unit: Unit| {
        unit.available.retain(lasts);
        let whole = matches!(unit.division, Division::Whole);
        let none = unit.available.is_empty() || whole && taken.contains(&unit.id);
        (!none).then(|| (unit.id.to_string(), unit))
    };
    left.into_iter().filter_map(still).collect()
}

fn places(stock: &Inventory, districts: &[District], stations: &[Station]) -> Places {
    let buildings: BTreeMap<&str, &Building> =
        stock.buildings.iter().map(|b| (b.id.as_str(), b)).collect();
    let floor = |f: &Floor| {
        let building = *buildings.get(f.building.as_str())?;
        Some((f.id.to_string(), (building.clone(), f.clone())))
    };
    Places {
        sites: stock
            .sites
            .iter()
            .map(|s| (s.id.to_string(), s.clone()))
            .collect(),
        floors: stock.floors.iter().filter_map(floor).collect(),
        districts: (districts.iter())
            .map(|d| (d.code.to_string(), Text::names(&d.name_zh, &d.name_en)))
            .collect(),
        metro: walks(&stock.sites, stations),
    }
}

/// Minutes on foot from each site to its nearest station.
fn walks(sites: &[Site], stations: &[Station]) -> BTreeMap<String, (u32, String)> {
    let numbered = (0_u32..).zip(stations).map(|(n, s)| (n, s.position));
    let points = Points::new(numbered);
    let walk = |position: Position| {
        let (n, metres) = points.nearest(position, 1).into_iter().next()?;
        let minutes = Speeds::CALIBRATED.walk_ms(metres).div_ceil(MINUTE);
        let station = stations.get(usize::try_from(n).ok()?)?;
        Some((u32::try_from(minutes).ok()?, station.name_zh.clone()))
    };
    let placed = sites.iter().filter_map(|s| Some((s, s.located.as_ref()?)));
    placed
        .filter_map(|(s, l)| Some((s.id.to_string(), walk(l.position)?)))
        .collect()
}

impl Places {
    fn row(&self, left: Option<Unit>, unit: Unit) -> Option<Vacancy> {
        let (whole, vacant) = (unit.area, left.is_some());
        let unit = left.unwrap_or(unit);
        let (building, floor) = self.floors.get(unit.floor.as_str())?;
        let site = self.sites.get(building.site.as_str())?;
        let district = site.district.to_string();
        Some(Vacancy {
            whole,
            vacant,
            use_: words::use_of(unit.use_),
            name: Text::names(&site.name_zh, &site.name_en),
            district_name: (self.districts.get(&district).cloned())
                .unwrap_or_else(|| Text::same(district.clone())),
            metro: self.metro.get(site.id.as_str()).cloned(),
            located: site.located.clone(),
            site: site.id.to_string(),
            building: building.label.clone(),
            level: floor.level,
            district,
            unit,
        })
    }
}
