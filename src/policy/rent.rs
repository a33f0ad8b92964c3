//! Rent (租金): reference rent of the area (片区) x coefficient of the grade x share of the tenant's tier,
//! and the months free for fit-out.
//!
//!   rate = `reference x coefficient x share`, rounded down once to a whole fen per m2 and month.
//!
//! The tier is the first whose condition is met; one without a condition is for all. A unit has the rent that its
//! row states, or this one when its row names an area and a grade. Absent section: no rent by rule is known.
//!
//! Not here: rents of units (inventory), subsidy.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Policy;
use super::condition::{Condition, Facts, Truth};
use super::gather::{exact, value};
use crate::domain::area::Share;
use crate::domain::evidence::Evidence;
use crate::domain::fault::{Code, Fault};
use crate::domain::money::{MONEY_OVERFLOW, Rate};
use crate::domain::space::{Fitout, RentRule, Unit};

/// No reference rent, grade or tier of the policy fits.
pub const NO_RENT_RULE: Code = Code("PO170");

/// The rent rules.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rents {
    /// Reference rents.
    #[serde(rename = "reference", default)]
    pub references: Vec<Reference>,
    /// Coefficients by grade.
    #[serde(rename = "grade", default)]
    pub grades: Vec<Grade>,
    /// Shares by tier of tenant, the first that fits counts.
    #[serde(rename = "tier", default)]
    pub tiers: Vec<Tier>,
    /// Months free for fit-out.
    #[serde(rename = "fit_out", default)]
    pub fit_outs: Vec<FitOutRule>,
}

/// The reference rent of an area.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reference {
    /// Key of the area (片区).
    pub id: String,
    /// Chinese name.
    pub label_zh: String,
    /// English name.
    pub label_en: String,
    /// Rent per m2 and month.
    #[serde(rename = "rent_yuan_m2_month", deserialize_with = "exact")]
    pub rent: Rate,
    /// Legal basis.
    pub basis: String,
    /// How well the value is known.
    pub evidence: Evidence,
    /// Last day on which the basis is in force; `None` = not known.
    pub basis_until: Option<NaiveDate>,
}

/// The coefficient of a grade of building.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grade {
    /// Key.
    pub id: String,
    /// Chinese name.
    pub label_zh: String,
    /// English name.
    pub label_en: String,
    /// Basis points; 11000 = 1.1 times.
    pub coefficient_bp: u32,
    /// Legal basis.
    pub basis: String,
    /// How well the value is known.
    pub evidence: Evidence,
    /// Last day on which the basis is in force; `None` = not known.
    pub basis_until: Option<NaiveDate>,
}

/// The share that a tier of tenants pays.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tier {
    /// Key.
    pub id: String,
    /// Chinese name.
    pub label_zh: String,
    /// English name.
    pub label_en: String,
    /// Who is in the tier; `None` = all.
    pub condition: Option<Condition>,
    /// Share of the reference rent.
    #[serde(rename = "share_bp")]
    pub share: Share,
    /// Legal basis.
    pub basis: String,
    /// How well the value is known.
    pub evidence: Evidence,
    /// Last day on which the basis is in force; `None` = not known.
    pub basis_until: Option<NaiveDate>,
}

/// Months free for fit-out by the state of the space.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FitOutRule {
    /// State of the space.
    pub fitout: Fitout,
    /// Months without rent; fees are due.
    pub free_months: u32,
    /// Legal basis.
    pub basis: String,
    /// How well the value is known.
    pub evidence: Evidence,
    /// Last day on which the basis is in force; `None` = not known.
    pub basis_until: Option<NaiveDate>,
}

/// A rent by the rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Quote {
    /// Rent per m2 and month.
    pub rate: Rate,
    /// Reference rent it starts from.
    pub reference: Rate,
    /// Key of the tier.
    pub tier: String,
}

impl Policy {
    /// The rent of a unit for a tenant, per m2 and month: that of its row, or by rule; `None` when neither is
    /// known.
    pub fn rent_of(&self, unit: &Unit, facts: &Facts<'_>) -> Option<Rate> {
        match &unit.rent_rule {
            None => unit.rent.as_ref().map(|r| r.rate),
            Some(rule) => self.rent_by(rule, facts),
        }
    }

    /// True when the policy has the area and the grade of a rule.
    pub fn has_rent_rule(&self, rule: &RentRule) -> bool {
        self.rent.as_ref().is_some_and(|rents| {
            rents.references.iter().any(|r| r.id == rule.area)
                && rents.grades.iter().any(|g| g.id == rule.grade)
        })
    }

    /// The rent by rule for a tenant; `None` when the policy has no such area, grade or tier.
    pub fn rent_by(&self, rule: &RentRule, facts: &Facts<'_>) -> Option<Rate> {
        let rents = self.rent.as_ref()?;
        let quote = rents.quote(&rule.area, &rule.grade, facts);
        quote.ok().map(|q| q.rate)
    }

    /// What a tenant pays by some rules, as far as it is known.
    pub fn rents_by_rule<'u>(
        &self,
        rules: impl IntoIterator<Item = &'u RentRule>,
        facts: &Facts<'_>,
    ) -> BTreeMap<RentRule, Rate> {
        let rent = |rule: &RentRule| Some((rule.clone(), self.rent_by(rule, facts)?));
        rules.into_iter().filter_map(rent).collect()
    }
}

impl Rents {
    /// The rent of space in an area and of a grade for a tenant. PO170 when the area, the grade or a
    /// tier is missing; DM110 on overflow.
    pub fn quote(&self, area: &str, grade: &str, facts: &Facts<'_>) -> Result<Quote, Fault> {
        let reference = self.references.iter().find(|r| r.id == area);
        let reference = reference.ok_or_else(|| none("reference rent for the area", area))?;
        let grade_rule = self.grades.iter().find(|g| g.id == grade);
        let grade_rule = grade_rule.ok_or_else(|| none("coefficient for the grade", grade))?;
        let holds = |t: &&Tier| {
            t.condition
                .as_ref()
                .is_none_or(|c| c.of(facts) == Truth::Yes)
        };
        let tier = self.tiers.iter().find(holds);
        let tier = tier.ok_or_else(|| none("tier for the firm", facts.firm.id.as_str()))?;
        let exact = i128::from(reference.rent.fen())
            * i128::from(grade_rule.coefficient_bp)
            * i128::from(tier.share.bp());
        let fen = i64::try_from(exact / 100_000_000).map_err(|_| overflow())?;
        Ok(Quote {
            rate: Rate::new(fen)?,
            reference: reference.rent,
            tier: tier.id.clone(),
        })
    }

    /// Months free for fit-out; none where the policy names none.
    pub fn free_months(&self, fitout: Fitout) -> u32 {
        let rule = self.fit_outs.iter().find(|r| r.fitout == fitout);
        rule.map_or(0, |r| r.free_months)
    }
}

fn none(what: &str, key: &str) -> Fault {
    let cause = format!("the policy has no {what} {key}");
    Fault::new(NO_RENT_RULE, cause, "add it to [rent] of the policy")
}

fn overflow() -> Fault {
    let cause = "a rent exceeds 64 bits of fen";
    Fault::new(
        MONEY_OVERFLOW,
        cause,
        "check reference rent and coefficient",
    )
}

/// Breaches of one row each; keys are proved unique by the caller.
pub(super) fn breaches(rents: &Rents) -> Vec<Fault> {
    let mut faults = Vec::new();
    for grade in &rents.grades {
        if grade.coefficient_bp == 0 || grade.coefficient_bp > 1_000_000 {
            let cause = "give 1 to 1000000 basis points";
            faults.push(value(
                &format!("rent grade {}", grade.id),
                "coefficient_bp",
                cause,
            ));
        }
    }
    for (n, rule) in rents.fit_outs.iter().enumerate() {
        let subject = format!("rent fit-out {:?}", rule.fitout).to_lowercase();
        if rule.free_months > 60 {
            faults.push(value(&subject, "free_months", "give at most 60 months"));
        }
        if rents
            .fit_outs
            .iter()
            .take(n)
            .any(|r| r.fitout == rule.fitout)
        {
            faults.push(value(&subject, "fitout", "the state is named twice"));
        }
    }
    faults
}
