//! Rent subsidy (房租补贴) of one tenancy in one budget year, in whole fen.
//!
//! With area `A`, monthly rent `R`, a rule with share `s`, area cap, guide price `g`, factor `k`:
//!   eligible area  `E = min(A, area cap)`
//!   monthly base   `B = min( R x E / A , g x k x E )`        rent aided at most
//!   monthly aid    share_of_rent `B x s`; yuan_per_m2 `min(rate x E, B)`;
//!                  bands `B x sum(E_b x s_b) / E`, `E_b` the part of `E` in band `b`
//!   aid            `min( monthly aid x months in the year , year cap )`
//! Each of `R x E / A`, `g x k x E` and the monthly aid is rounded down to a whole fen once; the months
//! are those of `window`. So the aid never exceeds the rent paid in those months. Several rules
//! cover a firm: the largest aid counts and no other (no double aid); ties go to the smaller id.
//!
//! Source: the formula composed of the district schemes; a rule names its own basis.
//! Not here: quotas and their cut (`settle`), whether the firm asked for aid.

use super::Policy;
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
    /// Id of the rule.
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
    let mut best: Option<Computed> = None;
    for rule in policy.subsidy.iter().filter(|r| r.covers(firm, district)) {
        let months = months_in_year(lease, rent_free_months, rule.months, year);
        let paid = monthly(rule, area, monthly_rent)?.times(i64::from(months))?;
        let amount = rule.year_cap.map_or(paid, |cap| paid.min(cap));
        if amount > Fen::ZERO && is_better(&best, amount, &rule.id) {
            let rule = rule.id.clone();
            best = Some(Computed { rule, amount });
        }
    }
    Ok(best)
}

fn is_better(best: &Option<Computed>, amount: Fen, id: &str) -> bool {
    best.as_ref()
        .is_none_or(|b| amount > b.amount || (amount == b.amount && id < b.rule.as_str()))
}

/// The aid of one full month by one rule, before the year cap. `area` is positive.
pub fn monthly(rule: &SubsidyRule, area: Area, rent: Fen) -> Result<Fen, Fault> {
    let eligible = rule.area_cap.map_or(area, |cap| cap.min(area));
    if eligible <= Area::ZERO {
        return Ok(Fen::ZERO);
    }
    let base = base(rule.guide, eligible, area, rent)?;
    match &rule.scale {
        Scale::ShareOfRent(share) => base.ratio_floor(share.bp(), 10_000),
        Scale::YuanPerM2(rate) => {
            // A rate is per m2, an area in 0.01 m2.
            let flat = Fen(rate.fen()).ratio_floor(eligible.0, 100)?;
            Ok(flat.min(base))
        }
        Scale::Bands(bands) => marginal(bands, eligible, base),
    }
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

/// `base x sum(part of the band x its share) / eligible`, rounded down once.
fn marginal(bands: &[Band], eligible: Area, base: Fen) -> Result<Fen, Fault> {
    let weighted: i128 = bands
        .iter()
        .map(|band| i128::from(band.part_of(eligible).0) * i128::from(band.share.bp()))
        .sum();
    let weighted = i64::try_from(weighted).map_err(|_| overflow())?;
    quotient(&[base.0, weighted], i128::from(eligible.0) * 10_000)
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
