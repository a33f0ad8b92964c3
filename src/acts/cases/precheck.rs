//! The pre-check (申报前自检): anyone tells the facts of a firm and what it wants, and learns rule by rule what is
//! met, what is not, and which evidence is asked for. Nothing is stored and no journal entry is written.
//!
//! Not here: whether the facts are true; what a plan will give.

use chrono::NaiveDate;
use serde::Serialize;

use super::{bans, profile_files, rules, today};
use crate::acts::{Desk, freeze, rounds, vacancy};
use crate::atlas::{Need, rules as hard};
use crate::domain::application::Application;
use crate::domain::area::Area;
use crate::domain::case::{Case, Draft};
use crate::domain::case_proof;
use crate::domain::evidence::{Evidence, Provenance};
use crate::domain::fault::Faults;
use crate::domain::firm::Firm;
use crate::domain::ids::RoundId;
use crate::domain::place::{DistrictCode, Network};
use crate::domain::profile::FirmFacts;
use crate::domain::round::Round;
use crate::domain::snapshot::{Ground, Inventory};
use crate::domain::space::{Division, Site, Unit};
use crate::policy::condition::Facts as Tenant;
use crate::policy::eligibility::{self, Verdict};
use crate::policy::{Policy, entitlement, housing_quota};
use crate::store::{self, Reading, allocations, inventory};

/// Most units looked at; more would let anybody keep the machine busy.
pub const UNITS_MAX: u32 = 5_000;
/// A credit code of zeros, whose check character is right; it stands for "not told".
const NO_CODE: &str = "000000000000000000";

/// What is told.
#[derive(Debug, Clone)]
pub struct Told {
    /// The round; `None` = the policy in force today.
    pub round: Option<RoundId>,
    /// Facts of the firm.
    pub facts: FirmFacts,
    /// District of registration.
    pub district: DistrictCode,
    /// What is wanted; the use and the smallest area at least.
    pub want: Draft,
    /// Kinds of evidence that are at hand.
    pub held: Vec<String>,
}

/// What is learned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Learned {
    /// Version of the policy.
    pub policy: String,
    /// Every rule with its outcome.
    pub verdicts: Vec<Verdict>,
    /// Largest area that the firm may have for this use.
    pub area_cap: Area,
    /// Most units that it may have.
    pub units_cap: u32,
    /// Basis of the cap.
    pub cap_basis: String,
    /// Vacant units in the round that alone pass use, term, technical needs, rent, district and area.
    /// Nearness to stations and units let only together do not count. `None` without a round.
    pub units_fit: Option<u64>,
    /// True when only the first units were looked at.
    pub at_least: bool,
}

/// Checks what is told.
///
/// # Errors
/// DM220 and DM221 by field, DM222 for facts that cannot be, AC013 for an unknown round, AC110 without a
/// policy.
pub fn check(desk: &Desk, told: &Told) -> Result<Learned, Faults> {
    desk.store().read(|tx| {
        let (policy, day, round) = match &told.round {
            Some(id) => {
                let procedure = rounds::procedure(tx, id)?;
                let (policy, day) = rules::of_round(tx, &procedure, id)?;
                (policy, day, Some(freeze::round_of(tx, id)?))
            }
            None => (profile_files::in_force(desk, tx)?, today(desk), None),
        };
        let firm = firm(told, today(desk))?;
        let application = application(desk, told, &firm, round.as_ref().map_or(day, |r| r.start))?;
        let held: Vec<&str> = told.held.iter().map(String::as_str).collect();
        let limit = entitlement::of(&policy, &firm, application.use_);
        let most = application.area_max.min(limit.area_max);
        let least = entitlement::least(&policy, application.area_min);
        let fit = match &round {
            Some(round) => Some(fitting(
                tx,
                (&policy, round),
                (&application, &firm),
                (least, most),
            )?),
            None => None,
        };
        let mut verdicts = eligibility::evaluate(&policy, &firm, &application, &held, day);
        verdicts.extend(housing_quota::asked(&policy, &firm, &application, day));
        // Whether another firm is barred is nobody's business here.
        if let Some(own) = desk.person().firm() {
            verdicts.extend(bans::verdict(tx, own, today(desk))?);
        }
        Ok(Learned {
            policy: policy.meta.version.clone(),
            verdicts,
            area_cap: limit.area_max,
            units_cap: limit.units_max,
            cap_basis: limit.basis,
            units_fit: fit.map(|(count, _)| count),
            at_least: fit.is_some_and(|(_, cut)| cut),
        })
    })
}

pub(super) fn firm(told: &Told, today: NaiveDate) -> Result<Firm, Faults> {
    let facts = told.facts.clone().proved(today)?;
    let bare = Firm {
        id: "precheck".parse()?,
        credit_code: NO_CODE.parse()?,
        name_zh: String::new(),
        name_en: String::new(),
        industry: facts.industry.clone(),
        district: told.district.clone(),
        headcount: 0,
        revenue: None,
        rd_share: None,
        founded: None,
        credentials: Vec::new(),
        fields: Vec::new(),
        provenance: Provenance::of(Evidence::Assumption),
    };
    Ok(facts.applied(&bare))
}

/// What is wanted as an application. What is not told is taken so that it limits nothing more.
pub(super) fn application(
    desk: &Desk,
    told: &Told,
    firm: &Firm,
    start: NaiveDate,
) -> Result<Application, Faults> {
    let mut want = told.want.clone();
    want.area_max = want.area_max.or(want.area_min);
    want.start_from = want.start_from.or(Some(start));
    want.start_until = want.start_until.or(want.start_from);
    let round = "precheck".parse()?;
    let case = Case {
        draft: want,
        ..super::begin::fresh(desk, firm, &round, "precheck".parse()?)
    };
    case_proof::proved(&case, Provenance::of(Evidence::Assumption))
}

/// How many vacant units fit, and whether more were there to look at.
fn fitting(
    tx: &mut Reading<'_>,
    (policy, round): (&Policy, &Round),
    (application, firm): (&Application, &Firm),
    (least, most): (Area, Area),
) -> Result<(u64, bool), Faults> {
    let units = inventory::units_of_area(tx, least, most, UNITS_MAX)?;
    let cut = u32::try_from(units.len()).is_ok_and(|n| n >= UNITS_MAX);
    let held = allocations::units(tx)?;
    let stock = Inventory {
        units,
        ..Inventory::default()
    };
    let vacant = vacancy::vacant(stock, &held, &[], round.start)?;
    let sites: Vec<Site> = store::all(tx)?;
    let need = need(policy, (application, firm), round, &vacant.units);
    let fits = |unit: &&Unit| {
        in_district(&sites, unit, &need.districts)
            && sized(unit, least, most)
            && hard::unit_broken(&need, unit).is_none()
    };
    let count = vacant.units.iter().filter(fits).count();
    Ok((count as u64, cut))
}

/// The need without nearness, with what would be paid for some units whose rent the policy sets.
pub(super) fn need<'u>(
    policy: &Policy,
    (application, firm): (&Application, &Firm),
    round: &Round,
    units: impl IntoIterator<Item = &'u Unit>,
) -> Need {
    let nowhere = Ground {
        districts: Vec::new(),
        network: Network {
            stations: Vec::new(),
            lines: Vec::new(),
        },
        clusters: Vec::new(),
    };
    let rules = units.into_iter().filter_map(|u| u.rent_rule.as_ref());
    let tenant = Tenant {
        firm,
        application: Some(application),
        day: round.cut_off_day(),
    };
    Need::of(application, firm, round, &nowhere).paying(policy.rents_by_rule(rules, &tenant))
}

/// A unit whole, or a part of a divisible one, of an area that may be offered.
fn sized(unit: &Unit, least: Area, most: Area) -> bool {
    match unit.division {
        Division::Whole => least <= unit.area && unit.area <= most,
        Division::Divisible { smallest_lot } => unit.area >= least && smallest_lot <= most,
    }
}

/// The key of a floor is `site/label/level`.
fn in_district(sites: &[Site], unit: &Unit, wanted: &[DistrictCode]) -> bool {
    let site = unit.floor.as_str().rsplitn(3, '/').nth(2);
    let known = sites.iter().find(|s| Some(s.id.as_str()) == site);
    wanted.is_empty() || known.is_some_and(|s| wanted.contains(&s.district))
}
