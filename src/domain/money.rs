//! Money: fen (1/100 yuan) in 64 bits, and rent rates in fen per m2 and month.
//! Sums are exact and checked; nothing here is a float.
//!
//! Rent of an area: `rate x area / 100`, half a fen rounded up (area is in 0.01 m2).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::area::Area;
use super::decimal;
use super::fault::{Code, Fault};

/// An amount does not fit into 64 bits of fen.
pub const MONEY_OVERFLOW: Code = Code("DM110");
/// An amount of money is not a plain decimal with at most two places, or is negative where it may not be.
pub const BAD_MONEY: Code = Code("DM111");

/// An amount of money in fen.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Fen(pub i64);

fn overflow() -> Fault {
    Fault::new(
        MONEY_OVERFLOW,
        "an amount of money exceeds 64 bits of fen",
        "check the amounts that are added",
    )
}

impl Fen {
    /// Nothing.
    pub const ZERO: Fen = Fen(0);

    /// Sum, or DM110.
    pub fn plus(self, other: Fen) -> Result<Fen, Fault> {
        self.0.checked_add(other.0).map(Fen).ok_or_else(overflow)
    }

    /// Difference, or DM110.
    pub fn minus(self, other: Fen) -> Result<Fen, Fault> {
        self.0.checked_sub(other.0).map(Fen).ok_or_else(overflow)
    }

    /// Product with a count, or DM110.
    pub fn times(self, count: i64) -> Result<Fen, Fault> {
        self.0.checked_mul(count).map(Fen).ok_or_else(overflow)
    }

    /// `self x num / den` rounded down (towards minus infinity), or DM110. `den` must be positive.
    pub fn ratio_floor(self, num: i64, den: i64) -> Result<Fen, Fault> {
        if den <= 0 {
            return Err(overflow());
        }
        let exact = i128::from(self.0) * i128::from(num);
        i64::try_from(exact.div_euclid(i128::from(den)))
            .map(Fen)
            .map_err(|_| overflow())
    }

    /// Sum of many, or DM110.
    pub fn sum(all: impl IntoIterator<Item = Fen>) -> Result<Fen, Fault> {
        all.into_iter().try_fold(Fen::ZERO, Fen::plus)
    }

    /// Yuan with two places, for example `1234.50`.
    pub fn yuan(self) -> String {
        decimal::format(self.0, 2)
    }
}

impl FromStr for Fen {
    type Err = Fault;

    /// Reads yuan: `1234`, `1234.5`, `1234.56`.
    fn from_str(text: &str) -> Result<Fen, Fault> {
        decimal::parse(text, 2).map(Fen).ok_or_else(|| {
            Fault::new(
                BAD_MONEY,
                format!("{text:?} is not an amount in yuan"),
                "write yuan with at most two places, for example 1234.50",
            )
        })
    }
}

impl fmt::Display for Fen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.yuan())
    }
}

/// A rent or subsidy rate in fen per m2 and month; never negative.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(try_from = "i64", into = "i64")]
pub struct Rate(i64);

impl Rate {
    /// A rate of `fen` per m2 and month; DM111 when negative.
    pub fn new(fen: i64) -> Result<Rate, Fault> {
        if fen < 0 {
            return Err(Fault::new(
                BAD_MONEY,
                format!("rate {fen} is negative"),
                "give a rate of zero or more",
            ));
        }
        Ok(Rate(fen))
    }

    /// Fen per m2 and month.
    pub fn fen(self) -> i64 {
        self.0
    }

    /// Monthly amount for an area: rate x area, half a fen rounded up.
    pub fn monthly(self, area: Area) -> Result<Fen, Fault> {
        let exact = i128::from(self.0) * i128::from(area.0) + 50;
        i64::try_from(exact.div_euclid(100))
            .map(Fen)
            .map_err(|_| overflow())
    }
}

impl TryFrom<i64> for Rate {
    type Error = Fault;

    fn try_from(fen: i64) -> Result<Rate, Fault> {
        Rate::new(fen)
    }
}

impl From<Rate> for i64 {
    fn from(rate: Rate) -> i64 {
        rate.0
    }
}

impl FromStr for Rate {
    type Err = Fault;

    /// Reads yuan per m2 and month.
    fn from_str(text: &str) -> Result<Rate, Fault> {
        Rate::new(text.parse::<Fen>()?.0)
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&decimal::format(self.0, 2))
    }
}
