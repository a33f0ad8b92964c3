//! Powers over the official calendar.

use super::{Power, Reach};
use crate::domain::people::Role;

/// Enter or correct days of a notice of the State Council.
pub const ENTER_DAYS: Power = Power {
    act: "enter calendar days",
    who: &[(Role::BureauPlanner, Reach::All)],
};

/// Take a day out that was entered wrongly.
pub const STRIKE_DAY: Power = Power {
    act: "strike calendar day",
    who: &[(Role::BureauPlanner, Reach::All)],
};

/// All of these.
pub(super) const ALL: &[&Power] = &[&ENTER_DAYS, &STRIKE_DAY];
