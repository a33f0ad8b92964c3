//! A claim of rent subsidy: months that were really used and paid, measured against what the rules
//! leave. Per rule
//!   months   `min( months used now , months of the rule - months paid before )`
//!   aid      `monthly aid x months`, at most: rent paid for the months, share of the appraised rent,
//!            the yearly and the total cap
//! Rules of a stacking group add up, and so do their caps; the sum is at most the rent paid and what earlier
//! payments left of the caps. Of the groups the largest counts. Then
//! other public aid for the same rent (`[other_aid]`): `exclude` pays nothing beside it, `difference`
//! (also when the section is absent) pays what is missing up to the larger of the two. So aid and
//! other aid together never exceed the larger of them, and the aid never exceeds the rent paid.
//!
//! Not here: quotas and their cut (`quota`), whether the rent was paid (review).

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::other_aid::OtherAidMode;
use super::subsidy::{self, BAD_TENANCY};
use super::subsidy_rule::SubsidyRule;
use super::{Policy, gather};
use crate::domain::area::Area;
use crate::domain::fault::Fault;
use crate::domain::firm::Firm;
use crate::domain::money::Fen;
use crate::domain::place::DistrictCode;

/// What is claimed, and what was paid before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim<'a> {
    /// The firm.
    pub firm: &'a Firm,
    /// The paying district: that of the space.
    pub district: &'a DistrictCode,
    /// First day of the lease.
    pub entered: NaiveDate,
    /// Area of the whole tenancy.
    pub area: Area,
    /// Area of the firm's other tenancies in the district that are aided before this one.
    pub area_before: Area,
    /// Rent of one month.
    pub monthly_rent: Fen,
    /// Months now claimed: whole months used, without the landlord's rent-free months.
    pub months: u32,
    /// Rent paid for those months.
    pub rent_paid: Fen,
    /// Appraised rent of one month, where there is an appraisal.
    pub appraised: Option<Fen>,
    /// Months aided before.
    pub months_before: u32,
    /// Aid of this budget year before this claim.
    pub paid_this_year: Fen,
    /// Aid of all years before this claim.
    pub paid_in_all: Fen,
    /// Other public aid for the rent of the same months.
    pub other_aid: Fen,
}

/// What limited a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Limit {
    /// The months of the rule are used up.
    Months,
    /// The rent that was paid.
    RentPaid,
    /// The share of the appraised rent.
    Appraised,
    /// What is left of the yearly cap.
    YearCap,
    /// What is left of the total cap.
    TotalCap,
    /// Other aid.
    OtherAid,
}

/// What a claim is entitled to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entitled {
    /// Ids of the rules, joined by `+`.
    pub rule: String,
    /// Months counted.
    pub months: u32,
    /// What is payable before the quota is looked at.
    pub amount: Fen,
    /// What the months would have given without any limit.
    pub uncapped: Fen,
    /// What limited the claim, in order.
    pub limits: Vec<Limit>,
    /// Months left after this claim.
    pub months_left: u32,
    /// Left of the yearly cap after this claim; `None` = no cap.
    pub year_left: Option<Fen>,
    /// Left of the total cap after this claim; `None` = no cap.
    pub total_left: Option<Fen>,
}

/// What a claim is entitled to by the best rule or group that covers the firm; `None` when no rule
/// covers it. PO161 for an area of zero, a negative amount, or rule asking for an appraisal that is not
/// there; DM110 on overflow.
pub fn evaluate(policy: &Policy, claim: &Claim<'_>) -> Result<Option<Entitled>, Fault> {
    proved(claim)?;
    let covering = policy
        .subsidy
        .iter()
        .filter(|r| r.covers(claim.firm, claim.district, claim.entered));
    let mut groups: BTreeMap<String, Vec<Entitled>> = BTreeMap::new();
    for rule in covering {
        let given = by_rule(rule, claim)?;
        groups
            .entry(subsidy::group_of(rule))
            .or_default()
            .push(given);
    }
    let mut best: Option<Entitled> = None;
    for members in groups.into_values() {
        let sum = together(members, claim)?;
        let better =
            |b: &Entitled| sum.amount > b.amount || (sum.amount == b.amount && sum.rule < b.rule);
        if best.as_ref().is_none_or(better) {
            best = Some(sum);
        }
    }
    best.map(|given| beside_other_aid(policy, given, claim))
        .transpose()
}

fn proved(claim: &Claim<'_>) -> Result<(), Fault> {
    let amounts = [
        claim.monthly_rent,
        claim.rent_paid,
        claim.appraised.unwrap_or_default(),
        claim.paid_this_year,
        claim.paid_in_all,
        claim.other_aid,
    ];
    let areas = claim.area > Area::ZERO && claim.area_before >= Area::ZERO;
    if areas && amounts.iter().all(|a| *a >= Fen::ZERO) {
        return Ok(());
    }
    let cause = "a claim has no area, or a negative amount";
    Err(Fault::new(BAD_TENANCY, cause, "correct the claim"))
}

fn by_rule(rule: &SubsidyRule, claim: &Claim<'_>) -> Result<Entitled, Fault> {
    let left = rule.months.saturating_sub(claim.months_before);
    let months = claim.months.min(left);
    let rent = claim.monthly_rent;
    let one = subsidy::monthly(
        rule,
        claim.firm,
        claim.entered,
        (claim.area_before, claim.area),
        rent,
    )?;
    let mut given = Entitled {
        rule: rule.id.clone(),
        months,
        amount: one.times(i64::from(months))?,
        uncapped: one.times(i64::from(claim.months))?,
        limits: Vec::new(),
        months_left: left - months,
        year_left: None,
        total_left: None,
    };
    if months < claim.months {
        given.limits.push(Limit::Months);
    }
    given.cap(Limit::RentPaid, claim.rent_paid);
    if let Some(share) = rule.appraised_share {
        let cause = "the rule caps the aid by an appraised rent, and none is given";
        let fault = || gather::value(&format!("subsidy {}", rule.id), "appraised", cause);
        let appraised = claim.appraised.ok_or_else(fault)?;
        let most = appraised.times(i64::from(months))?;
        given.cap(Limit::Appraised, most.ratio_floor(share.bp(), 10_000)?);
    }
    given.year_left = given.within(Limit::YearCap, rule.year_cap);
    given.total_left = given.within(Limit::TotalCap, rule.total_cap);
    Ok(given)
}

impl Entitled {
    fn cap(&mut self, limit: Limit, most: Fen) {
        if self.amount > most {
            self.amount = most;
            self.limits.push(limit);
        }
    }

    /// Limits to a cap, which is given back.
    fn within(&mut self, limit: Limit, cap: Option<Fen>) -> Option<Fen> {
        if let Some(most) = cap {
            self.cap(limit, most);
        }
        cap
    }

    /// Limits to what is left of a cap, which is given back.
    fn within_rest(
        &mut self,
        limit: Limit,
        cap: Option<Fen>,
        used: Fen,
    ) -> Result<Option<Fen>, Fault> {
        let left = cap.map(|cap| cap.minus(used)).transpose()?;
        Ok(self.within(limit, left.map(|l| l.max(Fen::ZERO))))
    }
}

/// The members of a group as one: amounts and caps add up; the sum is at most the rent paid and what is left
/// of the caps, whichever member was paid before.
fn together(members: Vec<Entitled>, claim: &Claim<'_>) -> Result<Entitled, Fault> {
    let mut all = members.into_iter();
    let Some(mut sum) = all.next() else {
        let cause = "a group without rules";
        return Err(Fault::new(BAD_TENANCY, cause, "name a rule"));
    };
    for next in all {
        sum.rule = format!("{}+{}", sum.rule, next.rule);
        sum.amount = sum.amount.plus(next.amount)?;
        sum.uncapped = sum.uncapped.plus(next.uncapped)?;
        sum.months = sum.months.max(next.months);
        sum.months_left = sum.months_left.max(next.months_left);
        sum.year_left = added(sum.year_left, next.year_left)?;
        sum.total_left = added(sum.total_left, next.total_left)?;
        sum.limits.extend(next.limits);
    }
    sum.cap(Limit::RentPaid, claim.rent_paid);
    let (year, total) = (claim.paid_this_year, claim.paid_in_all);
    sum.year_left = sum.within_rest(Limit::YearCap, sum.year_left, year)?;
    sum.total_left = sum.within_rest(Limit::TotalCap, sum.total_left, total)?;
    sum.limits.sort_unstable();
    sum.limits.dedup();
    Ok(sum)
}

/// Caps that add up; no cap with any is no cap.
fn added(a: Option<Fen>, b: Option<Fen>) -> Result<Option<Fen>, Fault> {
    match (a, b) {
        (Some(a), Some(b)) => a.plus(b).map(Some),
        _ => Ok(None),
    }
}

/// The end of a claim: other aid is taken into account, then what is left is counted down.
fn beside_other_aid(
    policy: &Policy,
    mut given: Entitled,
    claim: &Claim<'_>,
) -> Result<Entitled, Fault> {
    let mode = policy.other_aid.as_ref().map(|rule| rule.mode);
    let most = match mode.unwrap_or(OtherAidMode::Difference) {
        _ if claim.other_aid == Fen::ZERO => given.amount,
        OtherAidMode::Exclude => Fen::ZERO,
        OtherAidMode::Difference => given.amount.minus(claim.other_aid)?.max(Fen::ZERO),
    };
    given.cap(Limit::OtherAid, most);
    let amount = given.amount;
    let less = |left: Option<Fen>| left.map(|l| l.minus(amount).map(|m| m.max(Fen::ZERO)));
    given.year_left = less(given.year_left).transpose()?;
    given.total_left = less(given.total_left).transpose()?;
    Ok(given)
}
