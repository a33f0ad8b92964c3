//! What a claim is entitled to before the quota, step by step, and what caps and months leave a firm.
//!
//! Caps and months count per firm and paying district: all its contracts together; a calendar month that
//! was aided under one contract is not counted again for another. Caps of area and bands go over the contracts in
//! the order in which they were signed.
//!
//! Not here: the rules (`policy::claim`), the cut under a quota (`settle`).

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{commit, policy_of};
use crate::acts::Desk;
use crate::acts::act::{Owner, Scope};
use crate::acts::powers::money::SEE_ALLOWANCE;
use crate::acts::rounds::today;
use crate::domain::area::Area;
use crate::domain::claim::{CalcStep, Calculation, Claim, Stated};
use crate::domain::fault::{Fault, Faults};
use crate::domain::firm::Firm;
use crate::domain::ids::{ClaimId, ContractId, FirmId};
use crate::domain::money::Fen;
use crate::domain::offer::Contract;
use crate::domain::period::Period;
use crate::domain::place::DistrictCode;
use crate::policy::claim::{self, Entitled, Limit};
use crate::store::{self, Reading};

/// When the tenancy began, and what was aided before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Before {
    entered: NaiveDate,
    /// Area of contracts signed before this one, in force in the same months.
    area: Area,
    months: u32,
    this_year: Fen,
    in_all: Fen,
}

/// What the rules leave under one contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allowance {
    /// The contract.
    pub contract: ContractId,
    /// The paying district.
    pub district: DistrictCode,
    /// Budget year.
    pub year: i32,
    /// Rule or group of rules; empty when none covers the firm.
    pub rule: String,
    /// Months aided so far.
    pub months_used: u32,
    /// Months left.
    pub months_left: u32,
    /// Aid of the year so far.
    pub year_used: Fen,
    /// Left of the yearly cap; `None` = no cap.
    pub year_left: Option<Fen>,
    /// Aid of all years so far.
    pub total_used: Fen,
    /// Left of the total cap; `None` = no cap.
    pub total_left: Option<Fen>,
}

/// Calculates a claim of a contract for a year; `own` is left out of what was aided before.
pub(super) fn calculate(
    tx: &mut Reading<'_>,
    desk: &Desk,
    contract: &Contract,
    (own, year, stated): (&ClaimId, i32, &Stated),
) -> Result<Calculation, Faults> {
    let policy = policy_of(tx, desk, contract)?;
    let firm: Firm = store::need(tx, contract.firm.as_str())?;
    let before = before(tx, contract, own, (year, &stated.months))?;
    let months = u32::try_from(stated.months.len()).unwrap_or(u32::MAX);
    let asked = claim::Claim {
        months,
        rent_paid: stated.rent_paid,
        appraised: stated.appraised,
        other_aid: stated.other_aid,
        ..nothing_yet(contract, &firm, &before)?
    };
    let given = claim::evaluate(&policy, &asked)?;
    let version = policy.meta.version.clone();
    Ok(match given {
        Some(given) => calculation(version, &given, &asked, &before)?,
        None => uncovered(version),
    })
}

fn uncovered(policy: String) -> Calculation {
    Calculation {
        policy,
        rule: String::new(),
        months: 0,
        amount: Fen::ZERO,
        steps: vec![step("rule", Fen::ZERO, "no rule covers the firm")],
        months_left: 0,
        year_left: None,
        total_left: None,
    }
}

fn calculation(
    policy: String,
    given: &Entitled,
    asked: &claim::Claim<'_>,
    before: &Before,
) -> Result<Calculation, Faults> {
    Ok(Calculation {
        policy,
        rule: given.rule.clone(),
        months: given.months,
        amount: given.amount,
        steps: steps(given, asked, before)?,
        months_left: given.months_left,
        year_left: given.year_left,
        total_left: given.total_left,
    })
}

fn step(name: &str, amount: Fen, note: impl Into<String>) -> CalcStep {
    CalcStep {
        name: name.to_owned(),
        amount,
        note: note.into(),
    }
}

/// The way from the rent to the amount: what the months would give, then each limit with its figure.
fn steps(
    given: &Entitled,
    asked: &claim::Claim<'_>,
    before: &Before,
) -> Result<Vec<CalcStep>, Faults> {
    let months = i64::from(asked.months.max(1));
    let monthly = given.uncapped.ratio_floor(1, months)?;
    let mut all = vec![
        step("monthly_rent", asked.monthly_rent, "as in the contract"),
        step("monthly_aid", monthly, format!("rule {}", given.rule)),
        step(
            "months",
            given.uncapped,
            format!("x {} months", asked.months),
        ),
    ];
    if before.area > Area::ZERO {
        let note = format!(
            "{} m2 of earlier contracts come first in caps and bands",
            before.area
        );
        all.push(step("area_before", Fen::ZERO, note));
    }
    for limit in &given.limits {
        all.push(match limit {
            Limit::Months => step(
                "months_left",
                monthly.times(i64::from(given.months))?,
                format!("only {} months are left of the rule", given.months),
            ),
            Limit::RentPaid => step("rent_paid", asked.rent_paid, "not above the rent paid"),
            Limit::Appraised => step(
                "appraised_rent",
                asked.appraised.unwrap_or_default(),
                "not above the share of the appraised rent of a month",
            ),
            Limit::YearCap => step("year_cap", before.this_year, "aided this year before"),
            Limit::TotalCap => step("total_cap", before.in_all, "aided in all before"),
            Limit::OtherAid => step("other_aid", asked.other_aid, "other public aid (差额)"),
        });
    }
    all.push(step("entitled", given.amount, "before the quota"));
    Ok(all)
}

/// A claim for no month: the facts of the contract and what was aided before.
fn nothing_yet<'a>(
    contract: &'a Contract,
    firm: &'a Firm,
    before: &Before,
) -> Result<claim::Claim<'a>, Faults> {
    Ok(claim::Claim {
        firm,
        district: &contract.district,
        entered: before.entered,
        area: area(contract)?,
        area_before: before.area,
        monthly_rent: contract.monthly_rent,
        months: 0,
        rent_paid: Fen::ZERO,
        appraised: None,
        months_before: before.months,
        paid_this_year: before.this_year,
        paid_in_all: before.in_all,
        other_aid: Fen::ZERO,
    })
}

/// What the firm was aided by the district before, without one claim and without its months.
fn before(
    tx: &mut Reading<'_>,
    contract: &Contract,
    own: &ClaimId,
    (year, months): (i32, &[u32]),
) -> Result<Before, Faults> {
    let all: Vec<Claim> = store::having(tx, "firm_id", contract.firm.as_str())?;
    let mut aided: BTreeSet<(i32, u32)> = BTreeSet::new();
    let mut sum = Before {
        entered: commit::entry(tx, contract)?.0,
        area: beside(tx, contract, (year, months))?,
        ..Before::default()
    };
    let counts = |c: &&Claim| c.id != *own && c.stage.counts() && c.district == contract.district;
    for claim in all.iter().filter(counts) {
        aided.extend(claim.stated.months.iter().map(|m| (claim.year, *m)));
        sum.in_all = sum.in_all.plus(claim.counted())?;
        if claim.year == year {
            sum.this_year = sum.this_year.plus(claim.counted())?;
        }
    }
    let new: BTreeSet<(i32, u32)> = months.iter().map(|m| (year, *m)).collect();
    sum.months = u32::try_from(aided.difference(&new).count()).unwrap_or(u32::MAX);
    Ok(sum)
}

fn area(contract: &Contract) -> Result<Area, Fault> {
    Area::sum(contract.award.units.iter().map(|grant| grant.area))
}

/// The area of the firm's other contracts with subsidy in the district that were signed before this one and
/// are in force in some of the months, all of it, as whole months alone are aided: caps of area and bands are those of a firm.
fn beside(
    tx: &mut Reading<'_>,
    contract: &Contract,
    (year, months): (i32, &[u32]),
) -> Result<Area, Faults> {
    let spans: Vec<Period> = (months.iter())
        .filter_map(|m| NaiveDate::from_ymd_opt(year, *m, 1))
        .map(|first| Period::months(first, 1))
        .collect::<Result<_, _>>()?;
    let signed = |c: &Contract| (c.signed.at, c.id.clone());
    let all: Vec<Contract> = store::having(tx, "firm_id", contract.firm.as_str())?;
    let counts = |c: &&Contract| {
        let aided = c.award.subsidy.is_some() && c.district == contract.district;
        aided && signed(c) < signed(contract) && spans.iter().any(|s| c.holds.covers(s))
    };
    let areas = all.iter().filter(counts).map(area);
    let areas: Vec<Area> = areas.collect::<Result<_, _>>()?;
    Ok(Area::sum(areas)?)
}

/// What the rules leave a firm in a year, under each of its contracts with subsidy that the actor may see.
pub fn allowance(desk: &Desk, firm: &FirmId, year: Option<i32>) -> Result<Vec<Allowance>, Faults> {
    let year = year.unwrap_or_else(|| today(desk).year());
    let scope = desk.scope(&SEE_ALLOWANCE)?;
    if matches!(&scope, Scope::Firm(own) if own != firm) {
        desk.own(&SEE_ALLOWANCE, &Owner::firm(firm))?;
    }
    desk.store().read(|tx| {
        let contracts: Vec<Contract> = store::having(tx, "firm_id", firm.as_str())?;
        let seen = |c: &&Contract| match &scope {
            Scope::District(district) => c.district == *district,
            _ => true,
        };
        let mut all = Vec::new();
        for contract in contracts.iter().filter(seen) {
            if contract.award.subsidy.is_some() {
                all.push(left(tx, desk, contract, year)?);
            }
        }
        Ok(all)
    })
}

fn left(
    tx: &mut Reading<'_>,
    desk: &Desk,
    contract: &Contract,
    year: i32,
) -> Result<Allowance, Faults> {
    let policy = policy_of(tx, desk, contract)?;
    let firm: Firm = store::need(tx, contract.firm.as_str())?;
    let nobody: ClaimId = "none".parse()?;
    let before = before(tx, contract, &nobody, (year, &[]))?;
    // An appraisal that a rule may ask for does not change what is left.
    let asked = claim::Claim {
        appraised: Some(Fen::ZERO),
        ..nothing_yet(contract, &firm, &before)?
    };
    let given = claim::evaluate(&policy, &asked)?;
    Ok(Allowance {
        contract: contract.id.clone(),
        district: contract.district.clone(),
        year,
        rule: given.as_ref().map(|g| g.rule.clone()).unwrap_or_default(),
        months_used: before.months,
        months_left: given.as_ref().map_or(0, |g| g.months_left),
        year_used: before.this_year,
        year_left: given.as_ref().and_then(|g| g.year_left),
        total_used: before.in_all,
        total_left: given.and_then(|g| g.total_left),
    })
}
