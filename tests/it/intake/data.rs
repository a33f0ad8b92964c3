//! The tables of `data/`, read with one another as what is known.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use zhuchao::domain::ids::{
    BuildingId, ClusterId, FirmId, GroupId, RoundId, SiteId, StationId, UnitId,
};
use zhuchao::domain::place::Datum;
use zhuchao::domain::space::SiteKind;
use zhuchao::intake::outside::Known;
use zhuchao::intake::{Batch, Format, Kind, Limits, read};

use super::stubs::{Map, read_csv};

/// What the files read so far hold.
#[derive(Default)]
struct Shelf {
    sites: BTreeMap<SiteId, SiteKind>,
    firms: BTreeSet<FirmId>,
    stations: BTreeSet<StationId>,
    clusters: BTreeSet<ClusterId>,
}

impl Shelf {
    fn keep(&mut self, batch: &Batch) {
        match batch {
            Batch::Sites(all) => self
                .sites
                .extend(all.iter().map(|s| (s.id.clone(), s.kind))),
            Batch::Firms(all) => self.firms.extend(all.iter().map(|f| f.id.clone())),
            Batch::Stations(all) => self.stations.extend(all.iter().map(|s| s.id.clone())),
            Batch::Clusters(all) => self.clusters.extend(all.iter().map(|c| c.id.clone())),
            _ => {}
        }
    }
}

struct Shelves(RefCell<Shelf>);

impl Known for Shelves {
    fn site_kind(&self, site: &SiteId) -> Option<SiteKind> {
        self.0.borrow().sites.get(site).copied()
    }
    fn has_firm(&self, firm: &FirmId) -> bool {
        self.0.borrow().firms.contains(firm)
    }
    fn has_round(&self, round: &RoundId) -> bool {
        round.as_str() == "R2026-1"
    }
    fn has_station(&self, station: &StationId) -> bool {
        self.0.borrow().stations.contains(station)
    }
    fn has_cluster(&self, cluster: &ClusterId) -> bool {
        self.0.borrow().clusters.contains(cluster)
    }
    fn group_members(&self, _: &GroupId) -> Vec<(UnitId, BuildingId)> {
        Vec::new()
    }
}

const FILES: [(&str, Kind); 12] = [
    ("districts.csv", Kind::Districts),
    ("districts.geojson", Kind::Districts),
    ("metro_stations.csv", Kind::Stations),
    ("metro_lines.csv", Kind::Lines),
    ("seed_clusters.csv", Kind::Clusters),
    ("sites.csv", Kind::Sites),
    ("units.csv", Kind::Units),
    ("units_assumed.csv", Kind::Units),
    ("apartments.csv", Kind::Apartments),
    ("firms.csv", Kind::Firms),
    ("applications.csv", Kind::Applications),
    ("quotas.csv", Kind::Quotas),
];

#[test]
fn every_table_of_the_data_is_taken() {
    let shelves = Shelves(RefCell::default());
    for (name, kind) in FILES {
        let path = format!("{}/data/{name}", env!("CARGO_MANIFEST_DIR"));
        let bytes = std::fs::read(&path).expect("a file of the repository");
        let format = match name.ends_with(".csv") {
            true => Format::Csv,
            false => Format::GeoJson,
        };
        let (mut source, limits) = (bytes.as_slice(), Limits::default());
        let datum = Some(Datum::Wgs84);
        let report = read(kind, &mut source, format, datum, &Map, &shelves, &limits);
        let told: Vec<String> = report.faults.iter().map(ToString::to_string).collect();
        assert!(told.is_empty(), "{name}: {}", told.join("\n"));
        assert!(report.rows > 0, "{name}");
        shelves
            .0
            .borrow_mut()
            .keep(report.batch().expect("no fault"));
    }
}

#[test]
fn the_tables_come_back_after_export() {
    let shelves = Shelves(RefCell::default());
    for (name, kind) in FILES.iter().filter(|(n, _)| n.ends_with(".csv")) {
        let path = format!("{}/data/{name}", env!("CARGO_MANIFEST_DIR"));
        let first = std::fs::read(&path).expect("a file of the repository");
        let take = |bytes: &[u8]| {
            let (mut source, limits) = (bytes, Limits::default());
            let datum = Some(Datum::Wgs84);
            let report = read(
                *kind,
                &mut source,
                Format::Csv,
                datum,
                &Map,
                &shelves,
                &limits,
            );
            report.into_batch().expect("a good file")
        };
        let batch = take(&first);
        let mut bytes = Vec::new();
        zhuchao::intake::write::csv(&batch, &mut bytes).expect("memory");
        assert_eq!(take(&bytes), batch, "{name}");
        shelves.0.borrow_mut().keep(&batch);
    }
}

#[test]
fn a_table_of_another_kind_is_refused() {
    let path = format!("{}/data/quotas.csv", env!("CARGO_MANIFEST_DIR"));
    let bytes = std::fs::read(path).expect("a file of the repository");
    assert!(read_csv(Kind::Firms, &bytes).batch().is_none());
}
