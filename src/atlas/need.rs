//! Need: what an application asks of a place, with its round, free of firms and keys of stations.
//!
//! Laws, each the same for planning and checking:
//! - Use `office` and `rd_office` meet each other; laboratory and factory are met only by themselves.
//! - A stated technical need requires the unit to state the attribute and to reach it. The least of
//!   a scale (0, false, hazard none) asks nothing, so it requires no statement.
//! - Start = the latest of the round's start, the application's earliest start and the start of an
//!   availability period; it must not be after the latest start, and the period must cover the term.
//! - Without anchors a limit of minutes limits nothing; without a cap any known rent will do.
//!
//! Not here: areas and entitlement (planning, policy).

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::application::Application;
use crate::domain::fault::{Code, Fault, Faults, Place};
use crate::domain::firm::Firm;
use crate::domain::ids::{ClusterId, SiteId};
use crate::domain::money::Rate;
use crate::domain::place::{DistrictCode, Position, Station};
use crate::domain::round::Round;
use crate::domain::snapshot::{Ground, Inventory};
use crate::domain::space::{RentRule, Technical, Unit, Use};

/// An application names an anchor that is not a station of the network.
pub const UNKNOWN_ANCHOR: Code = Code("AT110");
/// An application wishes for a site that is not in the inventory.
pub const UNKNOWN_WISH: Code = Code("AT111");

/// What is asked of a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// Use wanted.
    pub use_: Use,
    /// Earliest start.
    pub start_from: NaiveDate,
    /// Latest start.
    pub start_until: NaiveDate,
    /// First day of the leases of the round.
    pub round_start: NaiveDate,
    /// Term in months.
    pub lease_months: u32,
    /// Highest rent per m2 and month.
    pub rent_cap: Option<Rate>,
    /// Technical needs.
    pub needs: Technical,
    /// Ranked wishes, the first is the dearest.
    pub site_wishes: Vec<SiteId>,
    /// Acceptable districts; empty = all.
    pub districts: Vec<DistrictCode>,
    /// Where the firm wants to be near.
    pub anchors: Vec<Position>,
    /// Longest minutes to the nearest anchor.
    pub max_minutes: Option<u32>,
    /// Fields of the firm.
    pub fields: Vec<ClusterId>,
    /// What the firm would pay where the policy sets the rent, as far as it is known.
    pub rents_by_rule: BTreeMap<RentRule, Rate>,
}

impl Need {
    /// The need of an application. An anchor that is not a station of the ground is left out here;
    /// [`references`] reports it. No rent by rule is known until [`Need::paying`].
    pub fn of(application: &Application, firm: &Firm, round: &Round, ground: &Ground) -> Need {
        let position = |id| find(&ground.network.stations, id).map(|s| s.position);
        Need {
            use_: application.use_,
            start_from: application.start_from,
            start_until: application.start_until,
            round_start: round.start,
            lease_months: round.lease_months,
            rent_cap: application.rent_cap,
            needs: application.needs.clone(),
            site_wishes: application.site_wishes.clone(),
            districts: application.districts.clone(),
            anchors: application
                .anchors
                .iter()
                .filter_map(|id| position(id.as_str()))
                .collect(),
            max_minutes: application.max_minutes,
            fields: firm.fields.clone(),
            rents_by_rule: BTreeMap::new(),
        }
    }

    /// The rent of a unit for this need; `None` when not known.
    pub fn rent_of(&self, unit: &Unit) -> Option<Rate> {
        match &unit.rent_rule {
            Some(rule) => self.rents_by_rule.get(rule).copied(),
            None => unit.rent.as_ref().map(|r| r.rate),
        }
    }

    /// The same where the policy sets rents.
    #[must_use]
    pub fn paying(mut self, rents_by_rule: BTreeMap<RentRule, Rate>) -> Need {
        self.rents_by_rule = rents_by_rule;
        self
    }

    /// First day from which a lease could run if the space were always free.
    pub fn earliest(&self) -> NaiveDate {
        self.round_start.max(self.start_from)
    }
}

/// A station by key; stations of a snapshot are sorted by key, other lists are searched through.
fn find<'a>(stations: &'a [Station], id: &str) -> Option<&'a Station> {
    let sorted = stations.binary_search_by(|s| s.id.as_str().cmp(id)).ok();
    match sorted {
        Some(n) => stations.get(n),
        None => stations.iter().find(|s| s.id.as_str() == id),
    }
}

/// Anchors and wishes of an application that name nothing known: AT110, AT111.
pub fn references(
    application: &Application,
    ground: &Ground,
    inventory: &Inventory,
) -> Result<(), Faults> {
    let place = || Place::subject(format!("application {}", application.id));
    let mut faults = Faults::default();
    for id in &application.anchors {
        if find(&ground.network.stations, id.as_str()).is_none() {
            let cause = format!("the anchor {id} is not a metro station of the network");
            let action = "use a station_id of the table of stations";
            faults
                .0
                .push(Fault::new(UNKNOWN_ANCHOR, cause, action).at(place()));
        }
    }
    for id in &application.site_wishes {
        if !inventory.sites.iter().any(|s| s.id == *id) {
            let cause = format!("the wish {id} is not a site of the inventory");
            let action = "use a site_id of the table of sites";
            faults
                .0
                .push(Fault::new(UNKNOWN_WISH, cause, action).at(place()));
        }
    }
    faults.or(())
}
