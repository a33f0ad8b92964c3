//! How a unit or an apartment type stands on a day.
//!
//! Not here: who holds it, which is not for everybody.

use chrono::NaiveDate;

use crate::domain::area::Area;
use crate::domain::period::Period;
use crate::domain::space::{Division, Unit};
use crate::store::allocations::HoldState;

/// How a unit stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It, or a part of it that may be let, is vacant.
    Vacant,
    /// Kept for somebody.
    Reserved,
    /// Under contract.
    Let,
    /// Not on offer that day.
    Closed,
}

impl Standing {
    /// Its name in the API.
    pub fn name(self) -> &'static str {
        match self {
            Standing::Vacant => "vacant",
            Standing::Reserved => "reserved",
            Standing::Let => "let",
            Standing::Closed => "closed",
        }
    }
}

/// A unit on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OnDay {
    /// How it stands.
    pub standing: Standing,
    /// How much of it may be let; zero when what is left is smaller than the smallest lot.
    pub vacant: Area,
}

/// Something held: how much, when, how firmly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hold {
    pub period: Period,
    /// Area in 0.01 m2, or number of apartments.
    pub amount: i64,
    pub state: HoldState,
}

/// True when a day is in a period.
pub(super) fn within(period: &Period, day: NaiveDate) -> bool {
    period.from() <= day && period.until().is_none_or(|until| day < until)
}

/// How much is held on a day.
pub(super) fn held(holds: &[Hold], day: NaiveDate) -> i64 {
    let on = holds.iter().filter(|h| within(&h.period, day));
    on.fold(0, |sum, h| sum.saturating_add(h.amount))
}

/// How a unit stands on a day.
pub(super) fn unit(unit: &Unit, holds: &[Hold], day: NaiveDate) -> OnDay {
    let offered = unit.available.iter().any(|p| within(p, day));
    let left = unit.area.0.saturating_sub(held(holds, day));
    let least = match unit.division {
        Division::Whole => unit.area,
        Division::Divisible { smallest_lot } => smallest_lot,
    };
    if offered && left >= least.0 {
        return OnDay {
            standing: Standing::Vacant,
            vacant: Area(left),
        };
    }
    let on = |state| (holds.iter()).any(|h| h.state == state && within(&h.period, day));
    let standing = match (on(HoldState::Let), on(HoldState::Reserved)) {
        (true, _) => Standing::Let,
        (false, true) => Standing::Reserved,
        (false, false) => Standing::Closed,
    };
    OnDay {
        standing,
        vacant: Area::ZERO,
    }
}
