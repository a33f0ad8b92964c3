//! Rent subsidy (房租补贴) of one tenancy in one budget year, in whole fen.
//!
//! With area `A`, monthly rent `R`, a rule with share `s`, area cap, guide price `g`, factor `k`:
//!   eligible area  `E = min(A, area cap)`
//!   monthly base   `B = min( R x E / A , g x k x E )`        rent aided at most
//!   monthly aid    share_of_rent `B x s`; yuan_per_m2 `min(rate x E, B)`;
//!                  bands `B x sum(E_b x s_b) / E`, `E_b` the part of `E` in band `b`
//!   aid            `min( monthly aid x months in the year , year cap )`
//! Each of `R x E / A`, `g x k x E` and the monthly aid is rounded down to a whole fen once; the months
//! are those of `window`. So the aid never exceeds the rent paid in those months. A tenancy below the
//! least area gets nothing. A cohort replaces the rate by the year of the lease's first day; a
//! multiplier raises the monthly aid up to the base; the total cap binds like the yearly one. Several
//! rules cover a firm: rules of one stacking group add up, at most to the rent; of the groups the
//! largest aid counts and no other (no double aid); ties go to the smaller id.
//!
//! Source: the formula composed of the district schemes; a rule names its own basis.
//! Not here: claims with what was paid before and other aid (`claim`), quotas and their cut
//! (`settle`), whether the firm asked for aid.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::Policy;
use super::condition::{Facts, Source};
use super::subsidy_rule::{Band, Guide, Scale, SubsidyRule};
use super::window::months_in_year;
use crate::domain::area::Area;
use crate::domain::fault::{Code, Fault};
use crate::domain::firm::Firm;
use crate::domain::money::{Fen, MONEY_OVERFLOW};
use crate::domain::period::Period;
use crate::domain::place::DistrictCode;

/// A subsidy is asked for no area, or for a negative rent.
pub const BAD_TENANCY: Code = Code("PO161");

/// What a rule gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Computed {
    /// Id of the rule; the ids of a stacking group joined by `+`.
    pub rule: String,
    /// Amount of the budget year; positive.
    pub amount: Fen,
}

/// The amount payable in budget year `year` by the best rule that covers the firm; `None` when no
/// rule covers it or nothing is payable in that year. `area` and `monthly_rent` are those of the
/// whole tenancy in `district`. PO161 for an area of zero or a negative rent, DM110 on overflow.
#[expect(
    clippy::too_many_arguments,
    reason = "one tenancy, named by its plain facts"
)]
pub fn computed(
    policy: &Policy,
    firm: &Firm,
    district: &DistrictCode,
    area: Area,
    monthly_rent: Fen,
    rent_free_months: u32,
    lease: &Period,
    year: i32,
) -> Result<Option<Computed>, Fault> {
    if area <= Area::ZERO || monthly_rent < Fen::ZERO {
        return Err(Fault::new(
            BAD_TENANCY,
            format!("{area} m2 for {monthly_rent} yuan a month is not a tenancy"),
            "give an area above zero and a rent of zero or more",
        ));
    }
    let mut groups = Groups::new();
    let day = lease.from();
    for rule in (policy.subsidy.iter()).filter(|r| r.covers(firm, district, day)) {
        let months = months_in_year(lease, rent_free_months, rule.months, year);
        let one = monthly(rule, firm, day, (Area::ZERO, area), monthly_rent)?;
        let paid = one.times(i64::from(months))?;
        let caps = [rule.year_cap, rule.total_cap];
        let amount = caps.into_iter().flatten().fold(paid, Fen::min);
        if amount > Fen::ZERO {
            let members = groups.entry(group_of(rule)).or_default();
            members.push((rule, amount, months));
        }
    }
    let mut best: Option<Computed> = None;
    for members in groups.values() {
        let (rule, amount) = together(members, monthly_rent)?;
        if is_better(&best, amount, &rule) {
            best = Some(Computed { rule, amount });
        }
    }
    Ok(best)
}

/// Rules by group, each with its amount and its months.
type Groups<'a> = BTreeMap<String, Vec<(&'a SubsidyRule, Fen, u32)>>;

/// Rules of one group add up; a rule without a group is a group of its own.
pub(super) fn group_of(rule: &SubsidyRule) -> String {
    match &rule.stack_group {
        Some(group) => format!("group {group}"),
        None => format!("rule {}", rule.id),
    }
}

/// The sum of a group, at most the rent of its months, under the ids of its rules joined by `+` in the
/// order of the document.
fn together(
    members: &[(&SubsidyRule, Fen, u32)],
    monthly_rent: Fen,
) -> Result<(String, Fen), Fault> {
    let ids: Vec<&str> = members.iter().map(|m| m.0.id.as_str()).collect();
    let sum = Fen::sum(members.iter().map(|m| m.1))?;
    if members.len() < 2 {
        return Ok((ids.join("+"), sum));
    }
    let months = members.iter().map(|m| m.2).max().unwrap_or(0);
    let paid = monthly_rent.times(i64::from(months))?;
    Ok((ids.join("+"), sum.min(paid)))
}

fn is_better(best: &Option<Computed>, amount: Fen, id: &str) -> bool {
    best.as_ref()
        .is_none_or(|b| amount > b.amount || (amount == b.amount && id < b.rule.as_str()))
}

/// The aid of one full month by one rule, before the yearly and total caps. `entry` is the first day of the
/// lease: the cohort goes by its year, ages count on it. `taken` is the area of the firm's other tenancies
/// that the rule aids before this one: area caps and bands are those of a firm, not of a contract, so
/// `area`, which is positive, counts from there on.
pub fn monthly(
    rule: &SubsidyRule,
    firm: &Firm,
    entry: NaiveDate,
    (taken, area): (Area, Area),
    rent: Fen,
) -> Result<Fen, Fault> {
    monthly_of(
        rule,
        &Facts::of_firm(firm, entry),
        entry.year(),
        (taken, area, rent),
    )
}

/// The same for whatever facts, by the year of entry, for a tenancy of area and monthly rent beside what is
/// taken.
pub(super) fn monthly_of(
    rule: &SubsidyRule,
    facts: &impl Source,
    entered: i32,
    (taken, area, rent): (Area, Area, Fen),
) -> Result<Fen, Fault> {
    let whole = taken.plus(area)?;
    if rule.area_min.is_some_and(|least| whole < least) {
        return Ok(Fen::ZERO);
    }
    let scale = rule.scale_of(entered);
    let (once, base) = once(rule, scale, (taken, area), rent)?;
    match rule.factor_of(facts) {
        10_000 => Ok(once),
        factor => Ok(once.ratio_floor(i64::from(factor), 10_000)?.min(base)),
    }
}

/// The monthly aid before a multiplier, and the base that no multiplier exceeds.
fn once(
    rule: &SubsidyRule,
    scale: &Scale,
    (taken, area): (Area, Area),
    rent: Fen,
) -> Result<(Fen, Fen), Fault> {
    let within = |all: Area| rule.area_cap.map_or(all, |cap| cap.min(all));
    let (from, to) = (within(taken), within(taken.plus(area)?));
    // Not negative: both are cut at the same cap.
    let eligible = Area(to.0 - from.0);
    if eligible <= Area::ZERO {
        return Ok((Fen::ZERO, Fen::ZERO));
    }
    let base = base(rule.guide, eligible, area, rent)?;
    let once = match scale {
        Scale::ShareOfRent(share) => base.ratio_floor(share.bp(), 10_000)?,
        Scale::YuanPerM2(rate) => {
            // A rate is per m2, an area in 0.01 m2.
            let flat = Fen(rate.fen()).ratio_floor(eligible.0, 100)?;
            flat.min(base)
        }
        Scale::Bands(bands) => marginal(bands, (from, to), base)?,
    };
    Ok((once, base))
}

/// `min( rent x eligible / area , guide x factor x eligible )`, each rounded down.
fn base(guide: Option<Guide>, eligible: Area, area: Area, rent: Fen) -> Result<Fen, Fault> {
    let own = rent.ratio_floor(eligible.0, area.0)?;
    let Some(guide) = guide else {
        return Ok(own);
    };
    // 0.01 m2 and basis points: two factors of 100 and 10000 to take out again.
    let factors = [guide.rent.fen(), i64::from(guide.factor_bp), eligible.0];
    Ok(own.min(quotient(&factors, 1_000_000)?))
}

/// `base x sum(part of the band x its share) / eligible`, rounded down once; eligible is what lies between
/// two areas.
fn marginal(bands: &[Band], (from, to): (Area, Area), base: Fen) -> Result<Fen, Fault> {
    let part = |band: &Band| band.part_of(to).0 - band.part_of(from).0;
    let weighted: i128 = bands
        .iter()
        .map(|band| i128::from(part(band)) * i128::from(band.share.bp()))
        .sum();
    let weighted = i64::try_from(weighted).map_err(|_| overflow())?;
    quotient(&[base.0, weighted], i128::from(to.0 - from.0) * 10_000)
}

/// Product of the factors over `den`, rounded down. All are non-negative, `den` is positive.
fn quotient(factors: &[i64], den: i128) -> Result<Fen, Fault> {
    let product = factors
        .iter()
        .try_fold(1_i128, |sum, factor| sum.checked_mul(i128::from(*factor)))
        .ok_or_else(overflow)?;
    i64::try_from(product / den)
        .map(Fen)
        .map_err(|_| overflow())
}

fn overflow() -> Fault {
    Fault::new(
        MONEY_OVERFLOW,
        "a subsidy exceeds 64 bits of fen",
        "check the area, the rent and the guide price",
    )
}
