//! What intake asks of others, answered: the map by `atlas`, what is already known by sets of keys.
//! It grows as files are taken, so that a series of files is proved like a single one.
//!
//! Not here: where the nouns are kept.

use std::collections::{BTreeMap, BTreeSet};

use crate::atlas::datum;
use crate::atlas::outline::Outlines;
use crate::domain::fault::Fault;
use crate::domain::ids::{
    BuildingId, ClusterId, FirmId, GroupId, RoundId, SiteId, StationId, UnitId,
};
use crate::domain::place::{
    Cluster, Containment, Datum, District, DistrictCode, Located, Position, Station,
};
use crate::domain::space::{Floor, Site, SiteKind, Unit};
use crate::intake::Batch;
use crate::intake::outside::{Ground, Known};

/// Keys and outlines that new rows may refer to.
pub struct Reference {
    districts: BTreeSet<DistrictCode>,
    outlines: Outlines,
    sites: BTreeMap<SiteId, SiteKind>,
    firms: BTreeSet<FirmId>,
    rounds: BTreeSet<RoundId>,
    stations: BTreeSet<StationId>,
    clusters: BTreeSet<ClusterId>,
    groups: BTreeMap<GroupId, Vec<(UnitId, BuildingId)>>,
}

impl Default for Reference {
    fn default() -> Self {
        Reference {
            districts: BTreeSet::new(),
            outlines: Outlines::new(&[]),
            sites: BTreeMap::new(),
            firms: BTreeSet::new(),
            rounds: BTreeSet::new(),
            stations: BTreeSet::new(),
            clusters: BTreeSet::new(),
            groups: BTreeMap::new(),
        }
    }
}

impl Reference {
    /// Knows these districts, all of them.
    pub fn districts(&mut self, all: &[District]) {
        self.districts = all.iter().map(|d| d.code.clone()).collect();
        self.outlines = Outlines::new(all);
    }

    /// Knows these sites too.
    pub fn sites(&mut self, more: &[Site]) {
        self.sites
            .extend(more.iter().map(|s| (s.id.clone(), s.kind)));
    }

    /// Knows these firms too.
    pub fn firms(&mut self, more: impl IntoIterator<Item = FirmId>) {
        self.firms.extend(more);
    }

    /// Knows these rounds too.
    pub fn rounds(&mut self, more: impl IntoIterator<Item = RoundId>) {
        self.rounds.extend(more);
    }

    /// Knows these stations too.
    pub fn stations(&mut self, more: &[Station]) {
        self.stations.extend(more.iter().map(|s| s.id.clone()));
    }

    /// Knows these clusters too.
    pub fn clusters(&mut self, more: &[Cluster]) {
        self.clusters.extend(more.iter().map(|c| c.id.clone()));
    }

    /// Knows these units as far as let-only-together groups go.
    pub fn units(&mut self, units: &[Unit], floors: &[Floor]) {
        let building: BTreeMap<&str, &BuildingId> = floors
            .iter()
            .map(|f| (f.id.as_str(), &f.building))
            .collect();
        for unit in units {
            let place = building.get(unit.floor.as_str());
            if let (Some(group), Some(building)) = (&unit.group, place) {
                let member = (unit.id.clone(), (*building).clone());
                self.groups.entry(group.clone()).or_default().push(member);
            }
        }
    }

    /// Knows what a batch holds. Districts are taken by [`Reference::districts`].
    pub fn take(&mut self, batch: &Batch) {
        match batch {
            Batch::Stations(all) => self.stations(all),
            Batch::Clusters(all) => self.clusters(all),
            Batch::Sites(all) => self.sites(all),
            Batch::Units { floors, units, .. } => self.units(units, floors),
            Batch::Firms(all) => self.firms(all.iter().map(|f| f.id.clone())),
            Batch::Districts(_) | Batch::Lines(_) | Batch::Apartments { .. } => {}
            Batch::Applications(_) | Batch::Quotas(_) => {}
        }
    }
}

impl Ground for Reference {
    fn to_wgs84(&self, datum: Datum, lon: f64, lat: f64) -> Result<Position, Fault> {
        datum::to_wgs84(datum, lon, lat)
    }

    fn contains(&self, located: &Located, district: &DistrictCode) -> Containment {
        self.outlines.contains(located, district)
    }

    fn known_district(&self, district: &DistrictCode) -> bool {
        self.districts.contains(district)
    }
}

impl Known for Reference {
    fn site_kind(&self, site: &SiteId) -> Option<SiteKind> {
        self.sites.get(site).copied()
    }

    fn has_firm(&self, firm: &FirmId) -> bool {
        self.firms.contains(firm)
    }

    fn has_round(&self, round: &RoundId) -> bool {
        self.rounds.contains(round)
    }

    fn has_station(&self, station: &StationId) -> bool {
        self.stations.contains(station)
    }

    fn has_cluster(&self, cluster: &ClusterId) -> bool {
        self.clusters.contains(cluster)
    }

    fn group_members(&self, group: &GroupId) -> Vec<(UnitId, BuildingId)> {
        self.groups.get(group).cloned().unwrap_or_default()
    }
}
