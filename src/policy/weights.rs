//! Weights (权重): what each part of a placement is worth, in milli-points, and the formula of each
//! part. No part is ever negative and a plain placement is worth more than nothing, so that placing
//! a firm is always worth more than not placing it (law PO130).
//!
//! All shares and quotients are rounded down to a whole milli-point, and each part then down to a
//! multiple of `part_step`: a score card gives whole or half points, and equal merits get equal
//! points.
//! Not here: where fits, minutes and subsidy come from.

use chrono::NaiveDate;
use serde::Deserialize;

use super::gather::spot;
use crate::domain::area::Area;
use crate::domain::evidence::Evidence;
use crate::domain::fault::{Code, Fault};
use crate::domain::firm::Credential;
use crate::domain::housing::HouseholdKind;
use crate::domain::money::Fen;
use crate::domain::points::{POINTS_OVERFLOW, Points};

/// A weight is negative or too large, or a plain placement is worth nothing.
pub const BAD_WEIGHT: Code = Code("PO130");

/// Largest weight: a million points.
pub const WEIGHT_MAX: Points = Points(1_000_000_000);

/// Names of the parts of a score, in the order of [`Weights::parts`].
pub const PARTS: [&str; 9] = [
    "placed",
    "area_fit",
    "cluster_fit",
    "field_affinity",
    "site_wish",
    "nearness",
    "credentials",
    "area",
    "subsidy",
];

/// The weights of a policy.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    /// Any placement.
    pub placed_base: Points,
    /// The largest area wished; falls to nothing at the least.
    pub per_area_wish_fit: Points,
    /// Full fit of site and cluster.
    pub cluster_fit: Points,
    /// Full affinity of the firm's fields and the cluster of the site.
    pub field_affinity: Points,
    /// First wish of the firm.
    pub site_wish_first: Points,
    /// Less for each further rank, not below nothing.
    pub site_wish_step: Points,
    /// Each minute nearer than `minutes_cap` to the nearest anchor.
    pub anchor_minute: Points,
    /// Minutes from which nearness is worth nothing.
    pub minutes_cap: u32,
    /// 规上.
    pub credential_above_scale: Points,
    /// 高新技术企业.
    pub credential_high_tech: Points,
    /// 专精特新.
    pub credential_specialised: Points,
    /// 科技型中小企业.
    pub credential_tech_sme: Points,
    /// 国家实验室等.
    pub credential_national_lab: Points,
    /// 院士工作站.
    pub credential_academician: Points,
    /// 创新载体.
    pub credential_carrier: Points,
    /// Each 100 m2 let.
    pub area_per_100m2: Points,
    /// Each 1000 yuan of subsidy.
    pub subsidy_per_1000_yuan: Points,
    /// An apartment for one person.
    pub apartment_single: Points,
    /// An apartment for a couple.
    pub apartment_couple: Points,
    /// An apartment for a family of three or four.
    pub apartment_family: Points,
    /// An apartment for five persons or more.
    pub apartment_large: Points,
    /// Every part is a multiple of this.
    #[serde(default = "one")]
    pub part_step: Points,
    /// Legal basis.
    pub basis: String,
    /// How well the weights are known.
    pub evidence: Evidence,
    /// Last day on which the basis is in force; `None` = not known.
    pub basis_until: Option<NaiveDate>,
}

/// What the score of a placement depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts<'a> {
    /// Area offered.
    pub area: Area,
    /// Least and largest area wished.
    pub wish: (Area, Area),
    /// Fit of site and cluster, 0 to 10000.
    pub cluster_fit_bp: u32,
    /// Affinity of fields, 0 to 10000.
    pub field_affinity_bp: u32,
    /// Rank of the site among the wishes, 0 = first; `None` = not wished for.
    pub wish_rank: Option<u32>,
    /// Door-to-door minutes to the nearest anchor; `None` = unknown or no anchor.
    pub minutes: Option<u32>,
    /// Credentials of the firm.
    pub credentials: &'a [Credential],
    /// Subsidy of the budget year.
    pub subsidy: Fen,
}

/// The finest step: a milli-point.
fn one() -> Points {
    Points(1)
}

impl Weights {
    /// The points of each part in the order of [`PARTS`]; DM130 beyond 64 bits.
    pub fn parts(&self, facts: &Facts) -> Result<[Points; 9], Fault> {
        let credentials = facts.credentials.iter().map(|c| self.credential(*c));
        let exact = [
            self.placed_base,
            self.area_fit(facts.area, facts.wish)?,
            of(self.cluster_fit, facts.cluster_fit_bp.into(), 10_000)?,
            of(self.field_affinity, facts.field_affinity_bp.into(), 10_000)?,
            self.site_wish(facts.wish_rank),
            self.nearness(facts.minutes),
            Points::sum(credentials)?,
            of(self.area_per_100m2, facts.area.0, 10_000)?,
            of(self.subsidy_per_1000_yuan, facts.subsidy.0, 100_000)?,
        ];
        Ok(exact.map(|part| self.stepped(part)))
    }

    /// A part, rounded down to a multiple of the step.
    fn stepped(&self, part: Points) -> Points {
        Points(part.0 - part.0.rem_euclid(self.part_step.0.max(1)))
    }

    /// Worth of a credential.
    pub fn credential(&self, credential: Credential) -> Points {
        match credential {
            Credential::AboveScale => self.credential_above_scale,
            Credential::HighTech => self.credential_high_tech,
            Credential::Specialised => self.credential_specialised,
            Credential::TechSme => self.credential_tech_sme,
            Credential::NationalLab => self.credential_national_lab,
            Credential::Academician => self.credential_academician,
            Credential::Carrier => self.credential_carrier,
        }
    }

    /// Worth of one apartment for a kind of household.
    pub fn apartment(&self, kind: HouseholdKind) -> Points {
        match kind {
            HouseholdKind::Single => self.apartment_single,
            HouseholdKind::Couple => self.apartment_couple,
            HouseholdKind::Family => self.apartment_family,
            HouseholdKind::Large => self.apartment_large,
        }
    }

    /// `per_area_wish_fit x (area - least) / (largest - least)`, from nothing to all of it.
    fn area_fit(&self, area: Area, (least, largest): (Area, Area)) -> Result<Points, Fault> {
        if area >= largest {
            return Ok(self.per_area_wish_fit);
        }
        if area <= least {
            return Ok(Points::ZERO);
        }
        let above = area.0.saturating_sub(least.0);
        of(
            self.per_area_wish_fit,
            above,
            largest.0.saturating_sub(least.0),
        )
    }

    /// `site_wish_first - site_wish_step x rank`, at least nothing.
    fn site_wish(&self, rank: Option<u32>) -> Points {
        let worth = |rank: u32| {
            let less = self.site_wish_step.0.saturating_mul(i64::from(rank));
            Points(self.site_wish_first.0.saturating_sub(less).max(0))
        };
        rank.map_or(Points::ZERO, worth)
    }

    /// `anchor_minute x (minutes_cap - minutes)`, at least nothing.
    fn nearness(&self, minutes: Option<u32>) -> Points {
        let saved = minutes.map_or(0, |m| self.minutes_cap.saturating_sub(m));
        Points(self.anchor_minute.0.saturating_mul(i64::from(saved)))
    }

    /// Every weight with its key, for the law that none is negative.
    pub(super) fn named(&self) -> [(&'static str, Points); 20] {
        [
            ("placed_base", self.placed_base),
            ("per_area_wish_fit", self.per_area_wish_fit),
            ("cluster_fit", self.cluster_fit),
            ("field_affinity", self.field_affinity),
            ("site_wish_first", self.site_wish_first),
            ("site_wish_step", self.site_wish_step),
            ("anchor_minute", self.anchor_minute),
            ("credential_above_scale", self.credential_above_scale),
            ("credential_high_tech", self.credential_high_tech),
            ("credential_specialised", self.credential_specialised),
            ("credential_tech_sme", self.credential_tech_sme),
            ("credential_national_lab", self.credential_national_lab),
            ("credential_academician", self.credential_academician),
            ("credential_carrier", self.credential_carrier),
            ("area_per_100m2", self.area_per_100m2),
            ("subsidy_per_1000_yuan", self.subsidy_per_1000_yuan),
            ("apartment_single", self.apartment_single),
            ("apartment_couple", self.apartment_couple),
            ("apartment_family", self.apartment_family),
            ("apartment_large", self.apartment_large),
        ]
    }
}

/// `weight x num / den`, rounded down. Weights and facts are never negative.
fn of(weight: Points, num: i64, den: i64) -> Result<Points, Fault> {
    let exact = i128::from(weight.0) * i128::from(num.max(0)) / i128::from(den.max(1));
    i64::try_from(exact).map(Points).map_err(|_| {
        Fault::new(
            POINTS_OVERFLOW,
            "a part of a score exceeds 64 bits",
            "lower the weights of the policy",
        )
    })
}

/// Breaches: a weight below nothing or too large, a placement worth nothing.
pub(super) fn breaches(weights: &Weights) -> Vec<Fault> {
    let bad = |key: &str, cause: &str| {
        Fault::new(BAD_WEIGHT, cause, "give 0 to 1000000000 milli-points")
            .at(spot("[weights]", key))
    };
    let mut faults = Vec::new();
    for (key, points) in weights.named() {
        if points < Points::ZERO || points > WEIGHT_MAX {
            faults.push(bad(key, "the weight is negative or too large"));
        }
    }
    if weights.part_step <= Points::ZERO || weights.part_step > WEIGHT_MAX {
        faults.push(bad(
            "part_step",
            "the step is nothing, negative or too large",
        ));
    }
    if weights.stepped(weights.placed_base) <= Points::ZERO {
        faults.push(bad(
            "placed_base",
            "a plain placement would be worth nothing",
        ));
    }
    faults
}
