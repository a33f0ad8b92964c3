//! A rule of rent subsidy (房租补贴): whom it covers, its rate, its caps.
//!
//! Not here: the formula (`subsidy`), the document's own words (`subsidy_twin`).

use serde::Deserialize;

use super::gather::{prefixes, spot, value};
use crate::domain::area::{Area, Share};
use crate::domain::evidence::Evidence;
use crate::domain::fault::{Code, Fault};
use crate::domain::firm::{Credential, Firm};
use crate::domain::money::{Fen, Rate};
use crate::domain::place::DistrictCode;

/// The bands of a rule do not begin at 0, leave a gap, overlap or do not ascend.
pub const BAD_BANDS: Code = Code("PO111");
/// The keys of a rule do not suit its kind, or half of a guide price is missing.
pub const BAD_SUBSIDY_RULE: Code = Code("PO112");

/// Most months that can be meant: a hundred years; more is a slip.
const MONTHS_MAX: u32 = 1_200;

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
    /// Area above this is not aided.
    pub area_cap: Option<Area>,
    /// Most in one budget year.
    pub year_cap: Option<Fen>,
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
    /// True when the rule covers the firm on space in `district`.
    pub fn covers(&self, firm: &Firm, district: &DistrictCode) -> bool {
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

/// Breaches of the laws of one rule.
pub(super) fn breaches(rule: &SubsidyRule) -> Vec<Fault> {
    let subject = format!("subsidy {}", rule.id);
    let mut faults = Vec::new();
    if rule.months == 0 || rule.months > MONTHS_MAX {
        faults.push(value(&subject, "months", "give 1 to 1200 months"));
    }
    if rule.year_cap.is_some_and(|cap| cap <= Fen::ZERO) {
        faults.push(value(
            &subject,
            "year_cap_yuan",
            "a cap of nothing pays nothing",
        ));
    }
    if rule.area_cap.is_some_and(|cap| cap <= Area::ZERO) {
        faults.push(value(
            &subject,
            "area_cap_m2",
            "a cap of nothing pays nothing",
        ));
    }
    if rule
        .guide
        .is_some_and(|g| g.factor_bp == 0 || g.factor_bp > 1_000_000)
    {
        faults.push(value(
            &subject,
            "guide_factor_bp",
            "give 1 to 1000000 basis points",
        ));
    }
    faults.extend(prefixes(&subject, &rule.industry_prefixes, false));
    if let Scale::Bands(all) = &rule.scale {
        faults.extend(bands(&subject, all));
    }
    faults
}

fn bands(subject: &str, all: &[Band]) -> Vec<Fault> {
    let bad = |cause: &str| {
        Fault::new(
            BAD_BANDS,
            cause,
            "let each band begin where the last one ends",
        )
        .at(spot(subject, "bands"))
    };
    let mut faults = Vec::new();
    if all.first().is_none_or(|band| band.from != Area::ZERO) {
        faults.push(bad("the first band does not begin at 0"));
    }
    if all
        .iter()
        .any(|band| band.to.is_some_and(|to| to <= band.from))
    {
        faults.push(bad("a band ends before or where it begins"));
    }
    let joined = |(low, high): (&Band, &Band)| low.to == Some(high.from);
    if !all.iter().zip(all.iter().skip(1)).all(joined) {
        faults.push(bad("the bands leave a gap, overlap or do not ascend"));
    }
    faults
}
