//! An offer: one bundle for one applicant, with lease, rent and subsidy.
//!
//! Lease. It starts on the first day, not before the round and the wish, on which all units of the
//! bundle are available for the whole term; without such a day there is no offer.
//! Subsidy. For the whole bundle in the district of the site; rent-free months are the most of its
//! units. A district without a quota of the year pays none.
//!
//! Not here: which bundles there are (`bundles`), which offers become options (`options`).

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::atlas::SiteParts;
use crate::domain::application::Application;
use crate::domain::area::Area;
use crate::domain::fault::Fault;
use crate::domain::money::Fen;
use crate::domain::period::Period;
use crate::domain::plan::{SubsidyGrant, UnitGrant};
use crate::domain::points::Points;
use crate::domain::quota::QuotaMode;
use crate::domain::space::Unit;
use crate::policy::subsidy;

use super::bundles::Bundle;
use super::facts::Facts;
use super::lots::at;
use super::options::{Applicant, PlanOption};
use super::resources::Resources;
use super::score;

/// A bundle at a site with lease and rent.
pub(super) struct Offer<'a> {
    bundle: &'a Bundle,
    site: u32,
    parts: SiteParts,
    units: Vec<UnitGrant>,
    area: Area,
    monthly_rent: Fen,
    rent_free_months: u32,
    lease: Period,
}

impl<'a> Offer<'a> {
    /// The offer; `None` when its units are never available together or a rent is not known.
    pub(super) fn of(
        facts: &Facts,
        applicant: &Applicant,
        bundle: &'a Bundle,
    ) -> Result<Option<Offer<'a>>, Fault> {
        let units: Vec<&Unit> = bundle
            .iter()
            .map(|(u, _)| facts.unit(*u))
            .collect::<Result<_, _>>()?;
        let Some(lease) = lease(facts, applicant.application, &units)? else {
            return Ok(None);
        };
        let Some(site) = bundle.first().and_then(|(u, _)| facts.lots.site_of(*u)) else {
            return Ok(None);
        };
        let Some(grants) = grants(applicant, bundle, &units)? else {
            return Ok(None);
        };
        Ok(Some(Offer {
            bundle,
            site,
            parts: applicant.sites.get(&site).copied().unwrap_or_default(),
            area: Area::sum(bundle.iter().map(|(_, area)| *area))?,
            monthly_rent: Fen::sum(grants.iter().map(|g| g.monthly_rent))?,
            rent_free_months: units.iter().map(|u| u.rent_free_months).max().unwrap_or(0),
            units: grants,
            lease,
        }))
    }

    /// The subsidy of the year, with the mode of the quota that pays it.
    pub(super) fn subsidy(
        &self,
        facts: &Facts,
        applicant: &Applicant,
    ) -> Result<Option<(SubsidyGrant, QuotaMode)>, Fault> {
        let district = &facts.site(self.site)?.district;
        let quota = facts.quota(district.as_str());
        let Some(quota) = quota.filter(|_| applicant.application.wants_subsidy) else {
            return Ok(None);
        };
        let computed = subsidy::computed(
            &facts.policy,
            applicant.firm,
            district,
            self.area,
            self.monthly_rent,
            self.rent_free_months,
            &self.lease,
            quota.year,
        )?;
        Ok(computed.filter(|c| c.amount > Fen::ZERO).map(|c| {
            let grant = SubsidyGrant {
                district: district.clone(),
                year: quota.year,
                rule: c.rule,
                computed: c.amount,
                awarded: c.amount,
            };
            (grant, quota.mode)
        }))
    }

    /// The option, with a subsidy and whether it takes from a hard quota.
    pub(super) fn option(
        &self,
        facts: &Facts,
        applicant: &Applicant,
        aid: Option<(SubsidyGrant, bool)>,
        resources: &Resources,
    ) -> Result<PlanOption, Fault> {
        let mut uses = resources.of_units(self.bundle);
        uses.extend(resources.of_reserves(&facts.policy, applicant.firm, self.area));
        let mut id = self.id(facts);
        let amount = aid.as_ref().map_or(Fen::ZERO, |(grant, _)| grant.computed);
        if let Some((grant, true)) = &aid {
            id.push_str("|subsidy");
            uses.extend(resources.of_quota(grant));
        }
        uses.sort_unstable();
        let who = (applicant.application, applicant.firm);
        let score = score::parts(&facts.policy.weights, who, (self.area, amount), &self.parts)?;
        Ok(PlanOption {
            id,
            site: self.site,
            units: self.units.clone(),
            area: self.area,
            lease: self.lease,
            subsidy: aid.map(|(grant, _)| grant),
            value: score::sum(&score)?,
            score,
            minutes: self.parts.minutes,
            kept: Points::ZERO,
            uses,
        })
    }

    fn id(&self, facts: &Facts) -> String {
        let names = self
            .bundle
            .iter()
            .zip(&self.units)
            .map(|((unit, area), grant)| {
                let whole = facts.areas.get(at(*unit)) == Some(area);
                if whole {
                    grant.unit.to_string()
                } else {
                    format!("{}@{area}", grant.unit)
                }
            });
        names.collect::<Vec<_>>().join("+")
    }
}

/// Units with area and rent; `None` when a rent is not known.
fn grants(
    applicant: &Applicant,
    bundle: &Bundle,
    units: &[&Unit],
) -> Result<Option<Vec<UnitGrant>>, Fault> {
    let mut grants = Vec::new();
    for ((_, area), unit) in bundle.iter().zip(units) {
        let Some(rate) = applicant.need.rent_of(unit) else {
            return Ok(None);
        };
        grants.push(UnitGrant {
            unit: unit.id.clone(),
            area: *area,
            monthly_rent: rate.monthly(*area)?,
        });
    }
    Ok(Some(grants))
}

/// The earliest lease within the window during which all units are available.
fn lease(
    facts: &Facts,
    application: &Application,
    units: &[&Unit],
) -> Result<Option<Period>, Fault> {
    let round = &facts.snapshot.round;
    let first = round.start.max(application.start_from);
    let begins = units.iter().flat_map(|u| &u.available).map(Period::from);
    let starts: BTreeSet<NaiveDate> = begins
        .chain([first])
        .filter(|day| first <= *day && *day <= application.start_until)
        .collect();
    for start in starts {
        let lease = Period::months(start, round.lease_months)?;
        let free = |unit: &&Unit| unit.available.iter().any(|p| p.covers(&lease));
        if units.iter().all(free) {
            return Ok(Some(lease));
        }
    }
    Ok(None)
}
