//! Options of one application: every bundle it may have, with lease, rent, subsidy, score and what
//! it uses of the resources.
//!
//! Lots. A lot of several units fits when each of them passes every hard rule, use and technical
//! needs excepted, and those that pass these too make up at least half of its area: in a laboratory
//! let together with its office, the laboratory must suit.
//! Under a hard quota an option comes twice, with subsidy and without; under a pro-rata quota once,
//! with, and the cut comes after.
//! Choice. At most [`OPTIONS_MAX`] are kept, the worthiest first, ties by id.
//!
//! Not here: which bundles there are (`bundles`), lease, rent and subsidy of one (`offer`), apartments
//! (`lodging`).

use std::collections::BTreeMap;

use crate::atlas::{Need, SiteParts};
use crate::domain::application::Application;
use crate::domain::area::Area;
use crate::domain::fault::Fault;
use crate::domain::firm::Firm;
use crate::domain::period::Period;
use crate::domain::plan::{SubsidyGrant, UnitGrant};
use crate::domain::points::Points;
use crate::domain::quota::QuotaMode;
use crate::domain::reason::LeftOut;
use crate::policy::entitlement;

use super::bundles::{self, Bundle, Limits};
use super::facts::Facts;
use super::left_out;
use super::lots::{Lot, at};
use super::offer::Offer;
use super::resources::Resources;
use super::score::Score;

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
    pub score: Score,
    /// Their sum.
    pub value: Points,
    /// Minutes to the nearest anchor.
    pub minutes: Option<u32>,
    /// Worth of apartments that a pin keeps; not part of `value`, which is that of the space.
    pub kept: Points,
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
    pub kept: Vec<u32>,
    /// The others, by the first hard rule that each breaks.
    pub left_out: LeftOut,
    /// Parts of each site that has such a unit.
    pub sites: BTreeMap<u32, SiteParts>,
    /// Area and number of units it may have.
    pub limits: Limits,
}

impl<'a> Applicant<'a> {
    /// The applicant of an application.
    pub fn of(facts: &Facts<'a>, application: &'a Application) -> Result<Applicant<'a>, Fault> {
        let firm = facts.firm(application)?;
        let entitled = entitlement::of(&facts.policy, firm, application.use_);
        let need = facts.need(application, firm);
        let (found, sites) = facts.atlas.candidates_with_parts(&need);
        Ok(Applicant {
            application,
            firm,
            need,
            kept: found.kept,
            left_out: found.left_out,
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
    // Units of a lot lie apart at times, so the lots are sorted; a set would cost a large city dearly.
    let mut lots: Vec<u32> = kept.iter().filter_map(|u| facts.lots.lot_of(*u)).collect();
    lots.sort_unstable();
    lots.dedup();
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
fn lot_fits(facts: &Facts, need: &Need, lot: &Lot, kept: &[u32]) -> bool {
    let keeps = |u: &u32| kept.binary_search(u).is_ok();
    let area = |units: &mut dyn Iterator<Item = &u32>| -> i64 {
        units
            .filter_map(|u| facts.areas.get(at(*u)))
            .map(|a| a.0)
            .sum()
    };
    let leading = area(&mut lot.units.iter().filter(|u| keeps(u)));
    let companions = lot.units.iter().filter(|u| !keeps(u));
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
