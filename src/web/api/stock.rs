//! What there is to let and what of it is vacant, in the API, for everybody.
//!
//! Not here: the map (`stock_map`), the sites of a published plan (`api::sites`).

use std::sync::Arc;

use actix_web::{HttpResponse, web};
use chrono::NaiveDate;
use serde::Deserialize;

use super::stated::{Asked, key, next};
use super::stock_shown::{
    ApartmentsPage, ApartmentsShown, BuildingPage, BuildingShown, UnitPage, UnitShown,
};
use crate::acts::stock::map::Bounds;
use crate::acts::stock::{self, Order, Shelf, Wanted, apartments, buildings};
use crate::acts::{Desk, refuse};
use crate::domain::area::Area;
use crate::domain::fault::{Fault, Faults};
use crate::domain::housing::Layout;
use crate::domain::ids::UnitId;
use crate::domain::money::Rate;
use crate::domain::space::Use;
use crate::web::caller::Caller;
use crate::web::context::State;
use crate::web::doc::Doc;
use crate::web::reply::Reply;
use crate::web::routes::{Route, Who};
use crate::web::tables;

const TAG: &str = "inventory";

/// Which units.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitQuery {
    district: Option<String>,
    site: Option<String>,
    building: Option<String>,
    #[serde(rename = "use")]
    use_: Option<Use>,
    area_from: Option<i64>,
    area_to: Option<i64>,
    rent_to: Option<i64>,
    floor_load_from: Option<u32>,
    clear_height_from: Option<u32>,
    power_from: Option<u32>,
    /// The box that is looked at.
    pub bbox: Option<String>,
    /// The day on which they must be vacant.
    pub vacant_on: Option<NaiveDate>,
}

impl UnitQuery {
    /// What is wanted. The fault of the first value that is not acceptable.
    pub fn wanted(&self) -> Result<Wanted, Fault> {
        Ok(Wanted {
            district: key(self.district.as_ref())?,
            site: key(self.site.as_ref())?,
            building: key(self.building.as_ref())?,
            use_: self.use_,
            area_from: self.area_from.map(Area),
            area_to: self.area_to.map(Area),
            rent_to: self.rent_to.map(Rate::new).transpose()?,
            floor_load_from: self.floor_load_from,
            clear_height_from: self.clear_height_from,
            power_from: self.power_from,
            within: self.bbox.as_deref().map(Bounds::read).transpose()?,
            vacant: self.vacant_on.is_some(),
        })
    }
}

/// Parameters of units, of lists and on the map alike.
pub const UNITS: &[(&str, &str)] = &[
    ("district", "only in this district"),
    ("site", "only of this site"),
    ("building", "only of this building"),
    ("use", "rd_office, office, laboratory or factory"),
    ("area_from", "only of which so much may be let, in 0.01 m2"),
    ("area_to", "only of which no more must be let, in 0.01 m2"),
    (
        "rent_to",
        "only at this rent or less, in fen per m2 and month",
    ),
    ("floor_load_from", "only that bear so many kg/m2"),
    ("clear_height_from", "only so many mm high, or higher"),
    ("power_from", "only with so many ampere, or more"),
    (
        "bbox",
        "only within west,south,east,north in degrees WGS-84",
    ),
    (
        "vacant_on",
        "only vacant on this day, wholly or in part; the day of what is shown, else today",
    ),
];

/// Parameters of the list of units.
const LISTED: &[(&str, &str)] = &[
    UNITS[0],
    UNITS[1],
    UNITS[2],
    UNITS[3],
    UNITS[4],
    UNITS[5],
    UNITS[6],
    UNITS[7],
    UNITS[8],
    UNITS[9],
    UNITS[10],
    UNITS[11],
    ("sort", "id (default), area, -area, rent or -rent"),
];

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct BuildingQuery {
    district: Option<String>,
    site: Option<String>,
    on: Option<NaiveDate>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ApartmentQuery {
    district: Option<String>,
    site: Option<String>,
    layout: Option<Layout>,
    vacant_on: Option<NaiveDate>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OnQuery {
    on: Option<NaiveDate>,
}

const ON: (&str, &str) = ("on", "the day; today unless given");

/// Orders of buildings.
const BY_BUILDING: &[&str] = &[
    "id",
    "site",
    "district",
    "units",
    "area",
    "vacant_units",
    "vacant_area",
];

/// Orders of apartment types.
const BY_TYPE: &[&str] = &[
    "id", "project", "site", "district", "area", "count", "vacant", "rent",
];

const BUILDINGS: &[(&str, &str)] = &[UNITS[0], UNITS[1], ON];

const APARTMENTS: &[(&str, &str)] = &[
    UNITS[0],
    UNITS[1],
    (
        "layout",
        "dorm_bed, studio, one_bed, two_bed, three_bed or four_bed",
    ),
    (
        "vacant_on",
        "only of which one at least is vacant on this day",
    ),
];

/// The routes.
pub const ROUTES: &[Route] = &[
    Route::get(
        "/api/v1/units",
        Who::Public,
        "units with whether they are vacant",
        Doc::gives::<UnitPage>(TAG)
            .query(LISTED)
            .paged()
            .table(&tables::UNITS),
        |r| r.to(units),
    ),
    Route::get(
        "/api/v1/units/{id:.*}",
        Who::Public,
        "one unit with whether it is vacant",
        Doc::gives::<UnitShown>(TAG).query(&[ON]),
        |r| r.to(unit),
    ),
    Route::get(
        "/api/v1/buildings",
        Who::Public,
        "buildings with what of them is vacant",
        Doc::gives::<BuildingPage>(TAG)
            .query(BUILDINGS)
            .paged()
            .sorts(BY_BUILDING)
            .table(&tables::BUILDINGS),
        |r| r.to(all_buildings),
    ),
    Route::get(
        "/api/v1/apartments",
        Who::Public,
        "apartment types with how many are vacant",
        Doc::gives::<ApartmentsPage>(TAG)
            .query(APARTMENTS)
            .paged()
            .sorts(BY_TYPE)
            .table(&tables::APARTMENTS),
        |r| r.to(all_apartments),
    ),
];

/// Answers from the inventory as it is now, with its tag for the day.
pub async fn from_shelf(
    caller: Caller,
    state: &State,
    asked: Option<NaiveDate>,
    work: impl FnOnce(&Shelf, NaiveDate) -> Result<Reply, Faults> + Send + 'static,
) -> HttpResponse {
    let stock = state.stock();
    caller
        .ask(move |desk: &Desk| {
            let shelf: Arc<Shelf> = stock.now(desk)?;
            let day = stock::day(desk, asked);
            Ok(work(&shelf, day)?.tagged(stock::tag(&shelf, day)))
        })
        .await
}

async fn units(caller: Caller, state: web::Data<State>, query: Asked<UnitQuery>) -> HttpResponse {
    let asked = query.filter.vacant_on;
    from_shelf(caller, &state, asked, move |shelf, day| {
        let (after, limit) = query.bounds();
        let wanted = query.filter.wanted()?;
        let order = Order::named(query.page.sort.as_deref())?;
        let page = shelf.page(&wanted, day, order, (after.as_deref(), limit))?;
        let keys: Vec<String> = page.iter().map(|(p, _)| p.unit.id.to_string()).collect();
        let items = page.iter().map(|(p, on)| UnitShown::of(shelf, p, *on, day));
        Reply::ok(&UnitPage {
            items: items.collect::<Result<_, _>>()?,
            next: next(&keys, limit),
        })
    })
    .await
}

async fn unit(
    caller: Caller,
    state: web::Data<State>,
    path: web::Path<UnitId>,
    query: web::Query<OnQuery>,
) -> HttpResponse {
    from_shelf(caller, &state, query.on, move |shelf, day| {
        let found = shelf.unit(path.as_str());
        let placed = found.ok_or_else(|| refuse::absent("unit", &*path))?;
        let now = shelf.on(placed, day);
        Reply::ok(&UnitShown::of(shelf, placed, now, day)?)
    })
    .await
}

async fn all_buildings(
    caller: Caller,
    state: web::Data<State>,
    query: Asked<BuildingQuery>,
) -> HttpResponse {
    from_shelf(caller, &state, query.filter.on, move |shelf, day| {
        let (after, limit) = query.page.fetched();
        let district = key(query.filter.district.as_ref())?;
        let site = key(query.filter.site.as_ref())?;
        let of = (district.as_ref(), site.as_ref());
        let all = buildings::page(shelf, of, day, (after.as_deref(), limit));
        let all = all.iter().map(|now| BuildingShown::of(now, day)).collect();
        let (items, next) = query.page.arranged(all, BY_BUILDING, |b| b.id.clone())?;
        Reply::ok(&BuildingPage { items, next })
    })
    .await
}

async fn all_apartments(
    caller: Caller,
    state: web::Data<State>,
    query: Asked<ApartmentQuery>,
) -> HttpResponse {
    let asked = query.filter.vacant_on;
    from_shelf(caller, &state, asked, move |shelf, day| {
        let (after, limit) = query.page.fetched();
        let wanted = apartments::Wanted {
            district: key(query.filter.district.as_ref())?,
            site: key(query.filter.site.as_ref())?,
            layout: query.filter.layout,
            vacant: asked.is_some(),
        };
        let page = apartments::page(shelf, &wanted, day, (after.as_deref(), limit));
        let items = page.iter().map(|now| ApartmentsShown::of(now, day));
        let all: Vec<ApartmentsShown> = items.collect::<Result<_, _>>()?;
        let (items, next) = query.page.arranged(all, BY_TYPE, |a| a.id.clone())?;
        Reply::ok(&ApartmentsPage { items, next })
    })
    .await
}
