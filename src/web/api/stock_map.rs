//! The inventory on the map, view by view, as GeoJSON (RFC 7946) in degrees of WGS-84: sites with the sums of
//! their units, gathered into clusters where there would be too many. For everybody.
//!
//! Not here: the layers of a published plan (`map`).

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, HttpResponse, web};
use serde::Serialize;
use utoipa::ToSchema;

use super::stated::taken;
use super::stock::{UNITS, UnitQuery, from_shelf};
use crate::acts::refuse;
use crate::acts::stock::buildings::Sums;
use crate::acts::stock::map::{Mark, marks};
use crate::domain::fault::Fault;
use crate::domain::place::Position;
use crate::web::body;
use crate::web::caller::{Caller, unreadable};
use crate::web::context::State;
use crate::web::doc::Doc;
use crate::web::reply::Reply;
use crate::web::routes::{Route, Who};

/// A view of the inventory.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnitMap {
    #[serde(rename = "type")]
    kind: &'static str,
    features: Vec<MarkShown>,
}

/// A site, or several.
#[derive(Debug, Serialize, ToSchema)]
pub struct MarkShown {
    #[serde(rename = "type")]
    kind: &'static str,
    geometry: PointShown,
    properties: MarkProperties,
}

/// Where.
#[derive(Debug, Serialize, ToSchema)]
pub struct PointShown {
    #[serde(rename = "type")]
    kind: &'static str,
    coordinates: [f64; 2],
}

/// Sums of the units that are wanted. Areas in 0.01 m2.
#[derive(Debug, Serialize, ToSchema)]
pub struct MarkProperties {
    /// How many sites.
    sites: u32,
    /// The site when it is one.
    site: Option<String>,
    name: Option<String>,
    district: Option<String>,
    units: u32,
    area: i64,
    vacant_units: u32,
    vacant_area: i64,
}

/// A view that is asked for.
struct Looked {
    zoom: u8,
    filter: UnitQuery,
}

impl FromRequest for Looked {
    type Error = actix_web::Error;
    type Future = Ready<Result<Looked, actix_web::Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let read = looked(request.query_string());
        ready(read.map_err(|cause| unreadable(body::refused(format!("the query: {cause}")))))
    }
}

fn looked(query: &str) -> Result<Looked, String> {
    let (mut taken, filter) = taken::<UnitQuery>(query, &["zoom"])?;
    let zoom = taken.remove("zoom").ok_or("zoom is missing")?;
    let zoom = zoom.parse().map_err(|_| "zoom is no number")?;
    match &filter.bbox {
        None => Err("bbox is missing".to_owned()),
        Some(_) => Ok(Looked { zoom, filter }),
    }
}

/// Parameters: the filters of units, and the zoom.
const QUERY: &[(&str, &str)] = &[
    (
        "zoom",
        "0 to 22, as map services count it; needed, as bbox is",
    ),
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
];

/// The routes.
pub const ROUTES: &[Route] = &[Route::get(
    "/api/v1/map/units",
    Who::Public,
    "a view of the map: sites and clusters with the sums of their units",
    Doc::gives::<UnitMap>("inventory").query(QUERY),
    |r| r.to(view),
)];

async fn view(caller: Caller, state: web::Data<State>, looked: Looked) -> HttpResponse {
    let asked = looked.filter.vacant_on;
    from_shelf(caller, &state, asked, move |shelf, day| {
        let wanted = looked.filter.wanted()?;
        let all = marks(shelf, looked.zoom, &wanted, day)?;
        let features = all.iter().map(shown).collect::<Result<_, Fault>>()?;
        Reply::ok(&UnitMap {
            kind: "FeatureCollection",
            features,
        })
    })
    .await
}

fn shown(mark: &Mark<'_>) -> Result<MarkShown, Fault> {
    let (at, sites, site, sums) = match mark {
        Mark::One(site, sums) => {
            let located = site.located.as_ref();
            let at = located.map(|l| l.position);
            let at = at.ok_or_else(|| refuse::absent("place of site", &site.id))?;
            (at, 1, Some(site), sums)
        }
        Mark::Many(at, sites, sums) => (Position::try_from(*at)?, *sites, None, sums),
    };
    let Sums {
        units,
        area,
        vacant_units,
        vacant_area,
    } = *sums;
    Ok(MarkShown {
        kind: "Feature",
        geometry: PointShown {
            kind: "Point",
            coordinates: [at.lon(), at.lat()],
        },
        properties: MarkProperties {
            sites,
            site: site.map(|s| s.id.to_string()),
            name: site.map(|s| s.name_zh.clone()),
            district: site.map(|s| s.district.to_string()),
            units,
            area,
            vacant_units,
            vacant_area,
        },
    })
}
