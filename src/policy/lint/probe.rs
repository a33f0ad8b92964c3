//! Probes for aid: model firms and tenancies at which the subsidy of a district is computed.
//!
//! Not here: what is made of the amounts (`aid`, `shadow`).

use std::collections::BTreeSet;

use crate::domain::area::Area;
use crate::domain::fault::Fault;
use crate::domain::money::{Fen, Rate};
use crate::policy::condition::{Condition, Model, Truth, models};
use crate::policy::subsidy::{group_of, monthly_of};
use crate::policy::subsidy_rule::{Scale, SubsidyRule};

/// Rents of a probe in fen per m2 and month, unless a guide rent is named: 30, 60, 120 yuan.
const RENTS: [i64; 3] = [3_000, 6_000, 12_000];
/// Areas of a probe in m2.
const AREAS: [i64; 4] = [100, 500, 1_000, 3_000];

/// Most model firms of one district; each is tried on every probe.
const FIRMS_MAX: usize = 2_000;

/// Models of all firms that the rules of a district can tell apart; `None` = too many.
pub(super) fn firms(rules: &[&SubsidyRule]) -> Option<Vec<Model>> {
    let asked: Vec<Condition> = rules.iter().filter_map(|r| r.asked()).collect();
    let multipliers = rules
        .iter()
        .flat_map(|r| &r.multipliers)
        .map(|m| &m.condition);
    let all: Vec<&Condition> = asked.iter().chain(multipliers).collect();
    models(&all).filter(|models| models.len() <= FIRMS_MAX)
}

/// Areas at which the formula of a rule bends, and some between.
pub(super) fn areas(rules: &[&SubsidyRule]) -> BTreeSet<Area> {
    let mut all: BTreeSet<Area> = AREAS.into_iter().map(Area::metres).collect();
    for rule in rules {
        all.extend(rule.area_min);
        all.extend(rule.area_cap);
        let own = std::iter::once(&rule.scale);
        for scale in own.chain(rule.cohorts.iter().map(|c| &c.scale)) {
            if let Scale::Bands(bands) = scale {
                all.extend(bands.iter().filter_map(|b| b.to));
            }
        }
    }
    all
}

/// Rents at which the formula of a rule bends, and some between.
pub(super) fn rents(rules: &[&SubsidyRule]) -> BTreeSet<Rate> {
    let guides = rules.iter().filter_map(|r| r.guide).flat_map(|g| {
        let top = i128::from(g.rent.fen()) * i128::from(g.factor_bp) / 10_000;
        [g.rent.fen(), i64::try_from(top).unwrap_or(g.rent.fen())]
    });
    RENTS
        .into_iter()
        .chain(guides)
        .filter_map(|fen| Rate::new(fen).ok())
        .collect()
}

/// Whether a rule covers a model.
pub(super) fn covers(rule: &SubsidyRule, firm: &Model) -> bool {
    let asked = rule.asked();
    asked.is_none_or(|c| c.of(firm) == Truth::Yes)
}

/// Aid of one full year by one rule.
pub(super) fn by_rule(
    rule: &SubsidyRule,
    firm: &Model,
    entered: i32,
    (area, rate): (Area, Rate),
) -> Result<Fen, Fault> {
    let month = monthly_of(rule, firm, entered, (Area::ZERO, area, rate.monthly(area)?))?;
    let year = month.times(i64::from(rule.months.min(12)))?;
    let caps = [rule.year_cap, rule.total_cap];
    Ok(caps.into_iter().flatten().fold(year, Fen::min))
}

/// Aid of one full year by the best rule or group of a district.
pub(super) fn best(
    rules: &[&SubsidyRule],
    firm: &Model,
    entered: i32,
    tenancy: (Area, Rate),
) -> Result<Fen, Fault> {
    let mut groups: std::collections::BTreeMap<String, Fen> = Default::default();
    for rule in rules.iter().filter(|r| covers(r, firm)) {
        let aid = by_rule(rule, firm, entered, tenancy)?;
        let sum = groups.entry(group_of(rule)).or_default();
        *sum = sum.plus(aid)?;
    }
    let paid = tenancy.1.monthly(tenancy.0)?.times(12)?;
    let best = groups.into_values().max().unwrap_or(Fen::ZERO);
    Ok(best.min(paid))
}
