//! Everything that the options of one snapshot are made from: the policy as read, the atlas, the
//! lots, and who is where by position.
//!
//! Not here: what is made of it (`options`, `lodging`).

use std::collections::HashMap;

use crate::atlas::{Atlas, Need, Speeds};
use crate::domain::application::Application;
use crate::domain::area::Area;
use crate::domain::fault::{Fault, Faults, Place};
use crate::domain::firm::Firm;
use crate::domain::quota::{Item, Quota};
use crate::domain::snapshot::Snapshot;
use crate::domain::space::{Site, Unit};
use crate::policy::condition::Facts as Tenant;
use crate::policy::{self, Policy};

use super::files::BROKEN_REFERENCE;
use super::lots::{Lots, at, positions};
use super::prove;

/// A snapshot with what is derived from it once.
pub struct Facts<'a> {
    /// The snapshot, proved.
    pub snapshot: &'a Snapshot,
    /// Its policy, read.
    pub policy: Policy,
    /// Its atlas.
    pub atlas: Atlas,
    /// Its lots.
    pub lots: Lots,
    /// Area of each unit.
    pub areas: Vec<Area>,
    firms: HashMap<&'a str, u32>,
    quotas: HashMap<&'a str, &'a Quota>,
}

impl<'a> Facts<'a> {
    /// Derives the facts. Faults: those of the proof of the snapshot, of the policy and of the atlas.
    pub fn of(snapshot: &'a Snapshot) -> Result<Facts<'a>, Faults> {
        Faults(prove::faults(snapshot)).or(())?;
        let policy = policy::read(&snapshot.policy)?;
        let atlas = Atlas::new(&snapshot.ground, &snapshot.inventory, speeds(&policy))?;
        let stock = &snapshot.inventory;
        Ok(Facts {
            snapshot,
            policy,
            atlas,
            lots: Lots::new(stock)?,
            areas: stock.units.iter().map(|u| u.area).collect(),
            firms: positions(snapshot.firms.iter().map(|f| f.id.as_str())),
            quotas: quotas(snapshot),
        })
    }

    /// The firm of an application, or PL106.
    pub fn firm(&self, application: &Application) -> Result<&'a Firm, Fault> {
        let place = self.firms.get(application.firm.as_str());
        place
            .and_then(|n| self.snapshot.firms.get(at(*n)))
            .ok_or_else(|| missing(&format!("firm {}", application.firm)))
    }

    /// What the atlas must know of an application.
    pub fn need(&self, application: &Application, firm: &Firm) -> Need {
        let round = &self.snapshot.round;
        let need = Need::of(application, firm, round, &self.snapshot.ground);
        let facts = Tenant {
            firm,
            application: Some(application),
            day: round.cut_off_day(),
        };
        need.paying(self.policy.rents_by_rule(self.atlas.rent_rules(), &facts))
    }

    /// A unit by position, or PL106.
    pub fn unit(&self, unit: u32) -> Result<&'a Unit, Fault> {
        let found = self.snapshot.inventory.units.get(at(unit));
        found.ok_or_else(|| missing(&format!("unit number {unit}")))
    }

    /// A site by position, or PL106.
    pub fn site(&self, site: u32) -> Result<&'a Site, Fault> {
        let found = self.snapshot.inventory.sites.get(at(site));
        found.ok_or_else(|| missing(&format!("site number {site}")))
    }

    /// The quota for rent subsidy of a district in the year of the round.
    pub fn quota(&self, district: &str) -> Option<&'a Quota> {
        self.quotas.get(district).copied()
    }
}

fn quotas(snapshot: &Snapshot) -> HashMap<&str, &Quota> {
    let of_year = snapshot
        .quotas
        .iter()
        .filter(|q| q.item == Item::RentSubsidy && q.year == snapshot.round.subsidy_year);
    of_year.map(|q| (q.district.as_str(), q)).collect()
}

/// The speeds of the policy as the atlas wants them.
fn speeds(policy: &Policy) -> Speeds {
    let transit = &policy.transit;
    Speeds {
        walk_m_per_min: transit.walk_m_per_min,
        detour_bp: transit.detour_bp,
        walk_max_m: transit.walk_max_m,
        ride_min_per_km_x100: transit.ride_min_per_km_x100,
        dwell_s: transit.dwell_s,
        transfer_min: transit.transfer_min,
        wait_min: transit.wait_min,
    }
}

fn missing(what: &str) -> Fault {
    Fault::new(
        BROKEN_REFERENCE,
        format!("the {what} is not in the snapshot"),
        "freeze the snapshot again from whole tables",
    )
    .at(Place::subject(what))
}
