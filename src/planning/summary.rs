//! What a plan comes to: placed, waiting by reason, area, apartments, subsidy per district against its
//! quota, value, bound and gap.
//!
//! Not here: how it is shown.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::domain::area::Area;
use crate::domain::fault::Fault;
use crate::domain::money::Fen;
use crate::domain::place::DistrictCode;
use crate::domain::plan::{Plan, SubsidyGrant};
use crate::domain::points::Points;
use crate::domain::quota::{Item, QuotaMode};
use crate::domain::reason::WhyNot;
use crate::domain::snapshot::Snapshot;

/// What a plan comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// True when any part of the snapshot was invented by a generator.
    pub synthetic: bool,
    /// Applications.
    pub applications: u64,
    /// Of these, placed.
    pub placed: u64,
    /// Waiting because a rule of eligibility is not met.
    pub not_eligible: u64,
    /// Waiting because nothing fits.
    pub nothing_fits: u64,
    /// Waiting because others use what they need.
    pub priced_out: u64,
    /// Area let.
    pub area_let: Area,
    /// Area of all units.
    pub area_all: Area,
    /// Apartments granted.
    pub apartments_granted: u64,
    /// Apartments of the inventory.
    pub apartments_all: u64,
    /// Households for which apartments are asked, of all applications.
    pub apartments_asked: u64,
    /// Subsidy by district with a quota, by code.
    pub subsidies: Vec<DistrictSubsidy>,
    /// Total points.
    pub value: Points,
    /// Proven upper bound.
    pub upper_bound: Option<Points>,
    /// Gap in parts per million of the value.
    pub gap_ppm: Option<i64>,
    /// `optimal` or `feasible`.
    pub status: String,
}

/// Subsidy of a district in the year of the round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DistrictSubsidy {
    /// District.
    pub district: DistrictCode,
    /// Budget year.
    pub year: i32,
    /// Hard or pro rata.
    pub mode: QuotaMode,
    /// Firms with subsidy.
    pub firms: u64,
    /// What the rules give.
    pub computed: Fen,
    /// What is awarded.
    pub awarded: Fen,
    /// The quota.
    pub quota: Fen,
}

impl Summary {
    /// The summary of a plan of a snapshot; DM faults when sums overflow.
    pub fn of(snapshot: &Snapshot, plan: &Plan) -> Result<Summary, Fault> {
        let waiting =
            |test: fn(&WhyNot) -> bool| many(plan.waiting.iter().filter(|w| test(&w.why)).count());
        let stock = &snapshot.inventory;
        let granted = plan.awards.iter().flat_map(|a| &a.apartments);
        let asked = snapshot.applications.iter().flat_map(|a| &a.households);
        let units = plan.awards.iter().flat_map(|a| &a.units);
        Ok(Summary {
            synthetic: snapshot.synthetic,
            applications: many(snapshot.applications.len()),
            placed: many(plan.awards.len()),
            not_eligible: waiting(|w| matches!(w, WhyNot::NotEligible { .. })),
            nothing_fits: waiting(|w| matches!(w, WhyNot::NothingFits { .. })),
            priced_out: waiting(|w| matches!(w, WhyNot::PricedOut { .. })),
            area_let: Area::sum(units.map(|g| g.area))?,
            area_all: Area::sum(stock.units.iter().map(|u| u.area))?,
            apartments_granted: granted.map(|g| u64::from(g.count)).sum(),
            apartments_all: stock.apartments.iter().map(|t| u64::from(t.count)).sum(),
            apartments_asked: asked.map(|h| u64::from(h.count)).sum(),
            subsidies: subsidies(snapshot, plan)?,
            value: plan.proof.value,
            upper_bound: plan.proof.upper_bound,
            gap_ppm: plan.proof.gap_ppm(),
            status: plan.proof.status.clone(),
        })
    }
}

fn subsidies(snapshot: &Snapshot, plan: &Plan) -> Result<Vec<DistrictSubsidy>, Fault> {
    let mut by_district: BTreeMap<&DistrictCode, Vec<&SubsidyGrant>> = BTreeMap::new();
    for grant in plan.awards.iter().filter_map(|a| a.subsidy.as_ref()) {
        by_district.entry(&grant.district).or_default().push(grant);
    }
    let year = snapshot.round.subsidy_year;
    let quotas = snapshot.quotas.iter();
    let of_year = quotas.filter(|q| q.year == year && q.item == Item::RentSubsidy);
    of_year
        .map(|quota| {
            let grants = by_district
                .get(&quota.district)
                .map(Vec::as_slice)
                .unwrap_or_default();
            Ok(DistrictSubsidy {
                district: quota.district.clone(),
                year,
                mode: quota.mode,
                firms: many(grants.len()),
                computed: Fen::sum(grants.iter().map(|g| g.computed))?,
                awarded: Fen::sum(grants.iter().map(|g| g.awarded))?,
                quota: quota.amount,
            })
        })
        .collect()
}

fn many(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}
