//! Positions of rows: the datum must be named, by the row or for the file; the point is converted
//! by the map and checked against the outline of its district.
//!
//! Not here: the conversion, the outlines.

use crate::domain::fault::{Fault, Place};
use crate::domain::place::{Containment, Datum, DistrictCode, Located, Position, Precision};

use super::codes;
use super::outside::Context;
use super::row::Row;

/// The point of a row in WGS-84; `None` when the row has none or it is faulty.
pub(super) fn point(row: &mut Row<'_>, ctx: &Context<'_>) -> Option<Position> {
    let (no_lon, no_lat) = (row.is_empty("lon"), row.is_empty("lat"));
    if no_lon && no_lat {
        return None;
    }
    let datum = row.word::<Datum>("datum").or(ctx.datum);
    let (lon, lat) = (row.degrees("lon"), row.degrees("lat"));
    if no_lon || no_lat {
        let (column, other) = if no_lon {
            ("lon", "lat")
        } else {
            ("lat", "lon")
        };
        half(
            row,
            column,
            &format!("{other} is given and {column} is not"),
        );
        return None;
    }
    if datum.is_none() && row.is_empty("datum") {
        no_datum(row);
    }
    match ctx.ground.to_wgs84(datum?, lon?, lat?) {
        Ok(position) => Some(position),
        Err(fault) => {
            row.refuse("lon", fault);
            None
        }
    }
}

fn no_datum(row: &mut Row<'_>) {
    row.fault(
        "datum",
        codes::NO_DATUM,
        "coordinates are given and no datum is named",
        "name wgs84, cgcs2000, gcj02 or bd09 in the column datum or for the file",
    );
}

fn half(row: &mut Row<'_>, column: &str, cause: &str) {
    let action = "give lon, lat and position_precision together, or none of them";
    row.fault(column, codes::HALF_POSITION, cause, action);
}

/// The place of a row with its precision, checked against the district.
pub(super) fn located(
    row: &mut Row<'_>,
    ctx: &Context<'_>,
    district: Option<&DistrictCode>,
) -> Option<Located> {
    let has_point = !row.is_empty("lon") || !row.is_empty("lat");
    let precision = row.word::<Option<Precision>>("position_precision");
    let accuracy_m = row.number::<u32>("position_accuracy_m");
    let position = point(row, ctx);
    match (has_point, precision) {
        (true, Some(None)) => half(
            row,
            "position_precision",
            "coordinates are given with precision none",
        ),
        (true, None) if row.is_empty("position_precision") => {
            row.report_empty("position_precision")
        }
        (false, Some(Some(_))) => half(row, "lon", "a precision is given without coordinates"),
        _ => {}
    }
    if has_point && row.is_empty("position_accuracy_m") {
        row.report_empty("position_accuracy_m");
    }
    let located = Located {
        position: position?,
        precision: precision??,
        accuracy_m: accuracy_m?,
    };
    if let Some(district) = district {
        check_inside(row, ctx, &located, district);
    }
    Some(located)
}

/// Reports a place outside its district, or remarks that a person must look.
pub(super) fn check_inside(
    row: &mut Row<'_>,
    ctx: &Context<'_>,
    located: &Located,
    district: &DistrictCode,
) {
    let near_other = !row.is_empty("near_other_district_code");
    match ctx.ground.contains(located, district) {
        Containment::Yes => {}
        Containment::No if !near_other => row.fault(
            "lon",
            codes::OUTSIDE_DISTRICT,
            format!("the position lies outside the district {district}"),
            "correct the position, its datum or the district",
        ),
        Containment::No | Containment::NeedsLook => row.found.remark(
            Fault::new(
                codes::NEEDS_LOOK,
                format!("whether the position lies in the district {district} cannot be told"),
                "look at the map",
            )
            .at(Place::cell(row.line, "lon")),
        ),
    }
}
