//! Area in 0.01 m2, and shares in basis points.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::decimal;
use super::fault::{Code, Fault};

/// An area is not a plain decimal in m2 with at most two places, or is negative, or too large.
pub const BAD_AREA: Code = Code("DM120");
/// A share is outside 0 to 10,000 basis points.
pub const BAD_SHARE: Code = Code("DM121");

/// An area in 0.01 m2.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Area(pub i64);

impl Area {
    /// No area.
    pub const ZERO: Area = Area(0);

    /// Whole square metres; saturates beyond 64 bits.
    pub const fn metres(m2: i64) -> Area {
        Area(m2.saturating_mul(100))
    }

    /// Sum, or DM120.
    pub fn plus(self, other: Area) -> Result<Area, Fault> {
        self.0
            .checked_add(other.0)
            .map(Area)
            .ok_or_else(|| bad("a sum of areas"))
    }

    /// Sum of many, or DM120.
    pub fn sum(all: impl IntoIterator<Item = Area>) -> Result<Area, Fault> {
        all.into_iter().try_fold(Area::ZERO, Area::plus)
    }
}

fn bad(what: &str) -> Fault {
    Fault::new(
        BAD_AREA,
        format!("{what} is not an area"),
        "write square metres with at most two places, for example 313.43",
    )
}

impl FromStr for Area {
    type Err = Fault;

    /// Reads square metres: `313`, `313.4`, `313.43`; never negative.
    fn from_str(text: &str) -> Result<Area, Fault> {
        decimal::parse(text, 2)
            .filter(|n| *n >= 0)
            .map(Area)
            .ok_or_else(|| bad(&format!("{text:?}")))
    }
}

impl fmt::Display for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&decimal::format(self.0, 2))
    }
}

/// A share in basis points, 0 to 10,000 (100 %).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(try_from = "i64", into = "i64")]
pub struct Share(i64);

impl Share {
    /// All of it.
    pub const ALL: Share = Share(10_000);

    /// A share of `bp` basis points, or DM121.
    pub fn new(bp: i64) -> Result<Share, Fault> {
        if !(0..=10_000).contains(&bp) {
            return Err(Fault::new(
                BAD_SHARE,
                format!("{bp} is not a share"),
                "give 0 to 10000 basis points",
            ));
        }
        Ok(Share(bp))
    }

    /// Basis points.
    pub fn bp(self) -> i64 {
        self.0
    }
}

impl TryFrom<i64> for Share {
    type Error = Fault;

    fn try_from(bp: i64) -> Result<Share, Fault> {
        Share::new(bp)
    }
}

impl From<Share> for i64 {
    fn from(share: Share) -> i64 {
        share.0
    }
}
