//! Export: the nouns of a batch as the table that intake reads, so that import after export gives
//! the same nouns. CSV in UTF-8 with byte-order mark (spreadsheets then show Chinese), CRLF, and
//! formula cells escaped; GeoJSON for sites.

use std::collections::HashMap;
use std::io::{self, Write};

use geojson::{Feature, FeatureCollection, Geometry, JsonObject, JsonValue};

use crate::domain::housing::{ApartmentType, Project};
use crate::domain::place::{Datum, Line};
use crate::domain::space::{Building, Floor, Site, Unit};

use super::cell::escape;
use super::columns::{Column, of};
use super::report::{Batch, Kind};
use super::words::Word;
use super::write_cells::{self, Cells};

/// Writes a batch as CSV.
pub fn csv(batch: &Batch, out: &mut dyn Write) -> io::Result<()> {
    out.write_all("\u{feff}".as_bytes())?;
    let columns = of(batch.kind());
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(out);
    writer.write_record(columns.iter().map(|c| c.name))?;
    each_row(batch, &mut |cells| {
        writer.write_record(ordered(columns, &cells))?;
        Ok(())
    })?;
    writer.flush()
}

/// The rows of a batch as plain texts, one for each column of its kind. Nothing is escaped.
pub fn rows(batch: &Batch) -> io::Result<Vec<Vec<String>>> {
    let columns = of(batch.kind());
    let mut all = Vec::new();
    each_row(batch, &mut |cells| {
        let find = |c: &Column| cells.iter().find(|(name, _)| *name == c.name);
        let cell = |c| find(c).map(|(_, text)| text.clone()).unwrap_or_default();
        all.push(columns.iter().map(cell).collect());
        Ok(())
    })?;
    Ok(all)
}

fn ordered(columns: &[Column], cells: &Cells) -> Vec<String> {
    let find = |c: &Column| cells.iter().find(|(name, _)| *name == c.name);
    let cell = |c| find(c).map(|(_, text)| escape(text)).unwrap_or_default();
    columns.iter().map(cell).collect()
}

type Sink<'a> = dyn FnMut(Cells) -> io::Result<()> + 'a;

fn each_row(batch: &Batch, sink: &mut Sink<'_>) -> io::Result<()> {
    match batch {
        Batch::Districts(all) => all.iter().map(write_cells::district).try_for_each(sink),
        Batch::Stations(all) => all.iter().map(write_cells::station).try_for_each(sink),
        Batch::Lines(all) => all.iter().flat_map(stops).try_for_each(sink),
        Batch::Clusters(all) => all
            .iter()
            .map(|c| write_cells::cluster(c, all))
            .try_for_each(sink),
        Batch::Sites(all) => all.iter().map(write_cells::site).try_for_each(sink),
        Batch::Units {
            buildings,
            floors,
            units,
        } => each_unit(buildings, floors, units, sink),
        Batch::Apartments { projects, types } => each_apartment(projects, types, sink),
        Batch::Firms(all) => all.iter().map(write_cells::firm).try_for_each(sink),
        Batch::Applications(all) => all.iter().map(write_cells::application).try_for_each(sink),
        Batch::Quotas(all) => all.iter().map(write_cells::quota).try_for_each(sink),
    }
}

fn stops(line: &Line) -> impl Iterator<Item = Cells> + '_ {
    line.stations.iter().enumerate().map(|(n, station)| {
        vec![
            ("line", line.name.clone()),
            ("seq", (n + 1).to_string()),
            ("station_id", station.to_string()),
        ]
    })
}

fn each_unit(
    buildings: &[Building],
    floors: &[Floor],
    units: &[Unit],
    sink: &mut Sink<'_>,
) -> io::Result<()> {
    let buildings: HashMap<_, _> = buildings.iter().map(|b| (&b.id, b)).collect();
    let floors: HashMap<_, _> = floors.iter().map(|f| (&f.id, f)).collect();
    units.iter().try_for_each(|unit| {
        let floor = floors.get(&unit.floor).copied();
        let building = floor.and_then(|f| buildings.get(&f.building).copied());
        sink(write_cells::unit(unit, floor, building))
    })
}

fn each_apartment(
    projects: &[Project],
    types: &[ApartmentType],
    sink: &mut Sink<'_>,
) -> io::Result<()> {
    let projects: HashMap<_, _> = projects.iter().map(|p| (&p.id, p)).collect();
    types.iter().try_for_each(|t| {
        let project = projects.get(&t.project).copied();
        sink(write_cells::apartment(t, project))
    })
}

/// Writes sites as a GeoJSON FeatureCollection in WGS-84, with the member `datum`.
pub fn sites_geojson(sites: &[Site], out: &mut dyn Write) -> io::Result<()> {
    let mut members = JsonObject::new();
    members.insert("datum".to_owned(), Datum::Wgs84.word().into());
    let collection = FeatureCollection {
        bbox: None,
        features: sites.iter().map(feature).collect(),
        foreign_members: Some(members),
    };
    serde_json::to_writer(out, &collection)?;
    Ok(())
}

fn feature(site: &Site) -> Feature {
    let mut properties = JsonObject::new();
    let cells = write_cells::site(site);
    for column in of(Kind::Sites) {
        let cell = cells.iter().find(|(name, _)| *name == column.name);
        // The place goes into the geometry, the datum into the collection.
        let kept = cell.filter(|(name, _)| !matches!(*name, "lon" | "lat" | "datum"));
        if let Some((name, text)) = kept {
            properties.insert((*name).to_owned(), JsonValue::from(text.as_str()));
        }
    }
    let point = site
        .located
        .as_ref()
        .map(|l| Geometry::new_point([l.position.lon(), l.position.lat()]));
    Feature {
        bbox: None,
        geometry: point,
        id: None,
        properties: Some(properties),
        foreign_members: None,
    }
}
