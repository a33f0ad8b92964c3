//! What intake must ask others: the map (datum, outlines) and what is already known.
//! `acts` implements both traits with `atlas` and `store`.

use crate::domain::fault::Fault;
use crate::domain::ids::{
    ApplicationId, BuildingId, ClusterId, FirmId, GroupId, RoundId, SiteId, StationId, UnitId,
};
use crate::domain::place::{Containment, Datum, DistrictCode, Located, Position};
use crate::domain::space::SiteKind;

/// The map as far as intake needs it.
pub trait Ground {
    /// Converts degrees of a datum to WGS-84; a fault when they are not on the globe.
    fn to_wgs84(&self, datum: Datum, lon: f64, lat: f64) -> Result<Position, Fault>;
    /// Whether a place lies in a district.
    fn contains(&self, located: &Located, district: &DistrictCode) -> Containment;
    /// Whether the district code is one of the known ones.
    fn known_district(&self, district: &DistrictCode) -> bool;
}

/// What is already stored, for references between files.
pub trait Known {
    /// The kind of a site, `None` when the site is not known.
    fn site_kind(&self, site: &SiteId) -> Option<SiteKind>;
    /// Whether the firm is known.
    fn has_firm(&self, firm: &FirmId) -> bool;
    /// Whether the round is known.
    fn has_round(&self, round: &RoundId) -> bool;
    /// Whether the metro station is known.
    fn has_station(&self, station: &StationId) -> bool;
    /// Whether the cluster or field is known.
    fn has_cluster(&self, cluster: &ClusterId) -> bool;
    /// The stored members of a let-only-together group, each with its building.
    fn group_members(&self, group: &GroupId) -> Vec<(UnitId, BuildingId)>;

    /// Whether the file may not bring this application, because it exists already.
    fn is_taken(&self, _application: &ApplicationId) -> bool {
        false
    }

    /// Whether the site is known.
    fn has_site(&self, site: &SiteId) -> bool {
        self.site_kind(site).is_some()
    }
}

/// What every row is read against.
pub(super) struct Context<'a> {
    /// The map.
    pub(super) ground: &'a dyn Ground,
    /// What is stored.
    pub(super) known: &'a dyn Known,
    /// Datum of rows that name none.
    pub(super) datum: Option<Datum>,
}
