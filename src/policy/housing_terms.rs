//! Terms of talent housing (人才公寓): rent as a share of the market, how many apartments a firm may be
//! given, and money in place of an apartment.
//!
//! Absent tables: the rent is that of the apartment type; a firm has no quota of its own; apartments only.
//! The review applies the firm's quota to the households of an application before a round is frozen.
//!
//! Not here: which household may take which layout (`housing`).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::condition::{Condition, Facts, Truth};
use super::gather::{exact, value};
use super::housing::Housing;
use crate::domain::area::Share;
use crate::domain::evidence::Evidence;
use crate::domain::fault::Fault;
use crate::domain::housing::HouseholdKind;
use crate::domain::money::{Fen, Rate};

/// Rent as a share of the market rent.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HousingRent {
    /// Share of the market rent.
    #[serde(rename = "share_bp")]
    pub share: Share,
    /// Legal basis.
    pub basis: String,
    /// How well the rule is known.
    pub evidence: Evidence,
    /// Last day on which the basis is in force; `None` = not known.
    pub basis_until: Option<NaiveDate>,
}

/// How many apartments a firm may be given.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FirmQuota {
    /// Apartments for each hundred employees.
    pub per_100_heads: u32,
    /// At least so many.
    pub least: u32,
    /// At most so many.
    pub most: u32,
    /// More for each hundred employees; every condition met adds.
    #[serde(default)]
    pub bonus: Vec<Bonus>,
    /// Legal basis.
    pub basis: String,
    /// How well the rule is known.
    pub evidence: Evidence,
    /// Last day on which the basis is in force; `None` = not known.
    pub basis_until: Option<NaiveDate>,
}

/// More apartments for some firms.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bonus {
    /// Which firms.
    pub condition: Condition,
    /// Apartments that are added for each hundred employees.
    pub add_per_100_heads: u32,
}

/// Apartment or money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CashMode {
    /// Whoever gets no apartment gets money.
    IfNoUnit,
    /// The household chooses.
    Choice,
}

/// Money in place of an apartment, by kind of household and month.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cash {
    /// When there is money.
    pub mode: CashMode,
    /// One person.
    #[serde(rename = "single_yuan_month", deserialize_with = "exact")]
    pub single: Fen,
    /// Two persons.
    #[serde(rename = "couple_yuan_month", deserialize_with = "exact")]
    pub couple: Fen,
    /// Three or four persons.
    #[serde(rename = "family_yuan_month", deserialize_with = "exact")]
    pub family: Fen,
    /// Five persons or more.
    #[serde(rename = "large_yuan_month", deserialize_with = "exact")]
    pub large: Fen,
    /// Legal basis.
    pub basis: String,
    /// How well the rule is known.
    pub evidence: Evidence,
    /// Last day on which the basis is in force; `None` = not known.
    pub basis_until: Option<NaiveDate>,
}

impl Housing {
    /// The most apartments of a firm: `(per hundred + bonuses) x heads / 100` rounded down, within least
    /// and most; `None` = no quota of its own.
    pub fn firm_quota(&self, facts: &Facts<'_>) -> Option<u32> {
        let rule = self.firm_quota.as_ref()?;
        let met = |b: &&Bonus| b.condition.of(facts) == Truth::Yes;
        let added: u64 = (rule.bonus.iter().filter(met))
            .map(|b| u64::from(b.add_per_100_heads))
            .sum();
        let rate = u128::from(added) + u128::from(rule.per_100_heads);
        let exact = rate * u128::from(facts.firm.headcount) / 100;
        let count = u32::try_from(exact).unwrap_or(u32::MAX);
        Some(count.clamp(rule.least, rule.most.max(rule.least)))
    }

    /// The rent of an apartment whose market rent is known: its share, rounded down to a fen per m2 and
    /// month; the market rent itself where the policy names no share. DM110 beyond 64 bits.
    pub fn rent_of(&self, market: Rate) -> Result<Rate, Fault> {
        let Some(rule) = &self.rent else {
            return Ok(market);
        };
        let fen = Fen(market.fen()).ratio_floor(rule.share.bp(), 10_000)?;
        Rate::new(fen.0)
    }

    /// Money per month in place of an apartment; `None` = apartments only.
    pub fn cash_of(&self, kind: HouseholdKind) -> Option<Fen> {
        let cash = self.cash.as_ref()?;
        Some(match kind {
            HouseholdKind::Single => cash.single,
            HouseholdKind::Couple => cash.couple,
            HouseholdKind::Family => cash.family,
            HouseholdKind::Large => cash.large,
        })
    }
}

/// Breaches: the quota has an order, money is not negative.
pub(super) fn breaches(housing: &Housing) -> Vec<Fault> {
    let mut faults = Vec::new();
    if (housing.firm_quota.as_ref()).is_some_and(|q| q.most < q.least) {
        let cause = "the most apartments are fewer than the least";
        faults.push(value("[housing.firm_quota]", "most", cause));
    }
    if let Some(cash) = &housing.cash {
        let all = [cash.single, cash.couple, cash.family, cash.large];
        if all.iter().any(|a| *a < Fen::ZERO) {
            faults.push(value(
                "[housing.cash]",
                "single_yuan_month",
                "an amount is negative",
            ));
        }
    }
    faults
}
