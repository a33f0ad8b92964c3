//! Powers over the templates of notices.

use super::{Power, Reach};
use crate::domain::people::Role;

/// See the templates of notices.
pub const SEE_TEMPLATE: Power = Power {
    act: "see template",
    who: &[
        (Role::BureauPlanner, Reach::All),
        (Role::BureauApprover, Reach::All),
        (Role::AuditAdmin, Reach::All),
        (Role::Operator, Reach::All),
    ],
};

/// Put another template of notices in force.
pub const CHANGE_TEMPLATE: Power = Power {
    act: "change template",
    who: &[(Role::BureauPlanner, Reach::All)],
};

/// All of these.
pub(super) const ALL: &[&Power] = &[&SEE_TEMPLATE, &CHANGE_TEMPLATE];
