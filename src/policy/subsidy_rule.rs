//! A rule of rent subsidy (房租补贴): whom it covers, its rate, its caps.
//!
//! Not here: the formula (`subsidy`), the laws of a rule (`subsidy_laws`), the document's own words
//! (`subsidy_twin`).

use chrono::NaiveDate;
use serde::Deserialize;

use super::condition::{Condition, Expr, Facts, Source, Text, Truth};
use crate::domain::area::{Area, Share};
use crate::domain::evidence::Evidence;
use crate::domain::firm::{Credential, Firm};
use crate::domain::money::{Fen, Rate};
use crate::domain::place::DistrictCode;

/// One rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubsidyRule {
    /// Key.
    pub id: String,
    /// Chinese name.
    pub label_zh: String,
    /// English name.
    pub label_en: String,
    /// The district that pays: that of the space.
    pub district: DistrictCode,
    /// The rate.
    pub scale: Scale,
    /// A tenancy below this area is not aided; `None` = no least area.
    pub area_min: Option<Area>,
    /// Area above this is not aided.
    pub area_cap: Option<Area>,
    /// Most in one budget year.
    pub year_cap: Option<Fen>,
    /// Most over all years; `None` = no such cap.
    pub total_cap: Option<Fen>,
    /// Most as a share of the appraised rent; `None` = no appraisal is asked for.
    pub appraised_share: Option<Share>,
    /// Rates by year of entry; none = the same rate for all.
    pub cohorts: Vec<Cohort>,
    /// Multipliers of the monthly aid; the first whose condition is met counts; none = once.
    pub multipliers: Vec<Multiplier>,
    /// Rules of one group of a district add up; `None` = the rule stands alone.
    pub stack_group: Option<String>,
    /// What the firm must meet; `None` = no condition.
    pub condition: Option<Condition>,
    /// Most months of a lease.
    pub months: u32,
    /// Rent above `guide` is not aided.
    pub guide: Option<Guide>,
    /// The firm holds at least one of these; empty = no condition.
    pub credentials_any: Vec<Credential>,
    /// The main industry lies under one of these prefixes; empty = no condition.
    pub industry_prefixes: Vec<String>,
    /// Legal basis.
    pub basis: String,
    /// How well the rule is known.
    pub evidence: Evidence,
    /// Last day on which the basis is in force; `None` = not known.
    pub basis_until: Option<NaiveDate>,
    /// Whether the scheme is known to be in force; shown, not evaluated.
    pub status: Status,
}

/// The rate of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scale {
    /// A share of the rent.
    ShareOfRent(Share),
    /// Fen per m2 and month.
    YuanPerM2(Rate),
    /// Marginal bands by area (差额定率累进): each part of the area at the share of its band; area
    /// above the last band is not aided.
    Bands(Vec<Band>),
}

/// The rate of tenants who entered in some years (按入驻年份), in place of the rule's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cohort {
    /// First year of entry.
    pub from_year: i32,
    /// Last year of entry.
    pub until_year: i32,
    /// The rate.
    pub scale: Scale,
}

/// A multiplier of the monthly aid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Multiplier {
    /// Who gets it.
    pub condition: Condition,
    /// Basis points; 12000 = 1.2 times.
    pub factor_bp: u32,
}

/// One band: the area above `from` up to `to`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Band {
    /// Lower end.
    pub from: Area,
    /// Upper end; `None` = no end.
    pub to: Option<Area>,
    /// Share of the rent for the area in the band.
    pub share: Share,
}

/// A guide price (片区指导价) and the factor up to which rent is aided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Guide {
    /// Guide rent.
    pub rent: Rate,
    /// Factor in basis points; 13000 = 130 %.
    pub factor_bp: u32,
}

/// Whether a scheme is in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Known to be in force.
    InForce,
    /// A draft.
    Draft,
    /// Known to have ended.
    Lapsed,
    /// Not known.
    Unknown,
}

impl SubsidyRule {
    /// True when the rule covers the firm on space in `district`; ages count on `day`. A condition
    /// that cannot be decided for want of a fact is not met.
    pub fn covers(&self, firm: &Firm, district: &DistrictCode, day: NaiveDate) -> bool {
        let condition = self.condition.as_ref();
        self.covers_kind(firm, district)
            && condition.is_none_or(|c| c.of(&Facts::of_firm(firm, day)) == Truth::Yes)
    }

    /// The rate for tenants who entered in a year.
    pub fn scale_of(&self, entered: i32) -> &Scale {
        let holds = |c: &&Cohort| (c.from_year..=c.until_year).contains(&entered);
        self.cohorts
            .iter()
            .find(holds)
            .map_or(&self.scale, |c| &c.scale)
    }

    /// The multiplier of a firm in basis points.
    pub fn factor_of(&self, firm: &impl Source) -> u32 {
        let holds = |m: &&Multiplier| m.condition.of(firm) == Truth::Yes;
        self.multipliers
            .iter()
            .find(holds)
            .map_or(10_000, |m| m.factor_bp)
    }

    /// Everything that the rule asks of a firm as one condition; `None` = nothing.
    pub(super) fn asked(&self) -> Option<Condition> {
        let mut all: Vec<Expr> = self.condition.iter().map(|c| c.0.clone()).collect();
        if !self.industry_prefixes.is_empty() {
            all.push(Expr::StartsWith(
                Text::Industry,
                self.industry_prefixes.clone(),
            ));
        }
        let mut held: Vec<Expr> = (self.credentials_any.iter())
            .map(|c| Expr::Has(*c))
            .collect();
        match (held.len(), held.pop()) {
            (1, Some(only)) => all.push(only),
            (0, _) | (_, None) => {}
            (_, Some(last)) => {
                held.push(last);
                all.push(Expr::Or(held));
            }
        }
        match (all.len(), all.pop()) {
            (_, None) => None,
            (1, Some(only)) => Some(Condition(only)),
            (_, Some(last)) => {
                all.push(last);
                Some(Condition(Expr::And(all)))
            }
        }
    }

    fn covers_kind(&self, firm: &Firm, district: &DistrictCode) -> bool {
        let credentials = &self.credentials_any;
        let prefixes = &self.industry_prefixes;
        self.district == *district
            && (credentials.is_empty() || credentials.iter().any(|c| firm.credentials.contains(c)))
            && (prefixes.is_empty() || prefixes.iter().any(|p| firm.industry.is_under(p)))
    }
}

impl Band {
    /// How much of an area lies in the band.
    pub fn part_of(&self, area: Area) -> Area {
        let top = self.to.map_or(area, |to| to.min(area));
        Area(top.0.saturating_sub(self.from.0).max(0))
    }
}
