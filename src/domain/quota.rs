//! Quotas (额度): what a district may spend on an item in a year, and what happens above it.

use serde::{Deserialize, Serialize};

use super::evidence::Provenance;
use super::fault::{Code, Fault, Place};
use super::money::Fen;
use super::place::DistrictCode;

/// A quota is negative or its year is not plausible.
pub const BAD_QUOTA: Code = Code("DM190");

/// Item of expenditure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Item {
    /// 房租补贴.
    RentSubsidy,
}

impl Item {
    /// Every item.
    pub const ALL: [Item; 1] = [Item::RentSubsidy];

    /// The name in tables and files.
    pub fn name(self) -> &'static str {
        match self {
            Item::RentSubsidy => "rent_subsidy",
        }
    }

    /// The item of a name.
    pub fn named(name: &str) -> Option<Item> {
        Item::ALL.into_iter().find(|item| item.name() == name)
    }
}

/// What happens when awards exceed the quota.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuotaMode {
    /// Never exceeded.
    Hard,
    /// 统一按比例核减: every award is cut by one uniform ratio.
    ProRata,
}

/// The quota of a district for an item in a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quota {
    /// District.
    pub district: DistrictCode,
    /// Budget year.
    pub year: i32,
    /// Item.
    pub item: Item,
    /// Amount; never negative.
    pub amount: Fen,
    /// Hard or pro rata.
    pub mode: QuotaMode,
    /// Source and marks.
    pub provenance: Provenance,
}

/// Largest amount of a quota: a trillion yuan, beyond any budget, far from the end of 64 bits.
pub const AMOUNT_MAX: Fen = Fen(100_000_000_000_000);

impl Quota {
    /// The laws a quota must keep by itself.
    pub fn proved(self) -> Result<Quota, Fault> {
        let amount = (Fen::ZERO..=AMOUNT_MAX).contains(&self.amount);
        if amount && (2000..=2200).contains(&self.year) {
            return Ok(self);
        }
        let cause = format!(
            "quota of {} in {}: {} yuan",
            self.district, self.year, self.amount
        );
        let action = "give an amount from zero to a trillion yuan and a year from 2000 to 2200";
        let column = if amount { "year" } else { "amount" };
        let place = Place {
            column: Some(column.to_owned()),
            ..Place::default()
        };
        Err(Fault::new(BAD_QUOTA, cause, action).at(place))
    }
}
