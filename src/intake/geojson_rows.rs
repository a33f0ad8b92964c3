//! GeoJSON into rows: each Feature's properties are named as the CSV columns; longitude and
//! latitude come from a Point, the outline of a district from a Polygon or MultiPolygon. The row
//! number is the number of the feature, counted from 1. The datum is that of the call or of the
//! top-level member `datum`; RFC 7946 would imply WGS-84, but files with shifted coordinates are
//! common, so it must be said.

use std::io::Read;

use geojson::{Feature, GeometryValue, JsonObject, JsonValue};

use crate::domain::fault::{Fault, Place};
use crate::domain::place::Datum;

use super::bytes;
use super::cell::shown;
use super::codes;
use super::columns::{of, unknown};
use super::encoding;
use super::found::Found;
use super::gather;
use super::json_split::{Pieces, split};
use super::limits::Limits;
use super::outlines::outline;
use super::outside::Context;
use super::report::{Encoding, Format, Kind, Taken};
use super::row::Row;
use super::words::Word;

/// Reads a GeoJSON file of a kind. `Err` is a fault that ends the file.
pub(super) fn take(
    kind: Kind,
    source: &mut dyn Read,
    ctx: &Context<'_>,
    limits: &Limits,
    found: &mut Found,
) -> Result<Taken, Fault> {
    let all = bytes::read(source, Format::GeoJson, limits)?;
    let (encoding, body) = encoding::recognised(&all)?;
    if encoding == Encoding::Gb18030 {
        return Err(bad_json("the file is GB18030", "export GeoJSON in UTF-8"));
    }
    let pieces = split(body, limits)?;
    let datum = frame_datum(&pieces, ctx.datum)?;
    let ctx = Context { datum, ..*ctx };
    let mut gather = gather::of(kind);
    let mut rows = 0;
    for range in pieces.features {
        rows += 1;
        match parsed(body.get(range).unwrap_or_default(), limits) {
            Ok(feature) => {
                let cells = cells(kind, &feature, rows, limits, found);
                let mut row = row(kind, rows, &cells, found);
                if kind == Kind::Districts {
                    row.outline = outline(&mut row, &feature, &ctx);
                }
                gather.row(&mut row, &ctx);
            }
            Err(fault) => found.fault(fault.at(at(rows))),
        }
    }
    Ok(Taken {
        batch: gather.finish(&ctx, found),
        rows,
        encoding: Some(encoding),
    })
}

fn row<'a>(kind: Kind, line: u64, cells: &'a [Option<String>], found: &'a mut Found) -> Row<'a> {
    Row {
        line,
        columns: of(kind),
        cells,
        outline: None,
        is_feature: true,
        found,
    }
}

fn at(feature: u64) -> Place {
    Place {
        row: Some(feature),
        ..Place::default()
    }
}

fn bad_json(cause: impl Into<String>, action: &str) -> Fault {
    Fault::new(codes::BAD_JSON, cause, action)
}

/// The datum of the file; a fault when the frame is not that of a FeatureCollection.
fn frame_datum(pieces: &Pieces, of_call: Option<Datum>) -> Result<Option<Datum>, Fault> {
    let action = "export a GeoJSON FeatureCollection";
    let frame: JsonValue = serde_json::from_slice(&pieces.frame)
        .map_err(|e| bad_json(format!("the file is not JSON: {e}"), action))?;
    let is_collection = frame.get("type").and_then(JsonValue::as_str) == Some("FeatureCollection");
    if !is_collection || !frame.get("features").is_some_and(JsonValue::is_array) {
        return Err(bad_json("the file is not a FeatureCollection", action));
    }
    let Some(named) = frame.get("datum") else {
        return Ok(of_call);
    };
    let of_file = named.as_str().and_then(Datum::read);
    let no_datum = |cause: String| {
        let action = "name wgs84, cgcs2000, gcj02 or bd09, once";
        Err(Fault::new(codes::NO_DATUM, cause, action).at(Place::cell(1, "datum")))
    };
    match (of_file, of_call) {
        (None, _) => no_datum("the member datum is not a datum".to_owned()),
        (Some(file), Some(call)) if file != call => no_datum(format!(
            "the file names the datum {} and the call {}",
            file.word(),
            call.word()
        )),
        (Some(file), _) => Ok(Some(file)),
    }
}

fn parsed(piece: &[u8], limits: &Limits) -> Result<Feature, Fault> {
    if piece.len() > limits.feature_bytes {
        return Err(Fault::new(
            codes::FEATURE_TOO_LARGE,
            format!("the feature has more than {} bytes", limits.feature_bytes),
            "simplify the geometry",
        ));
    }
    let text = std::str::from_utf8(piece).unwrap_or_default();
    text.parse::<Feature>().map_err(|e| {
        let why = shown(&e.to_string());
        bad_json(
            format!("this is not a feature: {why}"),
            "export plain GeoJSON",
        )
    })
}

/// The cells of a feature: its properties, and the coordinates of its point.
fn cells(
    kind: Kind,
    feature: &Feature,
    line: u64,
    limits: &Limits,
    found: &mut Found,
) -> Vec<Option<String>> {
    let columns = of(kind);
    let empty = JsonObject::new();
    let properties = feature.properties.as_ref().unwrap_or(&empty);
    for (n, name) in properties.keys().enumerate() {
        if !columns.iter().any(|c| c.name == name) {
            found.fault(unknown(columns, name, n).at(Place::cell(line, &shown(name))));
        }
    }
    let point = if columns.iter().any(|c| c.name == "lon") {
        point(feature, line, found)
    } else {
        None
    };
    let mut out = Vec::with_capacity(columns.len());
    for column in columns {
        let result = match (column.name, point) {
            ("lon", Some((lon, _))) => Ok(plain_number(lon)),
            ("lat", Some((_, lat))) => Ok(plain_number(lat)),
            (name, _) => properties
                .get(name)
                .map_or(Ok(String::new()), |v| text(v, limits)),
        };
        let place = Place::cell(line, column.name);
        out.push(result.map_err(|f| found.fault(f.at(place))).ok());
    }
    out
}

/// A number without exponent.
fn plain_number(value: f64) -> String {
    format!("{value}")
}

fn point(feature: &Feature, line: u64, found: &mut Found) -> Option<(f64, f64)> {
    let geometry = feature.geometry.as_ref()?;
    if let GeometryValue::Point { coordinates } = &geometry.value
        && let [lon, lat, ..] = coordinates.as_slice()
    {
        return Some((*lon, *lat));
    }
    let cause = format!("a point is wanted, not a {}", geometry.value.type_name());
    let fault = Fault::new(codes::BAD_GEOMETRY, cause, "give a Point, or no geometry");
    found.fault(fault.at(Place::cell(line, "geometry")));
    None
}

/// A property as the text of a cell: lists are joined by `;`.
fn text(value: &JsonValue, limits: &Limits) -> Result<String, Fault> {
    let text = match value {
        JsonValue::Null => String::new(),
        JsonValue::Bool(flag) => flag.to_string(),
        JsonValue::Number(number) => {
            let digits = number.to_string();
            digits.strip_suffix(".0").unwrap_or(&digits).to_owned()
        }
        JsonValue::String(text) => text.clone(),
        JsonValue::Array(parts) => {
            let parts: Result<Vec<String>, Fault> =
                parts.iter().map(|p| scalar(p, limits)).collect();
            parts?.join(";")
        }
        JsonValue::Object(_) => return Err(not_a_cell()),
    };
    if text.len() > limits.cell_chars && text.chars().count() > limits.cell_chars {
        let cause = format!("the value has more than {} characters", limits.cell_chars);
        return Err(Fault::new(codes::CELL_TOO_LONG, cause, "shorten the value"));
    }
    if text.contains('\0') {
        let cause = "the value holds a NUL character";
        return Err(Fault::new(codes::NUL_BYTE, cause, "remove the character"));
    }
    Ok(text)
}

fn scalar(value: &JsonValue, limits: &Limits) -> Result<String, Fault> {
    match value {
        JsonValue::Array(_) => Err(not_a_cell()),
        other => text(other, limits),
    }
}

fn not_a_cell() -> Fault {
    bad_json(
        "the property is an object or a list of lists",
        "give text, a number, true, false or a list of those",
    )
}
