//! The map: districts with outlines, stations, lines, clusters.

use super::error::StoreError;
use super::noun::{Cell, Noun};
use super::rows::{Changed, all, upsert_many};
use super::tx::{Reading, Writing};
use crate::domain::place::{Cluster, District, Line, Network, Station};
use crate::domain::snapshot::Ground;

impl Noun for District {
    const NOUN: &'static str = "district";
    const TABLE: &'static str = "districts";
    const COLUMNS: &'static [&'static str] = &[];

    fn key(&self) -> String {
        self.code.to_string()
    }

    fn cells(&self) -> Vec<Cell> {
        Vec::new()
    }
}

impl Noun for Station {
    const NOUN: &'static str = "metro station";
    const TABLE: &'static str = "stations";
    const COLUMNS: &'static [&'static str] = &[];

    fn key(&self) -> String {
        self.id.to_string()
    }

    fn cells(&self) -> Vec<Cell> {
        Vec::new()
    }
}

impl Noun for Line {
    const NOUN: &'static str = "metro line";
    const TABLE: &'static str = "lines";
    const COLUMNS: &'static [&'static str] = &[];
    const LINKS: &'static [&'static str] = &["line_stations"];

    fn key(&self) -> String {
        self.name.clone()
    }

    fn cells(&self) -> Vec<Cell> {
        Vec::new()
    }

    fn targets(&self) -> Vec<Vec<String>> {
        vec![self.stations.iter().map(ToString::to_string).collect()]
    }
}

impl Noun for Cluster {
    const NOUN: &'static str = "cluster";
    const TABLE: &'static str = "clusters";
    const COLUMNS: &'static [&'static str] = &["district_id"];
    const LINKS: &'static [&'static str] = &["cluster_fields"];
    const MAYBE: &'static [&'static str] = &["district_id"];

    fn key(&self) -> String {
        self.id.to_string()
    }

    fn cells(&self) -> Vec<Cell> {
        vec![Cell::MaybeText(
            self.district.as_ref().map(ToString::to_string),
        )]
    }

    fn targets(&self) -> Vec<Vec<String>> {
        vec![self.fields.iter().map(ToString::to_string).collect()]
    }
}

/// The whole map.
pub fn load(tx: &mut Reading<'_>) -> Result<Ground, StoreError> {
    Ok(Ground {
        districts: all(tx)?,
        network: Network {
            stations: all(tx)?,
            lines: all(tx)?,
        },
        clusters: all(tx)?,
    })
}

/// Stores a map: what is new or different.
pub fn store(tx: &mut Writing<'_>, ground: &Ground) -> Result<Changed, StoreError> {
    let mut changed = upsert_many(tx, &ground.districts)?;
    changed += upsert_many(tx, &ground.network.stations)?;
    changed += upsert_many(tx, &ground.network.lines)?;
    changed += upsert_many(tx, &ground.clusters)?;
    Ok(changed)
}
