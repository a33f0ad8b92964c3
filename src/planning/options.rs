//! Options of one application: every bundle it may have, with lease, rent, subsidy, score and what
//! it uses of the resources.
//!
//! Lots. A lot of several units fits when each of them passes every hard rule, use and technical
//! needs excepted, and those that pass these too make up at least half of its area: in a laboratory
//! let together with its office, the laboratory must suit.
//! Lease. It starts on the first day, not before the round and the wish, on which all units of the
//! bundle are available for the whole term; without such a day there is no option.
//! Subsidy. For the whole bundle in the district of the site; rent-free months are the most of its
//! units. A district without a quota of the year pays none. Under a hard quota the option comes
//! twice, with and without; under a pro-rata quota once, with, and the cut comes after.
//! Choice. At most [`OPTIONS_MAX`] are kept, the worthiest first, ties by id.
//!
//! Not here: which bundles there are (`bundles`), apartments (`lodging`).

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::atlas::{Need, SiteParts};
use crate::domain::application::Application;
use crate::domain::area::Area;
use crate::domain::fault::Fault;
use crate::domain::firm::Firm;
use crate::domain::money::Fen;
use crate::domain::period::Period;
use crate::domain::plan::{ScorePart, SubsidyGrant, UnitGrant};
use crate::domain::points::Points;
use crate::domain::quota::QuotaMode;
use crate::domain::space::Unit;
use crate::policy::{entitlement, subsidy};

use super::bundles::{self, Bundle, Limits};
use super::facts::Facts;
use super::left_out;
use super::lots::{Lot, at};
use super::resources::Resources;
use super::score;

/// Most options kept for an application.
pub const OPTIONS_MAX: usize = 200;

/// One way to place an application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanOption {
    /// Units, `@` the area of a part, joined by `+`; `|subsidy` when it takes from a quota.
    pub id: String,
    /// Site by position in the inventory.
    pub site: u32,
    /// Units with area and rent.
    pub units: Vec<UnitGrant>,
    /// Area of all of them.
    pub area: Area,
    /// The lease.
    pub lease: Period,
    /// The subsidy before any cut.
    pub subsidy: Option<SubsidyGrant>,
    /// Parts of the score.
    pub score: Vec<ScorePart>,
    /// Their sum.
    pub value: Points,
    /// Minutes to the nearest anchor.
    pub minutes: Option<u32>,
    /// Resources by position, with the amount used.
    pub uses: Vec<(u32, i64)>,
}

/// An applicant with what the atlas must know of it.
pub struct Applicant<'a> {
    /// The application.
    pub application: &'a Application,
    /// Its firm.
    pub firm: &'a Firm,
    /// Its need.
    pub need: Need,
    /// Units that pass every hard rule, rising.
    pub kept: BTreeSet<u32>,
    /// Parts of each site that has such a unit.
    pub sites: BTreeMap<u32, SiteParts>,
    /// Area and number of units it may have.
    pub limits: Limits,
}

impl<'a> Applicant<'a> {
    /// The applicant of an application.
    pub fn of(facts: &Facts<'a>, application: &'a Application) -> Result<Applicant<'a>, Fault> {
        let firm = facts.firm(application)?;
        let entitled = entitlement::of(&facts.policy, firm);
        let need = facts.need(application, firm);
        let (found, sites) = facts.atlas.candidates_with_parts(&need);
        Ok(Applicant {
            application,
            firm,
            need,
            kept: found.kept.into_iter().collect(),
            sites: sites.into_iter().collect(),
            limits: Limits {
                least: entitlement::least(&facts.policy, application.area_min),
                most: application.area_max.min(entitled.area_max),
                units_max: entitled.units_max,
            },
        })
    }
}

/// The lots that pass the hard rules for an eligible applicant, ascending.
pub fn fitting_lots(facts: &Facts, applicant: &Applicant) -> Vec<u32> {
    let kept = &applicant.kept;
    let lots: BTreeSet<u32> = kept.iter().filter_map(|u| facts.lots.lot_of(*u)).collect();
    let fits = |lot: &u32| {
        let lot = facts.lots.lot(*lot);
        lot.is_some_and(|l| lot_fits(facts, &applicant.need, l, kept))
    };
    lots.into_iter().filter(fits).collect()
}

/// The bundles of an eligible applicant from the lots that fit.
pub fn bundles(facts: &Facts, applicant: &Applicant, fit: &[u32]) -> Vec<Bundle> {
    bundles::of(&facts.lots, &facts.areas, fit, applicant.limits)
}

/// Whether a lot passes the hard rules; `kept` are the units that pass them all.
fn lot_fits(facts: &Facts, need: &Need, lot: &Lot, kept: &BTreeSet<u32>) -> bool {
    let area = |units: &mut dyn Iterator<Item = &u32>| -> i64 {
        units.filter_map(|u| facts.areas.get(at(*u))).map(|a| a.0).sum()
    };
    let leading = area(&mut lot.units.iter().filter(|u| kept.contains(u)));
    let companions = lot.units.iter().filter(|u| !kept.contains(u));
    leading.saturating_mul(2) >= lot.area.0
        && companions.clone().all(|u| companion(facts, need, *u))
}

/// Whether a unit passes the hard rules, use and technical needs excepted.
fn companion(facts: &Facts, need: &Need, unit: u32) -> bool {
    let eased = left_out::eased(facts, need, unit);
    facts.atlas.why(&eased, unit).is_none()
}

/// The options of an eligible applicant for its bundles, the worthiest first.
pub fn of(
    facts: &Facts,
    applicant: &Applicant,
    bundles: &[Bundle],
    resources: &Resources,
) -> Result<Vec<PlanOption>, Fault> {
    let mut options = Vec::new();
    for bundle in bundles {
        options.extend(of_bundle(facts, applicant, bundle, resources)?);
    }
    options.sort_by(|a, b| b.value.cmp(&a.value).then_with(|| a.id.cmp(&b.id)));
    options.truncate(OPTIONS_MAX);
    Ok(options)
}

/// One or two options of a bundle; none when its units are never available together.
fn of_bundle(
    facts: &Facts,
    applicant: &Applicant,
    bundle: &Bundle,
    resources: &Resources,
) -> Result<Vec<PlanOption>, Fault> {
    let Some(offer) = Offer::of(facts, applicant, bundle)? else {
        return Ok(Vec::new());
    };
    let aid = offer.subsidy(facts, applicant)?;
    let mut options = Vec::new();
    if let Some((grant, mode)) = aid {
        let hard = mode == QuotaMode::Hard;
        options.push(offer.option(facts, applicant, Some((grant, hard)), resources)?);
        if !hard {
            return Ok(options);
        }
    }
    options.push(offer.option(facts, applicant, None, resources)?);
    Ok(options)
}

/// A bundle at a site with lease and rent.
struct Offer<'a> {
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
    fn of(
        facts: &Facts,
        applicant: &Applicant,
        bundle: &'a Bundle,
    ) -> Result<Option<Offer<'a>>, Fault> {
        let units: Vec<&Unit> =
            bundle.iter().map(|(u, _)| facts.unit(*u)).collect::<Result<_, _>>()?;
        let Some(lease) = lease(facts, applicant.application, &units)? else {
            return Ok(None);
        };
        let Some(site) = bundle.first().and_then(|(u, _)| facts.lots.site_of(*u)) else {
            return Ok(None);
        };
        let Some(grants) = grants(bundle, &units)? else {
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
    fn subsidy(
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

    fn option(
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
            uses,
        })
    }

    fn id(&self, facts: &Facts) -> String {
        let names = self.bundle.iter().zip(&self.units).map(|((unit, area), grant)| {
            let whole = facts.areas.get(at(*unit)) == Some(area);
            if whole { grant.unit.to_string() } else { format!("{}@{area}", grant.unit) }
        });
        names.collect::<Vec<_>>().join("+")
    }
}

/// Units with area and rent; `None` when a rent is not known.
fn grants(bundle: &Bundle, units: &[&Unit]) -> Result<Option<Vec<UnitGrant>>, Fault> {
    let mut grants = Vec::new();
    for ((_, area), unit) in bundle.iter().zip(units) {
        let Some(rent) = &unit.rent else {
            return Ok(None);
        };
        grants.push(UnitGrant {
            unit: unit.id.clone(),
            area: *area,
            monthly_rent: rent.rate.monthly(*area)?,
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
