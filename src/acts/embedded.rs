//! The tables that the program carries in itself: the real map, the real inventory, and the
//! labelled-synthetic firms of the demonstration. Their sources are in `data/README.md`.
//!
//! Not here: storing them (`seed`).

use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;

use super::reference::Reference;
use crate::domain::fault::{Code, Fault, Faults, Place};
use crate::domain::place::{Datum, District};
use crate::domain::round::{Round, RoundState};
use crate::domain::snapshot::Ground;
use crate::intake::{self, Batch, Format, Kind, Limits};

/// A table inside the program or the document of a round cannot be read.
pub const BAD_EMBEDDED: Code = Code("AC101");

/// The policy of the demonstration.
pub const POLICY: &str = include_str!("../../data/policy/default.toml");

/// Days that are not what their weekday says, as the State Council's notices have them.
pub const CALENDAR: &str = include_str!("../../data/calendar_2025_2026_cn.csv");

const ROUND: &str = include_str!("../../data/demo/round.toml");

/// An embedded table.
pub struct Table {
    /// What it holds.
    pub kind: Kind,
    /// Its file below `data/`.
    pub name: &'static str,
    /// Its format.
    pub format: Format,
    bytes: &'static [u8],
}

const fn csv(kind: Kind, name: &'static str, text: &'static str) -> Table {
    Table {
        kind,
        name,
        format: Format::Csv,
        bytes: text.as_bytes(),
    }
}

/// The tables of the map, in an order in which references are known before they are used.
pub const GROUND: [Table; 5] = [
    csv(
        Kind::Districts,
        "districts.csv",
        include_str!("../../data/districts.csv"),
    ),
    Table {
        kind: Kind::Districts,
        name: "districts.geojson",
        format: Format::GeoJson,
        bytes: include_bytes!("../../data/districts.geojson"),
    },
    csv(
        Kind::Stations,
        "metro_stations.csv",
        include_str!("../../data/metro_stations.csv"),
    ),
    csv(
        Kind::Lines,
        "metro_lines.csv",
        include_str!("../../data/metro_lines.csv"),
    ),
    csv(
        Kind::Clusters,
        "seed_clusters.csv",
        include_str!("../../data/seed_clusters.csv"),
    ),
];

/// The tables of the round of the demonstration, in such an order.
pub const DEMO: [Table; 7] = [
    csv(
        Kind::Sites,
        "sites.csv",
        include_str!("../../data/sites.csv"),
    ),
    csv(
        Kind::Units,
        "units.csv",
        include_str!("../../data/units.csv"),
    ),
    csv(
        Kind::Units,
        "units_assumed.csv",
        include_str!("../../data/units_assumed.csv"),
    ),
    csv(
        Kind::Apartments,
        "apartments.csv",
        include_str!("../../data/apartments.csv"),
    ),
    csv(
        Kind::Firms,
        "firms.csv",
        include_str!("../../data/firms.csv"),
    ),
    csv(
        Kind::Applications,
        "applications.csv",
        include_str!("../../data/applications.csv"),
    ),
    csv(
        Kind::Quotas,
        "quotas.csv",
        include_str!("../../data/quotas.csv"),
    ),
];

impl Table {
    /// The bytes of the file.
    pub fn bytes(&self) -> &'static [u8] {
        self.bytes
    }

    /// Reads the table against what is known.
    pub fn read(&self, reference: &Reference) -> Result<Batch, Faults> {
        let mut source = self.bytes;
        let datum = Some(Datum::Wgs84);
        let report = intake::read(
            self.kind,
            &mut source,
            self.format,
            datum,
            reference,
            reference,
            &Limits::default(),
        );
        report.into_batch().map_err(|mut faults| {
            for fault in &mut faults.0 {
                fault.place.source = Some(format!("data/{}", self.name));
            }
            faults
        })
    }
}

/// The map of the program: districts with outlines, metro, clusters.
pub fn ground() -> Result<Ground, Faults> {
    let mut reference = Reference::default();
    let mut ground = Ground::default();
    for table in &GROUND {
        let batch = table.read(&reference)?;
        reference.take(&batch);
        match batch {
            Batch::Districts(more) => {
                ground.districts = merged(std::mem::take(&mut ground.districts), more);
                reference.districts(&ground.districts);
            }
            Batch::Stations(all) => ground.network.stations = all,
            Batch::Lines(all) => ground.network.lines = all,
            Batch::Clusters(all) => ground.clusters = all,
            _ => {}
        }
    }
    Ok(ground)
}

/// Districts with what is new laid over what is known: names from the table, outlines from the map.
pub fn merged(known: Vec<District>, more: Vec<District>) -> Vec<District> {
    let mut all: std::collections::BTreeMap<_, _> =
        known.into_iter().map(|d| (d.code.clone(), d)).collect();
    for new in more {
        match all.get_mut(&new.code) {
            Some(old) if new.outline.is_some() => old.outline = new.outline,
            Some(old) => {
                old.name_zh = new.name_zh;
                old.name_en = new.name_en;
            }
            None => {
                all.insert(new.code.clone(), new);
            }
        }
    }
    all.into_values().collect()
}

/// The round of the demonstration with the label that says what of it is synthetic.
pub struct DemoRound {
    /// The round.
    pub round: Round,
    /// Label in Chinese.
    pub label_zh: String,
    /// Label in English.
    pub label_en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RoundFile {
    id: String,
    name_zh: String,
    name_en: String,
    #[serde(default)]
    label_zh: String,
    #[serde(default)]
    label_en: String,
    start: NaiveDate,
    lease_months: u32,
    cut_off: DateTime<Utc>,
    subsidy_year: i32,
    seed: u64,
}

/// Reads the round of the demonstration.
pub fn demo_round() -> Result<DemoRound, Faults> {
    read_round(ROUND, "data/demo/round.toml")
}

/// Reads the document of a round; AC101 when it is none.
pub fn read_round(text: &str, source: &str) -> Result<DemoRound, Faults> {
    let place = Place {
        source: Some(source.to_owned()),
        ..Place::default()
    };
    let bad = |text: String| {
        Fault::new(BAD_EMBEDDED, text, "write it like data/demo/round.toml").at(place.clone())
    };
    let file: RoundFile = toml::from_str(text).map_err(|e| bad(e.message().to_owned()))?;
    if !(1..=600).contains(&file.lease_months) {
        return Err(bad(format!(
            "lease_months is {}, not 1 to 600",
            file.lease_months
        ))
        .into());
    }
    Ok(DemoRound {
        round: Round {
            id: file.id.parse().map_err(|f: Fault| f.at(place.clone()))?,
            name_zh: file.name_zh,
            name_en: file.name_en,
            start: file.start,
            lease_months: file.lease_months,
            cut_off: file.cut_off,
            subsidy_year: file.subsidy_year,
            seed: file.seed,
            state: RoundState::Open,
        },
        label_zh: file.label_zh,
        label_en: file.label_en,
    })
}
